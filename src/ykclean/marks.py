"""Which half-width marks stand in Chinese text, and what they are there.

A mark is judged by the letters around it, in its line. Quotes, brackets and other marks between
are looked through, so the answer is the same before and after those are themselves full-width.
Source: GB/T 15834-2011, W3C clreq.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.signs import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL_WIDTH = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
"""Each half-width mark with the one that Chinese has for it."""

_CLOSERS = "\"'”’」』）)》〉】〕"
_UNITS = "%％‰℃°"
_SPACE = "[ \t\xa0\u3000]?"
_REACH = 48
"""How far the letters that decide are looked for."""

_HAN_BEFORE = re.compile(rf"[{HAN}][^\w\x00\s]*{_SPACE}\Z")
_HAN_AFTER = re.compile(rf"[^\w\x00\n]*[{HAN}]")
# One word or number, without spaces or marks of clauses, after Han.
_TOKEN_AFTER_HAN = re.compile(rf"[{HAN}][^\w\x00\s]*{_SPACE}[^\s{HAN}，,；;？?！!(（\[{{=<]+{_SPACE}\Z")


def follows_han(text: str, at: int) -> bool:
    """Whether the last letter before ``at`` is Han, with nothing but marks between."""
    return _HAN_BEFORE.search(text, max(0, at - _REACH), at) is not None


def follows_token(text: str, at: int) -> bool:
    """Whether a single foreign word or number stands before ``at``, and Han before that."""
    return _TOKEN_AFTER_HAN.search(text, max(0, at - _REACH), at) is not None


def precedes_han(text: str, at: int) -> bool:
    """Whether the first letter from ``at`` on is Han, in the same line."""
    return _HAN_AFTER.match(text, at, at + _REACH) is not None


_SYLLABLES = (
    "阿埃艾安奥巴班鲍贝比彼宾波伯博布查达戴丹德登迪蒂顿多恩尔法菲费弗夫佛福戈格盖哈海汉翰赫亨霍基吉加杰金卡凯康科克肯库拉莱兰劳雷里利莉"
    "林隆鲁路伦罗洛马迈曼梅蒙米密莫姆穆纳娜内尼诺帕佩皮普奇乔切琼瑞若萨塞赛森沙史舍什斯苏索塔泰坦汤唐特提图托瓦万威韦维温沃乌西希谢辛"
    "休逊雅亚杨耶伊英约扎泽兹佐詹珍治朱茨"
)
# Foreign names are written with these characters. Between two and two of them stands the `·` of a
# name, for which scraped text also has a full stop or, where it was lost on the way, a question mark.
_NAME_DOT = re.compile(rf"[{_SYLLABLES}]{{2}}[.?][{_SYLLABLES}]{{2}}")

# Nearly all marks are decided by one pattern: next to Han there is no doubt. (A pattern for each
# mark: one that begins with a literal is found several times faster than one with a class.)
_NEXT_TO_HAN = rf"(?:(?<=[一-鿿].)(?!=)|(?<=[\w\x00+{_UNITS}{_CLOSERS}].)(?=[一-鿿]))"
_IN_NAME = rf"(?!(?<=\?)(?<=[{_SYLLABLES}]{{2}}.)[{_SYLLABLES}]{{2}})"
_PATTERNS = [
    (re.compile(mark + _NEXT_TO_HAN), re.compile(f"{mark}(?!{_NEXT_TO_HAN})"))
    for mark in (",", ";", ":", rf"\?{_IN_NAME}", "!")
]
# Of a comma before other than three digits no number is made; Han must follow, or it may be a formula.
_NEXT_NUMBER = re.compile(rf"(?![0-9０-９]{{3}}(?![0-9０-９]))[0-9０-９]+(?:[,，][0-9０-９]+)*[{HAN}]")
_END_OF_LINE = re.compile(r"[^\S\n]*(?:\n|\Z)")


def halfwidth_marks(text: str) -> list[int]:
    """Return where one of ``, ; : ? !`` stands in Chinese, in no order.

    >>> halfwidth_marks("比分3:2,好")
    [5]
    """
    found: list[int] = []
    for plain, other in _PATTERNS:
        found += map(re.Match[str].start, plain.finditer(text))
        found += (match.start() for match in other.finditer(text) if _amid_chinese(text, match.start()))
    return found


def _amid_chinese(text: str, at: int) -> bool:
    """Whether the mark at ``at``, which has no Han next to it on the deciding side, is Chinese."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before in "\n" or after == "=":
        return False
    if before.isdigit() and after.isdigit() and text[at] in ",:":
        return text[at] == "," and _NEXT_NUMBER.match(text, at + 1, at + _REACH) is not None
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


_BRACKET = re.compile("[()（）]")
_PLAIN_PAIR = re.compile(r"\([^()（）\n]*\)")
_CHINESE = re.compile(f"[{HAN}\u3001-\u300b\u3010-\u303f\uff01-\uff65∶·]")
_FUNCTION = re.compile(r"[A-Za-z0-9_\x00\s]")
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
    openers, closers = text.count("("), text.count(")")
    if not openers and not closers:
        return
    plain = list(_PLAIN_PAIR.finditer(text))
    if len(plain) == openers == closers:  # Nothing nested, nothing mixed: the usual case, and quick.
        yield from ((pair.start(), pair.end() - 1) for pair in plain)
        return
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            if text.find("\n", start, end) >= 0:
                opened.clear()
            elif text[start] == "(" or match[0] == ")":
                yield start, end


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] != "(" or text[end] != ")":
        return True
    if _CHINESE.search(text, start + 1, min(end, start + _INSIDE)):
        return True
    if _FUNCTION.match(text[start - 1 : start]):
        return start > 0 and text[start - 1] == "\n" and _stands_before_han(text, end + 1)
    return follows_han(text, start) or _stands_before_han(text, end + 1)


def _stands_before_han(text: str, at: int) -> bool:
    return not text[at : at + 1].isspace() and precedes_han(text, at)


_STOP = re.compile(rf"\.(?<!\.\.)(?![a-z.\x00])(?!(?<=[0-9].)[0-9])([{_CLOSERS}]*)")
_LAST_STOP = re.compile(rf"\.(?<=[{HAN}{_CLOSERS}%％].)[{_CLOSERS}]*$", re.MULTILINE)
_LIST_NUMBER = re.compile(
    rf"(?:(?:\A|\n)[{HAN}]|(?:\A|[\s，。….；;,、：:(（])[一二三四五六七八九十]{{1,3}})\Z"
)


def ascii_stops(text: str) -> Iterator[int]:
    """Yield where a ``.`` ends a Chinese sentence.

    One that the next sentence follows without a break counts only in a text whose sentences mostly
    end so: elsewhere it may be the dot of a name.

    >>> list(ascii_stops("增长8.4%.")), list(ascii_stops("约翰.史密斯来了。"))
    ([6], [])
    """
    if "." not in text:
        return
    inside = len(_LAST_STOP.findall(text)) > text.count("。")
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match, inside):
            yield match.start()


def _ends_sentence(text: str, stop: re.Match[str], inside: bool) -> bool:
    at, end = stop.start(), stop.end()
    han_before = follows_han(text, at) or text[at - 1 : at] in tuple(_UNITS)
    if not han_before and not follows_token(text, at):
        return False
    if text[at - 1].isspace() or text[at - 1] in ".。…" or _LIST_NUMBER.search(text[max(0, at - 4) : at]):
        return False
    after = text[end : end + 1]
    if after in "\n" or (han_before and (stop[1] or after.isspace())):
        return True
    return inside and han_before and not _NAME_DOT.match(text, max(0, at - 2))
