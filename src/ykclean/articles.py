"""Paragraphs → articles: by headers where there are some, by the words where there are none."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from operator import ne
from typing import TYPE_CHECKING, NamedTuple

from ykclean import headers
from ykclean.document import Article, Boundary, Paragraph
from ykclean.hanzi import simplify
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from ykclean.boundaries import Merging
    from ykclean.cohesion import Unit
    from ykclean.document import Repeat
    from ykclean.settings import Settings

SHORTEST = 4
"""Fewer units than this are not split: two articles of two paragraphs each are the least we judge."""
LONGEST = 2000
"""A text of more units is not compared word by word: it would take too long."""
CUE_CONFIDENCE: tuple[tuple[set[str], float], ...] = (
    ({"title-line", "dateline"}, 0.95),
    ({"dateline", "end-mark"}, 0.8),
    ({"title-line", "byline"}, 0.65),
    ({"dateline"}, 0.4),
    (set(), 0.2),
)
"""How often an article begins where these cues stand together, counted on news put behind one another."""
OPEN_SPACE = 3
"""Line breaks in a gap of two blank lines, which is how a split text is written where lines are closer."""
SOME = 400
"""How many paragraphs tell what usually stands between two."""
LONGEST_LINE = 60
"""A longer paragraph is no headline, whatever it ends with."""
TRADITIONAL = "這個們來時為會國說後與學"
"""The most frequent of the characters that are never simplified ones."""
FURNITURE = pattern(r"\S+")
"""What stands between two paragraphs, besides white space."""
DOUBTFUL = 0.4
"""A boundary of at least this confidence is worth a report."""
PLAUSIBLE = -2.0
"""The score from which on a boundary that two blank lines mark is believed."""


class Block(NamedTuple):
    """The paragraphs ``first:last``: header lines, one paragraph, and the lines that close it."""

    first: int
    body: int
    last: int


def split_articles(
    text: str, paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat], settings: Settings
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...], tuple[Boundary, ...]]:
    """Return the paragraphs with their roles, the articles they form, and the doubtful boundaries.

    A boundary is acted on where its confidence reaches ``settings.min_article_confidence``; none is
    looked for where that is more than 1. The copies in ``repeats`` are no evidence and stay with what
    precedes them.
    """
    if not paragraphs:
        return (), (), ()
    parting = set(_behind_wide_gaps(text, paragraphs))
    blocks = blocks_of(paragraphs, _in_copies(paragraphs, repeats), parting)
    marked = [gap for gap, block in enumerate(blocks) if gap and block.first in parting]
    boundaries, doubtful = find_boundaries(text, paragraphs, blocks, marked, settings)
    starts = [Boundary(0, 1.0, ()), *boundaries]
    ends = [*(boundary.first for boundary in boundaries), len(paragraphs)]
    labelled = _with_roles(paragraphs, blocks, {boundary.first for boundary in starts})
    articles = (
        Article(start.first, end, confidence=start.confidence, evidence=start.evidence)
        for start, end in zip(starts, ends, strict=True)
    )
    return tuple(labelled), tuple(articles), tuple(doubtful)


def _in_copies(paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat]) -> set[int]:
    """The numbers of the paragraphs that lie, for the most part, in a copy to be given up."""
    starts = [paragraph.start for paragraph in paragraphs]
    inside = set()
    for repeat in repeats:
        start, end = repeat.copy
        number = max(bisect_right(starts, start) - 1, 0)
        while number < len(paragraphs) and starts[number] < end:
            paragraph = paragraphs[number]
            shared = min(paragraph.end, end) - max(paragraph.start, start)
            if 2 * shared > paragraph.end - paragraph.start:
                inside.add(number)
            number += 1
    return inside


def blocks_of(
    paragraphs: Sequence[Paragraph], skipped: Collection[int] = (), parting: Collection[int] = ()
) -> list[Block]:
    """Group the paragraphs that no boundary can part; those in ``skipped`` stay outside.

    Before those in ``parting`` the gap is as wide as between articles: a line that stands close to what
    precedes it is no headline of what stands behind such a gap.
    """
    blocks: list[Block] = []
    lines: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        if number in parting and blocks and lines and lines[0] not in parting:
            lines = _close(blocks, lines)
        if number in skipped:
            lines = _close(blocks, lines)
        elif not lines and blocks and headers.is_tail(paragraph.text):
            blocks[-1] = Block(*blocks[-1][:2], number + 1)
        elif headers.leads(paragraph.text):
            lines.append(number)
        else:
            if lines and blocks:
                lines = _without_rest(paragraphs, blocks, lines, number)
            blocks.append(Block(lines[0] if lines else number, number, number + 1))
            lines = []
    if lines and not _close(blocks, lines):
        return blocks or [Block(lines[0], lines[-1], lines[-1] + 1)]
    return blocks


def _close(blocks: list[Block], lines: list[int]) -> list[int]:
    """Give headlines that head nothing to what precedes them."""
    if lines and blocks:
        blocks[-1] = blocks[-1]._replace(last=lines[-1] + 1)
    return []


def _without_rest(
    paragraphs: Sequence[Paragraph], blocks: list[Block], lines: list[int], body: int
) -> list[int]:
    """Return the header lines without a first one that is the rest, cut short, of what stands before."""
    first = paragraphs[lines[0]].text
    if headers.is_byline(first):
        return lines
    before = "\n".join([p.text for p in paragraphs[max(blocks[-1].last - 4, 0) : blocks[-1].last]])
    words = {first[at : at + 2] for at in range(len(first) - 1)}
    known = sum(map(before.__contains__, words))
    if not known:
        return lines
    after = "\n".join([p.text for p in paragraphs[lines[0] + 1 : body + 3]])
    more = known - sum(map(after.__contains__, words))
    if more > 1 or (more > 0 and headers.is_fragment(first)):
        blocks[-1] = blocks[-1]._replace(last=lines[0] + 1)
        return lines[1:]
    return lines


def find_boundaries(
    text: str,
    paragraphs: Sequence[Paragraph],
    blocks: Sequence[Block],
    marked: Sequence[int],
    settings: Settings,
) -> tuple[list[Boundary], list[Boundary]]:
    """Return where articles surely begin, the first left out, and where perhaps.

    ``marked`` are the gaps with which the file itself tells its articles apart.
    """
    least = settings.min_article_confidence
    if len(blocks) < SHORTEST or least > 1:
        return [], []
    if len(blocks) > LONGEST:
        return _parted(_by_cues(paragraphs, blocks), least)
    merging = _merging(text, paragraphs, blocks, settings.semantic)
    if merging is None:
        return [], []
    model = merging.model

    def boundary(gap: int, score: float, blank_lines: bool = False) -> Boundary:
        evidence = _evidence(paragraphs, blocks, gap, blank_lines)
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


def _merging(
    text: str, paragraphs: Sequence[Paragraph], blocks: Sequence[Block], semantic: bool
) -> Merging | None:
    """The gaps where an article may begin, ready to be merged; nothing is loaded where there is none."""
    from ykclean.boundaries import Merging, news_boundaries
    from ykclean.cohesion import Evidence, Words, candidates
    from ykclean.lexicon import news_lexicon

    fold = simplify if _is_traditional(text) else str
    units = [_unit(paragraphs, block, fold) for block in blocks]
    lexicon, model = news_lexicon(), news_boundaries()
    words = Words(units, lexicon.frequent)
    told = next((number for number, unit in enumerate(units) if _tells(unit.body)), len(units))
    gaps = [gap for gap in candidates(units, words, model.screen) if gap > told]
    if not gaps:
        return None
    measure = Evidence(units, words, lexicon, gaps).measure
    if semantic:
        from ykclean.semantic import semantic_merging

        return semantic_merging(units, gaps, measure, model)
    return Merging(len(blocks), gaps, measure, model)


def _tells(body: str) -> bool:
    """Whether a paragraph is more than one of the lines that stand above a first article."""
    return len(body) > LONGEST_LINE or "。" in body


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


def breaks_between_articles(text: str, paragraphs: Sequence[Paragraph]) -> int:
    """Return how many line breaks part two articles: two blank lines, or one more than stand everywhere."""
    some = paragraphs[:SOME]
    breaks = Counter(text.count("\n", one.end, other.start) for one, other in pairwise(some))
    usual = max(breaks, key=breaks.__getitem__, default=0)
    return max(OPEN_SPACE, usual + 1)


def _behind_wide_gaps(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The paragraphs before which the gap is wider than all others: so a file tells its articles apart."""
    needed = breaks_between_articles(text, paragraphs)
    for number, (before, paragraph) in enumerate(pairwise(paragraphs), 1):
        if (
            paragraph.start - before.end >= needed
            and _widest_gap(text[before.end : paragraph.start]) >= needed
        ):
            yield number


def _widest_gap(between: str) -> int:
    """How many line breaks stand together between two paragraphs, where page furniture may stand, too."""
    if between.isspace():
        return between.count("\n")
    return max(space.count("\n") for space in FURNITURE.split(between))


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
    for number, heads in _short_lines(paragraphs, blocks, starts):
        role = headers.role_of(paragraphs[number].text, heads_article=heads)
        if role != "body":
            labelled[number] = paragraphs[number]._replace(role=role)
    return labelled


def _short_lines(
    paragraphs: Sequence[Paragraph], blocks: Sequence[Block], starts: set[int]
) -> Iterator[tuple[int, bool]]:
    for block in blocks:
        for number in range(block.first, block.last):
            if len(paragraphs[number].text) <= LONGEST_LINE:
                yield number, block.first in starts and number < block.body
