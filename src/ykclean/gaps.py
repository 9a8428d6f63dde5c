"""How many line breaks part the articles of a file."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.document import Paragraph

OPEN_SPACE = 3
"""Line breaks in a gap of two blank lines, which is how a split text is written where lines are closer."""
SOME = 400
"""How many paragraphs tell what usually stands between two."""
FURNITURE = pattern(r"\S+")
"""What stands between two paragraphs, besides white space."""


def breaks_between_articles(text: str, paragraphs: Sequence[Paragraph]) -> int:
    """Return how many line breaks part two articles: two blank lines, or one more than stand everywhere."""
    some = paragraphs[:SOME]
    breaks = Counter(text.count("\n", one.end, other.start) for one, other in pairwise(some))
    return wider_than(max(breaks, key=breaks.__getitem__, default=0))


def wider_than(usual: int) -> int:
    """Return how many line breaks part two articles where ``usual`` ones stand between paragraphs.

    >>> wider_than(1), wider_than(3)
    (3, 4)
    """
    return max(OPEN_SPACE, usual + 1)


def behind_wide_gaps(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The paragraphs before which the gap is wider than all others: so a file tells its articles apart."""
    needed = breaks_between_articles(text, paragraphs)
    for number, (before, paragraph) in enumerate(pairwise(paragraphs), 1):
        if (
            paragraph.start - before.end >= needed
            and _widest_gap(text[before.end : paragraph.start]) >= needed
        ):
            yield number


def _widest_gap(between: str) -> int:
    """How many line breaks stand together between two paragraphs, where page furniture may stand, too."""
    if between.isspace():
        return between.count("\n")
    return max(space.count("\n") for space in FURNITURE.split(between))
