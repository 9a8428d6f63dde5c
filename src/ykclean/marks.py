"""Which half-width marks stand in Chinese text, and what they are there.

A mark is judged by the letters around it, in its line. Patterns that few texts need are strings here:
``re`` compiles them when they are first used, and remembers. To compile a class of Han takes longer
than to clean a page.

Source: GB/T 15834-2011, W3C clreq.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.context import REACH, follows_han, follows_token, precedes_han
from ykclean.lazy import pattern
from ykclean.signs import HAN, is_han

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL_WIDTH = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
"""Each half-width mark with the one that Chinese has for it."""

_CLOSERS = "\"'”’」』）)》〉】〕"
_UNITS = "%％‰℃°"
_SYLLABLES = frozenset(
    "阿埃艾安奥巴班鲍贝比彼宾波伯博布查达戴丹德登迪蒂顿多恩尔法菲费弗夫佛福戈格盖哈海汉翰赫亨霍基吉加杰金卡凯康科克肯库拉莱兰劳雷里利莉"
    "林隆鲁路伦罗洛马迈曼梅蒙米密莫姆穆纳娜内尼诺帕佩皮普奇乔切琼瑞若萨塞赛森沙史舍什斯苏索塔泰坦汤唐特提图托瓦万威韦维温沃乌西希谢辛"
    "休逊雅亚杨耶伊英约扎泽兹佐詹珍治朱茨"
)
"""The characters that foreign names are written with."""
_MARKS = ",;:?!"
# Of a comma before other than three digits no number is made; Han must follow, or it may be a formula.
_NEXT_NUMBER = r"(?![0-9０-９]{3}(?![0-9０-９]))[0-9０-９]+(?:[,，][0-9０-９]+)*"
_JOINED = ("\x00", "+", "_", *_UNITS, *_CLOSERS)
_END_OF_LINE = pattern(r"[^\S\n]*(?:\n|\Z)")


def halfwidth_marks(text: str) -> list[int]:
    """Return where one of ``, ; : ? !`` stands in Chinese, in no order.

    >>> halfwidth_marks("比分3:2,好")
    [5]
    """
    found: list[int] = []
    for mark in _MARKS:
        places = [match.start() for match in re.compile(re.escape(mark)).finditer(text, 1)]
        if mark == ":":
            places = [at for at in places if text[at + 1 : at + 2] != "\\"]  # A drive: C:\temp
        if mark == "?":
            places = [at for at in places if not _is_in_name(text, at)]
        if mark + "=" in text:
            places = [at for at in places if text[at + 1 : at + 2] != "="]
        # Behind Han there is no doubt. It is looked at here, since nearly all marks stand there.
        found += [at for at in places if "一" <= text[at - 1] <= "鿿" or _is_chinese_mark(text, at)]
    return found


def _is_chinese_mark(text: str, at: int) -> bool:
    """Whether the mark at ``at``, which stands behind something else than Han, is Chinese."""
    before, after = text[at - 1], text[at + 1 : at + 2]
    if before == "\n":
        return False
    if "一" <= after <= "鿿" and (before.isalnum() or before in _JOINED):
        return True
    return _is_amid_chinese(text, at, before, after)


def _is_in_name(text: str, at: int) -> bool:
    """Whether a mark stands between two and two characters of a foreign name.

    There stands the ``·`` of the name, for which scraped text also has a full stop or, where it was lost
    on the way, a question mark.
    """
    around = text[max(0, at - 2) : at] + text[at + 1 : at + 3]
    return len(around) == 4 and _SYLLABLES.issuperset(around)


def _is_amid_chinese(text: str, at: int, before: str, after: str) -> bool:
    """Whether the mark at ``at``, which has no Han next to it, is Chinese."""
    if before.isdigit() and after == text[at] and text[at + 2 : at + 3].isdigit():
        return False  # Which number 12,,500 is nobody can tell.
    if before.isdigit() and after.isdigit() and text[at] in ",:":
        number = re.compile(_NEXT_NUMBER).match(text, at + 1, at + REACH) if text[at] == "," else None
        return number is not None and is_han(text[number.end() : at + REACH][:1])
    if follows_han(text, at):
        return True
    if not follows_token(text, at):
        return False
    if _END_OF_LINE.match(text, at + 1):
        return True
    if after.isspace() or before.isspace():
        return precedes_han(text, at + 1)
    if after.isalnum() or after == "\x00":
        return before in _CLOSERS + _UNITS
    return True


_BRACKETS = "()（）"
_CHINESE = f"[{HAN}\u3001-\u300b\u3010-\u303f\uff01-\uff65∶·]"
_FUNCTION = pattern(r"[A-Za-z0-9_\x00\s]")
_COORDINATES = pattern(r"\s*[-+]?[0-9.]+(?:\s*,\s*[-+]?[0-9.]+)+\s*")
_THOUSANDS = pattern("[0-9]{1,3}(?:,[0-9]{3})+")
"""A number, and no point or interval such as (0,1)."""
_INSIDE = 200
"""Chinese in a pair of brackets is looked for in its first characters."""


def halfwidth_brackets(text: str) -> list[int]:
    """Return where a half-width round bracket of a Chinese pair stands, in no order.

    A pair is Chinese that holds Chinese, or stands against it; one without its partner is left.

    >>> halfwidth_brackets("世卫(WHO)称f(x)")
    [2, 6]
    """
    found: list[int] = []
    for start, end in _bracket_pairs(text):
        if _is_chinese_pair(text, start, end):
            found += [at for at in (start, end) if text[at] in "()"]
    return found


def _bracket_pairs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the pairs of round brackets of which one or both are half-width open and close."""
    if "(" not in text and ")" not in text:
        return
    opened: list[int] = []
    last = 0
    # A pattern for each: one that is a literal is found several times faster than one with a class.
    for at in sorted(match.start() for sign in _BRACKETS for match in re.finditer(re.escape(sign), text)):
        if text.find("\n", last, at) >= 0:
            opened.clear()
        last = at
        if text[at] in "(（":
            opened.append(at)
        elif opened:
            start = opened.pop()
            if text[start] == "(" or text[at] == ")":
                yield start, at


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] != "(" or text[end] != ")":
        return True
    inside = text[start + 1 : min(end, start + _INSIDE)]
    if _holds_chinese(inside):
        return True
    if _is_face(inside) or (_COORDINATES.fullmatch(inside) and not _THOUSANDS.fullmatch(inside)):
        return False
    if _FUNCTION.match(text[start - 1 : start]):
        return start > 0 and text[start - 1] == "\n" and _stands_before_han(text, end + 1)
    return follows_han(text, start) or _stands_before_han(text, end + 1)


def _is_face(inside: str) -> bool:
    return "^" in inside or (inside.strip() != "" and not any(map(str.isalnum, inside)))


def _holds_chinese(inside: str) -> bool:
    if inside.isascii():
        return False
    highest = max(inside)
    return is_han(highest) or "！" <= highest <= "･" or re.search(_CHINESE, inside) is not None


def _stands_before_han(text: str, at: int) -> bool:
    return not text[at : at + 1].isspace() and precedes_han(text, at)


_STOP = rf"\.(?<!\.\.)(?![a-z.\x00])(?!(?<=[0-9].)[0-9])([{_CLOSERS}]*)"
_LAST_STOP = rf"(?m)\.[{_CLOSERS}]*$"
_NUMERALS = "一二三四五六七八九十"
_BEFORE_NUMERAL = "，。….；;,、：:(（"


def ascii_stops(text: str) -> Iterator[int]:
    """Yield where a ``.`` ends a Chinese sentence.

    One that the next sentence follows without a break counts only in a text whose sentences mostly
    end so: elsewhere it may be the dot of a name.

    >>> list(ascii_stops("增长8.4%.")), list(ascii_stops("约翰.史密斯来了。"))
    ([6], [])
    """
    if "." not in text:
        return
    stops = [stop for stop in re.finditer(_STOP, text) if _follows_chinese(text, stop.start())]
    if stops:
        inside = _end_most_sentences(text)
        yield from (stop.start() for stop in stops if _ends_sentence(text, stop, inside))


def _follows_chinese(text: str, at: int) -> bool:
    return _follows_han_or_unit(text, at) or follows_token(text, at)


def _follows_han_or_unit(text: str, at: int) -> bool:
    return text[at - 1 : at] in tuple(_UNITS) or follows_han(text, at)


def _end_most_sentences(text: str) -> bool:
    """Whether more lines of a text end with ``.`` than there are ``。``."""
    last = (text[stop.start() - 1 : stop.start()] for stop in re.finditer(_LAST_STOP, text))
    return sum(sign != "" and (is_han(sign) or sign in _CLOSERS + "%％") for sign in last) > text.count("。")


def _ends_sentence(text: str, stop: re.Match[str], inside: bool) -> bool:
    at, end = stop.start(), stop.end()
    if text[at - 1].isspace() or text[at - 1] in ".。…" or _is_list_number(text[max(0, at - 4) : at]):
        return False
    han_before = _follows_han_or_unit(text, at)
    after = text[end : end + 1]
    if after in "\n" or (han_before and (stop[1] or after.isspace())):
        return True
    return inside and han_before and not _is_in_name(text, at)


def _is_list_number(before: str) -> bool:
    """Whether what stands before a full stop is a sign at the start of a line, or a numeral after a mark."""
    if is_han(before[-1:]) and before[-2:-1] in ("", "\n"):
        return True
    lead = before.rstrip(_NUMERALS)
    return 0 < len(before) - len(lead) < 4 and (not lead or lead[-1] in _BEFORE_NUMERAL or lead[-1].isspace())
