"""Blocks of lines that stand several times in direct succession (tandem repeats).

A page fetched again and again, a paragraph pasted a thousand times: whole lines are compared, before
any clause is looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


class Tandem(NamedTuple):
    """The numbers of the lines of one copy, and of the block before it that says the same."""

    copy: list[int]
    kept: list[int]


def find_tandems(lines: Sequence[str], is_passage: Callable[[str], bool]) -> Iterator[Tandem]:
    """Yield the copies that follow the blocks they repeat, where the block counts as a passage.

    >>> list(find_tandems(["甲", "乙", "丙", "乙", "丙"], lambda block: True))
    [Tandem(copy=[3, 4], kept=[1, 2])]
    """
    left = list(range(len(lines)))
    while True:
        gone: set[int] = set()
        for start, period, end in _periods([lines[n] for n in left]):
            kept = left[start - period : start]
            if not is_passage("\n".join([lines[n] for n in kept])):
                continue
            for at in range(start, end - period + 1, period):
                copy = left[at : at + period]
                gone.update(copy)
                yield Tandem(copy, kept)
        if not gone:
            return
        left = [n for n in left if n not in gone]


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
