"""The ranks of the lines above an article: kicker, title, subtitle.

A Chinese newspaper may set a kicker (引题) above the title and subtitles (副题) below it; once the type is
lost, how they begin and end tells them apart.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ykclean.forms import NUMBER_ALONE
from ykclean.headline_forms import BULLET, COLUMN_NAME, ENTRY, LEADS_IN, SUBTITLE
from ykclean.writers import names_writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Article, Paragraph, Role

MOST_LINES = 8
"""How many lines an article's head has at most."""
LABEL = 6
"""The longest name of a column, in characters, that stands above a title twice as long."""
RANKS = frozenset({"title", "kicker", "subtitle", "subhead"})
"""What stands on top of an article, or of a part of it."""
CLOSING = frozenset({"credit", "note", "caption"})
"""What may stand last in an article, besides its text."""


def rank_headlines(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article]
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...]]:
    """Return the paragraphs with kickers, titles and subtitles told apart, and the articles so named."""
    labelled = list(paragraphs)
    named = tuple(_ranked(labelled, article) for article in articles)
    return tuple(labelled), named


def headline_roles(lines: Sequence[str]) -> list[Role]:
    """Return the ranks of the headlines that stand together above a text.

    >>> headline_roles(["县长在防汛会上强调", "守住每一寸堤", "——三村备汛记"])
    ['kicker', 'title', 'subtitle']
    """
    below = [_role_below(line, lines[:number]) for number, line in enumerate(lines[1:], 1)]
    if len(lines) > 1 and _is_kicker(lines[0], lines[1]):
        return ["kicker", "title", *below[1:]]
    return ["title", *below] if lines else []


def _role_below(line: str, above: Sequence[str]) -> Role:
    """What a line is that stands among the headlines, but not first."""
    if names_writer(line):
        return "byline"
    if ENTRY.match(line):
        return "body"
    if NUMBER_ALONE.fits(line):
        return "subhead"
    # Some pages say their title once for the browser, and once more above the text.
    return "note" if _bare(line) in map(_bare, above) else "subtitle"


def _bare(line: str) -> str:
    return "".join(line.split())


def _is_kicker(line: str, following: str) -> bool:
    """Whether the line leads in to a title below it, or names a column."""
    if SUBTITLE.match(following) or BULLET.match(following):
        return False
    return (
        COLUMN_NAME.fullmatch(line) is not None
        or LEADS_IN.search(line) is not None
        or (len(line) <= LABEL and len(following) >= 2 * len(line))
    )


def _ranked(labelled: list[Paragraph], article: Article) -> Article:
    """The article with its title and byline; the ranks of its headlines are written into ``labelled``."""
    if labelled[article.first].role == "body":
        return article._replace(title=None, byline=None)
    head = range(article.first, _end_of_head(labelled, article))
    runs = [
        list(run) for is_headline, run in groupby(head, lambda n: labelled[n].role in RANKS) if is_headline
    ]
    for run in runs[:1]:
        for number, role in zip(run, headline_roles([labelled[n].text for n in run]), strict=True):
            labelled[number] = labelled[number]._replace(role=role)
    for number in (number for run in runs[1:] for number in run):
        role = "subtitle" if SUBTITLE.match(labelled[number].text) else "subhead"
        labelled[number] = labelled[number]._replace(role=role)
    texts = {labelled[number].role: labelled[number].text for number in reversed(head)}
    return article._replace(title=texts.get("title"), byline=texts.get("byline"))


def _end_of_head(labelled: Sequence[Paragraph], article: Article) -> int:
    """Where the lines above the article's first running text end."""
    last = min(article.last, article.first + MOST_LINES)
    return next((n for n in range(article.first, last) if labelled[n].role == "body"), last)
