"""How far two passages stay alike beyond the clauses that they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.letters import Difference, Letters, differences, opcodes
from ykclean.sentences import SENTENCE_BREAK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rapidfuzz.distance import Opcode

FLANK = 64
"""How many characters are looked at in one step."""
GLANCE = 16
KINSHIP = 0.25
"""Texts about the same things have more characters in common than this share, in one order."""
EDIT_COST = 3
"""What a differing letter costs, where an equal one earns 1."""
DROP = 12
"""Extending stops where the score has fallen so far below its best."""
REMNANT = 16
"""So few letters left to the end of a sentence may differ in a quarter of them."""
REMNANT_REACH = 32
CHANCE = 8
"""So many letters beyond the end of a sentence may be alike by chance."""


class Edges(NamedTuple):
    """An edge of each of the two passages."""

    first: int
    second: int


class Flank(NamedTuple):
    """What stands beyond two passages: after them (``step`` 1) or before them (-1).

    ``limit`` keeps the one passage out of the other.
    """

    text: str
    step: int
    limit: int

    def extend(self, edges: Edges) -> tuple[Edges, list[Difference]]:
        """Move the edges outwards while what stands there is alike."""
        found: list[Difference] = []
        while True:
            edges = self._while_equal(edges)
            if self._goes_apart(edges):
                if any(map(self._is_at_break, edges)):
                    return edges, found
                break
            ours, theirs = self._letters(edges, FLANK)
            codes = _alike(ours.text, theirs.text)
            if codes:
                found += differences(ours, theirs, codes)
                edges = self._moved(edges, ours, theirs, codes[-1].src_end, codes[-1].dest_end)
            if not codes or codes[-1].src_end < FLANK // 4:
                break
        return self._finish(edges, found) or (self._without_overrun(edges), found)

    def _while_equal(self, edges: Edges) -> Edges:
        """Move the edges past what is the same, character by character."""
        from rapidfuzz.distance import Postfix, Prefix

        alike = Prefix.similarity if self.step > 0 else Postfix.similarity
        first, second = edges
        while True:
            size = min(FLANK, self.limit - first if self.step > 0 else min(second - self.limit, first))
            if self.step > 0:
                count = alike(self.text[first : first + size], self.text[second : second + size])
            else:
                count = alike(self.text[first - size : first], self.text[second - size : second])
            first, second = first + self.step * count, second + self.step * count
            if count < size or size < FLANK:
                return Edges(self._to_letter(first), self._to_letter(second))

    def _is_at_break(self, edge: int) -> bool:
        """Whether nothing but marks stands between an edge and a break."""
        text, step = self.text, self.step
        at = edge if step > 0 else edge - 1
        while 0 <= at < len(text) and not text[at].isalnum():
            if SENTENCE_BREAK.match(text, at):
                return True
            at += step
        return not 0 <= at < len(text)

    def _goes_apart(self, edges: Edges) -> bool:
        """Whether a glance shows that what comes next has nothing in common."""
        from rapidfuzz.distance import Indel

        first, second = (self._next(edge) for edge in edges)
        return Indel.normalized_similarity(first, second, score_cutoff=KINSHIP) == 0

    def _next(self, edge: int) -> str:
        return self.text[edge : edge + GLANCE] if self.step > 0 else self.text[max(edge - GLANCE, 0) : edge]

    def _to_letter(self, edge: int) -> int:
        """Back to the last letter before (or, backwards, the first behind) an edge."""
        if self.step > 0:
            while edge and not self.text[edge - 1].isalnum():
                edge -= 1
        else:
            while edge < len(self.text) and not self.text[edge].isalnum():
                edge += 1
        return edge

    def _finish(self, edges: Edges, before: list[Difference]) -> tuple[Edges, list[Difference]] | None:
        """Take in the last letters of a sentence, though some of them are wrong."""
        ours, theirs = self._letters(edges, REMNANT_REACH)
        first, second = self._sentence_end(edges.first, ours), self._sentence_end(edges.second, theirs)
        count = min(first, second)
        if not 0 < count <= REMNANT:
            return None
        codes = opcodes(ours.text[:count], theirs.text[:count])
        if sum(_cost(code) for code in codes) > max(1, count // 4):
            return None
        found = differences(ours, theirs, codes)
        return self._moved(edges, ours, theirs, count, count), before + found

    def _without_overrun(self, edges: Edges) -> Edges:
        """Take letters back that are alike by chance, beyond the sentence with which both passages end."""
        outside = self._letters(edges, CHANCE)
        if any(self._sentence_end(*side) == 0 for side in zip(edges, outside, strict=True)):
            return edges
        inward = Flank(self.text, -self.step, len(self.text) if self.step < 0 else 0)
        ours, theirs = inside = inward._letters(edges, 2 * CHANCE)
        count = min(inward._sentence_end(*side) for side in zip(edges, inside, strict=True))
        if not 0 < count <= CHANCE or ours.text[:count] != theirs.text[:count]:
            return edges
        first, second = inward._moved(edges, ours, theirs, count, count)
        return Edges(self._to_letter(first), self._to_letter(second))

    def _letters(self, edges: Edges, size: int) -> tuple[Letters, Letters]:
        first, second = edges
        if self.step > 0:
            return (
                Letters(self.text, first, min(first + size, self.limit)),
                Letters(self.text, second, second + size),
            )
        return (
            Letters(self.text, max(first - size, 0), first, backwards=True),
            Letters(self.text, max(second - size, self.limit), second, backwards=True),
        )

    def _sentence_end(self, edge: int, found: Letters) -> int:
        """How many letters there are up to where the sentence ends (or, backwards, begins)."""
        start, end = found.span_read
        breaks = [m.span() for m in SENTENCE_BREAK.finditer(self.text, start, end)]
        if not breaks:
            return len(found.text)
        stretch = self.text[edge : breaks[0][0]] if self.step > 0 else self.text[breaks[-1][1] : edge]
        count = sum(map(str.isalnum, stretch))
        return count if count <= REMNANT else len(found.text)

    def _moved(self, edges: Edges, ours: Letters, theirs: Letters, first: int, second: int) -> Edges:
        """The edges behind so many letters of each passage."""
        past = self.step > 0
        return Edges(
            ours.offsets[first - 1] + past if first else edges.first,
            theirs.offsets[second - 1] + past if second else edges.second,
        )


def _alike(ours: str, theirs: str) -> Sequence[Opcode]:
    """The part, from the beginning on, in which equal letters outweigh the differing ones."""
    codes = opcodes(ours, theirs)
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
