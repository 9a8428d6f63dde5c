"""A second look at line breaks, so that a second clean joins no more.

A copy that goes, or a line that is joined, may have been what spoke against another join.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
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
    """Return the document with the joins that show only when what ``judge`` finds is mended."""
    seen: set[Edit] = set()
    for _ in range(ROUNDS):
        edits = settle(judge(document)).edits
        missed = list(_missed_joins(document, edits, seen))
        if not missed:
            break
        seen.update(edits)
        document = _with_joins(document, missed)
    return document


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
