"""Quotes and brackets without their partners, in a paragraph and across paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ykclean.lazy import pattern
from ykclean.signs import is_han, is_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_KINDS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "〔": "〕",
}
_OPENER = {closer: opener for opener, closer in _KINDS.items()} | {")": "（"}
_MARK = "[“”‘’「」『』（）()《》〈〉【】〔〕]"
_MARK_OR_BREAK = pattern(_MARK[:-1] + "\n]")
_ROUNDS = 4
_DIGITS = "0123456789０１２３４５６７８９"
_BEFORE_LIST_MARKER = "，。；;,、：:"
REACH = 8
"""A quotation without a new opening mark in each paragraph is followed over this many."""


class Lone(NamedTuple):
    """A quote or bracket at offset ``at`` of a paragraph that has no partner in that paragraph."""

    at: int
    mark: str

    @property
    def kind(self) -> str:
        """The opening mark of the pair it belongs to."""
        return _OPENER.get(self.mark, "（" if self.mark == "(" else self.mark)

    @property
    def opens(self) -> bool:
        """Whether it is an opening mark."""
        return self.mark not in _OPENER


def unbalanced_lines(text: str) -> list[int]:
    """Return the numbers of the lines in which a quote or bracket may lack its partner. Quick.

    >>> unbalanced_lines("他说“好（的）”\\n好”\\n")
    [1]
    """
    lines = "".join(_MARK_OR_BREAK.findall(text)).replace("(", "（").replace(")", "）").split("\n")
    balanced = {line for line in set(lines) if _is_balanced(line)}
    return [number for number, line in enumerate(lines) if line not in balanced]


def _is_balanced(marks: str) -> bool:
    for _ in range(_ROUNDS):
        if not marks:
            return True
        for opener, closer in _KINDS.items():
            marks = marks.replace(opener + closer, "")
    return not marks


def lone_marks(text: str) -> list[Lone]:
    """Return the quotes and brackets of a paragraph that have no partner there, in order.

    Each kind is paired by itself: marks that cross have their partners. Apostrophes, signs of
    inches, list markers such as ``1)`` and faces such as ``：）`` are no pairs.

    >>> lone_marks("他说“好（的）。"), lone_marks("1）先来")
    ([Lone(at=2, mark='“')], [])
    """
    opened: dict[str, list[Lone]] = {opener: [] for opener in _KINDS}
    lone = []
    for match in re.finditer(_MARK, text):
        mark = Lone(match.start(), match[0])
        waiting = opened[mark.kind]
        if mark.opens:
            waiting.append(mark)
        elif waiting:
            waiting.pop()
        elif not _is_single(text, mark):
            lone.append(mark)
    lone += [mark for waiting in opened.values() for mark in waiting if not _opens_direction(mark)]
    return sorted(lone)


def _opens_direction(opener: Lone) -> bool:
    """Whether this begins a stage direction of a play, which nothing closes: 〔幕启。"""
    return opener == (0, "〔")


def _is_single(text: str, closer: Lone) -> bool:
    """Whether a closing mark without an opening one is none: it stands by itself."""
    before, after = text[closer.at - 1 : closer.at], text[closer.at + 1 : closer.at + 3]
    if closer.mark in "”’":
        return before.isdigit() or (closer.mark == "’" and (is_latin(before) or after.isdigit()))
    if closer.mark == "》":  # An arrow, as before a link: 》》
        return before == "》" or after[:1] == "》"
    return closer.mark in ")）" and (
        before in tuple("：；:;") or _is_list_marker(text[max(0, closer.at - 4) : closer.at])
    )


def _is_list_marker(before: str) -> bool:
    """Whether what stands before a bracket is a number or a letter, with a mark or nothing before it."""
    lead = before.rstrip(_DIGITS)
    if lead == before and (is_latin(before[-1:]) or is_han(before[-1:])):
        lead = before[:-1]
    starts = not lead or lead[-1] in _BEFORE_LIST_MARKER or lead[-1].isspace()
    return starts and 0 < len(before) - len(lead) < 4


def without_partners(lone: Iterable[tuple[int, Lone]], lines: Sequence[str]) -> Iterator[tuple[int, Lone]]:
    """Yield those lone marks of a text that have no partner in another paragraph either.

    Each mark goes with the number of its line. A quotation that runs over several paragraphs opens
    in each and closes in the last, or opens in one and closes in a later one.
    """
    waiting: dict[str, tuple[int, Lone]] = {}
    for number, mark in lone:
        before = waiting.pop(mark.kind, None)
        met = before is not None and not mark.opens and number - before[0] <= REACH
        if before and not met:
            yield before
        if not mark.opens and not met:
            yield number, mark
        elif mark.opens and not "".join(lines[number + 1 : number + 2]).startswith(mark.kind):
            waiting[mark.kind] = number, mark
    yield from waiting.values()
