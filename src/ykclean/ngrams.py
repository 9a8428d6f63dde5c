"""How often character n-grams stand in Chinese news: a small table that ships with the package.

The table holds n-grams of one to three characters, anywhere in a sentence, behind ``OPENING`` for those
that open a paragraph, and before ``CLOSING`` for those that close a clause.
``scripts/train_lines.py`` makes it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from pathlib import Path
from zlib import crc32

OPENING, CLOSING = "\x02", "\x03"
REMEMBERED = 1 << 16
STEPS = 12
"""A stored value is the binary logarithm of a count, in twelfths."""


class Ngrams:
    """A frequency table: sorted keys (CRC-32 of the n-gram), and the logarithm of each count."""

    def __init__(self, keys: array[int], values: bytes) -> None:
        self.keys = keys
        self.values = values
        self.log_count = lru_cache(maxsize=REMEMBERED)(self._log_count)
        """Return the binary logarithm of the count of an n-gram; −1 for one that is rare or unknown."""

    def _log_count(self, gram: str) -> float:
        key = _key(gram)
        at = bisect_left(self.keys, key)
        return self.values[at] / STEPS if at < len(self.keys) and self.keys[at] == key else -1.0


@cache
def news_ngrams() -> Ngrams:
    """Return the table that ships with the package."""
    return unpack((Path(__file__).parent / "data/ngrams.bin").read_bytes())


def pack(logs: dict[str, float]) -> bytes:
    """Return a table as bytes, from the binary logarithms of the counts of n-grams."""
    entries = {_key(gram): min(round(value * STEPS), 255) for gram, value in logs.items()}
    keys = array("I", sorted(entries))
    return keys.tobytes() + bytes(entries[key] for key in keys)


def _key(gram: str) -> int:
    return crc32(gram.encode("utf-16-le", "surrogatepass"))


def unpack(data: bytes) -> Ngrams:
    """Return the table that :func:`pack` wrote."""
    size = len(data) // 5
    keys = array("I")
    keys.frombytes(data[: 4 * size])
    return Ngrams(keys, data[4 * size :])
