"""Passages that stand twice in a document.

The paragraphs are read as one text, so that other paragraph breaks hide nothing. What is left when
copies are given up is read again, until nothing in it stands twice: a second cleaning finds no more.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import Counter
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ykclean.document import Repeat
from ykclean.edits import Span
from ykclean.likeness import APART, find_chains, is_isolated, is_same, neighbourhoods, pair_anchors
from ykclean.reading import NEAR, Match, Reading, touched
from ykclean.sentences import SENTENCE_CLOSE
from ykclean.tandem import find_tandems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.document import Paragraph
    from ykclean.likeness import Anchor, Seed
    from ykclean.settings import Settings

ROUNDS = 12
FORMS = 8
"""Of clauses that so often were no copy, only what is the same at a glance is looked at again."""


def find_repeats(text: str, paragraphs: Sequence[Paragraph], settings: Settings) -> tuple[Repeat, ...]:
    """Return the passages that stand twice, in the order of the copies."""
    search = _Search(Reading(text, paragraphs), settings.min_duplicate)
    while search.give_up(search.tandems()):
        pass
    for _ in range(ROUNDS):
        if not search.give_up(_compatible(search.matches())) and not search.give_up(search.tandems()):
            break
    return search.repeats()


class _Search:
    """What was given up so far, and what is left to be read."""

    def __init__(self, reading: Reading, shortest: int) -> None:
        self._reading = reading
        self._shortest = shortest
        self._found: list[Match] = []
        self._kept_of: dict[Span, Span] = {}
        self._anchors: list[Anchor] | None = None
        self._touched: set[str] | None = None
        self._dismissed: set[tuple[str, str]] = set()
        self._forms: Counter[tuple[str, str, int]] = Counter()

    def give_up(self, matches: Iterable[Match]) -> bool:
        """Give up what is copied; whether there was anything."""
        found = list(matches)
        kept_of = {copy: match.kept for match in found for copy in match.copies}
        if kept_of:
            self._found += found
            self._kept_of |= kept_of
            self._reading = self._reading.without(sorted(self._kept_of))
            self._touched = touched(self._anchors, kept_of) if self._anchors else self._touched
        return bool(kept_of)

    def tandems(self) -> Iterator[Match]:
        """The blocks of paragraphs that stand again right behind themselves."""
        reading = self._reading
        lines = reading.text.split("\n")
        found = list(find_tandems(lines, self._is_passage))
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0)) if found else []
        for at, kept_at, size in found:
            copy, kept = (Span(starts[first], starts[first + size] - 1) for first in (at, kept_at))
            yield Match(tuple(reading.parts(copy)), reading.original(kept), safe=True)

    def _is_passage(self, text: str) -> bool:
        """Whether it is long enough to be given up where it follows itself."""
        return SENTENCE_CLOSE.search(text) is not None and sum(map(str.isalnum, text)) >= self._shortest

    def matches(self) -> Iterator[Match]:
        """The passages that are alike, as spans of the whole reading."""
        reading, text = self._reading, self._reading.text
        for chain in self._chains():
            from ykclean.alignment import split_chain  # Most texts have nothing that would need it.

            for part in split_chain(text, chain):
                match = self._judged(part)
                if match is not None:
                    copies = tuple(span for copy in match.copies for span in reading.parts(copy))
                    yield Match(copies, reading.original(match.kept), match.safe)

    def _judged(self, chain: Sequence[Seed]) -> Match | None:
        """The copy in a chain, if there is one: aligned and judged, unless that is known to be vain."""
        from ykclean.alignment import align
        from ykclean.copies import judge

        text = self._reading.text
        seen, form = _surroundings(text, chain), _form(text, chain)
        if seen in self._dismissed or is_isolated(text, chain, APART):
            return None
        if self._forms[form] >= FORMS and not is_same(text, chain):
            return None
        match = judge(self._reading, align(text, chain), self._shortest)
        if match is None:
            self._dismissed.add(seen)
            self._forms[form] += 1
        return match

    def _chains(self) -> Iterator[Sequence[Seed]]:
        """The chains in what is left; not those again that stand far from what was given up last."""
        text, near = self._reading.text, self._touched
        if self._anchors is None:
            self._anchors = self._reading.anchors()
        for seeds in neighbourhoods(pair_anchors(self._reading.still_there(self._anchors))):
            if near is None or any(text[at : at + length] in near for _, at, length in seeds):
                yield from find_chains(text, seeds)

    def repeats(self) -> tuple[Repeat, ...]:
        """Everything that was given up, with what stays in its place."""
        reading = self._reading
        given_up = sorted(self._kept_of)

        @cache
        def source_of(kept: Span) -> Span:
            return reading.source_span(_resolve(kept, given_up, self._kept_of))

        found = [
            Repeat(reading.source_span(copy), source_of(kept), safe)
            for copies, kept, safe in self._found
            for copy in copies
        ]
        return tuple(sorted(found))


def _surroundings(text: str, chain: Sequence[Seed]) -> tuple[str, str]:
    """What decides whether a chain is a copy: a later round need not look at the same again."""
    first, last = chain[0], chain[-1]
    return (
        text[max(first.first - NEAR, 0) : last.first + last.length + NEAR],
        text[max(first.second - NEAR, 0) : last.second + last.length + NEAR],
    )


def _form(text: str, chain: Sequence[Seed]) -> tuple[str, str, int]:
    """What the chains of reports in one form have in common."""
    first, last = (text[seed.second : seed.second + seed.length] for seed in (chain[0], chain[-1]))
    return first, last, len(chain)


def _compatible(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches of which no part, nor any of the passage that would be kept, has gone with another."""
    given_up: list[Span] = []
    kept_of: dict[Span, Span] = {}
    for match in matches:
        kept = _resolve(match.kept, given_up, kept_of)
        if _overlaps(kept, given_up) or any(
            _overlaps(copy, given_up) or (copy.start < kept.end and kept.start < copy.end)
            for copy in match.copies
        ):
            continue
        for copy in match.copies:
            insort(given_up, copy)
            kept_of[copy] = kept
        yield match._replace(kept=kept)


def _resolve(kept: Span, given_up: Sequence[Span], kept_of: dict[Span, Span]) -> Span:
    """The passage that stays, where the one that was to be kept has itself been given up."""
    while True:
        index = bisect_right(given_up, kept.start, key=_end)
        if index == len(given_up) or kept.end > given_up[index].end or kept.start < given_up[index].start:
            return kept
        kept = kept_of[given_up[index]]


def _end(span: Span) -> int:
    return span.end


def _overlaps(span: Span, spans: Sequence[Span]) -> bool:
    index = bisect_right(spans, span.start, key=_end)
    return index < len(spans) and spans[index].start < span.end
