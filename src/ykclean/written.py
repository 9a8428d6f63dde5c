"""Document and edits → the clean articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.document import Continuation
from ykclean.edits import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.document import Article, Document, Role

SPACE = " \t\r\n\x0b\x0c\u3000\xa0\u2028\u2029\x85"


class CleanParagraph(NamedTuple):
    """A paragraph of the clean text, and the source span it comes from.

    One that ``goes_on`` ends in a sentence whose rest, from another page, is the next paragraph.
    """

    role: Role
    text: str
    start: int
    end: int
    goes_on: bool = False


class CleanArticle(NamedTuple):
    """A clean article. Offsets count code points of the source.

    ``continued`` are the stretches of the source where it goes on behind other articles, as on another
    page; their paragraphs follow those of its beginning.
    """

    title: str | None
    byline: str | None
    paragraphs: tuple[CleanParagraph, ...]
    continued: tuple[Span, ...] = ()

    @property
    def start(self) -> int:
        """Where the article begins in the source."""
        return self.paragraphs[0].start

    @property
    def end(self) -> int:
        """Where the article, or its first stretch, ends in the source."""
        if not self.continued:
            return self.paragraphs[-1].end
        rest = self.continued
        return max(p.end for p in self.paragraphs if not any(s.start <= p.start < s.end for s in rest))

    @property
    def text(self) -> str:
        """The whole article, header lines included, one paragraph a line."""
        written = [part for p in self.paragraphs for part in (p.text, "" if p.goes_on else "\n")]
        return "".join(written[:-1])


def write_articles(document: Document, edits: Sequence[Edit]) -> tuple[CleanArticle, ...]:
    """Return the articles as the edits leave them; one of which nothing is left is no article.

    What goes on elsewhere in the file follows its beginning.
    """
    paragraphs = list(_write_paragraphs(document, edits))
    written = []
    for parts in _whole(document):
        kept, continued = _joined(paragraphs, parts, document.articles)
        if kept:
            article = document.articles[parts[0].rest]
            written.append(CleanArticle(*_heading(article, kept), tuple(kept), continued))
    return tuple(written)


def _whole(document: Document) -> Iterator[list[Continuation]]:
    """The articles, each as the list of its parts, which are reached by these continuations."""
    follows = {one.article: one for one in document.continuations}
    rests = {one.rest for one in document.continuations}
    for number in range(len(document.articles)):
        if number not in rests:
            parts = [Continuation(number, number)]
            while (following := follows.get(parts[-1].rest)) is not None:
                parts.append(following)
            yield parts


def _joined(
    paragraphs: Sequence[CleanParagraph], parts: Sequence[Continuation], articles: Sequence[Article]
) -> tuple[list[CleanParagraph], tuple[Span, ...]]:
    """What is left of the parts, one behind the other, and where all but the first stand."""
    kept: list[CleanParagraph] = []
    spans = []
    for part in parts:
        article = articles[part.rest]
        rest = [p for p in paragraphs[article.first : article.last] if p.text]
        if rest:
            spans.append(Span(rest[0].start, rest[-1].end))
        if part.before is not None and part.after is not None:
            _mend(kept, rest, paragraphs[part.before], paragraphs[part.after])
        kept += rest
    return kept, tuple(spans[1:])


def _mend(
    kept: list[CleanParagraph],
    rest: list[CleanParagraph],
    before: CleanParagraph,
    after: CleanParagraph,
) -> None:
    """Put the second half of a sentence behind the first, and the lines about the jump behind both."""
    if before in kept and after in rest:
        at = kept.index(before)
        kept[at : at + 1] = [before._replace(goes_on=True), after]
        rest.remove(after)


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
