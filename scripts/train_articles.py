#!/usr/bin/env python3
"""Learn from intact news where articles begin; write src/ykclean/data/articles.json and articles.bin.

    train_articles.py ../shared/news/*.jsonl [--without SOURCE] [--out FILE]

Each source is a file of JSON lines with ``title``, ``byline``, ``category`` and ``paragraphs``. Articles are
put behind one another, with and without their headlines, the true boundaries are kept, and boosted
trees learn to tell them from the gaps inside articles, in the states that merging passes through
(imitation of the true boundaries first, then of the model's own choices). What judges the words of a
source is learnt from the *other* sources, and for half of the pages part of it is forgotten, so that it
counts for what it is worth on sources never seen; how fast the confidence rises is fitted on sources that
the trees have not seen either. ``--without`` leaves a source out altogether, to be tested on.

Needs numpy and scikit-learn, which the package itself does not.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import scipy.sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from ykclean import headers
from ykclean.articles import blocks_of
from ykclean.boundaries import Merging, Model, Node
from ykclean.cohesion import Screen, Unit, Words, candidates
from ykclean.document import Paragraph
from ykclean.evidence import DIRECTIONS, Evidence
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
from ykclean.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

FURNITURE = re.compile(r"^(?:【?编辑[:：].*|责任编辑.*|用微信扫描.*|分享至.*|\[|\]|（?原标题.*|.*资料图.*)$")
FOOT = re.compile(r"(?:[(（]完[)）]|【?编辑[:：][^】]*】|责任编辑[:：].*)+$")
OUT = Path(__file__).parents[1] / "src/ykclean/data/articles.json"
CLAUSE = re.compile(r"(?<![^，。！？；：])[\u4e00-\u9fff]{5,14}(?=[，。！？；：])")
LONG = 25
SEEN = 4
"""A bigram that fewer articles have is not kept."""
LOST = 0.012
"""The share of boundaries that the screen may lose."""
TREES = 60
LEAVES = 12
RATE = 0.17
SURE = 0.4
"""A boundary of this score has the confidence that is asked for by default: on sources left out, about one
single article in a hundred scores more somewhere."""
KIN = 8
"""A page of articles of one kind is drawn from so many that are nearest to one of them."""
TOO_CLOSE = 0.35
"""Articles more alike than this may be two versions of one."""
REMEMBERED = (1.0, 1.0, 0.8, 0.6, 0.4, 0.2)
"""Which shares of a lexicon judge the pages: of the words of a new source, many are not known."""
STORIES_A_PAGE = 2
"""A small source makes fewer pages: its few stories are not to be learnt by heart."""
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚英华文玉建国志红海林"


class Story(NamedTuple):
    title: str
    byline: str
    group: str
    paragraphs: list[str]


class Page(NamedTuple):
    """Lines of text; an article begins at each of ``starts`` (the first one left out)."""

    lines: list[str]
    starts: set[int]


def load(path: Path) -> list[Story]:
    stories = []
    for line in path.read_text("utf-8").splitlines():
        raw = json.loads(line)
        kept = [FOOT.sub("", p.strip()).strip() for p in raw["paragraphs"] if not FURNITURE.match(p.strip())]
        paragraphs = [p for p in kept if p]
        title = (raw.get("title") or "").strip()
        if title and paragraphs and paragraphs[0] == title:
            paragraphs = paragraphs[1:]
        if not title and paragraphs and len(paragraphs[0]) >= 6 and headers.is_headline(paragraphs[0]):
            title, *paragraphs = paragraphs
        if (
            2 <= len(paragraphs) <= 40
            and sum(map(len, paragraphs)) >= 150
            and max(map(len, paragraphs)) <= 1500
        ):
            byline = (raw.get("byline") or "").strip()
            stories.append(
                Story(title if 5 <= len(title) <= 40 else "", byline, str(raw.get("category")), paragraphs)
            )
    return stories


def compose(rng: random.Random, stories: list[Story], *, heads: float) -> Page:
    """Put stories behind one another, some with their headlines, some cut at the end."""
    lines: list[str] = []
    starts = set()
    for story in stories:
        if lines:
            starts.add(len(lines))
        if story.title and rng.random() < heads:
            lines.append(story.title)
            if rng.random() < 0.3:
                name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.randint(1, 2)))
                lines.append(
                    rng.choice(["本报记者 ", "记者 ", "□ 本报记者 ", "□ 记者 ", "本报通讯员 ", ""]) + name
                )
        lines += story.paragraphs
        if rng.random() < 0.15 and len(lines[-1]) > 60:
            lines[-1] = lines[-1][: rng.randint(20, len(lines[-1]) - 10)]
    return Page(lines, starts)


def roundup(rng: random.Random, stories: list[Story]) -> Page:
    """The beginnings of several stories as briefs beneath one headline: these are one article."""
    title = next((story.title for story in stories if story.title), "一周要闻集锦")
    size = rng.choice([1, 1, 2])
    return Page([title, *(p for story in stories for p in story.paragraphs[:size])], set())


def neighbours(stories: list[Story]) -> list[list[int]]:
    """The numbers of the stories that share most with each one."""
    words = [bigrams(simplify("\n".join(story.paragraphs))) for story in stories]
    counts = Counter(pair for found in words for pair in found)
    kept = sorted(pair for pair, count in counts.items() if 2 <= count < len(stories) / 10 + 2)
    column = {pair: place for place, pair in enumerate(kept)}
    entries = [(row, column[pair]) for row, found in enumerate(words) for pair in found if pair in column]
    rows, columns = np.array(entries).T
    weights = np.log(len(stories) / np.array([counts[pair] for pair in kept]))[columns]
    matrix = scipy.sparse.csr_matrix((weights, (rows, columns)), (len(stories), len(kept)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel() + 1e-9)
    matrix = scipy.sparse.diags(1 / lengths) @ matrix
    likeness = (matrix @ matrix.T).toarray()
    likeness[likeness > TOO_CLOSE] = -1
    return [np.argsort(-row, kind="stable")[:KIN].tolist() for row in likeness]


def with_subheads(rng: random.Random, story: Story) -> Page:
    """One story with headlines of its own between the paragraphs: clauses of what they stand above."""
    lines = [story.title] if story.title and rng.random() < 0.7 else []
    for number, paragraph in enumerate(story.paragraphs):
        clauses = [clause for clause in CLAUSE.findall(paragraph) if headers.is_headline(clause)]
        if number and clauses and rng.random() < 0.35:
            lines.append(rng.choice(clauses))
        lines.append(paragraph)
    return Page(lines, set())


def everyday(rng: random.Random, stories: list[Story], count: int) -> list[Page]:
    """Single articles, and unrelated ones behind one another, with and without headlines."""
    made = []
    for _ in range(count):
        made.append(compose(rng, rng.sample(stories, 1), heads=0.7))
        made.append(compose(rng, rng.sample(stories, 1), heads=0.2))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 4)), heads=0))
        made.append(compose(rng, rng.sample(stories, rng.randint(2, 6)), heads=rng.choice([0.85, 0.85, 1])))
    return made


def puzzling(rng: random.Random, stories: list[Story], count: int) -> list[Page]:
    """Articles of one kind, briefs under one headline, single articles with subheads, and whole printed
    pages or days."""
    kin = neighbours(stories)
    made = []
    for _ in range(count):
        first = rng.randrange(len(stories))
        alike = [stories[number] for number in [first, *rng.sample(kin[first], rng.randint(1, 4))]]
        made.append(compose(rng, alike[:4], heads=rng.choice([0, 0, 0.9])))
        made.append(roundup(rng, alike))
        made += [with_subheads(rng, story) for story in rng.sample(stories, 2)]
    groups: dict[str, list[Story]] = {}
    for story in stories:
        groups.setdefault(story.group, []).append(story)
    printed = [group for group in groups.values() if 3 <= len(group) <= 25]
    for _ in range(count if printed else 0):
        group = rng.choice(printed)
        size = min(len(group), rng.randint(3, 14))
        made.append(compose(rng, rng.sample(group, size), heads=rng.choice([0.0, 0.95])))
    return made


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


def forgetful(rng: random.Random, lexicon: Lexicon, share: float) -> Lexicon:
    """A lexicon that remembers only a share of its words."""

    def some(table: Table) -> Table:
        pairs = zip(table.keys, table.weights, strict=True)
        return Table.of({key: weight for key, weight in pairs if rng.random() < share})

    def less(wording: Wording) -> Wording:
        edge = {key: weight for key, weight in wording.edge.items() if rng.random() < share}
        return wording._replace(edge=edge, near=some(wording.near), far=some(wording.far))

    return lexicon._replace(
        rarity=some(lexicon.rarity), opening=less(lexicon.opening), closing=less(lexicon.closing)
    )


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


def visited(ready: Ready, model: Model) -> list[Row]:
    """Rows from the states that merging with the model passes through."""
    rows: list[Row] = []

    def measure(start: int, gap: int, end: int, /) -> list[float]:
        features = ready.evidence.measure(start, gap, end)
        rows.append((features, gap in ready.truth))
        return features

    Merging(ready.evidence.size, ready.evidence.gaps, measure, model, company=1.0).run(3.0)
    return rows[len(ready.evidence.gaps) :]


def fit(rows: list[Row], screen: Screen, directions: Sequence[int] | None = None) -> Model:
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
        monotonic_cst=directions,
    ).fit(features, labels)
    trees = [_node(predictor.nodes, 0) for (predictor,) in fitted._predictors]
    return Model(screen, trees, round(float(fitted._baseline_prediction.ravel()[0]), 4))


def _node(nodes: Any, number: int) -> Node:
    node = nodes[number]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    threshold = float(f"{node['num_threshold']:.5g}")
    return [int(node["feature_idx"]), threshold, _node(nodes, node["left"]), _node(nodes, node["right"])]


Survivor = tuple[float, bool]
"""The score of a boundary that merging leaves, and whether it is a true one."""


def left(model: Model, pages: list[Ready]) -> list[Survivor]:
    """The boundaries that merging leaves."""
    return [
        (score, gap in page.truth) for page in pages for gap, score in merging(page, model).run(0.0).items()
    ]


def merging(page: Ready, model: Model) -> Merging:
    return Merging(page.evidence.size, page.evidence.gaps, page.evidence.measure, model, company=0.5)


def calibrated(model: Model, survivors: list[Survivor]) -> Model:
    """Fit how much surer a higher score makes; how sure ``SURE`` is has been settled."""
    scores, labels = zip(*survivors, strict=True)
    slope = float(LogisticRegression().fit([[score] for score in scores], labels).coef_[0][0])
    asked = Settings().min_article_confidence
    return model._replace(calibration=(slope, math.log(asked / (1 - asked)) - slope * SURE))


def train(sources: dict[str, list[Story]], count: int, seed: int) -> tuple[Lexicon, Model]:
    """Learn from all sources; what was learnt without a source tells what a score is worth on it."""
    rng = random.Random(seed)
    everything = learn_lexicon([story for stories in sources.values() for story in stories])
    counted: dict[str, list[Measured]] = {}
    usual: dict[str, int] = {}
    for name, stories in sources.items():
        others = learn_lexicon([s for other, group in sources.items() if other != name for s in group])
        lexicons = [others if share == 1 else forgetful(rng, others, share) for share in REMEMBERED]
        size = min(count, len(stories) // STORIES_A_PAGE)
        made = everyday(rng, stories, size)
        usual[name] = len(made)
        made += puzzling(rng, stories, size)
        counted[name] = [measured(page, rng.choice(lexicons)) for page in made]
    screen = learn_screen([page for group in counted.values() for page in group])
    ready = {name: [screened(page, screen) for page in group] for name, group in counted.items()}
    rows = {name: [row for page in group for row in imitated(rng, page)] for name, group in ready.items()}
    model = fitted_to(rows, screen)
    for _ in range(2):
        for name, group in ready.items():
            rows[name] += [row for page in group for row in visited(page, model)]
        model = fitted_to(rows, screen)
    survivors = []
    for name, group in ready.items():
        without = {other: found for other, found in rows.items() if other != name}
        survivors += left(fitted_to(without, screen), group[: usual[name]])
    return everything, calibrated(model, survivors)


def fitted_to(rows: dict[str, list[Row]], screen: Screen) -> Model:
    return fit([row for found in rows.values() for row in found], screen, DIRECTIONS)


def stored(words: Lexicon, model: Model) -> dict[str, Any]:
    return {
        "frequent": pairs_of(words.frequent),
        "unseen": words.unseen,
        "opening": words.opening[:2],
        "closing": words.closing[:2],
        "screen": model.screen,
        "trees": model.trees,
        "bias": model.bias,
        "calibration": [round(value, 4) for value in model.calibration],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--without", default="")
    parser.add_argument("--count", type=int, default=110)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    sources = {path.stem: load(path) for path in sorted(options.news) if path.stem != options.without}
    words, model = train(sources, options.count, options.seed)
    options.out.write_text(json.dumps(stored(words, model), ensure_ascii=False), "utf-8")
    tables = [words.rarity, words.opening.near, words.opening.far, words.closing.near]
    options.out.with_suffix(".bin").write_bytes(pack(tables))
    for path in (options.out, options.out.with_suffix(".bin")):
        print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
