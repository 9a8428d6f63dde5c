"""Do two stretches of text tell one story, by what they mean? Vectors of words, and their contrast at a gap.

Each paragraph is the weighted mean of the vectors of its words, in a space made so that paragraphs of one
article lie close together and those of different articles far apart (linear discriminant analysis). What
the vectors tell is laid beside the judgement of the words alone (:mod:`ykclean.cohesion`) in one decision
between segments. Needs numpy, which the extra ``ykclean[semantic]`` brings.
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from statistics import fmean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean import headers
from ykclean.boundaries import Merging, Model, nothing_known
from ykclean.cohesion import Screen
from ykclean.extras import need
from ykclean.stored import DATA
from ykclean.trees import unpack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ykclean.boundaries import Known, Measure
    from ykclean.cohesion import Unit

    Array = Any
    """An array of numpy, which is imported only where it is used."""

REACH = 8
"""How many units on either side of a gap are compared: keeps the cost linear."""
WINDOWS = (1, 2, 3, 5)
"""How many units on either side are compared without regard to segments."""
NEAR = 4
"""A gap is held against this many on either side of it."""
ENOUGH = 400
"""So many characters of a paragraph tell what it is about."""
COMPANY = 0.5
"""How much less a boundary must score in a file where another one is sure: it holds several articles."""
_HAN = re.compile("[\u3400-\u9fff]+")


class Vectors:
    """A vector and a weight for each of some thousand words; ``mean`` is a usual paragraph's vector."""

    def __init__(self, words: Sequence[str], table: Array, weights: Array, mean: Array) -> None:
        self.number: Mapping[str, int] = {word: row for row, word in enumerate(words)}
        self.longest = max(map(len, words), default=1)
        self.table = table
        self.weights = weights
        self.mean = mean

    def words(self, text: str) -> list[int]:
        """Return the numbers of the words of simplified text: the longest that fits, from left to right."""
        return [number for run in _HAN.findall(text[:ENOUGH]) for number in self._cut(run)]

    def _cut(self, run: str) -> Iterator[int]:
        number, longest = self.number.get, self.longest
        start = 0
        while start < len(run):
            for end in range(min(start + longest, len(run)), start, -1):
                known = number(run[start:end])
                if known is not None:
                    yield known
                    break
            start = end

    def of(self, text: str) -> Array:
        """Return the vector of a paragraph: of length 1, or of length 0 where no word is known."""
        words = self.words(text)
        if not words:
            return 0 * self.mean
        weights = self.weights[words]
        vector = weights @ self.table[words] / math.sqrt(weights @ weights) - self.mean
        return vector / math.sqrt(vector @ vector + 1e-9)


class Contrast:
    """What the vectors of a text's units tell about its gaps, beside what a core model makes of its words."""

    def __init__(
        self, units: Sequence[Unit], gaps: Sequence[int], core: Measure, model: Model, vectors: Vectors
    ) -> None:
        import numpy as np

        self.size = len(units)
        self.core, self.model = core, model
        self._known: dict[tuple[int, int, int], float] = {}
        rows = np.array([vectors.of("\n".join((*unit.lines, unit.body))) for unit in units], dtype=float)
        self._rows = rows
        self._sums = np.concatenate([0 * rows[:1], np.cumsum(rows, axis=0)])
        self._curves = [
            Curve([self._likeness(gap, width) for gap in range(1, self.size)]) for width in WINDOWS
        ]
        self._coherence = self._within(0, self.size)
        self._own = self._alone(units, gaps)

    def _alone(self, units: Sequence[Unit], gaps: Sequence[int]) -> dict[int, list[float]]:
        """The features of each gap that do not depend on the segments around it."""
        edges = [0, *gaps, self.size]
        scores = [self._score(*edges[n : n + 3]) for n in range(len(gaps))]
        middle, top = median(scores), max(scores)
        return {
            gap: [
                score - middle,
                score - top,
                middle,
                *(feature for curve in self._curves for feature in curve.at(gap)),
                *self._pulled(gap),
                self._coherence,
                self.size,
                *_forms(units[gap], units[gap - 1].body),
            ]
            for gap, score in zip(gaps, scores, strict=True)
        }

    def _score(self, start: int, gap: int, end: int) -> float:
        """What the core model makes of the words."""
        key = start, gap, end
        if key not in self._known:
            self._known[key] = self.model.score(self.core(start, gap, end))
        return self._known[key]

    def _sum(self, start: int, end: int) -> Array:
        return self._sums[min(end, self.size)] - self._sums[max(start, 0)]

    def _cosine(self, start: int, gap: int, end: int) -> float:
        before, behind = self._sum(start, gap), self._sum(gap, end)
        return float(before @ behind) / math.sqrt((before @ before) * (behind @ behind) + 1e-9)

    def _likeness(self, gap: int, width: int) -> float:
        return self._cosine(gap - width, gap, gap + width)

    def _within(self, start: int, end: int) -> float:
        """How alike any two units of a stretch are on average; of one alone, 0."""
        count = end - start
        whole = self._sum(start, end)
        return (float(whole @ whole) - count) / (count * (count - 1)) if count > 1 else 0.0

    def _tie(self, unit: int, start: int, end: int) -> float:
        other = self._sum(start, end)
        return float(self._rows[unit] @ other) / math.sqrt(other @ other + 1e-9)

    def _pulled(self, gap: int) -> list[float]:
        """Whether the units around a gap are drawn away from it: whether just here the story changes."""
        forth = self._tie(gap, gap + 1, gap + 1 + NEAR) - self._tie(gap, gap - NEAR, gap)
        back = self._tie(gap - 1, gap - 1 - NEAR, gap - 1) - self._tie(gap - 1, gap, gap + NEAR)
        return [forth, back]

    def measure(self, start: int, gap: int, end: int) -> list[float]:
        """Return the features of the gap before unit ``gap``, between the segments around it."""
        near, far = max(start, gap - REACH), min(end, gap + REACH)
        left, right = gap - near, far - gap
        before, behind = self._sum(near, gap), self._sum(gap, far)
        across = float(before @ behind) / (left * right)
        pairs = left * (left - 1), right * (right - 1)
        inside = (float(before @ before) - left + float(behind @ behind) - right) / max(sum(pairs), 1)
        return [
            self._score(start, gap, end),
            self._cosine(near, gap, far),
            across,
            inside,
            inside - across,
            across - self._coherence,
            self._cosine(max(start, gap - 3), gap, min(end, gap + 3)),
            self._cosine(max(start, gap - 2), gap, min(end, gap + 2)),
            self._cosine(max(start, gap - 1), gap, min(end, gap + 3)),
            self._cosine(max(start, gap - 3), gap, min(end, gap + 1)),
            gap - start,
            end - gap,
            min(gap - start, end - gap),
            *self._own[gap],
        ]


def _forms(unit: Unit, before: str) -> list[float]:
    """What the lines look like, apart from their meaning: an interview changes the subject often."""
    byline = any(map(headers.is_byline, unit.lines))
    return [len(unit.lines), byline, *headers.opening_cues(unit.body), *headers.closing_cues(before)]


class Curve:
    """How alike the neighbours are at each gap of a text, from the first gap on."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values
        self.mean = fmean(values)
        self.deviation = math.sqrt(fmean([(value - self.mean) ** 2 for value in values]))

    def at(self, gap: int) -> list[float]:
        """Return the likeness at a gap, how it stands out in the text, and how deep a valley it lies in."""
        here = gap - 1
        value = self.values[here]
        left, right = self.values[max(here - NEAR, 0) : here + 1], self.values[here : here + NEAR + 1]
        around = [*left[-NEAR:-1], *right[1:NEAR]] or [value]
        return [
            value,
            value - self.mean,
            (value - self.mean) / (self.deviation + 0.05),
            value - fmean(around),
            max(left) + max(right) - 2 * value,
        ]


class Surer(NamedTuple):
    """A model's judgement, or the core's where that is surer: stories of one kind are alike in meaning.

    ``slope`` and ``offset`` make the core's score, the first feature, one of the model's with the same
    confidence.
    """

    model: Model
    slope: float
    offset: float

    @classmethod
    def of(cls, model: Model, core: Model) -> Surer:
        """Return the model beside the core."""
        slope, offset = model.calibration
        return cls(model, core.calibration[0] / slope, (core.calibration[1] - offset) / slope)

    def score(self, features: Sequence[float]) -> float:
        """Return a logit; the higher, the likelier is a boundary."""
        return max(self.model.score(features), self.slope * features[0] + self.offset)

    def confidence(self, score: float) -> float:
        """Return the probability that a boundary which survived with this score is one."""
        return self.model.confidence(score)

    def least_score(self, confidence: float) -> float:
        """Return the score from which on a boundary has at least this confidence."""
        return self.model.least_score(confidence)


class Company(Merging):
    """Merging that believes a boundary sooner where another one in the file is sure."""

    def run(self, threshold: float) -> dict[int, float]:
        """Merge until every boundary that is left scores enough; return those with what company adds."""
        kept = super().run(threshold - COMPANY)
        if max(kept.values(), default=-math.inf) < threshold:
            return super().run(threshold)
        top = threshold + COMPANY
        return {gap: max(score, min(score + COMPANY, top)) for gap, score in kept.items()}


def semantic_merging(
    units: Sequence[Unit], gaps: Sequence[int], core: Measure, model: Model, known: Known = nothing_known
) -> Merging:
    """Return merging that judges the gaps by meaning too; ``core`` and ``model`` are what judges the words.

    Raises ``MissingExtraError`` where numpy is missing.
    """
    contrast = Contrast(units, gaps, core, model, news_vectors())
    surer = Surer.of(semantic_model(), model)

    def known_here(start: int, gap: int, end: int, /) -> float:
        return surer.slope * known(start, gap, end)

    return Company(contrast.size, gaps, contrast.measure, surer, known_here)


@cache
def semantic_model() -> Model:
    """Return the model that ships with the package; it screens nothing, which the core has done."""
    stored = json.loads((DATA / "semantic.json").read_bytes())
    trees = unpack((DATA / "semantic.trees").read_bytes())
    return Model(Screen((), 1.0), trees, stored["bias"], tuple(stored["calibration"]))


@cache
def news_vectors(path: Path = DATA / "semantic.npz") -> Vectors:
    """Return the vectors that ship with the package.

    Raises ``MissingExtraError`` where numpy is missing.
    """
    np = need("numpy", "splitting articles by their meaning")
    with np.load(path) as stored:
        words = bytes(stored["words"]).decode().split("\n")
        table = stored["table"].astype("float32") * stored["scale"]
        return Vectors(words, table, stored["weights"].astype("float32"), stored["mean"].astype("float32"))


def save_vectors(vectors: Vectors, path: Path) -> None:
    """Write vectors, each number of the table as one byte."""
    import numpy as np

    scale = np.abs(vectors.table).max(axis=0) / 127
    np.savez_compressed(
        path,
        words=np.frombuffer("\n".join(vectors.number).encode(), "uint8"),
        table=np.round(vectors.table / scale).astype("int8"),
        scale=scale.astype("float32"),
        weights=vectors.weights.astype("float16"),
        mean=vectors.mean.astype("float32"),
    )
