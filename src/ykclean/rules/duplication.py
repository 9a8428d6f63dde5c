"""Passages and whole articles that stand twice: one of the two is given up."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean.document import Repeat
from ykclean.edits import Edit, Span
from ykclean.findings import Finding, Rule
from ykclean.removal import with_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Article, Document
    from ykclean.settings import Settings

HEADER = frozenset({"title", "kicker", "subtitle", "byline", "dateline"})
EXCERPT = 12


def find_passages(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find passages that were pasted twice.

    Scrapers and editors paste a passage a second time: with other paragraph breaks, with other
    punctuation, without its opening clause, cut off, with wrong characters, or as it was. Read as
    news or counted as data, it says everything twice. One of the two goes: the one that is cut
    short, lacks a clause, or has the wrong characters; where both are equal, the second.

        雨下了一夜。河水漲過了橋。        雨下了一夜。河水漲過了橋。
        雨下了一夜。                  →
        河水漲過了橋。

    Near-equal is not equal: two passages that differ in a number, a name or a word stay, and so do
    single sentences that come again (headlines, quotations, refrains, questions), lists and tables, and
    what is said alike below two items of a list, such as the result of a vote.
    The edit is safe where every letter and digit of the passage stands in the other one.

    It errs where an author repeats several sentences word for word on purpose, and does not see a
    copy that was rewritten.
    """
    whole = {article.first for article, _ in _copied_articles(document)}
    inside = [_article_span(document, a) for a in document.articles if a.first in whole]
    detail_of = cache(partial(_detail, document.text))  # A passage may have been pasted thousands of times.
    for repeat in document.repeats:
        number = bisect_left(inside, repeat.copy.end, key=_end)
        if number == len(inside) or repeat.copy.start < inside[number].start:
            yield _finding(PASSAGE, document, repeat, detail_of(repeat.kept))


def find_articles(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find articles that stand in a file twice.

    A site lists an article under two headings, and the scraper fetches both. An article all of
    whose paragraphs, but for its title and byline, are copied from elsewhere in the file goes as a
    whole, its header with it.

        甲 / 正文…… / 乙 / 别的…… / 甲 / 正文……   →   甲 / 正文…… / 乙 / 别的……

    The edit is safe where the passages are copied letter by letter and no header line is lost.

    It errs where two headings for one text are both worth keeping.
    """
    for article, repeats in _copied_articles(document):
        span = _article_span(document, article)
        kept = Span(min(r.kept.start for r in repeats), max(r.kept.end for r in repeats))
        safe = all(r.safe for r in repeats) and repeats[0].copy.start == span.start
        yield _finding(ARTICLE, document, Repeat(span, kept, safe), _detail(document.text, kept))


def _copied_articles(document: Document) -> Iterator[tuple[Article, list[Repeat]]]:
    """The articles of which nothing but a header is left, where there are others; with their copies."""
    if len(document.articles) < 2:
        return
    repeats = document.repeats
    for article in document.articles:
        span = _article_span(document, article)
        at = bisect_left(repeats, span.start, key=_start)
        inside = []
        while at < len(repeats) and repeats[at].copy.end <= span.end:
            inside.append(repeats[at])
            at += 1
        if inside and _is_all(document, article, inside) and not any(_meet(span, r.kept) for r in inside):
            yield article, inside


def _is_all(document: Document, article: Article, copies: list[Repeat]) -> bool:
    first = next((p for p in document.paragraphs[article.first : article.last] if p.role not in HEADER), None)
    if first is None or copies[0].copy.start > first.start:
        return False
    end = document.paragraphs[article.last - 1].end
    gaps = [(a.copy.end, b.copy.start) for a, b in pairwise(copies)] + [(copies[-1].copy.end, end)]
    return not any(document.text[start:stop].strip() for start, stop in gaps)


def _start(repeat: Repeat) -> int:
    return repeat.copy.start


def _end(span: Span) -> int:
    return span.end


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _article_span(document: Document, article: Article) -> Span:
    return Span(document.paragraphs[article.first].start, document.paragraphs[article.last - 1].end)


def _finding(rule: Rule, document: Document, repeat: Repeat, detail: tuple[str]) -> Finding:
    copy, kept, safe = repeat
    start, end = with_space(document, copy)
    edit = Edit(start, end, document.text[start:end], "")
    return Finding(rule, *copy, (edit,), safe, kept, detail)


def _detail(text: str, kept: Span) -> tuple[str]:
    """How the passage that stays begins."""
    passage = "".join(text[kept.start : min(kept.end, kept.start + 2 * EXCERPT)].split())
    return (passage[:EXCERPT],)


PASSAGE = Rule(
    "YK401",
    "duplicate-passage",
    find_passages,
    "passage stands twice; the other one begins “{}”",
    "重复段落，另一处为“{}……”",
)
ARTICLE = Rule(
    "YK402",
    "duplicate-article",
    find_articles,
    "article stands twice; the other one begins “{}”",
    "重复文章，另一处为“{}……”",
)
RULES: tuple[Rule, ...] = (PASSAGE, ARTICLE)
