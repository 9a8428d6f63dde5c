"""Which letters stand around a place in a text, looking through the marks between.

So the answer is the same before and after those marks are themselves full-width.
"""

from __future__ import annotations

from ykclean.lazy import pattern
from ykclean.signs import is_han

REACH = 48
"""How far the letters that decide are looked for."""

# To compile a class of Han takes longer than to clean a page: a comparison tells Han as well.
_LETTER_OR_SPACE = pattern(r"[\w\x00\s]")
_LETTER_OR_BREAK = pattern(r"[\w\x00\n]")
_SPACES = (" ", "\t", "\xa0", "\u3000")
_BEFORE_TOKEN = "，,；;？?！!(（[{=<"


def follows_han(text: str, at: int) -> bool:
    """Whether the last letter before ``at`` is Han, with nothing but marks between."""
    return _leads_to_han(text[max(0, at - REACH) : at][::-1], 0)


def follows_token(text: str, at: int) -> bool:
    """Whether a single foreign word or number stands before ``at``, and Han before that.

    It is one without spaces or marks of clauses inside.
    """
    before = text[max(0, at - REACH) : at][::-1]
    if before.isascii():
        return False
    start = int(before[:1] in _SPACES)
    for end, sign in enumerate(before[start:], start):
        if sign in _BEFORE_TOKEN or sign.isspace() or is_han(sign):
            return end > start and _leads_to_han(before, end)
    return False


def _leads_to_han(backwards: str, at: int) -> bool:
    """Whether the text, read backwards from ``at``, comes to Han after a space and marks at most."""
    letter = _LETTER_OR_SPACE.search(backwards, at + (backwards[at : at + 1] in _SPACES))
    return letter is not None and is_han(letter[0])


def precedes_han(text: str, at: int) -> bool:
    """Whether the first letter from ``at`` on is Han, in the same line."""
    letter = _LETTER_OR_BREAK.search(text, at, at + REACH)
    return letter is not None and is_han(letter[0])
