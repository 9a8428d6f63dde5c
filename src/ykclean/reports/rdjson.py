"""The Reviewdog Diagnostic Format. Its columns count bytes of UTF-8."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ykclean.edits import apply_edits
from ykclean.policy import severity
from ykclean.reports import in_repository
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ykclean.checking import Checked
    from ykclean.findings import Finding
    from ykclean.reports import View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the result object."""
    diagnostics = [diagnostic for file in checked for diagnostic in _diagnostics(file, view)]
    result = {"source": {"name": "ykclean"}, "severity": "WARNING", "diagnostics": diagnostics}
    yield json.dumps(result, ensure_ascii=False) + "\n"


def _diagnostics(file: Checked, view: View) -> Iterator[dict[str, Any]]:
    places = Places(file.text)
    for finding in file.findings:
        yield {
            "message": finding.message_in(view.lang),
            "location": {
                "path": in_repository(file.path),
                "range": _range(finding.start, finding.end, places),
            },
            "severity": severity(finding.code).upper(),
            "code": {"value": finding.code},
            "suggestions": _suggestions(finding, places),
        }


def _suggestions(finding: Finding, places: Places) -> list[dict[str, Any]]:
    """One suggestion with all edits of the finding: several would be several ways to mend it."""
    if not finding.edits:
        return []
    start, end = finding.edits[0].start, finding.edits[-1].end
    text = apply_edits(places.text, finding.edits, start, end)
    return [{"range": _range(start, end, places), "text": text}]


def _range(start: int, end: int, places: Places) -> dict[str, dict[str, int]]:
    return {name: _position(offset, places) for name, offset in (("start", start), ("end", end))}


def _position(offset: int, places: Places) -> dict[str, int]:
    return {"line": places.place(offset).line, "column": places.byte_column(offset)}
