"""Blocks of lines that stand several times in direct succession (tandem repeats).

A page fetched again and again, a paragraph pasted a thousand times: whole lines are compared, before
any clause is looked at.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Tandem(NamedTuple):
    """A block of ``size`` lines at line ``copy`` says what the one at line ``kept`` says."""

    copy: int
    kept: int
    size: int


def find_tandems(lines: Sequence[str], is_passage: Callable[[str], bool]) -> Iterator[Tandem]:
    """Yield the copies of blocks that count as a passage and are followed by themselves.

    >>> list(find_tandems(["甲", "乙", "丙", "乙", "丙"], lambda block: True))
    [Tandem(copy=3, kept=1, size=2)]
    """
    for start, period, end in _periods(lines):
        kept = start - period
        if is_passage("\n".join(lines[kept:start])):
            yield from (Tandem(at, kept, period) for at in range(start, end - period + 1, period))


def _periods(lines: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where each line of ``start:end`` is the same as the one ``period`` lines before, once or more."""
    counts = Counter(lines)
    last: dict[str, int] = {}
    start = period = end = 0
    for at in [at for at, line in enumerate(lines) if counts[line] > 1]:
        line = lines[at]
        if period and (at > end or line != lines[at - period]):
            if end - start >= period:
                yield start, period, end
            period = 0
        if not period and line in last:
            start, period = at, at - last[line]
        last[line] = at
        end = at + 1
    if period and end - start >= period:
        yield start, period, end
