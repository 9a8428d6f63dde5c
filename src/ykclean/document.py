"""The immutable document that the rules judge: paragraphs and articles, mapped to the source.

Every offset counts code points of ``Source.text``, half-open, unless it is said to be an offset
into a paragraph's own text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from typing import TYPE_CHECKING, Literal, NamedTuple

from ykclean.edits import Edit, Span, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.source import Source

_start, _end = attrgetter("start"), attrgetter("end")
Role = Literal[
    "title",
    "kicker",
    "subtitle",
    "byline",
    "dateline",
    "summary",
    "subhead",
    "body",
    "caption",
    "credit",
    "note",
]


class Piece(NamedTuple):
    """A stretch of a paragraph's text, from ``at`` on, and the source span it was read from.

    A ``verbatim`` piece equals the source; another stands for something else there, such as the
    character that an entity means.
    """

    at: int
    start: int
    end: int
    verbatim: bool = True

    def part(self, start: int, until: int) -> Piece:
        """Return what of the piece, which reaches to ``until``, stands in a text that begins at ``start``."""
        if not self.verbatim:
            return self._replace(at=max(self.at - start, 0))
        first = max(self.at, start)
        return Piece(first - start, self.start + first - self.at, self.start + until - self.at)


class Paragraph(NamedTuple):
    """A paragraph as it is read: lines joined, debris and surrounding white space left out.

    ``pieces`` is empty where ``text`` is simply ``source[start:end]``.
    """

    start: int
    end: int
    text: str
    pieces: tuple[Piece, ...] = ()
    role: Role = "body"

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of ``text[start:end]``.

        >>> Paragraph(10, 14, "他说好的").source_span(1, 3)
        Span(start=11, end=13)
        """
        if not self.pieces:
            return Span(self.start + start, self.start + end)
        first = self._piece(start)
        source_start = first.start + (start - first.at) if first.verbatim else first.start
        if start == end:
            return Span(source_start, source_start)
        last = self._piece(end - 1)
        return Span(source_start, last.start + (end - last.at) if last.verbatim else last.end)

    def part(self, start: int, end: int) -> Paragraph:
        """Return ``text[start:end]``, which is not empty, as a paragraph of its own.

        >>> Paragraph(10, 14, "他说好的").part(1, 3)
        Paragraph(start=11, end=13, text='说好', pieces=(), role='body')
        """
        pieces = [
            piece.part(start, min(until, end))
            for piece, until in self._pieces_until()
            if until > start and piece.at < end
        ]
        own = tuple(pieces) if self.pieces else ()
        return Paragraph(*self.source_span(start, end), self.text[start:end], own, self.role)

    def outside(self, spans: Sequence[Span]) -> str:
        """Return what of the text was not read from these spans of the source, which are in order and apart.

        >>> Paragraph(10, 14, "他说好的").outside([Span(8, 11), Span(12, 13)])
        '说的'
        """
        kept = []
        for piece, until in self._pieces_until():
            first = bisect_right(spans, piece.start, key=_end)
            holes = spans[first : bisect_left(spans, piece.end, key=_start)]
            if not holes:
                kept.append(self.text[piece.at : until])
            elif piece.verbatim:
                shift = piece.at - piece.start
                left = without(Span(piece.start, piece.end), holes)
                kept += [self.text[start + shift : end + shift] for start, end in left]
        return "".join(kept)

    def joined(self, other: Paragraph, edit: Edit) -> Paragraph:
        """Return the paragraph with another behind it that goes on it, where ``edit`` replaces the gap.

        >>> Paragraph(0, 2, "他说").joined(Paragraph(3, 5, "好的"), Edit(2, 3, "\\n", "")).text
        '他说好的'
        """
        at = len(self.text)
        pieces = [*(self.pieces or (Piece(0, self.start, self.end),))]
        if edit.after:
            pieces.append(Piece(at, edit.start, edit.end, verbatim=False))
            at += len(edit.after)
        own = other.pieces or (Piece(0, other.start, other.end),)
        pieces += [piece._replace(at=at + piece.at) for piece in own]
        return Paragraph(self.start, other.end, self.text + edit.after + other.text, tuple(pieces), self.role)

    def _pieces_until(self) -> Iterable[tuple[Piece, int]]:
        """The pieces, each with the offset into the text where it ends."""
        pieces = self.pieces or (Piece(0, self.start, self.end),)
        return zip(pieces, [*(piece.at for piece in pieces[1:]), len(self.text)], strict=True)

    def _piece(self, offset: int) -> Piece:
        return self.pieces[max(bisect_right(self.pieces, offset, key=lambda piece: piece.at) - 1, 0)]


class Noise(NamedTuple):
    """What is no text in the source: debris of markup, an invisible character, a variant of another.

    ``edit`` removes it, or puts in what it stands for.
    """

    kind: Literal["markup", "invisible", "variant"]
    edit: Edit


class Join(NamedTuple):
    """A line break inside a sentence: ``edit`` replaces the white space there."""

    edit: Edit


class Repeat(NamedTuple):
    """A passage that stands twice: ``copy`` is the one to give up, ``kept`` the other.

    ``safe`` where every letter and digit of the copy has its counterpart in the kept one.
    """

    copy: Span
    kept: Span
    safe: bool


class Article(NamedTuple):
    """The paragraphs ``first:last`` of the document, with the title and byline that were recognized.

    ``confidence`` is the probability that an article begins here (1 for the first).
    """

    first: int
    last: int
    title: str | None = None
    byline: str | None = None
    confidence: float = 1.0
    evidence: tuple[str, ...] = ()


class Boundary(NamedTuple):
    """An article begins at the paragraph ``first``, with this probability, for these reasons."""

    first: int
    confidence: float
    evidence: tuple[str, ...]


class Continuation(NamedTuple):
    """An article goes on elsewhere in the file, as a newspaper's page 1 does on page 4.

    ``article`` and ``rest`` are numbers of articles. Where one sentence runs over the jump, its first half
    is the paragraph ``before`` and its second the paragraph ``after``; else both are None.
    """

    article: int
    rest: int
    before: int | None = None
    after: int | None = None


class Lines(NamedTuple):
    """Paragraphs as lines of one text, in which what must not be judged is blank.

    ``firsts`` are the offsets where the lines begin, and where one more would; ``shifts`` lead from there
    to the source. In the lines whose numbers are in ``pieced``, other offsets have shifts of their own.
    """

    text: str
    firsts: list[int]
    shifts: list[int]
    pieced: list[int]


@dataclass(frozen=True)
class Document:
    """A source, read: the one thing that every rule is given.

    At the ``doubtful`` boundaries an article may begin, but that is too unsure to be acted on.
    ``articles`` are in the order of the source; ``continuations`` tell which of them belong together.
    ``furniture`` are the numbers of the paragraphs that a web page put around its text.
    """

    source: Source
    paragraphs: tuple[Paragraph, ...] = ()
    articles: tuple[Article, ...] = ()
    noise: tuple[Noise, ...] = ()
    joins: tuple[Join, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    doubtful: tuple[Boundary, ...] = ()
    continuations: tuple[Continuation, ...] = ()
    furniture: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The decoded text of the source."""
        return self.source.text

    @cached_property
    def lines(self) -> Lines:
        """The paragraphs, one a line, for the rules of punctuation."""
        from ykclean.protected import legible

        texts = [paragraph.text for paragraph in self.paragraphs]
        firsts = list(accumulate((len(text) + 1 for text in texts), initial=0))
        shifts = [paragraph.start - first for paragraph, first in zip(self.paragraphs, firsts, strict=False)]
        pieced = [number for number, paragraph in enumerate(self.paragraphs) if paragraph.pieces]
        return Lines(legible("\n".join(texts)), firsts, shifts, pieced)
