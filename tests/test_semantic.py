"""Articles told apart by meaning: vectors, their contrast at a gap, and the decision."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ykclean.boundaries import Model, news_boundaries
from ykclean.cli import main
from ykclean.cohesion import Screen, Unit
from ykclean.engine import read
from ykclean.settings import Settings
from ykclean.trees import Forest

np = pytest.importorskip("numpy", reason="needs numpy, of the semantic extra")

from ykclean import semantic  # noqa: E402 - only where numpy is

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = ["春", "耕", "春耕", "麦", "球", "赛", "球赛", "门"]
FARMING, FOOTBALL = "春耕时节看麦田", "球赛开场先破门"


@pytest.fixture
def vectors() -> semantic.Vectors:
    """An encoder of two directions: what is grown, and what is played."""
    table = np.array([[1.0, 0.1]] * 4 + [[0.1, 1.0]] * 4)
    return semantic.Vectors(WORDS, table, np.ones(len(WORDS)), np.zeros(2))


def unit(text: str) -> Unit:
    return Unit((), text)


def flat(bias: float, calibration: tuple[float, float] = (1.0, 0.0)) -> Model:
    """A model without trees: its score is always the bias."""
    return Model(Screen((), 1.0), Forest.of([]), bias, calibration)


def contrast(vectors: semantic.Vectors, texts: Sequence[str], gaps: Sequence[int]) -> semantic.Contrast:
    core = flat(0.0)
    return semantic.Contrast([unit(text) for text in texts], gaps, lambda *_: [], core, vectors)


class TestVectors:
    def test_the_longest_word_is_taken(self, vectors: semantic.Vectors) -> None:
        assert [WORDS[number] for number in vectors.words("看春耕的春，麦A球")] == ["春耕", "春", "麦", "球"]

    def test_a_paragraph_has_length_one(self, vectors: semantic.Vectors) -> None:
        assert vectors.of(FARMING) @ vectors.of(FARMING) == pytest.approx(1)
        assert vectors.of(FARMING) @ vectors.of(FOOTBALL) < 0.5

    def test_without_a_known_word_it_has_none(self, vectors: semantic.Vectors) -> None:
        assert not vectors.of("abc 123。").any()

    def test_written_and_read(self, vectors: semantic.Vectors, tmp_path: Path) -> None:
        semantic.save_vectors(vectors, tmp_path / "vectors.npz")
        again = semantic.news_vectors.__wrapped__(tmp_path / "vectors.npz")
        assert again.number == vectors.number
        assert again.of(FOOTBALL) @ vectors.of(FOOTBALL) == pytest.approx(1, abs=0.001)

    def test_the_extra_is_named_where_numpy_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "numpy", None)
        with pytest.raises(ModuleNotFoundError, match=r"ykclean\[semantic\]"):
            semantic.news_vectors.__wrapped__()

    @pytest.mark.parametrize(
        "command", [["clean"], ["clean", "--workers", "0"], ["check", "--select", "YK6"]]
    )
    def test_the_extra_is_named_where_the_configuration_asks_for_it(
        self,
        command: list[str],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setitem(sys.modules, "numpy", None)
        semantic.news_vectors.cache_clear()
        (tmp_path / "x.toml").write_text("semantic = true")
        (tmp_path / "a.txt").write_text("\n\n".join((*FARMING_NEWS, *FOOTBALL_NEWS)), encoding="utf-8")
        assert main([*command, "a.txt", "--config", "x.toml"]) > 0
        said = "a.txt: splitting articles by their meaning needs an extra: pip install 'ykclean[semantic]'\n"
        assert said in capfd.readouterr().err


class TestContrast:
    def test_it_is_strongest_where_the_subject_changes(self, vectors: semantic.Vectors) -> None:
        gaps = [1, 2, 3, 4, 5]
        made = contrast(vectors, [FARMING] * 3 + [FOOTBALL] * 3, gaps)
        likeness = {gap: made.measure(0, gap, 6)[2] for gap in gaps}
        assert min(likeness, key=likeness.__getitem__) == 3

    def test_segments_are_compared_not_their_surroundings(self, vectors: semantic.Vectors) -> None:
        made = contrast(vectors, [FARMING] * 3 + [FOOTBALL] * 3, [1, 2, 3])
        across = 2
        assert made.measure(0, 2, 3)[across] == pytest.approx(1)
        assert made.measure(0, 2, 6)[across] < made.measure(0, 2, 3)[across]

    def test_every_gap_has_the_features_that_the_model_knows(self, vectors: semantic.Vectors) -> None:
        made = contrast(vectors, [FARMING, "。", "abc", FOOTBALL, FARMING], [1, 2, 3, 4])
        rows = [made.measure(gap - 1, gap, gap + 1) for gap in (1, 2, 3, 4)]
        assert np.isfinite(rows).all()
        assert max(one.feature for one in semantic.semantic_model().trees.splits) < len(rows[0])

    def test_the_core_is_asked_once_a_state(self, vectors: semantic.Vectors) -> None:
        asked: list[tuple[int, int, int]] = []

        def core(start: int, gap: int, end: int, /) -> list[float]:
            asked.append((start, gap, end))
            return []

        model = flat(0.0)
        made = semantic.Contrast([unit(FARMING)] * 5, [2, 3], core, model, vectors)
        made.measure(0, 2, 3)
        made.measure(0, 2, 5)
        assert len(asked) == len(set(asked)) == 3


class TestSurer:
    def test_the_core_prevails_only_where_it_is_surer(self) -> None:
        beside = semantic.Surer.of(flat(0.5), flat(0.0))
        assert beside.score([0.4]) == 0.5
        assert beside.score([0.6]) == pytest.approx(0.6)

    def test_scores_of_the_same_confidence_are_compared(self) -> None:
        own, core = flat(-9.0, (2.0, 1.0)), flat(0.0, (1.0, -1.0))
        score = semantic.Surer.of(own, core).score([4.0])
        assert own.confidence(score) == pytest.approx(core.confidence(4.0))

    def test_it_is_as_sure_of_a_score_as_its_model(self) -> None:
        own = flat(-9.0, (2.0, 1.0))
        beside = semantic.Surer.of(own, flat(0.0))
        assert beside.confidence(beside.least_score(0.7)) == pytest.approx(
            own.confidence(own.least_score(0.7))
        )
        assert beside.model is own


def test_what_is_known_beside_the_words_counts_as_in_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    core = flat(0.0, (1.0, 0.0))
    monkeypatch.setattr(semantic, "semantic_model", lambda: flat(0.0, (0.5, 0.0)))
    units = [Unit((), "清河水位回落。"), Unit((), "城际铁路开通。")]

    def score(known: float) -> float:
        return semantic.semantic_merging(units, [1], lambda *_: [0.0], core, lambda *_: known).scores[1]

    assert score(1.0) - score(0.0) == pytest.approx(2.0)


class FirstFeature(Model):
    """A model whose score is the first feature."""

    def __new__(cls) -> FirstFeature:
        return super().__new__(cls, Screen((), 1.0), Forest.of([]), 0.0)

    def score(self, features: Sequence[float]) -> float:
        return features[0]


class TestCompany:
    def run(self, scores: dict[int, float], threshold: float) -> dict[int, float]:
        merging = semantic.Company(9, sorted(scores), lambda _start, gap, _end: [scores[gap]], FirstFeature())
        return merging.run(threshold)

    def test_a_lone_boundary_must_be_sure(self) -> None:
        assert self.run({3: 0.5}, 1.0) == {}

    def test_one_that_is_sure_vouches_for_others(self) -> None:
        assert self.run({3: 0.5, 6: 1.5}, 1.0).keys() == {3, 6}

    def test_but_not_for_all(self) -> None:
        assert self.run({3: -1.5, 6: 1.5}, 1.0).keys() == {6}

    def test_who_is_vouched_for_is_no_surer_than_who_vouches(self) -> None:
        kept = self.run({3: 0.9, 6: 5.0}, 1.0)
        assert 1.0 <= kept[3] <= kept[6] == 5.0


FARMING_NEWS = [
    "清明过后，各村抢抓农时，拖拉机在田间来回耕地，农户忙着育秧、施肥。",
    "今年小麦长势良好，粮食产量有望增加，合作社购买了新的收割机。",
    "技术员到田头指导灌溉，种子和化肥供应充足，农民不误春播。",
]
FOOTBALL_NEWS = [
    "昨晚的比赛中，主队前锋上半场连进两球，球迷在看台上高声欢呼。",
    "客队教练换上三名队员，加强进攻，终场前门将扑出点球。",
    "积分榜上主队升至第二，下一轮联赛将在客场迎战冠军。",
]


def test_the_model_judges_news() -> None:
    """Two reports in other words each: the boundary scores higher with the vectors than a gap inside."""
    units = [unit(text) for text in (*FARMING_NEWS, *FOOTBALL_NEWS)]
    core = flat(0.0)
    made = semantic.Contrast(units, [2, 3, 4], lambda *_: [], core, semantic.news_vectors())
    scores = {gap: semantic.semantic_model().score(made.measure(0, gap, 6)) for gap in (2, 3, 4)}
    assert max(scores, key=scores.__getitem__) == 3


def test_nothing_is_loaded_unless_it_is_asked_for() -> None:
    code = (
        "import sys, ykclean; ykclean.clean('他来了。\\n' * 9);"
        "print({'numpy', 'ykclean.semantic'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_merging_takes_the_place_of_the_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [unit(FARMING)] * 3 + [unit(FOOTBALL)] * 3
    core = news_boundaries()
    monkeypatch.setattr("ykclean.boundaries.HOPELESS", float("-inf"))
    merging = semantic.semantic_merging(units, [3], lambda *_: [0.0] * 100, core)
    assert merging.size == 6
    assert merging.run(float("-inf")).keys() == {3}


def test_the_settings_ask_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    merging = semantic.semantic_merging

    def noted(units: Sequence[Unit], *rest: Any) -> Any:
        asked.append(len(units))
        return merging(units, *rest)

    monkeypatch.setattr(semantic, "semantic_merging", noted)
    text = "\n\n".join((*FARMING_NEWS, *FOOTBALL_NEWS))
    read(text)
    assert asked == []
    read(text, Settings(semantic=True))
    assert asked == [6]
