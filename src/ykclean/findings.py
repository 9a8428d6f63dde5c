"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

from ykclean.edits import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

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


class Replacements(Sequence[Finding]):
    """What a rule finds that replaces one sign after the other: a finding for each edit, in order.

    A text may have one for each of its marks. Only the edits are kept, and a finding is made of one
    when it is asked for; what stands there and what is put there fill its message.
    """

    __slots__ = ("edits", "rule")

    def __init__(self, rule: Rule, edits: Sequence[Edit]) -> None:
        self.rule = rule
        self.edits = edits

    def __len__(self) -> int:
        return len(self.edits)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Replacements: ...
    def __getitem__(self, index: int | slice) -> Finding | Replacements:
        if isinstance(index, slice):
            return Replacements(self.rule, self.edits[index])
        return self._finding(self.edits[index])

    def __iter__(self) -> Iterator[Finding]:
        return map(self._finding, self.edits)

    def _finding(self, edit: Edit) -> Finding:
        start, end, before, after = edit
        return Finding(self.rule, start, end, (edit,), detail=(before, after))
