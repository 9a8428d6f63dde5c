"""Document and edits → the clean articles."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Article, Document, Paragraph, Role

SPACE = " \t\r\n\x0b\x0c\u3000\xa0\u2028\u2029\x85"


class CleanParagraph(NamedTuple):
    """A paragraph of the clean text, and the source span it comes from."""

    role: Role
    text: str
    start: int
    end: int


class CleanArticle(NamedTuple):
    """A clean article. ``start`` and ``end`` are offsets into the source."""

    title: str | None
    byline: str | None
    paragraphs: tuple[CleanParagraph, ...]

    @property
    def start(self) -> int:
        """Where the article begins in the source."""
        return self.paragraphs[0].start

    @property
    def end(self) -> int:
        """Where the article ends in the source."""
        return self.paragraphs[-1].end

    @property
    def text(self) -> str:
        """The whole article, header lines included, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def write_articles(document: Document, edits: Sequence[Edit]) -> tuple[CleanArticle, ...]:
    """Return the articles as the edits leave them; one of which nothing is left is no article."""
    written = []
    for article in document.articles:
        paragraphs = document.paragraphs[article.first : article.last]
        kept = [p for p in (_write(document.text, paragraph, edits) for paragraph in paragraphs) if p.text]
        if kept:
            written.append(CleanArticle(*_heading(article, kept), tuple(kept)))
    return tuple(written)


def _write(text: str, paragraph: Paragraph, edits: Sequence[Edit]) -> CleanParagraph:
    at = bisect_left(edits, paragraph.start, key=_end)
    inside = []
    start, end = paragraph.start, paragraph.end
    while at < len(edits) and edits[at].start < end:
        edit = edits[at]
        if edit.start < start:
            start = min(edit.end, end)
        elif edit.end > end:
            end = edit.start
        else:
            inside.append(edit)
        at += 1
    clean = apply_edits(text, inside, start, end).strip(SPACE)
    return CleanParagraph(paragraph.role, clean, paragraph.start, paragraph.end)


def _end(edit: Edit) -> int:
    return edit.end


def _heading(article: Article, kept: Sequence[CleanParagraph]) -> tuple[str | None, str | None]:
    """Title and byline as the clean text has them."""
    roles = {paragraph.role: paragraph.text for paragraph in reversed(kept)}
    return (
        roles.get("title") if article.title is not None else None,
        roles.get("byline", article.byline) if article.byline is not None else None,
    )
