"""Lines that no sentence runs into, or out of."""

from __future__ import annotations

import pytest

from ykclean.standalone import heads_article

STORY = "连日的暴雨过后，清河水位昨天下午开始回落，沿岸三个村的村民陆续回到家中。"


@pytest.mark.parametrize(
    "line",
    [
        "大雨连下三天 村民上堤守夜",
        "屋漏偏逢病 6口人挤一间房",
        "单身父带病出工 “再苦也要撑”",
        "大雨连下三天 村民上堤守夜 水泵全开",
    ],
)
def test_phrases_with_spaces_between_are_a_headline(line: str) -> None:
    assert heads_article(line, STORY)


@pytest.mark.parametrize(
    "line",
    [
        "水退以后要先清沟，再扶苗",
        "他说 “水退了，人也回来了。”",
        "县防汛办说，河堤没有出现新的险情 三个村的村民都说，水泵也够用",
        "大雨连下三天 村民上堤守夜。",
    ],
)
def test_sentences_are_none(line: str) -> None:
    assert not heads_article(line, STORY)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("一个人的堤——记守堤人老何", STORY),
        ("守住每一寸堤（附图片）", STORY),
        ("南城开建“渔文化”馆", "本报讯 " + STORY),
    ],
)
def test_a_subtitle_a_picture_or_a_dateline_tells_a_headline(line: str, following: str) -> None:
    assert heads_article(line, following)


@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("他的日记——记录了每一天的水位", STORY),
        ("他说：“水退了，人也回来了。”", "本报讯 " + STORY),
        ("南城开建“渔文化”馆", STORY),
    ],
)
def test_what_looks_alike_tells_none(line: str, following: str) -> None:
    assert not heads_article(line, following)
