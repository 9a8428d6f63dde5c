"""Lexical chains: which words begin, go on and stop at a gap between units."""

from __future__ import annotations

from ykclean.chains import HIATUS, Chain, Chains, find_chains

EVERYWHERE, FERRY, BRIDGE = 1, 2, 3
STORIES = [frozenset({EVERYWHERE, FERRY})] * 4 + [frozenset({EVERYWHERE, BRIDGE})] * 4
"""Eight units, of which the first four tell another story than the last; one word stands in all of them."""
CROSSING, SHARE, OF_HIGHEST, DIP, BEGIN, STOP = range(6)


def features(gap: int) -> list[float]:
    """What is measured of a gap of the two stories."""
    return Chains(STORIES, {EVERYWHERE: 45, FERRY: 45, BRIDGE: 45}).at(gap)


def test_a_word_that_recurs_makes_a_chain_and_one_that_stands_once_none() -> None:
    units = [frozenset({FERRY}), frozenset({BRIDGE}), frozenset({FERRY})]
    assert list(find_chains(units)) == [Chain(FERRY, 0, 2, 2)]


def test_a_word_that_comes_back_late_begins_another_chain() -> None:
    word, none = frozenset({FERRY}), frozenset[int]()
    units = [word, word, *[none] * HIATUS, word, word]
    assert list(find_chains(units)) == [Chain(FERRY, 0, 1, 2), Chain(FERRY, HIATUS + 2, HIATUS + 3, 2)]


def test_no_chain_crosses_from_one_story_into_another() -> None:
    assert features(4)[CROSSING] == features(4)[SHARE] == 0
    assert all(features(gap)[CROSSING] > 0 for gap in (1, 2, 3, 5, 6, 7))
    assert features(4)[DIP] == max(features(gap)[DIP] for gap in range(1, 8))


def test_chains_begin_and_stop_where_a_story_does() -> None:
    for kind in (BEGIN, STOP):
        assert features(4)[kind] == max(features(gap)[kind] for gap in range(2, 8))


def test_what_the_whole_text_is_about_says_nothing() -> None:
    chains = Chains([frozenset({EVERYWHERE})] * 8, {EVERYWHERE: 45})
    assert all(chains.at(gap) == [0.0] * 6 for gap in range(1, 8))


def test_a_text_of_two_units_has_one_gap() -> None:
    assert Chains([frozenset({FERRY}), frozenset({FERRY})], {FERRY: 45}).at(1) == [0.0] * 6
