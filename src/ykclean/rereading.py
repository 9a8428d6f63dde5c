"""A second look at line breaks, so that a second clean joins no more.

A copy that goes, or a line that is joined, may have been what spoke against another join.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from ykclean.document import Join, Paragraph
from ykclean.edits import Edit, apply_edits, invert, source_offsets
from ykclean.noise import find_noise
from ykclean.paragraphs import gap_edit, joins_near
from ykclean.settling import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ykclean.document import Document
    from ykclean.findings import Finding

ROUNDS = 4
"""So often breaks are looked at again, at most."""


def reread(document: Document, judge: Callable[[Document], Iterable[Sequence[Finding]]]) -> Document:
    """Return the document with the joins that are left, or show only, when what ``judge`` finds is mended."""
    document = _without_joins(document, set(_vain_joins(document)))
    seen: set[Edit] = set()
    for _ in range(ROUNDS):
        edits = settle(judge(document)).edits
        missed = list(_missed_joins(document, edits, seen))
        if not missed:
            break
        seen.update(edits)
        document = _with_joins(document, missed)
    return document


def _vain_joins(document: Document) -> Iterator[Join]:
    """The joins of a copy with the line at one end of it: when the copy goes, the line stands alone.

    Where it is joined at both ends, it was put inside a sentence, which closes behind it.
    """
    ending = {join.edit.start: join for join in document.joins}
    opening = {join.edit.end: join for join in document.joins}
    for repeat in document.repeats:
        joins = [join for join in (opening.get(repeat.copy.start), ending.get(repeat.copy.end)) if join]
        if len(joins) == 1:
            yield from joins


def _missed_joins(document: Document, edits: Sequence[Edit], seen: set[Edit]) -> Iterator[Join]:
    """The joins that are found in the edited text near the edits that were not seen before."""
    text = apply_edits(document.text, edits)
    noise = find_noise(text) if document.noise else ()
    places = zip(edits, invert(edits), strict=True)
    joins = joins_near(text, noise, [place.start for edit, place in places if edit not in seen])
    # The last character of a line and the first of the next have their places in the source for certain.
    ends = source_offsets([join.edit.start - 1 for join in joins], edits)
    starts = source_offsets([join.edit.end for join in joins], edits)
    known = {join.edit.end for join in document.joins}
    copies = [repeat.copy for repeat in document.repeats]
    for join, end, start in zip(joins, ends, starts, strict=True):
        # Lines between which a copy has gone are not beside one another.
        number = bisect_right(copies, end, key=itemgetter(1))
        if start not in known and not (number < len(copies) and copies[number].start < start):
            yield Join(gap_edit(document.text, end + 1, start, join.edit.after))


def _without_joins(document: Document, vain: set[Join]) -> Document:
    if not vain:
        return document
    edits = sorted(join.edit for join in vain)
    paragraphs = chain.from_iterable(_parted(paragraph, edits) for paragraph in document.paragraphs)
    joins = tuple(join for join in document.joins if join not in vain)
    return replace(document, paragraphs=tuple(paragraphs), joins=joins)


def _parted(paragraph: Paragraph, gaps: Sequence[Edit]) -> Iterator[Paragraph]:
    """The parts of a paragraph between these line breaks, which it was read over."""
    start = 0
    for gap in gaps[bisect_right(gaps, paragraph.start, key=itemgetter(0)) :]:
        if gap.start >= paragraph.end:
            break
        behind = next(piece.at for piece in paragraph.pieces if piece.start >= gap.end)
        yield paragraph.part(start, behind - len(gap.after))
        start = behind
    yield paragraph.part(start, len(paragraph.text)) if start else paragraph


def _with_joins(document: Document, joins: Sequence[Join]) -> Document:
    before = {join.edit.end: join for join in joins}
    paragraphs: list[Paragraph] = []
    made: list[Join] = []
    for paragraph in document.paragraphs:
        join = before.get(paragraph.start)
        if join is not None and paragraphs and paragraphs[-1].end <= join.edit.start:
            paragraphs[-1] = paragraphs[-1].joined(paragraph, join.edit)
            made.append(join)
        else:
            paragraphs.append(paragraph)
    return replace(document, paragraphs=tuple(paragraphs), joins=tuple(sorted([*document.joins, *made])))
