"""Does a sentence flow on over a line break, was it cut off there, or is the line whole, as a heading is?

A small network (``network``) judges by the facts about the break (``breaks``), and by whether the lines
around look like headings, too. ``scripts/train_lines.py`` fits it.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ykclean.breaks import (
    CLAUSE_END,
    DATELINE,
    LONG,
    Around,
    characters,
    edges_of,
    facts,
    leaves_open,
    reports,
)
from ykclean.hanzi import fold, has_han
from ykclean.lazy import pattern
from ykclean.network import Network, load
from ykclean.ngrams import news_ngrams
from ykclean.stored import DATA

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

FACTS = 52
"""So many facts there are about a break itself."""
NEAR = 12
"""So many lines before and behind are searched for headings."""
ENOUGH, CROWD = 4, 6
"""More headings nearby tell the network no more; so many make a list."""
SURE_OPENING = 4.0
"""So many times (as a binary logarithm) more often at the beginning of a paragraph than anywhere."""
ALIKE, UNLIKE = 2, 8
"""Lines whose widths differ by so many halves of a character at most are alike; from so many on, they have
nothing in common."""
HEADING = 24
"""The longest line that may well be a subhead, in characters."""
HALF_WIDTH = pattern("[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
ROW = pattern(r"\t|\||\S(?: {2,}|\u3000{2,})\S.*?\S(?: {2,}|\u3000{2,})\S")


class Verdict(NamedTuple):
    """How probable it is that one sentence runs over a break (``join``), and that a line which no next one
    takes up was cut off rather than a heading (``cut``)."""

    join: float
    cut: float


class Nearby(NamedTuple):
    """What the lines around a break tell: how many look like headings; whether the line before was
    unfinished, too; by how much the widths of the line and of the next differ from the most similar heading.

    The subheads of an article are often of one width, and what was cut off is of any.
    """

    headings: int = 0
    loose: bool = False
    unlike: int = UNLIKE
    next_unlike: int = UNLIKE

    def facts(self) -> list[float]:
        """The same, as the network takes it."""
        return [
            min(self.headings, ENOUGH) / 2,
            float(self.loose),
            min(self.unlike, UNLIKE) / 4,
            min(self.next_unlike, UNLIKE) / 4,
        ]


NOTHING_NEARBY = Nearby()


def judge(before: str, after: str, around: Around, nearby: Nearby = NOTHING_NEARBY) -> Verdict:
    """Judge the break between a line without a full stop and the next one (empty at the end of a text)."""
    network = _network()
    # Only the ends of long lines are looked at, and kept.
    before = before if len(before) <= 2 * LONG else before[:LONG] + before[-LONG:]
    after = after if len(after) <= 2 * LONG else after[:LONG] + after[-LONG:]
    after = with_full_stop(after)
    units = _units(before, after, around)
    units += network.units((), nearby.facts(), start=FACTS)
    join, cut, whole = network.probabilities(units)
    return Verdict(join, cut / (cut + whole))


@lru_cache(maxsize=1 << 14)
def _units(before: str, after: str, around: Around) -> int:
    edges = edges_of(before, after)
    return _network().units(characters(edges), facts(news_ngrams(), edges, before, after, around))


def with_full_stop(line: str) -> str:
    """Return the line with the stop at its end as it will be at a second clean.

    >>> with_full_stop("他们都来了.")
    '他们都来了。'
    """
    return f"{line[:-1]}。" if line.endswith(".") and has_han(line[-2:-1]) else line


def join_probability(before: str, after: str, seen: tuple[bool, bool]) -> float:
    """How likely one sentence runs over the break between two lines, of which the first has no full stop.

    ``seen`` tells whether the two characters before the break with the one behind it, and the one
    before it with the two behind it, stand together elsewhere in the text.
    """
    return judge(before, after, Around(*seen)).join


def opens_paragraph(line: str) -> bool:
    """Whether the line begins in a way in which paragraphs do far more often than sentences go on."""
    return news_ngrams().opening(fold(line[:3]))[2] > SURE_OPENING


def is_row(line: str) -> bool:
    """Whether the line is a row of a table: cells between tabs, bars or wide gaps."""
    return ("\t" in line or "|" in line or "  " in line or "\u3000\u3000" in line) and ROW.search(
        line
    ) is not None


def could_be_heading(line: str) -> bool:
    """Whether the line is short and simple enough to be a subhead, for which no full stop is missing."""
    return (
        len(line) <= HEADING
        and len(CLAUSE_END.findall(line)) < 2
        and not leaves_open(line)
        and not DATELINE.match(line)
        and not reports(line)
    )


def is_unfinished(line: str) -> bool:
    """Whether a line ends without a mark."""
    return line[-1].isalnum() or line[-1] in "》〉%％"


class Headings:
    """Where the lines stand that are short and end without a mark."""

    def __init__(self, lines: Iterable[str], besides: Container[int] = ()) -> None:
        """Take the lines in order, but none of the lengths ``besides``."""
        self._widths = {
            number: _width(line)
            for number, line in enumerate(lines)
            if _is_short(line) and len(line) not in besides
        }
        self._at = list(self._widths)

    def near(self, first: int, last: int) -> int:
        """How many stand around the lines ``first:last``, which do not count themselves.

        Among ``CROWD`` of them a short line is one more item of a list, or heading.
        """
        at = self._at
        before = bisect_left(at, first) - bisect_left(at, first - NEAR)
        return before + bisect_left(at, last + NEAR) - bisect_left(at, last)

    def around(self, first: int, number: int, before: str, after: str, loose: bool) -> Nearby:
        """What is around the break between ``before``, the lines ``first:number``, and the next line.

        Neither is compared with the other: two parts of one sentence may well be of one width.
        """
        return Nearby(
            self.near(first, number),
            loose,
            self._unlike(before, first, number + 1),
            self._unlike(after, first, number + 1),
        )

    def _unlike(self, line: str, first: int, last: int) -> int:
        """By how much the width of a short line differs from that of the most similar one nearby."""
        if not _is_short(line):
            return UNLIKE
        at, own = self._at, _width(line)
        others = [
            *at[bisect_left(at, first - NEAR) : bisect_left(at, first)],
            *at[bisect_left(at, last) : bisect_left(at, last + NEAR)],
        ]
        return min((abs(self._widths[other] - own) for other in others), default=UNLIKE)


def unlikeness(line: str, other: str) -> int:
    """Return by how much the widths of two lines differ that look like headings, in halves of a character."""
    return abs(_width(line) - _width(other)) if _is_short(line) and _is_short(other) else UNLIKE


def _is_short(line: str) -> bool:
    return 0 < len(line) <= HEADING and is_unfinished(line)


def _width(line: str) -> int:
    """How wide a line is set, in halves of a character, once its marks and digits have their usual width."""
    return 2 * len(line) - len(HALF_WIDTH.findall(line))


def go_together(before: str, after: str) -> bool:
    """Whether the characters on both sides of a break are known to stand side by side; no figure is."""
    return not after[0].isdigit() and news_ngrams().log_count(fold(before[-1] + after[0])) >= 0


@cache
def _network() -> Network:
    return load(DATA / "lines.json", DATA / "lines.bin")
