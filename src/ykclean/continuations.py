"""Newspaper articles that jump to another page of the same file: the rest is joined to its beginning.

A jump is a line of its own, or stands in brackets at the end or the beginning of a paragraph:
（下转第四版） ends one part, （上接第一版） begins another.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers
from ykclean.cuts import is_finished
from ykclean.document import Article, Continuation
from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ykclean.document import Paragraph

KEYS = ("下转", "下轉", "上接", "转第", "轉第", "接第")
"""A text with none of these has no jump."""
LONGEST_LINE = 60
"""The longest line that is nothing but a jump, in characters."""
HEADS = frozenset({"title", "kicker", "subtitle", "subhead"})
RELATED = 0.06
"""So much of their rare pairs of characters two parts of one article share, and two articles seldom do:
a twentieth of unrelated halves of news reach it, and nine tenths of the halves of one article."""
CLEARLY = 1.5
"""The best of several candidates must be so many times better than the next."""
SAME_TITLE, NEXT_TO, FLOWS = 1.0, 0.3, 0.3
"""What a repeated title, two jumps side by side, and a sentence that runs over the jump are worth."""
RARE = 12.0
"""Pairs of characters that stand so often in news (as a binary logarithm) tell nothing."""
LIKELY = 0.5
"""How probable one sentence must be over a jump."""
DIGITS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)}


class Jump(NamedTuple):
    """The paragraph ``number`` sends the reader on to a page, or tells from which one the text comes."""

    number: int
    on: bool
    page: str
    title: str


class Part(NamedTuple):
    """The paragraphs ``first:last`` of an article that jumps there, or comes from elsewhere."""

    first: int
    last: int
    jump: Jump


def part_jumps(text: str, paragraphs: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return the paragraphs with each jump in brackets as a paragraph of its own."""
    if not _may_jump(text):
        return paragraphs
    return [part for paragraph in paragraphs for part in _parted(paragraph)]


def find_jumps(text: str, paragraphs: Sequence[Paragraph]) -> list[Jump]:
    """Return the paragraphs that are nothing but a jump."""
    if not _may_jump(text):
        return []
    read = (_jump(number, paragraph.text) for number, paragraph in enumerate(paragraphs))
    return [jump for jump in read if jump is not None]


def join_continuations(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article], jumps: Sequence[Jump]
) -> tuple[tuple[Article, ...], tuple[Continuation, ...]]:
    """Return the articles, cut where one jumps or comes from elsewhere, and which of them belong together.

    A beginning and a rest are linked only where both fit one another clearly better than any other one;
    else the rest is an article of its own.
    """
    parts = _parts(paragraphs, articles, jumps)
    links = _links(paragraphs, [part for part in parts if part.jump.on], [p for p in parts if not p.jump.on])
    cuts = {part.first for part in parts if not part.jump.on}
    cuts |= {beginning.last for beginning, _ in links}
    pieces = tuple(piece for article in articles for piece in _cut(article, cuts))
    starts = [piece.first for piece in pieces]
    return pieces, tuple(
        Continuation(
            bisect_right(starts, beginning.jump.number) - 1,
            bisect_right(starts, rest.jump.number) - 1,
            *_halves(paragraphs, beginning, rest),
        )
        for beginning, rest in links
    )


def page_number(text: str) -> str:
    """Return the number of a page without what is written around it.

    >>> page_number("第十二版"), page_number("A04版"), page_number("第4版")
    ('12', 'A4', '4')
    """
    digits = text.strip("第版页 \u3000")
    letter = digits[:1] if digits[:1].isascii() and digits[:1].isalpha() else ""
    digits = digits[len(letter) :]
    if digits.isdecimal():
        return letter + str(int(digits))
    tens, ten, ones = digits.rpartition("十")
    return letter + str((DIGITS.get(tens, 1) * 10 if ten else 0) + DIGITS.get(ones, 0))


def _may_jump(text: str) -> bool:
    return any(key in text for key in KEYS)


def _parted(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph without the jumps at its edges, or in pieces where one jump meets another in it."""
    text = paragraph.text
    if not _may_jump(text):
        yield paragraph
        return
    found = [m.span() for m in forms.JUMP_IN_TEXT.regex.finditer(fold(text))]
    edges = {0, len(text)} | {end for (_, end), (start, _) in pairwise(found) if not text[end:start].strip()}
    edges |= {
        start for (_, end), (start, _) in pairwise(found) if end in edges and not text[end:start].strip()
    }
    cuts = sorted({0, len(text)} | {at for span in found if not edges.isdisjoint(span) for at in span})
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            indent = len(piece) - len(piece.lstrip())
            yield paragraph.part(start + indent, start + len(piece.rstrip()))


def _jump(number: int, text: str) -> Jump | None:
    if len(text) > LONGEST_LINE or not _may_jump(text):
        return None
    line = fold(text)
    match = forms.JUMP_IN_TEXT.fullmatch(line) or forms.JUMP_LINE.fullmatch(line)
    if match is None:
        return None
    title = (match["title"] or "").strip("《》：·“”\u3000 ")
    return Jump(number, match["on"] is not None, page_number(match["page"]), title)


def _parts(paragraphs: Sequence[Paragraph], articles: Sequence[Article], jumps: Sequence[Jump]) -> list[Part]:
    """What stands before each jump onwards, and behind each jump back."""
    numbers = {jump.number for jump in jumps}
    edges = {jump.number: _edge(paragraphs, jump, numbers) for jump in jumps}
    breaks = sorted({article.first for article in articles} | set(edges.values()) | {len(paragraphs)})
    return [
        Part(breaks[bisect_right(breaks, jump.number) - 1], edges[jump.number], jump)
        if jump.on
        else Part(edges[jump.number], breaks[bisect_right(breaks, jump.number)], jump)
        for jump in jumps
    ]


def _edge(paragraphs: Sequence[Paragraph], jump: Jump, jumps: set[int]) -> int:
    """Where the text behind a jump onwards ends, its credits taken in, or that of a jump back begins."""
    at = jump.number
    if jump.on:
        at += 1
        while at < len(paragraphs) and at not in jumps and headers.is_tail(paragraphs[at].text):
            at += 1
        return at
    while at > max(jump.number - 3, 0) and paragraphs[at - 1].role in HEADS:
        at -= 1
    return at


def _links(
    paragraphs: Sequence[Paragraph], beginnings: list[Part], rests: list[Part]
) -> list[tuple[Part, Part]]:
    """The pairs that fit; what is linked is no candidate any more, which may settle the others."""
    pages = _pages(paragraphs) if beginnings and rests else {}
    fits = {
        (one, other): _fit(paragraphs, one, other)
        for one in beginnings
        for other in rests
        if _possible(one, other, pages)
    }
    links = []
    while pair := next((pair for pair in fits if _is_clear(pair, fits)), None):
        links.append(pair)
        fits = {
            (one, other): fit for (one, other), fit in fits.items() if one != pair[0] and other != pair[1]
        }
    return sorted(links, key=lambda pair: pair[0].first)


def _pages(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """The numbers of the lines that head a page, and that page."""
    lines = ((n, fold(p.text)) for n, p in enumerate(paragraphs) if len(p.text) < 20)
    found = ((n, forms.PAGE_LINE.fullmatch(line)) for n, line in lines)
    return {n: page_number(match[1]) for n, match in found if match is not None}


def _page_of(number: int, pages: Mapping[int, str]) -> str | None:
    return next((page for line, page in reversed(list(pages.items())) if line < number), None)


def _possible(beginning: Part, rest: Part, pages: Mapping[int, str]) -> bool:
    """Whether what the file says about pages lets one go on in the other."""
    if beginning.jump.number >= rest.first or beginning.jump.page == rest.jump.page:
        return False
    return _page_of(beginning.jump.number, pages) in (None, rest.jump.page) and _page_of(
        rest.jump.number, pages
    ) in (None, beginning.jump.page)


def _is_clear(pair: tuple[Part, Part], fits: Mapping[tuple[Part, Part], float]) -> bool:
    """Whether both halves of the pair fit one another clearly better than anything else."""
    others = [
        fit for other, fit in fits.items() if other != pair and (other[0] == pair[0] or other[1] == pair[1])
    ]
    return fits[pair] >= RELATED and fits[pair] >= CLEARLY * max(others, default=0.0)


def _fit(paragraphs: Sequence[Paragraph], beginning: Part, rest: Part) -> float:
    titles = _titles(paragraphs, beginning), _titles(paragraphs, rest)
    fit = SAME_TITLE * any(_same(one, other) for one in titles[0] for other in titles[1])
    fit += NEXT_TO * (beginning.last == rest.first)
    fit += FLOWS * (_halves(paragraphs, beginning, rest) != (None, None))
    return fit + _shared(_text(paragraphs, beginning), _text(paragraphs, rest))


def _titles(paragraphs: Sequence[Paragraph], part: Part) -> list[str]:
    lines = [p.text for p in paragraphs[part.first : min(part.first + 4, part.last)] if p.role in HEADS]
    return [fold(line) for line in (part.jump.title, *lines) if line]


def _same(one: str, other: str) -> bool:
    """Whether one title is the other, or a shorter form of it."""
    short, long = sorted((_pairs(one), _pairs(other)), key=len)
    return len(short) > 1 and len(short & long) >= 0.6 * len(short)


def _text(paragraphs: Sequence[Paragraph], part: Part) -> str:
    return fold("\n".join(p.text for p in paragraphs[part.first : part.last] if p.role != "note"))


def _pairs(text: str) -> set[str]:
    return {one + other for one, other in pairwise(text) if one.isalnum() and other.isalnum()}


def _shared(one: str, other: str) -> float:
    """How much of the pairs of characters of the smaller text, the rarer the more, the other one has too."""
    from ykclean.ngrams import news_ngrams

    count = news_ngrams().log_count
    ours, theirs = _pairs(one), _pairs(other)

    def weight(pairs: set[str]) -> float:
        return sum(sorted(max(RARE - max(count(pair), 0.0), 0.0) for pair in pairs))

    return weight(ours & theirs) / max(min(weight(ours), weight(theirs)), 1.0)


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


def _cut(article: Article, cuts: set[int]) -> Iterator[Article]:
    inside = sorted(cut for cut in cuts if article.first < cut < article.last)
    yield article._replace(last=inside[0] if inside else article.last)
    for first, last in pairwise([*inside, article.last]):
        yield Article(first, last, confidence=1.0, evidence=("jump",))
