"""How papers and sites mark their stories: with their own name, with the place and day of a dispatch.

What is told here comes beside the words, as a logit: the trees have seen too few pages of each habit.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.cohesion import Unit
    from ykclean.speakers import People

LABELLED = 3.0
"""What it says for a boundary that the mark of a medium opens a paragraph, as it opens others."""
FURTHER = 1.5
"""What it says against one that a dispatch stands below the headline of another dispatch."""
FAR = 16
"""A headline so many units above has been left behind."""


class Habits:
    """The marks of media and the datelines with which the units of a text open."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        labels = [headers.label(unit.body) for unit in units]
        counts = Counter(labels)
        self._labelled = {
            number
            for number, (unit, label) in enumerate(zip(units, labels, strict=True))
            if label and counts[label] > 1 and not unit.lines
        }
        self._dispatches = {
            number
            for number, (unit, label) in enumerate(zip(units, labels, strict=True))
            if not label and headers.dateline(unit.body) is not None
        }

    def apart(self, start: int, gap: int) -> float:
        """Return the evidence for a boundary between a story that begins at ``start`` and a unit, as a logit.

        A page that opens each story with one mark, as broadcasters do (`央视网消息（新闻联播）：`), opens
        none twice with it. A paper sets further dispatches below the first one, under one headline.
        """
        if gap in self._labelled:
            return LABELLED
        return -FURTHER if self._is_further(start, gap) else 0.0

    def _is_further(self, start: int, gap: int) -> bool:
        """Whether a dispatch without a headline stands below one that has a headline."""
        if not self._dispatches.issuperset((start, gap)) or gap - start >= FAR:
            return False
        return bool(self.units[start].lines) and not self.units[gap].lines


class Beside(NamedTuple):
    """What tells stories apart beside their words."""

    people: People
    habits: Habits

    def apart(self, start: int, gap: int, end: int, /) -> float:
        """Return the evidence for a boundary between two stretches of units, as a logit."""
        return self.people.apart(start, gap, end) + self.habits.apart(start, gap)

    def evidence(self, gap: int) -> tuple[str, ...]:
        """Return the names of what speaks for a boundary."""
        size = len(self.habits.units)
        found = {"label": self.habits.apart(0, gap) > 0, "people": self.people.apart(0, gap, size) > 0}
        return tuple(name for name, present in found.items() if present)
