"""The report of a run: one page (HTML) that shows what was found and changed, drawn from the records.

``gather`` counts, ``marks`` lays what was found over a text, ``page`` writes the page. The page needs no
network and no server, and lets nothing in: its content security policy is ``default-src 'none'``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.batch.reading import records_in

if TYPE_CHECKING:
    from pathlib import Path

BUDGET = 64 << 20
"""Bytes of text (sources, uncompressed) that a page shows in full; beyond that only the worst files are."""

ROWS = 20_000
"""Files in the page's table; beyond that, again, the worst."""


class Written(NamedTuple):
    """How many documents there are, and how many of them the page shows in full."""

    documents: int
    shown: int


def write_report(output: Path, target: Path, *, budget: int = BUDGET, rows: int = ROWS) -> Written:
    """Write the report of what is in an output folder.

    Raises ``ManifestError`` where the folder is no output, ``MissingExtraError`` without jinja2,
    ``OSError`` where the page cannot be written.
    """
    from ykclean.report_html.gather import gather
    from ykclean.report_html.page import write_page

    gathered = gather(records_in(output), rows, budget)
    shown = write_page(target, output.name, gathered, records_in(output))
    return Written(gathered.documents, shown)
