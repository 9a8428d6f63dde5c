"""Blocks of lines that stand several times in direct succession (tandem repeats).

A page fetched again and again, a paragraph pasted a thousand times: whole lines are compared, before
any clause is looked at.
"""

from __future__ import annotations

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
    last: dict[str, int] = {}
    start = period = 0
    for at, line in enumerate(lines):
        if period and line != lines[at - period]:
            if at - start >= period:
                yield start, period, at
            period = 0
        if not period and line in last:
            start, period = at, at - last[line]
        last[line] = at
    if period and len(lines) - start >= period:
        yield start, period, len(lines)
