"""Merging: which boundaries are left, and how one that is sure vouches for others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.boundaries import COMPANY, Merging, Model, news_boundaries
from ykclean.cohesion import Screen, Unit, Words
from ykclean.evidence import DIRECTIONS, Evidence
from ykclean.lexicon import news_lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence


class FirstFeature(Model):
    """A model whose score is the first feature."""

    def __new__(cls) -> FirstFeature:
        return super().__new__(cls, Screen((), 1.0), [], 0.0)

    def score(self, features: Sequence[float]) -> float:
        return features[0]


class TestCompany:
    def run(self, scores: dict[int, float], threshold: float) -> dict[int, float]:
        merging = Merging(9, sorted(scores), lambda _start, gap, _end: [scores[gap]], FirstFeature())
        return merging.run(threshold)

    def test_a_lone_boundary_must_be_sure(self) -> None:
        assert self.run({3: 0.9}, 1.0) == {}

    def test_one_that_is_sure_vouches_for_others(self) -> None:
        assert self.run({3: 1.1 - COMPANY, 6: 1.5}, 1.0).keys() == {3, 6}

    def test_but_not_for_all(self) -> None:
        assert self.run({3: 0.9 - COMPANY, 6: 1.5}, 1.0).keys() == {6}

    def test_who_is_vouched_for_is_no_surer_than_who_vouches(self) -> None:
        kept = self.run({3: 0.9, 6: 5.0}, 1.0)
        assert 1.0 <= kept[3] <= kept[6] == 5.0


def test_each_feature_has_a_direction() -> None:
    units = [Unit(("春耕有序推进",), "村里的拖拉机昨天下了田。"), *[Unit((), "拖拉机在田里翻地。")] * 4]
    lexicon = news_lexicon()
    evidence = Evidence(units, Words(units, lexicon.frequent), lexicon, [1, 2])
    assert len(evidence.measure(0, 1, 2)) == len(DIRECTIONS)


def highest(nodes: object) -> int:
    return max(nodes[0], highest(nodes[2]), highest(nodes[3])) if isinstance(nodes, list) else 0


def test_the_model_knows_no_other_features() -> None:
    assert max(map(highest, news_boundaries().trees)) < len(DIRECTIONS)
