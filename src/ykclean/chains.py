"""Where the words of a text stop and start: lexical chains."""

from __future__ import annotations

import math
from itertools import accumulate
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ykclean.lexicon import Bigrams

HIATUS = 3
"""A chain is broken where its word is missing from so many units that the next one lies further on."""
AROUND = 2
"""A chain counts as begun or ended at a gap where it does so within this many units of it."""
LONGEST = 64
"""Longer chains weigh nothing, however long the text is."""
EVEN = 0.2
"""How much of what usually goes on across a gap evens out gaps where little stops, starts or goes on."""


class Chains:
    """What goes on across each gap of a text, and what stops or starts there.

    A chain is a word that recurs after no long pause. It weighs the more the rarer its word is, the oftener
    it stands there, and the shorter the chain is for the text: words of a theme that all stories share make
    chains as long as the text, which weigh nothing. After Galley, McKeown, Fosler-Lussier and Jing (2003),
    Discourse segmentation of multi-party conversation.
    """

    def __init__(self, units: Sequence[Bigrams], rarity: Mapping[int, int]) -> None:
        self.size = size = len(units)
        self._begun = [0.0] * (size + 1)
        self._ended = [0.0] * (size + 1)
        whole = min(size, LONGEST)
        self._weight = [0.0, *(math.log(whole / length) for length in range(1, whole + 1))]
        chains: dict[int, list[int]] = {}
        for number, words in enumerate(units):
            for word in words:
                chain = chains.get(word)
                if chain is None:
                    chains[word] = [number, number, 1]
                elif number - chain[1] <= HIATUS:
                    chain[1] = number
                    chain[2] += 1
                else:
                    self._add(chain[0], chain[1], chain[2], rarity[word])
                    chain[:] = number, number, 1
        for word, chain in chains.items():
            self._add(chain[0], chain[1], chain[2], rarity[word])
        changes = map(sub, self._begun, self._ended)
        self._crossing = list(accumulate(changes, initial=0.0))
        self._even = EVEN * sum(self._crossing[1:size]) / max(size - 1, 1) + 1e-6

    def _add(self, first: int, last: int, count: int, rarity: int) -> None:
        if 0 < last - first < len(self._weight) - 1:
            weight = count * rarity * self._weight[last - first + 1]
            self._begun[first] += weight
            self._ended[last] += weight

    def going_on(self, gap: int) -> float:
        """Return the share of chains that go on across a gap among those that stop or start there too."""
        crossing = self._crossing[gap]
        begun = sum(self._begun[gap : gap + AROUND])
        ended = sum(self._ended[max(gap - AROUND, 0) : gap])
        share: float = crossing / (crossing + begun + ended + self._even)
        return share
