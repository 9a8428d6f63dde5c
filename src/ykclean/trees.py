"""Boosted decision trees, all evaluated at once."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate, chain
from operator import getitem, lshift, or_
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LEAVES = 16
"""The leaves that a tree has at most: each is a bit of its two bytes."""

_BITS = [1 << leaf for leaf in range(LEAVES)]

Node = Any
"""A branch of a decision tree (the number of a feature, its threshold, and the nodes for values up to it
and above it), or the value of a leaf."""

Branch = tuple[float, int, int]
"""A threshold, the number of the tree, and the leaves passed by above it."""


class Splits(NamedTuple):
    """The branches of all trees that ask for one feature, the lowest threshold first.

    ``passed`` has, as bits, the leaves of its tree that a value above the threshold passes by.
    """

    feature: int
    thresholds: Sequence[float]
    trees: Sequence[int]
    passed: Sequence[int]


class Forest:
    """Trees, and the sum of what they say of some features.

    Walking hundreds of trees waits for memory at every step. Here each branch tells which leaves are passed
    by, and of each tree's leaves the first that is left is where the walk would have ended (QuickScorer,
    Lucchese and others, SIGIR 2015): numbers of many bits hold all trees side by side.

    >>> forest = Forest.of([[0, 2.5, -1.0, [1, 0.0, 0.25, 1.0]]])
    >>> forest.score([2.5, 9.0]), forest.score([3.0, 0.0]), forest.score([3.0, 9.0])
    (-1.0, 0.25, 1.0)
    """

    def __init__(self, leaves: Sequence[Sequence[float]], splits: Sequence[Splits]) -> None:
        self.leaves = leaves
        self.splits = splits
        self._size = 2 * len(leaves)
        self._all = (1 << 8 * self._size) - 1
        self._lowest = int.from_bytes(b"\1\0" * len(leaves), "little")
        self._steps = [(one.feature, one.thresholds, _passed_up_to(one)) for one in splits]
        self._values = [dict(zip(_BITS, values, strict=False)) for values in leaves]

    @classmethod
    def of(cls, trees: Iterable[Node]) -> Forest:
        """Return these trees as a forest. Raises ``ValueError`` where one has more than 16 leaves."""
        leaves: list[list[float]] = []
        branches: defaultdict[int, list[Branch]] = defaultdict(list)
        for number, tree in enumerate(trees):
            leaves.append([])
            for feature, threshold, passed in _branches(tree, leaves[-1]):
                branches[feature].append((threshold, number, passed))
            if len(leaves[-1]) > LEAVES:
                raise ValueError(f"tree {number} has {len(leaves[-1])} leaves, more than {LEAVES}")
        return cls(leaves, grouped(branches))

    def score(self, features: Sequence[float], bias: float = 0.0) -> float:
        """Return the sum of the bias and of the leaves that the features lead to."""
        passed = 0
        for feature, thresholds, up_to in self._steps:
            passed |= up_to[bisect_left(thresholds, features[feature])]
        left = self._all ^ passed
        first = left & ~(left - self._lowest)
        reached = memoryview(first.to_bytes(self._size, "little")).cast("H")
        return sum(map(getitem, self._values, reached), bias)


def grouped(branches: Mapping[int, Iterable[Branch]]) -> list[Splits]:
    """Return the branches of each feature in order."""
    return [Splits(feature, *zip(*sorted(branches[feature]), strict=True)) for feature in sorted(branches)]


def _passed_up_to(splits: Splits) -> list[int]:
    """The leaves that are passed by in all trees, for each number of thresholds that a value is above."""
    places = (LEAVES * tree for tree in splits.trees)
    return list(accumulate(map(lshift, splits.passed, places), or_, initial=0))


def _branches(node: Node, leaves: list[float]) -> Iterator[tuple[int, float, int]]:
    """The feature, threshold and passed leaves of each branch; the leaves are put behind those before."""
    if not isinstance(node, list):
        leaves.append(node)
        return
    feature, threshold, low, high = node
    first = len(leaves)
    yield from _branches(low, leaves)
    yield feature, threshold, (1 << len(leaves)) - (1 << first)
    yield from _branches(high, leaves)


def pack(forest: Forest) -> bytes:
    """Return the forest as bytes that :func:`unpack` reads.

    Four-byte numbers say how many trees, leaves a tree and features there are, and of each feature its number
    and how many splits it has; then come all thresholds and leaves (eight bytes each), and of all splits the
    trees and the leaves passed by (two bytes each).
    """
    width = max(map(len, forest.leaves), default=0)
    sizes = chain.from_iterable((one.feature, len(one.trees)) for one in forest.splits)
    padded = (value for values in forest.leaves for value in (*values, *[0.0] * (width - len(values))))
    numbers = array("I", [len(forest.leaves), width, len(forest.splits), *sizes])
    floats = array("d", chain(*(one.thresholds for one in forest.splits), padded))
    trees = array("H", chain.from_iterable(one.trees for one in forest.splits))
    passed = array("H", chain.from_iterable(one.passed for one in forest.splits))
    return b"".join(part.tobytes() for part in (numbers, floats, trees, passed))


def unpack(data: bytes) -> Forest:
    """Return the forest that :func:`pack` wrote."""
    view = memoryview(data)
    count, width, features = view[:12].cast("I")
    sizes = view[12 : 12 + 8 * features].cast("I").tolist()
    numbers, sizes = sizes[::2], sizes[1::2]
    ends = list(accumulate(sizes, initial=0))
    at, branches, leaves = 12 + 8 * features, ends[-1], count * width
    middle = at + 8 * (branches + leaves)
    floats = view[at:middle].cast("d").tolist()
    shorts = view[middle:].cast("H").tolist()
    splits = [
        Splits(feature, floats[a:z], shorts[a:z], shorts[branches + a : branches + z])
        for feature, a, z in zip(numbers, ends, ends[1:], strict=False)
    ]
    return Forest([floats[at : at + width] for at in range(branches, branches + leaves, width or 1)], splits)
