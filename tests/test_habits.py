"""How papers and sites mark their stories: marks of media, and dispatches below one headline."""

from __future__ import annotations

import pytest

from ykclean.cohesion import Unit
from ykclean.dispatches import FAR
from ykclean.habits import CONNECTED, FURTHER, LABELLED, PART, SERIES, TWICE, WRITTEN, Beside, Habits
from ykclean.headers import label
from ykclean.lexicon import VERY_RARE, bigrams
from ykclean.speakers import People


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


MORE = Unit((), "他看了种子仓库。")


def last(*units: Unit) -> float:
    """What is told of the last unit, if those before it are one story."""
    return Habits(units).apart(0, len(units) - 1)


def test_a_word_that_goes_on_opens_no_article() -> None:
    first = Unit((), "林望川到北岸镇调研。")
    assert last(first, Unit((), "首先，种子要备足。")) == -CONNECTED
    assert last(first, Unit(("备耕",), "首先，种子要备足。")) == 0.0
    assert last(first, Unit((), "该镇的种子已经备足。")) == 0.0


@pytest.mark.parametrize(
    "head", ["二、怎样选种", "2. 怎样选种", "（三）怎样选种", "9　怎样选种", "误区一：种子越贵越好", "看点一"]
)
def test_the_parts_of_a_text_have_numbers(head: str) -> None:
    assert last(MORE, MORE._replace(lines=(head,))) == -PART


@pytest.mark.parametrize(
    "head", ["3.5万亩水稻插完", "2024年春耕开始", "三村备汛", "一村一品开了花", "问题种子全部召回"]
)
def test_other_numbers_tell_nothing(head: str) -> None:
    assert last(MORE, MORE._replace(lines=(head,))) == 0.0


@pytest.mark.parametrize(
    "lines", [("本报记者 何平",), ("何平林小雨",), ("县水利局局长闵小雨",), ("何平", "本报评论员")]
)
def test_writers_alone_stand_where_a_headline_is_lost(lines: tuple[str, ...]) -> None:
    assert last(MORE, MORE._replace(lines=lines)) == WRITTEN
    assert last(MORE, MORE._replace(lines=("备耕见闻", *lines))) == 0.0


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (("选好种子", "备足农机", "引水到田"), -SERIES),
        (("北岸", "南岸镇", "三村"), -SERIES),
        (("选好一批种子", "备足五台农机", "引水"), 0.0),
        (("备足农机", "引水到田"), 0.0),
        (("选好种子", "备足农机", "引水到田了！"), 0.0),
    ],
)
def test_several_headlines_of_one_width_are_subheads(heads: tuple[str, ...], told: float) -> None:
    units = [unit for head in heads for unit in (Unit((head,), "他看了种子仓库。"), MORE)]
    assert Habits(units).apart(0, len(units) - 2) == told
    far = [*units[:-2], *[MORE] * FAR, *units[-2:]]
    assert Habits(far).apart(0, len(far) - 2) == 0.0


def test_a_mark_that_recurs_tells_stories_apart() -> None:
    first = Unit((), "山城网消息：林望川到北岸镇调研。")
    assert last(first, MORE, Unit((), "山城网消息：何秋实到南岸镇调研。")) == LABELLED
    assert last(first, MORE, Unit((), "山城报讯 何秋实到南岸镇调研。")) == 0.0
    assert last(first, MORE, MORE) == 0.0


def test_below_a_headline_a_mark_tells_nothing_more() -> None:
    first = Unit((), "山城网消息：林望川到北岸镇调研。")
    assert last(first, Unit(("南岸镇春耕开始",), "山城网消息：何秋实到南岸镇调研。")) == 0.0


def test_a_mark_below_a_headline_and_a_caption_opens_their_story() -> None:
    first = Unit((), "山城网消息：林望川到北岸镇调研。")
    caption = Unit(("南岸镇春耕开始",), "何秋实在种子仓库。视频截图")
    assert last(first, caption, Unit((), "山城网消息：何秋实到南岸镇调研。")) == 0.0


HEADED = Unit(("北岸镇春耕开始",), "山城社北岸5月6日电 林望川到北岸镇调研。")
FURTHER_ONE = Unit((), "据山城社南岸5月6日电 何秋实到南岸镇调研。")


def test_further_dispatches_stand_below_the_headline_of_the_first() -> None:
    assert last(HEADED, MORE, FURTHER_ONE) == -FURTHER
    assert last(HEADED, MORE, MORE) == 0.0
    assert last(HEADED, *[MORE] * (FAR - 1), FURTHER_ONE) == 0.0


def test_briefs_with_one_mark_stand_below_one_headline() -> None:
    brief = Unit((), "本报讯 林望川到北岸镇调研。")
    head = brief._replace(lines=("各地简讯",))
    assert last(head, brief) == -FURTHER
    assert last(head, brief, brief) == -FURTHER
    assert last(brief, brief) == 0.0
    assert last(head, MORE, brief) == LABELLED


def test_without_a_headline_any_dispatch_may_begin_a_story() -> None:
    assert last(HEADED._replace(lines=()), MORE, FURTHER_ONE) == 0.0
    assert last(HEADED, MORE, FURTHER_ONE._replace(lines=("南岸镇春耕开始",))) == 0.0


def test_what_speaks_for_a_boundary_is_named() -> None:
    bodies = [
        "山城网消息：范小舟说，桥快修好了。",
        "范小舟又走了。",
        "山城网消息：何平说，收成不错。",
        "何平种苹果。",
    ]
    words = [bigrams(body) for body in bodies]
    people = People(bodies, words, dict.fromkeys(frozenset().union(*words), VERY_RARE))
    beside = Beside(people, Habits([Unit((), body) for body in bodies]))
    assert beside.evidence(2) == ("label", "people")
    assert beside.evidence(1) == ()
    assert beside.apart(0, 2, 4) > LABELLED


def test_writers_alone_are_no_mark() -> None:
    units = [MORE, MORE, MORE._replace(lines=("本报记者 何平",))]
    people = People([unit.body for unit in units], [frozenset()] * 3, {})
    assert Beside(people, Habits(units)).evidence(2) == ()


def headed(*lines: str) -> float:
    """What is told of a unit with these lines above it, below a story."""
    return last(MORE, MORE, MORE._replace(lines=lines))


def test_a_headline_that_stands_twice_opens_an_article() -> None:
    assert headed("大雨连下三天，村民上堤", "大雨连下三天 村民上堤") == TWICE
    assert headed("大雨连下三天", "村民上堤守夜") == headed("守堤", "守堤") == 0.0


def test_below_one_paragraph_a_headline_may_be_that_of_the_page() -> None:
    assert last(MORE, MORE._replace(lines=("大雨连下三天", "大雨连下三天"))) == 0.0
