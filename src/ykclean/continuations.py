"""Newspaper articles that jump to another page of the same file: the rest is joined to its beginning.

One part ends in a jump onwards (（下转第四版）), the other begins with one back (（上接第一版）).
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import fsum
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers
from ykclean.cuts import is_finished
from ykclean.document import Article, Continuation
from ykclean.hanzi import fold
from ykclean.headlines import CLOSING, RANKS
from ykclean.jumps import PAGE_LINE, Jump, page_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.document import Paragraph

LONGEST_PAGE_LINE = 20
"""The longest line at the head of a page, in characters."""
MOST_CANDIDATES = 20
"""So many rests behind a beginning are compared with it."""
RELATED = 0.06
"""So much of their rare pairs of characters two parts of one article share, and two articles seldom do:
a twentieth of unrelated halves of news reach it, and nine tenths of the halves of one article."""
CLEARLY = 1.5
"""The best of several candidates must be so many times better than the next."""
SAME_TITLE, SIDE_BY_SIDE, NEXT_TO, FLOWS = 1.0, 1.0, 0.3, 0.3
"""What these are worth: a repeated title, two jumps side by side, two parts with nothing between them, a
sentence that runs over the jump."""
RARE = 12.0
"""Pairs of characters that stand so often in news (as a binary logarithm) tell nothing."""
LIKELY = 0.5
"""How probable one sentence must be over a jump."""


class Part(NamedTuple):
    """The paragraphs ``first:last`` of an article that jumps there, or comes from elsewhere."""

    first: int
    last: int
    jump: Jump


class Traits(NamedTuple):
    """The pairs of characters of a part's titles and of its text, and how much the latter tell."""

    titles: list[set[str]]
    words: set[str]
    weight: float


def join_continuations(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article], jumps: Sequence[Jump]
) -> tuple[tuple[Article, ...], tuple[Continuation, ...]]:
    """Return the articles, cut where one jumps or comes from elsewhere, and which of them belong together.

    A beginning and a rest are linked only where both fit one another clearly better than any other one;
    else the rest is an article of its own.
    """
    parts = _parts(paragraphs, articles, jumps)
    links = _links(paragraphs, [part for part in parts if part.jump.on], [p for p in parts if not p.jump.on])
    pieces = _pieces(articles, parts, {beginning.last for beginning, _ in links})
    starts = [piece.first for piece in pieces]
    return pieces, tuple(
        Continuation(
            bisect_right(starts, beginning.jump.number) - 1,
            bisect_right(starts, rest.jump.number) - 1,
            *_halves(paragraphs, beginning, rest),
        )
        for beginning, rest in links
    )


def _parts(paragraphs: Sequence[Paragraph], articles: Sequence[Article], jumps: Sequence[Jump]) -> list[Part]:
    """What stands before each jump onwards, and behind each jump back."""
    numbers = {jump.number for jump in jumps}
    edges = {jump.number: _edge(paragraphs, jump, numbers) for jump in jumps}
    moved = {at for jump in jumps if not jump.on for at in _behind_jump(edges[jump.number], jump)}
    starts = ({article.first for article in articles} - moved) | set(edges.values())
    breaks = sorted(starts | {len(paragraphs)})
    return [
        Part(breaks[bisect_right(breaks, jump.number) - 1], edges[jump.number], jump)
        if jump.on
        else Part(edges[jump.number], breaks[bisect_right(breaks, jump.number)], jump)
        for jump in jumps
    ]


def _edge(paragraphs: Sequence[Paragraph], jump: Jump, jumps: set[int]) -> int:
    """Where the text behind a jump onwards ends, what closes it taken in, or that of a jump back begins."""
    at = jump.number
    if jump.on:
        at += 1
        while at < len(paragraphs) and at not in jumps and _closes(paragraphs[at]):
            at += 1
        return at
    while at > max(jump.number - 3, 0) and paragraphs[at - 1].role in RANKS:
        at -= 1
    return at


def _closes(paragraph: Paragraph) -> bool:
    """Whether the line goes with what stands above it: a credit, a caption, furniture of the page."""
    return paragraph.role in CLOSING or headers.is_tail(paragraph.text)


def _links(
    paragraphs: Sequence[Paragraph], beginnings: list[Part], rests: list[Part]
) -> list[tuple[Part, Part]]:
    """The pairs that fit; what is linked is no candidate any more, which may settle the others."""
    if not beginnings or not rests:
        return []
    fits = _Fits(paragraphs, beginnings, rests)
    links: list[tuple[Part, Part]] = []
    while found := fits.clear():
        links += found
        fits.settle(found)
    return sorted(links, key=lambda pair: pair[0].first)


class _Fits:
    """How well each beginning and each of the next few rests behind it fit one another."""

    def __init__(self, paragraphs: Sequence[Paragraph], beginnings: list[Part], rests: list[Part]) -> None:
        self.paragraphs = paragraphs
        self.pages = _pages(paragraphs)
        self.traits = {part: _traits(paragraphs, part) for part in (*beginnings, *rests)}
        starts = [rest.first for rest in rests]
        self.fits = {
            (one, other): self._fit(one, other)
            for one in beginnings
            for other in _behind(rests, starts, one)
            if self._possible(one, other)
        }

    def clear(self) -> list[tuple[Part, Part]]:
        """The pairs of which both halves fit one another clearly better than anything else."""
        ranked: dict[Part, list[float]] = {}
        for pair, fit in self.fits.items():
            for part in pair:
                ranked.setdefault(part, []).append(fit)
        best = {part: sorted(fits)[-2:] for part, fits in ranked.items()}
        return [
            pair
            for pair, fit in self.fits.items()
            if fit >= RELATED
            and all(fit == best[part][-1] and fit >= CLEARLY * sum(best[part][:-1]) for part in pair)
        ]

    def settle(self, links: Iterable[tuple[Part, Part]]) -> None:
        """Leave out what is linked."""
        linked = {part for pair in links for part in pair}
        self.fits = {pair: fit for pair, fit in self.fits.items() if linked.isdisjoint(pair)}

    def _possible(self, beginning: Part, rest: Part) -> bool:
        """Whether what the file says about pages lets one go on in the other."""
        here, there = self._page_of(beginning.jump.number), self._page_of(rest.jump.number)
        return (
            beginning.jump.page != rest.jump.page
            and here in (None, rest.jump.page)
            and there in (None, beginning.jump.page)
        )

    def _page_of(self, number: int) -> str | None:
        at = bisect_right(self.pages, number, key=itemgetter(0))
        return self.pages[at - 1][1] if at else None

    def _fit(self, beginning: Part, rest: Part) -> float:
        ours, theirs = self.traits[beginning], self.traits[rest]
        fit = SAME_TITLE * any(_same(one, other) for one in ours.titles for other in theirs.titles)
        if beginning.jump.number + 1 == rest.jump.number:
            fit += SIDE_BY_SIDE
        elif beginning.last == rest.first:
            fit += NEXT_TO
        fit += FLOWS * (_halves(self.paragraphs, beginning, rest) != (None, None))
        return fit + _weight(ours.words & theirs.words) / max(min(ours.weight, theirs.weight), 1.0)


def _behind(rests: Sequence[Part], starts: Sequence[int], beginning: Part) -> Sequence[Part]:
    """The next few rests behind a beginning."""
    at = bisect_right(starts, beginning.jump.number)
    return rests[at : at + MOST_CANDIDATES]


def _pages(paragraphs: Sequence[Paragraph]) -> list[tuple[int, str]]:
    """The lines that head a page, and that page."""
    lines = ((n, fold(p.text)) for n, p in enumerate(paragraphs) if len(p.text) < LONGEST_PAGE_LINE)
    found = ((n, PAGE_LINE.fullmatch(line)) for n, line in lines)
    return [(n, page_number(match[1])) for n, match in found if match is not None]


def _traits(paragraphs: Sequence[Paragraph], part: Part) -> Traits:
    head = [p.text for p in paragraphs[part.first : min(part.first + 4, part.last)] if p.role in RANKS]
    text = "\n".join(p.text for p in paragraphs[part.first : part.last] if p.role != "note")
    words = _pairs(fold(text))
    titles = [_pairs(fold(line)) for line in (part.jump.title, *head) if line]
    return Traits(titles, words, _weight(words))


def _same(one: set[str], other: set[str]) -> bool:
    """Whether one title is the other, or a shorter form of it, by their pairs of characters."""
    short = min(len(one), len(other))
    return short > 1 and len(one & other) >= 0.6 * short


def _pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise(text) if one.isalnum() and other.isalnum()}


def _weight(pairs: set[str]) -> float:
    """How much the pairs of characters tell, the rarer the more."""
    from ykclean.ngrams import news_ngrams

    count = news_ngrams().log_count
    return fsum(max(RARE - max(count(pair), 0.0), 0.0) for pair in pairs)


def _halves(paragraphs: Sequence[Paragraph], beginning: Part, rest: Part) -> tuple[int | None, int | None]:
    """The paragraphs around the two jumps, if one sentence runs from one to the other."""
    before, after = beginning.jump.number - 1, rest.jump.number + 1
    if before < beginning.first or after >= rest.last:
        return None, None
    one, other = paragraphs[before], paragraphs[after]
    return (
        (before, after) if one.role == other.role == "body" and _flows(one.text, other.text) else (None, None)
    )


def _flows(before: str, after: str) -> bool:
    from ykclean.flow import join_probability

    if is_finished(before):
        return False
    return before[-1] in "，、,“‘《（" or join_probability(before, after, (False, False)) > LIKELY


def _pieces(articles: Sequence[Article], parts: Sequence[Part], ends: set[int]) -> tuple[Article, ...]:
    """The articles, cut before each rest and behind each beginning that is linked."""
    known = {article.first: article for article in articles}
    moved = {at for part in parts if not part.jump.on for at in _behind_jump(part.first, part.jump)}
    starts = (known.keys() | {part.first for part in parts if not part.jump.on} | ends) - moved
    last = articles[-1].last
    firsts = sorted(start for start in starts if start < last)
    return tuple(
        known.get(first, Article(first, last, evidence=("jump",)))._replace(first=first, last=until)
        for first, until in zip(firsts, [*firsts[1:], last], strict=True)
    )


def _behind_jump(first: int, jump: Jump) -> range:
    """Where an article may seem to begin behind a jump back, or its title; it begins at ``first``."""
    return range(first + 1, jump.number + 2)
