"""Letters and digits of a text, width folded, and where two stretches of them differ."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Span
from ykclean.lazy import pattern
from ykclean.signs import WIDE_ALPHANUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapidfuzz.distance import Opcode

WIDE = pattern("[０-９Ａ-Ｚａ-ｚ]")


class Letters:
    """The letters and digits of ``text[start:end]``, width folded, forwards or ``backwards``."""

    def __init__(self, text: str, start: int, end: int, backwards: bool = False) -> None:
        self._stretch = text[start:end]
        self.span_read = Span(start, start + len(self._stretch))
        self._backwards = backwards
        found = "".join(filter(str.isalnum, self._stretch))
        if WIDE.search(found):
            found = found.translate(WIDE_ALPHANUMERIC)
        self.text = found[::-1] if backwards else found

    @cached_property
    def offsets(self) -> list[int]:
        """Where each of the letters stands in the text."""
        found = [at for at, char in enumerate(self._stretch, self.span_read.start) if char.isalnum()]
        return found[::-1] if self._backwards else found

    def span(self, start: int, end: int) -> Span:
        """Where the letters ``start:end`` stand in the text."""
        if start == end:
            at = self.offsets[min(start, len(self.offsets) - 1)] if self.offsets else self.span_read.start
            return Span(at, at)
        low, high = sorted((self.offsets[start], self.offsets[end - 1]))
        return Span(low, high + 1)


def letters(text: str, span: Span) -> str:
    """Return the letters and digits of a stretch, full-width ones made half-width.

    >>> letters("（１日）晴", Span(0, 5))
    '1日晴'
    """
    return Letters(text, *span).text


class Difference(NamedTuple):
    """Where two aligned passages have other letters: the letters of each, and where they stand."""

    first: Span
    second: Span
    ours: str
    theirs: str


def opcodes(ours: str, theirs: str) -> Sequence[Opcode]:
    """Return the steps that lead from one string to the other, with the fewest changes."""
    from rapidfuzz.distance import Levenshtein

    return list(Levenshtein.opcodes(ours, theirs))


def differences(ours: Letters, theirs: Letters, codes: Iterable[Opcode]) -> list[Difference]:
    """Return the steps that change something, with where they stand."""
    return [
        Difference(
            ours.span(code.src_start, code.src_end),
            theirs.span(code.dest_start, code.dest_end),
            ours.text[code.src_start : code.src_end],
            theirs.text[code.dest_start : code.dest_end],
        )
        for code in codes
        if code.tag != "equal"
    ]
