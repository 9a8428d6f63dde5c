"""What the results of a document are called: after the document, safely, and like no other's."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from ykclean.batch.listing import stem_of

if TYPE_CHECKING:
    from ykclean.batch.documents import Item
    from ykclean.batch.manifest import Manifest

_LONGEST = 200
"""Bytes of a name, so that number and suffix still fit in the 255 that file systems allow."""


class Names:
    """Names for the results of documents.

    Where two files would share a name, both have a digest of their path added; a member of an archive whose
    name is taken has it added alone. So a name depends on no order but that in an archive.
    """

    def __init__(self, manifest: Manifest) -> None:
        """Names for the files that the manifest lists, which are all there by now."""
        self._manifest = manifest
        self._any_shared = manifest.listing.any_shared_stem()
        self._any_members = manifest.listing.holds_containers()

    def named(self, item: Item) -> Item:
        """Return the item with the stem of its results as its name."""
        stem = stem_of(item.name)
        if len(stem) > _LONGEST // 4:
            stem = "/".join(map(_short, stem.split("/")))
        if self._any_shared and item.data is None and self._manifest.listing.shares_stem(item.name):
            stem = _digested(stem, item.path)
        if self._any_members and not self._manifest.claim(stem, item.file, item.part):
            stem = _digested(stem, f"{item.path}\0{item.part}")
            self._manifest.claim(stem, item.file, item.part)
        return item._replace(name=stem)


def _digested(stem: str, key: str) -> str:
    return f"{stem}~{sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"


def _short(part: str) -> str:
    """A name that is not too long: of one that is, the beginning and a digest.

    >>> _short("港口"), len(_short("港口" * 100).encode()) <= 200
    ('港口', True)
    """
    raw = part.encode("utf-8", "surrogateescape")
    if len(raw) <= _LONGEST:
        return part
    return _digested(raw[: _LONGEST - 9].decode("utf-8", "ignore"), part)
