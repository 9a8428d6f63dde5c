"""A finding as plain data: what ``json`` and ``jsonl`` print. Fields are added, never renamed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.policy import severity
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ykclean.checking import Checked
    from ykclean.findings import Finding
    from ykclean.reports import View


def records(checked: Iterable[Checked], view: View) -> Iterator[dict[str, Any]]:
    """Yield a record for each finding; offsets and columns count code points."""
    for file in checked:
        places = Places(file.text)
        for finding in file.findings:
            yield {"path": file.path, **_record(finding, places, view.lang)}


def _record(finding: Finding, places: Places, lang: str) -> dict[str, Any]:
    start, end = places.place(finding.start), places.place(finding.end)
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": severity(finding.code),
        "message": finding.message_in(lang),
        "start": finding.start,
        "end": finding.end,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "of": list(finding.of) if finding.of else None,
        "edits": [edit._asdict() for edit in finding.edits],
        "safe": finding.safe,
        "confidence": finding.confidence,
    }
