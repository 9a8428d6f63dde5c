"""Records packed small, to be kept beside results that are no records: for undoing and for the report."""

from __future__ import annotations

import zlib
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ykclean.batch.documents import Item
    from ykclean.engine import Cleaned

_LEVEL = 1
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


def record_of(item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> dict[str, Any]:
    """Return the record of a document, with the fields that came with its text."""
    record = cleaned.to_dict(item.path)
    if fields:
        record["fields"] = fields
    if item.kind == "html":
        record["extracted_from"] = "html"
    return record


def slim(record: dict[str, Any]) -> dict[str, Any]:
    """The record without the articles' texts: the text and the spans are enough to undo it and to show it."""
    keys = ("start", "end", "title", "byline")
    articles = [{key: article[key] for key in keys} for article in record["articles"]]
    return {**record, "articles": articles}


def to_json_bytes(record: Mapping[str, Any]) -> bytes:
    """Return a record as JSON in UTF-8; what cannot be encoded (in a file's name) is escaped.

    >>> to_json_bytes({"path": "甲\\udcff"}).decode()
    '{"path": "甲\\\\udcff"}'
    """
    import msgspec

    try:
        return msgspec.json.encode(record)
    except (UnicodeEncodeError, TypeError, msgspec.ValidationError):
        import json

        return json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace")


def printable(text: str) -> str:
    """The text with what cannot be encoded, in a file's name, escaped."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def pack(record: Mapping[str, Any]) -> bytes:
    """Return the record packed, by Zstandard where it is installed (three times as fast as zlib)."""
    data = to_json_bytes(record)
    zstd = _zstandard()
    return cast("bytes", zstd.ZstdCompressor(_LEVEL).compress(data)) if zstd else zlib.compress(data, _LEVEL)


def unpack(packed: bytes) -> dict[str, Any]:
    """Return a packed record. Raises ``MissingExtraError`` where it needs a package that is gone."""
    import msgspec

    if packed.startswith(_ZSTD_MAGIC):
        from ykclean.batch.extras import need

        data = need("zstandard", "reading what this run kept").ZstdDecompressor().decompress(packed)
    else:
        data = zlib.decompress(packed)
    return cast("dict[str, Any]", msgspec.json.decode(data))


@cache
def _zstandard() -> Any:
    if find_spec("zstandard") is None:
        return None
    import zstandard

    return zstandard
