"""How a gap stands out among the others of its text."""

from __future__ import annotations

import pytest

from ykclean.curves import EVEN, Curve


def test_the_lowest_gap_ranks_first() -> None:
    curve = Curve([0.9, 0.1, 0.5, 0.9])
    assert [curve.rank(gap) for gap in (1, 2, 3, 4)] == [0.5, 0.0, 0.25, 0.5]


def test_a_valley_lies_below_both_sides() -> None:
    curve = Curve([0.8, 0.7, 0.2, 0.6, 0.8])
    value, rank, before, behind = curve.valley(3)
    usual = 3.1 / 5 + EVEN
    assert rank == 0
    assert value == pytest.approx(0.2 / usual)
    assert before == behind == pytest.approx(-0.6 / usual)


def test_the_top_of_a_hill_is_no_valley() -> None:
    assert Curve([0.1, 0.9, 0.1]).valley(2)[2:] == [0, 0]


def test_one_gap_alone() -> None:
    assert Curve([0.5]).valley(1)[1:] == [0.0, 0.0, 0.0]
