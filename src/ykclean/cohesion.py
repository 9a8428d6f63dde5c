"""Do two stretches of text tell one story? The words they share, and how their paragraphs open and end."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import accumulate, chain
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers
from ykclean.chains import Chains
from ykclean.lexicon import NONE, RARE, VERY_RARE, Bigrams, bigrams, closing_ngrams, opening_ngrams
from ykclean.speakers import People

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.lexicon import Lexicon

REACH = 8
"""How many units on either side of a gap are compared: keeps the cost linear."""
SAMPLE = 64
"""In how many units a bigram is thought to recur, however long the text is."""
SOME = 12
"""How many gaps tell how alike the neighbours in a text usually are."""


class Unit(NamedTuple):
    """A paragraph with the headlines and bylines above it: a boundary is only between units."""

    lines: tuple[str, ...]
    body: str


class Screen(NamedTuple):
    """A linear model that tells at little cost where a story without doubt goes on."""

    weights: tuple[float, ...]
    bias: float

    def passes(self, features: Sequence[float]) -> bool:
        """Whether there may be a boundary."""
        total: float = sum(map(mul, self.weights, features), self.bias)
        return total > 0


class Words:
    """The bigrams of each unit that stand in another one too: the others tie nothing together.

    ``sizes`` count all different bigrams of a unit.
    """

    def __init__(self, units: Sequence[Unit], frequent: Bigrams) -> None:
        all_words = [bigrams("\n".join((*unit.lines, unit.body))) for unit in units]
        seen: set[int] = set()
        recurring: set[int] = set()
        for words in all_words:
            recurring |= words & seen
            seen |= words
        recurring -= frequent
        self.sizes = list(map(len, all_words))
        self._before = list(accumulate(self.sizes, initial=0))
        self.shared = [words & recurring for words in all_words]

    def within(self, start: int, end: int) -> Bigrams:
        """Return the recurring bigrams of a stretch of units."""
        return NONE.union(*self.shared[max(start, 0) : max(end, 0)])

    def size(self, start: int, end: int) -> int:
        """Return how many bigrams the stretch has, counted unit by unit."""
        before = self._before
        return before[min(end, len(before) - 1)] - before[max(start, 0)]

    def screening(self, gap: int) -> list[float]:
        """Return how the units behind a gap share the words of the four before it."""
        shared, sizes = self.shared, self.sizes
        before = self.within(gap - 4, gap)
        here = shared[gap] & before
        following = shared[gap + 1] & before if gap + 1 < len(sizes) else NONE
        later = shared[gap + 2] & before if gap + 2 < len(sizes) else NONE
        one, two, three = len(here), len(following), len(here | following | later)
        adjacent = len(shared[gap] & shared[gap - 1])
        size = sizes[gap] + 4
        next_size = sizes[gap + 1] + 4 if gap + 1 < len(sizes) else 4
        return [
            one / size,
            two / next_size,
            three / (self.size(gap, gap + 3) + 12),
            adjacent / size,
            math.log(size),
            math.log(self.size(gap - 4, gap) + 4),
            math.log(one + 1),
            math.log(two + 1),
            math.log(three + 1),
            math.log(adjacent + 1),
            size < 25,
        ]


def candidates(units: Sequence[Unit], words: Words, screen: Screen) -> list[int]:
    """Return the gaps, each the number of the unit behind it, where an article may begin."""
    return [
        gap
        for gap in range(1, len(units))
        if units[gap].lines
        or screen.passes(words.screening(gap))
        or headers.dateline(units[gap].body)
        or headers.names_reporter(units[gap].body)
    ]


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
        self.chains = Chains(words.shared, self.rarity)
        self.people = People([unit.body for unit in units], words.shared, self.rarity)
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
        """How alike neighbouring stretches of this text are on average."""
        gaps = range(1, self.size, max(self.size // SOME, 1))
        return sum([self._likeness(gap) for gap in gaps]) / len(gaps)

    def _likeness(self, gap: int) -> float:
        words = self.words
        both = words.within(gap - 3, gap) & words.within(gap, gap + 3)
        mass = (words.size(gap - 3, gap) + 1) * (words.size(gap, gap + 3) + 1)
        return self.local_weight(both) / math.sqrt(mass)

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
            *self.chains.at(gap),
            *headers.header_cues(unit.lines),
            bisect_left(headlines, len(unit.lines[0])) / len(headlines) if unit.lines else 0.0,
            len(headlines) / self.size,
            *self._title_words(gap),
            *opening,
            self._opens(unit.body),
            recurs if opening[0] else 0.0,
            0.0 if opening[0] else missing,
            *headers.closing_cues(before),
            self._closes(before),
            self.size,
        ]

    def _opens(self, text: str) -> float:
        return max(-5.0, self.lexicon.opening.score(opening_ngrams(text))) if len(text) >= 25 else -1.5

    def _closes(self, text: str) -> float:
        return max(-5.0, self.lexicon.closing.score(closing_ngrams(text))) if len(text) >= 25 else -1.5

    def _title_words(self, gap: int) -> list[float]:
        """How much of the headline's words stand in what follows, in what precedes, and the difference;
        how much in the paragraph right below."""
        unit, lexicon = self.units[gap], self.lexicon
        if not unit.lines:
            return [0.0] * 4
        title = bigrams("\n".join(unit.lines))
        shared = self.words.shared[gap] & title
        after = self.weight(shared & self.words.within(gap + 1, gap + 3)) / (len(title) + 1)
        before = self.weight(shared & self.words.within(gap - 3, gap)) / (len(title) + 1)
        own = (title & bigrams(unit.body)) - lexicon.frequent
        below = sum(lexicon.rarity.of_all(own, lexicon.unseen)) / (len(title) + 1)
        return [after, before, after - before, below]

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
        ]
