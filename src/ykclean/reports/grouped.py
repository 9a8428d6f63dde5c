"""The findings of a file under its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.reports.lines import paint, said
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the findings of each file."""
    for file in checked:
        places = list(map(Places(file.text).place, (finding.start for finding in file.findings)))
        if not places:
            continue
        width = max(len(f"{line}:{column}") for line, column in places)
        yield f"{paint(file.path, view, bold=True)}:\n"
        for (line, column), finding in zip(places, file.findings, strict=True):
            yield f"  {f'{line}:{column}':<{width}} {said(finding, view)}\n"
        yield "\n"
