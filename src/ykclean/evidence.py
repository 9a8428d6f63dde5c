"""Do two stretches of text tell one story? The words they share, and how their paragraphs open and end."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ykclean import headers
from ykclean.chains import Chains
from ykclean.curves import Curve
from ykclean.lexicon import bigrams, closing_ngrams, opening_ngrams

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.cohesion import Unit, Words
    from ykclean.lexicon import Lexicon

REACH = 8
"""How many units on either side of a gap are compared: keeps the cost linear."""
SAMPLE = 64
"""In how many units a bigram is thought to recur, however long the text is."""
SOME = 12
"""How many gaps tell how alike the neighbours in a text usually are."""
AROUND = 3
"""How many units on either side of a gap tell how alike its neighbours are."""
FEW = 20
"""Bigrams that every stretch is credited with: with so few of them, a shared one says little."""
FAINT = 60
"""A weight that evens out how stretches with few recurring bigrams compare."""
RARE, VERY_RARE = 45, 60
"""Rarities, in tenths of a natural logarithm."""

FALLING, RISING = -1, 1
DIRECTIONS: tuple[int, ...] = (
    # Evidence._shared: what both segments share; the sizes; Evidence._apart
    *(FALLING,) * 13,
    *(0,) * 6,
    *(FALLING,) * 5,
    # Evidence._pulled
    *(FALLING, 0, FALLING, 0, RISING, RISING),
    # headers.header_cues, the rank of the headline and how many there are, Evidence._title_words
    *(0, RISING, 0, 0, 0, 0, 0, 0),
    *(0, 0, FALLING, 0),
    *(RISING, FALLING, RISING),
    # headers.opening_cues, the wording of the opening, datelines elsewhere
    *(RISING, RISING, 0, FALLING, 0, 0, 0, 0),
    *(RISING, RISING, FALLING),
    # headers.closing_cues, the wording of the closing, the size of the text
    *(RISING, RISING, 0, 0, 0, RISING),
    *(RISING, 0),
    # Curve.valley, Curve.rank
    *(FALLING,) * 10,
)
"""In which direction each feature of :meth:`Evidence.measure` may speak for a boundary, the others being the
same: what is known beforehand need not be learnt, and cannot be learnt wrongly from a few sources."""


class Evidence:
    """What the units of one text tell about the gaps between them; measured only where it is asked for."""

    def __init__(self, units: Sequence[Unit], words: Words, lexicon: Lexicon, gaps: Sequence[int]) -> None:
        self.size = len(units)
        self.units = units
        self.words = words
        self.lexicon = lexicon
        self.gaps = gaps
        counts = Counter(chain.from_iterable(words.shared))
        self.rarity = dict(zip(counts, lexicon.rarity.of_all(counts, lexicon.unseen), strict=True))
        self.local = self.rarity | self._counted_down(counts)
        self._own = {gap: self._alone(gap) for gap in gaps}

    def _counted_down(self, counts: Counter[int]) -> dict[int, int]:
        """What is left of the weight of the bigrams that stand all over this text."""
        sampled = min(self.size, SAMPLE)
        share = sampled / self.size
        scale = math.log(sampled + 1)
        return {
            pair: int(self.rarity[pair] * (1 - math.log(count * share) / scale))
            for pair, count in counts.items()
            if count * share > 2
        }

    def weight(self, words: Iterable[int]) -> int:
        """Return how much recurring bigrams say: rare ones say more."""
        return sum(map(self.rarity.__getitem__, words))

    def local_weight(self, words: Iterable[int]) -> int:
        """Return the same, with the bigrams that stand all over this text counted down."""
        return sum(map(self.local.__getitem__, words))

    @cached_property
    def _datelines(self) -> tuple[float, float]:
        """How many paragraphs have datelines, and how much one without stands out."""
        count = sum(headers.dateline(unit.body) is not None for unit in self.units)
        return max(count, 1), min(1.0, max(0, count - 1) / self.size * 3)

    @cached_property
    def _headlines(self) -> list[int]:
        """The lengths of the lines that stand first above a paragraph, sorted."""
        return sorted(len(unit.lines[0]) for unit in self.units if unit.lines)

    @cached_property
    def usual(self) -> float:
        """How alike neighbouring stretches of this text are on average, by some of them."""
        some = self._curve.values[:: max(self.size // SOME, 1)]
        return sum(some) / len(some)

    @cached_property
    def _curve(self) -> Curve:
        """How alike the three units on either side of each gap are."""
        words, reach = self.words, AROUND
        stretches = [words.within(start, start + reach) for start in range(1 - reach, self.size)]
        sizes = [words.size(start, start + reach) + 1 for start in range(1 - reach, self.size)]
        return Curve(
            [
                self.local_weight(stretches[n] & stretches[n + reach])
                / math.sqrt(sizes[n] * sizes[n + reach])
                for n in range(self.size - 1)
            ]
        )

    @cached_property
    def _chains(self) -> Curve:
        """How much of what is told on one side of each gap goes on behind it."""
        chains = Chains(self.words.shared, self.rarity)
        return Curve([chains.going_on(gap) for gap in range(1, self.size)])

    @cached_property
    def _adjacent(self) -> Curve:
        """How alike the two units at each gap are."""
        shared, sizes, weight = self.words.shared, self.words.sizes, self.local_weight
        return Curve(
            [
                weight(shared[gap] & shared[gap - 1]) / math.sqrt((sizes[gap] + FEW) * (sizes[gap - 1] + FEW))
                for gap in range(1, self.size)
            ]
        )

    def _tie(self, unit: int, start: int, end: int) -> float:
        """How strongly a unit is tied to a stretch of others."""
        shared = self.words.shared[unit] & self.words.within(start, end)
        return self.local_weight(shared) / (self.words.sizes[unit] + 1)

    def _alone(self, gap: int) -> list[float]:
        """The features of a gap that do not depend on the segments around it."""
        unit, before = self.units[gap], self.units[gap - 1].body
        opening = headers.opening_cues(unit.body)
        recurs, missing = self._datelines
        headlines = self._headlines
        return [
            *self._pulled(gap),
            *headers.header_cues(unit.lines),
            bisect_left(headlines, len(unit.lines[0])) / len(headlines) if unit.lines else 0.0,
            len(headlines) / self.size,
            1 / len(headlines) if self.units[0].lines and not unit.lines else 0.0,
            1 / len(headlines) if unit.lines and not self.units[0].lines else 0.0,
            *self._title_words(gap),
            *opening,
            self._opens(unit.body),
            recurs if opening[0] else 0.0,
            0.0 if opening[0] else missing,
            *headers.closing_cues(before),
            self._closes(before),
            self.size,
            *self._curve.valley(gap),
            self._adjacent.rank(gap),
            *self._chains.valley(gap),
            self._chains.values[gap - 1],
        ]

    def _opens(self, text: str) -> float:
        return max(-5.0, self.lexicon.opening.score(opening_ngrams(text))) if len(text) >= 25 else -1.5

    def _closes(self, text: str) -> float:
        return max(-5.0, self.lexicon.closing.score(closing_ngrams(text))) if len(text) >= 25 else -1.5

    def _title_words(self, gap: int) -> list[float]:
        """How much of the headline's words stand in what follows, in what precedes, and the difference."""
        if not self.units[gap].lines:
            return [0.0, 0.0, 0.0]
        title = bigrams("\n".join(self.units[gap].lines))
        shared = self.words.shared[gap] & title
        after = self.weight(shared & self.words.within(gap + 1, gap + 3)) / (len(title) + 1)
        before = self.weight(shared & self.words.within(gap - 3, gap)) / (len(title) + 1)
        return [after, before, after - before]

    def _pulled(self, gap: int) -> list[float]:
        """How the units around a gap are drawn to either side: whether just here the story changes."""
        back, forth = self._tie(gap, gap - 4, gap), self._tie(gap, gap + 1, gap + 5)
        last_back, last_forth = self._tie(gap - 1, gap - 5, gap - 1), self._tie(gap - 1, gap, gap + 4)
        return [back, forth, last_back, last_forth, forth - back, last_back - last_forth]

    def measure(self, start: int, gap: int, end: int) -> list[float]:
        """Return the features of the gap before unit ``gap``, between the segments around it."""
        return [*self._shared(start, gap, end), *self._own[gap]]

    def _shared(self, start: int, gap: int, end: int) -> list[float]:
        near, far = max(start, gap - REACH), min(end, gap + REACH)
        words = self.words
        left = words.within(near, gap)
        both = left & words.within(gap, far)
        left_size, right_size = words.size(near, gap) + 1, words.size(gap, far) + 1
        rarities = list(map(self.rarity.__getitem__, both))
        shared, local = sum(rarities), self.local_weight(both)
        mean = math.sqrt(left_size * right_size)
        cosine = local / mean
        opening = self.weight(left & words.shared[gap])
        adjacent = self.weight(words.shared[gap - 1] & words.shared[gap])
        size, last_size = words.sizes[gap] + 1, words.sizes[gap - 1] + 1
        return [
            shared,
            shared / mean,
            shared / min(left_size, right_size),
            local,
            cosine,
            cosine - self.usual,
            cosine / (self.usual + 1),
            sum([rarity > RARE for rarity in rarities]),
            sum([rarity > VERY_RARE for rarity in rarities]),
            opening / math.sqrt(size * left_size),
            opening,
            adjacent / math.sqrt(size * last_size),
            adjacent,
            left_size,
            right_size,
            left_size / right_size,
            gap - start,
            end - gap,
            size,
            *self._apart(near, gap, far, local),
        ]

    def _apart(self, near: int, gap: int, far: int, shared: int) -> list[float]:
        """Whether the segments share as many words with one another as each does with itself."""
        words, weight = self.words, self.local_weight
        left, right = words.twice(near, gap), words.twice(gap, far)
        apart = weight(left - words.within(gap, far)) + weight(right - words.within(near, gap))
        left_weight, right_weight = weight(left) + FAINT, weight(right) + FAINT
        return [
            shared / (shared + apart + FAINT),
            shared / min(left_weight, right_weight),
            shared / math.sqrt(left_weight * right_weight),
            self._drawn(gap, (near, gap), (gap + 1, far)),
            self._drawn(gap - 1, (gap, far), (near, gap - 1)),
        ]

    def _drawn(self, unit: int, away: tuple[int, int], home: tuple[int, int]) -> float:
        """Whether a unit shares more words with the other segment (1) or with the rest of its own (-1)."""
        out, rest = self._drawn_to(unit, *away), self._drawn_to(unit, *home)
        return (out - rest) / (out + rest + 2)

    def _drawn_to(self, unit: int, start: int, end: int) -> float:
        words = self.words
        shared = words.shared[unit] & words.within(start, end)
        return self.local_weight(shared) / math.sqrt(words.size(start, end) + FEW)
