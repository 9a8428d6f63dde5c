"""Broken lines and stray white space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.findings import Finding, Rule

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
    and this line is not; the characters at the break usually stand together.

    Before: `村里没有人办⏎过婚礼。`  After: `村里没有人办过婚礼。`

    Headlines, lists, verse, tables and captions stay as they are. It errs where a paragraph was cut off
    and the next happens to fit, and may miss a break between two words that rarely meet.
    """
    for join in document.joins:
        yield Finding(BROKEN_LINE, join.edit.start, join.edit.end, (join.edit,))


BROKEN_LINE = Rule(
    "YK301", "broken-line", find_broken_lines, "Line break inside a sentence", "句中断行"
)
RULES = (BROKEN_LINE,)
