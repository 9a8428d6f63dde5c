"""How papers and sites mark their stories: with their own name, with the place and day of a dispatch.

What is told here comes beside the words, as a logit: the trees have seen too few pages of each habit.
"""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers, headline_forms
from ykclean.dispatches import FAR
from ykclean.flow import unlikeness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ykclean.cohesion import Unit
    from ykclean.speakers import People

LABELLED = 3.0
"""What it says for a boundary that the mark of a medium opens a paragraph, as it opens others."""
FURTHER = 1.5
"""What it says against one that a dispatch, or a brief, stands below the headline of another one."""
PART = 3.0
"""What it says against one that a headline has a number, as the parts of one text have."""
WRITTEN = 1.2
"""What it says for one that nothing but its writers stands above a paragraph: the headline is lost."""
TWICE, LEAST = 3.0, 6
"""What it says for one that its headline stands there twice, as the name of a web page and on it, and the
shortest headline that counts, in letters."""
SERIES, OTHERS = 2.0, 2
"""What it says against one that its headline is exactly as wide as so many others nearby, as subheads are."""
NAME = 4
"""No longer is a subhead that only names what follows: 四川, in characters."""
CAPTION = 25
"""A shorter paragraph below a headline is a caption, in characters, and the story is still to come."""
CONNECTED = 3.0
"""What it says against one that a paragraph opens with a word that goes on."""


class Habits:
    """The marks of media and the datelines with which the units of a text open."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units

    @cached_property
    def _labels(self) -> list[str]:
        return [headers.label(unit.body) for unit in self.units]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(self._labels)

    @cached_property
    def _dispatches(self) -> set[int]:
        return {
            number
            for number, (unit, label) in enumerate(zip(self.units, self._labels, strict=True))
            if not label and headers.dateline(unit.body) is not None
        }

    def apart(self, start: int, gap: int) -> float:
        """Return the evidence for a boundary between a story that begins at ``start`` and a unit, as a logit.

        A page that opens each story with one mark, as broadcasters do (`央视网消息（新闻联播）：`), opens
        none twice with it. A paper sets further dispatches below the first one, under one headline, and
        briefs of one paragraph each; it numbers the parts of a long text, and names the writers of each
        article on top of it. A headline that stands there twice opens an article; several of exactly one
        width are the subheads of one.
        """
        if self.units[gap].lines:
            return self._headed(start, gap)
        if self.units[gap].body.startswith(forms.CONNECTIVES):
            return -CONNECTED
        if self.is_labelled(gap):
            return LABELLED
        return -FURTHER if self._is_further(start, gap) else 0.0

    def is_labelled(self, gap: int) -> bool:
        """Whether a unit without a headline opens with the mark of a medium as others do, but not the one
        right above it.

        Nor does a story begin below a headline and a caption: it begins with them.
        """
        above = self.units[gap - 1]
        if self.units[gap].lines or (above.lines and len(above.body) < CAPTION):
            return False
        return self._counts[self._labels[gap]] > 1 and self._labels[gap] not in ("", self._labels[gap - 1])

    def _is_brief(self, gap: int) -> bool:
        """Whether a unit opens with the mark with which the one right above it opens."""
        return self._labels[gap] != "" and self._labels[gap] == self._labels[gap - 1]

    def _is_further(self, start: int, gap: int) -> bool:
        """Whether a dispatch, or a brief, stands without a headline below one that has a headline."""
        if not self.units[start].lines or gap - start >= FAR:
            return False
        if self._is_brief(gap):
            return self._labels[start] == self._labels[gap]
        return self._dispatches.issuperset((start, gap))

    def _headed(self, start: int, gap: int) -> float:
        """What the lines above a paragraph say for a boundary, as a logit.

        A headline below one paragraph alone may be the page's, and the paragraph its summary.
        """
        lines = self.units[gap].lines
        if headline_forms.NUMBERED_PART.match(lines[0]):
            return -PART
        if all(map(headers.names_writers, lines)):
            return WRITTEN
        if gap - start > 1 and _stands_twice(lines):
            return TWICE
        return -SERIES if gap in self._series else 0.0

    @cached_property
    def _series(self) -> set[int]:
        """The units below a line that is exactly as wide as others nearby: the subheads of one text."""
        heads = {
            number: unit.lines[-1]
            for number, unit in enumerate(self.units)
            if unit.lines and not headers.names_writers(unit.lines[-1])
        }
        alone = [number for number in heads if len(self.units[number].lines) == 1]
        return {number for number in alone if _alike(heads, number) >= OTHERS}


def _alike(heads: Mapping[int, str], number: int) -> int:
    """How many headlines nearby are exactly as wide as the one above a unit."""
    nearby = heads.keys() & {*range(number - FAR, number), *range(number + 1, number + FAR)}
    return sum(_are_alike(heads[number], heads[other]) for other in nearby)


def _are_alike(head: str, other: str) -> bool:
    """Whether two headlines are exactly as wide, or both so short that they name a place, or a step."""
    return unlikeness(head, other) == 0 or len(head) <= NAME >= len(other)


def _stands_twice(lines: Sequence[str]) -> bool:
    """Whether a line says the same as the one above it, but for marks and spaces."""
    letters = ["".join(filter(str.isalnum, line)) for line in lines]
    return any(one == other and len(one) >= LEAST for one, other in pairwise(letters))


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
        found = {"label": self.habits.is_labelled(gap), "people": self.people.apart(0, gap, size) > 0}
        return tuple(name for name, present in found.items() if present)
