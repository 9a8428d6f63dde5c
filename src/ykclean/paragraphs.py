"""Lines → paragraphs: a line break inside a sentence does not end one.

Joining is reading, not a rule: what is judged later (is it cut off? is it a copy?) is judged on
whole paragraphs. Every join is a finding of its own, so that it can be seen and undone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean.document import Join, Noise, Paragraph, Piece
from ykclean.edits import Edit
from ykclean.flow import NEAR
from ykclean.runover import TAKES_UP, Page, page_of
from ykclean.standalone import FINISHED, is_latin

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.lines import Line

REACH = 1_500
"""How far around a break most of what is told about it lies, in code points, and in ``NEAR`` lines."""
BLANKS = " \t\u3000\xa0"


def read_paragraphs(text: str, noise: Sequence[Noise]) -> tuple[tuple[Paragraph, ...], tuple[Join, ...]]:
    """Return the paragraphs of the text, and the line breaks inside them."""
    page = page_of(text, noise)
    lines, in_columns = page.lines, bool(page.layout.widths)
    paragraphs: list[Paragraph] = []
    joins: list[Join] = []
    first = 0
    for number, (before, line) in enumerate(pairwise(lines), 1):
        if (
            before.text[-1] in FINISHED and line.text[0] not in TAKES_UP and not in_columns
        ) or not page.flows_on(first, number):
            paragraphs.append(_paragraph(lines[first:number], joins))
            first = number
        else:
            joins.append(_join(page, number))
    if lines:
        paragraphs.append(_paragraph(lines[first:], joins))
    return tuple(paragraphs), tuple(joins)


def joins_near(text: str, noise: Sequence[Noise], offsets: Sequence[int]) -> list[Join]:
    """Return the line breaks inside paragraphs that lie near one of the offsets, which are in order."""
    page = page_of(text, noise)
    joins: list[Join] = []
    for first, last in _stretches(page.lines, offsets):
        for number in range(first + 1, last):
            if page.flows_on(first, number):
                joins.append(_join(page, number))
            else:
                first = number
    return joins


def gap_edit(text: str, end: int, start: int, after: str) -> Edit:
    """Return the edit that puts ``after`` in the place of the white space between ``end`` and ``start``.

    Noise at the edges of the gap has edits of its own.
    """
    gap = text[end:start]
    first = end + next((i for i, c in enumerate(gap) if c.isspace()), 0)
    last = start - next((i for i, c in enumerate(reversed(gap)) if c.isspace()), 0)
    return Edit(first, last, text[first:last], after)


def _join(page: Page, number: int) -> Join:
    """The white space before a line, and the space that takes its place between two Latin words."""
    before, line = page.lines[number - 1], page.lines[number]
    two_words = is_latin(before.text[-1]) and is_latin(line.text[0])
    # Where lines are cut at a column, words are cut, too: a space would be left at the line's end.
    is_word = page.layout.fills(before.text) and page.text[before.end] not in BLANKS
    space = " " if two_words and not is_word else ""
    return Join(gap_edit(page.text, before.end, line.start, space))


def _stretches(lines: Sequence[Line], offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The numbers of the lines within reach of one of the offsets: each stretch begins a paragraph."""
    starts = [line.start for line in lines]
    first = end = 0
    for offset in offsets:
        at = bisect_left(starts, offset)
        following = _paragraph_start(lines, min(bisect_left(starts, offset - REACH), at - NEAR), end)
        if following > end:
            yield first, end
            first = following
        end = min(max(bisect_right(starts, offset + REACH), at + NEAR + 1), len(lines))
    yield first, end


def _paragraph_start(lines: Sequence[Line], number: int, least: int) -> int:
    """The line at or before this one before which surely no sentence goes on, or ``least``."""
    while number > least and lines[number - 1].text[-1] not in FINISHED:
        number -= 1
    return number


def _paragraph(lines: Sequence[Line], joins: Sequence[Join]) -> Paragraph:
    first = lines[0]
    if len(lines) == 1:
        return Paragraph(first.start, first.end, first.text, first.pieces)
    pieces: list[Piece] = []
    texts: list[str] = []
    at = 0
    for number, line in enumerate(lines):
        if number:
            edit = joins[number - len(lines)].edit
            if edit.after:
                pieces.append(Piece(at, edit.start, edit.end, verbatim=False))
                texts.append(edit.after)
                at += len(edit.after)
        own = line.pieces or (Piece(0, line.start, line.end),)
        pieces.extend(piece._replace(at=at + piece.at) for piece in own)
        texts.append(line.text)
        at += len(line.text)
    return Paragraph(first.start, lines[-1].end, "".join(texts), tuple(pieces))
