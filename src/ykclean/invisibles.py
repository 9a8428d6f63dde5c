"""Control characters, and characters of no width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.edits import Edit
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

_INVISIBLE = (
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc"
    "\uffff\U000e0001-\U000e007f]"
)
# A pattern that begins with a class is found twice as fast as one that begins with a repeat.
INVISIBLE = re.compile(f"{_INVISIBLE}{_INVISIBLE}*")
MISREAD, LATIN = pattern("[\x80-\x9f\xad]"), pattern("[\xa1-\xff]")
JOINING = pattern(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe0e-\ufe0f\ufe70-\ufefe]"
)
"""Scripts in which joiners and direction marks do work, and the selectors of emoji."""
JOINERS = "\u200c\u200d\u200e\u200f"
EMOJI_TAGS = range(0xE0020, 0xE0080)
EMOJI_START = 0x1F000


def find_invisibles(text: str) -> Iterator[Edit]:
    """Yield the edits that take invisible characters out of a text."""
    for match in INVISIBLE.finditer(text):
        if not _holds_together(match, text):
            yield Edit(match.start(), match.end(), match[0], "")


def _holds_together(match: re.Match[str], text: str) -> bool:
    """Whether the characters shape what stands around them: emoji sequences, Arabic, Indic scripts.

    So do those of text that was read as Latin-1: without them nobody can mend it any more.
    """
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if MISREAD.search(match[0]):
        around = text[max(match.start() - 2, 0) : match.start()] + text[match.end() : match.end() + 2]
        if len(LATIN.findall(around)) > 1 or any("\u00c0" <= one <= "\u00ff" for one in (before, after)):
            return True
    if not before:
        return False
    if match[0].strip(JOINERS) and not all(ord(c) in EMOJI_TAGS for c in match[0]):
        return False
    return ord(before) >= EMOJI_START or JOINING.match(before) is not None
