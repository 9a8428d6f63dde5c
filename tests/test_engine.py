"""What a second clean would do is done by the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ykclean
from ykclean.edits import Edit, apply_edits, source_offsets

if TYPE_CHECKING:
    from collections.abc import Callable

REST = (
    "增加了三成，老人们说从没见过这样的热闹。桥头的茶馆换了新招牌，掌柜从早忙到晚，连说书的先生也加了两场。"
    "赶集的人散去以后，河滩上的孩子还要玩到天黑，各家的灯一盏一盏亮起来。"
)
BROKEN = f"今年春天镇上修了新桥，往来的人比过去多了许多，集市上的摊位也\n\n{REST}"
BETWEEN = "镇里的小学离桥不远，校长姓裘，在这里教了二十六年书，学生里有木匠，也有医生。\n\n"


def test_a_copy_that_goes_no_longer_speaks_against_a_join() -> None:
    text = f"{BROKEN}\n\n{BETWEEN}{BETWEEN.replace('校长', '老师').replace('裘', '仇')}{REST}\n"
    document = ykclean.read(text)
    assert [repeat.copy for repeat in document.repeats] == [(text.rindex(REST), len(text) - 1)]
    cleaned = ykclean.clean(text)
    assert "集市上的摊位也增加了三成" in cleaned.text
    assert ykclean.clean(cleaned.text).text == cleaned.text


def test_lines_between_which_a_copy_stands_are_not_joined() -> None:
    text = f"{BETWEEN}{REST}\n\n河上的船\n\n{REST}\n\n都在下游靠岸，船工说水浅的时候过不去。\n"
    cleaned = ykclean.clean(text)
    assert cleaned.text.count(REST) == 1
    assert "河上的船\n\n都在下游靠岸" in cleaned.text


@pytest.mark.parametrize(
    ("edits", "offsets", "expected"),
    [
        ([], [0, 3, 6], [0, 3, 6]),
        ([Edit(1, 3, "bc", "")], [0, 1, 2], [0, 3, 4]),
        ([Edit(2, 2, "", "xy")], [1, 2, 3, 4, 5], [1, 2, 2, 2, 3]),
        ([Edit(0, 1, "a", ""), Edit(2, 4, "cd", "x")], [0, 1, 2], [1, 2, 4]),
    ],
)
def test_offsets_of_the_edited_text_lie_behind_what_was_deleted(
    edits: list[Edit], offsets: list[int], expected: list[int]
) -> None:
    edited = apply_edits("abcdef", edits)
    assert max(offsets) <= len(edited)
    assert source_offsets(offsets, edits) == expected


def test_the_gap_behind_a_copy_that_goes_is_two_blank_lines() -> None:
    first = f"{BETWEEN}{REST}\n\n{REST}\n\n"
    second = (
        "旧书摊的最后一天\n\n本报记者 尚若溪\n\n本报青禾讯 城南的旧书摊昨天收了。摊主姓顾，今年七十一岁。\n\n"
        "他说书卖不动了，腿也站不住了，把剩下的书都送给了隔壁的学校。\n\n学校给他开了一间小屋，每周三下午，他去给孩子们讲书里的事。\n"
    )
    cleaned = ykclean.clean(first + second)
    assert [article.title for article in cleaned.articles][1:] == ["旧书摊的最后一天"]
    assert f"{REST}\n\n\n旧书摊的最后一天" in cleaned.text
    assert ykclean.clean(cleaned.text).text == cleaned.text


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_of_any_sort_are_decoded(kind: Callable[[bytes], bytes]) -> None:
    assert ykclean.clean(kind("他说,好。".encode("gbk"))).text == "他说，好。"


@pytest.mark.parametrize("source", [None, 3, ["他说,好。"]])
def test_what_is_no_source_is_told(source: Any) -> None:
    with pytest.raises(TypeError, match=r"a text \(str\), the bytes of a file or its Path is needed, not"):
        ykclean.clean(source)
