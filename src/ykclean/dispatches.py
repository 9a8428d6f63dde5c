"""Several dispatches under one headline: it names what each of them tells, so one article goes on there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean import headers
from ykclean.lexicon import RARE, bigrams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.cohesion import Unit, Words
    from ykclean.lexicon import Bigrams, Lexicon

FAR = 16
"""A headline so many units above has been left behind."""
OPENING = 3
"""In so many units a dispatch tells what its headline names."""


def is_dispatch_below(units: Sequence[Unit], words: Words, lexicon: Lexicon, gap: int) -> bool:
    """Return whether a dispatch without a headline is told of by the last headline above, with others.

    It opens with its own dateline, and something that the headline names is told there first.
    """
    unit = units[gap]
    if unit.lines or headers.dateline(unit.body) is None:
        return False
    head = next((number for number in range(gap - 1, max(gap - FAR, 0) - 1, -1) if units[number].lines), None)
    if head is None:
        return False
    named = words.shared[head] & _named_alone(units[head])
    told_first = named & words.within(gap, gap + OPENING) - words.within(head + 1, gap)
    return any(rarity >= RARE for rarity in lexicon.rarity.of_all(told_first, lexicon.unseen))


def _named_alone(unit: Unit) -> Bigrams:
    """The words of a headline that the paragraph right below does not say."""
    return bigrams("\n".join(unit.lines)) - bigrams(unit.body)
