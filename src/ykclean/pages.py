"""What stands on a page: its furniture, the articles, their headlines, and what goes on elsewhere."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from ykclean.articles import split_articles
from ykclean.blocks import outside_copies
from ykclean.document import Article
from ykclean.furniture import find_furniture
from ykclean.headlines import MOST_LINES, rank_headlines
from ykclean.jumps import find_jumps
from ykclean.mastheads import with_mastheads, with_settled_starts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Boundary, Continuation, Paragraph, Repeat
    from ykclean.settings import Settings

TELLING = 8
"""A headline of so many characters is no other article's, if the lines below it are the same, too."""


class Page(NamedTuple):
    """The paragraphs with their roles, and the articles that they form."""

    paragraphs: tuple[Paragraph, ...]
    articles: tuple[Article, ...]
    doubtful: tuple[Boundary, ...]
    continuations: tuple[Continuation, ...]
    furniture: tuple[int, ...]


def read_page(
    text: str, paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat], settings: Settings
) -> Page:
    """Tell the articles of a page apart, and what is none of them.

    The furniture of the page says nothing about where articles begin: it is set aside before they are
    sought, and goes with what precedes it.
    """
    furniture = find_furniture(paragraphs)
    labelled, articles, doubtful = _split_around(text, paragraphs, furniture, repeats, settings)
    continuations: tuple[Continuation, ...] = ()
    if jumps := find_jumps(labelled):
        from ykclean.continuations import join_continuations  # Few texts have jumps.

        articles, continuations = join_continuations(labelled, articles, jumps)
    labelled, articles = rank_headlines(labelled, articles)
    starts = {article.first for article in articles}
    doubtful = tuple(boundary for boundary in doubtful if boundary.first not in starts)
    return Page(labelled, articles, doubtful, continuations, tuple(furniture))


def _split_around(
    text: str,
    paragraphs: Sequence[Paragraph],
    furniture: Sequence[int],
    repeats: Sequence[Repeat],
    settings: Settings,
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...], tuple[Boundary, ...]]:
    """The articles that are found without the furniture, in the numbers of all paragraphs."""
    if not furniture:
        return _split(text, paragraphs, repeats, settings)
    hidden = set(furniture)
    shown = [number for number in range(len(paragraphs)) if number not in hidden]
    labelled, articles, doubtful = _split(text, [paragraphs[n] for n in shown], repeats, settings)
    everything = list(paragraphs)
    for number in furniture:
        everything[number] = paragraphs[number]._replace(role="note")
    for number, paragraph in zip(shown, labelled, strict=True):
        everything[number] = paragraph
    firsts = [0, *(shown[article.first] for article in articles[1:])]
    lasts = [*firsts[1:], len(paragraphs)]
    return (
        tuple(everything),
        tuple(
            article._replace(first=first, last=last)
            for article, first, last in zip(articles or (Article(0, 0),), firsts, lasts, strict=True)
        ),
        tuple(boundary._replace(first=shown[boundary.first]) for boundary in doubtful),
    )


def _split(
    text: str, paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat], settings: Settings
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...], tuple[Boundary, ...]]:
    """The articles by headers and words, and by what says itself that one begins.

    They are judged by the text that is left when the copies are given up.
    """
    left = outside_copies(paragraphs, repeats)
    copied = {number for number, rest in left.items() if not rest}
    seen = list(paragraphs)
    for number in left.keys() - copied:
        seen[number] = paragraphs[number]._replace(text=left[number])
    labelled, articles, doubtful = split_articles(text, seen, copied, settings)
    labelled, articles = with_settled_starts(labelled, articles)
    articles = with_mastheads(labelled, articles, copied, settings.min_article_confidence)
    labelled, articles = _with_next_pages(labelled, articles)
    whole = list(labelled)
    for number in left:
        whole[number] = paragraphs[number]._replace(role=labelled[number].role)
    return tuple(whole), articles, doubtful


def _with_next_pages(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article]
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...]]:
    """Join the pages of one article: each says its title and the lines below it once more."""
    labelled = list(paragraphs)
    joined: list[Article] = []
    for article in articles:
        head = _head(paragraphs, article)
        if joined and _is_telling(head) and head == _head(paragraphs, joined[-1]):
            joined[-1] = joined[-1]._replace(last=article.last)
            for number in range(article.first, article.first + len(head)):
                labelled[number] = paragraphs[number]._replace(role="note")
        else:
            joined.append(article)
    return tuple(labelled), tuple(joined)


def _head(paragraphs: Sequence[Paragraph], article: Article) -> list[str]:
    """The lines above the first running text of an article."""
    own = paragraphs[article.first : min(article.last, article.first + MOST_LINES)]
    return [paragraph.text for paragraph in takewhile(lambda one: one.role != "body", own)]


def _is_telling(head: Sequence[str]) -> bool:
    """Whether no other article has the same head by chance, as briefs have the name of their column."""
    return len(head) > 1 and len(head[0]) >= TELLING
