"""What stands behind the last sentence of a text, or below it, and needs no stop: who says so, and where."""

from __future__ import annotations

from ykclean import forms, headers
from ykclean.furniture import is_furniture
from ykclean.lazy import pattern

SIGNATURE = pattern(
    "[—–－-]{1,3}[^，。：；]{2,12}"
    "|[^，。：；、的]{2,7}(?:[日晚早晨快商时周]报|[日晚早晨快商時週]報)|新华社|新華社|中新社|中央社"
)
"""Who says so, behind a dash, or the paper: ——编者."""
_OFFICES = (
    "公司|集团|集團|中心|协会|協會|学会|學會|商会|商會|委员会|委員會|居委会|村委会|[支大总總]队|[支大总總]隊"
    "|政府|办公室|辦公室|编辑部|編輯部|小组|小組|[^公通结結]局|[^大客餐]厅|[^大客餐]廳|工厂|工廠"
)
LAST_LINE = pattern(
    f"[^，。；：,;:的了将將对對]*(?:{_OFFICES}|[敬谨謹同]启|[敬謹同]啟|[敬谨謹]上|全体.{{2,8}}|全體.{{2,8}})"
    "|一[位名个個群][^，。；：,;:的]{1,8}|[写寫作]于.{2,14}"
    "|[^，。；：,;:]{0,8}年[^，。；：,;:]{0,6}[于於][^，。；：,;:]{2,6}"
    "|知名不具|全文完|未完待[续續]"
)
"""Who wrote, when, or that nothing follows: 永安公司谨启, 一位老党员, 写于1996年春."""
LONGEST_LAST_LINE = 24
ADDRESS = pattern(r"(?:https?://|www\.)[!-~]+$|[:：][ 　]?[0-9+(（][0-9 ()（）转轉/—–-]{2,}$")
LAST = 80
"""In so many characters an address is sought."""
LAST_STOPS = "。！？…”」』"
PAGES = pattern("第[0-9]{1,2}页[：:].*第[0-9]{1,2}页[：:]")
"""The names of the pages of an article, run together."""


def behind_last_sentence(text: str) -> str:
    """Return what stands behind the last stop of a text, without space around it; empty where it has none.

    >>> behind_last_sentence("没有人来修。何平"), behind_last_sentence("没有人来修")
    ('何平', '')
    """
    at = max(map(text.rfind, LAST_STOPS)) + 1
    return text[at:].strip() if at else ""


def is_signature(tail: str) -> bool:
    """Whether what stands behind the last sentence of a paragraph is none: who says so, a credit, a number.

    >>> is_signature("——编者"), is_signature("老船工范大有来自上")
    (True, False)
    """
    return (
        not any(map(str.isalpha, tail))
        or PAGES.search(tail) is not None
        or SIGNATURE.fullmatch(tail) is not None
        or headers.is_byline(tail)
        or is_furniture(tail)
        or forms.closes(tail)
        or (len(tail) <= headers.LONGEST_LINE and forms.CAPTION.fits(tail))
    )


def signs_off(line: str) -> bool:
    """Whether a text may end with this line, behind a whole sentence.

    >>> signs_off("永安公司谨启"), signs_off("老船工范大有来自上")
    (True, False)
    """
    return len(line) <= LONGEST_LAST_LINE and LAST_LINE.fullmatch(line) is not None


def ends_in_address(text: str) -> bool:
    """Whether the text ends in an address of the web, or in a telephone number."""
    return text[-1].isascii() and ADDRESS.search(text[-LAST:]) is not None
