"""Does a paragraph end in the middle of a sentence, its rest lost?"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ykclean import forms, headers, headline_forms, signatures, writers
from ykclean.breaks import CLAUSE_END, DATELINE, leaves_open, look_around
from ykclean.document import Paragraph
from ykclean.flow import (
    CROWD,
    HEADING,
    Headings,
    could_be_heading,
    is_row,
    is_unfinished,
    judge,
)
from ykclean.hanzi import has_han
from ykclean.items import Items
from ykclean.lazy import pattern
from ykclean.signs import CLOSERS, HALF_SENTENCE_END, SENTENCE_END
from ykclean.standalone import is_couplet, is_salutation, is_verse, may_head

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


ENDS = SENTENCE_END + HALF_SENTENCE_END + "：；:;—~～"
END_QUOTES = CLOSERS + "\"')]"
UNDECIDED = "》〉】"
"""Closing marks that end a headline or a list item as often as they stand inside a sentence."""
SIGNED_ROLES = frozenset({"byline", "dateline", "caption", "credit", "note"})
"""Roles that a line has by what it says."""
SHAPED_ROLES = frozenset({"title", "kicker", "subtitle"})
"""Roles that a line has by its shape, which a line that was cut off may share."""
WHOLE = frozenset(ENDS + CLOSERS) - frozenset(UNDECIDED + ".)）]】〉》…")
"""Marks behind which no more is to be looked at: nothing is missing there, and no teaser ends so."""
LIST_ITEM = pattern(
    r"[●■◆□▲△★☆※·•◇○◎▼►]|[-*+>#] |\d{1,2}[.、．)）]|[一二三四五六七八九十]{1,3}、"
    r"|[（(][一二三四五六七八九十\d]{1,3}[)）]"
)
ORDINAL = pattern(r"第[一二三四五六七八九十\d]{1,3}[^，。；：:]{1,2}[：:]")
"""How a chapter or a step begins, which may be all heading."""
DIGIT = pattern(r"\d")
SPEAKER_HEADING = pattern("[^，。；！？：,;!?:]{1,6}[：:][^，。；！？：,;!?:]+")
CRY = pattern("[！？!?]")
"""A line with a cry, or a question, in its middle is a headline as often as a sentence."""
BOOK_TITLE = pattern("[《〈【][^》〉】]*[》〉】]+")
LAST_CUT, LIKELY_CUT, DOUBTFUL_CUT, SURE_CUT, CERTAIN_CUT, LABELLED_CUT = 0.6, 0.75, 0.85, 0.95, 0.97, 0.99
"""How probable a cut must be: in the last line, in one that is no heading, in one that may be but looks like
the beginning of a sentence, in any that may be, on top of a text, and in one with a label."""
NO_WORDS = pattern(r"[：:()（）\[\]［］【】/／|…=_]")
"""What stands in a last line that gives a number, an hour or a link, or leads to another page."""
BLANKS = frozenset(" \t\u3000\xa0")
SHORTEST_HEADING, NUMBER = 3, 4
"""The shortest heading, in characters, and how many may stand before it, such as its number."""
GIVEN, NEARBY = 2, 5_000
"""So many characters of a name tell it from others; how far around it is sought, in code points."""
SHORTEST = 6
"""Fewer characters on the last line are a name or a date as often as what is left of a sentence."""
BARE = 4
"""So many long paragraphs without a stop at their ends, if most have none, are a habit."""
STOP = pattern("[，。！？；,;!?]")
"""A text of several paragraphs that has none of these is older than they are."""
TAKEN_UP = 0.7
"""From here on a short line is not called cut: the next one may well take it up."""


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does: a full stop, perhaps in quotes or brackets.

    >>> is_finished("他说：“好。”"), is_finished("第一个登船的")
    (True, False)
    """
    last = text[-1:]
    if last == "】":
        # An editor's mark such as 【编辑：某人】 behind the last sentence.
        return is_finished(text[: max(text.rfind("【"), 0)])
    return last != "" and (last in ENDS or (last in END_QUOTES and last not in UNDECIDED))


def sets_no_stops(texts: Iterable[str]) -> bool:
    """Whether most paragraphs end without a stop, as some sites set them: nothing is missing then."""
    long = [text for text in texts if len(text) > headers.HEADLINE_LENGTH]
    bare = sum(map(is_unfinished, long))
    return bare >= BARE and 2 * bare > len(long)


class Cuts:
    """Which paragraphs of a text end in mid-sentence."""

    def __init__(self, source: str, paragraphs: Sequence[Paragraph]) -> None:
        """Take the whole text and its paragraphs."""
        self.source = source
        self.paragraphs = paragraphs
        self._headings = Headings(paragraph.text for paragraph in paragraphs)

    def confidence(self, index: int) -> float:
        """How probable it is that the paragraph at ``index`` ends in mid-sentence, its rest lost; else 0.

        A cut exactly at the end of a sentence cannot be seen. Headlines, captions, list items, table rows
        and other lines that need no full stop are not cut.
        """
        text, role = self.paragraphs[index].text, self.paragraphs[index].role
        if is_finished(text) or not has_han(text):
            return 0.0
        if text[-1] in "，、," and (self._is_verse(index) or is_salutation(text)):
            return 0.0
        if text[-1] in "\ufffd，、,":
            return float(CLAUSE_END.search(text[:-1]) is not None or len(text) > 16)
        if self._signs_off(index) or self._heads_byline(index) or self._is_couplet(index):
            return 0.0
        if self._items.has_one(index, text):
            return 0.0
        needed = self._needed(index)
        if needed == 1 or _needs_no_stop(text, role):
            return 0.0
        probability = self._probability(index)
        if probability <= needed or self._needs_no_stops:
            return 0.0
        return 0.0 if self._is_signed(index) or signatures.ends_in_address(text) else probability

    def _signs_off(self, index: int) -> bool:
        """Whether the last line says who wrote the text, or when, or that it ends."""
        text = self.paragraphs[index].text
        above, following = self._around(index)
        return bool(above) and not following and is_finished(above) and signatures.signs_off(text)

    def _heads_byline(self, index: int) -> bool:
        """Whether a line stands right above a byline, as headlines do."""
        _, following = self._around(index)
        return (
            following != "" and len(self.paragraphs[index].text) <= HEADING and headers.is_byline(following)
        )

    def _is_verse(self, index: int) -> bool:
        """Whether the line is verse with one of its neighbours."""
        text = self.paragraphs[index].text
        above, following = self._around(index)
        return is_verse(text, following or above) or is_verse(above, text)

    @cached_property
    def _items(self) -> Items:
        return Items(paragraph.text for paragraph in self.paragraphs)

    def _is_couplet(self, index: int) -> bool:
        """Whether the line makes a couplet with one of its neighbours."""
        return any(is_couplet(self.paragraphs[index].text, other) for other in self._around(index))

    def _needed(self, index: int) -> float:
        """How probable a cut must be there, to tell it from a headline; 1 where nothing can."""
        text = self.paragraphs[index].text
        if self._heads_nothing(index):
            needed = LAST_CUT
        else:
            needed = _needed_by_form(text, self.paragraphs[index].role)
            if self._may_head(index):
                needed = max(needed, CERTAIN_CUT if _is_fragment(text) and not CRY.search(text) else 1.0)
        if len(text) <= HEADING and self._headings.near(index, index + 1) >= CROWD:
            needed = max(needed, SURE_CUT if headers.is_fragment(text) else 1.0)
        return needed

    def _heads_nothing(self, index: int) -> bool:
        """Whether this is the last line, and words: nothing stands below for it to head."""
        text = self.paragraphs[index].text
        return index == len(self.paragraphs) - 1 and len(text) >= SHORTEST and not NO_WORDS.search(text)

    @cached_property
    def _needs_no_stops(self) -> bool:
        texts = [paragraph.text for paragraph in self.paragraphs]
        return sets_no_stops(texts) or (len(texts) >= BARE and not any(map(STOP.search, texts)))

    def _is_signed(self, index: int) -> bool:
        """Whether no sentence stands behind the last one, but who wrote it, a credit, a page's number, or the
        next heading.

        A bare name is one who wrote it, unless the story goes on and is about one of that name.
        """
        text = self.paragraphs[index].text
        tail = signatures.behind_last_sentence(text)
        if not 0 < len(tail) <= headers.LONGEST_LINE:
            return False
        if signatures.is_signature(tail) or self._is_said_again(tail, index):
            return True
        return writers.names_writer(tail) and not self._is_about(tail, index)

    def _is_said_again(self, tail: str, index: int) -> bool:
        """Whether the next paragraph begins with the same words: its heading was set here by mistake."""
        return len(tail) >= SHORTEST_HEADING and tail in self._next(index).text[: len(tail) + NUMBER]

    def _is_about(self, name: str, index: int) -> bool:
        """Whether the article goes on behind the paragraph, and the same name stands elsewhere."""
        following, end = self._next(index), self.paragraphs[index].end
        if not following.text or following.role != "body":
            return False
        return self.source.count(name[:GIVEN], max(end - NEARBY, 0), end + NEARBY) > 1

    def _around(self, index: int) -> tuple[str, str]:
        """The texts of the paragraphs before and behind one, empty where there is none."""
        return self.paragraphs[index - 1].text if index else "", self._next(index).text

    def _next(self, index: int) -> Paragraph:
        """The paragraph behind one; an empty one at the end of the text."""
        end = len(self.source)
        return self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else Paragraph(end, end, "")

    def _may_head(self, index: int) -> bool:
        """Whether this may be a headline, with something below it."""
        text = self.paragraphs[index].text
        return len(self.paragraphs) > 1 and may_head(text, on_top=index == 0)

    def _probability(self, index: int) -> float:
        paragraphs = self.paragraphs
        before, after = paragraphs[index], self._next(index)
        around = look_around(self.source, before.text, after.text, before.end, after.start)
        loose = index > 0 and is_unfinished(paragraphs[index - 1].text)
        nearby = self._headings.around(index, index + 1, before.text, after.text, loose)
        verdict = judge(before.text, after.text, around, nearby)
        # A short line that the next one may well take up is no case for a report.
        if verdict.join > TAKEN_UP and could_be_heading(before.text) and not self._is_set_off(after):
            return 0.0
        return verdict.cut

    def _is_set_off(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is indented, as those of the text are: it takes nothing up."""
        return self._indented and self._has_indent(paragraph)

    @cached_property
    def _indented(self) -> bool:
        return 2 * sum(map(self._has_indent, self.paragraphs)) > len(self.paragraphs)

    def _has_indent(self, paragraph: Paragraph) -> bool:
        return self.source[paragraph.start - 1 : paragraph.start] in BLANKS


def _needs_no_stop(text: str, role: str) -> bool:
    if (
        (role in SIGNED_ROLES and not leaves_open(text))
        or is_row(text)
        or _is_data(text)
        or forms.DATELINE_LINE.fits(text)
        or (LIST_ITEM.match(text) and not CLAUSE_END.search(text))
        or headline_forms.ENTRY.match(text)
        or headers.has_subtitle(text)
    ):
        return True
    if text[-1] in "%％":
        return could_be_heading(text) or role in SHAPED_ROLES
    return text[-1] in UNDECIDED and not CLAUSE_END.search(BOOK_TITLE.sub("", text))


def _is_data(text: str) -> bool:
    """Whether the line is made of figures: a row that lost its gaps."""
    digits = len(DIGIT.findall(text))
    return 3 * digits > len(text) and 2 * digits > sum(map(str.isalnum, text))


def _is_fragment(text: str) -> bool:
    """Whether it looks like the beginning of a sentence, and not like a heading that names who speaks."""
    return headers.is_fragment(text) and not SPEAKER_HEADING.fullmatch(text)


def _needed_by_form(text: str, role: str) -> float:
    """How probable a cut must be: more so in a line that could be a heading."""
    if could_be_heading(text):
        if role in SHAPED_ROLES:
            return SURE_CUT if CLAUSE_END.search(text) else 1.0
        if SPEAKER_HEADING.fullmatch(text):
            return LABELLED_CUT
        return DOUBTFUL_CUT if _is_fragment(text) else SURE_CUT
    if LIST_ITEM.match(text) or ORDINAL.match(text) or (role in SHAPED_ROLES and not DATELINE.match(text)):
        return SURE_CUT
    return LIKELY_CUT
