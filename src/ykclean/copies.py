"""Which of two aligned passages is a copy to give up, if any.

A copy is given up as whole sentences; what only one copy has decides which of the two stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms
from ykclean.cuts import is_finished
from ykclean.edits import Span, without
from ykclean.facts import Judged, judge_differences
from ykclean.headers import LONGEST_LINE
from ykclean.lazy import pattern
from ykclean.letters import letters
from ykclean.likeness import APART
from ykclean.reading import Match, Reading, stripped
from ykclean.sentences import BOUNDARY, CLAUSE_END, SENTENCE_CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.alignment import Alignment

SHORT_SENTENCE = 5
LONG_SENTENCE = 150
"""One sentence alone counts from so many letters on; a shorter one may be a quotation."""
CLAUSES = 3
"""A paragraph of one sentence that has so many marks is no refrain."""
QUOTED = pattern("[“”‘’]")
FORM_REACH = 2_000
"""A third one so near, in code points, makes equal paragraphs a form: each item of a list has it."""
FORM = 32
ESTABLISHED = 200
FORM_LIKENESS = 0.65
"""Passages that go on alike but not equal, over so many letters, are two reports in one form."""
MOST_LOST = 0.1
DIGEST = 0.2
UNBROKEN = 50
"""Where a fifth or more stands in only one passage, stretches of so many letters must have stayed whole."""
BULLETS = ("- ", "* ", "• ", "· ", "●", "■", "◆", "▲", "★", "※", "•")
BULLET = 4
"""So many characters before a passage a bullet may stand."""
ADVERT = pattern(
    r"广告|推广|点击|下载|扫码|扫一扫|二维码|微信|微博|订阅|关注|热线|https?:|www\.|廣告|下載|點擊|訂閱"
)


class Side(NamedTuple):
    """One of two alike passages, as the one to give up: what would go, and what would be lost."""

    span: Span
    whole: Span
    ragged: int
    lost: int
    finished: bool
    odd: int
    extra: tuple[Span, ...]


def judge(reading: Reading, alignment: Alignment, shortest: int) -> Match | None:
    """Judge two aligned passages; none where they are too short, or say different things."""
    if alignment.second.end - alignment.second.start < shortest:
        return None
    passage = min((letters(reading.text, span) for span in alignment[:2]), key=len)
    size = len(passage)
    if size < shortest:
        return None
    judged = judge_differences(alignment.differences, passage, reading.text)
    if judged.facts or _is_digest(judged, size) or _same_form(reading.text, alignment):
        return None
    if _is_point(reading.text, alignment.first) != _is_point(reading.text, alignment.second):
        return None
    first, second = _sides(reading, alignment, judged)
    copy, kept = _choose(first, second)
    if copy.lost > MOST_LOST * size or not _is_damage(
        reading, copy, kept, shortest, exact=not judged.accidents
    ):
        return None
    safe = not judged.accidents and not copy.lost
    pieces = [stripped(reading.text, piece) for piece in without(copy.span, copy.extra)]
    return Match(tuple(piece for piece in pieces if piece.start < piece.end), kept.whole, safe)


def _is_digest(judged: Judged, size: int) -> bool:
    """Whether one passage sums the other up: sentence by sentence, with others left out between."""
    extra = [d.ours or d.theirs for d in (*judged.only_first, *judged.only_second)]
    return sum(map(len, extra)) > DIGEST * size and size < UNBROKEN * (len(extra) + 1)


def _is_point(text: str, span: Span) -> bool:
    """Whether a passage stands behind a bullet: what a list at the top says is said again below."""
    start = text.rfind("\n", 0, span.start) + 1
    return span.start - start <= BULLET and text.startswith(BULLETS, start)


def _size(reading: Reading, span: Span) -> int:
    return len(letters(reading.text, span))


def _same_form(text: str, alignment: Alignment) -> bool:
    """Whether the sentences go on alike, but not equal, before or after: reports in one form."""
    first, second = alignment.first, alignment.second
    before = [
        letters(text, Span(max(_sentence_start(text, at), low), at))
        for at, low in ((first.start, 0), (second.start, first.end))
    ]
    after = [
        letters(text, Span(at, min(_sentence_end(text, at), high)))
        for at, high in ((first.end, second.start), (second.end, len(text)))
    ]
    is_short = first.end - first.start < ESTABLISHED
    if any(_differ_in_form(ours, theirs, is_short) for ours, theirs in (before, after)):
        return True
    return is_short and _under_items(_line_before(text, first.start), _line_before(text, second.start))


def _line_before(text: str, at: int) -> str:
    """The short line that stands before a paragraph; empty where none does, or no paragraph begins here."""
    if text[at - 1 : at] != "\n":
        return ""
    start = text.rfind("\n", max(at - LONGEST_LINE - 2, 0), at - 1)
    return text[start + 1 : at - 1] if start >= 0 or at <= LONGEST_LINE + 1 else ""


def _under_items(one: str, other: str) -> bool:
    """Whether two items of a list stand above, to each of which the same is said, such as a result."""
    if not one or not other or one == other:
        return False
    return forms.ITEM.match(one) is not None and forms.ITEM.match(other) is not None


def _differ_in_form(ours: str, theirs: str, is_short: bool) -> bool:
    from rapidfuzz.distance import Indel

    if not ours or not theirs:
        return False
    if ours != theirs and any(map(str.isdigit, ours)) and any(map(str.isdigit, theirs)):
        return True
    if not is_short or min(len(ours), len(theirs)) < SHORT_SENTENCE:
        return False
    return Indel.normalized_similarity(ours, theirs, score_cutoff=FORM_LIKENESS) > 0


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence, or at least the form, begins that goes on at an offset."""
    begins = [m.end() for m in BOUNDARY.finditer(text, max(at - FORM, 0), at)]
    return begins[-1] if begins else at - FORM


def _sentence_end(text: str, at: int) -> int:
    end = BOUNDARY.search(text, at, at + FORM)
    return end.start() if end else at + FORM


def _sides(reading: Reading, alignment: Alignment, judged: Judged) -> tuple[Side, Side]:
    return (
        _side(reading, alignment.first, [d.first for d in judged.only_first], judged.odd_first),
        _side(reading, alignment.second, [d.second for d in judged.only_second], judged.odd_second),
    )


def _side(reading: Reading, span: Span, extra: Sequence[Span], odd: int) -> Side:
    opened, at_start, at_end = reading.open(span)
    adverts = [e for e in extra if ADVERT.search(reading.text, *e)]
    lines = []
    for advert in adverts:
        around, inside_start, inside_end = reading.open(advert)
        if not inside_start and not inside_end:
            lines.append(around)
    lost = sum(_size(reading, e) for e in extra if e not in adverts)
    return Side(
        reading.whole_sentences(opened, at_start, at_end),
        Span(reading.sentence_start(opened.start) if at_start else opened.start, opened.end),
        at_start + at_end,
        lost,
        is_finished(reading.text[opened.start : opened.end]),
        odd,
        tuple(lines),
    )


def _choose(first: Side, second: Side) -> tuple[Side, Side]:
    """The passage to give up, and the other one: what one lacks decides, then the order."""

    def loss(side: Side) -> tuple[int, int, bool, int]:
        return side.lost, side.ragged, side.finished, -side.odd

    return (first, second) if loss(first) < loss(second) else (second, first)


def _is_damage(reading: Reading, copy: Side, kept: Side, shortest: int, exact: bool) -> bool:
    """Whether a passage is too long to come again by intent, as quotations, refrains and lists do.

    An exact one right behind the other, or one that breaks off, need not be as long.
    """
    passage = reading.text[copy.span.start : copy.span.end]
    if not BOUNDARY.search(passage) and not CLAUSE_END.search(passage):
        passage = reading.text[kept.span.start : kept.span.end]
    size = _size(reading, copy.span)
    units = [unit for unit in BOUNDARY.split(passage) if len(unit) >= SHORT_SENTENCE]
    finished = len(SENTENCE_CLOSE.findall(passage))
    if finished and exact and _is_adjacent(reading.text, copy.span, kept.span):
        return size >= shortest
    cut = not is_finished(passage)
    broken_off = cut and kept.ragged > copy.ragged and CLAUSE_END.search(passage) is not None
    if len(units) > 1:
        return size >= max(shortest, APART) and len(units) - cut <= 2 * finished + broken_off
    again = exact and _is_paragraph_again(reading.text, copy.span, kept.span)
    return size >= max(shortest, APART if broken_off or again else LONG_SENTENCE)


def _is_paragraph_again(text: str, copy: Span, kept: Span) -> bool:
    """Whether two whole paragraphs of several clauses have the same letters, and no third one near by has:
    no quotation, no form."""
    passage = letters(text, copy)
    if passage != letters(text, kept) or QUOTED.search(text, *copy):
        return False
    if len(CLAUSE_END.findall(text, *copy)) < CLAUSES or not (_is_line(text, copy) and _is_line(text, kept)):
        return False
    return not _is_form(text, passage, *sorted((copy, kept)))


def _is_form(text: str, passage: str, first: Span, second: Span) -> bool:
    """Whether the letters of two passages stand a third time near one of them."""
    around = [Span(max(span.start - FORM_REACH, 0), span.end + FORM_REACH) for span in (first, second)]
    if around[0].end >= around[1].start:
        return letters(text, Span(around[0].start, around[1].end)).count(passage) > 2
    return any(letters(text, span).count(passage) > 1 for span in around)


def _is_line(text: str, span: Span) -> bool:
    return text[span.start - 1 : span.start] in ("", "\n") and text[span.end : span.end + 1] in ("", "\n")


def _is_adjacent(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return not text[first.end : second.start].strip()
