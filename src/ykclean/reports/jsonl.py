"""One JSON object a line, one for each finding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ykclean.reports.records import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield a line for each finding."""
    for record in records(checked, view):
        yield json.dumps(record, ensure_ascii=False) + "\n"
