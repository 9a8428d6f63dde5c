"""How conflicting edits are settled: the one place that chooses which of them are made."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, insort
from collections import Counter
from itertools import accumulate, chain, compress, count
from operator import eq, gt, itemgetter, or_
from typing import TYPE_CHECKING, Literal, NamedTuple

from ykclean.findings import Finding, Replacements

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from ykclean.edits import Edit

Outcome = Literal["applied", "superseded", "refused", "reported"]
"""What becomes of a finding's edits: ``superseded`` ones lost their place to a larger edit, ``refused``
ones to a conflicting one; a finding without edits, or whose edits were not wanted, is ``reported``."""

OUTCOMES: tuple[Outcome, ...] = ("applied", "superseded", "refused", "reported")
APPLIED, SUPERSEDED, REFUSED, REPORTED = range(4)
"""Their places: there may be a finding for each mark of a text, so a byte has to do for each."""

PLACE = itemgetter(1, 2)
"""Where a finding begins and ends; at one place findings stay in the order of the rules."""


class Settled(NamedTuple):
    """The findings of each rule, what became of each of them, and the edits to make.

    ``outcomes`` has the place in ``OUTCOMES`` for each finding of ``found``, one rule after the other.
    ``edits`` are sorted and do not overlap.
    """

    found: tuple[Sequence[Finding], ...]
    outcomes: bytes
    edits: tuple[Edit, ...]

    def count(self, *outcomes: Outcome) -> int:
        """Return how many findings had one of these outcomes."""
        return sum(map(self.outcomes.count, map(OUTCOMES.index, outcomes)))

    def in_order(self) -> list[tuple[Finding, Outcome]]:
        """Return all findings in the order of the text, each with its outcome."""
        outcomes = map(OUTCOMES.__getitem__, self.outcomes)
        judged = list(zip(chain.from_iterable(self.found), outcomes, strict=True))
        judged.sort(key=lambda one: one[0][1:3])
        return judged


def in_order(found: Iterable[Sequence[Finding]]) -> list[Finding]:
    """Return the findings of all rules in the order of the text."""
    return sorted(chain.from_iterable(found), key=PLACE)


def settle(found: Iterable[Sequence[Finding]], *, unsafe: bool = True) -> Settled:
    """Choose, in one round, the edits to make.

    A larger edit wins over those inside it (a passage that goes takes its commas with it); of two
    edits that cross, the larger one wins, and of two in one place that of the later rule, which has
    seen what the earlier one would make of it. A finding's edits are applied all or none.
    """
    found = tuple(found)
    outcomes = bytearray(sum(map(len, found)))
    wanted, owners = _wanted(found, outcomes, unsafe)
    edits = sorted(wanted)
    clashing = _clashing(edits)
    if clashing:
        rivals = dict(_rivals(wanted, owners, clashing))
        lost: set[int] = set()
        for number, outcome in _losers(rivals):
            outcomes[number] = outcome
            lost.update(map(id, rivals[number]))
        edits = [edit for edit in edits if id(edit) not in lost]
    return Settled(found, bytes(outcomes), tuple(edits))


def _wanted(
    found: Sequence[Sequence[Finding]], outcomes: bytearray, unsafe: bool
) -> tuple[list[Edit], array[int]]:
    """The edits that may be made, and the number of each one's finding; ``outcomes`` has what is left out."""
    firsts = list(accumulate(map(len, found), initial=0))
    edits: list[Edit] = []
    owners = array("Q")
    for first, findings in zip(firsts, found, strict=False):
        for number, finding in enumerate(() if isinstance(findings, Replacements) else findings, first):
            if finding.edits and (unsafe or finding.safe):
                edits += finding.edits
                owners.extend([number] * len(finding.edits))
            else:
                outcomes[number] = REPORTED
    passages = _passages(found, edits, owners)
    for first, findings in zip(firsts, found, strict=False):
        if isinstance(findings, Replacements):
            outcomes[first : first + len(findings)] = bytes((SUPERSEDED,)) * len(findings)
            for low, high in _outside(passages, findings.starts, findings.ends):
                edits += findings.edits(low, high)
                owners.extend(range(first + low, first + high))
                outcomes[first + low : first + high] = bytes(high - low)
    return edits, owners


def _passages(
    found: Iterable[Sequence[Finding]], edits: Sequence[Edit], owners: Sequence[int]
) -> list[tuple[int, int]]:
    """Where edits are sure to be made: longer than any mark, none in its way, each its finding's only one."""
    longest = max((findings.longest() for findings in found if isinstance(findings, Replacements)), default=0)
    counts = Counter(owners)
    several = {id(edit) for edit, owner in zip(edits, owners, strict=True) if counts[owner] > 1}
    apart = [edit for edit in _apart(sorted(edits)) if id(edit) not in several]
    return [(start, end) for start, end, *_ in apart if end - start > longest]


def _apart(edits: Sequence[Edit]) -> Iterator[Edit]:
    """Those of the sorted edits that overlap no other one."""
    reach = accumulate((edit[1] for edit in edits), max, initial=-1)
    following = [*(edit[0] for edit in edits[1:]), sys.maxsize]
    for edit, before, after in zip(edits, reach, following, strict=False):
        if before <= edit[0] and edit[1] <= after:
            yield edit


def _outside(
    passages: Iterable[tuple[int, int]], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Where spans of single signs, in order, do not lie in a passage that goes.

    A passage pasted a thousand times has thousands of marks: nothing is done for each of them.
    """
    at = 0
    for start, end in passages:
        low, high = bisect_left(starts, start, at), bisect_left(starts, end, at)
        high -= low < high and ends[high - 1] > end
        yield at, low
        at = high
    yield at, len(starts)


def _clashing(edits: Sequence[Edit]) -> set[int]:
    """The identities of the sorted edits that overlap another one, or have its very place."""
    clashing: set[int] = set()
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    near = map(or_, map(gt, ends, starts[1:]), map(eq, starts, starts[1:]))
    at = 0
    for first in compress(count(), near):
        reach, last = ends[first], first
        at = max(at, first + 1)
        while at < len(edits) and (starts[at] < reach or edits[at][:2] == edits[last][:2]):
            clashing.update((id(edits[at]), id(edits[last])))
            if ends[at] >= reach:
                reach, last = ends[at], at
            at += 1
    return clashing


def _rivals(
    wanted: Sequence[Edit], owners: Sequence[int], clashing: Container[int]
) -> Iterator[tuple[int, Sequence[Edit]]]:
    """The numbers of the findings of which an edit clashes, with all edits of each."""
    for at in compress(count(), map(clashing.__contains__, map(id, wanted))):
        first, last = at, at + 1
        while first > 0 and owners[first - 1] == owners[at]:
            first -= 1
        while last < len(owners) and owners[last] == owners[at]:
            last += 1
        yield owners[at], wanted[first:last]


def _losers(rivals: Mapping[int, Sequence[Edit]]) -> Iterator[tuple[int, int]]:
    """The numbers of the findings that give way, each with its outcome."""
    taken: list[Edit] = []
    for number in sorted(rivals, key=lambda number: (-_size(rivals[number]), -number)):
        edits = rivals[number]
        clashes = [clash for edit in edits if (clash := _clash(edit, taken))]
        if clashes:
            yield number, clashes[0]
        else:
            for edit in edits:
                insort(taken, edit)


def _size(edits: Iterable[Edit]) -> int:
    return max(edit[1] - edit[0] for edit in edits)


def _clash(edit: Edit, taken: Sequence[Edit]) -> int:
    """How ``edit`` conflicts with the edits already taken, 0 if it does not; touching is no conflict."""
    at = bisect_left(taken, edit)
    for other in taken[max(at - 1, 0) : at + 1]:
        if edit.span == other.span:
            return REFUSED
        if other.start <= edit.start and edit.end <= other.end:
            # An insertion at either end of a deletion only touches it.
            if edit.start < edit.end or other.start < edit.start < other.end:
                return SUPERSEDED
        elif other.start < edit.end and edit.start < other.end:
            return REFUSED
    return APPLIED
