"""A line of the source as a terminal shows it, with carets under some spans."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width

from ykclean.reports.lines import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.edits import Span
    from ykclean.reports.places import Places

ELLIPSIS = "…"


def width(text: str) -> int:
    """Return the columns that a text takes: wide and full-width characters take two, marks none.

    >>> width("他说,好")
    7
    """
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def shorten(text: str, most: int) -> str:
    """Return the beginning of a text in one line, and an ellipsis where it goes on."""
    line = "".join(map(shown, text[: most + 1].strip("\r\n").replace("\r\n", "\n").replace("\n", "⏎")))
    return line if len(text) <= most else f"{line[:most]}{ELLIPSIS}"


def excerpt(places: Places, spans: Sequence[Span], columns: int) -> tuple[str, str]:
    """Return a piece of the line in which the first span begins, and the carets that mark the spans.

    The piece takes at most about so many columns, and some of it stands before the first span.
    """
    begin, end = places.line_span(places.place(spans[0].start).line)
    start = _window_start(places.text, spans[0].start, begin, columns // 3)
    lead = ELLIPSIS if start > begin else ""
    pieces = [lead]
    carets = [" " * len(lead)]
    room = columns - 2
    position = start
    while position < end and room > 0:
        piece = shown(places.text[position])
        columns_taken = width(piece)
        pieces.append(piece)
        carets.append(("^" if _marked(spans, position) else " ") * columns_taken)
        room -= columns_taken
        position += 1
    if position < end:
        pieces.append(ELLIPSIS)
    line_of_carets = "".join(carets).rstrip()
    if not line_of_carets.strip() or spans[0].start >= end:
        line_of_carets = " " * width("".join(pieces)) + "^"
    return "".join(pieces), line_of_carets


def _window_start(text: str, at: int, begin: int, columns: int) -> int:
    """Where the piece begins: so many columns before the place, or where the line does."""
    while at > begin and columns > 0:
        at -= 1
        columns -= width(shown(text[at]))
    return at


def _marked(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end or position == start == end for start, end in spans)
