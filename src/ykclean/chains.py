"""Lexical chains: where the words of a story begin, go on and stop.

A chain is a word with the units that it keeps recurring in. What a whole text is about makes one long chain,
and says nothing; the people of one story make chains that begin and stop with it. So stories all of one kind
are told apart, too. After Galley et al., Discourse Segmentation of Multi-Party Conversation (2003).
"""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ykclean.lexicon import RARE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ykclean.lexicon import Bigrams

HIATUS = 5
"""A word that is away for more units than this begins another chain when it comes back."""
LONG = 40
"""A chain over so many units is about no single story."""
AROUND = 4
"""So many gaps before and behind are compared with one."""


class Chain(NamedTuple):
    """A word that stands in ``links`` of the units ``first`` to ``last``."""

    word: int
    first: int
    last: int
    links: int


def find_chains(units: Sequence[Bigrams]) -> Iterator[Chain]:
    """Yield the chains of two links at least."""
    growing: dict[int, list[int]] = {}
    for at, words in enumerate(units):
        for word in words:
            chain = growing.get(word)
            if chain is None:
                growing[word] = [at, at, 1]
            elif at - chain[1] <= HIATUS:
                chain[1] = at
                chain[2] += 1
            else:
                if chain[2] > 1:
                    yield Chain(word, *chain)
                growing[word] = [at, at, 1]
    for word, chain in growing.items():
        if chain[2] > 1:
            yield Chain(word, *chain)


class Chains:
    """How much weighs what crosses each gap of a text, begins there, or stops."""

    def __init__(self, units: Sequence[Bigrams], rarity: Mapping[int, int]) -> None:
        """Take the words of each unit, and how rare each is in news, in tenths of a natural logarithm."""
        size = len(units)
        longest = min(size, LONG)
        self._begin, self._stop, steps = [0.0] * (size + 1), [0.0] * (size + 1), [0.0] * (size + 1)
        for word, first, last, links in find_chains(units):
            length = last - first + 1
            if length < longest:
                weight = rarity[word] / RARE * links * math.log(longest / length)
                self._begin[first] += weight
                self._stop[last] += weight
                steps[first + 1] += weight
                steps[last + 1] -= weight
        self._cross = list(accumulate(steps))
        self._usual_cross = sum(self._cross[1:size]) / max(size - 1, 1) + 1
        self._usual_begin = sum(self._begin) / size + 1

    def at(self, gap: int) -> list[float]:
        """Return the features of the gap before a unit."""
        cross, begin, stop = self._cross, self._begin, self._stop
        here = cross[gap]
        before, behind = cross[max(gap - AROUND, 0) : gap], cross[gap + 1 : gap + 1 + AROUND]
        highest, next_highest = max(before, default=0.0), max(behind, default=0.0)
        return [
            here,
            here / self._usual_cross,
            here / (max(highest, here, next_highest) + 1),
            (min(highest, next_highest) - here) / self._usual_cross,
            (begin[gap] + begin[gap + 1] / 2) / self._usual_begin,
            (stop[gap - 1] + stop[gap - 2] / 2 if gap > 1 else stop[0]) / self._usual_begin,
        ]
