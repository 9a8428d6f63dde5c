"""How a measure of each gap stands out among those of the other gaps of a text."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR = 3
"""A gap is held against this many on either side of it."""
EVEN = 0.2
"""What evens out how texts compare whose neighbours have hardly anything in common."""


class Curve:
    """How alike the neighbours are at each gap of a text, the first of which has the number 1."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values = values
        self.ranked = sorted(values)
        self.usual = sum(values) / len(values) + EVEN

    def rank(self, gap: int) -> float:
        """Return the share of gaps whose neighbours are less alike."""
        return bisect_left(self.ranked, self.values[gap - 1]) / len(self.ranked)

    def valley(self, gap: int) -> list[float]:
        """Return how alike the neighbours are for this text, and for the gaps on either side."""
        here = gap - 1
        value = self.values[here]
        before, behind = self.values[max(here - NEAR, 0) : here], self.values[here + 1 : here + 1 + NEAR]
        return [
            value / self.usual,
            self.rank(gap),
            min(value - max(before), 0) / self.usual if before else 0.0,
            min(value - max(behind), 0) / self.usual if behind else 0.0,
        ]
