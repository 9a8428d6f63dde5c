"""Which lines belong to the paragraph below them, and which to the one above."""

from __future__ import annotations

import pytest

from ykclean.blocks import blocks_of
from ykclean.document import Paragraph

BRIDGE = "清河大桥昨天合龙。施工队在寒风里干了四十天，最后一段钢梁在中午前吊装到位。"
HEADLINE = "少年棋手夺得全省冠军"
CHESS = "十二岁的小棋手林一鸣在全省少年围棋赛上夺得冠军，这是他第三次参加这项比赛，前两次都止步于十六强。"
BYLINE = "本报记者 何平"


def left_above(*lines: str, below: str = CHESS) -> list[str]:
    """The lines between two paragraphs that stay with the one above them."""
    paragraphs = [Paragraph(n, n, text) for n, text in enumerate((BRIDGE, *lines, below))]
    first, second = blocks_of(paragraphs)
    assert first.last == second.first
    return list(lines[: first.last - 1])


@pytest.mark.parametrize(
    "rest",
    [
        ("通车以后，两岸的村民去县城不用再绕",),
        ("县交通局副局长何",),
        ("通车以后", "县交通局副局长何"),
        ("引桥还没有完工", "工程师表示，引桥两侧的护"),
    ],
)
def test_what_is_cut_short_above_a_headline(rest: tuple[str, ...]) -> None:
    assert left_above(*rest, HEADLINE) == list(rest)


PHRASES = "大雨连下三天 村民上堤守夜"


@pytest.mark.parametrize("rest", ["参加剪彩的群众代", "县长在防汛工作会议上强", "守堤的还有从省城赶"])
def test_above_two_phrases_even_odds_of_a_cut_are_enough(rest: str) -> None:
    assert left_above(rest, PHRASES) == [rest]


@pytest.mark.parametrize(
    "rest",
    [
        ("寒风里的四十天", "记者采访到晚上，何工拜托"),
        ("施工队在中午前把最后一段像", "寒风里的钢梁一样"),
    ],
)
def test_several_lines_go_with_the_text_above_two_phrases(rest: tuple[str, ...]) -> None:
    assert left_above(*rest, PHRASES) == list(rest)


@pytest.mark.parametrize("kicker", ["县长在防汛会上强调", "【今日谈】", "防汛工作会议召开", "柳树村备汛见闻"])
def test_a_kicker_stands_above_two_phrases(kicker: str) -> None:
    flood = "县防汛工作会议昨天召开，县长在会上要求柳树村守住每一寸堤，把老人和孩子先接到小学的二楼。"
    assert left_above(kicker, PHRASES, below=flood) == []


def test_a_line_whose_words_stand_above_alone_may_well_be_cut() -> None:
    assert left_above("让我们把钢梁") == ["让我们把钢梁"]
    assert left_above("从县城到这座大桥只") == ["从县城到这座大桥只"]
    assert left_above("林一鸣夺得冠军") == []
    assert left_above("围棋少年的三次参赛") == []


def test_a_sentence_cut_short_above_a_dateline_is_no_headline() -> None:
    dispatch = "本报南城7月2日讯 " + CHESS
    assert left_above("工程师表示，引桥两侧的护", below=dispatch) == ["工程师表示，引桥两侧的护"]


def test_above_a_dateline_a_likely_cut_is_one_unless_the_report_says_the_same() -> None:
    dispatch = "本报南城7月2日讯 " + CHESS
    assert left_above("参加剪彩的省水利厅副", below=dispatch) == ["参加剪彩的省水利厅副"]
    assert left_above("参加全省少年围棋赛的小棋手", below=dispatch) == []
    assert left_above("棋手新秀夺冠", below=dispatch) == []
    assert left_above(HEADLINE, below=dispatch) == []


@pytest.mark.parametrize(
    "headlines",
    [
        (HEADLINE,),
        (HEADLINE, BYLINE),
        ("县长看望少年棋手", HEADLINE),
        (HEADLINE, "——小区里的围棋课"),
        ("县交通局副局长何", BYLINE),
        ("县交通局副局长何", "何平林小雨"),
        ("县交通局副局长何", "县水利局局长何平"),
        ("2024年5月6日", HEADLINE),
        ("清河大桥合龙 10月通车",),
        ("清河大桥要的是“拼劲”",),
        ("“少年杯”昨天开赛", HEADLINE, BYLINE),
    ],
)
def test_headlines_stand_together(headlines: tuple[str, ...]) -> None:
    assert left_above(*headlines) == []


def test_a_cry_right_above_its_writers_is_a_headline() -> None:
    assert left_above("大桥终于通车了！", BYLINE) == []
    assert left_above("“铁人”回到大桥了吗？", BYLINE) == []
    assert len(blocks_of([Paragraph(n, n, text) for n, text in enumerate(("大桥终于通车了！", CHESS))])) == 2


def test_a_headline_may_stand_twice_each_time_above_its_writers() -> None:
    headline, again = "渡船票价涨得太快 媒体：管理所该说清楚", "票价涨得太快，管理所该说清楚"
    fares = "清河渡口的票价两年里从一元涨到三元，两岸居民都说涨得太快，管理所一直没有说清楚。"
    assert left_above(headline, "□ 本报记者 何平", again, "本报记者何平", below=fares) == []


@pytest.mark.parametrize("writer", ["省政府研究室研究员何平", "省水利厅厅长范大有"])
def test_an_office_and_a_name_are_no_sentence_cut_short(writer: str) -> None:
    assert left_above("管好沿河的渡口", writer, "安全是第一位的") == []
