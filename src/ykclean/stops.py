"""Which ASCII full stops end a Chinese sentence, and which are the dot of a name or a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.signs import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSERS = "\"'”’」』）)》〉】〕"
_SPACE = "[ \t\xa0\u3000]?"
_REACH = 48

_STOP = re.compile(rf"\.(?<!\.\.)(?![a-z.\x00])(?!(?<=[0-9].)[0-9])([{_CLOSERS}]*)")
_LAST_STOP = re.compile(rf"\.(?<=[{HAN}{_CLOSERS}%％].)[{_CLOSERS}]*$", re.MULTILINE)
_HAN_BEFORE = re.compile(rf"(?:[{HAN}][^\w\x00\s]*{_SPACE}|[%％‰℃°])\Z")
_TOKEN_AFTER_HAN = re.compile(rf"[{HAN}][^\w\x00\s]*{_SPACE}[^\s{HAN}，,；;？?！!(（\[{{=<]+\Z")
_LIST_NUMBER = re.compile(
    rf"(?:(?:\A|\n)[{HAN}]|(?:\A|[\s，。….；;,、：:(（])[一二三四五六七八九十]{{1,3}})\Z"
)
_SYLLABLES = (
    "阿埃艾安奥巴班鲍贝比彼宾波伯博布查达戴丹德登迪蒂顿多恩尔法菲费弗夫佛福戈格盖哈海汉翰赫亨霍基吉加杰金卡凯康科克肯库拉莱兰劳雷里利莉"
    "林隆鲁路伦罗洛马迈曼梅蒙米密莫姆穆纳娜内尼诺帕佩皮普奇乔切琼瑞若萨塞赛森沙史舍什斯苏索塔泰坦汤唐特提图托瓦万威韦维温沃乌西希谢辛"
    "休逊雅亚杨耶伊英约扎泽兹佐詹珍治朱茨"
)
# Foreign names are written with these characters: between two and two of them, a dot is the `·` of a name.
_NAME_DOT = re.compile(rf"[{_SYLLABLES}]{{2}}\.[{_SYLLABLES}]{{2}}")


def ascii_stops(text: str) -> Iterator[int]:
    """Yield where a ``.`` ends a Chinese sentence.

    One that the next sentence follows without a break counts only in a text whose sentences mostly
    end so: elsewhere it may be the dot of a name.

    >>> list(ascii_stops("增长13.9%.")), list(ascii_stops("约翰.史密斯来了。"))
    ([7], [])
    """
    if "." not in text:
        return
    inside = len(_LAST_STOP.findall(text)) > text.count("。")
    for match in _STOP.finditer(text):
        if _ends_sentence(text, match, inside):
            yield match.start()


def _ends_sentence(text: str, stop: re.Match[str], inside: bool) -> bool:
    at, end = stop.start(), stop.end()
    left = text[max(0, at - _REACH) : at]
    han_before = _HAN_BEFORE.search(left) is not None
    if not han_before and not _TOKEN_AFTER_HAN.search(left):
        return False
    if left[-1] in ".。…" or _LIST_NUMBER.search(left[-4:]):
        return False
    after = text[end : end + 1]
    if after in "\n" or (han_before and (stop[1] or after.isspace())):
        return True
    return inside and han_before and not _NAME_DOT.match(text, max(0, at - 2))
