"""Page furniture: which lines are recognized, by their words, their form, their place; and YK103."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ykclean import Settings, clean, read
from ykclean.document import Paragraph
from ykclean.furniture import find_furniture
from ykclean.webwords import FORMS

NEWS = Path(__file__).parents[2] / "shared" / "news"
ALONE = Settings(select=("YK103",))
STORY = [
    "连日的暴雨过后，清河水位昨天下午开始回落，沿岸三个村的村民陆续回到家中。",
    "县防汛办说，河堤没有出现新的险情，抽水泵还要再开两天。",
]
CERTAIN = [
    "扫一扫，用手机看新闻！",
    "微信扫描下方二维码关注我们",
    "打开微信扫描还可分享给好友",
    "用微信扫描还可以",
    'n2024/2024-7-3-22-58-43.jpg"',
    'onload="done">',
    "分享到：微信 微博 QQ空间",
    "分享至LINE",
    "更多精彩内容，请下载南城通客户端",
    "本地消息、深度解读，尽在南城通APP",
    "欢迎关注南城晚报微信公众号",
    "我要评论",
    "评论(12)",
    "已有35人参与评论",
    "登录后才能发表评论",
    "阅读 1203　评论 15　点赞 88",
    "[1] [2] [3] 下一页",
    "第1页第2页第3页",
    "第一页",
    "上一篇：柳树村的枇杷熟了",
    "下一篇：没有了",
    "当前位置：首页 > 新闻 > 正文",
    "首页 > 新闻 > 本地",
    "首页 | 新闻 | 本地 | 财经 | 体育",
    "关于我们 | 联系我们 | 广告服务 | 网站地图",
    "返回顶部",
    "【字号：大 中 小】【打印】【关闭】",
    "Copyright © 2024 南城网 All Rights Reserved",
    "版权所有 未经授权不得转载",
    "南ICP备01234567号",
    "标签：清河 防汛",
    "您的浏览器不支持视频播放",
    "No compatible source was found for this media.",
    "南搜搜索:“清河”,共找到12,408个相关网页",
    "点击查看更多>>",
    "第04版：要闻",
    "未经南城网书面授权，任何单位不得转载本站内容。",
    "本文仅代表作者观点，不代表本站立场。",
    "【本文结束】如需转载请务必注明出处：南城网",
    "免责声明：以上内容仅供参考，不构成投资建议。",
    "下載APP看更多新聞",
    "請繼續往下閱讀...",
    "版權所有 不得轉載",
    "發表留言：登入後才能留言",
]
NONE_ALONE = [
    "扫码点餐成标配 老人怎么吃上这碗面",
    "扫码可以点餐",
    "一张名叫 a.jpg 的照片",
    "分享经济走到十字路口",
    "分享到朋友圈的照片里，柳树村的枇杷又大又黄。",
    "评论：莫让老人被一张二维码拦在门外",
    "版权保护进校园，孩子们学会了先问再用。",
    "版权所有者说",
    "县里的客户端昨天上线",
    "四页纸",
    "国际",
    "文化 教育",
    "柳树村 清河村 南城镇 赵家庄",
    "声明：南城县已经在上周取消了封路的决定。",
    "作者：何平",
    "来源：南城晚报",
    "责任编辑：何平",
    "（下转第四版）",
    "相关阅读",
    "最新消息",
    "更多的人走了",
    "本文写于去年冬天。",
    "12",
]


def paragraphs_of(lines: list[str]) -> list[Paragraph]:
    ends = list(accumulate(len(line) + 1 for line in lines))
    return [Paragraph(end - 1 - len(line), end - 1, line) for end, line in zip(ends, lines, strict=True)]


def furniture(lines: list[str]) -> list[str]:
    return [lines[number] for number in find_furniture(paragraphs_of(lines))]


@pytest.mark.parametrize("line", CERTAIN)
def test_certain_anywhere(line: str) -> None:
    assert furniture([STORY[0], line, STORY[1]]) == [line]


@pytest.mark.parametrize("line", NONE_ALONE)
def test_not_in_the_middle_of_a_text(line: str) -> None:
    assert furniture([STORY[0], line, STORY[1]]) == []


def test_buttons_count_at_the_ends_and_beside_other_furniture() -> None:
    assert furniture([STORY[0], "打印", STORY[1]]) == []
    assert furniture(["登录", *STORY, "打印", "收藏"]) == ["登录", "打印", "收藏"]
    assert furniture([STORY[0], "打印", "返回首页", STORY[1]]) == ["打印", "返回首页"]


def test_what_is_there_again_counts() -> None:
    assert furniture([STORY[0], "点赞", STORY[1], "点赞", STORY[0]]) == ["点赞", "点赞"]


def test_a_number_at_the_end_is_that_of_a_page() -> None:
    assert furniture([*STORY, "2"]) == ["2"]
    assert furniture(["12", "15"]) == []


def test_a_list_of_links_ends_with_the_page() -> None:
    links = ["相关阅读", "南北城际铁路今天开通", "十二岁棋手夺得全省冠军"]
    assert furniture([*STORY, *links]) == links
    assert furniture([*STORY, *links, "返回顶部", "国际"]) == [*links, "返回顶部"]
    assert furniture([*STORY, *links, STORY[0]]) == []


def test_heads_among_the_titles_of_a_list() -> None:
    links = ["相关阅读", "南北城际铁路今天开通", "延伸阅读", "返回顶部", "十二岁棋手夺得全省冠军"]
    assert furniture([*STORY, *links]) == links
    assert furniture([*STORY, *links, STORY[0]]) == links[:4]


@pytest.mark.parametrize("last", [[], [STORY[0]], ["返回顶部"]])
def test_a_list_of_nothing_but_heads_takes_no_minutes(last: list[str]) -> None:
    heads = ["相关阅读"] * 20_000
    assert furniture([*STORY, *heads, *last]) == ([] if last == STORY[:1] else [*heads, *last])


def test_nothing_but_buttons_is_no_furniture() -> None:
    assert furniture(["打印"]) == []


def test_roles_and_articles() -> None:
    document = read("\n".join(["首页 > 新闻 > 本地", "清河水位回落", *STORY, "返回顶部"]))
    assert [p.role for p in document.paragraphs] == ["note", "title", "body", "body", "note"]
    (article,) = document.articles
    assert (article.first, article.last, article.title) == (0, 5, "清河水位回落")


def test_a_page_of_furniture_is_kept_as_notes() -> None:
    cleaned = clean("返回顶部\n版权所有 未经授权不得转载\n")
    assert [a.text for a in cleaned.articles] == ["返回顶部\n版权所有 未经授权不得转载"]


def test_the_rule_is_off_unless_it_is_named() -> None:
    text = "\n".join([*STORY, "返回顶部"])
    assert clean(text).text == text
    assert clean(text, Settings(select=("YK1",))).text == text
    for choice in ("YK103", "yk103", "page-furniture"):
        assert clean(text, Settings(select=("YK", choice))).text == "\n".join(STORY)
    assert clean(text, Settings(select=("YK103",), ignore=("YK1",))).text == text


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n", "\n　　"])
def test_lines_go_whole(line_break: str) -> None:
    text = line_break.join(["首页 > 新闻 > 本地", STORY[0], "返回顶部", STORY[1], "我要评论", "评论(3)"])
    cleaned = clean(text, ALONE)
    assert cleaned.text.strip("\r\n　") == line_break.join(STORY)
    assert len(cleaned.findings) == 4
    assert cleaned.undo().decode() == text


LINES = st.lists(st.sampled_from([*CERTAIN, *NONE_ALONE, *STORY, "打印", "点赞", "1", "【编辑：何平】"]))


@settings(max_examples=300)
@given(LINES)
def test_what_is_left_holds_no_more(lines: list[str]) -> None:
    numbers = set(find_furniture(paragraphs_of(lines)))
    left = [line for number, line in enumerate(lines) if number not in numbers]
    assert furniture(left) == []


@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n\n"]))
def test_undo(lines: list[str], line_break: str) -> None:
    text = line_break.join(lines)
    assert clean(text, ALONE).undo().decode() == text


@pytest.mark.skipif(not NEWS.exists(), reason="the news to measure on lie beside the repository only")
@pytest.mark.parametrize("source", ["pd199801", "xwlb", "appledaily_tw"])
def test_clean_news_have_none(source: str) -> None:
    records = map(json.loads, (NEWS / f"{source}.jsonl").read_text("utf-8").splitlines()[:300])
    assert [found for record in records if (found := furniture(record["paragraphs"]))] == []


@pytest.mark.parametrize(
    "piece", ["分享到", "扫一扫", "首页 | ", "上一页", "更多", "阅读 1 ", "未经", "相关", "> "]
)
def test_no_line_takes_minutes(piece: str) -> None:
    long, short = piece * 100_000, piece * (60 // len(piece))
    assert long not in furniture([long, short] * 50)
    assert len(furniture([short] * 20_000)) in (0, 20_000)


@pytest.mark.parametrize("unit", ["上页   ", "[1]  ", "赞1，，，", "1，"])
def test_hostile_lines_take_no_minutes(unit: str) -> None:
    line = unit * (60 // len(unit)) + "好"
    assert not any(form.fullmatch(line) for _, form in FORMS)
