#!/usr/bin/env python3
"""Make src/ykclean/data/ngrams.bin and lines.json from real articles.

    scripts/train_lines.py NEWS.jsonl... [--held-out NEWS.jsonl] [--write]

NEWS.jsonl holds one article a line: {"title", "paragraphs": [...]}. With --held-out the models are
tested on a source that they were not made from. Needs numpy and scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from ykclean.flow import cut_features, join_features
from ykclean.hanzi import fold
from ykclean.ngrams import CLOSING, OPENING, Ngrams, pack, unpack

DATA = Path(__file__).parents[1] / "src/ykclean/data"
HAN = re.compile("[\u4e00-\u9fff]")
INSIDE = re.compile("[\u4e00-\u9fff](?=[\u4e00-\u9fff“《0-9A-Za-z])|[0-9A-Za-z](?=[\u4e00-\u9fff])")
CLAUSE_END = re.compile("(?<=[\u4e00-\u9fff])(?=[，。；：？！、”）》]|$)")
TERMINAL = "。！？…”）"
LEAST = {1: 1, 2: 4, 3: 5}
SAMPLES = 24
SEED = 20_240_101
Article = tuple[str, list[str]]
Example = tuple[int, str, str, str]
Matrix = tuple[np.ndarray, np.ndarray]
Model = dict[str, np.ndarray]
HIDDEN = 16


def load(path: Path) -> list[Article]:
    articles = []
    for line in path.open(encoding="utf-8"):
        article = json.loads(line)
        paragraphs = [fold(p.strip()) for p in article["paragraphs"] if p.strip()]
        if paragraphs:
            articles.append((fold((article.get("title") or "").strip()), paragraphs))
    return articles


def count(articles: list[Article]) -> Ngrams:
    counts: Counter[str] = Counter()
    for title, paragraphs in articles:
        for text in filter(None, [title, *paragraphs]):
            for size in (1, 2, 3):
                counts.update(text[i : i + size] for i in range(len(text) - size + 1))
            for match in CLAUSE_END.finditer(text):
                at = match.start()
                counts.update((text[at - 1 : at] + CLOSING, text[max(at - 2, 0) : at] + CLOSING))
        for text in paragraphs:
            if len(text) > 25:
                counts.update(OPENING + text[:size] for size in (1, 2, 3))
    logs = {"": math.log2(sum(n for gram, n in counts.items() if len(gram) == 1))}
    logs[OPENING] = math.log2(sum(n for gram, n in counts.items() if len(gram) == 2 and gram[0] == OPENING))
    logs[CLOSING] = math.log2(sum(n for gram, n in counts.items() if len(gram) == 2 and gram[1] == CLOSING))
    for gram, n in counts.items():
        if n >= (2 if gram[0] == OPENING or gram[-1] == CLOSING else LEAST[len(gram)]):
            logs[gram] = math.log2(n)
    return unpack(pack(logs))


def cut_point(rng: random.Random, text: str) -> int | None:
    points = [match.end() for match in INSIDE.finditer(text, 4, len(text) - 4)]
    return rng.choice(points) if points else None


def broken(rng: random.Random, text: str) -> str:
    """Now and then the next line is broken, too."""
    point = cut_point(rng, text) if rng.random() < 0.3 else None
    return text[:point]


def whole(text: str) -> bool:
    return text[-1] in TERMINAL and len(text) >= 8


def examples(articles: list[Article], rng: random.Random) -> tuple[list[Example], list[Example]]:
    """Pairs of lines, one sentence or not; and lines without a full stop, cut or not."""
    joins: list[Example] = []
    cuts: list[Example] = []
    for title, paragraphs in articles:
        nearby = "\n".join(paragraphs)
        for i in rng.choices(range(len(paragraphs)), k=min(SAMPLES, 3 * len(paragraphs))):
            point = cut_point(rng, paragraphs[i]) if whole(paragraphs[i]) else None
            if not point:
                continue
            head, tail = paragraphs[i][:point], paragraphs[i][point:]
            after = broken(rng, paragraphs[i + 1]) if i + 1 < len(paragraphs) else ""
            tail = broken(rng, tail)
            if rng.random() < 0.6:
                joins.append((1, head, tail, nearby))
            elif after:
                joins.append((0, head, after, nearby))
            cuts.append((1, head, after if rng.random() < 0.7 else "", nearby))
        lines = [title, *paragraphs] if title else paragraphs
        for a, b in zip(lines, [*lines[1:], ""], strict=True):
            if HAN.match(a[-1]) and len(a) < 60:
                if b:
                    joins.append((0, a, broken(rng, b), nearby))
                cuts.append((0, a, b, nearby))
    return joins, cuts


def fit_network(x: np.ndarray, y: np.ndarray) -> Model:
    """One hidden layer of rectified units; the scaling of the features goes into its weights."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    network = MLPClassifier((HIDDEN,), alpha=1e-2, max_iter=60, early_stopping=True, random_state=0)
    network.fit((x - mean) / spread, y)
    slopes = network.coefs_[0].T / spread
    hidden = np.c_[slopes, network.intercepts_[0] - slopes @ mean]
    return {"join_hidden": hidden, "join": np.append(network.coefs_[1][:, 0], network.intercepts_[1])}


def fit_logistic(x: np.ndarray, y: np.ndarray) -> Model:
    scale = x.std(0) + 1e-9
    model = LogisticRegression(max_iter=2000).fit(x / scale, y)
    return {"cut": np.append(model.coef_[0] / scale, model.intercept_)}


def probability(name: str, model: Model, x: np.ndarray) -> np.ndarray:
    layer = np.c_[x, np.ones(len(x))]
    if name + "_hidden" in model:
        layer = np.c_[np.maximum(layer @ model[name + "_hidden"].T, 0), np.ones(len(x))]
    p: np.ndarray = 1 / (1 + np.exp(-(layer @ model[name])))
    return p


def seen(joined: int, before: str, after: str, document: str) -> tuple[bool, bool]:
    """Whether the characters at the break stand together once more than the example itself has them."""
    left, right = before[-2:] + after[:1], before[-1:] + after[:2]
    return document.count(left) > joined, document.count(right) > joined


def matrices(table: Ngrams, joins: list[Example], cuts: list[Example]) -> list[Matrix]:
    join_rows = [join_features(table, a, b, seen(*e)) for e in joins for _, a, b, _ in [e]]
    cut_rows = [cut_features(table, a, b) for _, a, b, _ in cuts]
    return [
        (np.array(join_rows), np.array([e[0] for e in joins])),
        (np.array(cut_rows), np.array([e[0] for e in cuts])),
    ]


def report(name: str, p: np.ndarray, y: np.ndarray) -> None:
    for threshold in (0.3, 0.5, 0.7, 0.9):
        right = int(((p > threshold) & (y == 1)).sum())
        wrong, missed = int(((p > threshold) & (y == 0)).sum()), int(((p <= threshold) & (y == 1)).sum())
        precision, recall = right / (right + wrong), right / (right + missed)
        print(f"{name:6} > {threshold}: precision {precision:.3f} recall {recall:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rng = random.Random(SEED)
    articles = [a for path in args.news if path != args.held_out for a in load(path)]
    rng.shuffle(articles)
    half = len(articles) // 2
    # The weights are fitted on articles that the table has not seen, or they would trust it too much.
    fitted = [
        matrices(count(known), *examples(unknown, rng))
        for known, unknown in ((articles[:half], articles[half:]), (articles[half:], articles[:half]))
    ]
    joins, cuts = ([np.concatenate([one[k][part] for one in fitted]) for part in (0, 1)] for k in (0, 1))
    model = fit_network(*joins) | fit_logistic(*cuts)
    table = count(articles)
    if args.held_out:
        tested = matrices(table, *examples(load(args.held_out), rng))
        for name, (x, y) in zip(("join", "cut"), tested, strict=True):
            report(name, probability(name, model, x), y)
    if args.write:
        (DATA / "ngrams.bin").write_bytes(table.keys.tobytes() + table.values)
        rounded = {name: np.round(weights, 4).tolist() for name, weights in model.items()}
        (DATA / "lines.json").write_text(json.dumps(rounded) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
