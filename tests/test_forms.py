"""The forms of lines: which role each has, in simplified and Traditional characters."""

from __future__ import annotations

import pytest

from ykclean.headers import role_of

LINES = {
    "byline": [
        "本报记者 何平 通讯员 林小雨",
        "本报记者 何平 林小雨 通讯员 周远",
        "记者 何平 通讯员 林小雨 报道",
        "本报记者 何平 文/图",
        "□ 本报记者 何平 本报通讯员 林小雨",
        "本報記者 何平 通訊員 林小雨",
        "作者：何平",
        "文 | 何平",
        "文｜南城晚报记者 何平",
        "撰文/何平 摄影/林小雨",
        "见习记者 何平 实习生 林小雨",
        "南城晚报·南城号客户端记者 何平",
        "记者：何平 林小雨",
        "記者何平／台北報導",
        "【記者何平／南城報導】",
        "本报驻南城记者 何平",
        "本报特约撰稿人 何平",
    ],
    "dateline": [
        "本报南城5月12日电",
        "2024年05月06日 10:33",
        "2024-05-06 10:33:21",
        "2024年5月6日",
        "2013/04/22 08:00",
        "发布时间：2024-05-06 10:33",
        "二〇二四年五月六日",
        "（2024年5月6日）",
        "新华社南城3月4日电",
    ],
    "credit": [
        "来源：南城晚报",
        "来源: 南城晚报",
        "（来源：南城晚报）",
        "來源：南城晚報",
        "文字来源：《南城读本》",
        "2024-05-06 10:33 来源：南城晚报",
        "2024年05月06日 10:33 来源：南城晚报 作者：何平",
        "稿件来源：南城晚报 编辑：何平",
        "责任编辑：何平",
        "责编：何平",
        "责编 | 何平",
        "责编丨何平",
        "编辑 | 何  平",
        "编辑：何平 校对：林小雨",
        "责任编辑 何平",
        "（责任编辑：何平）",
        "【编辑：何平】",
        "責任編輯：何平",
        "南经编辑|何平",
        "策划：何平",
        "监制：何平 林小雨",
        "审核：何平",
        "统筹/何平",
        "制图：何平",
        "（本文作者何平系南城大学教授）",
        "摄影：何平",
        "新华社记者 何平 摄",
        "何平 摄",
        "本报记者 何平 摄",
        "何平摄",
        "何平 攝",
        "视觉中国供图",
        "图/视觉中国",
        "图片来源：南城图库",
        "图源：南城图库",
        "（图片由县文化馆提供）",
        "受访者供图",
        "新华社发",
        "新华社发（何平 摄）",
        "資料照，何平攝",
    ],
    "caption": [
        "图为柳树村的村民在清淤。",
        "图为村民在清淤。何平 摄",
        "图1：村民在清淤",
        "资料图",
        "资料图片",
        "▲村民在清淤",
        "上图：村民在清淤",
        "左图为村民在清淤。",
        "圖：村民在清淤",
        "圖為村民在清淤。",
        "图①：村民在清淤",
        "（资料图片）",
        "資料照片",
    ],
    "note": [
        "下转第四版",
        "（下转第四版）",
        "（上接第一版）",
        "上接A1版",
        "（下轉第四版）",
        "紧接第一版",
        "▼下转4版",
        "原标题：水退了",
        "（原標題：水退了）",
    ],
    "summary": [
        "核心提示",
        "导读",
        "【編者按】",
        "内容提要：水退了",
    ],
}
CASES = [(role, line) for role, lines in LINES.items() for line in lines]
HEADLINES = [
    "一辈子爱摄影",
    "电影今天开始拍摄",
    "设计让山村变了样",
    "版权保护进校园",
    "更多人回到柳树村",
    "2024年的第一场雪",
    "编辑部里的灯亮到天明",
    "来源不明的种子",
    "紧接一场大雨",
    "下转盘的那一刻",
    "资料馆开门了",
    "新华书店发新书",
]


@pytest.mark.parametrize(("role", "line"), CASES)
@pytest.mark.parametrize("heads", [True, False])
def test_role(role: str, line: str, heads: bool) -> None:
    assert role_of(line, heads_article=heads) == role


@pytest.mark.parametrize("line", HEADLINES)
def test_a_headline_stays_one(line: str) -> None:
    assert role_of(line, heads_article=True) == "title"


@pytest.mark.xfail(reason="a byline of Traditional papers that says report in place of reporter", strict=True)
def test_report_in_place_of_reporter() -> None:
    assert role_of("何平／綜合報導", heads_article=True) == "byline"
