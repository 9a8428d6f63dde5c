"""Passages that stand twice in a document, and which copy to give up.

The paragraphs are read as one text, so that other paragraph breaks hide nothing. A copy is given up
as whole sentences; what only one copy has decides which of the two stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ykclean.alignment import Alignment, align, letters, split_chain
from ykclean.cuts import is_finished
from ykclean.document import Repeat
from ykclean.edits import Span
from ykclean.facts import Judged, judge_differences
from ykclean.likeness import Anchors, Seed, find_chains

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.document import Paragraph
    from ykclean.settings import Settings

SENTENCE_CLOSE = re.compile(r"[。！？…｡!?]+[”’」』）】\"')]*")
BOUNDARY = re.compile(rf"\n|{SENTENCE_CLOSE.pattern}")
CLAUSE_END = re.compile("[，；：,;:]")
SPACE = re.compile(r"\s*")
NO_LETTERS = re.compile(r"[^\w\n]*")
SHORT_SENTENCE = 5
NEAR = 64
APART = 50
"""A copy that does not follow the other one needs so many letters, in two sentences at least."""
LONG_SENTENCE = 150
"""One sentence alone counts from so many letters on; a shorter one may be a quotation."""
FORM = 32
ESTABLISHED = 200
FORM_LIKENESS = 0.65
"""Passages that go on alike but not equal, over so many letters, are two reports in one form."""
MOST_LOST = 0.1
DIGEST = 0.2
UNBROKEN = 50
"""Where a fifth or more stands in only one passage, stretches of so many letters must have stayed whole."""
ADVERT = re.compile(
    r"广告|推广|点击|下载|扫码|扫一扫|二维码|微信|微博|订阅|关注|热线|https?:|www\.|廣告|下載|點擊|訂閱"
)
ROUNDS = 12


class Reading:
    """The text of all paragraphs, one a line, and the way back to the source."""

    def __init__(self, source: str, paragraphs: Sequence[Paragraph]) -> None:
        self.source = source
        self.paragraphs = paragraphs
        self.text = "\n".join([paragraph.text for paragraph in paragraphs])
        self.starts = list(accumulate((len(p.text) + 1 for p in paragraphs), initial=0))

    def source_span(self, span: Span) -> Span:
        """Where a span of the reading stands in the source."""
        first = bisect_right(self.starts, span.start) - 1
        last = bisect_right(self.starts, span.end - 1) - 1
        start = self.paragraphs[first].source_span(
            span.start - self.starts[first], span.start - self.starts[first] + 1
        )
        end = self.paragraphs[last].source_span(
            span.end - 1 - self.starts[last], span.end - self.starts[last]
        )
        return Span(start.start, end.end)

    def line_break(self, start: int, end: int) -> int | None:
        """Where between two offsets of a paragraph lines were joined, if anywhere."""
        index = bisect_right(self.starts, start) - 1
        pieces, offset = self.paragraphs[index].pieces, self.starts[index]
        at = bisect_left(pieces, start - offset, key=lambda piece: piece.at)
        for before, after in zip(pieces[max(at - 1, 0) :], pieces[max(at, 1) :], strict=False):
            if after.at > end - offset:
                break
            if "\n" in self.source[before.end : after.start] or "\r" in self.source[before.end : after.start]:
                return offset + after.at
        return None

    def open(self, span: Span) -> tuple[Span, bool, bool]:
        """Take the marks around the letters in, and tell which ends lie inside a sentence."""
        start, ragged_start = self._start(span.start)
        end, ragged_end = self._end(span.end)
        return Span(start, end), ragged_start, ragged_end

    def _start(self, at: int) -> tuple[int, bool]:
        low = at
        while low > 0 and at - low < NEAR and not self.text[low - 1].isalnum():
            low -= 1
        between = self.text[low:at]
        if "\n" in between or low == 0:
            return low + between.rfind("\n") + 1, False
        closes = [m.end() for m in SENTENCE_CLOSE.finditer(between)]
        if closes:
            low += closes[-1]
            return at - len(self.text[low:at].lstrip()), False
        joined = self.line_break(low, at)
        return (at, True) if joined is None else (joined, False)

    def _end(self, at: int) -> tuple[int, bool]:
        high = NO_LETTERS.match(self.text, at).end()  # type: ignore[union-attr]
        if self.text[high : high + 1] in ("", "\n"):
            return high, False
        close = SENTENCE_CLOSE.search(self.text, at, high)
        if close:
            return close.end(), False
        joined = self.line_break(at, high)
        return (at, True) if joined is None else (joined, False)

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that an offset lies in, if that is near."""
        low = max(at - NEAR, 0)
        begins = [m.end() for m in BOUNDARY.finditer(self.text, low, at)] or ([0] if low == 0 else [at])
        return at - len(self.text[begins[-1] : at].lstrip())

    def whole_sentences(self, span: Span, at_start: bool, at_end: bool) -> Span:
        """Leave the broken sentence at an end out."""
        start, end = span
        if at_start:
            first = BOUNDARY.search(self.text, start, end)
            start = SPACE.match(self.text, first.end(), end).end() if first else end  # type: ignore[union-attr]
        if at_end:
            last = [m.end() if m[0] != "\n" else m.start() for m in BOUNDARY.finditer(self.text, start, end)]
            end = last[-1] if last else start
        return Span(start, end)


class Side(NamedTuple):
    """One of two alike passages, as the one to give up: what would go, and what would be lost."""

    span: Span
    whole: Span
    ragged: int
    lost: int
    finished: bool
    odd: int
    extra: tuple[Span, ...]


class Match(NamedTuple):
    """A passage to give up and the one to keep, as spans of the reading."""

    copies: tuple[Span, ...]
    kept: Span
    safe: bool


def find_repeats(text: str, paragraphs: Sequence[Paragraph], settings: Settings) -> tuple[Repeat, ...]:
    """Return the passages that stand twice, in the order of the copies."""
    reading = Reading(text, paragraphs)
    anchors = Anchors(reading.text)
    given_up: list[Span] = []
    matches: list[Match] = []
    kept_of: dict[Span, Span] = {}
    dismissed: set[Seed] = set()
    for _ in range(ROUNDS):
        round_ = _round(reading, anchors, dismissed, settings.min_duplicate)
        found = [match for match in round_ if _accept(match, given_up, kept_of)]
        if not found:
            break
        matches += found
        anchors.forget(given_up)
    repeats = [
        Repeat(
            reading.source_span(copy),
            reading.source_span(_resolve(match.kept, given_up, kept_of)),
            match.safe,
        )
        for match in matches
        for copy in match.copies
    ]
    return tuple(sorted(repeats))


def _round(reading: Reading, anchors: Anchors, dismissed: set[Seed], shortest: int) -> Iterator[Match]:
    for chain in find_chains(reading.text, anchors.seeds()):
        for part in split_chain(reading.text, chain):
            if part[0] in dismissed:
                continue
            match = _match(reading, align(reading.text, part), shortest)
            if match is None:
                dismissed.add(part[0])
            else:
                yield match


def _match(reading: Reading, alignment: Alignment, shortest: int) -> Match | None:
    """Judge two aligned passages; none where they are too short, or say different things."""
    if alignment.second.end - alignment.second.start < shortest:
        return None
    passage = min((letters(reading.text, span) for span in alignment[:2]), key=len)
    size = len(passage)
    if size < shortest:
        return None
    judged = judge_differences(alignment.differences, passage)
    if judged.facts or _is_digest(judged, size) or _same_form(reading.text, alignment):
        return None
    first, second = _sides(reading, alignment, judged)
    copy, kept = _choose(first, second)
    if copy.lost > MOST_LOST * size or not _is_damage(reading, copy, kept, shortest):
        return None
    safe = not judged.accidents and not copy.lost
    pieces = tuple(_without(reading.text, copy.span, copy.extra))
    return Match(pieces, kept.whole, safe)


def _is_digest(judged: Judged, size: int) -> bool:
    """Whether one passage sums the other up: sentence by sentence, with others left out between."""
    extra = [d.ours or d.theirs for d in (*judged.only_first, *judged.only_second)]
    return sum(map(len, extra)) > DIGEST * size and size < UNBROKEN * (len(extra) + 1)


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
    return any(_differ_in_form(ours, theirs, is_short) for ours, theirs in (before, after))


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


def _is_damage(reading: Reading, copy: Side, kept: Side, shortest: int) -> bool:
    """Whether a passage is too long to come again by intent, as quotations, refrains and lists do.

    Right behind the other one, or broken off, it needs less than elsewhere.
    """
    passage = reading.text[copy.span.start : copy.span.end]
    if not BOUNDARY.search(passage) and not CLAUSE_END.search(passage):
        passage = reading.text[kept.span.start : kept.span.end]
    size = _size(reading, copy.span)
    units = [unit for unit in BOUNDARY.split(passage) if len(unit) >= SHORT_SENTENCE]
    finished = len(SENTENCE_CLOSE.findall(passage))
    if finished and _is_adjacent(reading.text, copy.span, kept.span):
        return size >= shortest
    cut = not is_finished(passage)
    broken_off = cut and kept.ragged > copy.ragged and CLAUSE_END.search(passage) is not None
    if len(units) > 1:
        return size >= max(shortest, APART) and len(units) - cut <= 2 * finished + broken_off
    return size >= max(shortest, APART if broken_off else LONG_SENTENCE)


def _is_adjacent(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return not text[first.end : second.start].strip()


def _without(text: str, span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span, without white space around."""
    start = span.start
    for hole in (*holes, Span(span.end, span.end)):
        piece = text[start : hole.start]
        if piece.strip():
            yield Span(hole.start - len(piece.lstrip()), start + len(piece.rstrip()))
        start = hole.end


def _accept(match: Match, given_up: list[Span], kept_of: dict[Span, Span]) -> bool:
    """Give a passage up, unless part of it, or of the passage that would be kept, has gone already."""
    kept = _resolve(match.kept, given_up, kept_of)
    if _overlaps(kept, given_up) or any(_overlaps(c, given_up) for c in match.copies):
        return False
    for copy in match.copies:
        if copy.start < kept.end and kept.start < copy.end:
            return False
    for copy in match.copies:
        insort(given_up, copy)
        kept_of[copy] = kept
    return True


def _resolve(kept: Span, given_up: Sequence[Span], kept_of: dict[Span, Span]) -> Span:
    """The passage that stays, where most of the one that was to be kept is itself given up."""
    while True:
        index = bisect_right(given_up, kept.start, key=_end)
        while index < len(given_up) and given_up[index].start < kept.end:
            copy = given_up[index]
            if 2 * (min(copy.end, kept.end) - max(copy.start, kept.start)) > kept.end - kept.start:
                kept = kept_of[copy]
                break
            index += 1
        else:
            return kept


def _end(span: Span) -> int:
    return span.end


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, span.start, key=_end)
    return index < len(spans) and spans[index].start < span.end
