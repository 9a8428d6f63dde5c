"""What holds documents: each kind of file, by its name, and what is needed to read it.

A reader takes a container apart, in this process, into documents; cleaning them is the workers' part.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ykclean.batch.documents import Item
from ykclean.batch.extras import need
from ykclean.batch.reasons import ReadError, describe
from ykclean.files import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

KINDS = {
    "text": (".txt", ".text", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "lines": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "zip": (".zip",),
    "tar": (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"),
    "warc": (".warc", ".warc.gz"),
}
"""Kind of file → the ends of its name. ``.gz``, ``.zst``, ``.bz2`` and ``.xz`` may follow those of
text, html, lines and csv."""

_KIND_OF = {suffix: kind for kind, suffixes in KINDS.items() for suffix in suffixes}
COMPRESSED = (".gz", ".zst", ".bz2", ".xz")


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


def kind_of(name: str) -> str | None:
    """Return the kind of file by its name; ``None`` for what is not read unasked.

    >>> kind_of("a.txt"), kind_of("b.jsonl.gz"), kind_of("c.tar.gz"), kind_of("README"), kind_of("d.png")
    ('text', 'lines', 'tar', 'text', None)
    """
    return kind_of_suffix(suffix_of(name))


@lru_cache(1024)
def kind_of_suffix(suffix: str) -> str | None:
    """Return the kind of file by what ``suffix_of`` says of its name."""
    if not suffix:
        return "text"
    kind = _KIND_OF.get(suffix)
    if kind is None and suffix.endswith(COMPRESSED):
        inner = kind_of_suffix(suffix.rpartition(".")[0])
        return inner if inner in ("text", "html", "lines", "csv") else None
    return kind


def is_plain(name: str) -> bool:
    """Whether the file is a text as it stands, neither packed nor a page nor one of many.

    >>> is_plain("a.txt"), is_plain("a.txt.gz"), is_plain("a.jsonl"), is_plain("a.png")
    (True, False, False, True)
    """
    return kind_of(name) in ("text", None) and not suffix_of(name).endswith(COMPRESSED)


def suffix_of(name: str) -> str:
    """Return the end of a name that tells its kind, in small letters: ``.txt``, ``.tar.gz``, or nothing.

    >>> suffix_of("x/A.TXT"), suffix_of("b.tar.gz"), suffix_of("README"), suffix_of("v1.2.jsonl")
    ('.txt', '.tar.gz', '', '.jsonl')
    """
    stem, dot, end = name.rpartition("/")[2].lower().rpartition(".")
    if not stem:
        return ""
    if dot + end in COMPRESSED:
        inner, dot_inside, end_inside = stem.rpartition(".")
        return dot_inside + end_inside + dot + end if inner else dot + end
    return dot + end


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
        yield failed(place, describe(error))


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
