"""Paragraphs that no boundary of articles can part: a paragraph with the lines that head it and close it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers
from ykclean.breaks import Around
from ykclean.cuts import DOUBTFUL_CUT
from ykclean.flow import is_unfinished, judge

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ykclean.document import Paragraph, Repeat
    from ykclean.edits import Span


EVEN, ABOVE_HEADLINE = 0.5, 0.9
"""How probable a cut must be where the words above and below, or a dateline below, speak for one, too, and
above a headline in a line that does not look like a sentence."""
CHANCE = 1
"""So many pairs of characters a line has in common with a text by chance."""
NEAR = 4
"""So many paragraphs above a line tell whether it goes with them."""


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
        elif headers.leads(paragraph.text) or _heads_writers(paragraphs, number):
            lines.append(number)
        else:
            if lines and blocks:
                lines = _without_rest(paragraphs, blocks, lines, number)
            blocks.append(Block(lines[0] if lines else number, number, number + 1))
            lines = []
    if lines and not _close(blocks, lines):
        return blocks or [Block(lines[0], lines[-1], lines[-1] + 1)]
    return blocks


def _heads_writers(paragraphs: Sequence[Paragraph], number: int) -> bool:
    """Whether a line that ends in a cry, or a question, stands right above its writers."""
    following = paragraphs[number + 1 : number + 2]
    return headers.cries(paragraphs[number].text) and bool(following) and headers.is_byline(following[0].text)


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
    """Return the header lines without what is left, cut short, of the text that stands before them."""
    count = _end_of_rest([paragraphs[number].text for number in lines])
    if not count and not headers.is_byline(paragraphs[lines[0]].text):
        last = blocks[-1].last
        above, below = paragraphs[max(last - NEAR, 0) : last], paragraphs[body : body + 3]
        count = count_rests([paragraphs[number] for number in lines], above, below)
    if count:
        blocks[-1] = blocks[-1]._replace(last=lines[count - 1] + 1)
    return lines[count:]


def count_rests(lines: Sequence[Paragraph], above: Sequence[Paragraph], below: Sequence[Paragraph]) -> int:
    """Return how many of the lines above a paragraph go with the text above them, rather than with it.

    Below a headline only a line that has the shape of a sentence does, and not its writers below it: the
    words are those of a headline above it as well.
    """
    count = 0
    for number, line in enumerate(lines):
        if number > count and not _may_be_rest(line.text, lines[number + 1 :]):
            continue
        if is_rest(line.text, [*above, *lines[:number]][-NEAR:], [*lines[number + 1 :], *below]):
            count = number + 1
    return count


def _may_be_rest(line: str, below: Sequence[Paragraph]) -> bool:
    """Whether a line below a headline has the shape of a sentence, above one more that is not its writers."""
    return headers.is_fragment(line) and bool(below) and not headers.names_writers(below[0].text)


def _end_of_rest(lines: Sequence[str]) -> int:
    """How many lines there are up to the last one that is surely cut short, with a headline below it."""
    for number in range(len(lines) - 1, 1, -1):
        before, line = lines[number - 1 : number + 1]
        if headers.is_headline(line) and is_cut(before, line, ABOVE_HEADLINE):
            return number
    return 0


def is_rest(line: str, above: Sequence[Paragraph], below: Sequence[Paragraph]) -> bool:
    """Return whether a line above others is what is left of a sentence, rather than a headline.

    By its own words, or because they are those of what stands above it rather than of what stands below.
    """
    if headers.in_two_phrases(line) or not is_unfinished(line):
        return False
    following = below[0].text
    cut = is_cut(line, following)
    if cut and (headers.leads(following) or headers.dateline(following)):
        return True
    pairs = {line[at : at + 2] for at in range(len(line) - 1)}
    known, told = (_count(pairs, paragraphs) for paragraphs in (above, below))
    if known > told + 1 or (cut and known > told):
        return True
    if headers.in_two_phrases(following):
        # It seldom needs a line above it, and its story says what that line names.
        return known + CHANCE >= told and is_cut(line, following, EVEN)
    if told > CHANCE or forms.short_line_role(line):
        return False
    return (told < known or headers.dateline(following) is not None) and _cut(line, following) > EVEN


def _count(pairs: Collection[str], paragraphs: Sequence[Paragraph]) -> int:
    """How many of the pairs of characters stand in the paragraphs."""
    text = "\n".join([paragraph.text for paragraph in paragraphs])
    return sum(map(text.__contains__, pairs))


def is_cut(line: str, following: str, sure: float | None = None) -> bool:
    """Return whether a line that has the shape of a headline is a sentence cut short, by its own words.

    ``sure`` is how probable a cut must be. A line that does not look like a sentence is cut only above a
    headline, and only if it is surer.
    """
    if headers.names_writers(line):
        return False
    is_fragment = headers.is_fragment(line)
    if not is_fragment:
        above_headline = following != "" and headers.is_headline(following)
        if not above_headline or not is_unfinished(line) or forms.short_line_role(line):
            return False
    return _cut(line, following) > (sure or (DOUBTFUL_CUT if is_fragment else ABOVE_HEADLINE))


def _cut(line: str, following: str) -> float:
    """How probable a cut is; what stands above its writers is a headline."""
    if following and headers.names_writers(following):
        return 0.0
    return judge(line, following, Around()).cut
