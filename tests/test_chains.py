"""Lexical chains: where the words of a text stop and start."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ykclean.chains import HIATUS, LONGEST, Chains

RARITY = dict.fromkeys(range(10), 50)


def going_on(units: list[set[int]]) -> list[float]:
    chains = Chains([frozenset(unit) for unit in units], RARITY)
    return [chains.going_on(gap) for gap in range(1, len(units))]


def test_one_story_stops_where_another_starts() -> None:
    shares = going_on([{1, 2}, {1}, {1, 2}, {3, 4}, {4}, {3, 4}])
    assert shares.index(min(shares)) == 2
    assert shares[2] == 0


def test_a_theme_that_all_units_share_says_nothing() -> None:
    units = [{1, 2}, {1}, {1, 2}, {3, 4}, {4}, {3, 4}]
    assert going_on([unit | {9} for unit in units]) == going_on(units)


def test_a_chain_lasts_over_a_short_pause_only() -> None:
    short: list[set[int]] = [{1}, *(set() for _ in range(HIATUS - 1)), {1}, set()]
    long: list[set[int]] = [{1}, *(set() for _ in range(HIATUS)), {1}, set()]
    assert going_on(short)[1] > 0
    assert not any(going_on(long))


def test_what_is_rare_says_more() -> None:
    """Across the second gap one word goes on and another begins."""
    units = [
        frozenset({1}),
        frozenset({1}),
        frozenset({1, 2}),
        frozenset({2}),
        frozenset[int](),
        frozenset[int](),
    ]
    rare, common = Chains(units, {1: 90, 2: 30}), Chains(units, {1: 30, 2: 90})
    assert rare.going_on(2) > common.going_on(2) > 0


def test_in_a_long_text_too() -> None:
    units = [{1 + number // 8 % 2} for number in range(4 * LONGEST)]
    shares = going_on(units)
    assert all(shares[gap - 1] == 0 for gap in range(8, len(units), 8))
    assert all(shares[gap - 1] > 0 for gap in range(4, len(units), 8))


def test_no_units_and_one() -> None:
    assert going_on([]) == []
    assert going_on([{1}]) == []


@given(st.lists(st.sets(st.integers(0, 9)), max_size=30))
def test_a_share_is_one(units: list[set[int]]) -> None:
    assert all(-1e-9 <= share <= 1 for share in going_on(units))
