"""Lines that were wrapped at a column: where they are, and which of their breaks say nothing."""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING

from ykclean.breaks import look_around
from ykclean.flow import is_row, is_unfinished, judge, opens_paragraph
from ykclean.furniture import is_furniture
from ykclean.hanzi import has_han
from ykclean.lazy import pattern
from ykclean.signs import SENTENCE_END
from ykclean.standalone import FINISHED, is_latin, starts_anew

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.lines import Layout, Line

FULL_LINES, RUNNING, PROBABLE = 16, 0.4, 0.7
"""In columns, of so many breaks behind full lines, sentences run over at least this share, by what the words
say with at least this probability."""
_PAGE = "[0-9０-９]{1,4}[ 　]?[页頁]?"
PAGE_MARK = pattern(
    rf"[-—–·\[［ ]*(?:第|P|p)?[ 　]?{_PAGE}(?:[ 　]?[/／共][ 　]?{_PAGE})?[-—–·\]］ ]*|广告|廣告"
)
LONGEST_MARK = 24
RATING = "★☆"
"""What a rating ends with, which fills no column."""
SCORE_SIGNS = "-－—–"
"""What stands in a score such as 6-1, which a column may part."""


def in_columns(text: str, lines: Sequence[Line], layout: Layout) -> bool:
    """Whether sentences run over the breaks behind full lines: in no table, list or poem do they."""
    full = (
        (before, line)
        for before, line in pairwise(lines)
        if layout.fills(before.text) and before.text[-1] not in SENTENCE_END
    )
    running = [_runs_on(text, before, line) for before, line in islice(full, FULL_LINES)]
    return sum(running) >= RUNNING * len(running)


def _runs_on(text: str, before: Line, line: Line) -> bool:
    if not is_unfinished(before.text):
        return False
    if is_latin(before.text[-1]) and is_latin(line.text[0]):
        return True
    around = look_around(text, before.text, line.text, before.end, line.start)
    return judge(before.text, line.text, around).join > PROBABLE


def fills_column(before: Line, line: Line, layout: Layout) -> bool:
    """Whether the line before ends where the column does, so that its break says nothing."""
    if not layout.fills(before.text) or layout.measure(line.text) > layout.measure(before.text):
        return False
    if layout.sets_off(line) or line.breaks > layout.breaks:
        return False
    if starts_anew(line.text) and not (
        before.text[-1].isdigit() and line.text.lstrip(SCORE_SIGNS)[:1].isdigit()
    ):
        return False
    if before.text[-1] in FINISHED and (opens_paragraph(line.text) or _is_heading_in(layout, line)):
        return False
    return has_han(before.text) and not is_row(before.text) and before.text[-1] not in RATING


def is_page_mark(line: str) -> bool:
    """Whether a line among those of a column is the number of a page, or furniture.

    >>> is_page_mark("第3页"), is_page_mark("- 3 -"), is_page_mark("3月")
    (True, True, False)
    """
    return len(line) <= LONGEST_MARK and (PAGE_MARK.fullmatch(line) is not None or is_furniture(line))


def _is_heading_in(layout: Layout, line: Line) -> bool:
    """Whether a line among lines in columns is too short to be gone on with, and no sentence ends there."""
    return layout.measure(line.text) < min(layout.widths) and is_unfinished(line.text)
