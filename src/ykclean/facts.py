"""Near-equal is not equal: do two aligned passages differ in what they say, or by accident?

Daily reports share nine tenths of their words and differ in every fact. A fact that differs shows
in digits, numerals, names, directions and negations, in whole words, and in the same change made
twice; an accident is a single wrong character here and there, mostly a rare one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ykclean.hanzi import fold
from ykclean.ngrams import news_ngrams
from ykclean.signs import CONTRARIES, NEGATIONS, NUMERALS, SURNAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.edits import Span
    from ykclean.letters import Difference

Pair = tuple[str, str]
Everyday = Callable[[str], bool]

STRAY = 2
"""So many letters more or less are an accident; more are text that only one passage has."""
MOST_ACCIDENTS = 3
ACCIDENTS = 0.04
PLAIN_ACCIDENTS = 0.015
"""So many letters may be wrong by accident, and such a share besides; a lower one by everyday letters."""
OFTEN = 4.0
"""The binary logarithm of how often news have two characters side by side that make sense together."""
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


def judge_differences(differences: Sequence[Difference], passage: str, text: str) -> Judged:
    """Judge the differences of two passages of a text; ``passage`` is what the letters of one of them are."""
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
    everyday = _everyday(passage) if pairs else _is_simplified
    odd = [(not everyday(ours), not everyday(theirs)) for ours, theirs in pairs]
    return Judged(
        _differ_in_fact(changes, pairs, len(passage), everyday, text),
        len(pairs),
        tuple(only_first),
        tuple(only_second),
        sum(ours and not theirs for ours, theirs in odd),
        sum(theirs and not ours for ours, theirs in odd),
    )


def _differ_in_fact(
    changes: Sequence[Difference], pairs: Sequence[Pair], size: int, everyday: Everyday, text: str
) -> bool:
    """Whether what was changed is too much, or too meaningful, for an accident."""
    plain = [everyday(ours) and everyday(theirs) for ours, theirs in pairs]
    if len(pairs) > MOST_ACCIDENTS + ACCIDENTS * size or sum(plain) > MOST_ACCIDENTS + PLAIN_ACCIDENTS * size:
        return True
    if any(count > 1 for count in Counter(pairs).values()):
        return True
    worn = 2 * sum(plain) < len(pairs)
    if changes and all(_are_words(change, everyday, text) for change in changes):
        return True
    return any(_is_fact(group, everyday, worn) for group in _groups(changes))


def _is_stray(difference: Difference) -> bool:
    extra = difference.ours or difference.theirs
    return len(extra) <= STRAY or all(char in NUMERALS for char in extra)


def _pairs(change: Difference) -> Iterator[Pair]:
    """Which letter stands in the place of which; an empty string where there is none."""
    ours, theirs = change.ours, change.theirs
    size = max(len(ours), len(theirs))
    return ((ours[at : at + 1], theirs[at : at + 1]) for at in range(size))


def _groups(changes: Iterable[Difference]) -> Iterator[list[Pair]]:
    """The changes that stand so close together that they may change one word."""
    group: list[Pair] = []
    last = None
    for change in changes:
        if last is not None and change.first.start - last.first.end >= CLOSE:
            yield group
            group = []
        group += _pairs(change)
        last = change
    if group:
        yield group


def _is_fact(group: Sequence[Pair], everyday: Everyday, worn: bool) -> bool:
    """Whether what differs here is a number, a name, a direction, a negation, or a whole word.

    In a ``worn`` passage most wrong letters are rare ones: some name among them is an accident too.
    """
    if any(_is_number(pair) or (not worn and _is_telling(pair)) for pair in group):
        return True
    plain = sum(everyday(ours) and everyday(theirs) for ours, theirs in group)
    return len(group) > 1 and 2 * plain > len(group)


def _are_words(change: Difference, everyday: Everyday, text: str) -> bool:
    """Whether either of two letters makes sense where it stands: 有明显的 and 无明显的, 刘建国 and 刘建军.

    A letter that was misread, or mistyped, hardly ever goes together with those on both sides.
    """
    ours, theirs = change.ours, change.theirs
    if not (len(ours) == len(theirs) == 1 and everyday(ours) and everyday(theirs)):
        return False
    return _fits(text, change.first) and _fits(text, change.second)


def _fits(text: str, letter: Span) -> bool:
    """Whether a letter is known to stand behind the one before it and before the next, or often by one."""
    around = fold(text[max(letter.start - 1, 0) : letter.end + 1])
    rarer, other = sorted(map(news_ngrams().log_count, (around[:2], around[1:])))
    return len(around) == 3 and (rarer >= 0 or other >= OFTEN)


def _is_number(pair: Pair) -> bool:
    ours, theirs = pair
    if not (ours and theirs):
        return (ours or theirs) in NUMERALS
    return ours.isascii() or theirs.isascii() or (ours in NUMERALS and theirs in NUMERALS)


def _is_telling(pair: Pair) -> bool:
    ours, theirs = pair
    if not (ours and theirs):
        return (ours or theirs) in NEGATIONS
    return any(ours in kind and theirs in kind for kind in (CONTRARIES, SURNAMES))


def _everyday(passage: str) -> Everyday:
    """The test for everyday characters of the script that the passage is written in."""
    simplified = len(passage.encode("gb2312", "ignore"))
    return _is_simplified if simplified >= len(passage.encode("big5", "ignore")) else _is_traditional


@lru_cache(4096)
def _is_simplified(char: str) -> bool:
    """Whether it is in the first level of GB 2312, the 3,755 most used (or no Han character at all)."""
    return char.isascii() or b"\xb0" <= char.encode("gb2312", "ignore")[:1] <= b"\xd7"


@lru_cache(4096)
def _is_traditional(char: str) -> bool:
    """Whether it is in the first level of Big5, the 5,401 most used (or no Han character at all)."""
    return char.isascii() or b"\xa4" <= char.encode("big5", "ignore")[:1] <= b"\xc6"
