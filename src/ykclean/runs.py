"""Marks made of several characters: an ellipsis, a dash, a mark that was typed twice.

Source: GB/T 15834-2011 §4.11, §4.10.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ykclean.context import follows_han, precedes_han
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = tuple[int, int, str]
"""Put a string in the place of ``text[start:end]``."""

_DOTS = (r"\.\.\.+", "。。。+", "···+")
"""Patterns that begin with a literal, which is found ten times faster."""
_LEADERS = 7
"""As many dots before a number are the leaders of a table of contents."""


def ascii_ellipses(text: str) -> Iterator[Change]:
    """Yield each run of full stops that is a Chinese ellipsis.

    >>> list(ascii_ellipses("他想了想...走了")), list(ascii_ellipses("wait...什么"))
    ([(4, 7, '……')], [])

    Points of the middle (``···``) are taken for one, too.
    """
    dots = [match.span() for pattern in _DOTS for match in re.finditer(pattern, text)]
    for start, end in sorted(dots):
        leaders = end - start >= _LEADERS and text[end : end + 3].strip()[:1].isdigit()
        if text[start] == "。" or (not leaders and _is_chinese_gap(text, start, end)):
            yield start, end, "……"


_HYPHENS = r"--(?<![-<+]--)(?<!<!--)-{0,2}(?![->a-z])"


def ascii_dashes(text: str) -> Iterator[Change]:
    """Yield each run of hyphens that is a Chinese dash, ``——``.

    >>> list(ascii_dashes("春天--希望的季节")), list(ascii_dashes("参数 --help"))
    ([(2, 4, '——')], [])
    """
    if "--" not in text:
        return
    for match in re.finditer(_HYPHENS, text):
        if _is_chinese_gap(text, *match.span()):
            yield *match.span(), "——"


def _is_chinese_gap(text: str, start: int, end: int) -> bool:
    """Whether what stands at ``start:end`` follows Chinese, or opens it."""
    if follows_han(text, start):
        return True
    before = text[start - 1 : start]
    is_open = before != "\x00" and not (before.isascii() and before.isalnum())
    return is_open and precedes_han(text, end)


_SAME = pattern("[,，;；:：、。.][,，;；:：、。.]+")
# What one run of marks is made of: ellipses are left to their own rule.
_PARTS = r"[,，]{2,}|[;；]{2,}|[:：]{2,}|、{2,}|\.{3,}|。{3,}|(?:(?!\.{3}|。{3})[。.])+"
_ONE = {"，": "，", ",": "，", "；": "；", ";": "；", "：": "：", ":": "：", "、": "、"}
_STOPS = ("。。", "。.", ".。")


@lru_cache(maxsize=1)  # Two rules ask for the same text.
def repeated_marks(text: str) -> tuple[Change, ...]:
    """Return each mark that stands twice or more in a row in Chinese, with the one that is enough.

    >>> repeated_marks("卸完,，离港。.真的？！")
    ((2, 4, '，'), (6, 8, '。'))
    """
    return tuple(
        (part.start(), part.end(), _ONE.get(part[0][0], "。"))
        for run in _SAME.finditer(text)
        if follows_han(text, run.start())
        for part in re.compile(_PARTS).finditer(text, *run.span())
        if part[0] in _STOPS or part[0][0] in _ONE
    )
