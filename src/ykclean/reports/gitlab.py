"""The Code Quality report of GitLab (a subset of the Code Climate format)."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from ykclean.baseline import fingerprint
from ykclean.policy import severity
from ykclean.reports import in_repository
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ykclean.checking import Checked
    from ykclean.reports import View

SEVERITY = {"error": "major", "warning": "minor"}


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the array of issues."""
    yield json.dumps([issue for file in checked for issue in _issues(file, view)], ensure_ascii=False) + "\n"


def _issues(file: Checked, view: View) -> Iterator[dict[str, Any]]:
    places = Places(file.text)
    path = in_repository(file.path)
    seen: Counter[str] = Counter()
    for finding in file.findings:
        start, end = places.place(finding.start), places.place(finding.end)
        known = fingerprint(file.text, finding)
        # GitLab takes two issues with one fingerprint for one: the second of two equal ones is told apart.
        seen[known] += 1
        yield {
            "description": f"{finding.code} {finding.message_in(view.lang)}",
            "check_name": finding.name,
            "fingerprint": f"{known}-{seen[known]}-{path}",
            "severity": SEVERITY[severity(finding.code)],
            "location": {
                "path": path,
                "positions": {"begin": start._asdict(), "end": end._asdict()},
            },
        }
