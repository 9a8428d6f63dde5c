"""The JSON record of a cleaned file (its format is a contract: fields are added, never renamed).

``record.schema.json`` beside this module describes it.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from bisect import bisect_right
from typing import TYPE_CHECKING

from ykclean.edits import Edit, Span, apply_edits, invert
from ykclean.source import Encoding, encode

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from ykclean.engine import Cleaned
    from ykclean.findings import Finding
    from ykclean.source import Source
    from ykclean.written import CleanArticle, CleanParagraph

_LINE_BREAK = re.compile(r"\r\n?|\n")


def to_record(cleaned: Cleaned, path: str | None) -> dict[str, Any]:
    """Return the record of one cleaned source file, from which ``source_from_record`` undoes it."""
    source = cleaned.source
    lines = line_starts(source.text)
    record = {
        "path": path,
        "sha256": hashlib.sha256(source.raw).hexdigest(),
        "encoding": encoding_record(source.encoding, source.bom),
        "text": cleaned.text,
        "articles": [_article(article) for article in cleaned.articles],
        "findings": [
            finding_record(finding, outcome == "applied", lines) for finding, outcome in cleaned.judged
        ],
    }
    if not _comes_back(source):
        record["raw"] = base64.b64encode(zlib.compress(source.raw)).decode("ascii")
    return record


def source_from_record(record: dict[str, Any]) -> bytes:
    """Return the source's very bytes from its record alone.

    Raises ``ValueError`` where the record is incomplete or was changed, so that they cannot be had.

    >>> from ykclean.engine import clean
    >>> source_from_record(clean("他说,好。").to_dict()).decode()
    '他说,好。'
    """
    try:
        raw = _unpack(record["raw"]) if "raw" in record else _rebuild(record)
        digest = record["sha256"]
    except (AttributeError, LookupError, TypeError, ValueError, zlib.error) as error:
        raise ValueError(f"the record is incomplete or was changed: {error!r}") from error
    if hashlib.sha256(raw).hexdigest() != digest:
        raise ValueError("the record was changed: the source it gives does not have the SHA-256 it names")
    return raw


def _unpack(packed: str) -> bytes:
    return zlib.decompress(base64.b64decode(packed, validate=True))


def _rebuild(record: dict[str, Any]) -> bytes:
    """Take the applied edits back, and encode what was there before."""
    edits = sorted(
        Edit(edit["start"], edit["end"], edit["before"], edit["after"])
        for finding in record["findings"]
        if finding["applied"]
        for edit in finding["edits"]
    )
    text = apply_edits(record["text"], invert(edits))
    stored = record["encoding"]
    replaced = tuple(Span(start, end) for start, end in stored["replaced"])
    lost = tuple(map(bytes.fromhex, stored["lost"]))
    encoding = Encoding(stored["name"], stored["how"], stored["confidence"], replaced, lost)
    return encode(text, encoding, bytes.fromhex(stored["bom"]))


def _comes_back(source: Source) -> bool:
    """Whether the text and the lost bytes give back the bytes of the source."""
    if source.exact:
        return True
    try:
        return encode(source.text, source.encoding, source.bom) == source.raw
    except ValueError:
        return False


def encoding_record(encoding: Encoding, bom: bytes) -> dict[str, Any]:
    """Return how a source was decoded, as its record has it."""
    return {
        "name": encoding.name,
        "how": encoding.how,
        "confidence": encoding.confidence,
        "replaced": [list(span) for span in encoding.replaced],
        "lost": [lost.hex() for lost in encoding.lost],
        "bom": bom.hex(),
    }


def _article(article: CleanArticle) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": article.start,
        "end": article.end,
        "title": article.title,
        "byline": article.byline,
        "text": article.text,
        "paragraphs": [_paragraph(paragraph) for paragraph in article.paragraphs],
    }
    if article.continued:
        record["continued"] = [list(span) for span in article.continued]
    return record


def _paragraph(paragraph: CleanParagraph) -> dict[str, Any]:
    role, text, start, end, goes_on = paragraph
    record = {"role": role, "text": text, "start": start, "end": end}
    return record | {"goes_on": True} if goes_on else record


def line_starts(text: str) -> list[int]:
    """Return the offsets at which the lines of a text begin: behind LF, CRLF or CR, as in an editor."""
    return [0, *(match.end() for match in _LINE_BREAK.finditer(text))]


def finding_record(finding: Finding, applied: bool, lines: Sequence[int]) -> dict[str, Any]:
    """Return a finding as a record has it; ``lines`` are the offsets at which the source's lines begin."""
    rule, start, end, edits, safe, of, _, confidence = finding
    line = bisect_right(lines, start)
    record = {
        "code": rule.code,
        "name": rule.name,
        "message": finding.message,
        "start": start,
        "end": end,
        "line": line,
        "column": start - lines[line - 1] + 1,
        "of": list(of) if of else None,
        "edits": [{"start": s, "end": e, "before": before, "after": after} for s, e, before, after in edits],
        "safe": safe,
        "applied": applied,
    }
    if confidence is not None:
        record["confidence"] = confidence
    return record
