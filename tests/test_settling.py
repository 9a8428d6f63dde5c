"""Settling: which edits are made where they conflict, and what becomes of the others."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from ykclean.edits import Edit, apply_edits
from ykclean.findings import Finding, Replacements, Rule
from ykclean.settling import OUTCOMES, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

TEXT = "天气,很好.他说,走吧!" * 6
REMOVES = Rule("YK998", "removes", lambda document, settings: (), "{}", "{}")
REPLACES = Rule("YK999", "replaces", lambda document, settings: (), "{0}, should be {1}", "{0}，应为{1}")


def removal(start: int, end: int, *, safe: bool = True) -> Finding:
    return Finding(REMOVES, start, end, (Edit(start, end, TEXT[start:end], ""),), safe)


def marks(*spans: tuple[int, int]) -> Replacements:
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    return Replacements(REPLACES, TEXT, starts, ends, ["，"] * len(spans))


def outcomes(*found: Sequence[Finding], unsafe: bool = True) -> list[tuple[int, int, str]]:
    return [(f.start, f.end, outcome) for f, outcome in settle(found, unsafe=unsafe).in_order()]


@st.composite
def apart(draw: st.DrawFn, longest: int) -> list[tuple[int, int]]:
    """Spans of the text in order, none of which overlaps another."""
    places = sorted(draw(st.sets(st.integers(0, len(TEXT)), max_size=12)))
    return [(start, min(end, start + longest)) for start, end in pairwise(places)]


@st.composite
def removals(draw: st.DrawFn) -> list[Finding]:
    spans = [*draw(apart(40)), *draw(apart(40))]
    return [removal(start, end, safe=draw(st.booleans())) for start, end in spans]


class TestReplacements:
    def test_a_finding_is_made_when_it_is_asked_for(self) -> None:
        found = marks((2, 3), (8, 9))
        assert (len(found), found[1].span, found[-1].edits) == (2, (8, 9), (Edit(8, 9, ",", "，"),))
        assert found[0].message == ",, should be ，"
        assert list(found) == found[:] == [found[0], found[1]]

    def test_there_may_be_none(self) -> None:
        assert list(marks()) == marks()[:] == []


class TestSettle:
    def test_edits_side_by_side_are_all_made(self) -> None:
        settled = settle([[removal(0, 2)], marks((2, 3))])
        assert apply_edits(TEXT, settled.edits).startswith("，很好")
        assert settled.count("applied") == 2

    def test_a_passage_that_goes_takes_its_marks_with_it(self) -> None:
        assert outcomes([removal(1, 20)], marks((2, 3), (8, 9), (20, 21))) == [
            (1, 20, "applied"),
            (2, 3, "superseded"),
            (8, 9, "superseded"),
            (20, 21, "applied"),
        ]

    def test_the_marks_of_a_passage_that_may_not_go_are_mended(self) -> None:
        assert outcomes([removal(1, 20, safe=False)], marks((2, 3)), unsafe=False) == [
            (1, 20, "reported"),
            (2, 3, "applied"),
        ]

    def test_of_two_that_cross_the_larger_one_is_made(self) -> None:
        assert outcomes([removal(0, 9)], [removal(5, 11)]) == [(0, 9, "applied"), (5, 11, "refused")]

    def test_in_one_place_the_later_rule_has_its_way(self) -> None:
        assert outcomes([removal(2, 3)], marks((2, 3))) == [(2, 3, "refused"), (2, 3, "applied")]

    def test_a_finding_is_applied_as_a_whole_or_not_at_all(self) -> None:
        edits = (Edit(0, 1, "天", ""), Edit(4, 6, "好.", ""))
        settled = settle([[Finding(REMOVES, 0, 6, edits)], [removal(3, 8)]])
        assert [edit.span for edit in settled.edits] == [(3, 8)]


@given(removals(), apart(3), apart(1), st.booleans())
def test_columns_settle_as_findings_do(
    plain: list[Finding], first: list[tuple[int, int]], second: list[tuple[int, int]], unsafe: bool
) -> None:
    columns = settle([plain, marks(*first), marks(*second)], unsafe=unsafe)
    singly = settle([plain, list(marks(*first)), list(marks(*second))], unsafe=unsafe)
    assert columns.edits == singly.edits
    assert columns.outcomes == singly.outcomes
    assert columns.count(*OUTCOMES) == len(columns.outcomes)
    for one, other in pairwise(columns.edits):
        assert one.end <= other.start
