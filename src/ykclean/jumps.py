"""A newspaper's jumps from page to page: （下转第四版）, （上接第一版）.

A jump is a line of its own, or stands in brackets at the end or the beginning of a paragraph.
"""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from ykclean.forms import LETTER, Form
from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.document import Paragraph

_BRACKETS = "（(【[〔"
_ON, _BACK = ("下转", "文转", "紧转", "下接", "转"), ("上接", "紧接", "文接", "承接", "接")
"""What a jump begins with, folded; one of a single character stands behind a bracket only."""
_BOTH_SCRIPTS = {"转": "转轉", "紧": "紧緊"}
_OPEN = r"[（【\[〔]"


def _any_of(words: Iterable[str]) -> str:
    """A pattern for the words."""
    return "|".join(word if len(word) > 1 else f"(?<={_OPEN}){word}" for word in words)


def _as_written(words: Iterable[str]) -> Iterator[str]:
    """The words before they are folded, in either script or a mix of both."""
    for word in words:
        yield from map("".join, product(*(_BOTH_SCRIPTS.get(one, one) for one in word)))


WORDS = tuple(_as_written(_ON + _BACK))
"""A paragraph where none of these stands behind a bracket has no jump in brackets."""
_PAGE = r"(?:第?[ 　]?[A-Z]?[0-9一二三四五六七八九十]{1,3}[ 　]?[版页]|[A-Z][0-9]{1,2}(?![0-9A-Z]))"
_JUMP = rf"(?:(?P<on>{_any_of(_ON)})|{_any_of(_BACK)})[自至到]?[ 　]*(?P<page>{_PAGE})"
_TITLE = "[^（）【】\\[\\]〔〕，。；？！]"
JUMP_IN_TEXT = Form(rf"{_OPEN}{_JUMP}(?P<title>{_TITLE}{{0,40}})[）】\]〕]", "转接")
"""A newspaper's jump to another page, folded: （下转第四版）, （上接第1版《大桥合龙》）."""
JUMP_LINE = Form(
    rf"[▼▲◆●■→←↓↑ 　]*{_OPEN}?{_JUMP}(?P<title>[《·：　 ]{_TITLE}{{0,40}})?[）】\]〕]?", "转轉接"
)
"""The same as a line of its own, with or without brackets: ▼下转A4, 上接第1版：大桥合龙."""
PAGE_LINE = Form(rf"({_PAGE})(?:[ ：·・.|｜-]{{1,2}}{LETTER}{{2,8}})?", "版页ABCDEFGH")
"""The head of a newspaper's page, folded: 第04版：要闻."""
LONGEST_LINE = 60
"""The longest line that is nothing but a jump, in characters."""
OPENINGS = frozenset(_BRACKETS + "▼▲◆●■→←↓↑ 　").union(word[0] for word in WORDS if len(word) > 1)
"""How a line that is nothing but a jump begins."""
DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}


class Jump(NamedTuple):
    """The paragraph ``number`` sends the reader on to a page, or tells from which one the text comes."""

    number: int
    on: bool
    page: str
    title: str


def part_jumps(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Yield the paragraphs with each jump in brackets as a paragraph of its own."""
    for paragraph in paragraphs:
        if _may_jump(paragraph.text):
            yield from _parted(paragraph)
        else:
            yield paragraph


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


def _may_jump(text: str) -> bool:
    """Whether a bracket stands there with a word behind it that a jump begins with."""
    return any(
        rest.startswith(WORDS) for bracket in _BRACKETS if bracket in text for rest in text.split(bracket)[1:]
    )


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
