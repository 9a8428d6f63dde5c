"""What goes with a passage that is given up: the white space that set it off."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ykclean.edits import Span
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from ykclean.document import Document

LINE_BREAK = pattern(r"[\r\n]")
BLANK = pattern(r"[^\S\r\n]*")
REST_OF_LINE = pattern(r"[^\S\r\n]*(?:[\r\n]|\Z)")
SPACE_AFTER = pattern(r"\s*")
NOISE_AT_END = 8
"""So many pieces of noise may stand between a passage and the end of its line."""


def with_space(document: Document, copy: Span) -> Span:
    """The copy and the white space that set it off, so that the rest looks as if it had never stood there.

    That is the space before lines of its own; the space after, at the beginning of the file, or
    where the lines after it were read as one with it: their join must go too.
    """
    text = document.text
    before = copy.start - space_before(text, copy.start)
    after = SPACE_AFTER.match(text, copy.end).end()  # type: ignore[union-attr]
    begins = before == 0 or LINE_BREAK.search(text, before, copy.start)
    ends = _line_ends(document, copy.end)
    if not ends:
        return copy
    if not begins:
        # Blanks before a copy that ends its line would end the line in its place.
        return Span(before, copy.end)
    if after < len(text) and (before == 0 or _is_joined(document, copy.end, after)):
        return Span(copy.start, after)
    return Span(before, copy.end)


def _line_ends(document: Document, at: int) -> bool:
    """Whether nothing but white space and noise stands between here and the end of the line."""
    number = bisect_left(document.noise, at, key=lambda noise: noise.edit.start)
    for noise in document.noise[number : number + NOISE_AT_END]:
        if not BLANK.fullmatch(document.text, at, noise.edit.start):
            break
        at = noise.edit.end
    return REST_OF_LINE.match(document.text, at) is not None


def space_before(text: str, end: int) -> int:
    """Return how much white space stands before an offset, in code points."""
    size = 64
    while True:
        start = max(end - size, 0)
        space = end - start - len(text[start:end].rstrip())
        if space < end - start or start == 0:
            return space
        size *= 2


def _is_joined(document: Document, start: int, end: int) -> bool:
    at = bisect_left(document.joins, start, key=lambda join: join.edit.start)
    return at < len(document.joins) and document.joins[at].edit.end <= end
