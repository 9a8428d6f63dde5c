"""How conflicting edits are settled: the one place that chooses which of them are made."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from itertools import accumulate, chain
from operator import eq, gt, itemgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from ykclean.findings import Finding, Replacements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ykclean.edits import Edit

Outcome = Literal["applied", "superseded", "refused", "reported"]
"""What becomes of a finding's edits: ``superseded`` ones lost their place to a larger edit, ``refused``
ones to a conflicting one; a finding without edits, or whose edits were not wanted, is ``reported``."""

PLACE = itemgetter(1, 2)
"""Where a finding begins and ends; at one place findings stay in the order of the rules."""


class Settled(NamedTuple):
    """The findings of each rule, what became of them, and the edits to make.

    ``outcomes`` has the numbers, counted through all of ``found``, of the findings that were not applied.
    ``edits`` are sorted and do not overlap.
    """

    found: tuple[Sequence[Finding], ...]
    outcomes: Mapping[int, Outcome]
    edits: tuple[Edit, ...]

    def count(self, *outcomes: Outcome) -> int:
        """Return how many findings had one of these outcomes."""
        others = sum(outcome in outcomes for outcome in self.outcomes.values())
        applied = sum(map(len, self.found)) - len(self.outcomes)
        return others + applied if "applied" in outcomes else others

    def in_order(self) -> list[tuple[Finding, Outcome]]:
        """Return all findings in the order of the text, each with its outcome."""
        outcome_of = self.outcomes.get
        judged = [
            (finding, outcome_of(number, "applied"))
            for number, finding in enumerate(chain.from_iterable(self.found))
        ]
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
    firsts = list(accumulate(map(len, found), initial=0))
    outcomes: dict[int, Outcome] = {}
    edits: list[Edit] = []
    for first, findings in zip(firsts, found, strict=False):
        if isinstance(findings, Replacements):
            edits += findings.edits
            continue
        for number, finding in enumerate(findings, first):
            if finding.edits and (unsafe or finding.safe):
                edits += finding.edits
            else:
                outcomes[number] = "reported"
    edits.sort()
    if _overlap(edits):
        numbers = _owners(found, firsts, _conflicting(edits))
        rivals = {n: _numbered(found, firsts, n) for n in numbers if n not in outcomes}
        losers = _losers(rivals)
        outcomes |= losers
        lost = {id(edit) for number in losers for edit in rivals[number].edits}
        edits = [edit for edit in edits if id(edit) not in lost]
    return Settled(found, outcomes, tuple(edits))


def _overlap(edits: Sequence[Edit]) -> bool:
    """Whether sorted edits overlap, or two of them have the same span."""
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    spans = list(zip(starts, ends, strict=True))
    return any(map(gt, ends, starts[1:])) or any(map(eq, spans, spans[1:]))


def _conflicting(edits: Sequence[Edit]) -> set[int]:
    """The identities of the sorted edits that overlap another one."""
    clashing: set[int] = set()
    reach, last = -1, None
    for edit in edits:
        if edit[0] < reach or (edit[1] == reach and last is not None and edit[0] == last[0]):
            clashing.update((id(edit), id(last)))
        if edit[1] >= reach:
            reach, last = edit[1], edit
    return clashing


def _owners(
    found: Sequence[Sequence[Finding]], firsts: Sequence[int], edits: Collection[int]
) -> Iterator[int]:
    """The numbers of the findings that the edits with these identities belong to."""
    for first, findings in zip(firsts, found, strict=False):
        if isinstance(findings, Replacements):
            yield from (number for number, edit in enumerate(findings.edits, first) if id(edit) in edits)
        else:
            for number, finding in enumerate(findings, first):
                if finding.edits and any(id(edit) in edits for edit in finding.edits):
                    yield number


def _numbered(found: Sequence[Sequence[Finding]], firsts: Sequence[int], number: int) -> Finding:
    rule = bisect_right(firsts, number) - 1
    return found[rule][number - firsts[rule]]


def _losers(rivals: Mapping[int, Finding]) -> dict[int, Outcome]:
    """The numbers of the findings that give way, each with the reason."""
    losers: dict[int, Outcome] = {}
    taken: list[Edit] = []
    for number in sorted(rivals, key=lambda n: (-_size(rivals[n]), -n)):
        edits = rivals[number].edits
        clashes = [clash for edit in edits if (clash := _clash(edit, taken))]
        if clashes:
            losers[number] = clashes[0]
        else:
            for edit in edits:
                insort(taken, edit)
    return losers


def _size(finding: Finding) -> int:
    return max(edit.end - edit.start for edit in finding.edits)


def _clash(edit: Edit, taken: Sequence[Edit]) -> Outcome | None:
    """How ``edit`` conflicts with the edits already taken; touching is no conflict."""
    at = bisect_left(taken, edit)
    for other in taken[max(at - 1, 0) : at + 1]:
        if edit.span == other.span:
            return "refused"
        if other.start <= edit.start and edit.end <= other.end:
            # An insertion at either end of a deletion only touches it.
            if edit.start < edit.end or other.start < edit.start < other.end:
                return "superseded"
        elif other.start < edit.end and edit.start < other.end:
            return "refused"
    return None
