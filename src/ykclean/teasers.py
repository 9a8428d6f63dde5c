"""What tells on a page that its text goes on elsewhere: ……[查看全文], 下一页."""

from __future__ import annotations

import re
from typing import NamedTuple

from ykclean.lazy import pattern

TEASER = pattern(
    r"""
      (?:…+|\.{3,}|[.。])?\s*[\[【(（<《]?\s*
      (?:查看|阅读|点击|点此|展开|显示)?(?:更多)?(?:查看|阅读|展开|显示)?(?:全文|剩余内容|原文内容)
      \s*(?:&gt;|[\]】)）>》»…]|\.{3})*\s*$
    | (?P<page>
        (?:^|(?<=[。！？”]))\s*
        (?:上一页|下一页|\[\d\]\s*\[\d\].*|第[一二三四五六七八九十\d]{1,3}页)\s*$
      )
    | undefined\s*$
    """,
    re.VERBOSE,
)
TEASER_HINTS = ("全文", "内容", "页", "]", "undefined")
"""A teaser has one of these."""


class Teaser(NamedTuple):
    """What tells that the page went on, from ``start`` to the end of a paragraph.

    The number of a page (``of_page``), and what leads to others, say so only where no text follows.
    """

    start: int
    of_page: bool


def teaser_of(text: str) -> Teaser | None:
    """Return the teaser with which a paragraph ends, such as ``……[查看全文]`` or ``下一页``.

    >>> teaser_of("会议昨天在京……[查看全文]")
    Teaser(start=6, of_page=False)
    """
    tail = text[-40:]
    if not any(map(tail.__contains__, TEASER_HINTS)):
        return None
    match = TEASER.search(text, len(text) - len(tail))
    return Teaser(match.start(), match["page"] is not None) if match else None
