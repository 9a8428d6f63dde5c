#!/usr/bin/env python3
"""Make src/ykclean/data/ngrams.bin, lines.json and lines.bin from real articles and a dictionary.

    scripts/train_lines.py NEWS.jsonl... --words DICT.txt [--counted NEWS.jsonl...]
        [--held-out NEWS.jsonl] [--write DIR]

NEWS.jsonl holds one article a line: {"title", "paragraphs": [...]}; DICT.txt one word a line, and how often
it was met, as jieba/dict.txt in jieba 0.42.1 does. Without it the network knows no words but those that it
can tell from n-grams. Of the articles behind --counted only the n-grams are counted; those of gather_news.py
are behind the files that ship. With --held-out the network is tested on a source that it was not made from.
Needs numpy and scipy, and five minutes; OMP_NUM_THREADS=1 makes the same files to the byte.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix

from ykclean.breaks import characters, edges_of, facts, look_around
from ykclean.flow import HEADING, Headings, Nearby, is_unfinished, unlikeness
from ykclean.hanzi import fold
from ykclean.ngrams import CLOSING, LONGEST, OPENING, TITLE, WORD, Ngrams, pack, unpack

HAN = re.compile("[\u4e00-\u9fff]")
WORDS = re.compile(rf"^([\u4e00-\u9fff]{{2,{LONGEST}}}) (\d+)", re.MULTILINE)
INSIDE = re.compile("[\u4e00-\u9fff](?=[\u4e00-\u9fff“《0-9A-Za-z])|[0-9A-Za-z](?=[\u4e00-\u9fff])")
BEHIND_COMMA = re.compile("[，、](?=[\u4e00-\u9fff“《0-9A-Za-z])")
CLAUSE_END = re.compile("(?<=[\u4e00-\u9fff])(?=[，。；：？！、”）》]|$)")
SENTENCE = re.compile(r"(?<=[。！？])(?![”』」）。！？])|(?<=[。！？][”』」])")
TERMINAL = "。！？…”）"
LEAST, MARKED = {1: 1, 2: 4, 3: 5}, 2
"""So often n-grams of each length must be met to be kept, and those at one end of something."""
MARKERS = OPENING + TITLE + CLOSING
HEADLINE = 30
"""A line that is no longer than this, and no sentence, teaches how headlines read."""
RARE = 5
"""Words that were met less often are left out, and this often counts as once."""
SAMPLES, AT_COMMA = 200, 0.1
"""So many breaks are made in an article at most; the share of them behind a comma."""
JOIN, CUT, WHOLE = 0, 1, 2
NETWORKS, HIDDEN, EPOCHS, BATCH, RATE = 3, 24, 12, 512, 3e-3
DROPPED, FORGOTTEN = 0.5, 0.1
"""The shares of characters and of facts hidden from each step, so that none is relied on too much."""
DECAY = {"E": 1.0, "W": 0.1, "O": 0.1}
KNOWN = 8
"""So often a character must stand at a break to be known."""
SEED = 7
Article = tuple[str, list[str]]
Model = dict[str, np.ndarray]
Logs = dict[str, float]


class Example(NamedTuple):
    """A break: what stands before and after it, and where both stand in the article's text (or −1)."""

    label: int
    before: str
    after: str
    text: str
    end: int
    start: int
    nearby: Nearby


class Matrix(NamedTuple):
    """Facts, characters and labels of examples."""

    facts: np.ndarray
    characters: list[list[str]]
    labels: np.ndarray


def load(path: Path) -> list[Article]:
    articles = []
    for line in path.open(encoding="utf-8"):
        article = json.loads(line)
        paragraphs = [fold(p.strip()) for p in article["paragraphs"] if p.strip()]
        if paragraphs:
            articles.append((fold((article.get("title") or "").strip()), paragraphs))
    return articles


def words(path: Path) -> Logs:
    """Return how often the words of a dictionary were met."""
    counts: Counter[str] = Counter()
    for word, met in WORDS.findall(path.read_text(encoding="utf-8")):
        counts[WORD + fold(word)] += int(met)
    return {word: math.log2(met / RARE) for word, met in counts.items() if met >= RARE}


def count(articles: list[Article]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for title, paragraphs in articles:
        for text in filter(None, [title, *paragraphs]):
            for size in (1, 2, 3):
                counts.update(text[i : i + size] for i in range(len(text) - size + 1))
            for match in CLAUSE_END.finditer(text):
                at = match.start()
                counts.update(text[max(at - size, 0) : at] + CLOSING for size in (1, 2, 3))
            if len(text) <= HEADLINE and is_unfinished(text) and HAN.search(text):
                counts.update(
                    TITLE + text[at : at + size] for size in (1, 2) for at in range(len(text) - size + 1)
                )
                counts.update(TITLE + end for end in (text[-1:] + CLOSING, text[-2:] + CLOSING, CLOSING))
        for text in paragraphs:
            if len(text) > 25:
                counts.update(OPENING + text[:size] for size in (1, 2, 3))
    return counts


def table_of(counts: Counter[str], words: Logs) -> Ngrams:
    """Return the table of the n-grams that are not too rare, and of the words."""
    ones = [(gram, n) for gram, n in counts.items() if len(gram.strip(MARKERS)) == 1]
    logs = {gram: math.log2(n) for gram, n in counts.items() if n >= least(gram)}
    logs[""] = math.log2(sum(n for gram, n in ones if len(gram) == 1))
    for mark in (OPENING, TITLE):
        logs[mark] = math.log2(sum(n for gram, n in ones if gram[:-1] == mark))
    logs[CLOSING] = math.log2(sum(n for gram, n in ones if gram[1:] == CLOSING))
    return unpack(pack(logs | words))


def least(gram: str) -> int:
    """Return how often an n-gram must have been met to be kept."""
    return MARKED if gram[0] in (OPENING, TITLE) or gram[-1] == CLOSING else LEAST[len(gram)]


def is_whole(text: str) -> bool:
    return text[-1] in TERMINAL and len(text) >= 8


class Breaker:
    """Breaks and cuts an article's paragraphs at random."""

    def __init__(self, article: Article, others: list[Article], rng: random.Random) -> None:
        title, self.paragraphs = article
        self.lines = [title, *self.paragraphs] if title else self.paragraphs
        self.shift = len(self.lines) - len(self.paragraphs)
        self.text = "\n".join(self.lines)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        # On a page of several articles, titles of others stand nearby, perhaps behind a line that was cut.
        titles = [title or paragraphs[0][:HEADING] for title, paragraphs in others]
        self.titles = titles[: rng.choice((1, 1, 2))] if rng.random() < 0.5 else []
        self.other = titles[0] if rng.random() < 0.7 else others[0][1][0]
        self.rng = rng
        hidden = self.shift if rng.random() < 0.3 else 0
        self.headings = Headings([*["。"] * hidden, *self.lines[hidden:]])

    def examples(self) -> list[Example]:
        """Paragraphs broken in two or cut off, and the lines without a full stop that are whole."""
        found = [example for example in map(self._damaged, self._chosen()) if example]
        for i, line in [*enumerate(self.lines), *enumerate(self.lines[: self.shift])]:
            if is_unfinished(line) and HAN.search(line) and len(line) < 60:
                after = self.lines[i + 1] if i + 1 < len(self.lines) else ""
                end, start = self.starts[i] + len(line), self.starts[i + 1]
                found.append(self._example(WHOLE, i, line, self._shortened(after, 0.12), end, start))
        return found

    def _chosen(self) -> list[int]:
        whole = [i for i in range(self.shift, len(self.lines)) if is_whole(self.lines[i])]
        if not whole:
            return []
        chosen = self.rng.choices(whole, k=min(SAMPLES, 8 * len(whole)))
        # More often than another paragraph, the last one is cut.
        return chosen + [whole[-1]] * (len(chosen) // 3)

    def _damaged(self, i: int) -> Example | None:
        line, point = self.lines[i], self._point(self.lines[i])
        if not point:
            return None
        at = self.starts[i] + point
        if self.rng.random() < 0.5:
            return self._example(JOIN, i, line[:point], self._shortened(line[point:], 0.25), at, at)
        after, start = self._next(i)
        return self._example(CUT, i, line[:point], self._shortened(after, 0.1), at, start)

    def _example(self, label: int, i: int, before: str, after: str, end: int, start: int) -> Example:
        if i < self.shift:
            loose = bool(self.titles) and self.rng.random() < 0.4
        else:
            loose = i > self.shift and is_unfinished(self.lines[i - 1])
        nearby = self.headings.around(i, i + 1, before, after, loose)
        headings = nearby.headings + len(self.titles) + (self.rng.random() < 0.15)
        unlike = min([nearby.unlike, *(unlikeness(before, title) for title in self.titles)])
        others = [title for title in self.titles if title != after]
        next_unlike = min([nearby.next_unlike, *(unlikeness(after, title) for title in others)])
        nearby = Nearby(headings, loose, unlike, next_unlike)
        return Example(label, before, after, self.text, end, start, nearby)

    def _next(self, i: int) -> tuple[str, int]:
        """What may follow a cut: the next paragraph, nothing, a copy, another article."""
        if i + 1 < len(self.lines) and self.rng.random() < 0.9:
            return self.lines[i + 1], self.starts[i + 1]
        chance = self.rng.random()
        if chance < 0.3:
            return "", -1
        if chance < 0.6:
            copy = self.rng.choice(self.paragraphs)
            sentences = [one for one in SENTENCE.split(copy) if len(one) > 8]
            copy = self.rng.choice(sentences) if sentences and self.rng.random() < 0.5 else copy
            return copy, self.text.find(copy)
        return self.other, -1

    def _point(self, text: str) -> int | None:
        """Where to break a text: now and then behind a comma, else four times in ten near its beginning."""
        points = [match.end() for match in INSIDE.finditer(text, 3, len(text) - 4)]
        commas = [match.end() for match in BEHIND_COMMA.finditer(text, 3, len(text) - 4)]
        if commas and self.rng.random() < AT_COMMA:
            return self.rng.choice(commas)
        early = [point for point in points if point <= HEADING]
        if early and self.rng.random() < 0.4:
            return self.rng.choice(early)
        return self.rng.choice(points) if points else None

    def _shortened(self, text: str, chance: float) -> str:
        """Now and then the next line is broken, too."""
        return text[: self._point(text)] if text and self.rng.random() < chance else text


def matrix(table: Ngrams, articles: list[Article], rng: random.Random) -> Matrix:
    rows, read, labels = [], [], []
    for article in articles:
        for one in Breaker(article, rng.sample(articles, 2), rng).examples():
            around = look_around(one.text, one.before, one.after, one.end, one.start)
            edges = edges_of(one.before, one.after)
            row = facts(table, edges, one.before, one.after, around)
            rows.append([*row, *one.nearby.facts()])
            read.append(characters(edges))
            labels.append(one.label)
    return Matrix(np.array(rows, np.float32), read, np.array(labels))


def one_hot(read: list[list[str]], rows: dict[str, int]) -> csr_matrix:
    places, size = len(read[0]), len(rows) + 2
    picked = [[p * size + (rows.get(c, 1) if c else 0) for p, c in enumerate(row)] for row in read]
    values = np.ones(len(read) * places, np.float32)
    ends = np.arange(0, len(values) + 1, places)
    return csr_matrix((values, np.ravel(picked), ends), shape=(len(read), places * size))


def forward(model: Model, x: csr_matrix, d: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden units and the probabilities of the classes."""
    units = np.maximum(x @ model["E"] + d @ model["W"] + model["b"], 0)
    scores = units @ model["O"] + model["c"]
    shares = np.exp(scores - scores.max(1, keepdims=True))
    return units, shares / shares.sum(1, keepdims=True)


def together(x: csr_matrix, d: np.ndarray, y: np.ndarray) -> Model:
    """Fit several small networks, and make one of them whose scores are the mean of theirs."""
    models = [fit(x, d, y, np.random.default_rng(SEED + number)) for number in range(NETWORKS)]
    side_by_side = {name: np.concatenate([m[name] for m in models], -1) for name in ("E", "W", "b")}
    output = np.concatenate([model["O"] for model in models]) / NETWORKS
    return {**side_by_side, "O": output, "c": np.mean([model["c"] for model in models], 0)}


def fit(x: csr_matrix, d: np.ndarray, y: np.ndarray, rng: np.random.Generator) -> Model:
    """Fit a network by Adam with decoupled weight decay."""
    model: Model = {
        "E": rng.normal(0, 0.05, (x.shape[1], HIDDEN)),
        "W": rng.normal(0, 1, (d.shape[1], HIDDEN)) / np.sqrt(d.shape[1]),
        "b": np.zeros(HIDDEN),
        "O": rng.normal(0, 1, (HIDDEN, 3)) / np.sqrt(HIDDEN),
        "c": np.zeros(3),
    }
    model = {name: values.astype(np.float32) for name, values in model.items()}
    first, second = ({name: np.zeros_like(v) for name, v in model.items()} for _ in range(2))
    counts = np.bincount(y)
    # Headings are few: all of them together count as much as all cuts do.
    weights = np.array([1, 1, counts[CUT] / counts[WHOLE]], np.float32)[y, None]
    batches = len(y) // BATCH
    for step in range(EPOCHS * batches):
        if step % batches == 0:
            order = rng.permutation(len(y))
        part = order[step % batches * BATCH :][:BATCH]
        rate = RATE * min(1, (step + 1) / 50) * (1 - (step + 1) / (EPOCHS * batches + 1))
        for name, slope in gradients(model, x[part], d[part], y[part], weights[part], rng).items():
            first[name] += 0.1 * (slope - first[name])
            second[name] += 0.01 * (slope * slope - second[name])
            mean, square = first[name] / (1 - 0.9 ** (step + 1)), second[name] / (1 - 0.99 ** (step + 1))
            model[name] -= rate * mean / (np.sqrt(square) + 1e-7)
            model[name] *= 1 - rate * DECAY.get(name, 0)
    return model


def gradients(
    model: Model, x: csr_matrix, d: np.ndarray, y: np.ndarray, weights: np.ndarray, rng: np.random.Generator
) -> Model:
    x = x.copy()
    x.data = (rng.random(len(x.data)) > DROPPED).astype(np.float32) / (1 - DROPPED)
    d = d * ((rng.random(d.shape) > FORGOTTEN).astype(np.float32) / (1 - FORGOTTEN))
    units, p = forward(model, x, d)
    error = (p - np.eye(3, dtype=np.float32)[y]) * weights / len(y)
    back = (error @ model["O"].T) * (units > 0)
    return {"E": x.T @ back, "W": d.T @ back, "b": back.sum(0), "O": units.T @ error, "c": error.sum(0)}


def report(p: np.ndarray, y: np.ndarray) -> None:
    cut = p[:, CUT] / (p[:, CUT] + p[:, WHOLE])
    for name, score, label, among in (("join", p[:, JOIN], JOIN, y >= 0), ("cut", cut, CUT, y != JOIN)):
        for threshold in (0.3, 0.5, 0.7, 0.85):
            found, wanted = (score > threshold) & among, y == label
            right = (found & wanted).sum()
            precision, recall = right / found.sum(), right / wanted.sum()
            print(f"{name:5} > {threshold}: precision {precision:.3f} recall {recall:.3f}")


def write(folder: Path, table: Ngrams, model: Model, rows: dict[str, int], scaling: np.ndarray) -> None:
    """Write the tables as signed bytes, and the scaling of the facts into their weights."""
    mean, spread = scaling
    scale = np.quantile(np.abs(model["E"]), 0.9995) / 127
    weights = model["W"].T / spread
    parts = {
        "characters": "".join(rows),
        "scale": float(scale),
        "hidden": rounded(np.c_[weights, model["b"] - weights @ mean]),
        "output": rounded(np.c_[model["O"].T, model["c"]]),
    }
    folder.mkdir(parents=True, exist_ok=True)
    tables = np.clip(np.round(model["E"] / scale), -127, 127).astype(np.int8)
    (folder / "ngrams.bin").write_bytes(table.buckets.tobytes() + table.lower.tobytes() + table.values)
    (folder / "lines.bin").write_bytes(tables.tobytes())
    (folder / "lines.json").write_text(json.dumps(parts, ensure_ascii=False) + "\n", encoding="utf-8")


def rounded(values: np.ndarray) -> list[list[float]]:
    return [[float(f"{value:.4g}") for value in row] for row in values]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--words", type=Path, help="a dictionary with frequencies")
    parser.add_argument("--counted", nargs="+", type=Path, default=[], help="texts for the n-grams alone")
    parser.add_argument("--held-out", type=Path)
    parser.add_argument("--write", type=Path, help="the folder that receives the three files")
    args = parser.parse_args()
    rng = random.Random(SEED)
    articles = [a for path in args.news if path != args.held_out for a in load(path)]
    rng.shuffle(articles)
    counted = count([a for path in args.counted for a in load(path)])
    lexicon = words(args.words) if args.words else {}
    half = len(articles) // 2
    first, second = articles[:half], articles[half:]
    in_first, in_second = count(first), count(second)
    # The network is fitted on articles that the table has not seen, or it would trust it too much.
    halves = [
        matrix(table_of(known + counted, lexicon), unknown, rng)
        for known, unknown in ((in_first, second), (in_second, first))
    ]
    table = table_of(in_first + in_second + counted, lexicon)
    read = halves[0].characters + halves[1].characters
    often = Counter(character for row in read for character in row if character)
    rows = {one: row for row, (one, n) in enumerate(often.most_common(), 2) if n >= KNOWN}
    values = np.concatenate([one.facts for one in halves])
    # A fact that never changes tells nothing.
    spread = values.std(0)
    scaling = np.array([values.mean(0), np.where(spread > 0, spread, 1)])
    labels = np.concatenate([one.labels for one in halves])
    model = together(one_hot(read, rows), (values - scaling[0]) / scaling[1], labels)
    if args.held_out:
        tested = matrix(table, load(args.held_out), rng)
        scaled = (tested.facts - scaling[0]) / scaling[1]
        report(forward(model, one_hot(tested.characters, rows), scaled)[1], tested.labels)
    if args.write:
        write(args.write, table, model, rows, scaling)


if __name__ == "__main__":
    main()
