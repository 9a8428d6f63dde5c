"""Two passages side by side, letter by letter: how far they are alike, and where they differ.

Only letters and digits count, with their width folded; punctuation, spaces and paragraph breaks
do not. Between the seeds of a chain the gaps are short, so aligning is linear in the passage.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Span
from ykclean.flank import KINSHIP, Edges, Flank
from ykclean.letters import Difference, Letters, differences, opcodes
from ykclean.sentences import SENTENCE_BREAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.likeness import Seed

UNRELATED = 24
"""So many characters between two seeds should have something in common."""


class Alignment(NamedTuple):
    """Two passages with the same letters and digits but for the differences, in their order."""

    first: Span
    second: Span
    differences: tuple[Difference, ...]


def split_chain(text: str, chain: Sequence[Seed]) -> Iterator[Sequence[Seed]]:
    """Cut a chain where what stands between two seeds has nothing in common: they met by chance."""
    from rapidfuzz.distance import Indel

    start = 0
    for number, (seed, after) in enumerate(pairwise(chain), 1):
        ours = text[seed.first + seed.length : after.first]
        theirs = text[seed.second + seed.length : after.second]
        if min(len(ours), len(theirs)) > UNRELATED and Indel.normalized_similarity(ours, theirs) < KINSHIP:
            yield chain[start:number]
            start = number
    yield chain[start:]


def align(text: str, chain: Sequence[Seed]) -> Alignment:
    """Align the two passages of a chain, and extend them as far as they are alike."""
    middle: list[Difference] = []
    for (first, second, length), after in pairwise(chain):
        middle += _compare(text, Span(first + length, after.first), Span(second + length, after.second))
    last = chain[-1]
    inner = Edges(chain[0].first, chain[0].second), Edges(last.first + last.length, last.second + last.length)
    start, left = Flank(text, -1, inner[1].first).extend(inner[0])
    end, right = Flank(text, 1, inner[0].second).extend(inner[1])
    if start.second < end.first:
        border = _border(text, start.second, end.first)
        start, left = Flank(text, -1, border).extend(inner[0])
        end, right = Flank(text, 1, border).extend(inner[1])
    return Alignment(
        Span(start.first, end.first), Span(start.second, end.second), (*left[::-1], *middle, *right)
    )


def _border(text: str, start: int, end: int) -> int:
    """Where two passages side by side meet, that both reach into what lies between."""
    while end < len(text) and not text[end].isalnum():
        end += 1
    line = text.rfind("\n", start, end)
    if line >= 0:
        return line + 1
    sentence = SENTENCE_BREAK.search(text, start, end)
    return sentence.end() if sentence else start


def _compare(text: str, first: Span, second: Span) -> list[Difference]:
    """Where the letters of two stretches differ."""
    if text[first.start : first.end] == text[second.start : second.end]:
        return []
    ours, theirs = Letters(text, *first), Letters(text, *second)
    if ours.text == theirs.text:
        return []
    return differences(ours, theirs, opcodes(ours.text, theirs.text))
