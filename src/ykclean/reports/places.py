"""Offsets → lines and columns, from 1. Lines end with LF, CRLF or CR, as in an editor."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from ykclean.record import line_starts


class Place(NamedTuple):
    """A line and a column in it, in code points, both from 1."""

    line: int
    column: int


class Places:
    """The places in one text."""

    def __init__(self, text: str) -> None:
        """Find the lines."""
        self.text = text
        self._starts = line_starts(text)
        self._memory = (0, 0, 0)

    def place(self, offset: int) -> Place:
        """Return the place of an offset.

        >>> Places("甲\\r\\n乙丙").place(4)
        Place(line=2, column=2)
        """
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)

    def line_span(self, line: int) -> tuple[int, int]:
        """Return the offsets of a line's text, without its line break."""
        start = self._starts[line - 1]
        end = self._starts[line] if line < len(self._starts) else len(self.text)
        while end > start and self.text[end - 1] in "\r\n":
            end -= 1
        return start, end

    def byte_column(self, offset: int) -> int:
        """Return the column of an offset in bytes of UTF-8, from 1.

        Counted from the offset asked for before, where that is in the same line: many findings in one
        long line cost no more than the line.
        """
        line = bisect_right(self._starts, offset)
        known_line, known, column = self._memory
        if known_line != line:
            known, column = self._starts[line - 1], 1
        column += _size(self.text[known:offset]) if offset >= known else -_size(self.text[offset:known])
        self._memory = (line, offset, column)
        return column


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
