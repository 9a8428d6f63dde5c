"""The records of a finished output, whatever its form: for undoing it and for the report."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

from ykclean.batch.keeping import unpack
from ykclean.batch.manifest import Manifest, ManifestError
from ykclean.batch.outputs import HIDDEN
from ykclean.batch.streams import lines, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def records_in(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of the documents in an output folder, in their order.

    Those of a tree or of Parquet have articles without their texts. Raises ``ManifestError`` where the
    folder is no output, ``MissingExtraError`` where a package is missing, ``ValueError`` for damage.
    """
    manifest = folder / HIDDEN / "manifest.sqlite"
    if manifest.exists() and _form(manifest) in ("text", "markdown", "parquet"):
        return _from_manifest(manifest)
    for name in ("records.jsonl", "records.jsonl.zst"):
        if (folder / name).exists():
            return records_of_file(folder / name)
    raise ManifestError(f"{folder} is no output of ykclean clean: it has neither records nor a manifest")


def _form(manifest: Path) -> str:
    with closing(Manifest(manifest)) as opened:
        return str((opened["identity"] or {}).get("format"))


def records_of_file(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines, packed or not, holding one of them at a time.

    Raises ``ValueError`` for damage, as where the file ends within a record.
    """
    import msgspec

    with path.open("rb") as stream:
        for line in lines(unpacked(stream, path.name), sys.maxsize):
            yield msgspec.json.decode(cast("bytes", line))


def _from_manifest(path: Path) -> Iterator[dict[str, Any]]:
    with closing(Manifest(path)) as manifest:
        for (data,) in manifest.select("SELECT data FROM records ORDER BY number"):
            yield unpack(data)
