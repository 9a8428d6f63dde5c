"""Straight quotes: which way each one faces, and which marks stand for it.

Source: GB/T 15834-2011 §4.8, W3C clreq.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

from ykclean.pairs import lone_marks, unbalanced_lines, without_partners
from ykclean.signs import is_latin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.runs import Change

CURLY = ("“", "”", "‘", "’")
CORNER = ("「", "」", "『", "』")

_QUOTE = "[\"'“”‘’「」『』]"
_DOUBLE = {'"': "", "“": "open", "「": "open", "”": "close", "」": "close"}
_SINGLE = {"'": "", "‘": "open", "『": "open", "’": "close", "』": "close"}
STRAIGHT = "\"'"
_REACH = 40
_PARTNER = {"“": "”", "”": "“", "‘": "’", "’": "‘", "「": "」", "」": "「", "『": "』", "』": "『"}
_OPENS_AFTER = "：:（(《【"
_CLOSES_BEFORE = "，。；：、？！,.;:?!）)》】…"

_TRADITIONAL = "這個們說為來對會國時後關開無與產"
_SIMPLIFIED = "这个们说为来对会国时后关开无与产"


def quote_marks(text: str, choice: Literal["auto", "curly", "corner"]) -> tuple[str, str, str, str]:
    """The quotation marks that a text takes: outer opening and closing, inner opening and closing.

    ``auto`` takes those the text uses; one that uses none takes those of its script.

    >>> quote_marks("他說「好」", "auto")[0], quote_marks('他说"好"', "auto")[0]
    ('「', '“')
    """
    if choice != "auto":
        return CORNER if choice == "corner" else CURLY
    corner, curly = text.count("「"), text.count("“")
    if corner == curly:
        corner, curly = (sum(map(text.count, script)) for script in (_TRADITIONAL, _SIMPLIFIED))
    return CORNER if corner > curly else CURLY


def face_quotes(text: str, marks: tuple[str, str, str, str]) -> str:
    """Return the text with each straight quote replaced by the mark its surroundings ask for.

    The result has the same length. A curly quote may be the partner of a straight one. Apostrophes
    and the signs of feet, inches, minutes and seconds are no quotes and stay as they are.

    >>> face_quotes("他说\\"好\\"，屏幕5.8\\"。", CURLY)
    '他说“好”，屏幕5.8"。'
    """
    faced = list(text)
    outer, inner = _Level(faced, marks[:2]), _Level(faced, marks[2:])
    for match in re.finditer(_QUOTE, text):
        at, mark = match.start(), match[0]
        if mark in _DOUBLE:
            start = outer.opened
            outer.take(at, _DOUBLE[mark] or _direction(text, at, start is not None))
            if outer.opened is None and start is not None and (inner.opened or 0) > start:
                inner.opened = None
        elif not _is_apostrophe(text, at, inner.opened is not None):
            inner.take(at, _SINGLE[mark] or _direction(text, at, inner.opened is not None))
    return "".join(faced)


class _Level:
    """The quotes of one kind, outer or inner, and where the one stands that is open."""

    def __init__(self, faced: list[str], marks: Sequence[str]) -> None:
        self.faced = faced
        self.opening, self.closing = marks
        self.opened: int | None = None

    def take(self, at: int, direction: str) -> None:
        """Go on to the quote at ``at``, which opens, closes, or is none."""
        if direction == "open":
            if self.faced[at] in STRAIGHT:
                self.faced[at] = self.opening
            self.opened = at
        elif direction == "close":
            self._close(at)
            self.opened = None

    def _close(self, at: int) -> None:
        opener = self.opening if self.opened is None else self.faced[self.opened]
        if self.faced[at] in STRAIGHT:
            self.faced[at] = _PARTNER[opener]
        elif self.opened is not None:
            self.faced[self.opened] = _PARTNER[self.faced[at]]


def _direction(text: str, at: int, is_open: bool) -> str:
    """Whether the straight quote at ``at`` opens or closes, or is no quote (5.8")."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before.isdigit() and not is_open and not _opens_after_digit(text, at):
        return ""
    closes = not after or after in _CLOSES_BEFORE or (after.isspace() and not before.isspace())
    opens = bool(after) and not after.isspace() and (not before or before.isspace() or before in _OPENS_AFTER)
    if opens == closes:
        return "close" if is_open else "open"
    return "open" if opens else "close"


def _opens_after_digit(text: str, at: int) -> bool:
    """Whether the quote after a number opens a quotation: it leads on, and one that closes follows."""
    following = text.find(text[at], at + 1, at + _REACH)
    return following > at + 1 and text[at + 1].isalpha() and not text[following - 1].isdigit()


def _is_apostrophe(text: str, at: int, is_open: bool) -> bool:
    """Whether a single quote stands for letters that are left out (it's, ’98), or is one of two."""
    before, after = text[at - 1 : at], text[at + 1 : at + 3]
    if text[at] not in "'’":
        return False
    if text[at] == "'" and "'" in (before, after[:1]):  # Two of them are somebody's double quote.
        return True
    if is_latin(before):
        return not is_open or is_latin(after[:1])
    return not is_open and len(after) == 2 and after.isdigit()


class Quotations(NamedTuple):
    """The quotes and brackets of a text, by their offsets, in order.

    ``straight`` are the straight quotes with the marks that should stand for them; ``lone`` are the
    quotes, straight ones too, and the brackets that have no partner.
    """

    straight: list[Change]
    lone: list[int]


@lru_cache(maxsize=1)  # Two rules ask for the same text.
def read_quotations(text: str, marks: tuple[str, str, str, str]) -> Quotations:
    """Pair the quotes and brackets in each line of the text, then those left over across lines.

    >>> read_quotations('他说"好”。\\n谢谢)', CURLY)
    Quotations(straight=[(2, 3, '“')], lone=[9])
    """
    faced = _face_all(text, marks)
    numbers = unbalanced_lines(faced)
    if faced is text and not numbers:
        return Quotations([], [])
    straight = sorted(match.start() for quote in STRAIGHT for match in re.finditer(quote, text))
    changes = [(at, at + 1, faced[at]) for at in straight if faced[at] != text[at]]
    lines = faced.split("\n")
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    left = [(number, lone) for number in numbers for lone in lone_marks(lines[number])]
    lone = sorted(starts[number] + mark.at for number, mark in without_partners(left, lines))
    unpaired = set(lone)
    return Quotations([change for change in changes if change[0] not in unpaired], lone)


def _face_all(text: str, marks: tuple[str, str, str, str]) -> str:
    if '"' not in text and "'" not in text:
        return text
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if '"' in line or "'" in line:
            lines[number] = face_quotes(line, marks)
    return "\n".join(lines)
