"""A second look at line breaks, so that a second clean joins no more.

A copy that goes, or a line that is joined, may have been what spoke against another join.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ykclean.document import Join, Paragraph
from ykclean.edits import Edit, apply_edits, source_offsets
from ykclean.noise import find_noise
from ykclean.paragraphs import joins_near
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
    around, shift = [], 0
    for edit in edits:
        if edit not in seen:
            around.append(edit.start - shift)
        shift += edit.end - edit.start - len(edit.after)
    joins = joins_near(text, noise, around)
    # The last character of a line and the first of the next have their places in the source for certain.
    ends = source_offsets([join.edit.start - 1 for join in joins], edits)
    starts = source_offsets([join.edit.end for join in joins], edits)
    known = {join.edit.end for join in document.joins}
    for join, end, start in zip(joins, ends, starts, strict=True):
        gap = document.text[end + 1 : start]
        # Lines between which a copy has gone are not beside one another.
        if start not in known and not gap.strip():
            yield Join(Edit(end + 1, start, gap, join.edit.after))


def _with_joins(document: Document, joins: Sequence[Join]) -> Document:
    edit_before = {join.edit.end: join.edit for join in joins}
    paragraphs: list[Paragraph] = []
    for paragraph in document.paragraphs:
        edit = edit_before.get(paragraph.start)
        if edit is not None and paragraphs and paragraphs[-1].end == edit.start:
            paragraphs[-1] = paragraphs[-1].joined(paragraph, edit)
        else:
            paragraphs.append(paragraph)
    return replace(document, paragraphs=tuple(paragraphs), joins=tuple(sorted([*document.joins, *joins])))
