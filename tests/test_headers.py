"""Headers: what a line is by its form alone."""

from __future__ import annotations

import pytest

from ykclean import headers
from ykclean.hanzi import simplify
from ykclean.signs import SURNAMES


@pytest.mark.parametrize(
    "line",
    [
        "本报记者 何平",
        "□ 本报记者 何平",
        "记者 何平 通讯员 林小雨",
        "（记者 何平）",
        "本报评论员",
        "文/图 何平",
        "新华社记者何平、林小雨",
        "本報記者 何平",
        "本报记者何小平林文",
    ],
)
def test_byline(line: str) -> None:
    assert headers.is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "记者从会上获悉",
        "本报记者昨天来到柳树村",
        "通讯员队伍不断壮大",
        "何平来了",
        "本报评论员文章引起热议",
        "採訪時鄰居王",
        "記者採訪到晚上，阿坤拜託",
        "南城日报社成立",
    ],
)
def test_no_byline(line: str) -> None:
    assert not headers.is_byline(line)


@pytest.mark.parametrize(
    "opening",
    [
        "新华社南城3月4日电（记者何平）",
        "新华社南城３月４日电",
        "据新华社南城3月4日电",
        "本报讯 昨天",
        "南城晚报讯",
        "中新网3月4日电",
        "本报南城1月8日讯记者何平报道：",
        "央视网消息（新闻联播）：",
        "南城5月8日电：",
        "本報訊",
    ],
)
def test_dateline(opening: str) -> None:
    assert headers.dateline(opening)


@pytest.mark.parametrize("opening", ["昨天，记者来到柳树村", "本报将连续报道", "电力公司说", "他在电话里说"])
def test_no_dateline(opening: str) -> None:
    assert headers.dateline(opening) is None


@pytest.mark.parametrize(
    "line",
    [
        "（完）",
        "【编辑:何平】",
        "责任编辑：何平",
        "（新华社）",
        "来源：南城晚报",
        "（何平 林小雨）",
        "策划：何平",
        "何平 摄",
        "图/视觉南城",
        "新华社发（何平摄）",
        "编辑何小平校对林雨",
        "- THE END -",
        "——END——",
    ],
)
def test_tail(line: str) -> None:
    assert headers.is_tail(line)


@pytest.mark.parametrize(
    "line",
    [
        "清河水位回落 村民陆续回家",
        "——来自柳树村的报告",
        "柳树村守堤记（图）",
        "清河水位回落 村民何时回家？",
        "清河水位回落 村民说“可以回家”！",
    ],
)
def test_headline(line: str) -> None:
    assert headers.is_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "水退了。",
        "县里说，水退了，人回来了",
        "他说：",
        "水退了；",
        "[",
        "★★★",
        "何平、林小雨、范小舟和闵红",
        "水退了吗？",
        "水退了，人回来了吗 堤还守不守？",
        "你问 我？",
    ],
)
def test_no_headline(line: str) -> None:
    assert not headers.is_headline(line)


@pytest.mark.parametrize(
    ("line", "heads", "role"),
    [
        ("清河水位回落 村民陆续回家", True, "title"),
        ("清河水位回落 村民陆续回家", False, "subhead"),
        ("——来自柳树村的报告", True, "subtitle"),
        ("本报记者 何平", True, "byline"),
        ("核心提示", True, "summary"),
        ("责任编辑：何平", False, "credit"),
        ("来源：南城晚报", False, "credit"),
        ("图为柳树村的村民在清淤。", False, "caption"),
        ("本版图片由县文化馆提供", False, "credit"),
        ("下转第四版", False, "note"),
        ("■相关新闻", False, "note"),
        ("南城每日综合自《南城晚报》", False, "credit"),
        ("《南城周刊》2024年第3期", False, "credit"),
        ("（南城水利公众号）【编辑：周远】", False, "credit"),
        ("村民在堤上装沙袋。何平 摄", False, "caption"),
        ("水退了，人回来了。", False, "body"),
    ],
)
def test_role(line: str, heads: bool, role: str) -> None:
    assert headers.role_of(line, heads_article=heads) == role


@pytest.mark.parametrize("piece", ["记者 ", "本报讯", "（", "，", "——", "一、", "何 "])
def test_no_form_takes_minutes_on_any_line(piece: str) -> None:
    line = piece * 200_000
    assert not any(form(line) for form in (headers.is_byline, headers.is_headline, headers.is_tail))
    assert headers.role_of(line, heads_article=True) == "body"
    for text in (line, line[:60]):
        assert len(headers.opening_cues(text)) == 8
        assert len(headers.closing_cues(text)) == 6


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2024年5月6日 10:33", True),
        ("2024-05-06 10:33 来源：南城晚报", True),
        ("2024年的春天", False),
        ("记者 何平", False),
    ],
)
def test_a_line_that_says_when_the_page_was_published(line: str, says: bool) -> None:
    assert headers.header_cues(["清河大桥合龙", line])[-1] == float(says)


@pytest.mark.parametrize("line", ["对话老何：你怕不怕？", "少年强，则国强！", "《清河》为什么好看？"])
def test_a_headline_may_cry_or_ask(line: str) -> None:
    assert headers.cries(line)


@pytest.mark.parametrize(
    "line", ["怕。怕什么？", "水来了，人走了，堤还在！", "“你怕不怕？", "堤守住了。", "守住！"]
)
def test_a_sentence_that_cries_or_asks_is_none(line: str) -> None:
    assert not headers.cries(line)


def test_an_empty_line_is_no_fragment() -> None:
    assert not headers.is_fragment("")


@pytest.mark.parametrize("name", ["郑志明", "鄭志明", "蔣志明", "羅 文", "黎志明", "黃鐘、謝鍾"])
def test_a_name_in_either_script(name: str) -> None:
    assert headers.names_writers(name)


def test_surnames_are_known_in_both_scripts() -> None:
    given = [one for one in SURNAMES if simplify(one) != one]
    assert len(SURNAMES) == len(set(SURNAMES))
    # 肖 and 闫 are written short for these two.
    assert {simplify(one) for one in given} - set(SURNAMES) == {"萧", "阎"}


@pytest.mark.parametrize(
    "line", ["大雨连下三天 村民上堤守夜", "“堤守住了” 村民说", "堤守住了！　２０人受奖", "大雨三天  水退"]
)
def test_a_headline_of_two_phrases(line: str) -> None:
    assert headers.in_two_phrases(line)


@pytest.mark.parametrize(
    "line",
    ["大雨 水退", "大雨连下三天", "大雨 连下 三天了", "последние новости", "voilà été", "村民说ok 堤守住了"],
)
def test_no_headline_of_two_phrases(line: str) -> None:
    assert not headers.in_two_phrases(line)
