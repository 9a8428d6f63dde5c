"""Records packed small, to be kept beside results that are no records: for undoing and for the report."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ykclean.batch.extras import need
from ykclean.edits import Edit, apply_edits, invert
from ykclean.findings import Replacements
from ykclean.settling import APPLIED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ykclean.batch.documents import Item
    from ykclean.engine import Cleaned
    from ykclean.findings import Finding, Rule

_ZSTD_LEVEL = -1
"""Half a third faster than 1, for a sixth more of a few bytes."""

_ZLIB_LEVEL = 1
_EDITS = 3
LINE_BREAK = re.compile(r"\r\n?|\n")
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class Kept(NamedTuple):
    """What a record is made of.

    ``found`` has for each rule its code and its findings: as ``Finding`` has them, without the rule, or
    (``True``) the edits of ``Replacements``. ``outcomes`` are those of ``Settled``. ``raw`` are the source's
    bytes where its text does not give them back.
    """

    path: str
    is_page: bool
    fields: dict[str, Any]
    sha256: str
    encoding: Sequence[Any]
    text: str
    articles: Sequence[Sequence[Any]]
    found: Sequence[tuple[str, bool, Sequence[Any]]]
    outcomes: bytes
    raw: bytes


def record_of(item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> dict[str, Any]:
    """Return the record of a document, with the fields that came with its text."""
    record = cleaned.to_dict(item.path)
    if fields:
        record["fields"] = fields
    if item.kind == "html":
        record["extracted_from"] = "html"
    return record


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


def pack(item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> bytes:
    """Return what the record of a document is made of, packed.

    That takes a fraction of the time of a record. The articles' texts are left out: the text and the spans
    are enough to undo a document and to show it.
    """
    import msgspec

    source = cleaned.source
    kept = Kept(
        printable(item.path),
        item.kind == "html",
        fields or {},
        hashlib.sha256(source.raw).hexdigest(),
        (*source.encoding, source.bom),
        cleaned.text,
        [(article.start, article.end, article.title, article.byline) for article in cleaned.articles],
        [_packed(found) for found in cleaned.settled.found if found],
        cleaned.settled.outcomes,
        b"" if source.exact else source.raw,
    )
    return _compressed(msgspec.msgpack.encode(kept))


def _packed(found: Sequence[Finding]) -> tuple[str, bool, Sequence[Any]]:
    if isinstance(found, Replacements):
        return found.rule.code, True, found.edits()
    return found[0].rule.code, False, [finding[1:] for finding in found]


def unpack(packed: bytes) -> dict[str, Any]:
    """Return the record of a packed document; its articles have no texts.

    Raises ``MissingExtraError`` where it needs a package that is gone.
    """
    import msgspec

    if packed.startswith(_ZSTD_MAGIC):
        data = need("zstandard", "reading what this run kept").ZstdDecompressor().decompress(packed)
    else:
        data = zlib.decompress(packed)
    return _record(Kept(*msgspec.msgpack.decode(data)))


def _record(kept: Kept) -> dict[str, Any]:
    name, how, confidence, replaced, lost, bom = kept.encoding
    findings = sorted(_findings(kept), key=itemgetter(1, 2))
    edits = sorted(Edit(*edit) for finding in findings if finding[-1] for edit in finding[_EDITS])
    source = apply_edits(kept.text, invert(edits))
    lines = [0, *(match.end() for match in LINE_BREAK.finditer(source))]
    record: dict[str, Any] = {
        "path": kept.path,
        "sha256": kept.sha256,
        "encoding": {
            "name": name,
            "how": how,
            "confidence": confidence,
            "replaced": replaced,
            "lost": [piece.hex() for piece in lost],
            "bom": bom.hex(),
        },
        "text": kept.text,
        "articles": [dict(zip(("start", "end", "title", "byline"), a, strict=True)) for a in kept.articles],
        "findings": [_finding(finding, lines) for finding in findings],
    }
    if kept.raw:
        record["raw"] = base64.b64encode(zlib.compress(kept.raw)).decode("ascii")
    if kept.fields:
        record["fields"] = kept.fields
    if kept.is_page:
        record["extracted_from"] = "html"
    return record


def _findings(kept: Kept) -> Iterator[tuple[Any, ...]]:
    """Yield the findings: code, then as ``Finding`` has them, and whether they were applied."""
    outcomes = iter(kept.outcomes)
    for code, are_edits, rows in kept.found:
        for row in rows:
            start, end, before, after = row if are_edits else (0, 0, "", "")
            fields = (start, end, (row,), True, None, (before, after), None) if are_edits else row
            yield code, *fields, next(outcomes) == APPLIED


def _finding(finding: Sequence[Any], lines: Sequence[int]) -> dict[str, Any]:
    code, start, end, edits, safe, of, detail, confidence, applied = finding
    rule = _rules()[code]
    line = bisect_right(lines, start)
    record = {
        "code": code,
        "name": rule.name,
        "message": rule.message.format(*detail),
        "start": start,
        "end": end,
        "line": line,
        "column": start - lines[line - 1] + 1,
        "of": of,
        "edits": [dict(zip(("start", "end", "before", "after"), edit, strict=True)) for edit in edits],
        "safe": safe,
        "applied": applied,
    }
    if confidence is not None:
        record["confidence"] = confidence
    return record


@cache
def _rules() -> dict[str, Rule]:
    from ykclean.rules import RULES

    return {rule.code: rule for rule in RULES}


def _compressed(data: bytes) -> bytes:
    compressor = _compressor()
    return cast("bytes", compressor.compress(data)) if compressor else zlib.compress(data, _ZLIB_LEVEL)


@cache
def _compressor() -> Any:
    """A Zstandard compressor, made once for it takes its time; ``None`` without the package."""
    if find_spec("zstandard") is None:
        return None
    import zstandard

    return zstandard.ZstdCompressor(_ZSTD_LEVEL)
