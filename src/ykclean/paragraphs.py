"""Lines → paragraphs: a line break inside a sentence does not end one.

Joining is reading, not a rule: what is judged later (is it cut off? is it a copy?) is judged on
whole paragraphs. Every join is a finding of its own, so that it can be seen and undone.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean.cuts import stray_closer
from ykclean.document import Join, Noise, Paragraph, Piece
from ykclean.edits import Edit
from ykclean.flow import (
    CLAUSE_END,
    DATELINE,
    could_be_heading,
    cut_probability,
    go_together,
    is_row,
    join_probability,
    leaves_open,
    opens_paragraph,
)
from ykclean.hanzi import has_han
from ykclean.lines import Layout, Line, layout_of, read_lines
from ykclean.signs import OPENERS

if TYPE_CHECKING:
    from collections.abc import Sequence

FINISHED = "。！？…：”’」』）.!?:\"')—"
"""What a line may end with so that nothing is missing after it."""
NO_LINE_START = "，。、；：！？）》」』”’％,;:!?)%"
"""Marks that cannot begin a line (clreq, Prohibition Rules for Line Start)."""
GOES_ON = "”」』）)，、"
"""Marks with which a line goes on even behind a full stop."""
STARTS_ANEW = re.compile(
    r"[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．)）](?!\d)"
    r"|第[一二三四五六七八九十\d]+[章节条部届]"
    r"|[●■◆□▲△★☆※·•◇○◎▼▶►\-*#|>【〖—①-⑳Ⅰ-Ⅻ]"
)
BYLINE = re.compile(r"[□■]?[ \u3000]*(?:本报|特约|见习|实习)*(?:记者|通讯员|编辑|作者|来源|责编)[：: \u3000]")
HEADLINE = 40
"""The longest headline, in characters."""
CREDIT = re.compile(".{2,16}(?:摄|攝|摄影|攝影|供图|供圖|制图|製圖|供稿|文/图)[）)]?$")
NEARBY = 5_000
"""How far around a break the text is searched for the same characters, in code points."""
COPY = 12
"""So many characters in common are no accident."""
LOOK_BACK = 4
"""How many lines back a quotation is sought that the next line closes."""
SURE_CUT = 0.9
"""From here on a line is cut rather than a heading."""
SURE, DOUBTFUL, USUAL, LIKELY = 0.8, 0.95, 0.5, 0.03
"""How probable one sentence must be over a break: where the layout speaks against it, where the first line
may be a heading, where nothing speaks for or against, and where the layout speaks for it."""


def read_paragraphs(text: str, noise: Sequence[Noise]) -> tuple[tuple[Paragraph, ...], tuple[Join, ...]]:
    """Return the paragraphs of the text, and the line breaks inside them."""
    lines = read_lines(text, noise)
    layout = layout_of(lines)
    paragraphs: list[Paragraph] = []
    joins: list[Join] = []
    current = lines[:1]
    for number, (before, line) in enumerate(pairwise(lines), 2):
        if (
            before.text[-1] in FINISHED and line.text[0] not in GOES_ON and not layout.widths
        ) or not _flows_on(current, line, lines[number].text if number < len(lines) else "", layout, text):
            paragraphs.append(_paragraph(current, joins))
            current = [line]
        else:
            joins.append(_join(text, before, line))
            current.append(line)
    if current:
        paragraphs.append(_paragraph(current, joins))
    return tuple(paragraphs), tuple(joins)


def _heads_article(line: str, following: str) -> bool:
    """Whether the line is a headline: two phrases with a space between, or a byline or dateline follows."""
    if line[-1] in FINISHED or len(line) > HEADLINE or len(CLAUSE_END.findall(line)) > 1:
        return False
    if " " in line.replace("\u3000", " ") and has_han(line.split()[0][-1]) and has_han(line.split()[-1][0]):
        return True
    return DATELINE.match(following) is not None or BYLINE.match(following) is not None


def _flows_on(current: Sequence[Line], line: Line, following: str, layout: Layout, text: str) -> bool:
    """Whether the sentence that the current paragraph ends with goes on in the line."""
    before = current[-1]
    last, first = before.text[-1], line.text[0]
    if layout.widths and _fills_column(before, line, layout):
        return True
    if last in FINISHED:
        return first in GOES_ON and last not in "—："
    if first in NO_LINE_START:
        return True
    if _starts_anew(line.text) or _stands_alone(before.text):
        return False
    if last in "，、,":
        return not _is_verse(before, line)
    if last in OPENERS:
        return True
    if not (last.isalnum() or last in "》〉%％") or not (first.isalnum() or first in "“《「『（(‘〈"):
        return False
    threshold = _threshold(current, line, layout)
    if threshold == 1 or (threshold == DOUBTFUL and not go_together(before.text, line.text)):
        return False
    if threshold != LIKELY and _heads_article(line.text, following):
        return False
    together = _stands_together(before, line, text)
    if together is not None:
        return together
    return join_probability(before.text, line.text, _seen(before, line, text)) > threshold


def _starts_anew(line: str) -> bool:
    """Whether no sentence goes on so: an item of a list, a byline, a dateline."""
    return bool(STARTS_ANEW.match(line) or BYLINE.match(line) or DATELINE.match(line))


def _stands_alone(line: str) -> bool:
    """A row of a table, the credit of a picture, a line without Chinese."""
    return is_row(line) or CREDIT.match(line) is not None or not has_han(line)


def _threshold(current: Sequence[Line], line: Line, layout: Layout) -> float:
    if layout.indented and line.indent:
        return 1
    if line.breaks > max(layout.breaks, 1) + 1:
        return SURE
    if stray_closer(line.text) is not None and leaves_open("".join(one.text for one in current[-LOOK_BACK:])):
        return LIKELY
    if (layout.indented and current[0].indent and not line.indent) or line.breaks < layout.breaks:
        return LIKELY
    return DOUBTFUL if len(current) == 1 and _is_like_heading(current[0].text, line.text) else USUAL


def _is_like_heading(line: str, following: str) -> bool:
    return could_be_heading(line) and cut_probability(line, following) < SURE_CUT


def _fills_column(before: Line, line: Line, layout: Layout) -> bool:
    """Whether the line before ends where the column does, so that its break says nothing."""
    if len(before.text) not in layout.widths or len(line.text) > len(before.text):
        return False
    if (layout.indented and line.indent) or line.breaks > layout.breaks or _starts_anew(line.text):
        return False
    if before.text[-1] in FINISHED and opens_paragraph(line.text):
        return False
    return has_han(before.text) and not is_row(before.text)


def _is_verse(before: Line, line: Line) -> bool:
    """Short lines that each end with a mark are verse, or a couplet."""
    return len(before.text) <= 16 and len(line.text) <= 20


def _stands_together(before: Line, line: Line, text: str) -> bool | None:
    """What another copy of the second line nearby says: it goes on there in the same way, or not.

    None where there is no other copy.
    """
    opening = line.text[:COPY]
    if len(opening) < COPY:
        return None
    at = text.find(opening, max(line.start - NEARBY, 0), line.start)
    if at < 0:
        at = text.find(opening, line.end, line.end + NEARBY)
    if at < 0:
        return None
    if text[at - 1 : at].isspace():
        # A copy with a break in the same place proves nothing, one behind another line that it is none.
        return None if text[max(at - 40, 0) : at].rstrip()[-1:] == before.text[-1] else False
    goes_on = text[at - 1 : at] == before.text[-1]
    # A copy under other paragraph breaks may have swallowed a headline: no proof for a line like one.
    return None if goes_on and not CLAUSE_END.search(before.text) else goes_on


def _seen(before: Line, line: Line, text: str) -> tuple[bool, bool]:
    low, high = max(line.start - NEARBY, 0), line.start + NEARBY
    left, right = before.text[-2:] + line.text[:1], before.text[-1:] + line.text[:2]
    return text.find(left, low, high) >= 0, text.find(right, low, high) >= 0


def _join(text: str, before: Line, line: Line) -> Join:
    """The white space between the lines, and the space that takes its place between two Latin words."""
    gap = text[before.end : line.start]
    start = before.end + next((i for i, c in enumerate(gap) if c.isspace()), 0)
    end = line.start - next((i for i, c in enumerate(reversed(gap)) if c.isspace()), 0)
    is_latin = _is_latin(before.text[-1]) and _is_latin(line.text[0])
    return Join(Edit(start, end, text[start:end], " " if is_latin else ""))


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _paragraph(lines: Sequence[Line], joins: Sequence[Join]) -> Paragraph:
    first = lines[0]
    if len(lines) == 1:
        return Paragraph(first.start, first.end, first.text, first.pieces)
    pieces: list[Piece] = []
    texts: list[str] = []
    at = 0
    for number, line in enumerate(lines):
        if number:
            edit = joins[number - len(lines)].edit
            if edit.after:
                pieces.append(Piece(at, edit.start, edit.end, verbatim=False))
                texts.append(edit.after)
                at += len(edit.after)
        own = line.pieces or (Piece(0, line.start, line.end),)
        pieces.extend(piece._replace(at=at + piece.at) for piece in own)
        texts.append(line.text)
        at += len(line.text)
    return Paragraph(first.start, lines[-1].end, "".join(texts), tuple(pieces))
