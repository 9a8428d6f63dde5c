"""Lines → paragraphs: a line break inside a sentence does not end one.

Joining is reading, not a rule: what is judged later (is it cut off? is it a copy?) is judged on
whole paragraphs. Every join is a finding of its own, so that it can be seen and undone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean import headers
from ykclean.breaks import CLAUSE_END, leaves_open, look_around
from ykclean.cuts import sets_no_stops
from ykclean.document import Join, Noise, Paragraph, Piece
from ykclean.edits import Edit
from ykclean.flow import (
    ALIKE,
    CROWD,
    HEADING,
    Headings,
    Nearby,
    Verdict,
    could_be_heading,
    go_together,
    is_row,
    is_unfinished,
    judge,
    opens_paragraph,
)
from ykclean.gaps import wider_than
from ykclean.hanzi import has_han
from ykclean.lazy import pattern
from ykclean.lines import GAP_BREAKS, Layout, Line, layout_of, read_lines
from ykclean.orphans import stray_closer
from ykclean.signs import OPENERS
from ykclean.standalone import (
    FINISHED,
    closes_bracket,
    heads_article,
    is_latin,
    is_latin_phrase,
    is_of_page,
    is_verse,
    may_head,
    stands_alone,
    starts_anew,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NO_LINE_START = "，。、；：！？）》」』”’％,;:!?)%"
"""Marks that cannot begin a line (clreq, Prohibition Rules for Line Start)."""
GOES_ON = "”」』）)，、"
"""Marks with which a line goes on even behind a full stop."""
GLUED_NUMBER = pattern("[。！？”」』）.!?)][0-9０-９.．]+[%％]?$")
"""A page number behind a sentence, which no sentence goes on from."""
COPY = 12
"""So many characters in common are no accident."""
LOOK_BACK = 4
"""How many lines back a quotation is sought that the next line closes."""
NEARBY = 5_000
"""How far around a break another copy is sought, in code points."""
REACH = 1_500
"""How far around a break most of what is told about it lies, in code points."""
RATING = "★☆"
"""What a rating ends with, which fills no column."""
SCORE_SIGNS = "-－—–"
"""What stands in a score such as 6-1, which a column may part."""
BLANKS = " \t\u3000\xa0"
SHORT_OF_COLUMN, SURE, DOUBTFUL, USUAL, LIKELY = 0.95, 0.97, 0.7, 0.5, 0.03
"""How probable one sentence must be over a break: where a line in columns ends before the column does, where
the layout speaks against it, where the first line may be a heading, the next one is as wide as those nearby,
or the paragraphs are set without stops, where nothing speaks for or against, and where the layout speaks for
it."""
ON_TOP = 0.9
"""How probable it must be over the first break of a text, above which a headline stands as a rule, below a
line that begins as the headlines of briefs do, and below one as wide as the headings nearby."""
NO_HEADING = 0.6
"""A short line that is so probably cut off, if the next one does not take it up, is no heading."""


def read_paragraphs(text: str, noise: Sequence[Noise]) -> tuple[tuple[Paragraph, ...], tuple[Join, ...]]:
    """Return the paragraphs of the text, and the line breaks inside them."""
    page = _page(text, noise)
    lines, in_columns = page.lines, bool(page.layout.widths)
    paragraphs: list[Paragraph] = []
    joins: list[Join] = []
    first = 0
    for number, (before, line) in enumerate(pairwise(lines), 1):
        if (
            before.text[-1] in FINISHED and line.text[0] not in GOES_ON and not in_columns
        ) or not page.flows_on(first, number):
            paragraphs.append(_paragraph(lines[first:number], joins))
            first = number
        else:
            joins.append(page.join(number))
    if lines:
        paragraphs.append(_paragraph(lines[first:], joins))
    return tuple(paragraphs), tuple(joins)


def joins_near(text: str, noise: Sequence[Noise], offsets: Sequence[int]) -> list[Join]:
    """Return the line breaks inside paragraphs that lie near one of the offsets, which are in order."""
    page = _page(text, noise)
    joins: list[Join] = []
    for first, last in page.stretches(offsets):
        for number in range(first + 1, last):
            if page.flows_on(first, number):
                joins.append(page.join(number))
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


def _page(text: str, noise: Sequence[Noise]) -> _Page:
    lines = read_lines(text, noise)
    layout = layout_of(lines)
    return _Page(text, lines, layout, Headings([line.text for line in lines], layout.widths))


@dataclass(frozen=True)
class _Page:
    """A text, its lines, and how they are laid out."""

    text: str
    lines: Sequence[Line]
    layout: Layout
    headings: Headings

    @cached_property
    def bare(self) -> bool:
        """Whether paragraphs are set without a stop at their ends."""
        return not self.layout.widths and sets_no_stops(line.text for line in self.lines)

    def stretches(self, offsets: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The numbers of the lines within reach of one of the offsets: each stretch begins a paragraph."""
        starts = [line.start for line in self.lines]
        first = end = 0
        for offset in offsets:
            following = self._paragraph_start(bisect_left(starts, offset - REACH), end)
            if following > end:
                yield first, end
                first = following
            end = bisect_right(starts, offset + REACH)
        yield first, end

    def _paragraph_start(self, number: int, least: int) -> int:
        """The line at or before this one before which surely no sentence goes on, or ``least``."""
        while number > least and self.lines[number - 1].text[-1] not in FINISHED:
            number -= 1
        return number

    def flows_on(self, first: int, number: int) -> bool:
        """Whether the sentence that the lines from ``first`` on end with goes on in the line ``number``."""
        before, line = self.lines[number - 1], self.lines[number]
        if line.breaks >= GAP_BREAKS:
            return False
        last, opening = before.text[-1], line.text[0]
        if self.layout.widths and _fills_column(before, line, self.layout):
            return True
        if last in FINISHED:
            return opening in GOES_ON and last not in "—："
        if opening in NO_LINE_START:
            return True
        if starts_anew(line.text) or stands_alone(before.text):
            return False
        if last in "，、,":
            return not is_verse(before.text, line.text)
        if last in OPENERS:
            return True
        if not (last.isalnum() or last in "》〉%％") or not (opening.isalnum() or opening in "“《「『（(‘〈"):
            return False
        if not has_han(last) and (opening in OPENERS or GLUED_NUMBER.search(before.text[-12:])):
            return False
        if (number - first > 1 or len(before.text) > HEADING) and is_latin_phrase(before.text, line.text):
            return True
        return self._reads_on(first, number) and not is_of_page(before.text, line.text)

    def _reads_on(self, first: int, number: int) -> bool:
        """Whether layout, another copy of the words, or the words themselves say so."""
        before, line = self.lines[number - 1], self.lines[number]
        threshold = _threshold(self.lines[first:number], line, self.layout)
        if threshold == 1 or (threshold in (DOUBTFUL, SURE) and self._is_heading(first, number)):
            return False
        following = self.lines[number + 1].text if number + 1 < len(self.lines) else ""
        if threshold != LIKELY and heads_article(line.text, following):
            return False
        together = _stands_together(before, line, self.text)
        if together is not None:
            return together
        alone = number - first == 1
        if threshold < ON_TOP and threshold != LIKELY and alone and may_head(before.text, on_top=number == 1):
            threshold = ON_TOP
        nearby = self._nearby(first, number)
        if threshold == USUAL and (self.bare or nearby.next_unlike <= ALIKE):
            threshold = DOUBTFUL
        if threshold == DOUBTFUL and alone and nearby.unlike <= ALIKE:
            threshold = ON_TOP
        return self._verdict(first, number).join > threshold

    def _is_heading(self, first: int, number: int) -> bool:
        """Whether what stands before the line ``number`` surely is a heading."""
        before = self.lines[first].text
        if number - first > 1 or not could_be_heading(before):
            return False
        if self.headings.near(first, number) >= CROWD:
            return True
        if go_together(before, self.lines[number].text):
            return False
        return not headers.is_fragment(before) or self._verdict(first, number).cut < NO_HEADING

    def _verdict(self, first: int, number: int) -> Verdict:
        before, line = self.lines[number - 1], self.lines[number]
        around = look_around(self.text, before.text, line.text, before.end, line.start)
        return judge(self._sentence(first, number), line.text, around, self._nearby(first, number))

    def _nearby(self, first: int, number: int) -> Nearby:
        loose = first > 0 and is_unfinished(self.lines[first - 1].text)
        sentence, line = self._sentence(first, number), self.lines[number]
        return self.headings.around(first, number, sentence, line.text, loose)

    def _sentence(self, first: int, number: int) -> str:
        return "".join([one.text for one in self.lines[max(first, number - LOOK_BACK) : number]])

    def join(self, number: int) -> Join:
        """The white space before a line, and the space that takes its place between two Latin words."""
        before, line = self.lines[number - 1], self.lines[number]
        two_words = is_latin(before.text[-1]) and is_latin(line.text[0])
        # Where lines are cut at a column, words are cut, too: a space would be left at the line's end.
        is_word = len(before.text) in self.layout.widths and self.text[before.end] not in BLANKS
        space = " " if two_words and not is_word else ""
        return Join(gap_edit(self.text, before.end, line.start, space))


def _threshold(current: Sequence[Line], line: Line, layout: Layout) -> float:
    if closes_bracket(line.text) and _leaves_open(current):
        return LIKELY
    if layout.indented and line.indent > layout.margin:
        return 1
    if line.breaks >= wider_than(layout.breaks):
        return SURE
    if stray_closer(line.text) is not None and _leaves_open(current):
        return LIKELY
    if len(current) > 1 and len(current[-2].text) in layout.widths:
        return SHORT_OF_COLUMN
    if (layout.indented and current[0].indent > layout.margin >= line.indent) or line.breaks < layout.breaks:
        return LIKELY
    if len(current) == 1 and could_be_heading(current[0].text):
        return DOUBTFUL
    return USUAL


def _leaves_open(current: Sequence[Line]) -> bool:
    return leaves_open("".join([line.text for line in current[-LOOK_BACK:]]))


def _fills_column(before: Line, line: Line, layout: Layout) -> bool:
    """Whether the line before ends where the column does, so that its break says nothing."""
    if len(before.text) not in layout.widths or len(line.text) > len(before.text):
        return False
    if (layout.indented and line.indent > layout.margin) or line.breaks > layout.breaks:
        return False
    if starts_anew(line.text) and not (
        before.text[-1].isdigit() and line.text.lstrip(SCORE_SIGNS)[:1].isdigit()
    ):
        return False
    if before.text[-1] in FINISHED and (opens_paragraph(line.text) or _is_heading_in(layout, line)):
        return False
    return has_han(before.text) and not is_row(before.text) and before.text[-1] not in RATING


def _is_heading_in(layout: Layout, line: Line) -> bool:
    """Whether a line among lines in columns is too short to be gone on with, and no sentence ends there."""
    return len(line.text) < min(layout.widths) and is_unfinished(line.text)


def _stands_together(before: Line, line: Line, text: str) -> bool | None:
    """What another copy of the second line nearby says: it goes on there in the same way, or not.

    None where there is no other copy.
    """
    opening = line.text[:COPY]
    if len(opening) < COPY:
        return None
    at = text.find(opening, max(line.start - NEARBY, 0), line.start)
    if at < 0:
        at = text.find(opening, line.end, line.end + NEARBY)
    if at < 0:
        return None
    if text[at - 1 : at].isspace():
        # A copy with a break in the same place proves nothing, one behind another line that it is none.
        return None if text[max(at - 40, 0) : at].rstrip()[-1:] == before.text[-1] else False
    goes_on = text[at - 1 : at] == before.text[-1]
    # A copy under other paragraph breaks may have swallowed a headline: no proof for a line like one.
    return None if goes_on and not CLAUSE_END.search(before.text) else goes_on


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
