"""Document and edits → the clean articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Edit, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.document import Article, Document, Role

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
    paragraphs = list(_write_paragraphs(document, edits))
    written = []
    for article in document.articles:
        kept = [paragraph for paragraph in paragraphs[article.first : article.last] if paragraph.text]
        if kept:
            written.append(CleanArticle(*_heading(article, kept), tuple(kept)))
    return tuple(written)


def _write_paragraphs(document: Document, edits: Sequence[Edit]) -> Iterator[CleanParagraph]:
    first, count = 0, len(edits)
    for paragraph in document.paragraphs:
        start, end = paragraph.start, paragraph.end
        while first < count and edits[first][1] <= start:
            first += 1
        last = first
        while last < count and edits[last][0] < end:
            last += 1
        clean = _edited(document.text, start, end, edits[first:last])
        yield CleanParagraph(paragraph.role, clean, start, end)


def _edited(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """The text of a paragraph with the edits made; those that cross its edges take what they cover."""
    inside = edits
    if edits and (edits[0].start < start or edits[-1].end > end):
        inside = [edit for edit in edits if edit.start >= start and edit.end <= end]
        start = max([start, *(edit.end for edit in edits if edit.start < start)])
        end = min([end, *(edit.start for edit in edits if edit.end > end)])
    return apply_edits(text, inside, start, max(start, end)).strip(SPACE)


def _heading(article: Article, kept: Sequence[CleanParagraph]) -> tuple[str | None, str | None]:
    """Title and byline as the clean text has them."""
    roles = {paragraph.role: paragraph.text for paragraph in reversed(kept)}
    return (
        roles.get("title") if article.title is not None else None,
        roles.get("byline", article.byline) if article.byline is not None else None,
    )
