"""The forms of headlines of any rank, and of what only looks like one."""

from __future__ import annotations

from ykclean.forms import CONTINUATIONS, LETTER, Closing, Form

SENTENCE = Form("[。；]|[，,].*[，,]|[！？!?].")
PROSE = Form("[。；]|[，,].*[，,].*[，,]|(?:说|說|称|稱|表示|指出|认为|認為|介绍|介紹)[，,].*[，,]")
"""What no headline has that ends without a mark: 大桥合龙！村民放鞭炮，老人抹眼泪，都说盼了半辈子 is one."""
LISTED = Form(rf"(?=.*、.*、)(?:{LETTER}{{2,4}}[、和]){{3,}}{LETTER}{{2,4}}$", "、")
"""No headline, but what is left of a list of names: 何平、林小雨、范小舟和闵红."""
EXCLAIMED = Closing(rf"[^。，；：,;:]{{3,24}}{LETTER}[ 　]+{LETTER}[^。，；,;]{{3,24}}[！？!?]$", "！？!?")
"""A headline of two phrases, though it ends as a sentence does: 大桥今日合龙 为何村民放鞭炮？"""
CRY = Closing(r"(?=[\w“「《])(?!.*[，：,:].*[，：,:])[^。；！？;!?]{4,}[！？!?]$", "！？!?")
"""A phrase or two that end in a cry or a question: 大堤守住了！ 对话老何：你怕不怕？"""
PHRASE_STARTS, PHRASE_ENDS = frozenset("“「0123456789０１２３４５６７８９"), frozenset("”」！？!?")
"""What besides Han stands around the space between the two phrases of a headline."""
SHORTEST_PAIR = 6
"""The shortest headline of two phrases, in characters."""
PICTURE = Form("[（(](?:附?图|圖|组图|附照)[^（）()]{0,6}[）)]$")
TITLE_OF_PICTURE = Form(
    r".*[（(](?:附?[图圖]片?|组图|組圖|图集|附照)[^（）()，。]{0,6}[）)]$"
    r"|[【\[]?(?:图片新闻|圖片新聞|新闻图片|图片报道|摄影报道)[】\]]?$",
    "图圖摄",
)
"""A headline that belongs to a picture: 柳树村守堤记（图）, 图片新闻."""
SUBTITLE = Form(r"[—－–―─]{1,2}|--")
SUBTITLE_INSIDE = Form("—(?:[记記](?![录錄得者述忆憶住下])|[访訪]|[写寫]在)")
"""A subtitle in the line of its title: 一个人的堤——记守堤人老何."""
FIELD = Form(r"[^：:]{1,5}[：:].*\d|(?:[地网]址|姓名|电话|品牌|厂[商家]|价格|单位|联系人?)[：:]")
"""A field of a form: 电话：1234567."""
_ITEM = "[^，。、；：,;:]{1,16}"
ENTRY = Form(f"[^，。、；：,;:]{{1,12}}[：:](?:[★☆]{{1,10}}|{_ITEM}(?:、{_ITEM}){{2,}})$")
"""A label with a mark or a list of short items behind it: 外观：★★★★, 首发：甲、乙、丙."""
LEADS_IN = Form("(?:强调|強調|指出|表示|要求|提出|宣布|透露|致辞|致詞|批示|呼吁|呼籲|说|說|时|時)$")
"""How a kicker ends that leads in to a title."""
COLUMN_NAME = Form("[【〖\\[■●◆▲★□◎◇·|｜][^【】〖〗\\[\\]]{1,12}[】〗\\]■●◆▲★□◎◇·|｜]?")
"""The name of a column above a title: 【今日谈】, ■ 调查."""
BULLET = Form("[●■◆▲○◎◇□•·※]")
_NUMBER = "[一二三四五六七八九十]{1,3}"
NUMBERED_PART = Form(
    rf"[（(]?(?:[0-9０-９]{{1,2}}|{_NUMBER})[、．.）) 　](?![0-9])|第{_NUMBER}"
    rf"|(?:误区|看点|亮点|问题|原因|变化|焦点|关键|之){_NUMBER}(?:[：: 　]|$)"
)
"""The head of a part of a text, simplified: 二、怎样报名, 误区一：不吃早餐."""
LINKED = tuple(word + mark for word in CONTINUATIONS for mark in "，,")
"""What only a sentence opens with: 据悉，"""
