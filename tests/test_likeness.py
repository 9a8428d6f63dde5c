"""Seeds, chains, alignments and the judging of differences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ykclean.alignment import Alignment, align
from ykclean.edits import Span
from ykclean.facts import Judged, judge_differences
from ykclean.letters import letters
from ykclean.likeness import NEAREST, find_anchors, find_chains, pair_anchors

PASSAGE = (
    "凌晨四点，渔港码头的灯全亮了。老陈把最后一筐梭子蟹搬上岸，蹲在船头抽了根烟。司机们靠着车门打着瞌睡。"
)
OTHER = "太阳升起来的时候，码头又安静了，只剩下几只海鸥在船舷上走来走去。"
WORDS = st.sampled_from(
    ["渔港码头的灯全亮了", "老陈搬螃蟹", "，", "。", "\n", "今天", "他说天气很好很好", "1", "ａ", " "]
)


def judged(first: str, second: str) -> Judged:
    text = f"{first}\n{OTHER}\n{second}"
    return judge_differences(alignment(first, second).differences, letters(text, Span(0, len(first))), text)


def alignment(first: str, second: str, between: str = OTHER) -> Alignment:
    text = f"{first}\n{between}\n{second}"
    chains = find_chains(text, pair_anchors(find_anchors(text)))
    assert len(chains) == 1
    return align(text, chains[0])


@given(st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_seeds_are_equal_characters_in_order(text: str) -> None:
    seconds = []
    for first, second, length in pair_anchors(find_anchors(text)):
        assert text[first : first + length] == text[second : second + length]
        assert second - first >= NEAREST
        seconds.append(second)
    assert seconds == sorted(seconds)


@given(st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_alignments_keep_apart_and_inside_the_text(text: str) -> None:
    for chain in find_chains(text, pair_anchors(find_anchors(text))):
        (a, b), (c, d), _ = align(text, chain)
        assert 0 <= a < b <= c < d <= len(text)


@given(st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_aligned_letters_are_equal_but_for_the_differences(text: str) -> None:
    for chain in find_chains(text, pair_anchors(find_anchors(text))):
        first, second, differences = align(text, chain)
        if not differences:
            assert letters(text, first) == letters(text, second)
        else:
            ours = len(letters(text, first)) - sum(len(d.ours) for d in differences)
            theirs = len(letters(text, second)) - sum(len(d.theirs) for d in differences)
            assert ours == theirs


def test_alignment_covers_both_passages() -> None:
    found = alignment(PASSAGE, PASSAGE)
    assert found.first == Span(0, len(PASSAGE) - 1)
    assert found.second.end - found.second.start == len(PASSAGE) - 1
    assert found.differences == ()


def test_width_and_punctuation_make_no_difference() -> None:
    wide = "去年捕捞量是１２３４吨，比前年多出一成。今年的计划还没有最后定下来，要等渔政部门通知。"
    half = "去年捕捞量是1234吨,比前年多出一成。今年的计划还没有最后定下来,要等渔政部门通知。"
    assert alignment(wide, half).differences == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("四点", "五点"),
        ("老陈", "老赵"),
        ("上岸", "下岸"),
        ("抽了根烟", "没抽根烟"),
        ("梭子蟹", "皮皮虾"),
        ("码头的灯", "机场的灯"),
        ("在船头", "在桥头"),
    ],
)
def test_other_facts(before: str, after: str) -> None:
    assert judged(PASSAGE, PASSAGE.replace(before, after)).facts


@pytest.mark.parametrize(("before", "after"), [("筐", "箧"), ("蟹", "蠏"), ("蹲", "镦"), ("烟", "炟")])
def test_accidents(before: str, after: str) -> None:
    found = judged(PASSAGE, PASSAGE.replace(before, after))
    assert (found.facts, found.accidents, found.odd_first, found.odd_second) == (False, 1, 0, 1)


def test_the_same_change_twice_is_no_accident() -> None:
    text = "林小满把书包放下就去喂鸡。林小满的外婆坐在门槛上择菜，看见她就笑。院子里的石榴已经红了一半。"
    assert judged(text, text.replace("满", "滢")).facts


def test_a_lost_clause_is_in_one_passage_only() -> None:
    found = judged(PASSAGE, PASSAGE.replace("蹲在船头", ""))
    assert not found.facts
    assert [d.ours for d in found.only_first] == ["蹲在船头"]
    assert found.only_second == ()


def test_text_without_punctuation_has_anchors() -> None:
    bare = letters(PASSAGE + OTHER + PASSAGE[::-1], Span(0, 500))
    text = f"{PASSAGE}{OTHER}\n{PASSAGE[::-1]}\n好。\n{bare}"
    assert any(second > text.index("好。") for _, second, _ in pair_anchors(find_anchors(text)))


@pytest.mark.parametrize("unit", ["好", "今天天气非常好，", "，", PASSAGE, letters(PASSAGE, Span(0, 99))])
def test_work_is_linear(unit: str) -> None:
    def aligned(size: int) -> int:
        """So many characters are looked at closer."""
        text = unit * (size // len(unit))
        found = [align(text, chain) for chain in find_chains(text, pair_anchors(find_anchors(text)))]
        return sum(one.second.end - one.second.start for one in found)

    assert aligned(80_000) <= 4.5 * aligned(20_000) + 1_000
