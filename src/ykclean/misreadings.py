"""Chinese in UTF-8 that somebody read as GBK: 新闻联播 has become 鏂伴椈鑱旀挱."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from ykclean.codec import EVERYDAY_LEADS
from ykclean.edits import Span
from ykclean.hanzi import simplify

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS = "锛銆鐨涓鍦鏄浜鏂鏈殑湪槸紝杩鍙"
"""What the commonest marks and characters become, which is rare in other text: ， 。 的 一 在 是 人 新 有."""
EURO = "€"
"""What browsers make of the byte 0x80, which begins no character in GBK."""
SHORTEST = 4
"""So many characters in a row must come out."""
USUAL = 0.75
"""The least share of marks and everyday characters among them."""
UTF8 = rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){%d,}" % SHORTEST


def misread_spans(text: str) -> Iterator[Span]:
    """Yield where text stands that was decoded as GBK and makes sense in UTF-8.

    >>> [span for span in misread_spans("标题：鏂伴椈鑱旀挱")], [*misread_spans("涓涓细流汇成浔阳江")]
    ([Span(start=3, end=9)], [])
    """
    if any(sign in text for sign in SIGNS):
        for run in _runs().finditer(text):
            yield from _spans_in(run[0], run.start())


def _spans_in(run: str, shift: int) -> Iterator[Span]:
    raw = b"\x80".join(part.encode("gbk") for part in run.split(EURO))
    ends = list(accumulate(1 if one == EURO else 2 for one in run))
    for match in re.finditer(UTF8, raw):
        if _is_everyday(match[0].decode("utf-8")):
            first, last = bisect_right(ends, match.start()), bisect_left(ends, match.end())
            yield Span(shift + first, shift + last + 1)


def _is_everyday(text: str) -> bool:
    leads = simplify(text).encode("gb2312", "ignore")[::2]
    return sum(map(EVERYDAY_LEADS["gb18030"].__contains__, leads)) >= USUAL * len(text)


@cache
def _runs() -> re.Pattern[str]:
    """Runs of the characters that two bytes in the midst of Chinese in UTF-8 are in GBK."""
    within, first = range(0x80, 0xC0), (*range(0xE3, 0xEA), 0xEF)
    pairs = [(a, b) for a in within for b in (*within, *first)] + [(a, b) for a in first for b in within]
    found = [bytes(pair).decode("gbk", "ignore") for pair in pairs]
    characters = re.escape("".join(one for one in found if len(one) == 1 and one > "\x7f"))
    return re.compile(f"[{characters}{EURO}]{{{SHORTEST},}}")
