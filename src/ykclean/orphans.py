"""Does a paragraph begin in the middle of a sentence, its beginning lost?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.cuts import is_finished
from ykclean.hanzi import has_han
from ykclean.lazy import pattern
from ykclean.pairs import REACH
from ykclean.signs import CLOSERS, OPENERS, PAIRS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Paragraph

NO_BEGINNING = "，。、；：！？）,;:!?)%％"
"""Marks with which no paragraph begins."""
QUOTE_MARKS = pattern("[“”「」『』]")


def stray_closer(text: str) -> int | None:
    """The offset of the first closing quotation mark without an opening one before it; else None."""
    if "”" not in text and "」" not in text and "』" not in text:
        return None
    awaited: list[str] = []
    counts = dict.fromkeys("”」』", 0)  # To look through all that is open for each mark would take too long.
    for match in QUOTE_MARKS.finditer(text):
        mark = match[0]
        if mark in PAIRS:
            awaited.append(PAIRS[mark])
            counts[PAIRS[mark]] += 1
        elif counts[mark]:
            while awaited[-1] != mark:
                counts[awaited.pop()] -= 1
            counts[awaited.pop()] -= 1
        else:
            return match.start()
    return None


def open_quotations(text: str) -> int:
    """How many quotations the text leaves open (0 where closing marks outnumber the opening ones)."""
    count = text.count
    return sum(max(count(opening) - count(closing), 0) for opening, closing in ("“”", "「」", "『』"))


def is_orphan(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the beginning of the paragraph at ``index`` is lost.

    It begins with a mark that nothing begins with, or closes a quotation that was never opened, behind
    a paragraph that was cut or at the very start.
    """
    text = paragraphs[index].text
    if text[0] in NO_BEGINNING and len(text) > 1 and has_han(text):
        return True
    stray = stray_closer(text)
    if stray is None or _opens_too(text, text[stray]):
        return False
    before = paragraphs[index - 1].text if index else ""
    return not (is_finished(before) or open_quotations(_above(paragraphs, index)))


def _opens_too(text: str, closer: str) -> bool:
    """Whether a closing mark was typed for the opening one, too: they are even, and that is missing."""
    return text.count(closer) % 2 == 0 and OPENERS[CLOSERS.index(closer)] not in text


def _above(paragraphs: Sequence[Paragraph], index: int) -> str:
    """The paragraphs right above: a poem is quoted over several."""
    return "".join([paragraph.text for paragraph in paragraphs[max(index - REACH, 0) : index]])
