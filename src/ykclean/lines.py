"""Text → lines: what stands between two line breaks, without noise and surrounding white space."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean.document import Piece
from ykclean.signs import CLOSERS, SENTENCE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.document import Noise
    from ykclean.edits import Edit

BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
LINE = re.compile(f"[^{BREAKS}]+")
# Some pages lose every line break; then two wide spaces behind a sentence are the only paragraph mark.
WIDE_GAP = re.compile(f"(?<=[{SENTENCE_END}{CLOSERS}.!?\"')])[\u3000\xa0]{{2,}}(?=\\S)")
LONG_LINE = 80


class Line(NamedTuple):
    """A line that is not empty. ``pieces`` maps ``text`` to the source where noise was left out.

    ``indent`` is the number of white-space characters before the text, ``breaks`` the number of line
    breaks since the line before.
    """

    start: int
    end: int
    text: str
    indent: int
    breaks: int
    pieces: tuple[Piece, ...] = ()


def read_lines(text: str, noise: Sequence[Noise]) -> list[Line]:
    """Return the lines of the text that are not empty, in order."""
    lines: list[Line] = []
    breaks, position = 0, 0
    ends = [one.edit.end for one in noise]
    for start, end in _stretches(text, noise):
        gap = text[position:start]
        breaks += 1 if gap == "\n" else _count_breaks(gap)
        position = end
        inside = _inside(noise, ends, start, end) if ends else ()
        line = (
            _line_with_noise(text, start, end, breaks, inside) if inside else _line(text, start, end, breaks)
        )
        if line is not None:
            lines.append(line)
            breaks = 0
    return lines


def _stretches(text: str, noise: Sequence[Noise]) -> Iterable[tuple[int, int]]:
    """The spans between line breaks, block tags that stand for one, and wide gaps in long lines."""
    spans: Iterable[tuple[int, int]] = (match.span() for match in LINE.finditer(text))
    tags = [one.edit for one in noise if one.edit.after == "\n"]
    if tags:
        spans = _split_at_tags(spans, tags)
    if "\u3000\u3000" in text or "\xa0\xa0" in text:
        spans = _split_at_gaps(spans, text)
    return spans


def _split_at_tags(spans: Iterable[tuple[int, int]], tags: Sequence[Edit]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        while at < len(tags) and tags[at].start < end:
            if tags[at].start >= start:
                yield start, tags[at].start
                start = tags[at].end
            at += 1
        yield start, end


def _split_at_gaps(spans: Iterable[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    for start, end in spans:
        if end - start > LONG_LINE:
            for gap in WIDE_GAP.finditer(text, start, end):
                yield start, gap.start()
                start = gap.end()
        yield start, end


def _count_breaks(gap: str) -> int:
    """How many lines the gap ends; a gap without a break (a tag, wide spaces) ends one."""
    return max(len(gap.splitlines()) - 1 + (gap[-1:] in BREAKS), 1) if gap else 0


def _line(text: str, start: int, end: int, breaks: int) -> Line | None:
    raw = text[start:end]
    body = raw.strip()
    if not body:
        return None
    indent = len(raw) - len(raw.lstrip()) if raw[0] != body[0] else 0
    return Line(start + indent, start + indent + len(body), body, indent, breaks)


def _line_with_noise(text: str, start: int, end: int, breaks: int, noise: Sequence[Noise]) -> Line | None:
    stretches: list[tuple[int, int, str, bool]] = []
    position = start
    for edit in (one.edit for one in noise):
        stretches.append((position, max(edit.start, start), text[position : max(edit.start, start)], True))
        if edit.start >= start:
            stretches.append((edit.start, edit.end, edit.after, False))
        position = min(edit.end, end)
    stretches.append((position, end, text[position:end], True))
    stretches = [stretch for stretch in stretches if stretch[2]]
    indent = _strip(stretches)
    if not stretches:
        return None
    pieces, at = [], 0
    for piece_start, piece_end, body, verbatim in stretches:
        pieces.append(Piece(at, piece_start, piece_end, verbatim))
        at += len(body)
    body = "".join(stretch[2] for stretch in stretches)
    if len(pieces) == 1 and pieces[0].verbatim:
        pieces = []
    return Line(stretches[0][0], stretches[-1][1], body, indent, breaks, tuple(pieces))


def _strip(stretches: list[tuple[int, int, str, bool]]) -> int:
    """Take white space off both ends, in place; return how much stood before the text."""
    indent = 0
    while stretches:
        start, end, body, verbatim = stretches[0]
        bare = body.lstrip()
        indent += len(body) - len(bare)
        if bare:
            stretches[0] = (start + len(body) - len(bare) if verbatim else start, end, bare, verbatim)
            break
        del stretches[0]
    while stretches:
        start, end, body, verbatim = stretches[-1]
        bare = body.rstrip()
        if bare:
            stretches[-1] = (start, end - (len(body) - len(bare)) if verbatim else end, bare, verbatim)
            break
        del stretches[-1]
    return indent


def _inside(noise: Sequence[Noise], ends: Sequence[int], start: int, end: int) -> Sequence[Noise]:
    first = last = bisect_right(ends, start)
    while last < len(noise) and noise[last].edit.start < end:
        last += 1
    return noise[first:last] if last > first else ()


class Layout(NamedTuple):
    """How a file sets its paragraphs: ``indented`` where most lines of prose are, the usual number of
    ``breaks`` between lines, and the column ``widths`` at which lines were wrapped, in characters."""

    indented: bool
    breaks: int
    widths: frozenset[int]


def layout_of(lines: Sequence[Line]) -> Layout:
    """Return how the lines are laid out."""
    indents = sum(line.indent > 0 for line in lines)
    usual = Counter(line.breaks for line in lines[1:]).most_common(1)
    return Layout(indents * 2 > len(lines), usual[0][0] if usual else 1, _widths(lines))


def _widths(lines: Sequence[Line]) -> frozenset[int]:
    """The lengths at which a column ends: they recur, mostly in mid-sentence, and no longer line follows."""
    full: Counter[int] = Counter()
    fitting: Counter[int] = Counter()
    unfinished: Counter[int] = Counter()
    for line, following in pairwise(lines):
        length = len(line.text)
        if 12 <= length <= 60:
            full[length] += 1
            fitting[length] += len(following.text) <= length and following.breaks <= line.breaks + 1
            unfinished[length] += line.text[-1] not in SENTENCE_END
    return frozenset(
        length
        for length, count in full.items()
        if count >= 4 and fitting[length] >= 0.8 * count and unfinished[length] >= 0.6 * count
    )
