"""What a rule is, and what it finds."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import repeat
from operator import sub
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
    """What a rule finds that puts signs in the place of others: ``afters`` at ``starts``, up to ``ends``.

    A text may have a finding for each of its marks. So columns are kept, in the order of the text, and
    a finding is made when it is asked for; what stands there and what is put there fill its message.
    """

    __slots__ = ("afters", "ends", "rule", "starts", "text")

    def __init__(
        self, rule: Rule, text: str, starts: Sequence[int], ends: Sequence[int], afters: Sequence[str]
    ) -> None:
        self.rule = rule
        self.text = text
        self.starts = array("Q", starts)
        self.ends = array("Q", ends)
        self.afters = afters

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> list[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | list[Finding]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return [self[number] for number in numbers]
        return self._finding(*self.edits(numbers, numbers + 1))

    def __iter__(self) -> Iterator[Finding]:
        return map(self._finding, self.edits())

    def edits(self, first: int = 0, last: int | None = None) -> list[Edit]:
        """Return the edits of the findings ``first:last``, in order."""
        text = self.text
        starts, ends = self.starts[first:last].tolist(), self.ends[first:last].tolist()
        befores = [text[start:end] for start, end in zip(starts, ends, strict=True)]
        # Without a Python call for each edit this takes half the time.
        columns = zip(starts, ends, befores, self.afters[first:last], strict=True)
        return list(map(tuple.__new__, repeat(Edit), columns))

    def longest(self) -> int:
        """Return how many characters the longest stretch has that is replaced."""
        return max(map(sub, self.ends, self.starts), default=0)

    def _finding(self, edit: Edit) -> Finding:
        return replacement(self.rule, edit)


def replacement(rule: Rule, edit: Edit) -> Finding:
    """Return the finding of signs that others are put in the place of; both fill its message."""
    start, end, before, after = edit
    return Finding(rule, start, end, (edit,), detail=(before, after))
