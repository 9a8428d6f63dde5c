"""Articles that jump to another page: how jumps are read, what is joined, what is left alone."""

from __future__ import annotations

import sys
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ykclean import Settings, clean, read
from ykclean.continuations import join_continuations
from ykclean.document import Article, Continuation, Paragraph
from ykclean.formats.markdown import to_markdown
from ykclean.hanzi import fold
from ykclean.jumps import WORDS, find_jumps, page_number, part_jumps

HEAD = "开镰前的最后一遍检修"
FIRST = "开春以来，柳树村的农机站把二十台收割机检修了一遍，站长林小雨带着人守在田头，"
REST = "把坏了的零件一件件换下来。"
MORE = "农机站的收割机今年增加了五台。林小雨说，种粮的收入好了，回到柳树村的年轻人也多了。"
BRIDGE = "清河大桥合龙\n本报讯 清河大桥昨天合龙。施工队在寒风里干了四十天，最后一段钢梁在中午前吊装到位。"
SPAN = "清河大桥长三百米，比原计划提前了两个月。施工队说，钢梁下个月就能上漆。"
CHESS = "小棋手夺冠\n十二岁的小棋手林一鸣在全省少年围棋赛上夺得冠军，决赛的对手比他大三岁。"


class Seen(NamedTuple):
    on: bool
    page: str
    title: str


def seen(line: str) -> Seen | None:
    jumps = find_jumps([Paragraph(0, len(line), line)])
    return Seen(*jumps[0][1:]) if jumps else None


@pytest.mark.parametrize(
    ("line", "jump"),
    [
        ("（下转第四版）", Seen(True, "4", "")),
        ("(上接第一版)", Seen(False, "1", "")),
        ("下转第4版", Seen(True, "4", "")),
        ("▼下转A4", Seen(True, "A4", "")),
        ("（下转A04版·要闻）", Seen(True, "A4", "要闻")),
        ("（上接第1版《大桥合龙》）", Seen(False, "1", "大桥合龙")),
        ("上接第一版：大桥合龙", Seen(False, "1", "大桥合龙")),
        ("（紧接第１版）", Seen(False, "1", "")),
        ("（下轉第十二版）", Seen(True, "12", "")),
        ("（緊接第二版）", Seen(False, "2", "")),
        ("【下转2版】", Seen(True, "2", "")),
        ("（转第三版）", Seen(True, "3", "")),
        ("（下转　第四版）", Seen(True, "4", "")),
    ],
)
def test_a_jump(line: str, jump: Seen) -> None:
    assert seen(line) == jump


@pytest.mark.parametrize(
    "line",
    [
        "下转第四版的消息说",
        "转第三版",
        "上接第一版。",
        "会上接第一版主编",
        "下转盘",
        "他写了（下转第四版）几个字",
    ],
)
def test_no_jump(line: str) -> None:
    assert seen(line) is None


@pytest.mark.parametrize(
    ("text", "page"), [("第二十一版", "21"), ("十版", "10"), ("A10版", "A10"), ("０４版", "4")]
)
def test_page_numbers(text: str, page: str) -> None:
    assert page_number(text) == page


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("他说，（下转第四版）", ["他说，", "（下转第四版）"]),
        ("（上接第一版）好的。", ["（上接第一版）", "好的。"]),
        ("他说（下转第四版） （上接第一版）好的。", ["他说", "（下转第四版）", "（上接第一版）", "好的。"]),
        ("（上接第一版）好的。（下转第五版）", ["（上接第一版）", "好的。", "（下转第五版）"]),
        ("他写了（下转第四版）几个字。", ["他写了（下转第四版）几个字。"]),
        ("他说，（下接A4）", ["他说，", "（下接A4）"]),
        ("他说，（转A4）", ["他说，", "（转A4）"]),
        ("他說，(緊轉A4)", ["他說，", "(緊轉A4)"]),
        ("（承接A1）好的。", ["（承接A1）", "好的。"]),
        ("【接一版】好的。", ["【接一版】", "好的。"]),
        ("他说（下接连两天）。", ["他说（下接连两天）。"]),
    ],
)
def test_a_jump_is_a_paragraph_of_its_own(text: str, parts: list[str]) -> None:
    parted = list(part_jumps([Paragraph(0, len(text), text)]))
    assert [p.text for p in parted] == parts
    assert [text[p.start : p.end] for p in parted] == parts


def test_a_jump_with_a_line_break_in_it_is_one() -> None:
    text = "\n".join(["开春以来，柳树村的农机站把二十台收割机检修了一遍，站长林小雨（下", "转A4）", MORE])
    assert "（下转A4）" in [paragraph.text for paragraph in read(text).paragraphs]


def test_the_words_of_a_jump_are_known_before_they_are_folded() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    known = set(fold("".join(WORDS)))
    assert {one for one, other in zip(every, fold(every), strict=True) if other in known} == set(
        "".join(WORDS)
    )


def test_a_sentence_that_runs_over_the_jump() -> None:
    text = "\n".join([HEAD, FIRST, "（下转第四版）", BRIDGE, HEAD, "（上接第一版）" + REST, MORE])
    cleaned = clean(text)
    assert [article.title for article in cleaned.articles] == [HEAD, "清河大桥合龙"]
    whole = cleaned.articles[0]
    assert whole.text == "\n".join([HEAD, FIRST + REST, "（下转第四版）", HEAD, "（上接第一版）", MORE])
    assert whole.start == 0
    assert text[: whole.end].endswith("（下转第四版）")
    assert [text[start:end] for start, end in whole.continued] == [
        "\n".join([HEAD, "（上接第一版）" + REST, MORE])
    ]
    assert not [f for f in cleaned.findings if f.code in ("YK501", "YK502")]
    assert cleaned.undo().decode() == text


def test_the_text_keeps_its_order_and_a_second_clean_changes_nothing() -> None:
    text = "\n".join([HEAD, FIRST, "（下转第四版）", BRIDGE, "（上接第一版）" + REST, MORE])
    once = clean(text)
    assert once.text.index("清河") < once.text.index(REST)
    twice = clean(once.text)
    assert twice.text == once.text
    assert [a.text for a in twice.articles] == [a.text for a in once.articles]


def test_the_record_tells_where_it_goes_on() -> None:
    text = "\n".join([HEAD, FIRST, "（下转第四版）", BRIDGE, "（上接第一版）" + REST, MORE])
    record = clean(text).to_dict()
    whole, other = record["articles"]
    assert (whole["start"], whole["end"]) == (0, text.index("清河") - 1)
    assert whole["continued"] == [[text.index("（上接"), len(text)]]
    assert [p["text"] for p in whole["paragraphs"] if p.get("goes_on")] == [FIRST]
    assert "continued" not in other


def test_two_jumps_side_by_side() -> None:
    (article,) = clean("\n".join([HEAD, FIRST, "（下转第四版）", "（上接第一版）" + REST, MORE])).articles
    assert FIRST + REST in article.text


def test_titles_tell_which_belongs_to_which() -> None:
    text = "\n".join(
        [
            BRIDGE,
            "（下转第三版）",
            CHESS,
            "（下转第三版）",
            "（上接第一版《小棋手夺冠》）",
            MORE,
            "（上接第一版《清河大桥合龙》）",
            SPAN,
        ]
    )
    articles = clean(text).articles
    assert [a.text.split("\n")[-1] for a in articles] == [SPAN, MORE]


def test_words_tell_which_belongs_to_which() -> None:
    text = "\n".join(
        [
            HEAD,
            FIRST + REST,
            "（下转第三版）",
            BRIDGE,
            "（下转第三版）",
            "（上接第一版）",
            SPAN,
            "（上接第一版）",
            MORE,
        ]
    )
    articles = clean(text).articles
    assert [a.text.split("\n")[-1] for a in articles] == [MORE, SPAN]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([BRIDGE, "（下转第三版）", CHESS, "（上接第三版）", SPAN], id="pages that contradict"),
        pytest.param([BRIDGE, "（下转第三版）", "第四版", "（上接第一版）", SPAN], id="another page"),
        pytest.param([CHESS, "（下转第三版）", BRIDGE, "（上接第一版）", MORE], id="other words"),
        pytest.param([CHESS, "（上接第一版）", SPAN, BRIDGE, "（下转第三版）"], id="the rest comes first"),
        pytest.param(
            [BRIDGE, "（下转第三版）", CHESS, "（上接第一版）", SPAN, "（上接第一版）", SPAN], id="two alike"
        ),
    ],
)
def test_what_is_unsure_is_left_alone(lines: list[str]) -> None:
    document = read("\n".join(lines), Settings(min_article_confidence=0.999))
    assert document.continuations == ()


def test_pages_by_their_heads() -> None:
    text = "\n".join(
        ["第01版：要闻", HEAD, FIRST, "（下转第四版）", "第04版：农业", "（上接第一版）" + REST, MORE]
    )
    assert len(read(text).continuations) == 1


def test_over_three_pages() -> None:
    last = "林小雨说，收割机都有了，柳树村还缺会开的年轻人，农机站打算办一个班。"
    text = "\n".join(
        [HEAD, FIRST, "（下转第二版）", BRIDGE, "（上接第一版）" + REST, MORE, "（下转第三版）", CHESS]
    )
    text += "\n（上接第二版）" + last
    document = read(text)
    assert document.continuations == (Continuation(0, 2, 1, 6), Continuation(2, 4))
    assert clean(text).articles[0].text.endswith(last)


@given(
    st.lists(
        st.sampled_from([HEAD, FIRST, REST, BRIDGE, MORE, "（下转第四版）", "（上接第一版）", "第04版：农业"])
    )
)
def test_nothing_is_lost(lines: list[str]) -> None:
    text = "\n".join(lines)
    cleaned = clean(text, Settings(select=("YK102",)))
    written = sorted(p.text.replace("\n", "") for article in cleaned.articles for p in article.paragraphs)
    assert written == sorted(p.text for p in cleaned.document.paragraphs)
    assert cleaned.text == text


def test_many_jumps_take_no_minutes() -> None:
    text = "\n".join([FIRST + "（下转第四版）"] * 1_000 + ["（上接第一版）" + REST] * 1_000)
    assert len(read(text).continuations) == 1  # The others are copies.


def test_markdown_joins_the_sentence_too() -> None:
    text = "\n".join([HEAD, FIRST, "（下转第四版）", BRIDGE, "（上接第一版）" + REST, MORE])
    written = to_markdown(clean(text).articles)
    assert f"\n\n{FIRST}{REST}\n\n（下转第四版）\n\n（上接第一版）\n\n{MORE}\n\n---\n\n" in written


def test_an_article_does_not_begin_right_behind_a_jump_back() -> None:
    lines = [HEAD, FIRST, "（下转第四版）", "清河大桥合龙", SPAN, "（上接第一版）", REST, MORE]
    paragraphs = [Paragraph(n, n + 1, line) for n, line in enumerate(lines)]
    jumps = find_jumps(paragraphs)
    articles, links = join_continuations(paragraphs, [Article(0, 3), Article(3, 6), Article(6, 8)], jumps)
    assert [(article.first, article.last) for article in articles] == [(0, 3), (3, 5), (5, 8)]
    assert links == (Continuation(0, 2, 1, 6),)
