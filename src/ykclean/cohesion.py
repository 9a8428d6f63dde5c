"""Do two stretches of text tell one story? The words they share, and how their paragraphs open and end."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from itertools import chain, repeat
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers
from ykclean.lexicon import Bigrams, Lexicon, bigrams

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

REACH = 8
"""How many units on either side of a gap are compared: keeps the cost linear."""
SAMPLE = 64
"""How many units of a long text tell which bigrams are common all through it."""
GOES_ON = 0.07
"""The share of a paragraph's bigrams (the most frequent left out) that, found just before, settle it."""


def _rank(lengths: Sequence[int], unit: Unit) -> float:
    """The share of the file's headlines that are shorter: an article's is longer than a section's."""
    return bisect_left(lengths, len(unit.lines[0])) / len(lengths) if unit.lines else 0.0


class Unit(NamedTuple):
    """A paragraph with the headlines and bylines above it: a boundary is only between units."""

    lines: tuple[str, ...]
    body: str


class Evidence:
    """What the units of one text tell about the gaps between them; measured only where it is asked for."""

    def __init__(self, units: Sequence[Unit], lexicon: Lexicon) -> None:
        self.size = len(units)
        self.units = units
        self.lexicon = lexicon
        self.words = [bigrams("\n".join((*unit.lines, unit.body))) for unit in units]
        self.gaps = [gap for gap in range(1, self.size) if not self._goes_on(gap)]
        self._mass: dict[int, tuple[float, float]] = {}
        self._own = {gap: self._alone(gap) for gap in self.gaps}

    def _goes_on(self, gap: int) -> bool:
        """Whether the unit without doubt goes on with the words of the four before it: cheap, and right."""
        unit = self.units[gap]
        if unit.lines or headers.DATELINE.match(unit.body) or headers.REPORTER.search(unit.body, 0, 70):
            return False
        words = self.words[gap]
        needed = GOES_ON * (len(words) + 4)
        shared: Bigrams = frozenset()
        for before in range(gap - 1, max(gap - 5, -1), -1):
            shared |= (words & self.words[before]) - self.lexicon.frequent
            if len(shared) > needed:
                return True
        return False

    def mass(self, unit: int) -> tuple[float, float]:
        """Return the weight of all the unit's words: among all news, and in this text."""
        known = self._mass.get(unit)
        if known is None:
            words = self.words[unit]
            known = self._mass[unit] = self.weight(words) + 1.0, self.local_weight(words) + 1.0
        return known

    def masses(self, start: int, end: int) -> tuple[float, float]:
        """Return the weights of a stretch of units."""
        pairs = list(map(self.mass, range(start, end)))
        return sum([news for news, _ in pairs]), sum([local for _, local in pairs])

    def weight(self, words: Iterable[int]) -> float:
        """Return how much the bigrams say: rare ones say more."""
        return sum(map(self.lexicon.rarity.get, words, repeat(self.lexicon.unseen)))

    def local_weight(self, words: Iterable[int]) -> float:
        """Return the same, with the bigrams that stand all over this text counted down."""
        common, unseen, rarity = self.common, self.lexicon.unseen, self.lexicon.rarity
        return sum([rarity.get(pair, unseen) * common.get(pair, 1.0) for pair in words])

    @cached_property
    def common(self) -> dict[int, float]:
        """The bigrams that stand all over this text, and what is left of their weight."""
        step = max(self.size // SAMPLE, 1)
        sample = self.words[::step]
        counts = Counter(chain.from_iterable(sample))
        scale = math.log(len(sample) + 1)
        return {
            pair: math.log((len(sample) + 1) / count) / scale for pair, count in counts.items() if count > 2
        }

    @cached_property
    def _datelines(self) -> tuple[float, float]:
        """How strongly datelines recur in the text, and how much a paragraph without one stands out."""
        count = sum(headers.DATELINE.match(unit.body) is not None for unit in self.units)
        return math.log(max(count, 1)), min(1.0, max(0, count - 1) / self.size * 3)

    @cached_property
    def _headlines(self) -> list[int]:
        """The lengths of the lines that stand first above a paragraph, sorted."""
        return sorted(len(unit.lines[0]) for unit in self.units if unit.lines)

    def _alone(self, gap: int) -> list[float]:
        """The features of a gap that do not depend on the segments around it."""
        unit, before = self.units[gap], self.units[gap - 1].body
        opening = headers.opening_cues(unit.body)
        recurs, missing = self._datelines
        return [
            *self._pulled(gap),
            *headers.header_cues(unit.lines),
            _rank(self._headlines, unit),
            len(self._headlines) / self.size,
            *self._title_words(gap),
            *opening,
            self._opens(unit.body),
            recurs if opening[0] else 0.0,
            0.0 if opening[0] else missing,
            *headers.closing_cues(before),
            self._closes(before),
            math.log(self.size),
        ]

    def _opens(self, text: str) -> float:
        return max(-5.0, self.lexicon.opens(text)) if len(text) >= 25 else -1.5

    def _closes(self, text: str) -> float:
        return max(-5.0, self.lexicon.closes(text)) if len(text) >= 25 else -1.5

    def _title_words(self, number: int) -> list[float]:
        """How much of the headline's words stand in what follows, in what precedes, and the difference."""
        if not self.units[number].lines:
            return [0.0, 0.0, 0.0]
        title = bigrams("\n".join(self.units[number].lines))
        mass = self.weight(title) + 1.0
        follows: Bigrams = frozenset().union(*self.words[number + 1 : number + 3])
        precedes: Bigrams = frozenset().union(*self.words[max(number - 3, 0) : number])
        after, before = self.weight(title & follows) / mass, self.weight(title & precedes) / mass
        return [after, before, after - before]

    def _pulled(self, gap: int) -> list[float]:
        """How the units around a gap are drawn to either side: whether just here the story changes."""
        first, last = self.words[gap], self.words[gap - 1]
        before: Bigrams = frozenset().union(*self.words[max(gap - 4, 0) : gap])
        behind: Bigrams = frozenset().union(*self.words[gap + 1 : gap + 5])
        farther: Bigrams = frozenset().union(*self.words[max(gap - 5, 0) : gap - 1])
        after: Bigrams = frozenset().union(*self.words[gap : gap + 4])
        mass, last_mass = self.mass(gap)[1], self.mass(gap - 1)[1]
        values = [
            self.local_weight(first & before) / mass,
            self.local_weight(first & behind) / mass,
            self.local_weight(last & farther) / last_mass,
            self.local_weight(last & after) / last_mass,
        ]
        return [*values, values[1] - values[0], values[2] - values[3]]

    @cached_property
    def usual(self) -> float:
        """How alike neighbouring stretches of this text are on average."""
        gaps = range(1, self.size, max(self.size // SAMPLE, 1))
        values = [self.local_cosine(max(gap - 3, 0), gap, min(gap + 3, self.size)) for gap in gaps]
        return sum(values) / len(values)

    def local_cosine(self, start: int, gap: int, end: int) -> float:
        """Return how alike the two stretches are, among the texts of this file."""
        left: Bigrams = frozenset().union(*self.words[start:gap])
        right: Bigrams = frozenset().union(*self.words[gap:end])
        mass = self.masses(start, gap)[1] * self.masses(gap, end)[1]
        return self.local_weight(left & right) / math.sqrt(mass)

    def measure(self, start: int, gap: int, end: int) -> list[float]:
        """Return the features of the gap before unit ``gap``, between the segments around it."""
        return [*self._shared(start, gap, end), *self._own[gap]]

    def _shared(self, start: int, gap: int, end: int) -> list[float]:
        near, far = max(start, gap - REACH), min(end, gap + REACH)
        left: Bigrams = frozenset().union(*self.words[near:gap])
        right: Bigrams = frozenset().union(*self.words[gap:far])
        (left_mass, left_local), (right_mass, right_local) = self.masses(near, gap), self.masses(gap, far)
        both = left & right
        shared, local = self.weight(both), self.local_weight(both)
        cosine = local / math.sqrt(left_local * right_local)
        rare, very_rare = self._rare(both)
        opening = self.weight(left & self.words[gap])
        adjacent = self.weight(self.words[gap - 1] & self.words[gap])
        mass, last_mass = self.mass(gap)[0], self.mass(gap - 1)[0]
        return [
            math.log1p(shared),
            shared / math.sqrt(left_mass * right_mass),
            shared / min(left_mass, right_mass),
            math.log1p(local),
            cosine,
            cosine - self.usual,
            cosine / (self.usual + 0.02),
            math.log1p(rare),
            math.log1p(very_rare),
            opening / math.sqrt(mass * left_mass) * 2,
            math.log1p(opening),
            adjacent / math.sqrt(last_mass * mass),
            math.log1p(adjacent),
            math.log(left_mass),
            math.log(right_mass),
            abs(math.log(left_mass / right_mass)),
            math.log(gap - start),
            math.log(end - gap),
            float(gap - start == 1),
            float(end - gap == 1),
            math.log(mass),
        ]

    def _rare(self, words: Collection[int]) -> tuple[int, int]:
        values = list(map(self.lexicon.rarity.get, words, repeat(self.lexicon.unseen)))
        return sum([value > 4.5 for value in values]), sum([value > 6 for value in values])
