"""A document's paragraphs as one text: where its sentences end, and the way back to the source."""

from __future__ import annotations

import copy
from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Span, without
from ykclean.lazy import pattern
from ykclean.likeness import find_anchors
from ykclean.sentences import BOUNDARY, SENTENCE_CLOSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.document import Paragraph
    from ykclean.likeness import Anchor

_at = itemgetter(0)
SPACE = pattern(r"\s*")
NO_LETTERS = pattern(r"[^\w\n]*")
NEAR = 64
"""A sentence's beginning and end are looked for so many characters around."""
REACH = 256
"""Further away than this from what was given up, nothing is judged otherwise than before."""


class Match(NamedTuple):
    """A passage to give up and the one to keep, as spans of the reading."""

    copies: tuple[Span, ...]
    kept: Span
    safe: bool


class Reading:
    """The text of the paragraphs, one a line, and the way back to the source.

    A reading without some passages keeps the offsets of the whole one (``original``).
    """

    def __init__(self, source: str, paragraphs: Sequence[Paragraph]) -> None:
        self.source = source
        self.paragraphs = paragraphs
        self.text = "\n".join([paragraph.text for paragraph in paragraphs])
        self.starts = list(accumulate((len(p.text) + 1 for p in paragraphs), initial=0))
        self._whole = self.text
        self._kept = [Span(0, len(self.text))]
        self._offsets = [0]

    def without(self, spans: Sequence[Span]) -> Reading:
        """Return what is left when the spans of the whole reading (in order) are given up."""
        left = copy.copy(self)
        left._kept = list(
            without(Span(0, len(self._whole)), [_with_line_break(self._whole, s) for s in spans])
        )
        left.text = "".join([self._whole[start:end] for start, end in left._kept])
        left._offsets = list(accumulate((end - start for start, end in left._kept), initial=0))[:-1]
        return left

    def anchors(self) -> list[Anchor]:
        """The clauses that stand here more than once, where they stand in the whole reading."""
        found = find_anchors(self.text)
        if self.text is self._whole:
            return found
        return [(self._original(at), clause) for at, clause in found]

    def still_there(self, anchors: Sequence[Anchor]) -> list[Anchor]:
        """The anchors of the whole reading that are left, where they stand now."""
        left: list[Anchor] = []
        for (start, end), offset in zip(self._kept, self._offsets, strict=True):
            low, high = (bisect_left(anchors, at, key=_at) for at in (start, end))
            left += [(at - start + offset, clause) for at, clause in anchors[low:high]]
        return left

    def original(self, span: Span) -> Span:
        """Where a span stands in the whole reading."""
        return Span(self._original(span.start), self._original(span.end - 1) + 1)

    def parts(self, span: Span) -> list[Span]:
        """The parts of a span in the whole reading, without what was given up between."""
        start, end = self.original(span)
        first, last = (bisect_right(self._offsets, at) - 1 for at in (span.start, span.end - 1))
        kept = [Span(max(a, start), min(b, end)) for a, b in self._kept[first : last + 1]]
        return [stripped(self._whole, span) for span in kept if self._whole[span.start : span.end].strip()]

    def _original(self, at: int) -> int:
        index = max(bisect_right(self._offsets, at) - 1, 0)
        return self._kept[index].start + at - self._offsets[index]

    def source_span(self, span: Span) -> Span:
        """Where a span of the whole reading stands in the source."""
        first, last = (bisect_right(self.starts, at) - 1 for at in (span.start, span.end - 1))
        start, end = span.start - self.starts[first], span.end - self.starts[last]
        return Span(
            self.paragraphs[first].source_span(start, start + 1).start,
            self.paragraphs[last].source_span(end - 1, end).end,
        )

    def line_break(self, start: int, end: int) -> int | None:
        """Where between two offsets of a paragraph lines were joined, if anywhere."""
        shift = self._original(start) - start
        start, end = start + shift, end + shift
        index = bisect_right(self.starts, start) - 1
        pieces, offset = self.paragraphs[index].pieces, self.starts[index]
        at = bisect_left(pieces, start - offset, key=lambda piece: piece.at)
        for before, after in zip(pieces[max(at - 1, 0) :], pieces[max(at, 1) :], strict=False):
            if after.at > end - offset:
                break
            if "\n" in self.source[before.end : after.start] or "\r" in self.source[before.end : after.start]:
                return offset + after.at - shift
        return None

    def open(self, span: Span) -> tuple[Span, bool, bool]:
        """Take the marks around the letters in, and tell which ends lie inside a sentence."""
        start, ragged_start = self._start(span.start)
        end, ragged_end = self._end(span.end)
        return Span(start, end), ragged_start, ragged_end

    def _start(self, at: int) -> tuple[int, bool]:
        low = at
        while low > 0 and at - low < NEAR and not self.text[low - 1].isalnum():
            low -= 1
        between = self.text[low:at]
        if "\n" in between or low == 0:
            return low + between.rfind("\n") + 1, False
        closes = [m.end() for m in SENTENCE_CLOSE.finditer(self.text, low, at)]
        if closes:
            low = closes[-1]
            return at - len(self.text[low:at].lstrip()), False
        joined = self.line_break(low, at)
        return (at, True) if joined is None else (joined, False)

    def _end(self, at: int) -> tuple[int, bool]:
        high = NO_LETTERS.match(self.text, at).end()  # type: ignore[union-attr]
        if self.text[high : high + 1] in ("", "\n"):
            return high, False
        close = SENTENCE_CLOSE.search(self.text, at, high)
        if close:
            return close.end(), False
        joined = self.line_break(at, high)
        return (at, True) if joined is None else (joined, False)

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that an offset lies in, if that is near."""
        low = max(at - NEAR, 0)
        begins = [m.end() for m in BOUNDARY.finditer(self.text, low, at)] or ([0] if low == 0 else [at])
        return at - len(self.text[begins[-1] : at].lstrip())

    def whole_sentences(self, span: Span, at_start: bool, at_end: bool) -> Span:
        """Leave the broken sentence at an end out."""
        start, end = span
        if at_start:
            first = BOUNDARY.search(self.text, start, end)
            start = SPACE.match(self.text, first.end(), end).end() if first else end  # type: ignore[union-attr]
        if at_end:
            last = [m.end() if m[0] != "\n" else m.start() for m in BOUNDARY.finditer(self.text, start, end)]
            end = last[-1] if last else start
        return Span(start, end)


def touched(anchors: Sequence[Anchor], given_up: Iterable[Span]) -> set[str]:
    """The clauses that stand in what was given up, or near it."""
    found: set[str] = set()
    for start, end in given_up:
        low, high = (bisect_left(anchors, at, key=_at) for at in (start - REACH, end + REACH))
        found.update([clause for _, clause in anchors[low:high]])
    return found


def stripped(text: str, span: Span) -> Span:
    passage = text[span.start : span.end]
    start = span.end - len(passage.lstrip())
    return Span(start, start + len(passage.strip()))


def _with_line_break(text: str, span: Span) -> Span:
    """Whole lines go with the line break before them, or at the beginning with the one after."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if before in ("", "\n") and after in ("", "\n"):
        return Span(span.start - 1, span.end) if before else Span(span.start, span.end + 1)
    return span
