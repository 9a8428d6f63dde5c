"""Which half-width marks stand in Chinese text, and what they are there.

A mark is judged by the letters around it. Quotes, brackets and other marks between are looked
through, so the answer is the same before and after those are themselves made full-width.
Source: GB/T 15834-2011, W3C clreq.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.signs import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[int, int, str]
"""Replace ``text[start:end]`` by a string."""

FULL_WIDTH = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
"""Each half-width mark with the one that Chinese has for it."""

_CLOSERS = "\"'”’」』）)》〉】〕"
_UNITS = "%％‰℃°"

# Nearly all marks are decided here: next to Han there is no doubt.
_MARK = re.compile(
    "[,;:?!](?:"
    "(?:(?<=[一-鿿].)(?!=)"
    rf"|(?<=[{HAN}].)(?!=)"
    rf"|(?<=[\w\x00+{_UNITS}…—\"'”’」』）)》〉】].)(?=[一-鿿]))()|)"
)
_HAN_BEFORE = re.compile(rf"[{HAN}][^\w\x00\s]*\s?\Z")
_TOKEN_AFTER_HAN = re.compile(rf"[{HAN}][^\w\x00\s]*\s?[^\s{HAN}，,；;？?！!。(（\[{{=<]+\s?\Z")
_HAN_AFTER = re.compile(rf"[^\w\x00]*[{HAN}]")
_REACH = 48


def halfwidth_marks(text: str) -> Iterator[tuple[int, str]]:
    """Yield each of ``, ; : ? !`` that stands in Chinese, with the mark it should be.

    >>> list(halfwidth_marks("他说,比分是3:2!"))
    [(2, '，'), (9, '！')]
    """
    for match in _MARK.finditer(text):
        at = match.start()
        if match.lastindex or _amid_chinese(text, at):
            yield at, FULL_WIDTH[match[0]]


def _amid_chinese(text: str, at: int) -> bool:
    """Whether the mark at ``at``, which has no Han next to it on the deciding side, is Chinese."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or after == "=" or (before.isdigit() and after.isdigit() and text[at] in ",:"):
        return False
    left = text[max(0, at - _REACH) : at]
    if _HAN_BEFORE.search(left):
        return True
    if not _TOKEN_AFTER_HAN.search(left):
        return False
    right = text[at + 1 : at + 1 + _REACH]
    if not right.strip():
        return True
    if after.isspace() or before.isspace():
        return _HAN_AFTER.match(right) is not None
    if after.isalnum() or after == "\x00":
        return before in f"{_CLOSERS}{_UNITS}…—"
    return True


_BRACKET = re.compile("[()（）]")
_CHINESE = re.compile(f"[{HAN}\u3001-\u303f\uff01-\uff65∶·]")
_FUNCTION = re.compile(r"[A-Za-z0-9_\x00]")


def halfwidth_brackets(text: str) -> Iterator[tuple[int, str]]:
    """Yield each round bracket of a Chinese pair that is half-width, with what it should be.

    A pair is Chinese that holds Chinese, or stands against it; one without its partner is left.

    >>> list(halfwidth_brackets("世卫(WHO)称f(x)"))
    [(2, '（'), (6, '）')]
    """
    if "(" not in text and ")" not in text:
        return
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            if (text[start] == "(" or match[0] == ")") and _is_chinese_pair(text, start, end):
                for at in (start, end):
                    if text[at] in "()":
                        yield at, FULL_WIDTH[text[at]]


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] != "(" or text[end] != ")" or _CHINESE.search(text, start + 1, end):
        return True
    before, after = text[start - 1 : start], text[end + 1 : end + 2]
    if _FUNCTION.match(before) or before.isspace():
        return False
    return _HAN_BEFORE.search(text[max(0, start - 8) : start]) is not None or (
        bool(after) and not after.isspace() and _HAN_AFTER.match(text[end + 1 : end + 9]) is not None
    )


_STOP = re.compile(r"\.(?<!\.\.)(?![a-z.\x00])")
_AFTER_STOP = re.compile(rf"[{_CLOSERS}]*")
_LIST_NUMBER = re.compile(rf"^[{HAN}]\.|(?:^|[\s，。；;,、：:(（])[一二三四五六七八九十]{{1,3}}\.")
_SYLLABLES = (
    "阿埃艾安奥巴班鲍贝比彼宾波伯博布查达戴丹德登迪蒂顿多恩尔法菲费弗夫佛福戈格盖哈海汉翰赫亨霍基吉加杰金卡凯康科克肯库拉莱兰劳雷里利莉"
    "林隆鲁路伦罗洛马迈曼梅蒙米密莫姆穆纳娜内尼诺帕佩皮普奇乔切琼瑞若萨塞赛森沙史舍什斯苏索塔泰坦汤唐特提图托瓦万威韦维温沃乌西希谢辛"
    "休逊雅亚杨耶伊英约扎泽兹佐詹珍治朱茨"
)
# Foreign names are written with these characters: between two and two of them, a dot is the `·` of a name.
_NAME_DOT = re.compile(rf"[{_SYLLABLES}]{{2}}\.[{_SYLLABLES}]{{2}}")


def ascii_stops(text: str, *, inside: bool) -> Iterator[tuple[int, str]]:
    """Yield each ``.`` that ends a Chinese sentence, with the ``。`` it should be.

    Where the next sentence follows without a break only if ``inside``: what looks like a full stop
    there may be the dot of a name.

    >>> list(ascii_stops("增长13.9%.", inside=False)), list(ascii_stops("他来了.她走了", inside=False))
    ([(7, '。')], [])
    """
    if "." not in text:
        return
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match.start(), inside):
            yield match.start(), "。"


def _ends_sentence(text: str, at: int, inside: bool) -> bool:
    left = text[max(0, at - _REACH) : at]
    han_before = _HAN_BEFORE.search(left) is not None or left[-1:] in tuple(_UNITS)
    if not han_before and not _TOKEN_AFTER_HAN.search(left):
        return False
    if text[at - 1] in ".。…" or _LIST_NUMBER.search(text[max(0, at - 4) : at + 1]):
        return False
    end = _AFTER_STOP.match(text, at + 1).end()  # type: ignore[union-attr]
    after = text[end : end + 1]
    if not after or (han_before and (end > at + 1 or after.isspace())):
        return True
    return inside and han_before and not _NAME_DOT.match(text, max(0, at - 2))


def ends_with_ascii_stop(text: str) -> bool:
    """Whether a paragraph ends in Chinese with ``.``: evidence that the file has no other full stop."""
    end = text.rstrip(_CLOSERS)
    return end.endswith(".") and not end.endswith("..") and _HAN_BEFORE.search(end[-9:-1]) is not None
