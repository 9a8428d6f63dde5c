"""Where a text says the same thing again: anchors, and the chains they form.

Exact clauses are the seeds: Chinese marks every clause, so they need no segmentation, and a copy
with other paragraph breaks, other punctuation or stray wrong characters keeps most of them. Seeds
that keep their order and distance in both places form a chain, and only chains are looked at
closer (``alignment``). Nothing here is more than linear in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

CLAUSE = re.compile(r"[\u3400-\u9fff]{7,}")
"""A run of Han characters long enough for a seed; shorter ones recur everywhere."""
HAN = re.compile(r"[\u3400-\u9fff]")
LONG_CLAUSE = 100
"""A run of more characters than this has probably lost its punctuation."""
BLOCK = 8
FEW = 50_000
"""Of so many characters all blocks are held at once, to spare the rest of the text."""
NEAREST = 24
"""Two passages that begin closer together than this overlap, or are too short to matter."""
GAP = 160
"""How many characters may stand between two seeds of one chain."""
DRIFT = 16
"""How much the distance between the two places may change from one seed to the next."""
OPEN_CHAINS = 8
SUBSTANTIAL = 3
PROMISING = 24
"""So many letters in common, with the neighbours, make a chain worth aligning."""
NEAR = 24


class Anchor(NamedTuple):
    """Where a clause stands that stands elsewhere too."""

    at: int
    clause: str


class Seed(NamedTuple):
    """The same ``length`` characters at ``first`` and, further on, at ``second``."""

    first: int
    second: int
    length: int


def find_anchors(text: str) -> list[Anchor]:
    """Return the clauses that stand in a text more than once, in order."""
    clauses = CLAUSE.findall(text)
    counts = Counter(clauses)
    repeated = {clause for clause, count in counts.items() if count > 1}
    found = list(_positions(text, clauses, repeated)) if repeated else []
    if any(len(clause) > LONG_CLAUSE for clause in counts):
        found = sorted({*found, *_blocks(text, clauses)})
    return found


def pair_anchors(anchors: Iterable[Anchor]) -> Iterator[Seed]:
    """Pair each anchor with its previous occurrence: never more seeds than anchors."""
    last: dict[str, int] = {}
    for at, clause in anchors:
        before = last.get(clause)
        last[clause] = at
        if before is not None and at - before >= NEAREST:
            yield Seed(before, at, len(clause))


def _positions(text: str, clauses: Iterable[str], wanted: AbstractSet[str]) -> Iterator[Anchor]:
    """Where the wanted clauses stand: finding them again costs less than a match object for each."""
    at = 0
    for clause in clauses:
        if clause in wanted:
            at = text.index(clause, at)
            while _inside_longer(text, at, at + len(clause)):
                at = text.index(clause, at + 1)
            yield Anchor(at, clause)
            at += len(clause)


def _inside_longer(text: str, start: int, end: int) -> bool:
    return bool((start and HAN.match(text, start - 1)) or HAN.match(text, end))


def _blocks(text: str, clauses: Sequence[str]) -> Iterator[Anchor]:
    """Anchors for text that lost its punctuation: blocks of characters in place of clauses.

    A block stands where a clause begins and at every ``BLOCK``-th character of a long one; long
    clauses are searched for them character by character.
    """
    long = {clause for clause in clauses if len(clause) > LONG_CLAUSE}
    heads = (clause[:BLOCK] for clause in clauses)
    if sum(map(len, long)) < FEW:
        grams = {gram for clause in long for gram, _ in _grams(clause)}
        heads = (head for head in heads if head in grams)
    blocks = Counter(heads)
    for clause in clauses:
        if clause in long:
            blocks.update(clause[at : at + BLOCK] for at in range(BLOCK, len(clause) - BLOCK, BLOCK))
    hits = {gram for clause in long for gram, expected in _grams(clause) if blocks[gram] > expected}
    wanted = {clause for clause in clauses if clause in long or clause[:BLOCK] in hits} if hits else hits
    end = 0
    for start, clause in _positions(text, clauses, wanted):
        if clause not in long:
            yield Anchor(start, clause[:BLOCK])
            continue
        for at, (gram, _) in enumerate(_grams(clause), start):
            if at >= end and gram in hits:
                yield Anchor(at, gram)
                end = at + BLOCK


def _grams(clause: str) -> Iterator[tuple[str, bool]]:
    """Each run of ``BLOCK`` characters, and whether it is itself a block."""
    last = len(clause) - BLOCK
    return ((clause[at : at + BLOCK], at % BLOCK == 0 and at < max(last, 1)) for at in range(last + 1))


def find_chains(text: str, seeds: Iterable[Seed]) -> list[list[Seed]]:
    """Group seeds (ordered by ``second``) that follow one another in both places alike.

    Seeds at one distance come together first, so that a phrase the passage itself uses twice leads
    nobody astray; then chains come together that only one passage's extra text keeps apart. The two
    passages of a chain never overlap: one paragraph repeated for ever makes as many short chains as
    there are paragraphs.
    """
    chains: list[list[Seed]] = []
    for run in _runs(seeds):
        if _is_promising(text, run):
            before = _before(chains, run)
            if before is None:
                chains.append(run)
            else:
                before += run
    return chains


def _before(chains: Sequence[list[Seed]], run: Sequence[Seed]) -> list[Seed] | None:
    """The chain that a run of seeds goes on with, unless a copy of something else stands between."""
    for chain in reversed(chains[-OPEN_CHAINS:]):
        if _continues(chain, run[0], GAP) and run[-1].first + run[-1].length <= chain[0].second:
            return chain
        if len(chain) >= SUBSTANTIAL:
            return None
    return None


def _runs(seeds: Iterable[Seed]) -> list[list[Seed]]:
    done: list[list[Seed]] = []
    growing: list[list[Seed]] = []
    for seed in seeds:
        at = next((n for n, run in enumerate(growing) if _continues(run, seed, DRIFT)), None)
        run = [] if at is None else growing.pop(at)
        run.append(seed)
        growing.insert(0, run)
        if len(growing) > OPEN_CHAINS:
            done.append(growing.pop())
    return sorted(done + growing, key=lambda run: run[0].second)


def _continues(chain: Sequence[Seed], seed: Seed, drift: int) -> bool:
    first, second, length = chain[-1]
    ahead = seed.first - first - length
    apart = seed.second - second - length
    return (
        0 <= ahead <= GAP
        and 0 <= apart <= GAP
        and abs(ahead - apart) <= drift
        and seed.first + seed.length <= chain[0].second
    )


def _is_promising(text: str, chain: Sequence[Seed]) -> bool:
    """Whether a chain is worth aligning: a mere phrase has other neighbours each time it is used."""
    alike = sum(seed.length for seed in chain)
    if alike < PROMISING:
        start, end = chain[0], chain[-1]
        first, second = end.first + end.length, end.second + end.length
        alike += _common(_letters(text, first, first + NEAR), _letters(text, second, second + NEAR))
    if alike < PROMISING:
        before = (_letters(text, max(at - NEAR, 0), at) for at in start[:2])
        alike += _common(*(found[::-1] for found in before))
    return alike >= PROMISING


def _letters(text: str, start: int, end: int) -> str:
    return "".join(filter(str.isalnum, text[start:end]))


def _common(one: str, other: str) -> int:
    """How many letters two strings begin with alike."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
