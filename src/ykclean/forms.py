"""The forms of lines that are no running text: regular expressions, compiled when they are needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ykclean import lazy

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence

    from ykclean.document import Role


class Form:
    """A regular expression, compiled when it is first needed: a large one takes milliseconds.

    ``hint`` holds characters of which every match has one.
    """

    def __init__(self, pattern: str, hint: str = "") -> None:
        self.regex = lazy.pattern(pattern)
        self.hint = hint

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


LETTER = r"[^\W\d_a-zA-Z]"
"""Any letter but those of ASCII, which stands for a Han character: a class with the range of all of those
takes milliseconds to compile, and a line that has one of these forms seldom has other letters."""

_DAY = r"(?:[0-9０-９一二三四五六七八九十]{1,3}月)?[0-9０-９一二三四五六七八九十]{1,3}日"
_AGENCY = (
    "新华社|新華社|中新社|中央社|法新社|路透社|美联社|塔斯社|共同社|韩联社|新华网|中新网|人民网|央视网|中广网|国际在线"
    "|本报|本報|本网|本網|本刊|本台"
)
DATELINE = Form(
    rf"[（(\[【]?(?:据|據)?(?:"
    rf"(?:{_AGENCY})(?:[^，。！？；、,;!?：:]{{0,22}}?[电電讯訊](?![息号話话视影])|消息|综合)"
    rf"|(?:{LETTER}{{2,10}}[ 　]?)?{_DAY}[ 　]?(?:[（(]{LETTER}{{2,6}}[）)])?[电電讯訊]"
    rf"|{LETTER}{{1,6}}[报報网網社台](?:[讯訊电電](?![息号話话视])|消息(?=[（(:：])))"
)
"""An agency or the paper itself, with or without place and day: 新华社北京3月4日电, 本报讯."""

DAY = Form(_DAY)
"""A day, with or without its month: 3月4日, 4日."""
SENDERS = "电電讯訊消综"
"""A dateline has one of these."""

COMMENTATOR = Opening(
    "(?:本报|本報|本刊|本网|新华社|人民日报)(?:特约|特約)?(?:评论员|評論員|编辑部|編輯部)$", "本新人"
)
REPORTER = Form(r"[（(][^（）()]{0,16}(?:记者|記者|通讯员|通訊員|编译|实习生)[^（）()]{1,40}[）)]")
ITEM = Form(
    r"[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、．.）)](?![0-9０-９])|[①-⑳●◆■□▲△★☆○◇•·※]"
    r"|第[一二三四五六七八九十]+[，、：:]|[一二三四五六七八九十]是"
)
NUMBER_ALONE = Opening(
    r"(?:[（(]?(?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])[）)]?[、．.]?"
    r"|P(?:ART|art)[ .]?[0-9]{1,2})$",
    "（(0123456789０１２３４５６７８９一二三四五六七八九十ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩP",
)
"""All that stands above a part of a text: 3, （三）."""
SPEAKER = Form(rf"(?:问|問|答|{LETTER}{{2,4}})[ 　]*[:：]")
_GOES_ON = (
    "此外 另外 据悉 據悉 据了解 据介绍 据知 對此 对此 因此 所以 但 然而 不过 不過 并且 "
    "同时 同時 与此同时 其中 其实 其次 最后 最後 随后 隨後 接着 接著 于是 於是 后来 "
    "後來 当时 當時 这 這 那么 那些 那个 该 該 他 她 它 上述 目前 而 也 还 還 又 "
    "再 由于 事实上 总之 對於 对于此 看来 显然 至于 除此 有了 为此 為此 如果 虽然 尽管 "
    "可 原来 原來"
)
CONTINUATIONS = tuple(_GOES_ON.split())
"""What a paragraph opens with that goes on with a story."""
_NEVER_FIRST = (
    "此外 另外 据了解 据介绍 对此 因此 所以 但 然而 不过 并且 同时 与此同时 其中 首先 其次 随后 接着 于是 "
    "后来 当时 那么 那些 上述 而 事实上 总之 看来 显然 至于 除此 有了 为此 如果"
)
CONNECTIVES = tuple(_NEVER_FIRST.split())
"""What no article of the news at hand opens with, simplified."""
END_MARK = Closing(
    r"[（(](?:完|全文完|终|終)[）)][ 　]*$|[-—－ ]{1,8}(?:THE )?END[-—－ ]{1,8}$"
    r"|[【\[](?:编辑|編輯|责任编辑|責任編輯|責編|责编)[:：][^】\]]*[】\]]$",
    "）)】]-—－ 　",
)
SIGNATURE = Form(r"[（(][^（）()，。！？,]{2,30}[）)]$")
WRITER_IN_BRACKETS = Form(
    rf"[（(](?!.*(?:摄|攝|[图圖]片?[）)]|本文))[^\d=＝；;]*{LETTER}{{2}}[^\d=＝；;]*[）)]"
)
"""A signature of a few words that is no picture's: （县水利局 何平）."""
_NAMES = rf"(?!.*{LETTER}{{5}}){LETTER}.{{1,40}}$"
_STAFF = (
    "校对|校對|审核|審核|策划|策劃|统筹|統籌|监制|監製|制图|製圖|制作|製作|设计|設計|审校|編審|编审|终审|終審|复审|初审"
    "|主编|主編|美编|剪辑|摄像|攝像|翻译|翻譯|出品人?|版式|配音|后期|摄影|攝影|視覺|视觉"
)
EDITOR = Form(
    rf"[【\[（(]?(?:{LETTER}{{0,4}}?(?:责任|責任)?(?:编辑|編輯|责编|責編|校对|审核)\s*[:：|｜丨/／]"
    rf"|(?:责任|責任)?(?:编辑|編輯|责编|責編)(?:\s+{_NAMES}|{LETTER}{{2,3}}(?:校对|校對|审核|審核){LETTER}{{2,3}}$))",
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
_SENT = "[（(]?[^，。！？；：,;:]{2,24}(?:日[电電]|[报報社網网台][讯訊电電])"
DATELINE_LINE = Closing(
    rf"{_SENT}[）)]?$",
    "电電讯訊）)",
)
"""A dateline without text: 本报南城5月12日电."""
DATELINE_AND_NAMES = Form(
    rf"{_SENT}[ 　]*(?:记者|記者|通讯员|通訊員)[ 　]*{LETTER}[^，。！？；：,;:]{{1,30}}$",
    "者员員",
)
"""The same with the writers: 本报南城5月12日电 记者何平、林小雨报道."""
DATED_SOURCE = Opening(
    rf"{_WHEN}{_DATE}[ 　|｜]+(?:.{{0,6}}(?:来源|來源|稿源|作者|编辑|編輯)"
    rf"|{LETTER}{{2,10}}(?:[网網报報社台]|新闻|新聞)(?:[ 　|｜].{{0,24}})?$"
    rf"|(?:记者|記者)[ 　]*{LETTER}.{{1,20}}$)",
    _YEAR,
)
"""The line under a web page's headline: 2024-05-06 10:33 来源：南城晚报, 2024-05-06 10:33 南城网 记者何平."""
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
    r"(?:提供|摄|攝|供图|拍摄|社发|视觉中国|报道)[）)]?$"
    r"|[^，。！？,]{2,16}供图[ 　][^，。！？,]{2,8}发$|本文图片[^。]{0,20}为[^，。！？,]{2,20}[图摄]$",
    "供摄攝图发国道）)",
)
CAPTION_WITH_CREDIT = Closing(
    rf".{{5,}}[。！？][）)]?[ 　]*[（(]?(?:(?:本组|资料)?(?:图片|图|照片)[/／:：][^，。]{{2,14}}"
    rf"|(?:{LETTER}|·){{2,16}}(?:[ 　]{LETTER}{{1,8}}){{0,2}}[ 　/／]?(?:摄|攝|供图|供圖)"
    r"|[新中]\w{0,3}社[发發].{0,16})[）)]?$",
    "摄攝图圖社发發）)",
)
"""The words to a picture, and whose it is: 村民在清淤。何平摄."""
SHOT = Closing(
    rf"[（(]?(?:(?:资料|資料)[图圖照]片?[，,]?)?{LETTER}{{2,12}}"
    rf"(?:[ 　、·/／]{LETTER}{{1,8}}){{0,4}}[ 　/／]?"
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
TIME_OF_PAGE = Form(r"\d[日\-/. 　T]*\d{1,2}[:：]\d{2}|\d日?[ 　|｜]+.{0,6}(?:来源|來源|稿源)")
"""When a page was published: a date with the time of day, or beside the source."""
_MAGAZINE = "(?:《[^》]{2,16}》)?"
ISSUE = Form(
    rf"(?:[发刊载]于)?{_MAGAZINE}[ 　]*(?:\d{{4}}[年.][\d.月日]*)?(?:总?第\d+期)+{_MAGAZINE}[^，。]{{0,8}}$",
    "期",
)
"""In which issue of a magazine it stood: 《南城周刊》2024年第3期."""
COMPOSED_OF = Form(
    r"[（(【\[]?(?:(?:本文|内容)?(?:选|摘|转|译)自|[^，。！？；：:]{0,16}(?:(?:综合|整理|编译|摘编|转载)自|来源[:：]))"
    r"[^，。！？；]{2,40}[）)】\]]?$",
    "自源",
)
"""Out of what a text was made: 本报综合自《南城晚报》、公开信息."""

SHORT_LINES: tuple[tuple[Form, Role], ...] = (
    (COMMENTATOR, "byline"),
    (SUMMARY, "summary"),
    (NOTE, "note"),
    (EDITOR, "credit"),
    (STAFF, "credit"),
    (DATE_LINE, "dateline"),
    (DATELINE_LINE, "dateline"),
    (DATELINE_AND_NAMES, "dateline"),
    (DATED_SOURCE, "credit"),
    (SOURCE, "credit"),
    (AUTHOR, "credit"),
    (CAPTION, "caption"),
    (CREDIT, "credit"),
    (SHOT, "credit"),
    (PICTURE_BY, "credit"),
    (ISSUED_BY, "credit"),
    (COMPOSED_OF, "credit"),
    (ISSUE, "credit"),
    (CAPTION_WITH_CREDIT, "caption"),
)
"""What a short line is that begins with one of these."""


class Table:
    """Forms in order, of which the first one that fits a line is sought.

    Hardly a line has a character that any of them begins or ends with.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self._forms = forms
        self._by_first, self._by_last = self._numbers_by(Opening), self._numbers_by(Closing)
        self._others = tuple(number for number, form in enumerate(forms) if type(form) is Form)
        self._hints = frozenset("".join(forms[number].hint for number in self._others))

    def _numbers_by(self, kind: type[Form]) -> dict[str, tuple[int, ...]]:
        """The numbers of the forms of this kind, by the characters of their hints."""
        numbers: dict[str, tuple[int, ...]] = {}
        for number, form in enumerate(self._forms):
            for character in form.hint if type(form) is kind else "":
                numbers[character] = (*numbers.get(character, ()), number)
        return numbers

    def find(self, line: str) -> int | None:
        """Return the number of the first form that fits, if one does."""
        opening, closing = self._by_first.get(line[:1], ()), self._by_last.get(line[-1:], ())
        others = () if self._hints.isdisjoint(line) else self._others
        if not (opening or closing or others):
            return None
        for number in sorted((*opening, *closing, *others)):
            if self._forms[number].fits(line):
                return number
        return None


_TAILS = Table((EDITOR, SOURCE, CREDIT, END_MARK, NOTE, STAFF, SHOT, PICTURE_BY, ISSUED_BY))
_SHORT_LINES = Table([form for form, _ in SHORT_LINES])


def closes(line: str) -> bool:
    """Whether the line, a short one, has the form of one that closes what stands before it.

    >>> closes("责任编辑：何平"), closes("春耕备耕有序推进")
    (True, False)
    """
    return _TAILS.find(line) is not None


def names_staff(line: str) -> bool:
    """Whether the line names an editor, or who else had a part in a text beside its writers.

    >>> names_staff("编辑 何平 校对 林小雨"), names_staff("编辑部搬新家")
    (True, False)
    """
    return EDITOR.fits(line) or STAFF.fits(line)


def short_line_role(line: str) -> Role | None:
    """Return the role of a short line that says itself what it is: an editor, a source, a caption.

    >>> short_line_role("责任编辑：何平"), short_line_role("春耕备耕有序推进")
    ('credit', None)
    """
    number = _SHORT_LINES.find(line)
    return None if number is None else SHORT_LINES[number][1]
