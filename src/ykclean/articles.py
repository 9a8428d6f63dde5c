"""Paragraphs → articles: by headers where there are some, by the words where there are none."""

from __future__ import annotations

from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers
from ykclean.blocks import blocks_of, is_cut
from ykclean.document import Article, Boundary, Paragraph
from ykclean.gaps import behind_wide_gaps
from ykclean.hanzi import simplify

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from ykclean.blocks import Block
    from ykclean.boundaries import Merging
    from ykclean.cohesion import Unit
    from ykclean.habits import Beside
    from ykclean.settings import Settings

SHORTEST = 4
"""Fewer units than this are not split: two articles of two paragraphs each are the least we judge."""
WINDOW, OVERLAP = 2000, 100
"""So many units are compared at once, which bounds the memory; so many at either end of them only look on."""
LONGEST = 10_000
"""A text of more units is not compared word by word: it would take too long."""
CUE_CONFIDENCE: tuple[tuple[set[str], float], ...] = (
    ({"title-line", "dateline"}, 0.95),
    ({"dateline", "end-mark"}, 0.8),
    ({"title-line", "byline"}, 0.65),
    ({"dateline"}, 0.4),
    (set(), 0.2),
)
"""How often an article begins where these cues stand together, counted on news put behind one another."""
TRADITIONAL = "這個們來時為會國說後與學"
"""The most frequent of the characters that are never simplified ones."""
DOUBTFUL = 0.4
"""A boundary of at least this confidence is worth a report."""
PLAUSIBLE = -2.0
"""The score from which on a boundary that two blank lines mark is believed."""


def split_articles(
    text: str, paragraphs: Sequence[Paragraph], copied: Collection[int], settings: Settings
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...], tuple[Boundary, ...]]:
    """Return the paragraphs with their roles, the articles they form, and the doubtful boundaries.

    A boundary is acted on where its confidence reaches ``settings.min_article_confidence``; none is
    looked for where that is ``NEVER``. The ``copied`` paragraphs are no evidence and stay with what
    precedes them.
    """
    if not paragraphs:
        return (), (), ()
    parting = set(behind_wide_gaps(text, paragraphs))
    blocks = blocks_of(paragraphs, copied, parting)
    marked = [gap for gap, block in enumerate(blocks) if gap and block.first in parting]
    boundaries, doubtful = find_boundaries(Outline(text, paragraphs, blocks, marked), settings)
    starts = [Boundary(0, 1.0, ()), *boundaries]
    ends = [*(boundary.first for boundary in boundaries), len(paragraphs)]
    labelled = _with_roles(paragraphs, blocks, {boundary.first for boundary in starts})
    articles = (
        Article(start.first, end, confidence=start.confidence, evidence=start.evidence)
        for start, end in zip(starts, ends, strict=True)
    )
    return tuple(labelled), tuple(articles), tuple(doubtful)


class Outline(NamedTuple):
    """A text in blocks, and the gaps with which the file itself tells its articles apart (``marked``)."""

    text: str
    paragraphs: Sequence[Paragraph]
    blocks: Sequence[Block]
    marked: Sequence[int]

    def within(self, units: range) -> Outline:
        """Return what there is of some blocks alone."""
        marked = [gap - units.start for gap in self.marked if units.start < gap < units.stop]
        return self._replace(blocks=self.blocks[units.start : units.stop], marked=marked)


def find_boundaries(outline: Outline, settings: Settings) -> tuple[list[Boundary], list[Boundary]]:
    """Return where articles surely begin, the first left out, and where perhaps."""
    blocks, least = outline.blocks, settings.min_article_confidence
    if len(blocks) < SHORTEST or least > 1:
        return [], []
    if len(blocks) > LONGEST:
        return _parted(_by_cues(outline.paragraphs, blocks), least)
    sure: list[Boundary] = []
    doubtful: list[Boundary] = []
    for units, inner in windows(len(blocks)):
        found = _by_words(outline.within(units), settings)
        for boundaries, more in zip((sure, doubtful), found, strict=True):
            last = blocks[inner.stop - 1].first
            boundaries += [one for one in more if blocks[inner.start].first <= one.first <= last]
    return sure, doubtful


def windows(count: int) -> Iterator[tuple[range, range]]:
    """Yield the units that are judged together, each time with those about which the judgement counts."""
    first = 0
    while True:
        last = min(first + WINDOW, count)
        inner = range(first + OVERLAP if first else 0, last - OVERLAP if last < count else count)
        yield range(first, last), inner
        if last == count:
            return
        first = last - 2 * OVERLAP


def _by_words(outline: Outline, settings: Settings) -> tuple[list[Boundary], list[Boundary]]:
    """What the words around the gaps tell, together with the headers: the sure and the doubtful ones."""
    _, paragraphs, blocks, marked = outline
    least = settings.min_article_confidence
    found = _merging(outline, settings.semantic)
    if found is None:
        return [], []
    merging, beside = found
    model = merging.model

    def boundary(gap: int, score: float, blank_lines: bool = False) -> Boundary:
        evidence = *_evidence(paragraphs, blocks, gap, blank_lines), *beside.evidence(gap)
        return Boundary(blocks[gap].first, model.confidence(score), evidence)

    if marked:
        kept = merging.run(min(PLAUSIBLE, model.least_score(least)))
        if kept.keys() >= set(marked):
            return [boundary(gap, kept[gap], True) for gap in marked], []
    perhaps = dict(merging.run(model.least_score(min(DOUBTFUL, least))))
    kept = merging.run(model.least_score(least))
    return (
        [boundary(gap, score) for gap, score in sorted(kept.items())],
        [boundary(gap, score) for gap, score in sorted(perhaps.items()) if gap not in kept],
    )


def _merging(outline: Outline, semantic: bool) -> tuple[Merging, Beside] | None:
    """The gaps where an article may begin, ready to be merged, and what tells beside the words.

    Nothing is loaded where there is no such gap.
    """
    from ykclean.boundaries import Merging, news_boundaries
    from ykclean.cohesion import Evidence, Words, candidates
    from ykclean.dispatches import is_dispatch_below
    from ykclean.habits import Beside, Habits
    from ykclean.lexicon import news_lexicon
    from ykclean.speakers import speaks_on

    text, paragraphs, blocks, _ = outline
    fold = simplify if _is_traditional(text) else str
    units = [_unit(paragraphs, block, fold) for block in blocks]
    lexicon, model = news_lexicon(), news_boundaries()
    words = Words(units, lexicon.frequent)
    bodies = [unit.body for unit in units]
    told = next((number for number, body in enumerate(bodies) if _tells(body)), len(units))
    habits = Habits(units)
    found = candidates(units, words, model.screen)
    gaps = [
        gap
        for gap in found
        if gap > told
        and not _is_part(units[gap].lines)
        and (units[gap].lines or not speaks_on(bodies, gap))
        and (not is_dispatch_below(units, words, lexicon, gap) or habits.is_labelled(gap))
    ]
    if not gaps:
        return None
    evidence = Evidence(units, words, lexicon, gaps)
    beside = Beside(evidence.people, habits)
    if semantic:
        from ykclean.semantic import semantic_merging

        return semantic_merging(units, gaps, evidence.measure, model, beside.apart), beside
    return Merging(len(blocks), gaps, evidence.measure, model, beside.apart), beside


def _is_part(lines: Sequence[str]) -> bool:
    """Whether nothing but a number stands above: the text goes on with its next part."""
    return len(lines) == 1 and forms.NUMBER_ALONE.fits(lines[0])


def _tells(body: str) -> bool:
    """Whether a paragraph is more than one of the lines that stand above a first article."""
    return len(body) > headers.LONGEST_LINE or "。" in body


def _parted(boundaries: Iterable[Boundary], least: float) -> tuple[list[Boundary], list[Boundary]]:
    """The boundaries of at least this confidence, and the doubtful ones."""
    found = [boundary for boundary in boundaries if boundary.confidence >= min(DOUBTFUL, least)]
    sure = [boundary for boundary in found if boundary.confidence >= least]
    return sure, [boundary for boundary in found if boundary.confidence < least]


def _by_cues(paragraphs: Sequence[Paragraph], blocks: Sequence[Block]) -> Iterator[Boundary]:
    """Judge by the headers alone, for which a file of any length has time."""
    for gap, block in enumerate(blocks[1:], 1):
        if block.first == block.body and headers.dateline(paragraphs[block.body].text) is None:
            continue
        cues = set(_evidence(paragraphs, blocks, gap, marked=False)) - {"words"}
        confidence = next(known for needed, known in CUE_CONFIDENCE if needed <= cues)
        yield Boundary(block.first, confidence, tuple(sorted(cues)))


def _unit(paragraphs: Sequence[Paragraph], block: Block, fold: Callable[[str], str]) -> Unit:
    from ykclean.cohesion import Unit

    lines = tuple(fold(paragraph.text) for paragraph in paragraphs[block.first : block.body])
    return Unit(lines, fold(paragraphs[block.body].text))


def _is_traditional(text: str) -> bool:
    """Whether the text is in Traditional characters, by its beginning."""
    some = text[:2000]
    if not any(map(some.__contains__, TRADITIONAL)):
        return False
    return bool(20 * sum(map(ne, some, simplify(some))) > len(some))


def _evidence(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], gap: int, marked: bool
) -> tuple[str, ...]:
    block = blocks[gap]
    lines = [paragraph.text for paragraph in paragraphs[block.first : block.body]]
    body = paragraphs[block.body].text
    ending = paragraphs[blocks[gap - 1].last - 1].text
    found = {
        "blank-lines": marked,
        "title-line": any(not headers.is_byline(line) for line in lines),
        "byline": any(map(headers.is_byline, lines)),
        "dateline": headers.dateline(body) is not None,
        "reporter": headers.names_reporter(body),
        "end-mark": headers.ends_in_end_mark(ending) or headers.is_tail(ending),
        "words": True,
    }
    return tuple(name for name, present in found.items() if present)


def _with_roles(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], starts: set[int]
) -> list[Paragraph]:
    labelled = list(paragraphs)
    for number, is_lead, heads in _short_lines(paragraphs, blocks, starts):
        role = headers.role_of(paragraphs[number].text, heads_article=heads, is_lead=is_lead)
        if role == "subhead" and _is_cut(paragraphs, number):
            role = "body"
        if role != "body":
            labelled[number] = paragraphs[number]._replace(role=role)
    return labelled


def _is_cut(paragraphs: Sequence[Paragraph], number: int) -> bool:
    following = paragraphs[number + 1].text if number + 1 < len(paragraphs) else ""
    return is_cut(paragraphs[number].text, following)


def _short_lines(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], starts: set[int]
) -> Iterator[tuple[int, bool, bool]]:
    """Yield their numbers, whether each leads in to a paragraph, and whether to the first of an article."""
    for block in blocks:
        for number in range(block.first, block.last):
            if len(paragraphs[number].text) <= headers.LONGEST_LINE:
                is_lead = number < block.body
                yield number, is_lead, is_lead and block.first in starts
