"""Does a sentence run over a line break? What the page says (``lines``), and what the words say (``flow``).

A line that takes the one before it up is a runover, as a typesetter calls it. First comes what is certain:
marks that no line begins with, items of lists, lines that stand alone. Where nothing is certain, the layout
decides how probable one sentence must be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ykclean import headers, writers
from ykclean.breaks import CLAUSE_END, leaves_bracket_open, leaves_open, look_around
from ykclean.columns import fills_column, in_columns, is_page_mark
from ykclean.cuts import sets_no_stops
from ykclean.flow import (
    ALIKE,
    CROWD,
    HEADING,
    Headings,
    Nearby,
    Verdict,
    could_be_heading,
    go_together,
    is_unfinished,
    judge,
)
from ykclean.gaps import wider_than
from ykclean.hanzi import has_han
from ykclean.headline_forms import ENTRY
from ykclean.items import Items
from ykclean.lazy import pattern
from ykclean.lines import GAP_BREAKS, Layout, Line, layout_of, read_lines
from ykclean.orphans import stray_closer
from ykclean.signatures import behind_last_sentence
from ykclean.signs import CLOSERS, OPENERS
from ykclean.standalone import (
    FINISHED,
    closes_bracket,
    heads_article,
    is_dated,
    is_latin_phrase,
    is_of_page,
    is_salutation,
    is_verse,
    may_head,
    stands_alone,
    starts_anew,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Noise

NO_LINE_START = "，。、；：！？）》」』”’％,;:!?)%"
"""Marks that cannot begin a line (clreq, Prohibition Rules for Line Start)."""
GOES_ON = "”」』）)，、"
"""Marks with which a line goes on even behind a full stop."""
LONG_MARKS = "…—"
"""Marks that are set twice, and so may be parted."""
FIGURE = pattern(r"[^0-9.]\d{1,4}\.$")
"""A figure and its point, with something before them: not the number of an item."""
TAKES_UP = GOES_ON + LONG_MARKS + "0123456789"
"""What a line may begin with that goes on with the one before, although that looks finished."""
GLUED_NUMBER = pattern("[。！？”」』）.!?)][0-9０-９.．]+[%％]?$")
"""A page number behind a sentence, which no sentence goes on from."""
COPY = 12
"""So many characters in common are no accident."""
LOOK_BACK = 4
"""How many lines back a quotation is sought that the next line closes."""
NEARBY = 5_000
"""How far around a break another copy is sought, in code points."""
LONGEST_NAME = 4
"""The longest name of a writer behind the last sentence, in characters."""
SHORT_OF_COLUMN, SURE, DOUBTFUL, USUAL, LIKELY = 0.95, 0.97, 0.7, 0.5, 0.03
"""How probable one sentence must be over a break: where a line in columns ends before the column does, where
the line does not look like a rest, where the first line may be a heading, the next one is as wide as those
nearby, or the paragraphs are set without stops, where nothing speaks for or against, and where the layout
speaks for it."""
ON_TOP = 0.9
"""How probable it must be over the first break of a text, above which a headline stands as a rule, and below
a line that begins as the headlines of briefs do."""
CERTAIN, ALL_BUT_CERTAIN, SHORT = 0.99, 0.95, 10
"""From where on a line is taken up whatever its form, unless it is as wide as the headings nearby: a line of
fewer characters than ``SHORT``, and a longer one; one so wide that may be a cut, too, if all but certain.
Over a gap as wide as those between articles none is."""
NO_HEADING = 0.6
"""A short line that is so probably cut off, if the next one does not take it up, is no heading."""


def page_of(text: str, noise: Sequence[Noise]) -> Page:
    """Return the lines of a text, and how they are laid out."""
    lines = read_lines(text, noise)
    layout = layout_of(lines)
    if layout.widths and not in_columns(text, lines, layout):
        layout = layout_of(lines, columns=False)
    full = {len(line.text) for line in lines if layout.fills(line.text)} if layout.widths else set()
    return Page(text, lines, layout, Headings([line.text for line in lines], full))


@dataclass(frozen=True)
class Page:
    """A text, its lines, and how they are laid out."""

    text: str
    lines: Sequence[Line]
    layout: Layout
    headings: Headings

    @cached_property
    def bare(self) -> bool:
        """Whether paragraphs are set without a stop at their ends."""
        return not self.layout.widths and sets_no_stops(line.text for line in self.lines)

    @cached_property
    def has_bullets(self) -> bool:
        """Whether several lines begin with a dot."""
        return sum(line.text[0] == "·" for line in self.lines) > 1

    def flows_on(self, first: int, number: int) -> bool:
        """Whether the sentence that the lines from ``first`` on end with goes on in the line ``number``."""
        before, line = self.lines[number - 1], self.lines[number]
        if line.breaks >= GAP_BREAKS:
            return False
        last, opening = before.text[-1], line.text[0]
        if self.layout.widths:
            if is_page_mark(line.text):
                return False
            if fills_column(before, line, self.layout):
                return True
        if last in FINISHED:
            return self._closes(first, number) or self._parts_mark(first, number)
        if opening in NO_LINE_START or self._parts_bracket(first, number):
            return not is_dated(before.text)
        if self._parts_name(number):
            return self._goes_on(first, number)
        if starts_anew(line.text) or stands_alone(before.text) or self._is_item(first, number):
            return self._hangs(first, number)
        if last in "，、,":
            return self._clause_follows(first, number)
        if last in OPENERS:
            return True
        if not _may_meet(last, opening):
            return False
        if not has_han(last) and (opening in OPENERS or _is_glued(before.text, line.text)):
            return False
        if (number - first > 1 or len(before.text) > HEADING) and is_latin_phrase(before.text, line.text):
            return True
        return self._reads_on(first, number) and not is_of_page(before.text, line.text)

    def _closes(self, first: int, number: int) -> bool:
        """Whether a line goes on behind a full stop: it closes what is open, or has the comma behind that."""
        last, opening = self.lines[number - 1].text[-1], self.lines[number].text[0]
        if opening not in GOES_ON or last in "—：":
            return False
        if opening in "，、":
            return last in CLOSERS
        sentence = self._sentence(first, number)
        if opening in "）)":
            return leaves_bracket_open(sentence)
        return sentence.count(OPENERS[CLOSERS.index(opening)]) > sentence.count(opening)

    @cached_property
    def items(self) -> Items:
        """The items of lists."""
        return Items(line.text for line in self.lines)

    def _is_item(self, first: int, number: int) -> bool:
        """Whether the line before a break is an item, whole as it is: others near by have no stop, either."""
        if self.layout.widths or first < number - 1:
            return False
        return self.items.has_one(first, self.lines[first].text)

    def _parts_bracket(self, first: int, number: int) -> bool:
        """Whether a break parts what stands in brackets."""
        return closes_bracket(self.lines[number].text) and leaves_bracket_open(self._sentence(first, number))

    def _parts_name(self, number: int) -> bool:
        """Whether a break parts a foreign name before its dot, a type before its hyphen, a figure before its
        point. The dot is no bullet if it is the only one."""
        last, line = self.lines[number - 1].text[-1], self.lines[number].text
        if line[0] == "·":
            return has_han(last) and not self.has_bullets
        return line[0] in "-." and last.isascii() and last.isalnum() and line[1:2].isdigit()

    def _parts_mark(self, first: int, number: int) -> bool:
        """Whether a break parts an ellipsis, a dash, or a figure behind its point."""
        before, line = self.lines[number - 1].text, self.lines[number].text
        mark = before[-1]
        if mark in LONG_MARKS:
            parted = line[0] == mark and before[-2:-1] != mark
            return parted and not self.layout.sets_off(self.lines[number])
        if mark != "." or not line[0].isdigit() or FIGURE.search(before) is None:
            return False
        return self._join_probability(first, number) > SURE

    def _goes_on(self, first: int, number: int) -> bool:
        """Whether layout and words do not speak against it that a word goes on."""
        threshold = self._threshold(first, number)
        return threshold < 1 and self._join_probability(first, number) > min(threshold, USUAL)

    def _clause_follows(self, first: int, number: int) -> bool:
        """Whether the sentence goes on behind a comma, or what follows begins another one."""
        before, line = self.lines[number - 1].text, self.lines[number].text
        if is_verse(before, line) or is_salutation(before) or self._is_of_verses(first, number):
            return False
        threshold = self._threshold(first, number)
        if threshold == 1 or heads_article(line, self._below(number)):
            return False
        return self._join_probability(first, number) > min(threshold, USUAL)

    def _is_of_verses(self, first: int, number: int) -> bool:
        """Whether the line before the break is verse with the one above: the last line may be longer."""
        return first == number - 1 > 0 and is_verse(self.lines[first - 1].text, self.lines[first].text)

    def _hangs(self, first: int, number: int) -> bool:
        """Whether words, and layout or a colon, surely say that a line goes on which does not look so."""
        if self._threshold(first, number) != LIKELY and not ENTRY.match(self.lines[number - 1].text):
            return False
        return self._join_probability(first, number) > SURE

    def _reads_on(self, first: int, number: int) -> bool:
        """Whether layout, another copy of the words, or the words themselves say so."""
        before, line = self.lines[number - 1], self.lines[number]
        threshold = self._threshold(first, number)
        if threshold == 1 or (threshold == DOUBTFUL and self.headings.near(first, number) >= CROWD):
            return False
        nearby = self._nearby(first, number)
        verdict = self._verdict(first, number, nearby)
        if threshold == DOUBTFUL and _is_heading(before.text, line.text, verdict, nearby):
            return False
        if threshold != LIKELY and heads_article(line.text, self._below(number)):
            return False
        together = _stands_together(before, line, self.text)
        if together or (together is not None and threshold != LIKELY):
            return together
        if threshold != LIKELY:
            threshold = self._raised(threshold, first, number, nearby)
        return verdict.join > threshold

    def _raised(self, threshold: float, first: int, number: int, nearby: Nearby) -> float:
        """How probable one sentence must be where the layout does not speak for it."""
        before, line = self.lines[number - 1].text, self.lines[number]
        alone = number - first == 1
        if _is_signed(before):
            return SURE
        if threshold < ON_TOP and alone and may_head(before, on_top=number == 1):
            return ON_TOP
        if threshold == USUAL and self.bare and line.breaks > 1:
            return ALL_BUT_CERTAIN
        if threshold == USUAL and (self.bare or nearby.next_unlike <= ALIKE):
            threshold = DOUBTFUL
        return ALL_BUT_CERTAIN if threshold == DOUBTFUL and alone and nearby.unlike <= ALIKE else threshold

    def _below(self, number: int) -> str:
        """The line behind one; empty at the end of the text."""
        return self.lines[number + 1].text if number + 1 < len(self.lines) else ""

    def _threshold(self, first: int, number: int) -> float:
        """How probable one sentence must be, by the layout and the form of what is read so far."""
        line, layout = self.lines[number], self.layout
        alone = number - first == 1
        if layout.sets_off(line) or line.breaks >= wider_than(layout.breaks):
            return 1
        if stray_closer(line.text) is not None and leaves_open(self._sentence(first, number)):
            return LIKELY
        if not alone and layout.fills(self.lines[number - 2].text):
            return SHORT_OF_COLUMN
        if layout.sets_off(self.lines[first]) or line.breaks < layout.breaks:
            return LIKELY
        return DOUBTFUL if alone and could_be_heading(self.lines[first].text) else USUAL

    def _join_probability(self, first: int, number: int) -> float:
        return self._verdict(first, number, self._nearby(first, number)).join

    def _verdict(self, first: int, number: int, nearby: Nearby) -> Verdict:
        before, line = self.lines[number - 1], self.lines[number]
        around = look_around(self.text, before.text, line.text, before.end, line.start)
        return judge(self._sentence(first, number), line.text, around, nearby)

    def _nearby(self, first: int, number: int) -> Nearby:
        loose = first > 0 and is_unfinished(self.lines[first - 1].text)
        sentence, line = self._sentence(first, number), self.lines[number]
        return self.headings.around(first, number, sentence, line.text, loose)

    def _sentence(self, first: int, number: int) -> str:
        return "".join([one.text for one in self.lines[max(first, number - LOOK_BACK) : number]])


def _may_meet(last: str, opening: str) -> bool:
    """Whether two characters may stand on both sides of a break inside a sentence."""
    return (last.isalnum() or last in "》〉%％") and (opening.isalnum() or opening in "“《「『（(‘〈")


def _is_signed(before: str) -> bool:
    """Whether a bare name stands behind the last sentence: who wrote it, or the beginning of another one."""
    name = behind_last_sentence(before)
    return 0 < len(name) <= LONGEST_NAME and writers.names_writer(name)


def _is_glued(before: str, line: str) -> bool:
    """Whether a page's number stands behind the last sentence, and no figure of the next line."""
    return line[0] != "0" and GLUED_NUMBER.search(before[-12:]) is not None


def _is_heading(before: str, line: str, verdict: Verdict, nearby: Nearby) -> bool:
    """Whether a short line surely is a heading."""
    if go_together(before, line):
        return False
    least = CERTAIN if len(before) < SHORT else ALL_BUT_CERTAIN
    if verdict.join > least and nearby.unlike > ALIKE:
        return False
    return not headers.is_fragment(before) or verdict.cut < NO_HEADING


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
