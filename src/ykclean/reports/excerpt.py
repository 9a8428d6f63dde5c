"""A line of the source as a terminal shows it, with carets under some spans."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from ykclean.reports.lines import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.edits import Span
    from ykclean.reports.places import Places

ELLIPSIS = "…"


class _Cells(dict[str, tuple[str, int]]):
    """What is shown for a character, and the columns that takes; looked up once for each character."""

    def __missing__(self, character: str) -> tuple[str, int]:
        piece = shown(character)
        columns = sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in piece)
        self[character] = (piece, columns)
        return piece, columns


CELLS = _Cells()


def width(text: str) -> int:
    """Return the columns that a text takes: wide and full-width characters take two, marks none.

    >>> width("他说,好")
    7
    """
    return sum(CELLS[character][1] for character in text)


def shorten(text: str, most: int) -> str:
    """Return the beginning of a text in one line, and an ellipsis where it goes on."""
    line = "".join(map(shown, text[: most + 1].strip("\r\n").replace("\r\n", "\n").replace("\n", "⏎")))
    return line if len(text) <= most else f"{line[:most]}{ELLIPSIS}"


def excerpt(places: Places, spans: Sequence[Span], columns: int) -> tuple[str, str]:
    """Return a piece of the line in which the first span begins, and the carets that mark the spans.

    The piece takes at most about so many columns, and some of it stands before the first span.
    """
    text = places.text
    begin, end = places.line_span(places.place(spans[0].start).line)
    start = _window_start(text, spans[0].start, begin, columns // 3)
    stop = _window_stop(text, start, end, columns - 2)
    lead = ELLIPSIS if start > begin else ""
    cells = [CELLS[character] for character in text[start:stop]]
    line = lead + "".join([piece for piece, _ in cells])
    column = [0, *accumulate([taken for _, taken in cells])]
    carets = " " * len(lead)
    position = start
    for span in spans:
        first = min(max(span.start, position), stop)
        # An insertion is marked at the character before which it goes.
        last = max(min(max(span.end, span.start + 1), stop), first)
        carets += " " * (column[first - start] - column[position - start])
        carets += "^" * (column[last - start] - column[first - start])
        position = last
    if "^" not in carets:
        carets = " " * width(line) + "^"
    return line + (ELLIPSIS if stop < end else ""), carets


def _window_start(text: str, at: int, begin: int, columns: int) -> int:
    """Where the piece begins: so many columns before the place, or where the line does."""
    while at > begin and columns > 0:
        at -= 1
        columns -= CELLS[text[at]][1]
    return at


def _window_stop(text: str, at: int, end: int, columns: int) -> int:
    """Where the piece ends: so many columns on, or where the line does."""
    taken = accumulate([CELLS[character][1] for character in text[at : min(end, at + columns)]])
    return min(at + bisect_left(list(taken), columns) + 1, end) if columns > 0 else at
