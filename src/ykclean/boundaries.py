"""Where one article ends and the next begins, by merging: the segments least likely to be two become one."""

from __future__ import annotations

import math
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class Measure(Protocol):
    """The features of the gap before unit ``gap``, given the segments ``start:gap`` and ``gap:end``."""

    def __call__(self, start: int, gap: int, end: int, /) -> list[float]: ...


class Model(NamedTuple):
    """A logistic model: is the gap between two segments a boundary of articles?

    ``calibration`` turns what is left after merging into a probability. A better model takes its
    place by having the same two methods.
    """

    weights: Sequence[float]
    bias: float
    calibration: tuple[float, float] = (1.0, 0.0)

    def score(self, features: Sequence[float]) -> float:
        """Return a logit; the higher, the likelier is a boundary."""
        return self.bias + sum([weight * value for weight, value in zip(self.weights, features, strict=True)])

    def confidence(self, score: float) -> float:
        """Return the probability that a boundary which survived with this score is one."""
        slope, offset = self.calibration
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * score + offset))))


def model_from(stored: Mapping[str, Any]) -> Model:
    """Return the model as it is stored."""
    return Model(stored["weights"], stored["bias"], tuple(stored["calibration"]))


class Merging:
    """Segments of units, of which neighbours are merged, the least likely boundary first."""

    def __init__(self, size: int, measure: Measure, model: Model) -> None:
        self.size = size
        self.measure = measure
        self.model = model
        self.around = {gap: (gap - 1, gap + 1) for gap in range(1, size)}
        self.scores = {gap: self._score(gap) for gap in self.around}
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
