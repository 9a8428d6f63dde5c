"""Where one article ends and the next begins, by merging: the segments least likely to be two become one."""

from __future__ import annotations

import math
from functools import cache
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ykclean.cohesion import Screen
from ykclean.lexicon import news_model
from ykclean.stored import DATA
from ykclean.trees import Forest, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

HOPELESS = -3.0
"""Gaps that score less before anything is merged are given up at once, which saves most of the time."""


class Measure(Protocol):
    """The features of the gap before unit ``gap``, given the segments ``start:gap`` and ``gap:end``."""

    def __call__(self, start: int, gap: int, end: int, /) -> list[float]: ...


class Judge(Protocol):
    """What judges whether the gap between two segments is a boundary of articles, as a model does."""

    def score(self, features: Sequence[float]) -> float: ...

    def confidence(self, score: float) -> float: ...

    def least_score(self, confidence: float) -> float: ...


class Model(NamedTuple):
    """Boosted trees that judge whether the gap between two segments is a boundary of articles.

    ``calibration`` turns the score of a boundary that is left after merging into a probability.
    """

    screen: Screen
    trees: Forest
    bias: float
    calibration: tuple[float, float] = (1.0, 0.0)

    def score(self, features: Sequence[float]) -> float:
        """Return a logit; the higher, the likelier is a boundary."""
        return self.trees.score(features, self.bias)

    def confidence(self, score: float) -> float:
        """Return the probability that a boundary which survived with this score is one."""
        slope, offset = self.calibration
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + offset))))

    def least_score(self, confidence: float) -> float:
        """Return the score from which on a boundary has at least this confidence."""
        if not 0 < confidence < 1:
            return math.copysign(math.inf, confidence - 0.5)
        slope, offset = self.calibration
        return (math.log(confidence / (1 - confidence)) - offset) / slope


@cache
def news_boundaries() -> Model:
    """Return the model that ships with the package."""
    stored = news_model()
    trees = unpack((DATA / "articles.trees").read_bytes())
    return Model(Screen(*stored["screen"]), trees, stored["bias"], tuple(stored["calibration"]))


class Known(Protocol):
    """What is known of the same gap beside its features, to be added to the model's logit."""

    def __call__(self, start: int, gap: int, end: int, /) -> float: ...


def nothing_known(start: int, gap: int, end: int, /) -> float:
    """Leave it to the model."""
    return 0.0


class Merging:
    """Segments of units, of which neighbours are merged, the least likely boundary first."""

    def __init__(
        self,
        size: int,
        gaps: Sequence[int],
        measure: Measure,
        model: Judge,
        known: Known = nothing_known,
    ) -> None:
        self.size = size
        self.measure = measure
        self.model = model
        self.known = known
        self.around: dict[int, tuple[int, int]] = {}
        self.scores: dict[int, float] = {}
        self._queue: list[tuple[float, int]] = []
        self._score_all(gaps)
        self._score_all([gap for gap in gaps if self.scores[gap] >= HOPELESS])

    def _score_all(self, gaps: Sequence[int]) -> None:
        edges = [0, *gaps, self.size]
        around = {gap: (edges[n], edges[n + 2]) for n, gap in enumerate(gaps)}
        known = {gap: self.scores[gap] for gap in gaps if self.around.get(gap) == around[gap]}
        self.around = around
        self.scores = {gap: known[gap] if gap in known else self._score(gap) for gap in gaps}
        self._queue = [(score, gap) for gap, score in self.scores.items()]
        heapify(self._queue)

    def run(self, threshold: float) -> dict[int, float]:
        """Merge until every boundary that is left scores at least ``threshold``; return those."""
        while self._queue and self._queue[0][0] < threshold:
            score, gap = heappop(self._queue)
            if self.scores.get(gap) == score:
                self._merge(gap)
        return self.scores

    def _merge(self, gap: int) -> None:
        start, end = self.around.pop(gap)
        del self.scores[gap]
        if start > 0:
            self.around[start] = (self.around[start][0], end)
            self._rescore(start)
        if end < self.size:
            self.around[end] = (start, self.around[end][1])
            self._rescore(end)

    def _rescore(self, gap: int) -> None:
        self.scores[gap] = score = self._score(gap)
        heappush(self._queue, (score, gap))

    def _score(self, gap: int) -> float:
        start, end = self.around[gap]
        return self.model.score(self.measure(start, gap, end)) + self.known(start, gap, end)
