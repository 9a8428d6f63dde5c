"""How often character n-grams and words stand in Chinese news: a small table that ships with the package.

The table holds n-grams of one to three characters, anywhere in a sentence, behind ``OPENING`` for those
that open a paragraph, before ``CLOSING`` for those that close a clause, and behind ``TITLE`` for those in
headlines. The words of a dictionary stand behind ``WORD``: it knows many that the news at hand does not have.
``scripts/train_lines.py`` makes it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import accumulate
from math import log2
from operator import add
from typing import TYPE_CHECKING
from zlib import crc32

from ykclean.stored import DATA, mapped

if TYPE_CHECKING:
    from collections.abc import Sequence

OPENING, CLOSING, WORD, TITLE = "\x02", "\x03", "\x04", "\x05"
REMEMBERED = 1 << 16
STEPS = 12
"""A stored value is the binary logarithm of a count, in twelfths."""
BUCKETS = 1 << 16
UNKNOWN = -1.0
LONGEST = 4
"""No words of more characters are known."""
BESIDE, NOTHING = LONGEST - 1, "\n"
"""So many characters on both sides of a break belong to words there; what stands for missing ones."""
ENCODING, WIDTH = ("utf-16-le", "surrogatepass"), 2
WORD_KEY, TITLE_KEY = (crc32(mark.encode(*ENCODING)) for mark in (WORD, TITLE))
WORDS = [
    slice(start * WIDTH, stop * WIDTH)
    for start, stop in [(1, 3), (0, 3), (3, 5), (3, 6), (2, 4), (1, 4), (2, 5), (0, 4), (1, 5), (2, 6)]
]
"""Where in these characters the words stand."""


class Ngrams:
    """A frequency table: the logarithm of each count, by the CRC-32 of the n-gram.

    Keys with the same upper 16 bits stand in one bucket, from ``buckets[upper]`` on, in the order of
    their ``lower`` 16 bits.
    """

    def __init__(self, buckets: Sequence[int], lower: Sequence[int], values: Sequence[int]) -> None:
        self.buckets = buckets
        self.lower = lower
        self.values = values
        self.log_count = lru_cache(maxsize=REMEMBERED)(self._log_count)
        """Return the binary logarithm of the count of an n-gram; −1 for one that is rare or unknown."""
        self.opening = lru_cache(maxsize=REMEMBERED)(self._opening)
        """How much more often the first one, two, three characters open a paragraph than stand elsewhere."""
        self.closing = lru_cache(maxsize=REMEMBERED)(self._closing)
        """How much more often the last one, two, three characters close a clause than stand elsewhere."""
        self.headline = lru_cache(maxsize=REMEMBERED)(self._headline)
        """How much a line reads like a headline: its pairs of characters, on average and in all; its end."""
        self._headline_pair = lru_cache(maxsize=REMEMBERED)(self._new_headline_pair)
        self.all = self._log_count("")
        self._in_headlines = 2 ** (self._log_count(TITLE) - self.all)
        self._headline_ends = 2 ** (self._log_count(TITLE + CLOSING) - self._log_count(TITLE))
        self._openings = self.all - self._log_count(OPENING)
        self._closings = self.all - self._log_count(CLOSING)

    def _log_count(self, gram: str) -> float:
        return self._value(crc32(gram.encode(*ENCODING)))

    def _value(self, key: int) -> float:
        upper, lower = key >> 16, key & 0xFFFF
        end = self.buckets[upper + 1]
        at = bisect_left(self.lower, lower, self.buckets[upper], end)
        return self.values[at] / STEPS if at < end and self.lower[at] == lower else UNKNOWN

    def _opening(self, line: str) -> tuple[float, float, float]:
        one, two, three = line[:1], line[:2], line[:3]
        return (
            max(self.log_count(OPENING + one), -2.0) - max(self.log_count(one), 0.0) + self._openings,
            self._ratio(OPENING + two, two, self._openings),
            self._ratio(OPENING + three, three, self._openings),
        )

    def _closing(self, line: str) -> tuple[float, float, float]:
        one, two, three = line[-1:], line[-2:], line[-3:]
        return (
            max(self.log_count(one + CLOSING), -2.0) - max(self.log_count(one), 0.0) + self._closings,
            self._ratio(two + CLOSING, two, self._closings),
            self._ratio(three + CLOSING, three, self._closings),
        )

    def _headline(self, line: str) -> tuple[float, float, float, float]:
        total = sum(map(self._headline_pair, map(add, line, line[1:])))
        return (
            total / max(len(line) - 1, 1),
            max(min(total / 8, 3.0), -3.0),
            self._headline_end(line[-1:]),
            self._headline_end(line[-2:]),
        )

    def _new_headline_pair(self, pair: str) -> float:
        text = pair.encode(*ENCODING)
        expected = max(self._count(crc32(text)), 2.0) * self._in_headlines
        return log2((self._count(crc32(text, TITLE_KEY)) + 1.0) / (expected + 1.0))

    def _headline_end(self, end: str) -> float:
        anywhere, at_end = (crc32(text.encode(*ENCODING), TITLE_KEY) for text in (end, end + CLOSING))
        return log2((self._count(at_end) + 0.5) / (self._count(anywhere) * self._headline_ends + 0.5))

    def _count(self, key: int) -> float:
        """Return about how often an n-gram was met, 0 when rarely."""
        value = self._value(key)
        return 0.0 if value < 0 else 2.0**value

    def words(self, before: str, after: str) -> tuple[float, ...]:
        """How frequent the words are that end a line (of two and of three characters), that begin the next
        one (likewise), and that run over the break between them (of two, three and four)."""
        sides = before[-BESIDE:].rjust(BESIDE, NOTHING) + after[:BESIDE].ljust(BESIDE, NOTHING)
        text, value = sides.encode(*ENCODING), self._value
        two, three, first, second, *across = [value(crc32(text[part], WORD_KEY)) for part in WORDS]
        return two, three, first, second, across[0], max(across[1:3]), max(across[3:])

    def _ratio(self, marked: str, plain: str, total: float) -> float:
        at_edge, anywhere = self._log_count(marked), self.log_count(plain)
        if anywhere <= 2 and at_edge <= 0:
            return 0.0
        return max(at_edge, -1.0) - max(anywhere, 0.0) + total


@cache
def news_ngrams() -> Ngrams:
    """Return the table that ships with the package."""
    return unpack(mapped(DATA / "ngrams.bin"))


def pack(logs: dict[str, float]) -> bytes:
    """Return a table as bytes, from the binary logarithms of the counts of n-grams."""
    values = {crc32(gram.encode(*ENCODING)): min(round(value * STEPS), 255) for gram, value in logs.items()}
    sizes = [0] * BUCKETS
    for key in values:
        sizes[key >> 16] += 1
    buckets = array("I", accumulate(sizes, initial=0))
    lower = array("H", [key & 0xFFFF for key in sorted(values)])
    return buckets.tobytes() + lower.tobytes() + bytes(values[key] for key in sorted(values))


def unpack(data: bytes | memoryview) -> Ngrams:
    """Return the table that :func:`pack` wrote."""
    view = memoryview(data)
    head = (BUCKETS + 1) * array("I").itemsize
    middle = head + (len(data) - head) // 3 * 2
    return Ngrams(view[:head].cast("I"), view[head:middle].cast("H"), view[middle:])
