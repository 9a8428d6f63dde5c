"""A newspaper's jumps from page to page: （下转第四版）, （上接第一版）.

A jump is a line of its own, or stands in brackets at the end or the beginning of a paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean.forms import HAN, Form
from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.document import Paragraph

_PAGE = r"(?:第?[ 　]?[A-Z]?[0-9一二三四五六七八九十]{1,3}[ 　]?[版页]|[A-Z][0-9]{1,2}(?![0-9A-Z]))"
_ON = r"[下文紧]转|下接|(?<=[（【\[〔])转"
_BACK = r"[上紧文承]接|(?<=[（【\[〔])接"
_JUMP = rf"(?:(?P<on>{_ON})|{_BACK})[自至到]?[ 　]*(?P<page>{_PAGE})"
_TITLE = "[^（）【】\\[\\]〔〕，。；？！]"
JUMP_IN_TEXT = Form(rf"[（【\[〔]{_JUMP}(?P<title>{_TITLE}{{0,40}})[）】\]〕]", "转接")
"""A newspaper's jump to another page, folded: （下转第四版）, （上接第1版《大桥合龙》）."""
JUMP_LINE = Form(
    rf"[▼▲◆●■→←↓↑ 　]*[（【\[〔]?{_JUMP}(?P<title>[《·：　 ]{_TITLE}{{0,40}})?[）】\]〕]?", "转轉接"
)
"""The same as a line of its own, with or without brackets: ▼下转A4, 上接第1版：大桥合龙."""
PAGE_LINE = Form(rf"({_PAGE})(?:[ ：·・.|｜-]{{1,2}}{HAN}{{2,8}})?", "版页ABCDEFGH")
"""The head of a newspaper's page, folded: 第04版：要闻."""
KEYS = ("下转", "下轉", "上接", "转第", "轉第", "接第")
"""A text with none of these has no jump."""
LONGEST_LINE = 60
"""The longest line that is nothing but a jump, in characters."""
OPENINGS = "（(【[〔▼▲◆●■→←↓↑ 　下上文紧緊承"
"""How a line that is nothing but a jump begins."""
DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}


class Jump(NamedTuple):
    """The paragraph ``number`` sends the reader on to a page, or tells from which one the text comes."""

    number: int
    on: bool
    page: str
    title: str


def part_jumps(text: str, paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return the paragraphs with each jump in brackets as a paragraph of its own."""
    starts = [paragraph.start for paragraph in paragraphs]
    numbers = {bisect_right(starts, at) - 1 for at in _places(text)}
    if not numbers:
        return paragraphs
    return [
        part
        for number, paragraph in enumerate(paragraphs)
        for part in (_parted(paragraph) if number in numbers else (paragraph,))
    ]


def find_jumps(paragraphs: Sequence[Paragraph]) -> list[Jump]:
    """Return the paragraphs that are nothing but a jump."""
    lines = [
        (number, paragraph.text)
        for number, paragraph in enumerate(paragraphs)
        if paragraph.text[0] in OPENINGS and len(paragraph.text) <= LONGEST_LINE
    ]
    jumps = [_jump(number, line) for number, line in lines if any(map(line.__contains__, JUMP_LINE.hint))]
    return [jump for jump in jumps if jump is not None]


def page_number(text: str) -> str:
    """Return the number of a page without what is written around it.

    >>> page_number("第十二版"), page_number("A04版"), page_number("第4版")
    ('12', 'A4', '4')
    """
    digits = text.strip("第版页 \u3000")
    letter = digits[:1] if digits[:1].isascii() and digits[:1].isalpha() else ""
    digits = digits[len(letter) :]
    if digits.isdecimal():
        return letter + str(int(digits))
    tens, ten, ones = digits.rpartition("十")
    return letter + str((DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0))


def _places(text: str) -> Iterator[int]:
    """Where in the text one of the keys stands."""
    for key in KEYS:
        at = text.find(key)
        while at >= 0:
            yield at
            at = text.find(key, at + 1)


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph without the jumps at its edges, or in pieces where one jump meets another in it."""
    text = paragraph.text
    found = [m.span() for m in JUMP_IN_TEXT.regex.finditer(fold(text))]
    edges = {0, len(text)} | {end for (_, end), (start, _) in pairwise(found) if not text[end:start].strip()}
    edges |= {
        start for (_, end), (start, _) in pairwise(found) if end in edges and not text[end:start].strip()
    }
    cuts = sorted({0, len(text)} | {at for span in found if not edges.isdisjoint(span) for at in span})
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            indent = len(piece) - len(piece.lstrip())
            yield paragraph.part(start + indent, start + len(piece.rstrip()))


def _jump(number: int, text: str) -> Jump | None:
    line = fold(text)
    match = JUMP_IN_TEXT.fullmatch(line) or JUMP_LINE.fullmatch(line)
    if match is None:
        return None
    title = (match["title"] or "").strip("《》：·“”\u3000 ")
    return Jump(number, match["on"] is not None, page_number(match["page"]), title)
