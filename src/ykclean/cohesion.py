"""Do two stretches of text tell one story? The words they share, and how their paragraphs open and end."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections import Counter
from functools import cache
from itertools import chain, repeat
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean import headers
from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

REACH = 8
"""How many units on either side of a gap are compared: keeps the cost linear."""
SAMPLE = 64
"""How many units of a long text tell which bigrams are common all through it."""

_NOT_HAN = re.compile("[^\u3400-\u9fff]+")
_DIGITS = re.compile("[0-9]+")
_OPENING = 24
_LEAD = 90

Bigrams = frozenset[int]


def bigrams(text: str) -> Bigrams:
    """Return the pairs of neighbouring Han characters, each as one number (quicker than strings)."""
    packed = _NOT_HAN.sub("", text).encode("utf-16-le")
    view = memoryview(packed)
    even = len(packed) & ~3
    odd = 2 + ((len(packed) - 2) & ~3)
    return frozenset(chain(view[:even].cast("I"), view[2:odd].cast("I") if odd > 2 else ()))


class Lexicon(NamedTuple):
    """What was learnt from news: how rare bigrams are, which n-grams open and close an article.

    The keys of ``opening`` and ``closing`` are marked by where the n-gram stands.
    """

    rarity: Mapping[int, float]
    unseen: float
    opening: Mapping[str, float]
    closing: Mapping[str, float]

    def opens(self, text: str) -> float:
        """Return how much the paragraph's words speak for an article beginning with it (a logit)."""
        weight = self.opening.get
        return sum(filter(None, map(weight, opening_ngrams(text)))) + self.opening.get("", 0.0)

    def closes(self, text: str) -> float:
        """Return how much the paragraph's words speak for an article ending with it (a logit)."""
        weight = self.closing.get
        return sum(filter(None, map(weight, closing_ngrams(text)))) + self.closing.get("", 0.0)


def opening_ngrams(text: str) -> set[str]:
    """Return the marked n-grams of a paragraph's first sentence or so, behind any dateline."""
    text = _behind_dateline(text)[: _LEAD + 30]
    text = _DIGITS.sub("0", fold(text))
    head, lead = text[:_OPENING], text[_OPENING:_LEAD]
    ngrams = set(map(add, head, head[1:]))
    ngrams.update("^" + head[:size] for size in (1, 2, 3, 4))
    ngrams.update(map(add, repeat("+"), map(add, lead, lead[1:])))
    return ngrams


def closing_ngrams(text: str) -> set[str]:
    """Return the marked n-grams of a paragraph's last clause or two."""
    tail = _DIGITS.sub("0", fold(text[-60:]))[-_OPENING:]
    ngrams = set(map(add, tail, tail[1:]))
    ngrams.update(tail[-size:] + "$" for size in (1, 2, 3, 4))
    return ngrams


def _behind_dateline(text: str) -> str:
    if dateline := headers.DATELINE.match(text):
        text = text[dateline.end() :]
    reporter = headers.REPORTER.match(text, 0, 60)
    return text[reporter.end() :] if reporter else text


@cache
def news_model() -> Mapping[str, Any]:
    """Return what ``scripts/train_articles.py`` learnt."""
    model: dict[str, Any] = json.loads((Path(__file__).parent / "data/articles.json").read_bytes())
    return model


def lexicon_from(model: Mapping[str, Any]) -> Lexicon:
    """Return the lexicon of a model as it is stored: n-grams of one weight behind one another."""
    rarity = {}
    for weight, pairs in model["rarity"].items():
        rarity.update(dict.fromkeys(memoryview(pairs.encode("utf-16-le")).cast("I"), float(weight)))
    return Lexicon(rarity, model["unseen"], _ngrams(model["opening"]), _ngrams(model["closing"]))


@cache
def news_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    return lexicon_from(news_model())


def _ngrams(by_weight: Mapping[str, str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, ngrams in by_weight.items():
        weights.update(dict.fromkeys(ngrams.split("\t"), float(weight)))
    return weights


def _rank(lengths: Sequence[int], unit: Unit) -> float:
    """The share of the file's headlines that are shorter: an article's is longer than a section's."""
    return bisect_left(lengths, len(unit.lines[0])) / len(lengths) if unit.lines else 0.0


class Unit(NamedTuple):
    """A paragraph with the headlines and bylines above it: a boundary is only between units."""

    lines: tuple[str, ...]
    body: str


class Evidence:
    """What the units of one text tell about the gaps between them."""

    def __init__(self, units: Sequence[Unit], lexicon: Lexicon) -> None:
        self.size = len(units)
        self.words = [bigrams("\n".join((*unit.lines, unit.body))) for unit in units]
        self.heads = [bigrams("\n".join(unit.lines)) if unit.lines else frozenset() for unit in units]
        self.lexicon = lexicon
        self.weights = lexicon.rarity
        self._weigh_against_text()
        self.mass = [self.weight(words) + 1.0 for words in self.words]
        self.local_mass = [self.local_weight(words) + 1.0 for words in self.words]
        self._cues(units)
        self._usual_cohesion()
        self._pull = {gap: self._pulled(gap) for gap in range(1, self.size)}

    def weight(self, words: Iterable[int]) -> float:
        """Return how much the bigrams say: rare ones say more."""
        return sum(map(self.lexicon.rarity.get, words, repeat(self.lexicon.unseen)))  # type: ignore[arg-type]

    def local_weight(self, words: Iterable[int]) -> float:
        """Return the same, with the bigrams that stand all over this text counted down."""
        common, unseen, rarity = self.common, self.lexicon.unseen, self.lexicon.rarity
        return sum([rarity.get(pair, unseen) * common.get(pair, 1.0) for pair in words])

    def _weigh_against_text(self) -> None:
        step = max(self.size // SAMPLE, 1)
        sample = self.words[::step]
        counts = Counter(chain.from_iterable(sample))
        scale = math.log(len(sample) + 1)
        self.common = {
            pair: math.log((len(sample) + 1) / count) / scale for pair, count in counts.items() if count > 2
        }

    def _cues(self, units: Sequence[Unit]) -> None:
        self.opening = [[*headers.opening_cues(unit.body), self._opens(unit.body)] for unit in units]
        self.closing = [[*headers.closing_cues(unit.body), self._closes(unit.body)] for unit in units]
        datelines = sum(cues[0] for cues in self.opening)
        recurs, missing = math.log(max(datelines, 1.0)), min(1.0, max(0.0, datelines - 1) / self.size * 3)
        for cues in self.opening:
            cues += [recurs, 0.0] if cues[0] else [0.0, missing]
        lengths = sorted(len(unit.lines[0]) for unit in units if unit.lines)
        share = len(lengths) / self.size
        self.header = [
            [*headers.header_cues(unit.lines), _rank(lengths, unit), share, *self._title_words(n)]
            for n, unit in enumerate(units)
        ]

    def _opens(self, text: str) -> float:
        return max(-5.0, self.lexicon.opens(text)) if len(text) >= 25 else -1.5

    def _closes(self, text: str) -> float:
        return max(-5.0, self.lexicon.closes(text)) if len(text) >= 25 else -1.5

    def _title_words(self, number: int) -> list[float]:
        """How much of the headline's words stand in what follows, in what precedes, and the difference."""
        title = self.heads[number]
        if not title:
            return [0.0, 0.0, 0.0]
        mass = self.weight(title) + 1.0
        follows: Bigrams = frozenset().union(*self.words[number + 1 : number + 3])
        precedes: Bigrams = frozenset().union(*self.words[max(number - 3, 0) : number])
        after, before = self.weight(title & follows) / mass, self.weight(title & precedes) / mass
        return [after, before, after - before]

    def _pulled(self, gap: int) -> list[float]:
        """How the units around a gap are drawn to either side: whether just here the story changes."""
        first, last = self.words[gap], self.words[gap - 1]
        before: Bigrams = frozenset().union(*self.words[max(gap - 4, 0) : gap])
        behind: Bigrams = frozenset().union(*self.words[gap + 1 : gap + 5])
        farther: Bigrams = frozenset().union(*self.words[max(gap - 5, 0) : gap - 1])
        after: Bigrams = frozenset().union(*self.words[gap : gap + 4])
        mass, last_mass = self.local_mass[gap], self.local_mass[gap - 1]
        values = [
            self.local_weight(first & before) / mass,
            self.local_weight(first & behind) / mass,
            self.local_weight(last & farther) / last_mass,
            self.local_weight(last & after) / last_mass,
        ]
        return [*values, values[1] - values[0], values[2] - values[3]]

    def _usual_cohesion(self) -> None:
        step = max(self.size // SAMPLE, 1)
        gaps = range(1, self.size, step)
        values = [self.local_cosine(max(gap - 3, 0), gap, min(gap + 3, self.size)) for gap in gaps]
        self.usual = sum(values) / len(values) if values else 0.0

    def local_cosine(self, start: int, gap: int, end: int) -> float:
        """Return how alike the two stretches are, among the texts of this file."""
        left: Bigrams = frozenset().union(*self.words[start:gap])
        right: Bigrams = frozenset().union(*self.words[gap:end])
        mass = sum(self.local_mass[start:gap]) * sum(self.local_mass[gap:end])
        return self.local_weight(left & right) / math.sqrt(mass)

    def measure(self, start: int, gap: int, end: int) -> list[float]:
        """Return the features of the gap before unit ``gap``, between the segments around it."""
        return [
            *self._shared(start, gap, end),
            *self._pull[gap],
            *self.header[gap],
            *self.opening[gap],
            *self.closing[gap - 1],
            math.log(self.size),
        ]

    def _shared(self, start: int, gap: int, end: int) -> list[float]:
        near, far = max(start, gap - REACH), min(end, gap + REACH)
        left: Bigrams = frozenset().union(*self.words[near:gap])
        right: Bigrams = frozenset().union(*self.words[gap:far])
        left_mass, right_mass = sum(self.mass[near:gap]), sum(self.mass[gap:far])
        both = left & right
        shared = self.weight(both)
        local = self.local_weight(both)
        local_mass = sum(self.local_mass[near:gap]), sum(self.local_mass[gap:far])
        cosine = local / math.sqrt(local_mass[0] * local_mass[1])
        rare, very_rare = self._rare(both)
        opening = self.weight(left & self.words[gap])
        adjacent = self.weight(self.words[gap - 1] & self.words[gap])
        return [
            math.log1p(shared),
            shared / math.sqrt(left_mass * right_mass),
            shared / min(left_mass, right_mass),
            math.log1p(local),
            cosine,
            cosine - self.usual,
            cosine / (self.usual + 0.02),
            math.log1p(rare),
            math.log1p(very_rare),
            opening / math.sqrt(self.mass[gap] * left_mass) * 2,
            math.log1p(opening),
            adjacent / math.sqrt(self.mass[gap - 1] * self.mass[gap]),
            math.log1p(adjacent),
            math.log(left_mass),
            math.log(right_mass),
            abs(math.log(left_mass / right_mass)),
            math.log(gap - start),
            math.log(end - gap),
            float(gap - start == 1),
            float(end - gap == 1),
            math.log(self.mass[gap]),
        ]

    def _rare(self, words: Collection[int]) -> tuple[int, int]:
        values = list(map(self.lexicon.rarity.get, words, repeat(self.lexicon.unseen)))
        return sum([value > 4.5 for value in values]), sum([value > 6 for value in values])  # type: ignore[operator]
