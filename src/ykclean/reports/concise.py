"""One line a finding: ``path:line:column: code [*] message``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.reports.lines import place_of, said
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield a line for each finding."""
    for file in checked:
        places = Places(file.text)
        for finding in file.findings:
            yield f"{place_of(file.path, places.place(finding.start), view)}: {said(finding, view)}\n"
