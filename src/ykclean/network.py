"""A small neural network over single characters and a few facts, evaluated without numpy.

Each place of a character has a table with one row a character: the rows that a text picks are summed,
the facts are added with weights of their own, rectified units take the sums, and a softmax gives one
probability a class. ``scripts/train_lines.py`` fits it.

All units are computed at once: they stand side by side in one large integer, 32 bits each (SIMD within a
register), so that a sum of rows is a sum of integers, and the results are the same on every machine.
"""

from __future__ import annotations

import json
from array import array
from math import exp
from operator import mul
from typing import TYPE_CHECKING

from ykclean.stored import mapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Any

NONE, UNKNOWN = 0, 1
"""The rows of a place without a character, and of a character that the network does not know."""
FACT, WEIGHT = 1 << 8, 1 << 14
"""Facts and weights are rounded to so many parts of one."""
LANE = 32
ZERO = 1 << (LANE - 2)
"""What is added to each unit so that none is negative where they are taken apart."""


class Network:
    """``parts`` has the known characters, the weights of the facts for each unit (the constant last), those
    of the units for each class (likewise), and what a signed byte of ``tables`` counts (``scale``)."""

    def __init__(self, parts: dict[str, Any], tables: bytes | memoryview) -> None:
        hidden: Sequence[Sequence[float]] = parts["hidden"]
        self._numbers = {"": NONE} | {one: row for row, one in enumerate(parts["characters"], UNKNOWN + 1)}
        self._tables = memoryview(tables).cast("b")
        self._scale = round(parts["scale"] * FACT * WEIGHT)
        self._width = len(hidden)
        self._zeros = sum(ZERO << LANE * unit for unit in range(self._width))
        columns = [
            self._packed([round(weight * WEIGHT) for weight in column])
            for column in zip(*hidden, strict=True)
        ]
        self._columns, self._constant = columns[:-1], columns[-1] * FACT
        self._output = [
            ([weight / (FACT * WEIGHT) for weight in weights], constant)
            for *weights, constant in parts["output"]
        ]
        self._rows: dict[tuple[int, int], int] = {}

    def units(self, characters: Iterable[str], facts: Sequence[float], start: int = 0) -> int:
        """Return all units in one integer; an empty string stands for a missing character.

        Units of which parts are known are sums: ``start`` is the number of the first fact given here.
        """
        rows, numbers = self._rows, self._numbers
        total: int = 0
        for place, character in enumerate(characters):
            key = place, numbers.get(character, UNKNOWN)
            total += rows[key] if key in rows else self._row(*key)
        for fact, column in zip(facts, self._columns[start:], strict=False):
            if fact:
                total += int(fact * FACT) * column
        return total

    def probabilities(self, units: int) -> list[float]:
        """Return the probability of each class."""
        lanes = (units + self._constant + self._zeros).to_bytes(self._width * LANE // 8, "little")
        values = [lane - ZERO if lane > ZERO else 0 for lane in memoryview(lanes).cast("I")]
        shares = [
            exp(min(sum(map(mul, weights, values), constant), 50.0)) for weights, constant in self._output
        ]
        total = sum(shares)
        return [share / total for share in shares]

    def _row(self, place: int, number: int) -> int:
        at = (place * (len(self._numbers) + 1) + number) * self._width
        row = self._packed([one * self._scale for one in self._tables[at : at + self._width]])
        self._rows[place, number] = row
        return row

    def _packed(self, values: Sequence[int]) -> int:
        lanes = array("I", [value + ZERO for value in values])
        return int.from_bytes(lanes.tobytes(), "little") - self._zeros


def load(weights: Path, tables: Path) -> Network:
    """Return the network of two files: JSON for the weights, bytes for the tables."""
    return Network(json.loads(weights.read_bytes()), mapped(tables))
