"""Which half-width marks stand in Chinese text, and what they are there.

A mark is judged by the letters around it, in its line. Quotes, brackets and other marks between
are looked through, so the answer is the same before and after those are themselves full-width.
Source: GB/T 15834-2011, W3C clreq.
"""

from __future__ import annotations

import re

from ykclean.signs import HAN

FULL_WIDTH = dict(zip(",;:?!().", "，；：？！（）。", strict=True))
"""Each half-width mark with the one that Chinese has for it."""

_CLOSERS = "\"'”’」』）)》〉】〕"
_UNITS = "%％‰℃°"
_SPACE = "[ \t\xa0\u3000]?"
_REACH = 48
"""How far the letters that decide are looked for."""

# Nearly all marks are decided by one pattern: next to Han there is no doubt. (A pattern for each
# mark: one that begins with a literal is found several times faster than one with a class.)
_NEXT_TO_HAN = rf"(?:(?<=[一-鿿].)(?!=)|(?<=[\w\x00+{_UNITS}{_CLOSERS}].)(?=[一-鿿]))"
_PATTERNS = [
    (re.compile(re.escape(mark) + _NEXT_TO_HAN), re.compile(f"{re.escape(mark)}(?!{_NEXT_TO_HAN})"))
    for mark in ",;:?!"
]
_HAN_BEFORE = re.compile(rf"[{HAN}][^\w\x00\s]*{_SPACE}\Z")
# One word or number, without spaces or marks of clauses, after Han.
_TOKEN_AFTER_HAN = re.compile(rf"[{HAN}][^\w\x00\s]*{_SPACE}[^\s{HAN}，,；;？?！!(（\[{{=<]+{_SPACE}\Z")
_HAN_AFTER = re.compile(rf"[^\w\x00\n]*[{HAN}]")
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
    if before in "\n" or after == "=" or (before.isdigit() and after.isdigit() and text[at] in ",:"):
        return False
    left = text[max(0, at - _REACH) : at]
    if _HAN_BEFORE.search(left):
        return True
    if not _TOKEN_AFTER_HAN.search(left):
        return False
    if _END_OF_LINE.match(text, at + 1):
        return True
    if after.isspace() or before.isspace():
        return _HAN_AFTER.match(text, at + 1, at + 1 + _REACH) is not None
    if after.isalnum() or after == "\x00":
        return before in _CLOSERS + _UNITS
    return True


_BRACKET = re.compile("[()（）\n]")
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
    if "(" not in text and ")" not in text:
        return []
    found: list[int] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            start, end = opened.pop(), match.start()
            if text.find("\n", start, end) >= 0:
                opened.clear()
            elif (text[start] == "(" or match[0] == ")") and _is_chinese_pair(text, start, end):
                found += (at for at in (start, end) if text[at] in "()")
    return found


def _is_chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] != "(" or text[end] != ")":
        return True
    if _CHINESE.search(text, start + 1, min(end, start + _INSIDE)):
        return True
    if _FUNCTION.match(text[start - 1 : start]):
        return start > 0 and text[start - 1] == "\n" and _stands_before_han(text, end + 1)
    return _HAN_BEFORE.search(text[max(0, start - _REACH) : start]) is not None or _stands_before_han(
        text, end + 1
    )


def _stands_before_han(text: str, at: int) -> bool:
    return not text[at : at + 1].isspace() and _HAN_AFTER.match(text, at, at + _REACH) is not None
