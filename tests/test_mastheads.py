"""A headline with a writer, a dateline or a time below it begins an article; a subhead does not."""

from __future__ import annotations

import pytest

from ykclean import Settings, read

STORY = "连日的暴雨过后，清河水位昨天下午开始回落，沿岸三个村的村民陆续回到家中。"
OTHER = "柳树村的枇杷昨天开园，果农说今年雨水少，果子比往年甜，来采摘的游客一天有三千多人。"
BRIDGE = "清河大桥昨天合龙。施工队在寒风里干了四十天，最后一段钢梁在中午前吊装到位。"


def starts(*lines: str, settings: Settings | None = None) -> list[int]:
    """The numbers of the lines with which an article begins, besides the first."""
    document = read("\n".join(lines), settings or Settings())
    return [article.first for article in document.articles[1:]]


@pytest.mark.parametrize(
    "header",
    [
        ("柳树村枇杷熟了", "本报记者 何平"),
        ("柳树村枇杷熟了", "——果园里的一天", "本报记者 何平"),
        ("柳树村枇杷熟了", "《南城周刊》作者：何平"),
    ],
)
def test_a_masthead_begins_an_article(header: tuple[str, ...]) -> None:
    assert starts(STORY, *header, OTHER) == [1]


@pytest.mark.parametrize(
    "header",
    [
        ("柳树村枇杷熟了", "何平"),
        ("柳树村枇杷熟了", "县农业局局长何平"),
        ("柳树村枇杷熟了", "2024年7月3日 08:20"),
        ("柳树村枇杷熟了", "2024-07-03 来源：南城晚报"),
        ("柳树村枇杷熟了（图）",),
        ("图片新闻",),
    ],
)
def test_a_weak_masthead_begins_an_article_among_others(header: tuple[str, ...]) -> None:
    assert starts(STORY, *header, OTHER) == []
    assert starts(STORY, *header, OTHER, "清河大桥合龙", "本报记者 何平", BRIDGE) == [1, 2 + len(header)]


@pytest.mark.parametrize("names", ["何平、林小雨、范小舟、闵红", "本报记者 林小雨"])
def test_a_masthead_below_names_begins_an_article(names: str) -> None:
    assert starts(STORY, names, "柳树村枇杷熟了", "本报记者 何平", OTHER) == [2]


def test_a_masthead_below_a_cut_begins_an_article() -> None:
    cut = "农技员提醒村民，水退以后，要先清沟，再扶"
    assert starts(STORY, cut, "柳树村枇杷熟了", "本报记者 何平", OTHER) == [2]


def test_a_headline_above_a_dateline_begins_an_article() -> None:
    assert starts(STORY, "柳树村枇杷熟了", "本报南城7月2日讯 " + OTHER) == [1]


@pytest.mark.parametrize(
    "lines",
    [
        ("水从哪里来",),
        ("水从哪里来", "村里怎么办"),
        ("本报记者 何平", "水从哪里来"),
        ("——何家坪村", "村委会主任何平"),
        ("电话：6343111", "何平"),
        ("相关新闻", "柳树村枇杷熟了", "本报记者 何平"),
        ("清河县防汛办公室", "2024年7月3日"),
        ("清河沿岸的三个", "本报记者 何平"),
    ],
)
def test_no_masthead(lines: tuple[str, ...]) -> None:
    assert starts(STORY, *lines, OTHER) == []


def test_the_place_of_a_brief_is_no_masthead() -> None:
    assert starts(STORY, "南城", "本报南城7月2日讯 " + OTHER) == []


def test_a_line_of_one_character_above_a_dateline_is_judged() -> None:
    byline = ("柳树村枇杷熟了", "本报记者 何平", OTHER)
    assert starts(STORY, *byline, "了了了了了了", "本报南城7月2日讯 " + BRIDGE)[0] == 1


def test_a_note_of_the_editor_is_no_article() -> None:
    assert starts("编者按：" + STORY, "柳树村枇杷熟了", "本报记者 何平", OTHER) == []


def test_an_editor_closes_an_article() -> None:
    assert starts(STORY, "责任编辑：何平", "柳树村枇杷熟了", OTHER) == [2]


@pytest.mark.parametrize(
    ("line", "found"), [("（县水利局 何平）", True), ("（何平 摄）", False), ("（甲=精品；乙=何平）", False)]
)
def test_a_writer_in_brackets_closes_an_article_among_others(line: str, found: bool) -> None:
    lines = (STORY, line, "柳树村枇杷熟了", OTHER)
    assert starts(*lines) == []
    assert starts(*lines, "清河大桥合龙", "本报记者 何平", BRIDGE) == ([2, 4] if found else [4])


def test_nothing_begins_in_an_empty_text() -> None:
    assert starts("") == []


def test_a_higher_confidence_may_be_asked_for() -> None:
    lines = (STORY, "柳树村枇杷熟了", "本报记者 何平", OTHER)
    assert starts(*lines, settings=Settings(min_article_confidence=0.99)) == []


def test_many_mastheads_take_no_minutes() -> None:
    article = "柳树村枇杷熟了\n本报记者 何平\n" + OTHER + "\n"
    text = "".join(article.replace("三", str(number)) for number in range(6_000))
    # Below the last headline are fewer of its words than above, where the same one stands.
    assert len(read(text).articles) == 5_999
