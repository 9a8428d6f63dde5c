"""Text → lines: what stands between two line breaks, without noise and surrounding white space."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import compress, pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean.document import Piece
from ykclean.lazy import pattern
from ykclean.signs import CLOSERS, SENTENCE_END

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence

    from ykclean.document import Noise

# Some pages lose every line break; then two wide spaces behind a sentence are the only paragraph mark.
_WIDE_GAP = f"(?<=[{SENTENCE_END}{CLOSERS}.!?\"')])[\u3000\xa0]{{2,}}(?=\\S)"
WIDE_GAP = pattern(_WIDE_GAP)
SHORT_LINE_GAP = pattern("(?:(?<=[。！？])|(?<=[。！？][”’」』]))[\u3000\xa0]{2,}(?=\\S)")
"""The same in a short line, where what stands behind quotes and brackets may be the cell of a table."""
GAP = pattern("(?<=[^\\s，、,])[\u3000\xa0]{2}(?=\\S)|" + _WIDE_GAP)
"""The same behind anything, as behind a subhead: for long lines where wide spaces often part sentences."""
LAST_MARKS = SENTENCE_END + CLOSERS + ".!?\"')：:"
"""What the last line of a paragraph in columns ends with."""
LONG_LINE = 80
SHORTEST, WIDEST, FULL = 12, 60, 4
"""The narrowest and the widest column, in characters, and how many full lines make one."""
GAP_BREAKS = 1000
"""A wide gap, or a block of HTML, parts as surely as many blank lines do; no column is wrapped there."""


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
    ends = [one.edit.end for one in noise]
    noise_at = noise[0].edit.start if noise else len(text)
    breaks = end = 0
    for raw in text.splitlines(keepends=True):
        start, end = end, end + len(raw)
        body = raw.strip()
        if not body:
            breaks += 1
        elif end > noise_at or _has_wide_gap(body):
            for stretch in _stretches(text, start, start + len(raw.splitlines()[0]), noise, ends):
                line = _line_with_noise(text, *stretch, breaks, _inside(noise, ends, *stretch))
                if line is not None:
                    lines.append(line)
                    breaks = GAP_BREAKS
            breaks = 1
            passed = bisect_right(ends, end)
            noise_at = noise[passed].edit.start if passed < len(noise) else len(text)
        else:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(start + indent, start + indent + len(body), body, indent, breaks))
            breaks = 1
    return lines


def _has_wide_gap(body: str) -> bool:
    return ("\u3000" in body or "\xa0" in body) and _gap(body).search(body) is not None


def _gap(line: str) -> re.Pattern[str]:
    """What stands for a paragraph break within the line."""
    if len(line) <= LONG_LINE:
        return SHORT_LINE_GAP
    sure = len(WIDE_GAP.findall(line))
    return GAP if sure > 1 and 4 * sure >= len(GAP.findall(line)) else WIDE_GAP


def _stretches(
    text: str, start: int, end: int, noise: Sequence[Noise], ends: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The spans of a line between block tags that stand for a break, and wide gaps in long lines."""
    for edit in (one.edit for one in _inside(noise, ends, start, end)):
        if edit.after == "\n" and edit.start >= start:
            yield from _between_gaps(text, start, edit.start)
            start = edit.end
    yield from _between_gaps(text, start, end)


def _between_gaps(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for gap in _gap(text[start:end]).finditer(text, start, end):
        yield start, gap.start()
        start = gap.start()  # The spaces are the indent of what follows.
    yield start, end


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
    """How a file sets its paragraphs: ``indented`` where most of them are, by more than ``margin``; the
    usual number of ``breaks`` between lines; the column ``widths`` at which lines were wrapped, and how they
    are measured: in characters, or as wide as they show."""

    indented: bool
    margin: int
    breaks: int
    widths: frozenset[int]
    measure: Callable[[str], int] = len

    def fills(self, text: str) -> bool:
        """Whether a line is as wide as a column."""
        return bool(self.widths) and self.measure(text) in self.widths

    def sets_off(self, line: Line) -> bool:
        """Whether a line is indented as only the first one of a paragraph is."""
        return self.indented and line.indent > self.margin


Columns = tuple[frozenset[int], "Callable[[str], int]"]
"""The widths of columns, and how they are measured."""
NO_COLUMNS: Columns = frozenset(), len


def layout_of(lines: Sequence[Line], *, columns: bool = True) -> Layout:
    """Return how the lines are laid out, by their lengths in columns or not."""
    widths, measure = _columns(lines) if columns else NO_COLUMNS
    margin, openings, inside = 0, lines, lines[1:]
    if widths:
        # Only the first line of a paragraph is indented, and there may be blank lines before it.
        margin = min(line.indent for line in lines)
        full = [measure(before.text) in widths for before in lines[:-1]]
        openings = [line for line, is_inside in zip(lines[1:], full, strict=True) if not is_inside]
        inside = list(compress(lines[1:], full))
    indents = sum(line.indent > margin for line in openings or lines[1:])
    usual = Counter(line.breaks for line in inside).most_common(1)
    return Layout(indents * 2 > len(openings), margin, usual[0][0] if usual else 1, widths, measure)


def _columns(lines: Sequence[Line]) -> Columns:
    """The widths at which columns end, measured in one way or another.

    Where half-width letters and digits show half as wide, a line of an even, or of an odd, number of halves
    lacks one where the next character is a wide one.
    """
    if widths := _widths(lines, len):
        return widths, len
    for measure in (_shown, _shown_odd) if _may_be_wrapped(lines) else ():
        if widths := _widths(lines, measure):
            return widths, measure
    return NO_COLUMNS


def _may_be_wrapped(lines: Sequence[Line]) -> bool:
    """Whether most lines are as long as those of columns, and most of these break off. Quick."""
    ends = [line.text[-1] for line in lines if SHORTEST <= len(line.text) <= WIDEST]
    broken = sum(end not in SENTENCE_END for end in ends)
    return broken >= FULL and 2 * broken > len(ends) and 2 * len(ends) > len(lines)


def _may_fill(line: Line, width: int) -> bool:
    return SHORTEST <= width <= WIDEST and line.text[-1] not in SENTENCE_END


def _shown(text: str) -> int:
    """How wide a line shows, in wide characters; half a one counts as one."""
    return (2 * len(text) - len(text.encode("ascii", "ignore")) + 1) // 2


def _shown_odd(text: str) -> int:
    """The same without a half one."""
    return (2 * len(text) - len(text.encode("ascii", "ignore"))) // 2


def _widths(lines: Sequence[Line], measure: Callable[[str], int]) -> frozenset[int]:
    """The lengths at which a column ends: they recur, mostly in mid-sentence, and no longer line follows."""
    lengths = [measure(line.text) for line in lines]
    full = Counter(lengths[:-1])
    unfinished = Counter(
        length for length, line in zip(lengths[:-1], lines, strict=False) if _may_fill(line, length)
    )
    recurring = {
        length for length, n in unfinished.items() if full[length] >= FULL and n >= 0.6 * full[length]
    }
    if not recurring:
        return frozenset()
    fitting = Counter(
        length
        for (line, following), length, next_length in zip(pairwise(lines), lengths, lengths[1:], strict=False)
        if length in recurring
        and (next_length == length or (next_length < length and following.text[-1] in LAST_MARKS))
        and following.breaks <= line.breaks + 1
        and following.breaks < GAP_BREAKS
    )
    return frozenset(length for length in recurring if fitting[length] >= 0.8 * full[length])
