"""The forms of lines that name who wrote a text: 本报记者 何平, 文/何平, 县水利局局长何平."""

from __future__ import annotations

from ykclean.forms import LETTER, Form
from ykclean.signs import SURNAMES

WRITER = Form(
    rf"(?:本报|本報|本刊|本网|本台|本社|新华社|中新社|中新网|人民日报|(?:{LETTER}|·){{2,12}}(?:报|網|网|社|台|端|号))?"
    rf"(?:驻{LETTER}{{2,4}}?)?(?:见习|見習|实习|實習|首席|特约|特約|特派|资深|資深)?"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人?|作者|编译|編譯|撰文|采写|採訪(?![後記時中過到了])|实习生|图文)"
    r"|文[/／、|｜丨]|[图圖][/／、]文|^文(?=[ 　])"
    rf"|(?<={LETTER})[／/╱](?:{LETTER}{{2,4}})?報導|^(?:報導|报导|报道|採訪|采访)[．.·、／/╱](?:攝影|摄影)?"
)
REPORTS = Form("(?:报道|报导|報導|報道)[：:].")
"""A line that names its reporter, and what he reports: 本报讯记者何平报道：新桥…."""
WRITER_HINTS = frozenset("者员員文图圖稿译譯影採采生導")
"""A line that names its writers in so many words has one of these."""
BETWEEN_NAMES = Form(r"[ 　、,，/／╱|｜丨:：—－\-（）()\[\]【】□■◎○●▲△☆★◆◇※]+")
_RARER = "乔俞鲍靳祁甄戚窦章施凌辛耿柴詹齐庄鲁葛倪翟聂樊颜殷洪褚舒穆裴缪宗屈翁喻闵柯娄焦祝欧项骆霍岑尤"
_NAME_STARTS = frozenset(SURNAMES + _RARER)
NAME = Form(
    rf"(?![从從在到昨今获獲与與和了看调調观觀手体體追点點感帮幫实實跟访訪暗走说說问問探])(?:(?:{LETTER}|·){{1,4}}|{LETTER}{{2,4}}(?:报道|报导|報導|文|摄|攝|整理)|文图?|图|报道|报导|報導|摄|攝|整理|发自.{{2,6}}"
    rf"|(?:[{SURNAMES}]{LETTER}{{1,2}}){{2,4}})"
)
"""A name, or several with nothing between them: 记者王锦林何平.

None begins as sentences about a reporter go on: 记者从…, 记者昨天…, 记者获悉….
"""

NAMES_ALONE = Form(rf"[{SURNAMES}]{LETTER}{{1,2}}(?:[ 　、]*[{SURNAMES}{_RARER}]{LETTER}{{1,2}}){{1,3}}")
"""Several names, and nobody says whose."""
NAME_ALONE = Form(rf"[{SURNAMES}](?:{LETTER}{{1,2}}|[ 　]+{LETTER})$|[{_RARER}]{LETTER}{{2}}$")
"""One name, and nobody says whose: 何平."""
_MEDIUM = "(?:[日晚早晨快时商]报|都市报|青年报|周刊|电视台|电台|通讯社|客户端|壹点|新闻网|[日晚時]報)"
MEDIUM_AND_NAMES = Form(
    rf"(?:{LETTER}|·){{2,14}}{_MEDIUM}[ 　]*(?:[{SURNAMES}]{LETTER}{{1,2}}[ 　、]*){{1,3}}$"
)
"""A paper and who wrote for it: 南城晚报何平林小雨."""
OFFICE_AND_NAME = Form(
    rf"{LETTER}(?:{LETTER}|[、·“”（） 　]){{2,30}}"
    "(?:[部司局厅院处省市县区镇乡村校所会行厂站馆队]长|主任|书记|主席|总裁|总编辑?|经理|主编|委员|研究员|教授|博士|院士|专家"
    rf"|学者|代表|律师|医师)[ 　]*[{SURNAMES}{_RARER}]{LETTER}{{1,2}}$"
)
"""Who wrote it, and what he does: 县水利局局长何平."""


def names_writer(line: str) -> bool:
    """Whether a line below a headline is a name, with or without an office.

    >>> names_writer("何平"), names_writer("县水利局局长闵小雨"), names_writer("水从哪里来")
    (True, True, False)
    """
    if line[0] in _NAME_STARTS and (NAME_ALONE.match(line) or NAMES_ALONE.fullmatch(line)):
        return True
    return _ends_in_name(line) and len(line) <= 40 and OFFICE_AND_NAME.match(line) is not None


def _ends_in_name(line: str) -> bool:
    return line[-2:-1] in _NAME_STARTS or line[-3:-2] in _NAME_STARTS


def is_medium_and_names(line: str) -> bool:
    """Whether the line is the name of a paper and those of its writers.

    >>> is_medium_and_names("南城晚报何平林小雨"), is_medium_and_names("南城晚报社成立")
    (True, False)
    """
    return len(line) <= 40 and _ends_in_name(line) and MEDIUM_AND_NAMES.match(line) is not None
