#!/usr/bin/env python3
"""Learn from intact news where articles begin; write articles.json, .bin and .trees in src/ykclean/data.

    train_articles.py ../shared/news/*.jsonl [--without SOURCE] [--out FILE]

Each source is a file of JSON lines with ``title``, ``byline``, ``category`` and ``paragraphs``. Articles are
put behind one another (``article_pages``), the true boundaries are kept, and boosted
trees learn to tell them from the gaps inside articles, in the states that merging passes through
(imitation of the true boundaries first, then of the model's own choices). The n-gram model that scores
the openings of a source is learnt from the *other* sources, so that it counts for what it is worth on
sources never seen. ``--without`` leaves a source out altogether, to be tested on.

Needs numpy and scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import scipy.sparse
from article_pages import Page, Story, load, pages
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ykclean import trees
from ykclean.blocks import blocks_of
from ykclean.boundaries import Measure, Merging, Model
from ykclean.cohesion import Evidence, Screen, Unit, Words, candidates
from ykclean.document import Paragraph
from ykclean.hanzi import simplify
from ykclean.lexicon import (
    FREQUENT,
    Lexicon,
    Ngrams,
    Table,
    Wording,
    bigrams,
    closing_ngrams,
    opening_ngrams,
    pack,
    pairs_of,
)
from ykclean.trees import Branch, Forest, Node, grouped

if TYPE_CHECKING:
    from collections.abc import Sequence

OUT = Path(__file__).parents[1] / "src/ykclean/data/articles.json"
LONG = 25
SEEN = 4
"""A bigram that fewer articles have is not kept."""
LOST = 0.01
"""The share of boundaries that the screen may lose."""
MODELS = 6
"""So many are learnt, each from other random pages, and averaged: one alone depends too much on its pages."""
TREES = 60
LEAVES = 12
RATE = 0.17
SIGNS = (
    *[-1] * 13,  # what the segments share
    *[0] * 6,  # how long they are
    *(-1, 1, 1, -1, 1, 1),  # how the units are drawn to either side
    *(-1, -1, -1, 1, 1, 1),  # the chains
    *[0] * 8,  # the form of the headlines
    1,  # when the page was published
    *(0, 0),  # how the headlines stand out
    *(1, -1, 1, 1),  # what is told of that they name
    *(1, 1, 0, -1, 0, 0, 0, 0),  # how the paragraph opens
    *(1, 0, 0),  # its wording, and datelines elsewhere
    *(1, 1, 0, 0, 0, 0, 1, 0),  # how the one before closes
)
"""Whether a boundary is the likelier the more there is of a feature (1), the less likely (-1), or either (0).
What holds everywhere is not to be unlearnt on the few sources there are."""


class Measured(NamedTuple):
    """A page whose words are counted: the numbers of the units that begin an article."""

    units: list[Unit]
    words: Words
    lexicon: Lexicon
    truth: set[int]


class Ready(NamedTuple):
    """A page whose gaps are screened."""

    evidence: Evidence
    truth: set[int]


def measured(page: Page, lexicon: Lexicon) -> Measured:
    lines = [simplify(line) for line in page.lines]
    blocks = blocks_of([Paragraph(0, len(line), line) for line in lines])
    units = [Unit(tuple(lines[block.first : block.body]), lines[block.body]) for block in blocks]
    firsts = {block.first: number for number, block in enumerate(blocks)}
    truth = {firsts[start] for start in page.starts if start in firsts}
    return Measured(units, Words(units, lexicon.frequent), lexicon, truth)


def screened(page: Measured, screen: Screen) -> Ready:
    gaps = candidates(page.units, page.words, screen)
    return Ready(Evidence(page.units, page.words, page.lexicon, gaps), page.truth)


def learn_screen(pages: list[Measured]) -> Screen:
    """Fit the linear model so that it loses no more than a small share of all boundaries."""
    nothing = Screen((0.0,), -1.0)
    rows, labels = [], []
    for page in pages:
        certain = set(candidates(page.units, page.words, nothing))
        for gap in range(1, len(page.units)):
            if gap not in certain:
                rows.append(page.words.screening(gap))
                labels.append(gap in page.truth)
    scaler = StandardScaler().fit(rows)
    fitted = LogisticRegression(C=100, max_iter=2000).fit(scaler.transform(rows), labels)
    weights = [round(float(weight), 4) for weight in fitted.coef_[0] / scaler.scale_]
    scores = np.sort(np.array(rows)[np.array(labels)] @ weights)
    lost = int(LOST * sum(len(page.truth) for page in pages))
    return Screen(tuple(weights), round(-float(scores[lost]), 4))


def learn_lexicon(stories: list[Story]) -> Lexicon:
    counts: Counter[int] = Counter()
    for story in stories:
        counts.update(bigrams(simplify("\n".join(story.paragraphs))))
    total = len(stories)
    rarity = Table.of({pair: rarity_of(count, total) for pair, count in counts.items() if count >= SEEN})
    long = [[p for p in map(simplify, story.paragraphs) if len(p) >= LONG] for story in stories]
    rows = [(p, n == 0, n == len(story) - 1) for story in long for n, p in enumerate(story)]
    opening = learn_wording([opening_ngrams(p) for p, _, _ in rows], [first for _, first, _ in rows])
    closing = learn_wording([closing_ngrams(p) for p, _, _ in rows], [last for _, _, last in rows])
    return Lexicon(rarity.below(FREQUENT), rarity, rarity_of(2, total), opening, closing)


def rarity_of(count: int, total: int) -> int:
    return round(10 * math.log(total / count))


def learn_wording(rows: list[Ngrams], labels: list[bool]) -> Wording:
    marked = [[(place, ngram) for place, group in enumerate(row) for ngram in sorted(group)] for row in rows]
    counts = Counter(ngram for row in marked for ngram in row)
    kept = sorted(ngram for ngram, count in counts.items() if count >= 4)
    number = {ngram: place for place, ngram in enumerate(kept)}
    columns = [number[ngram] for row in marked for ngram in row if ngram in number]
    sizes = np.cumsum([0, *(sum(ngram in number for ngram in row) for row in marked)])
    matrix = scipy.sparse.csr_matrix(
        (np.ones(len(columns)), np.array(columns, "int32"), sizes.astype("int32")), (len(rows), len(kept))
    )
    fitted = LogisticRegression(C=0.05, solver="liblinear", max_iter=200).fit(matrix, labels)
    hundredths = np.clip(np.round(fitted.coef_[0] * 100), -127, 127).astype(int).tolist()
    edge, near, far = (
        {
            key: weight
            for (place, key), weight in zip(kept, hundredths, strict=True)
            if place == here and abs(weight) >= 5
        }
        for here in range(3)
    )
    return Wording(round(100 * float(fitted.intercept_[0])), edge, Table.of(near), Table.of(far))


Row = tuple[list[float], bool]


def imitated(rng: random.Random, ready: Ready) -> list[Row]:
    """Rows from random segmentations that hold every true boundary and some false ones."""
    rows = []
    size = ready.evidence.size
    for _ in range(3):
        share = rng.choice([0.05, 0.15, 0.3, 0.6])
        gaps = [gap for gap in ready.evidence.gaps if gap in ready.truth or rng.random() < share]
        for start, gap, end in zip([0, *gaps], gaps, [*gaps[1:], size], strict=False):
            rows.append((ready.evidence.measure(start, gap, end), gap in ready.truth))
    return rows


def merging(evidence: Evidence, model: Model, measure: Measure) -> Merging:
    """Merging as it is done in use, but for what is known beside the model.

    With that the trees learn too little from the words, and part short files too seldom.
    """
    return Merging(evidence.size, evidence.gaps, measure, model)


def visited(ready: Ready, model: Model) -> list[Row]:
    """Rows from the states that merging with the model passes through."""
    rows: list[Row] = []

    def measure(start: int, gap: int, end: int, /) -> list[float]:
        features = ready.evidence.measure(start, gap, end)
        rows.append((features, gap in ready.truth))
        return features

    merging(ready.evidence, model, measure).run(3.0)
    return rows[len(ready.evidence.gaps) :]


def fit(rows: list[Row], screen: Screen, signs: Sequence[int] | None = None) -> Model:
    features = np.array([row for row, _ in rows])
    labels = np.array([label for _, label in rows])
    fitted = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        learning_rate=RATE,
        l2_regularization=5.0,
        min_samples_leaf=40,
        early_stopping=False,
        random_state=0,
        monotonic_cst=signs,
    ).fit(features, labels)
    forest = Forest.of(_node(predictor.nodes, 0) for (predictor,) in fitted._predictors)
    return Model(screen, forest, round(float(fitted._baseline_prediction.ravel()[0]), 4))


def _node(nodes: Any, number: int) -> Node:
    node = nodes[number]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    threshold = float(f"{node['num_threshold']:.5g}")
    return [int(node["feature_idx"]), threshold, _node(nodes, node["left"]), _node(nodes, node["right"])]


def calibrate(model: Model, ready: list[Ready]) -> Model:
    """Fit the probability that a boundary which survives merging with a score is a true one."""
    scores, labels = [], []
    for page in ready:
        for gap, score in merging(page.evidence, model, page.evidence.measure).run(-1.0).items():
            scores.append([score])
            labels.append(gap in page.truth)
    fitted = LogisticRegression().fit(scores, labels)
    return model._replace(calibration=(float(fitted.coef_[0][0]), float(fitted.intercept_[0])))


def learn_model(rng: random.Random, ready: list[Ready], screen: Screen) -> Model:
    """Fit to random segmentations first, then to those that merging with the model leads to."""
    rows = [row for page in ready for row in imitated(rng, page)]
    model = fit(rows, screen, SIGNS)
    for _ in range(2):
        rows += [row for page in ready for row in visited(page, model)]
        model = fit(rows, screen, SIGNS)
    return model


def averaged(models: list[Model]) -> Model:
    """One model whose score is the mean of theirs."""
    forest = side_by_side([model.trees for model in models])
    leaves = [[round(leaf / len(models), 4) for leaf in tree] for tree in forest.leaves]
    bias = sum(model.bias for model in models) / len(models)
    return models[0]._replace(trees=Forest(leaves, forest.splits), bias=round(bias, 4))


def side_by_side(forests: list[Forest]) -> Forest:
    """The trees of all of them as one forest."""
    leaves: list[Sequence[float]] = []
    branches: defaultdict[int, list[Branch]] = defaultdict(list)
    for forest in forests:
        for one in forest.splits:
            numbers = (len(leaves) + tree for tree in one.trees)
            branches[one.feature] += zip(one.thresholds, numbers, one.passed, strict=True)
        leaves += forest.leaves
    return Forest(leaves, grouped(branches))


def train(sources: dict[str, list[Story]], count: int, seed: int) -> tuple[Lexicon, Model]:
    """Learn from five sixths of the stories; the rest, unseen, calibrates the confidence."""
    rng = random.Random(seed)
    kept = {name: [s for n, s in enumerate(stories) if n % 6] for name, stories in sources.items()}
    unseen = {name: stories[::6] for name, stories in sources.items()}
    everything = learn_lexicon([story for stories in kept.values() for story in stories])
    sets: list[list[Measured]] = [[] for _ in range(MODELS)]
    for name, stories in kept.items():
        others = learn_lexicon([s for other, group in kept.items() if other != name for s in group])
        mixed = everything._replace(opening=others.opening, closing=others.closing)
        for counted in sets:
            counted += [measured(page, mixed) for page in pages(rng, stories, count)]
    screen = learn_screen([page for counted in sets for page in counted])
    model = averaged(
        [learn_model(rng, [screened(page, screen) for page in counted], screen) for counted in sets]
    )
    tests = [
        screened(measured(page, everything), screen)
        for group in unseen.values()
        for page in pages(rng, group, max(count // 2, 1))
    ]
    return everything, calibrate(model, tests)


def stored(words: Lexicon, model: Model) -> dict[str, Any]:
    return {
        "frequent": pairs_of(words.frequent),
        "unseen": words.unseen,
        "opening": words.opening[:2],
        "closing": words.closing[:2],
        "screen": model.screen,
        "bias": model.bias,
        "calibration": [round(value, 4) for value in model.calibration],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--without", default="")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    sources = {path.stem: load(path) for path in sorted(options.news) if path.stem != options.without}
    words, model = train(sources, options.count, options.seed)
    options.out.write_text(json.dumps(stored(words, model), ensure_ascii=False), "utf-8")
    tables = [words.rarity, words.opening.near, words.opening.far, words.closing.near]
    options.out.with_suffix(".bin").write_bytes(pack(tables))
    options.out.with_suffix(".trees").write_bytes(trees.pack(model.trees))
    for path in (options.out, *map(options.out.with_suffix, (".bin", ".trees"))):
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
