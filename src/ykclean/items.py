"""Items of lists and numbered heads: lines that open alike, near one another, and have no stop."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from ykclean.flow import NEAR, is_unfinished
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMERALS = "一二三四五六七八九十"
OPENING = pattern(
    rf"(?P<numeral>[{_NUMERALS}]{{1,3}}[、．.])|(?P<number>[0-9０-９]{{1,2}}[、．.](?![0-9０-９]))"
    rf"|(?P<bracket>[（(][{_NUMERALS}0-9]{{1,3}}[)）])|(?P<closed>[0-9]{{1,2}}[)）])"
    rf"|(?P<ordinal>第[{_NUMERALS}]{{1,3}}[，、：])|(?P<first>[{_NUMERALS}]是)"
    "|(?P<circle>[①-⑳])|(?P<sign>[●■◆□▲△★☆※·•◇○◎▼►]|——|【)"
)
"""What an item opens with. Items of one list open in the same way."""
SEVERAL, LONGEST = 3, 30
"""So many make a list; the longest item that is whole without a stop, in characters."""


class Items:
    """Where short lines stand that open as items do and end without a mark."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take the lines in order."""
        self._at: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            kind = _kind(line)
            if kind:
                self._at.setdefault(kind, []).append(number)

    def has_one(self, number: int, line: str) -> bool:
        """Whether a line is one of several short items near one another, none of which has a stop."""
        kind = _kind(line)
        at = self._at.get(kind, []) if kind else []
        return bisect_right(at, number + NEAR) - bisect_left(at, number - NEAR) >= SEVERAL


def _kind(line: str) -> str | None:
    """How a short line without a mark at its end opens, if as an item."""
    if len(line) > LONGEST or not is_unfinished(line):
        return None
    match = OPENING.match(line)
    return match.lastgroup if match else None
