"""The forms of lines that are no running text: regular expressions, compiled when they are needed."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from ykclean.document import Role


class Form:
    """A regular expression, compiled when it is first needed: a large one takes milliseconds.

    ``hint`` holds characters of which every match has one.
    """

    def __init__(self, pattern: str, hint: str = "") -> None:
        self.pattern = pattern
        self.hint = hint

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """Match at the beginning, as a compiled pattern does."""
        return self.regex.match

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """Search, as a compiled pattern does."""
        return self.regex.search

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """Match the whole text, as a compiled pattern does."""
        return self.regex.fullmatch

    def fits(self, line: str) -> bool:
        """Whether the line, a short one, begins with this form."""
        return any(map(line.__contains__, self.hint)) and self.match(line) is not None


class Opening(Form):
    """A form of which ``hint`` holds the first character of every match."""

    def fits(self, line: str) -> bool:
        """Whether the line, a short one, begins with this form."""
        return line[:1] in self.hint and self.match(line) is not None


class Closing(Form):
    """A form of which ``hint`` holds the last character of every line that has it."""

    def fits(self, line: str) -> bool:
        """Whether the line, a short one, begins with this form."""
        return line[-1:] in self.hint and self.match(line) is not None


HAN = r"[^\W\d_a-zA-Z]"
"""A Han character; a class with the range of all of them takes milliseconds to compile."""

_DAY = r"(?:[0-9０-９一二三四五六七八九十]{1,3}月)?[0-9０-９一二三四五六七八九十]{1,3}日"
_AGENCY = (
    "新华社|新華社|中新社|中央社|法新社|路透社|美联社|塔斯社|共同社|韩联社|新华网|中新网|人民网|央视网|中广网|国际在线"
    "|本报|本報|本网|本網|本刊|本台"
)
DATELINE = Form(
    rf"[（(\[【]?(?:据|據)?(?:"
    rf"(?:{_AGENCY})(?:[^，。！？；、,;!?：:]{{0,22}}?[电電讯訊](?![息号話话视影])|消息|综合)"
    rf"|(?:{HAN}{{2,10}}[ 　]?)?{_DAY}[ 　]?(?:[（(]{HAN}{{2,6}}[）)])?[电電讯訊]"
    rf"|{HAN}{{1,6}}[报報网網社台][讯訊电電](?![息号話话视]))"
)
"""An agency or the paper itself, with or without place and day: 新华社北京3月4日电, 本报讯."""

SENDERS = "电電讯訊消综"
"""A dateline has one of these."""

WRITER = Form(
    rf"(?:本报|本報|本刊|本网|本台|本社|新华社|中新社|中新网|人民日报|(?:{HAN}|·){{2,12}}(?:报|網|网|社|台|端|号))?"
    rf"(?:驻{HAN}{{2,4}}?)?(?:见习|見習|实习|實習|首席|特约|特約|特派|资深|資深)?"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人?|作者|编译|編譯|撰文|采写|採訪(?![後記時中過])|实习生|图文)"
    r"|文[/／、|｜丨]|[图圖][/／、]文|^文(?=[ 　])"
    rf"|(?<={HAN})[／/╱](?:{HAN}{{2,4}})?報導|^(?:報導|报道|採訪|采访)[．.·、／/╱](?:攝影|摄影)?"
)
WRITER_HINT = re.compile("[者员員文图圖稿译譯影採采生導]")
BETWEEN_NAMES = Form(r"[ 　、,，/／╱|｜丨:：—－\-（）()\[\]【】□■◎○●▲△☆★◆◇※]+")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙史陶贺毛郝顾龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬許韓馮鄧彭曾肖葉蘇魏呂盧鐘譚陸範賈鄒龍賀顧龔錢嚴湯"
)
NAME = Form(
    rf"(?:{HAN}|·){{1,4}}|{HAN}{{2,4}}(?:报道|报导|報導|文|摄|攝|整理)|文图?|图|报道|报导|報導|摄|攝|整理|发自.{{2,6}}"
    rf"|(?:[{_SURNAMES}]{HAN}{{1,2}}){{2,4}}"
)
"""A name, or several with nothing between them: 记者王锦林何平."""

NAMES_ALONE = Form(rf"[{_SURNAMES}]{HAN}{{1,2}}(?:[ 　、]*[{_SURNAMES}]{HAN}{{1,2}}){{1,3}}")
"""Several names, and nobody says whose."""
_RARER = "章施凌辛耿柴詹齐庄鲁葛倪翟聂樊颜殷洪褚舒穆裴缪宗屈翁喻闵柯娄焦祝欧项骆霍岑尤"
NAME_ALONE = Form(rf"[{_SURNAMES}](?:{HAN}{{1,2}}|[ 　]+{HAN})$|[{_RARER}]{HAN}{{2}}$")
"""One name, and nobody says whose: 何平."""
OFFICE_AND_NAME = Form(
    rf"{HAN}(?:{HAN}|[、·“”（） 　]){{2,30}}"
    "(?:[部司局院处省市县区校所会行厂站]长|主任|书记|主席|总裁|总编辑?|经理|主编|委员|研究员|教授|博士|院士|专家"
    rf"|学者|代表|律师|医师)[ 　]*[{_SURNAMES}]{HAN}{{1,2}}$"
)
"""Who wrote it, and what he does: 县水利局局长何平."""
COMMENTATOR = Opening(
    "(?:本报|本報|本刊|本网|新华社|人民日报)(?:特约|特約)?(?:评论员|評論員|编辑部|編輯部)$", "本新人"
)
REPORTER = Form(r"[（(][^（）()]{0,16}(?:记者|記者|通讯员|通訊員|编译|实习生)[^（）()]{1,40}[）)]")
ITEM = Form(
    r"[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、．.）)](?![0-9０-９])|[①-⑳●◆■□▲△★☆○◇•·※]"
    r"|第[一二三四五六七八九十]+[，、：:]|[一二三四五六七八九十]是"
)
SPEAKER = Form(rf"(?:问|問|答|{HAN}{{2,4}})[ 　]*[:：]")
_GOES_ON = (
    "此外 另外 据悉 據悉 据了解 据介绍 据知 對此 对此 因此 所以 但 然而 不过 不過 并且 "
    "同时 同時 与此同时 其中 其实 其次 最后 最後 随后 隨後 接着 接著 于是 於是 后来 "
    "後來 当时 當時 这 這 那么 那些 那个 该 該 他 她 它 上述 目前 而 也 还 還 又 "
    "再 由于 事实上 总之 對於 对于此 看来 显然 至于 除此 有了 为此 為此 如果 虽然 尽管 "
    "可 原来 原來"
)
CONTINUATIONS = tuple(_GOES_ON.split())
"""What a paragraph opens with that goes on with a story."""
END_MARK = Closing(
    r"[（(](?:完|全文完|终|終)[）)][ 　]*$"
    r"|[【\[](?:编辑|編輯|责任编辑|責任編輯|責編|责编)[:：][^】\]]*[】\]]$",
    "）)】] 　",
)
SIGNATURE = Form(r"[（(][^（）()，。！？,]{2,30}[）)]$")
WRITER_IN_BRACKETS = Form(rf"[（(](?!.*(?:摄|攝|[图圖]片?[）)]|本文))[^\d=＝；;]*{HAN}{{2}}[^\d=＝；;]*[）)]")
"""A signature of a few words that is no picture's: （县水利局 何平）."""
_NAMES = rf"(?!.*{HAN}{{5}}){HAN}.{{1,40}}$"
_STAFF = (
    "校对|校對|审核|審核|策划|策劃|统筹|統籌|监制|監製|制图|製圖|制作|製作|设计|設計|审校|編審|编审|终审|終審|复审|初审"
    "|主编|主編|美编|剪辑|摄像|攝像|翻译|翻譯|出品人?|版式|配音|后期|摄影|攝影|視覺|视觉"
)
EDITOR = Form(
    rf"[【\[（(]?(?:{HAN}{{0,4}}?(?:责任|責任)?(?:编辑|編輯|责编|責編|校对|审核)\s*[:：|｜丨/／]"
    rf"|(?:责任|責任)?(?:编辑|編輯|责编|責編)\s+{_NAMES})",
    "编編辑輯责責校审",
)
STAFF = Opening(
    rf"[【\[（(]?(?:{_STAFF})\s*[:：|｜丨/／]\s*{_NAMES}",
    "【[（(校审審策统統监監制製设設編编终終复初主美剪摄攝翻出版配后視视",
)
"""Who else had a part in it: 策划：何平, 统筹/何平."""
_DATE = (
    r"(?:\w{4}年\w{1,2}月\w{1,3}日|\d{4}(?P<dash>[-/.])\d{1,2}(?P=dash)\d{1,2})(?:[ 　]*(?:星期|周|週)\w)?"
    r"(?:[ 　T]*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
)
"""A date, perhaps with the time; classes of Han numerals would take milliseconds to compile."""
_WHEN = r"(?:(?:发布|发表|更新|發布)?(?:时间|日期|時間)[:：][ 　]?)?"
_YEAR = "0123456789０１２３４５６７８９一二（(发發表更时時日"
DATE_LINE = Opening(rf"[（(]?{_WHEN}{_DATE}[）)]?$", _YEAR)
"""A line that says when, and nothing else: 2024年5月6日 10:33."""
DATELINE_LINE = Closing(
    "[（(]?[^，。！？；：,;:]{2,24}(?:日[电電]|[报報社網网台][讯訊电電])[）)]?$",
    "电電讯訊）)",
)
"""A dateline without text: 本报南城5月12日电."""
DATED_SOURCE = Opening(
    rf"{_WHEN}{_DATE}[ 　|｜]+.{{0,6}}(?:来源|來源|稿源|作者|编辑|編輯)",
    _YEAR,
)
"""The line under a web page's headline: 2024-05-06 10:33 来源：南城晚报."""
SOURCE = Opening(
    r"[（(【\[]?(?:新闻|文章|稿件|文字|图片|圖片|图文|视频|数据|资料|素材|信息)?"
    r"(?:来源|來源|稿源|图源|出处|原载|摘自)(?:[ 　]*[:：《“]|[ 　]|$)[^，。！？,]{0,36}[）)】\]]?$",
    "（(【[新文稿图圖视数资素信来來出原摘",
)
AUTHOR = Opening(r"[（(](?:本文)?作者[^。]{0,20}(?:系|为|為|是|单位|單位|来自|來自)[^。]{2,40}[）)]$", "（(")
"""Who the author is: （作者系南城大学教授）."""
CAPTION = Opening(
    "[（(]?(?:图[一二三四五六七八九十0-9①-⑩]*[:：为]|圖[一二三四五六七八九十0-9①-⑩]*[:：為]|[上下左右][图圖]"
    "|图片说明|圖片說明|题图|(?:资料|資料)(?:图|圖|照)片?(?![，,])|[▲△](?![上下]))",
    "（(图圖上下左右题资資▲△",
)
CREDIT = Closing(
    r"[（(]?(?:本版|本报|图片|题图|照片|圖片)?[^，。！？,]{0,16}"
    r"(?:图片|照片|資料|摄影|供图|攝影|摄|攝)[^，。！？,]{0,24}"
    r"(?:提供|摄|攝|供图|拍摄|社发|视觉中国|报道)[）)]?$",
    "供摄攝图发国道）)",
)
SHOT = Closing(
    rf"[（(]?(?:(?:资料|資料)[图圖照]片?[，,]?)?{HAN}{{2,12}}(?:[ 　、·/／]{HAN}{{1,8}}){{0,4}}[ 　/／]?"
    r"(?:(?<![拍航])(?:摄|攝)(?:影报道)?|供图|供圖|制图|製圖)[）)]?$",
    "摄攝道图圖）)",
)
"""Whose picture it is: 何平 摄, 受访者供图, 资料图，何平摄."""
PICTURE_BY = Opening(r"[图圖][/／][^，。！？]{2,20}$", "图圖")
ISSUED_BY = Opening(r"[新中本外]\w{0,3}社发(?:[（(][^（）()]{1,16}[）)])?$", "新中本外")
"""A picture of an agency: 新华社发（何平摄）."""
PHOTO = Form("(?:摄|攝|摄影报道|供图)[）)]?$", "摄攝供")
_TO = r"(?:第?[ 　]?\w{1,4}[ 　]?[版页頁]|[A-ZＡ-Ｚ]\d)"
_SIDEBAR = (
    "(?:(?:更多|相关|相關|延伸)(?:新闻|新聞|阅读|閱讀|链接|連結|报道|報導|内容)"
    "|(?:新闻|背景|名词)(?:链接|背景|解释))(?:[:：】\\]]|$)"
)
SIDEBAR = Opening(rf"[【\[■□▲◆●→ ]*{_SIDEBAR}", "【[■□▲◆●→ 更相延新背名")
"""The head of a sidebar: 相关新闻, 新闻背景."""
NOTE = Opening(
    rf"[（(【\[〔▼▲◆●■□→ ]*(?:(?:[下文紧緊][转轉]|[下上紧緊文]接){_TO}|原[标標][题題]|{_SIDEBAR})",
    "（(【[〔▼▲◆●■□→ 下文上紧緊原更相延新背名",
)
"""What the paper says about the page: a jump to another page, another title, the head of a sidebar."""
SUMMARY = Opening(
    r"[【\[]?(?:核心提示|内容提要|内容摘要|摘要|导读|導讀|提要|编者按|編者按|阅读提示|新闻提示)[】\]:：]?",
    "【[核内摘导導提编編阅新",
)
SENTENCE = Form("[。；]|[，,].*[，,]|[！？!?].")
PICTURE = Form("[（(](?:附?图|圖|组图|附照)[^（）()]{0,6}[）)]$")
TITLE_OF_PICTURE = Form(
    r".*[（(](?:附?[图圖]片?|组图|組圖|图集|附照)[^（）()，。]{0,6}[）)]$"
    r"|[【\[]?(?:图片新闻|圖片新聞|新闻图片|图片报道|摄影报道)[】\]]?$",
    "图圖摄",
)
"""A headline that belongs to a picture: 柳树村守堤记（图）, 图片新闻."""
TIME_OF_PAGE = Form(r"\d[日\-/. 　T]*\d{1,2}[:：]\d{2}|\d日?[ 　|｜]+.{0,6}(?:来源|來源|稿源)")
"""When a page was published: a date with the time of day, or beside the source."""
SUBTITLE = Form(r"[—－–―─]{1,2}|--")
LEADS_IN = Form("(?:强调|強調|指出|表示|要求|提出|宣布|透露|致辞|致詞|批示|呼吁|呼籲|说|說|时|時)$")
"""How a kicker ends that leads in to a title."""
COLUMN_NAME = Form("[【〖\\[■●◆▲★□◎◇·|｜][^【】〖〗\\[\\]]{1,12}[】〗\\]■●◆▲★□◎◇·|｜]?")
"""The name of a column above a title: 【今日谈】, ■ 调查."""
BULLET = Form("[●■◆▲○◎◇□•·※]")

COMPOSED_OF = Form(
    r"[（(【\[]?(?:(?:本文|内容)?(?:选|摘|转|译)自|[^，。！？；：:]{0,16}(?:(?:综合|整理|编译|摘编|转载)自|来源[:：]))"
    r"[^，。！？；]{2,40}[）)】\]]?$",
    "自源",
)
"""Out of what a text was made: 本报综合自《南城晚报》、公开信息."""

_PAGE = r"(?:第?[ 　]?[A-Z]?[0-9一二三四五六七八九十]{1,3}[ 　]?[版页]|[A-Z][0-9]{1,2}(?![0-9A-Z]))"
_ON = r"[下文紧]转|下接|(?<=[（【\[〔])转"
_BACK = r"[上紧文承]接|(?<=[（【\[〔])接"
_JUMP = rf"(?:(?P<on>{_ON})|{_BACK})[自至到]?[ 　]*(?P<page>{_PAGE})"
_TITLE = "[^（）【】\\[\\]〔〕，。；？！]"
JUMP_IN_TEXT = Form(rf"[（【\[〔]{_JUMP}(?P<title>{_TITLE}{{0,40}})[）】\]〕]", "转接")
"""A newspaper's jump to another page, folded: （下转第四版）, （上接第1版《大桥合龙》）."""
JUMP_LINE = Form(
    rf"[▼▲◆●■→←↓↑ 　]*[（【\[〔]?{_JUMP}(?P<title>[《·：　 ]{_TITLE}{{0,40}})?[）】\]〕]?", "转轉接"
)
"""The same as a line of its own, with or without brackets: ▼下转A4, 上接第1版：大桥合龙."""
PAGE_LINE = Form(rf"({_PAGE})(?:[ ：·・.|｜-]{{1,2}}{HAN}{{2,8}})?", "版页ABCDEFGH")
"""The head of a newspaper's page, folded: 第04版：要闻."""

TAILS = (EDITOR, SOURCE, CREDIT, END_MARK, NOTE, STAFF, SHOT, PICTURE_BY, ISSUED_BY)
"""The forms of lines that close what stands before them."""
SHORT_LINES: tuple[tuple[Form, Role], ...] = (
    (COMMENTATOR, "byline"),
    (SUMMARY, "summary"),
    (NOTE, "note"),
    (EDITOR, "credit"),
    (STAFF, "credit"),
    (DATE_LINE, "dateline"),
    (DATELINE_LINE, "dateline"),
    (DATED_SOURCE, "credit"),
    (SOURCE, "credit"),
    (AUTHOR, "credit"),
    (CAPTION, "caption"),
    (CREDIT, "credit"),
    (SHOT, "credit"),
    (PICTURE_BY, "credit"),
    (ISSUED_BY, "credit"),
    (COMPOSED_OF, "credit"),
)
"""What a short line is that begins with one of these."""


def names_writer(line: str) -> bool:
    """Whether a line below a headline is a name, with or without an office.

    >>> names_writer("何平"), names_writer("县水利局局长何平"), names_writer("水从哪里来")
    (True, True, False)
    """
    if (line[0] in _SURNAMES or line[0] in _RARER) and (
        NAME_ALONE.match(line) or NAMES_ALONE.fullmatch(line)
    ):
        return True
    ends_in_name = any(map(_SURNAMES.__contains__, line[-3:-1]))
    return ends_in_name and len(line) <= 40 and OFFICE_AND_NAME.match(line) is not None


def _numbers_by(kind: type[Form]) -> dict[str, list[int]]:
    """The numbers of the forms of short lines of this kind, by the characters of their hints."""
    numbers: dict[str, list[int]] = {}
    for number, (form, _) in enumerate(SHORT_LINES):
        if type(form) is kind:
            for character in form.hint:
                numbers.setdefault(character, []).append(number)
    return numbers


_BY_FIRST, _BY_LAST = _numbers_by(Opening), _numbers_by(Closing)
_OTHERS = [number for number, (form, _) in enumerate(SHORT_LINES) if type(form) is Form]


def short_line_role(line: str) -> Role | None:
    """Return the role of a short line that says itself what it is: an editor, a source, a caption.

    >>> short_line_role("责任编辑：何平"), short_line_role("春耕备耕有序推进")
    ('credit', None)
    """
    # Hardly a line has a character that any of them begins or ends with.
    numbers: list[int] = sorted((*_BY_FIRST.get(line[:1], ()), *_BY_LAST.get(line[-1:], ()), *_OTHERS))
    for number in numbers:
        form, role = SHORT_LINES[number]
        if form.fits(line):
            return role
    return None
