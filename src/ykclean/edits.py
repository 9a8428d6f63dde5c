"""Spans and edits: the only way in which ykclean changes a text.

All offsets count code points of the decoded source and are half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


MANY = 8192
"""So many pieces are joined at once: those of a long text together take more room than the text."""


class Span(NamedTuple):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int


def without(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of a span around holes that overlap it, in order."""
    start = span.start
    for hole in holes:
        if start < hole.start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < span.end:
        yield Span(start, span.end)


class Edit(NamedTuple):
    """Replace ``before``, which stands at ``start:end`` of the source, by ``after``."""

    start: int
    end: int
    before: str
    after: str

    @property
    def span(self) -> Span:
        """Where the edit lies in the source."""
        return Span(self.start, self.end)


def apply_edits(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """Return ``text[start:end]`` with ``edits`` (in order, not overlapping, inside the range) made.

    >>> apply_edits("他说,好", [Edit(2, 3, ",", "，")])
    '他说，好'
    """
    done: list[str] = []
    pieces: list[str] = []
    position = start
    for edit_start, edit_end, _, after in edits:
        pieces.append(text[position:edit_start])
        pieces.append(after)
        position = edit_end
        if len(pieces) > MANY:
            done.append("".join(pieces))
            pieces.clear()
    pieces.append(text[position : len(text) if end is None else end])
    return "".join([*done, *pieces])


def source_offsets(offsets: Iterable[int], edits: Sequence[Edit]) -> list[int]:
    """Return where in the source offsets of the edited text lie: behind what was deleted there.

    An offset inside what an edit put in lies at that edit's end.

    >>> source_offsets([1, 2], [Edit(1, 4, "，，，", "")])
    [4, 5]
    """
    shifts = list(accumulate((end - start - len(after) for start, end, _, after in edits), initial=0))
    ends = [edit.end - shift for edit, shift in zip(edits, shifts[1:], strict=True)]
    found = []
    for offset in offsets:
        number = bisect_right(ends, offset)
        at = offset + shifts[number]
        found.append(edits[number].end if number < len(edits) and edits[number].start < at else at)
    return found


def invert(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that lead from the edited text back to the source.

    They are ordered: two deletions side by side become two insertions at one offset.

    >>> invert([Edit(2, 3, ",", "，"), Edit(5, 7, "--", "")])
    [Edit(start=2, end=3, before='，', after=','), Edit(start=5, end=5, before='', after='--')]
    """
    inverse = []
    shift = 0
    for start, end, before, after in edits:
        at = start + shift
        inverse.append(Edit(at, at + len(after), after, before))
        shift += len(after) - (end - start)
    return inverse
