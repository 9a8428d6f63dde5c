"""Paragraphs that no boundary of articles can part: a paragraph with the lines that head it and close it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers
from ykclean.breaks import Around
from ykclean.cuts import DOUBTFUL_CUT
from ykclean.flow import judge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ykclean.document import Paragraph, Repeat
    from ykclean.edits import Span


class Block(NamedTuple):
    """The paragraphs ``first:last``: header lines, one paragraph, and the lines that close it."""

    first: int
    body: int
    last: int


def outside_copies(paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat]) -> dict[int, str]:
    """Return what is left of the texts of those paragraphs, by number, in which copies are given up."""
    starts = [paragraph.start for paragraph in paragraphs]
    within: dict[int, list[Span]] = {}
    for repeat in repeats:
        first = max(bisect_right(starts, repeat.copy.start) - 1, 0)
        for number in range(first, bisect_left(starts, repeat.copy.end)):
            within.setdefault(number, []).append(repeat.copy)
    return {number: paragraphs[number].outside(copies).strip() for number, copies in within.items()}


def blocks_of(
    paragraphs: Sequence[Paragraph], skipped: Collection[int] = (), parting: Collection[int] = ()
) -> list[Block]:
    """Group the paragraphs that no boundary can part; those in ``skipped`` stay outside.

    Before those in ``parting`` the gap is as wide as between articles: a line that stands close to what
    precedes it is no headline of what stands behind such a gap.
    """
    blocks: list[Block] = []
    lines: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if number in parting and blocks and lines and lines[0] not in parting:
            lines = _close(blocks, lines)
        if number in skipped:
            lines = _close(blocks, lines)
        elif blocks and headers.is_tail(paragraph.text) and _signs(paragraph.text, paragraphs, lines):
            lines = _close(blocks, [*lines, number])
        elif headers.leads(paragraph.text):
            lines.append(number)
        else:
            if lines and blocks:
                lines = _without_rest(paragraphs, blocks, lines, number)
            blocks.append(Block(lines[0] if lines else number, number, number + 1))
            lines = []
    if lines and not _close(blocks, lines):
        return blocks or [Block(lines[0], lines[-1], lines[-1] + 1)]
    return blocks


def _close(blocks: list[Block], lines: list[int]) -> list[int]:
    """Give headlines that head nothing to what precedes them."""
    if lines and blocks:
        blocks[-1] = blocks[-1]._replace(last=lines[-1] + 1)
    return []


def _signs(tail: str, paragraphs: Sequence[Paragraph], lines: Sequence[int]) -> bool:
    """Whether nothing parts a tail from what it closes, but for writers above an editor: they sign, too."""
    if not lines:
        return True
    return forms.names_staff(tail) and all(headers.is_byline(paragraphs[line].text) for line in lines)


def _without_rest(
    paragraphs: Sequence[Paragraph], blocks: list[Block], lines: list[int], body: int
) -> list[int]:
    """Return the header lines without a first one that is the rest, cut short, of what stands before."""
    first = paragraphs[lines[0]].text
    if headers.is_byline(first):
        return lines
    last = blocks[-1].last
    above, below = paragraphs[max(last - 4, 0) : last], paragraphs[lines[0] + 1 : body + 3]
    if is_rest(first, above, below):
        blocks[-1] = blocks[-1]._replace(last=lines[0] + 1)
        return lines[1:]
    return lines


def is_rest(line: str, above: Sequence[Paragraph], below: Sequence[Paragraph]) -> bool:
    """Return whether a line above others is what is left of a sentence, rather than a headline.

    By its own words, or because they are those of what stands above it rather than of what stands below.
    """
    following = below[0].text
    return (headers.leads(following) and is_cut(line, following)) or _goes_with(line, above, below)


def is_cut(line: str, following: str) -> bool:
    """Return whether a line that has the shape of a headline is a sentence cut short, by its own words.

    What stands above a byline is a headline.
    """
    if not headers.is_fragment(line) or (following and headers.is_byline(following)):
        return False
    return judge(line, following, Around()).cut > DOUBTFUL_CUT


def _goes_with(line: str, above: Sequence[Paragraph], below: Sequence[Paragraph]) -> bool:
    pairs = {line[at : at + 2] for at in range(len(line) - 1)}
    text = "\n".join([paragraph.text for paragraph in above])
    known = sum(map(text.__contains__, pairs))
    if not known:
        return False
    text = "\n".join([paragraph.text for paragraph in below])
    more = known - sum(map(text.__contains__, pairs))
    return more > 1 or (more > 0 and is_cut(line, below[0].text))
