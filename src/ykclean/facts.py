"""Near-equal is not equal: do two aligned passages differ in what they say, or by accident?

Daily reports share nine tenths of their words and differ in every fact. A fact that differs shows
in digits, numerals, names, directions and negations, in whole words, and in the same change made
twice; an accident is a single wrong character here and there, mostly a rare one.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ykclean.signs import CONTRARIES, NEGATIONS, NUMERALS, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.alignment import Difference

STRAY = 2
"""So many letters more or less are an accident; more are text that only one passage has."""
ACCIDENTS = 0.04
PLAIN_ACCIDENTS = 0.015
"""How many letters may be wrong by accident, as a share, and how many of them by a common one."""
CLOSE = 2
"""Differences that are no more letters apart belong together."""


class Judged(NamedTuple):
    """The differences of an alignment, judged.

    ``facts`` tells whether the passages say different things; ``only_first`` and ``only_second`` are
    the stretches that one of them has and the other lacks; ``odd_first`` and ``odd_second`` count
    the rare characters that stand in the place of other ones.
    """

    facts: bool
    accidents: int
    only_first: tuple[Difference, ...]
    only_second: tuple[Difference, ...]
    odd_first: int
    odd_second: int


def judge_differences(differences: Sequence[Difference], size: int) -> Judged:
    """Judge the differences of two passages of ``size`` letters."""
    changes: list[Difference] = []
    only_first: list[Difference] = []
    only_second: list[Difference] = []
    for difference in differences:
        if (difference.ours and difference.theirs) or _is_stray(difference):
            changes.append(difference)
        elif difference.ours:
            only_first.append(difference)
        else:
            only_second.append(difference)
    pairs = [pair for change in changes for pair in _pairs(change)]
    worn = 2 * sum(map(_is_plain, pairs)) < len(pairs)
    return Judged(
        _too_many(pairs, size) or any(_is_fact(group, worn) for group in _groups(changes)),
        len(pairs),
        tuple(only_first),
        tuple(only_second),
        sum(_is_rare(ours) and not _is_rare(theirs) for ours, theirs in pairs),
        sum(_is_rare(theirs) and not _is_rare(ours) for ours, theirs in pairs),
    )


def _is_stray(difference: Difference) -> bool:
    extra = difference.ours or difference.theirs
    return len(extra) <= STRAY or all(char in NUMERALS for char in extra)


def _pairs(change: Difference) -> Iterator[tuple[str, str]]:
    """Which letter stands in the place of which; an empty string where there is none."""
    ours, theirs = change.ours, change.theirs
    size = max(len(ours), len(theirs))
    return ((ours[at : at + 1], theirs[at : at + 1]) for at in range(size))


def _too_many(pairs: Sequence[tuple[str, str]], size: int) -> bool:
    """Whether so many letters differ, or the same two so often, that it is no accident."""
    plain = sum(map(_is_plain, pairs))
    counts = Counter(pairs)
    return (
        len(pairs) > 3 + ACCIDENTS * size
        or plain > 3 + PLAIN_ACCIDENTS * size
        or any(count > 1 for (ours, theirs), count in counts.items() if ours and theirs)
    )


def _groups(changes: Iterable[Difference]) -> Iterator[list[tuple[str, str]]]:
    """The changes that stand so close together that they may change one word."""
    group: list[tuple[str, str]] = []
    last = None
    for change in changes:
        if last is not None and change.first.start - last.first.end >= CLOSE:
            yield group
            group = []
        group += _pairs(change)
        last = change
    if group:
        yield group


def _is_fact(group: Sequence[tuple[str, str]], worn: bool) -> bool:
    """Whether what differs here is a number, a name, a direction, a negation, or a whole word.

    In a ``worn`` passage most wrong letters are rare ones: some name among them is an accident too.
    """
    if any(_is_number(pair) or (not worn and _is_telling(pair)) for pair in group):
        return True
    return len(group) > 1 and 2 * sum(map(_is_plain, group)) > len(group)


def _is_number(pair: tuple[str, str]) -> bool:
    ours, theirs = pair
    if not (ours and theirs):
        return (ours or theirs) in NUMERALS
    return ours.isascii() or theirs.isascii() or (ours in NUMERALS and theirs in NUMERALS)


def _is_telling(pair: tuple[str, str]) -> bool:
    ours, theirs = pair
    if not (ours and theirs):
        return (ours or theirs) in NEGATIONS
    return any(ours in kind and theirs in kind for kind in (CONTRARIES, SURNAMES))


def _is_plain(pair: tuple[str, str]) -> bool:
    """Whether both are everyday characters of one script: a wrong one by accident is mostly not."""
    return all(map(_is_simplified, pair)) or all(map(_is_traditional, pair))


def _is_rare(char: str) -> bool:
    return not _is_simplified(char) and not _is_traditional(char)


@lru_cache(4096)
def _is_simplified(char: str) -> bool:
    """Whether it is in the first level of GB 2312, the 3,755 most used (or no Han character at all)."""
    return char.isascii() or b"\xb0" <= char.encode("gb2312", "ignore")[:1] <= b"\xd7"


@lru_cache(4096)
def _is_traditional(char: str) -> bool:
    """Whether it is in the first level of Big5, the 5,401 most used (or no Han character at all)."""
    return char.isascii() or b"\xa4" <= char.encode("big5", "ignore")[:1] <= b"\xc6"
