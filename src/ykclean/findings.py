"""What a rule is, what it finds, and how conflicting edits are settled."""

from __future__ import annotations

from bisect import bisect_left, insort
from operator import eq, gt
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ykclean.document import Document
    from ykclean.settings import Settings


class Rule(NamedTuple):
    """A kind of damage: its code, its name, and the pure function that finds it.

    The docstring of ``find`` is the rule's documentation page. ``message`` and ``message_zh`` are
    format strings for the ``detail`` of a finding.
    """

    code: str
    name: str
    find: Callable[[Document, Settings], Iterable[Finding]]
    message: str
    message_zh: str

    def __repr__(self) -> str:
        return f"<Rule {self.code} {self.name}>"


class Finding(NamedTuple):
    """One piece of damage at ``start:end`` of the source, with the edits that would mend it.

    ``safe`` tells whether the edits may be applied without asking; ``of`` is the passage that a
    duplicate copies; ``detail`` fills the places of the rule's message; ``confidence`` is a
    probability where the rule has one.
    """

    rule: Rule
    start: int
    end: int
    edits: tuple[Edit, ...] = ()
    safe: bool = True
    of: Span | None = None
    detail: tuple[str | int, ...] = ()
    confidence: float | None = None

    @property
    def code(self) -> str:
        """The code of the rule, such as ``YK401``."""
        return self.rule.code

    @property
    def name(self) -> str:
        """The name of the rule, such as ``duplicate-passage``."""
        return self.rule.name

    @property
    def span(self) -> Span:
        """Where the damage lies in the source."""
        return Span(self.start, self.end)

    @property
    def message(self) -> str:
        """What was found, in English."""
        return self.message_in("en")

    def message_in(self, language: str) -> str:
        """What was found, in ``"en"`` or ``"zh"``."""
        template = self.rule.message_zh if language == "zh" else self.rule.message
        return template.format(*self.detail)


class Settled(NamedTuple):
    """The outcome of settling: findings by what became of their edits, and the edits to apply.

    ``superseded`` lost their place to a larger deletion, ``refused`` to a conflicting edit; findings
    without edits, or whose edits were not wanted, are in ``reported``. ``edits`` are sorted and do
    not overlap.
    """

    applied: tuple[Finding, ...]
    superseded: tuple[Finding, ...]
    refused: tuple[Finding, ...]
    reported: tuple[Finding, ...]
    edits: tuple[Edit, ...]


def settle(findings: Sequence[Finding], *, unsafe: bool = True) -> Settled:
    """Choose, in one round, the edits to apply.

    A larger edit wins over those inside it (a passage that goes takes its commas with it); of two
    edits that cross, the larger one wins, and of two in one place that of the later rule, which has
    seen what the earlier one would make of it. A finding's edits are applied all or none.
    """
    wanted = [f for f in findings if f.edits and (unsafe or f.safe)]
    reported = tuple(f for f in findings if not f.edits or not (unsafe or f.safe))
    edits = sorted(edit for finding in wanted for edit in finding.edits)
    if not _overlap(edits):
        return Settled(tuple(wanted), (), (), reported, tuple(edits))
    losers = _losers(wanted, _conflicting(wanted, edits))
    kept = [f for n, f in enumerate(wanted) if n not in losers]
    return Settled(
        tuple(kept),
        tuple(wanted[n] for n in sorted(losers) if losers[n] == "superseded"),
        tuple(wanted[n] for n in sorted(losers) if losers[n] == "refused"),
        reported,
        tuple(sorted(edit for finding in kept for edit in finding.edits)),
    )


def _overlap(edits: Sequence[Edit]) -> bool:
    """Whether sorted edits overlap, or two of them have the same span."""
    starts, ends = [edit[0] for edit in edits], [edit[1] for edit in edits]
    spans = list(zip(starts, ends, strict=True))
    return any(map(gt, ends, starts[1:])) or any(map(eq, spans, spans[1:]))


def _conflicting(wanted: Sequence[Finding], edits: Sequence[Edit]) -> list[int]:
    """The numbers of the findings of which an edit overlaps one of another finding."""
    clashing: set[int] = set()
    reach, last = -1, None
    for edit in edits:
        if edit[0] < reach or (edit[1] == reach and last is not None and edit[0] == last[0]):
            clashing.update((id(edit), id(last)))
        if edit[1] >= reach:
            reach, last = edit[1], edit
    numbers = []
    for number, finding in enumerate(wanted):
        for edit in finding.edits:
            if id(edit) in clashing:
                numbers.append(number)
                break
    return numbers


def _losers(wanted: Sequence[Finding], conflicting: Sequence[int]) -> dict[int, str]:
    """The numbers of the findings that give way, each with the reason."""
    losers: dict[int, str] = {}
    taken: list[Edit] = []
    for number in sorted(conflicting, key=lambda n: (-_size(wanted[n]), -n)):
        clash = next(filter(None, (_clash(edit, taken) for edit in wanted[number].edits)), None)
        if clash is None:
            for edit in wanted[number].edits:
                insort(taken, edit)
        else:
            losers[number] = clash
    return losers


def _size(finding: Finding) -> int:
    return max(edit.end - edit.start for edit in finding.edits)


def _clash(edit: Edit, taken: Sequence[Edit]) -> str | None:
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
