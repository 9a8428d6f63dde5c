"""Where one article ends and the next begins, by merging: the segments least likely to be two become one."""

from __future__ import annotations

import math
from functools import cache
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, Protocol

from ykclean.lexicon import news_model

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class Measure(Protocol):
    """The features of the gap before unit ``gap``, given the segments ``start:gap`` and ``gap:end``."""

    def __call__(self, start: int, gap: int, end: int, /) -> list[float]: ...


class Tree(NamedTuple):
    """A decision tree, node by node; ``feature`` is −1 at a leaf, which holds a ``value``."""

    feature: Sequence[int]
    threshold: Sequence[float]
    left: Sequence[int]
    right: Sequence[int]
    value: Sequence[float]


class Model(NamedTuple):
    """Boosted trees that judge whether the gap between two segments is a boundary of articles.

    ``calibration`` turns the score of a boundary that is left after merging into a probability. A
    better model takes its place by having the same two methods.
    """

    trees: Sequence[Tree]
    bias: float
    calibration: tuple[float, float] = (1.0, 0.0)

    def score(self, features: Sequence[float]) -> float:
        """Return a logit; the higher, the likelier is a boundary."""
        total = self.bias
        for feature, threshold, left, right, value in self.trees:
            node = 0
            while (number := feature[node]) >= 0:
                node = left[node] if features[number] <= threshold[node] else right[node]
            total += value[node]
        return total

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


def model_from(stored: Mapping[str, Any]) -> Model:
    """Return the model as it is stored."""
    trees = [Tree(*tree) for tree in stored["trees"]]
    return Model(trees, stored["bias"], tuple(stored["calibration"]))


@cache
def news_boundaries() -> Model:
    """Return the model that ships with the package."""
    return model_from(news_model())


class Merging:
    """Segments of units, of which neighbours are merged, the least likely boundary first."""

    def __init__(self, size: int, gaps: Sequence[int], measure: Measure, model: Model) -> None:
        self.size = size
        self.measure = measure
        self.model = model
        edges = [0, *gaps, size]
        self.around = {gap: (edges[n], edges[n + 2]) for n, gap in enumerate(gaps)}
        self.scores = {gap: self._score(gap) for gap in gaps}
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
        return self.model.score(self.measure(start, gap, end))
