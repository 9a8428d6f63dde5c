"""The JSON record of a cleaned file (its format is a contract: fields are added, never renamed)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from ykclean.engine import Cleaned
    from ykclean.findings import Finding


def to_record(cleaned: Cleaned, path: str | None) -> dict[str, Any]:
    """Return the record of one cleaned source file."""
    encoding = cleaned.source.encoding
    applied = set(map(id, cleaned.settled.applied))
    return {
        "path": path,
        "sha256": hashlib.sha256(cleaned.source.raw).hexdigest(),
        "encoding": {
            "name": encoding.name,
            "how": encoding.how,
            "confidence": encoding.confidence,
            "replaced": [list(span) for span in encoding.replaced],
        },
        "articles": [
            {
                "start": article.start,
                "end": article.end,
                "title": article.title,
                "byline": article.byline,
                "text": article.text,
                "paragraphs": [paragraph._asdict() for paragraph in article.paragraphs],
            }
            for article in cleaned.articles
        ],
        "findings": [_finding(finding, id(finding) in applied) for finding in cleaned.findings],
    }


def _finding(finding: Finding, applied: bool) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "start": finding.start,
        "end": finding.end,
        "of": list(finding.of) if finding.of else None,
        "edits": [edit._asdict() for edit in finding.edits],
        "safe": finding.safe,
        "applied": applied,
    }
