"""Records packed small, to be kept beside results that are no records: for undoing and for the report."""

from __future__ import annotations

import base64
import hashlib
import zlib
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ykclean.edits import Edit, apply_edits, invert
from ykclean.extras import need
from ykclean.findings import Finding, Replacements, replacement
from ykclean.record import encoding_record, finding_record, line_starts
from ykclean.settling import APPLIED
from ykclean.source import Encoding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ykclean.batch.documents import Item
    from ykclean.engine import Cleaned

_ZSTD_LEVEL = -1
"""Half a third faster than 1, for a sixth more of a few bytes."""

_ZLIB_LEVEL = 1
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


class Kept(NamedTuple):
    """What a record is made of.

    ``found`` has for each rule its code, its two messages where they are not the usual ones, and its
    findings: as ``Finding`` has them, without the rule, or (``True``) the edits of ``Replacements``.
    ``outcomes`` are those of ``Settled``. ``raw`` are the source's bytes where its text does not give them
    back.
    """

    path: str
    is_page: bool
    fields: dict[str, Any]
    sha256: str
    encoding: Sequence[Any]
    text: str
    articles: Sequence[Sequence[Any]]
    found: Sequence[tuple[str, Sequence[str], bool, Sequence[Any]]]
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
        [(one.start, one.end, one.title, one.byline, one.continued) for one in cleaned.articles],
        [packed for found in cleaned.settled.found for packed in _packed(found)],
        cleaned.settled.outcomes,
        b"" if source.exact else source.raw,
    )
    return _compressed(msgspec.msgpack.encode(kept))


def _packed(found: Sequence[Finding]) -> Iterator[tuple[str, Sequence[str], bool, Sequence[Any]]]:
    """The findings of a rule; some of them may say it in words of their own."""
    from ykclean.rules import own_words

    if isinstance(found, Replacements):
        yield found.rule.code, (), True, found.edits()
        return
    for rule, findings in groupby(found, key=itemgetter(0)):
        yield rule.code, own_words(rule), False, [finding[1:] for finding in findings]


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
    *encoding, bom = kept.encoding
    findings = sorted(_findings(kept), key=lambda one: one[0][1:3])
    edits = sorted(edit for finding, applied in findings if applied for edit in finding.edits)
    lines = line_starts(apply_edits(kept.text, invert(edits)))
    record: dict[str, Any] = {
        "path": kept.path,
        "sha256": kept.sha256,
        "encoding": encoding_record(Encoding(*encoding), bom),
        "text": kept.text,
        "articles": [_article(*article) for article in kept.articles],
        "findings": [finding_record(finding, applied, lines) for finding, applied in findings],
    }
    if kept.raw:
        record["raw"] = base64.b64encode(zlib.compress(kept.raw)).decode("ascii")
    if kept.fields:
        record["fields"] = kept.fields
    if kept.is_page:
        record["extracted_from"] = "html"
    return record


def _article(
    start: int, end: int, title: str | None, byline: str | None, continued: Sequence[Any]
) -> dict[str, Any]:
    record: dict[str, Any] = {"start": start, "end": end, "title": title, "byline": byline}
    return record | {"continued": continued} if continued else record


def _findings(kept: Kept) -> Iterator[tuple[Finding, bool]]:
    """Yield the findings, and whether they were applied."""
    from ykclean.rules import rule_with

    outcomes = iter(kept.outcomes)
    for code, messages, are_edits, rows in kept.found:
        rule = rule_with(code, messages)
        for row in rows:
            if are_edits:
                finding = replacement(rule, Edit(*row))
            else:
                start, end, edits, *rest = row
                finding = Finding(rule, start, end, tuple(Edit(*edit) for edit in edits), *rest)
            yield finding, next(outcomes) == APPLIED


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
