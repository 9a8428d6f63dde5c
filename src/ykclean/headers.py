"""What a line is by its form alone: headline, byline, dateline, credit, running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.signs import INNER_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Role

HEADLINE_LENGTH = 45
"""The longest line that may be a headline, in characters: two printed lines of twenty and a few."""

_DAY = r"(?:[0-9０-９一二三四五六七八九十]{1,3}月)?[0-9０-９一二三四五六七八九十]{1,3}日"
_AGENCY = (
    "新华社|新華社|中新社|中央社|法新社|路透社|美联社|塔斯社|共同社|韩联社|新华网|中新网|人民网|央视网|中广网|国际在线"
    "|本报|本報|本网|本網|本刊|本台"
)
DATELINE = re.compile(
    rf"[（(\[【]?(?:据|據)?(?:"
    rf"(?:{_AGENCY})(?:[^，。！？；、,;!?：:]{{0,22}}?[电電讯訊](?![息号話话视影])|消息|综合)"
    rf"|(?:[\u4e00-\u9fff]{{2,10}}[ 　]?)?{_DAY}[ 　]?(?:[（(][\u4e00-\u9fff]{{2,6}}[）)])?[电電讯訊]"
    r"|[\u4e00-\u9fff]{1,6}[报報网網社台][讯訊电電](?![息号話话视]))"
)
"""An agency or the paper itself, with or without place and day: 新华社北京3月4日电, 本报讯."""

_WRITER = re.compile(
    r"(?:本报|本報|本刊|本网|本台|本社|新华社|中新社|中新网|人民日报|[\u4e00-\u9fff]{2,6}(?:报|網|网|社|台))?"
    r"(?:驻[\u4e00-\u9fff]{2,4}?)?(?:见习|見習|实习|實習|首席|特约|特約|特派|资深|資深)?"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人?|作者|编译|編譯|撰文|采写|採訪|摄影|攝影|实习生|图文)"
    r"|[文图圖][/／、]|^[文图圖](?=[ 　])"
)
_WRITER_HINT = re.compile("[者员員文图圖稿译譯影採采生]")
_BETWEEN_NAMES = re.compile(r"[ 　、,，/／:：—－\-（）()\[\]【】□■◎○●▲△☆★◆◇※]+")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬許韓馮鄧彭曾肖葉蘇魏呂盧鐘譚陸範賈鄒龍賀顧龔錢嚴湯"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff·]{1,4}|[\u4e00-\u9fff]{2,4}(?:报道|报导|報導|文|摄|攝|整理)|文图?|图|报道|报导|報導|摄|攝|整理|发自.{2,6}"
    rf"|(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}){{2,4}}"
)
"""A name, or several with nothing between them: 记者王锦林何平."""

REPORTER = re.compile(r"[（(][^（）()]{0,16}(?:记者|記者|通讯员|通訊員|编译|实习生)[^（）()]{1,40}[）)]")
ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、．.）)](?![0-9０-９])|[①-⑳●◆■□▲△★☆○◇•·※]"
    r"|第[一二三四五六七八九十]+[，、：:]|[一二三四五六七八九十]是"
)
SPEAKER = re.compile(r"(?:问|問|答|[\u4e00-\u9fff]{2,4})[ 　]*[:：]")
CONTINUATION = re.compile(
    "此外|另外|据悉|據悉|据了解|据介绍|据知|對此|对此|因此|所以|但是?|然而|不过|不過|而且|并且|同时|同時|与此同时|其中|其实|其次|最后|最後|随后|隨後"
    "|接着|接著|于是|於是|后来|後來|当时|當時|这|這|那[么些个]|该|該|他|她|它|上述|目前|而|也|还|還|又|再|由于|事实上|总之|對於|对于此|看来|显然"
    "|至于|除此|有了|为此|為此|如果|虽然|尽管|可是|可|原来|原來"
)
END_MARK = re.compile(
    r"[（(](?:完|全文完|终|終)[）)][ 　]*$"
    r"|[【\[](?:编辑|編輯|责任编辑|責任編輯|責編|责编)[:：][^】\]]*[】\]]$"
)
SIGNATURE = re.compile(r"[（(][^（）()，。！？,]{2,30}[）)]$")
_EDITOR = re.compile(r"[【\[（(]?(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|审核|责任校对)[ 　]*[:：]")
_SOURCE = re.compile(
    r"[（(【\[]?(?:新闻|文章|稿件)?(?:来源|來源|稿源|出处|原载|摘自)"
    r"[ 　]*[:：《“]?[^，。！？,]{0,24}[）)】\]]?$"
)
_CAPTION = re.compile(
    r"[（(]?(?:图[一二三四五六七八九十0-9]*[:：为]|[上下左右]图|图片说明|题图|资料图|[▲△]|圖[:：為])"
)
_CREDIT = re.compile(
    r"[（(]?(?:本版|本报|图片|题图|照片|圖片)?[^，。！？,]{0,16}(?:图片|照片|資料|摄影|供图|攝影|摄|攝)[^，。！？,]{0,24}"
    r"(?:提供|摄|攝|供图|拍摄|社发|视觉中国|报道)[）)]?$"
)
_PHOTO = re.compile("(?:摄|攝|摄影报道|供图)[）)]?$")
_NOTE = re.compile(
    r"[（(【\[]?(?:下转|上接|转载|版权|免责|更多(?:新闻|精彩|内容)|相关(?:新闻|阅读|链接)|延伸阅读|上一篇|下一篇|扫一扫|分享[到至]|原标题)"
)
_SUMMARY = re.compile(
    r"[【\[]?(?:核心提示|内容提要|内容摘要|摘要|导读|導讀|提要|编者按|編者按|阅读提示|新闻提示)[】\]:：]?"
)
_SENTENCE = re.compile("[。；]|[，,].*[，,]|[！？!?].")
_PICTURE = re.compile("[（(](?:附?图|圖|组图|附照)[^（）()]{0,6}[）)]$")
_SUBTITLE = re.compile(r"[—－–―─]{1,2}|--")

_FINISHED = frozenset("。！？…”』」）!?)．｡")
_NO_HEADLINE = frozenset("。…．｡" + INNER_MARKS)


def is_byline(text: str) -> bool:
    """Whether the line names its writers and says nothing else.

    >>> is_byline("□ 本报记者 佟利德"), is_byline("记者从会上获悉")
    (True, False)
    """
    if (
        len(text) > 50
        or _WRITER_HINT.search(text, 0, 16) is None
        or _PHOTO.search(text)
        or (role := _WRITER.search(text[:16])) is None
        or role.start() > 4
    ):
        return False
    names = [name for name in _BETWEEN_NAMES.split(_WRITER.sub(" ", text)) if name]
    return bool(names) and all(map(_NAME.fullmatch, names))


def is_headline(text: str) -> bool:
    """Whether the line may be a headline of any rank: short, and no sentence.

    >>> is_headline("春耕备耕有序推进"), is_headline("春耕备耕有序推进。")
    (True, False)
    """
    if len(text) > HEADLINE_LENGTH or text[-1] in _NO_HEADLINE or _SENTENCE.search(text):
        return False
    if text[-1] not in _FINISHED:
        return True
    return (text[-1] in "”』」" and len(text) <= 30) or _PICTURE.search(text) is not None


def is_tail(text: str) -> bool:
    """Whether the line closes what stands before it: editor, source, credit, signature, end mark.

    >>> is_tail("（责任编辑：王五）"), is_tail("王五昨天来了。")
    (True, False)
    """
    if len(text) > 60:
        return False
    if SIGNATURE.match(text):
        return True
    return any(form.match(text) for form in (_EDITOR, _SOURCE, _CREDIT, END_MARK, _NOTE)) and not is_byline(
        text
    )


def is_fragment(text: str) -> bool:
    """Whether a short line without an end looks like the beginning of a sentence, not like a headline.

    >>> is_fragment("他说，这件事"), is_fragment("春耕备耕有序推进")
    (True, False)
    """
    opened = sum(map(text.count, "“「《（(")) != sum(map(text.count, "”」》）)"))
    return (
        opened
        or "，" in text
        or "," in text
        or CONTINUATION.match(text) is not None
        or text[-1] in "的了和与在是"
    )


def leads(text: str) -> bool:
    """Whether the line belongs to what follows it: a headline of any rank, a byline."""
    return len(text) <= HEADLINE_LENGTH and (is_headline(text) or is_byline(text))


def header_cues(lines: Sequence[str]) -> list[float]:
    """Measure the headlines and bylines that stand above a paragraph."""
    if not lines:
        return [0.0] * 8
    first = lines[0]
    return [
        float(len(lines)),
        float(any(map(is_byline, lines))),
        float(len(first)),
        float(len(lines[1])) if len(lines) > 1 else 0.0,
        float(" " in first or "　" in first),
        float(ITEM.match(first) is not None),
        float(first[-1] in "”』」）)：:？！?!"),
        float(_CAPTION.match(first) is not None or _NOTE.match(first) is not None),
    ]


def opening_cues(text: str) -> list[float]:
    """Measure by its form how a paragraph opens."""
    return [
        float(DATELINE.match(text) is not None),
        float(REPORTER.search(text, 0, 70) is not None),
        float(ITEM.match(text) is not None),
        float(CONTINUATION.match(text) is not None),
        float(text[0] in '“「"'),
        float(SPEAKER.match(text) is not None),
        float(len(text) < 25),
        min(len(text), 200) / 100,
    ]


def closing_cues(text: str) -> list[float]:
    """Measure by its form how a paragraph ends."""
    return [
        float(END_MARK.search(text) is not None),
        float(SIGNATURE.search(text[-40:]) is not None),
        float(text[-1] not in _FINISHED),
        float(len(text) < 25),
        min(len(text), 200) / 100,
        float(_EDITOR.match(text) is not None),
    ]


def role_of(text: str, *, heads_article: bool) -> Role:
    """Return the role of a line, given whether it stands above an article's first paragraph.

    >>> role_of("本报记者 佟利德", heads_article=True), role_of("他来了。", heads_article=False)
    ('byline', 'body')
    """
    if len(text) > 60:
        return "body"
    if is_byline(text):
        return "byline"
    for form, role in _FORMS:
        if form.match(text):
            return role
    if is_headline(text):
        if heads_article:
            return "subtitle" if _SUBTITLE.match(text) else "title"
        return "subhead"
    return "body"


_FORMS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (_SUMMARY, "summary"),
    (_NOTE, "note"),
    (_EDITOR, "credit"),
    (_SOURCE, "credit"),
    (_CAPTION, "caption"),
    (_CREDIT, "credit"),
)
