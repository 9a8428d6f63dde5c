"""Members of ZIP and tar archives, and pages of WARC files, read without unpacking anything to the disk."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING, Any, cast

from ykclean.batch.documents import Item
from ykclean.batch.kinds import kind_of
from ykclean.batch.readers import Place, Reading, failed, from_stream
from ykclean.batch.readers.tables import row_place
from ykclean.batch.reasons import ReadError, describe_container, too_large
from ykclean.batch.streams import BLOCK, open_regular, open_seekable, read_all, unpacked
from ykclean.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_BOMB = 256
"""A member this many times over the limit is no text: the rest of a tar is not unpacked behind it."""

_CUT_OFF = "damaged: it ends within a record; those before are read"

_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.IGNORECASE)


def zip_members(place: Place, reading: Reading) -> Iterator[Item]:
    """Yield the documents in a ZIP archive, in the order of its directory."""
    import zipfile

    with open_seekable(place.path) as stream, zipfile.ZipFile(stream) as archive:
        for member in archive.infolist():
            name = _zip_name(member)
            if member.is_dir() or not _is_wanted(name):
                continue
            where = _member(place, name)
            try:
                if member.flag_bits & 1:
                    raise ReadError("encrypted; unpack it first")
                with archive.open(member) as opened:
                    yield from _member_items(where, member.file_size, cast("BinaryIO", opened), reading)
            except Exception as error:  # Damage to one member is no damage to the next.
                yield failed(where, describe_container(error))


def tar_members(place: Place, reading: Reading) -> Iterator[Item]:
    """Yield the documents in a tar archive, however compressed, in one pass."""
    import tarfile

    with (
        open_regular(place.path) as stream,
        # Unpacking by tarfile itself is twenty times slower.
        tarfile.open(fileobj=unpacked(stream, place.path), mode="r|", bufsize=BLOCK) as archive,
    ):
        for member in archive:
            archive.members.clear()  # type: ignore[attr-defined] # It would keep all of them.
            if member.isreg() and _is_wanted(member.name):
                opened = archive.extractfile(member)
                where = _member(place, member.name)
                try:
                    yield from _member_items(where, member.size, cast("BinaryIO", opened), reading)
                except (ReadError, ValueError) as error:
                    yield failed(where, describe_container(error))
            if member.size > _BOMB * reading.size_limit:
                raise ReadError(f"a member of {member.size:,} bytes: not unpacked any further")


def _member_items(where: Place, size: int, opened: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The documents in a member. Raises ``LimitError`` where it is too large by its own account already."""
    if kind_of(where.name) in ("text", "html") and size > reading.size_limit:
        raise too_large(size, reading.size_limit)
    yield from from_stream(opened, where, reading)


def warc_responses(place: Place, reading: Reading) -> Iterator[Item]:
    """Yield the HTML pages and texts among the responses of a WARC file; others are passed over.

    Raises ``ReadError`` where the file ends within a record, which its library takes for the end of both.
    """
    fastwarc = need("fastwarc", "reading WARC")
    kinds = fastwarc.WarcRecordType
    number = 0
    with open_regular(place.path) as stream:
        for record in fastwarc.ArchiveIterator(_unpacked(stream, place.path), record_types=kinds.any_type):
            if record.headers.get("Content-Length") is None:
                raise ReadError(_CUT_OFF)
            if record.record_type == kinds.response:
                number += 1
                yield from _response(row_place(place, number), record, reading)


def _response(where: Place, record: Any, reading: Reading) -> Iterator[Item]:
    kind, length = _content_type(record), record.content_length
    try:
        data = read_all(record.reader, reading.size_limit) if kind else b""
    except ReadError as error:
        yield failed(where, str(error))
        return
    if (len(data) if kind else record.reader.consume()) < length:
        raise ReadError(_CUT_OFF)
    if kind:
        yield _page(where, kind, data, record)


def _unpacked(stream: BinaryIO, name: str) -> BinaryIO:
    """Unpacked by Python: where a file is cut off, the library for WARC says nothing."""
    return cast("BinaryIO", _Gzip(fileobj=stream)) if name.lower().endswith(".gz") else stream


class _Gzip(gzip.GzipFile):
    """Hands over all that is whole before it raises the error for what is not."""

    def read(self, size: int | None = -1) -> bytes:
        return self.read1(-1 if size is None else size)


def _page(where: Place, kind: str, data: bytes, record: Any) -> Item:
    fields = {"url": record.headers.get("WARC-Target-URI"), "date": record.headers.get("WARC-Date")}
    charset = _CHARSET.search(record.http_headers.get("Content-Type") or "")
    return Item(
        where.path,
        where.name,
        cast("Any", kind),
        data,
        fields,
        charset[1] if charset else None,
        walked=True,
        size=len(data),
    )


def _content_type(record: Any) -> str | None:
    headers = record.http_headers
    if headers is None or headers.status_code != 200:
        return None
    content = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    return {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}.get(content)


def _zip_name(member: Any) -> str:
    """The name; old archives from Chinese systems store it in GBK, which the library takes for CP437."""
    if member.flag_bits & 0x800 or member.filename.isascii():
        return cast("str", member.filename)
    try:
        return cast("str", member.filename.encode("cp437").decode("gb18030"))
    except UnicodeError:
        return cast("str", member.filename)


def _is_wanted(name: str) -> bool:
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in parts)
    return not hidden and kind_of(name) is not None


def _member(place: Place, name: str) -> Place:
    clean = "/".join(
        part for part in name.replace("\\", "/").replace("\0", "").split("/") if part not in ("", ".", "..")
    )
    return Place(f"{place.path}/{clean}", f"{place.name}/{clean}", walked=True)
