"""Rows of JSON lines, CSV and Parquet: each row is a document, and its other fields go with it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from ykclean.batch.documents import Item
from ykclean.batch.readers import Place, Reading, failed
from ykclean.batch.reasons import ReadError, too_large
from ykclean.batch.streams import TooLong, lines, open_seekable
from ykclean.extras import need

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

TEXT_FIELDS = ("text", "content", "body", "paragraphs")
"""Where the text is looked for when nobody says."""

_SAMPLE = 65536
_LARGEST = 2**31 - 1
"""The largest limit that the module ``csv`` takes on every system."""


def row_place(place: Place, number: int) -> Place:
    """The place of a row, counted from 1.

    >>> row_place(Place("in/a.jsonl", "a.jsonl"), 7)[:2]
    ('in/a.jsonl#7', 'a.jsonl/0000007')
    """
    return Place(f"{place.path}#{number}", f"{place.name}/{number:07d}", place.walked)


def json_lines(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Item]:
    """Yield a document for each line; the workers decode it. Numbers are those of the lines."""
    for number, line in enumerate(lines(stream, reading.size_limit), 1):
        where = row_place(place, number)
        if isinstance(line, TooLong):
            yield failed(where, str(too_large(line.size, reading.size_limit)))
        elif line and not line.isspace():
            yield Item(where.path, where.name, "json", line, size=len(line))


def text_and_fields(row: object, text_field: str | None) -> tuple[str, dict[str, Any]]:
    """Split a row into its text and the other fields; a list of strings is a text of paragraphs.

    Raises ``ReadError`` where there is no text.

    >>> text_and_fields({"id": 7, "content": ["甲。", "乙。"]}, None)
    ('甲。\\n乙。', {'id': 7})
    """
    if isinstance(row, str):
        return row, {}
    if not isinstance(row, dict):
        raise ReadError(f"not an object with fields but {type(row).__name__}")
    field = text_field or next((name for name in TEXT_FIELDS if name in row), "text")
    if field not in row:
        known = ", ".join(map(str, row)) or "none"
        raise ReadError(f"no field {field!r}; it has {known}: name the one with the text by --text-field")
    text = row[field]
    if isinstance(text, list) and all(isinstance(part, str) for part in text):
        text = "\n".join(text)
    if not isinstance(text, str):
        raise ReadError(f"field {field!r} is no text but {type(text).__name__}")
    return text, {name: value for name, value in row.items() if name != field}


def csv_rows(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Item]:
    """Yield a document for each row after the header; commas, semicolons or tabs are told by the header.

    The encoding is told by the beginning of the file.
    """
    import csv

    sample = stream.read(_SAMPLE)
    with _text(stream, sample) as text:
        header = text.readline()
        delimiter = max(",\t;", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        rows = _fields_up_to(reading.size_limit, csv.reader(text, delimiter=delimiter))
        for number, row in enumerate(rows, 1):
            if row:
                yield _row(row_place(place, number), dict(zip(names, row, strict=False)), reading)


def _fields_up_to(limit: int, rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """Yield the rows with a limit of ours, which the module has for all of the process, whoever reads."""
    import csv

    while True:
        theirs = csv.field_size_limit(min(limit, _LARGEST))
        try:
            row = next(rows, None)
        finally:
            csv.field_size_limit(theirs)
        if row is None:
            return
        yield row


def parquet_rows(place: Place, reading: Reading) -> Iterator[Item]:
    """Yield a document for each row. Raises ``MissingExtraError``, or an error of pyarrow."""
    parquet = need("pyarrow.parquet", "reading Parquet")
    number = 0
    with open_seekable(place.path) as stream, parquet.ParquetFile(stream) as table:
        for batch in table.iter_batches(batch_size=64, use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield _row(row_place(place, number), row, reading)


def _row(where: Place, row: Mapping[str, Any], reading: Reading) -> Item:
    try:
        text, fields = text_and_fields(row, reading.text_field)
    except ReadError as error:
        return failed(where, str(error))
    size = 3 * len(text)
    if size > reading.size_limit and len(text.encode("utf-8", "replace")) > reading.size_limit:
        return failed(where, str(too_large(size, reading.size_limit)))
    return Item(where.path, where.name, "text", text, fields, size=size)


def _text(stream: BinaryIO, sample: bytes) -> io.TextIOWrapper:
    from ykclean.source import decode

    end = sample.rfind(b"\n") + 1 if len(sample) == _SAMPLE else len(sample)
    start = decode(sample[: end or len(sample)])
    joined = io.BufferedReader(_Joined(sample[len(start.bom) :], stream))
    return io.TextIOWrapper(joined, start.encoding.name, errors="replace", newline="")


class _Joined(io.RawIOBase):
    """The sample that was read, and then the rest of the stream."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
