"""Decision trees evaluated side by side say what walking each of them says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ykclean.boundaries import news_boundaries
from ykclean.semantic import semantic_model
from ykclean.trees import LEAVES, Forest, pack, unpack

FEATURES = 3
VALUES = st.sampled_from([-1.5, 0.0, 0.5, 1.0, 7.0])
TREES = st.recursive(
    VALUES,
    lambda nodes: st.tuples(st.integers(0, FEATURES - 1), VALUES, nodes, nodes).map(list),
    max_leaves=LEAVES,
)


def walked(node: Any, features: list[float]) -> float:
    """The leaf that a walk from the root ends at."""
    while isinstance(node, list):
        feature, threshold, low, high = node
        node = low if features[feature] <= threshold else high
    return float(node)


@given(st.lists(TREES), st.lists(VALUES, min_size=FEATURES, max_size=FEATURES), VALUES)
def test_the_score_is_the_sum_of_the_walks(trees: list[Any], features: list[float], bias: float) -> None:
    assert Forest.of(trees).score(features, bias) == sum((walked(tree, features) for tree in trees), bias)


@given(st.lists(TREES), st.lists(VALUES, min_size=FEATURES, max_size=FEATURES))
def test_packed_trees_come_back(trees: list[Any], features: list[float]) -> None:
    forest = Forest.of(trees)
    again = unpack(pack(forest))
    assert again.score(features) == forest.score(features)
    assert pack(again) == pack(forest)


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    tree: Any = 0.0
    for _ in range(LEAVES):
        tree = [0, 0.0, tree, 0.0]
    with pytest.raises(ValueError, match="tree 1 has 17 leaves"):
        Forest.of([0.0, tree])


def test_the_shipped_trees_can_be_read() -> None:
    for model in (news_boundaries(), semantic_model()):
        assert len(model.trees.leaves) > 1
        assert pack(unpack(pack(model.trees))) == pack(model.trees)
