"""Where a text says the same thing again: anchors, and the chains they form.

Exact clauses are the seeds: Chinese marks every clause, so they need no segmentation, and a copy
with other paragraph breaks, other punctuation or stray wrong characters keeps most of them. Seeds
that keep their order and distance in both places form a chain, and only chains are looked at
closer (``alignment``). Nothing here is more than linear in the text.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

CLAUSE = pattern(r"[\u3400-\u9fff]{7,}")
"""A run of Han characters long enough for a seed; shorter ones recur everywhere."""
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
APART = 50
"""A copy that does not follow the other one needs so many letters, in two sentences at least."""
GLANCE = 16
KINSHIP = 0.35
"""Letters beyond a chain that have less than this share in common go on about something else."""
MARGIN = 8
"""So many letters may belong to a passage that differ."""


Anchor = tuple[int, str]
"""Where a clause stands that stands elsewhere too, and the clause."""


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
    long = {clause for clause in counts if len(clause) > LONG_CLAUSE}
    return sorted({*found, *_blocks(text, clauses, long)}) if long else found


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
    for clause in filter(wanted.__contains__, clauses):
        at = text.index(clause, at)
        while _inside_longer(text, at, at + len(clause)):
            at = text.index(clause, at + 1)
        yield at, clause
        at += len(clause)


def _inside_longer(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    return "\u3400" <= before <= "\u9fff" or "\u3400" <= after <= "\u9fff"


def _blocks(text: str, clauses: Sequence[str], long: AbstractSet[str]) -> Iterator[Anchor]:
    """Anchors for text that lost its punctuation: blocks of characters in place of clauses.

    A block stands where a clause begins and at every ``BLOCK``-th character of a long one; long
    clauses are searched for them character by character.
    """
    if sum(map(len, long)) < FEW:
        grams = {gram for clause in long for gram, _ in _grams(clause)}
        clauses = [clause for clause in clauses if clause[:BLOCK] in grams]
    hits = _hits(clauses, long)
    wanted = {clause for clause in clauses if clause in long or clause[:BLOCK] in hits} if hits else hits
    end = 0
    for start, clause in _positions(text, clauses, wanted):
        if clause not in long:
            yield start, clause[:BLOCK]
            continue
        for at, (gram, _) in enumerate(_grams(clause), start):
            if at >= end and gram in hits:
                yield at, gram
                end = at + BLOCK


def _hits(clauses: Iterable[str], long: AbstractSet[str]) -> set[str]:
    """The characters of long clauses that are a block somewhere else."""
    blocks = Counter(clause[:BLOCK] for clause in clauses)
    for clause in filter(long.__contains__, clauses):
        blocks.update(clause[at : at + BLOCK] for at in range(BLOCK, len(clause) - BLOCK, BLOCK))
    return {gram for clause in long for gram, expected in _grams(clause) if blocks[gram] > expected}


def _grams(clause: str) -> Iterator[tuple[str, bool]]:
    """Each run of ``BLOCK`` characters, and whether it is itself a block."""
    last = len(clause) - BLOCK
    return ((clause[at : at + BLOCK], at % BLOCK == 0 and at < max(last, 1)) for at in range(last + 1))


def neighbourhoods(seeds: Iterable[Seed]) -> Iterator[list[Seed]]:
    """Group seeds (ordered by ``second``) that are near enough to each other for one chain."""
    near: list[Seed] = []
    reach = 0
    for seed in seeds:
        if near and seed.second > reach:
            yield near
            near = []
        near.append(seed)
        end = seed.second + seed.length + GAP
        if end > reach:
            reach = end
    if near:
        yield near


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
            open_chain = _open_chain(chains, run)
            if open_chain is None:
                chains.append(run)
            else:
                open_chain += run
    return chains


def _open_chain(chains: Sequence[list[Seed]], run: Sequence[Seed]) -> list[Seed] | None:
    """The chain that a run of seeds goes on with, unless a copy of something else stands between."""
    for chain in reversed(chains[-OPEN_CHAINS:]):
        if _continues(chain, run[0], GAP) and run[-1].first + run[-1].length <= chain[0].second:
            return chain
        if len(chain) >= SUBSTANTIAL:
            return None
    return None


def _runs(seeds: Iterable[Seed]) -> list[list[Seed]]:
    runs: list[list[Seed]] = []
    growing: list[list[Seed]] = []
    for seed in seeds:
        growing = [run for run in growing if seed.second <= run[-1].second + run[-1].length + GAP]
        at = next((n for n, run in enumerate(growing) if _continues(run, seed, DRIFT)), None)
        if at is None:
            run: list[Seed] = []
            runs.append(run)
        else:
            run = growing.pop(at)
        run.append(seed)
        growing.insert(0, run)
        del growing[OPEN_CHAINS:]
    return runs


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
    """Whether a chain is worth a closer look: a mere phrase has other neighbours each time it is used."""
    alike = sum(seed.length for seed in chain)
    if alike < PROMISING:
        alike += _common(*_after(text, chain, PROMISING))
    if alike < PROMISING:
        alike += _common(*_before(text, chain, PROMISING))
    return alike >= PROMISING


def is_isolated(text: str, chain: Sequence[Seed], enough: int) -> bool:
    """Whether two passages have fewer letters than ``enough``, something else around, and between them."""
    from rapidfuzz.distance import Indel, Prefix

    start, end = chain[0], chain[-1]
    size = end.second + end.length - start.second + MARGIN
    if size > enough:
        return False
    between = text[end.first + end.length : min(start.second, end.first + 2 * enough)]
    room = sum(map(str.isalnum, between)) - MARGIN
    for sides in (_after(text, chain, len(between)), _before(text, chain, len(between))):
        ours, theirs = ("".join(filter(str.isalnum, side)) for side in sides)
        alike = Prefix.similarity(ours, theirs)
        size, room = size + alike, room - alike
        beyond = ours[alike : alike + GLANCE], theirs[alike : alike + GLANCE]
        if size > enough or room < 0 or Indel.normalized_similarity(*beyond, score_cutoff=KINSHIP):
            return False
    return True


def is_same(text: str, chain: Sequence[Seed]) -> bool:
    """Whether a glance shows two passages to be the same, mark by mark, in the lines they stand in."""
    (first, second, _), end = chain[0], chain[-1]
    if text[first : end.first + end.length] != text[second : end.second + end.length]:
        return False
    around = _after(text, chain, 2 * GLANCE), _before(text, chain, 2 * GLANCE)
    return all(ours.split("\n", 1)[0] == theirs.split("\n", 1)[0] for ours, theirs in around)


def _after(text: str, chain: Sequence[Seed], size: int) -> list[str]:
    """What stands after the two passages of a chain."""
    first, second, length = chain[-1]
    return [text[at + length : at + length + size] for at in (first, second)]


def _before(text: str, chain: Sequence[Seed], size: int) -> list[str]:
    """What stands before the two passages of a chain, read backwards."""
    return [text[max(at - size, 0) : at][::-1] for at in chain[0][:2]]


def _common(one: str, other: str) -> int:
    """How many letters and digits two strings begin with alike."""
    count = 0
    for ours, theirs in zip(filter(str.isalnum, one), filter(str.isalnum, other), strict=False):
        if ours != theirs:
            break
        count += 1
    return count
