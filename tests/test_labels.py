"""The mark of a medium with which a page opens each of its stories."""

from __future__ import annotations

import pytest

from ykclean.cohesion import LABELLED, Evidence, Unit, Words
from ykclean.headers import label
from ykclean.lexicon import news_lexicon


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("山城网消息（晚间新闻）：林望川到北岸镇调研。", "山城网消息"),
        ("本报讯 林望川到北岸镇调研。", "本报讯"),
        ("山城社北岸5月6日电 林望川到北岸镇调研。", ""),
        ("据山城网消息，林望川到北岸镇调研。", ""),
        ("林望川到北岸镇调研。", ""),
    ],
)
def test_a_mark_has_no_day(text: str, mark: str) -> None:
    assert label(text) == mark


def known(*units: Unit) -> float:
    """What tells the last unit from those before it, if all words are alike."""
    lexicon = news_lexicon()
    gap = len(units) - 1
    evidence = Evidence(units, Words(units, lexicon.frequent), lexicon, [gap])
    return evidence.known(0, gap, len(units))


def test_a_mark_that_recurs_tells_stories_apart() -> None:
    first, more = Unit((), "山城网消息：林望川到北岸镇调研。"), Unit((), "他看了种子仓库。")
    assert known(first, more, Unit((), "山城网消息：何秋实到南岸镇调研。")) == LABELLED
    assert known(first, more, Unit((), "山城报讯 何秋实到南岸镇调研。")) == 0.0
    assert known(first, more, more) == 0.0


def test_below_a_headline_it_tells_nothing_more() -> None:
    first = Unit((), "山城网消息：林望川到北岸镇调研。")
    assert known(first, Unit(("南岸镇春耕开始",), "山城网消息：何秋实到南岸镇调研。")) == 0.0
