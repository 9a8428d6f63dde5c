"""Broken lines and stray white space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.edits import Edit
from ykclean.findings import Finding, Rule
from ykclean.lazy import pattern
from ykclean.noise import stands_before_mark

BLANKS = pattern("[ \t\u3000\xa0]+")
GAP = pattern("[ \t\u3000\xa0\0][ \t\u3000\xa0\0]*")
"""Blanks, and what stands for noise among them; ``x[x]*`` is found three times as fast as ``[x]+``."""
LINE_ENDS = ("", "\n", "\r")

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Document
    from ykclean.settings import Settings


def find_broken_lines(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find line breaks that stand inside a sentence, and join the lines.

    Newspapers set in columns, PDFs and page layouts leave breaks inside sentences, words and numbers.
    A broken sentence is read as two, found by no search, and not recognized as a copy. Evidence for a
    break that does not belong: the line has no full stop; the next begins with a mark that no line may
    begin with (clreq); a quotation is open; the lines of a file fill a column; paragraphs are indented
    and this line is not; it parts a Latin name in Chinese prose, a foreign name before its dot, a type
    before its hyphen, a bracket, an ellipsis, a dash or a figure; the characters at the break usually stand
    together.

    Before: `这条河上没有人⏎修过桥。`  After: `这条河上没有人修过桥。`

    Headlines, lists, verse, tables and captions stay as they are, and no sentence goes on over a gap as
    wide as between articles. It errs where a paragraph was cut off and the next happens to fit, and may miss
    a break between two words that rarely meet.
    """
    for join in document.joins:
        yield Finding(BROKEN_LINE, join.edit.start, join.edit.end, (join.edit,))


def find_stray_space(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find white space that separates nothing: at the end of a line, or before a Chinese mark.

    Editors and page layouts leave blanks at the ends of lines and around marks. GB/T 15834 and clreq
    know no space before a mark. The indent of a paragraph, blank lines, and spaces between words
    (`本报记者 范小舟`, `通新航 迎新客`) stay.

    Before: `他说 ，明天下雨。␠␠`  After: `他说，明天下雨。`

    It errs in Markdown, where two blanks at the end of a line are a line break.
    """
    text = document.text
    masked = _without_noise(document) if document.noise else text
    for match in GAP.finditer(masked):
        start, end = match.span()
        if masked[end : end + 1] in LINE_ENDS or stands_before_mark(masked, start, end):
            for blank in BLANKS.finditer(match[0]):
                yield _stray(text, start + blank.start(), start + blank.end())


def _stray(text: str, start: int, end: int) -> Finding:
    return Finding(STRAY_SPACE, start, end, (Edit(start, end, text[start:end], ""),))


def _without_noise(document: Document) -> str:
    """The text with a NUL for each character of noise that goes, so that offsets hold.

    Noise that stands for a line break is one.
    """
    pieces, position = [], 0
    for edit in (noise.edit for noise in document.noise if noise.edit.after in ("", "\n")):
        pieces += [document.text[position : edit.start], (edit.after or "\0") * (edit.end - edit.start)]
        position = edit.end
    return "".join([*pieces, document.text[position:]])


BROKEN_LINE = Rule("YK301", "broken-line", find_broken_lines, "Line break inside a sentence", "句中断行")
STRAY_SPACE = Rule(
    "YK302", "stray-space", find_stray_space, "White space that separates nothing", "多余的空白"
)
RULES = (BROKEN_LINE, STRAY_SPACE)
