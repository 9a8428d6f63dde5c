"""Kicker, title, subtitle: the ranks of the lines above an article."""

from __future__ import annotations

import pytest

from ykclean import read
from ykclean.headlines import headline_roles

STORY = "连日的暴雨过后，清河水位昨天下午开始回落，沿岸三个村的村民陆续回到家中。"


@pytest.mark.parametrize(
    ("lines", "roles"),
    [
        ([], []),
        (["清河水位回落"], ["title"]),
        (["清河水位回落", "——柳树村守堤记"], ["title", "subtitle"]),
        (["县长在防汛会上强调", "守住每一寸堤"], ["kicker", "title"]),
        (["縣長在防汛會上指出", "守住每一寸堤", "三村備足沙袋"], ["kicker", "title", "subtitle"]),
        (["【今日谈】", "守住每一寸堤"], ["kicker", "title"]),
        (["■ 调查", "守住每一寸堤"], ["kicker", "title"]),
        (["今日谈", "守住每一寸堤也守住人心"], ["kicker", "title"]),
        (["清河水位回落", "●三村备足沙袋"], ["title", "subtitle"]),
        (["今日谈", "——守住每一寸堤也守住人心"], ["title", "subtitle"]),
        (["清河水位回落 村民陆续回家", "河堤没有新的险情"], ["title", "subtitle"]),
    ],
)
def test_ranks(lines: list[str], roles: list[str]) -> None:
    assert headline_roles(lines) == roles


def test_a_headline_behind_the_byline_is_a_subhead() -> None:
    document = read("\n".join(["守住每一寸堤", "本报记者 何平", "水从哪里来", STORY]))
    assert [p.role for p in document.paragraphs] == ["title", "byline", "subhead", "body"]


def test_the_title_is_below_the_kicker() -> None:
    (article,) = read("\n".join(["县长在防汛会上强调", "守住每一寸堤", "本报记者 何平", STORY])).articles
    assert (article.title, article.byline) == ("守住每一寸堤", "本报记者 何平")
