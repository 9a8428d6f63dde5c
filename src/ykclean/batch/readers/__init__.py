"""What holds documents, and what is needed to read it.

A reader takes a container apart, in this process, into documents; cleaning them is the workers' part.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from ykclean.batch.documents import Item
from ykclean.batch.kinds import COMPRESSED, kind_of, suffix_of
from ykclean.batch.reasons import ReadError, describe_container
from ykclean.extras import need
from ykclean.files import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO


class Reading(NamedTuple):
    """The choices about reading. ``text_field`` names the field of a table that holds the text.

    ``size_limit`` is for one document, in bytes, unpacked.
    """

    text_field: str | None = None
    size_limit: int = 32 * 1024 * 1024
    boilerplate: bool = False


class Place(NamedTuple):
    """A file, or a member of an archive: how records call it, the name of what is made of it, and whether
    it was come upon in a folder or an archive."""

    path: str
    name: str
    walked: bool = False
    size: int = 0


def require(name: str) -> None:
    """Import what reading such a file needs. Raises ``MissingExtraError``."""
    kind = kind_of(name)
    suffix = suffix_of(name)
    if suffix.endswith(".zst"):
        need("zstandard", f"reading {suffix} files")
    if kind == "html":
        need("selectolax.lexbor", "reading HTML")
    elif kind == "parquet":
        need("pyarrow.parquet", "reading Parquet")
    elif kind == "warc":
        need("fastwarc", "reading WARC")
        need("selectolax.lexbor", "reading HTML out of WARC")


def documents(place: Place, reading: Reading) -> Iterator[Item]:
    """Yield the documents that a file holds; what cannot be read comes as a document that failed."""
    kind = kind_of(place.name) or "text"
    plain = not suffix_of(place.name).endswith(COMPRESSED)
    if plain and kind in ("text", "html") and place.path != STDIN:
        yield Item(place.path, place.name, _content(kind), walked=place.walked, size=place.size)
        return
    try:
        yield from _opened(place, kind, reading)
    except Exception as error:  # A broken archive raises whatever its library likes.
        yield failed(place, describe_container(error))


def failed(place: Place, reason: str) -> Item:
    """The item for what cannot be read."""
    return Item(place.path, place.name, "failed", reason, walked=place.walked)


def from_stream(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Item]:
    """Yield the documents in a member of an archive, or a compressed file, that is being read."""
    from ykclean.batch.readers import tables
    from ykclean.batch.streams import read_all, unpacked

    kind = kind_of(place.name) or "text"
    stream = unpacked(stream, place.name)
    if kind == "lines":
        yield from tables.json_lines(stream, place, reading)
    elif kind == "csv":
        yield from tables.csv_rows(stream, place, reading)
    elif kind in ("text", "html"):
        data = read_all(stream, reading.size_limit)
        yield Item(place.path, place.name, _content(kind), data, walked=place.walked, size=len(data))
    else:
        raise ReadError(f"{suffix_of(place.name)} inside an archive is not read: unpack it first")


def _opened(place: Place, kind: str, reading: Reading) -> Iterator[Item]:
    from ykclean.batch.readers import archives, tables
    from ykclean.batch.streams import open_regular

    if place.path == STDIN:
        yield from from_stream(sys.stdin.buffer, place, reading)
    elif kind == "zip":
        yield from archives.zip_members(place, reading)
    elif kind == "tar":
        yield from archives.tar_members(place, reading)
    elif kind == "warc":
        yield from archives.warc_responses(place, reading)
    elif kind == "parquet":
        yield from tables.parquet_rows(place, reading)
    else:
        with open_regular(place.path) as stream:
            yield from from_stream(stream, place, reading)


def _content(kind: str) -> Any:
    return "html" if kind == "html" else "text"
