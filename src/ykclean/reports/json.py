"""One JSON array of findings."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ykclean.reports.records import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the array, an element at a time."""
    before = "[\n"
    for record in records(checked, view):
        yield before + json.dumps(record, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
