"""What was learnt from news about words: which bigrams are rare, which n-grams open and close articles."""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import chain, repeat
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean import headers
from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

FREQUENT = 2.3
"""A bigram that stands in one article of ten (rarity, a natural logarithm) says nothing."""

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
    frequent: Bigrams

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
    return lexicon(rarity, model["unseen"], _ngrams(model["opening"]), _ngrams(model["closing"]))


def lexicon(
    rarity: Mapping[int, float], unseen: float, opening: Mapping[str, float], closing: Mapping[str, float]
) -> Lexicon:
    """Return the lexicon of these weights."""
    frequent = frozenset(pair for pair, weight in rarity.items() if weight < FREQUENT)
    return Lexicon(rarity, unseen, opening, closing, frequent)


@cache
def news_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    return lexicon_from(news_model())


def _ngrams(by_weight: Mapping[str, str]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for weight, ngrams in by_weight.items():
        weights.update(dict.fromkeys(ngrams.split("\t"), float(weight)))
    return weights
