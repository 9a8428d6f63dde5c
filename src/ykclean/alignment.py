"""Two passages side by side, letter by letter: how far they are alike, and where they differ.

Only letters and digits count, with their width folded; punctuation, spaces and paragraph breaks
do not. Between the seeds of a chain the gaps are short, so aligning is linear in the passage.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Span
from ykclean.signs import WIDE_ALPHANUMERIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rapidfuzz.distance import Opcode

    from ykclean.likeness import Seed

FLANK = 96
"""How many characters are looked at in one step beyond the last seed."""
EDIT_COST = 3
"""What a differing letter costs while extending, where an equal one earns 1."""
DROP = 12
"""Extending stops where the score has fallen so far below its best."""
REMNANT = 16
"""So few letters left to the end of a sentence may differ in a quarter of them."""
REMNANT_REACH = 32
CHANCE = 8
"""So many letters beyond the end of a sentence may be alike by chance."""
SENTENCE_BREAK = re.compile(r"[。！？…｡!?\n]")


class Letters(NamedTuple):
    """Letters and digits in the order they are looked at, width folded, and the offset of each."""

    text: str
    offsets: list[int]

    def span(self, start: int, end: int) -> Span:
        """Where the letters ``start:end`` stand; read backwards, they stand the other way round."""
        if start == end:
            at = self.offsets[min(start, len(self.offsets) - 1)] if self.offsets else 0
            return Span(at, at)
        low, high = sorted((self.offsets[start], self.offsets[end - 1]))
        return Span(low, high + 1)


class Difference(NamedTuple):
    """Where two aligned passages have other letters: the letters of each, and where they stand."""

    first: Span
    second: Span
    ours: str
    theirs: str


class Alignment(NamedTuple):
    """Two passages with the same letters and digits but for the differences, in their order."""

    first: Span
    second: Span
    differences: tuple[Difference, ...]


class Edges(NamedTuple):
    """An edge of each of the two passages."""

    first: int
    second: int


def letters(text: str, start: int, end: int) -> Letters:
    """Return the letters and digits of ``text[start:end]``, full-width ones made half-width.

    >>> letters("（１日）晴", 0, 5)
    Letters(text='1日晴', offsets=[1, 2, 4])
    """
    folded = text[start:end].translate(WIDE_ALPHANUMERIC)
    offsets = [at for at, char in enumerate(folded, start) if char.isalnum()]
    return Letters("".join(filter(str.isalnum, folded)), offsets)


def align(text: str, chain: Sequence[Seed]) -> Alignment:
    """Align the two passages of a chain, and extend them as far as they are alike."""
    middle: list[Difference] = []
    for (first, second, length), after in pairwise(chain):
        middle += _compare(text, Span(first + length, after.first), Span(second + length, after.second))
    last = chain[-1]
    end = Edges(last.first + last.length, last.second + last.length)
    start, left = _Flank(text, -1, end.first).extend(Edges(chain[0].first, chain[0].second))
    end, right = _Flank(text, 1, start.second).extend(end)
    return Alignment(
        Span(start.first, end.first), Span(start.second, end.second), (*left[::-1], *middle, *right)
    )


def _compare(text: str, first: Span, second: Span) -> list[Difference]:
    """Where the letters of two stretches differ."""
    if text[first.start : first.end] == text[second.start : second.end]:
        return []
    ours, theirs = letters(text, *first), letters(text, *second)
    if ours.text == theirs.text:
        return []
    return _differences(ours, theirs, _opcodes(ours.text, theirs.text))


def _opcodes(ours: str, theirs: str) -> Sequence[Opcode]:
    from rapidfuzz.distance import Levenshtein

    return list(Levenshtein.opcodes(ours, theirs))


def _differences(ours: Letters, theirs: Letters, codes: Iterable[Opcode]) -> list[Difference]:
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


class _Flank(NamedTuple):
    """What stands beyond two passages: after them (``step`` 1) or before them (-1).

    ``limit`` keeps the one passage out of the other.
    """

    text: str
    step: int
    limit: int

    def extend(self, edges: Edges) -> tuple[Edges, list[Difference]]:
        """Move the edges outwards while what stands there is alike."""
        differences: list[Difference] = []
        while True:
            ours, theirs = self._letters(edges, FLANK)
            codes = _alike(ours.text, theirs.text)
            if not codes:
                return self._finish(edges, differences) or (edges, differences)
            differences += _differences(ours, theirs, codes)
            last, before = codes[-1], edges
            edges = self._moved(before, ours, theirs, last.src_end, last.dest_end)
            if last.src_end < FLANK // 2:
                break
        finished = self._finish(edges, differences)
        if finished is not None:
            return finished
        over = self._overrun(before, ours, theirs, last)
        return self._moved(before, ours, theirs, last.src_end - over, last.dest_end - over), differences

    def _overrun(self, edges: Edges, ours: Letters, theirs: Letters, last: Opcode) -> int:
        """How many letters are alike by chance, beyond the sentence with which both passages end."""
        ends = ((edges.first, ours, last.src_end), (edges.second, theirs, last.dest_end))
        if any(self._is_break(edge, found, end) for edge, found, end in ends):
            return 0
        most = min(last.src_end - last.src_start, CHANCE)
        near = (n for n in range(1, most + 1) if any(self._is_break(e, f, end - n) for e, f, end in ends))
        return next(near, 0)

    def _is_break(self, edge: int, found: Letters, index: int) -> bool:
        """Whether a sentence or paragraph ends before a letter (or there are no more)."""
        if index == len(found.offsets):
            return True
        here = found.offsets[index - 1] if index else edge - (self.step > 0)
        low, high = sorted((here, found.offsets[index]))
        return high - low > 1 and SENTENCE_BREAK.search(self.text, low, high) is not None

    def _finish(self, edges: Edges, differences: list[Difference]) -> tuple[Edges, list[Difference]] | None:
        """Take in the last letters of a sentence, though some of them are wrong."""
        ours, theirs = self._letters(edges, REMNANT_REACH)
        ours = self._to_sentence_break(edges.first, ours)
        theirs = self._to_sentence_break(edges.second, theirs)
        count = min(len(ours.text), len(theirs.text))
        if not 0 < count <= REMNANT:
            return None
        codes = _opcodes(ours.text[:count], theirs.text[:count])
        if sum(_cost(code) for code in codes) > max(1, count // 4):
            return None
        found = _differences(ours, theirs, codes)
        return self._moved(edges, ours, theirs, count, count), differences + found

    def _letters(self, edges: Edges, size: int) -> tuple[Letters, Letters]:
        if self.step > 0:
            end = min(edges.first + size, self.limit)
            return letters(self.text, edges.first, end), letters(self.text, edges.second, edges.second + size)
        ours = letters(self.text, max(edges.first - size, 0), edges.first)
        theirs = letters(self.text, max(edges.second - size, self.limit), edges.second)
        return _backwards(ours), _backwards(theirs)

    def _to_sentence_break(self, edge: int, found: Letters) -> Letters:
        """The letters up to where the sentence or the paragraph ends (or, backwards, begins)."""
        end = next(n for n in range(len(found.offsets) + 1) if self._is_break(edge, found, n))
        return Letters(found.text[:end], found.offsets[:end])

    def _moved(self, edges: Edges, ours: Letters, theirs: Letters, first: int, second: int) -> Edges:
        """The edges behind so many letters of each passage."""
        past = self.step > 0
        return Edges(
            ours.offsets[first - 1] + past if first else edges.first,
            theirs.offsets[second - 1] + past if second else edges.second,
        )


def _backwards(found: Letters) -> Letters:
    return Letters(found.text[::-1], found.offsets[::-1])


def _alike(ours: str, theirs: str) -> Sequence[Opcode]:
    """The part, from the beginning on, in which equal letters outweigh the differing ones."""
    codes = _opcodes(ours, theirs)
    score = best = kept = 0
    for index, code in enumerate(codes, 1):
        score += code.src_end - code.src_start if code.tag == "equal" else -EDIT_COST * _cost(code)
        if score > best:
            best, kept = score, index
        elif score < best - DROP:
            break
    return codes[:kept]


def _cost(code: Opcode) -> int:
    return 0 if code.tag == "equal" else max(code.src_end - code.src_start, code.dest_end - code.dest_start)
