"""The units of a text, the words that they share, and the gaps where an article may begin."""

from __future__ import annotations

import math
from itertools import accumulate
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers
from ykclean.lexicon import Bigrams, bigrams

if TYPE_CHECKING:
    from collections.abc import Sequence

NONE: Bigrams = frozenset()


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
        self._within: dict[tuple[int, int], Bigrams] = {}

    def within(self, start: int, end: int) -> Bigrams:
        """Return the recurring bigrams of a stretch of units."""
        stretch = max(start, 0), max(end, 0)
        found = self._within.get(stretch)
        if found is None:
            found = self._within[stretch] = NONE.union(*self.shared[stretch[0] : stretch[1]])
        return found

    def size(self, start: int, end: int) -> int:
        """Return how many bigrams the stretch has, counted unit by unit."""
        before = self._before
        return before[min(end, len(before) - 1)] - before[max(start, 0)]

    def twice(self, start: int, end: int) -> Bigrams:
        """Return the bigrams that recur inside the stretch."""
        seen: set[int] = set()
        found: set[int] = set()
        for words in self.shared[start:end]:
            found |= words & seen
            seen |= words
        return frozenset(found)

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
