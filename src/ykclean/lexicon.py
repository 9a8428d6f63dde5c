"""What was learnt from news about words: which bigrams are rare, which n-grams open and close articles."""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left
from functools import cache, cached_property
from itertools import chain, compress, repeat
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean import forms, headers
from ykclean.hanzi import fold
from ykclean.stored import DATA

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

FREQUENT = 23
"""A bigram that stands in one article of ten (rarity, ten times a natural logarithm) says nothing."""
RARE = 45
"""The rarity of a word that counts: two stories seldom share it by chance."""
VERY_RARE = 60
"""The rarity of most names."""

_NOT_HAN = re.compile("[^\u3400-\u9fff]+")
_DIGITS = re.compile("[0-9]+")
_NOT_PLAIN = re.compile("[!(),:;?0-9「」『』０-９Ａ-Ｚａ-ｚ]")
MANY = 16
"""A search costs about so much more than building the dictionary does for one of its bigrams."""
_OPENING = 24
_LEAD = 90

Bigrams = frozenset[int]
NONE: Bigrams = frozenset()


def bigrams(text: str) -> Bigrams:
    """Return the pairs of neighbouring Han characters, marks left out, each as one number."""
    return _pairs(_NOT_HAN.sub("", text))


def _pairs(text: str) -> Bigrams:
    """The pairs of neighbouring characters as numbers, which is quicker than as strings."""
    packed = text.encode("utf-16-le", "surrogatepass")
    view = memoryview(packed)
    even = len(packed) & ~3
    odd = 2 + ((len(packed) - 2) & ~3)
    return frozenset(chain(view[:even].cast("I"), view[2:odd].cast("I") if odd > 2 else ()))


class Table:
    """A weight (a small whole number) for each of many bigrams, sorted: loaded as it lies in the file."""

    def __init__(self, keys: array[int], weights: array[int]) -> None:
        self.keys = keys
        self.weights = weights

    @classmethod
    def of(cls, weights: Mapping[int, int]) -> Table:
        """Return the table of these weights."""
        ordered = sorted(weights.items())
        return cls(array("I", [key for key, _ in ordered]), array("b", [weight for _, weight in ordered]))

    def below(self, weight: int) -> Bigrams:
        """Return the bigrams that weigh less."""
        return frozenset(compress(self.keys, map(weight.__gt__, self.weights)))

    def get(self, bigram: int, default: int) -> int:
        """Return the weight of a bigram."""
        at = bisect_left(self.keys, bigram)
        return self.weights[at] if at < len(self.keys) and self.keys[at] == bigram else default

    def of_all(self, found: Collection[int], default: int) -> Iterable[int]:
        """Return the weight of each bigram; where there are many, a dictionary pays."""
        if MANY * len(found) < len(self.keys):
            return map(self.get, found, repeat(default))
        return map(self.by_bigram.get, found, repeat(default))

    @cached_property
    def by_bigram(self) -> dict[int, int]:
        """The weight of each bigram."""
        return dict(zip(self.keys, self.weights, strict=True))


class Ngrams(NamedTuple):
    """The n-grams of an opening or a closing."""

    edge: tuple[str, ...]
    near: Bigrams
    far: Bigrams


class Wording(NamedTuple):
    """How much n-grams speak for an opening or a closing: in hundredths of a logit.

    ``edge`` are those at the very edge of the paragraph, ``near`` bigrams of its first (last) clause
    or two, ``far`` those behind.
    """

    bias: int
    edge: Mapping[str, int]
    near: Table
    far: Table

    def score(self, ngrams: Ngrams) -> float:
        """Return a logit."""
        edge, near, far = ngrams
        return (
            self.bias
            + sum(map(self.edge.get, edge, repeat(0)))
            + sum(map(self.near.by_bigram.get, near, repeat(0)))
            + sum(map(self.far.by_bigram.get, far, repeat(0)))
        ) / 100


class Lexicon(NamedTuple):
    """What was learnt from news: how rare bigrams are, which n-grams open and close an article.

    ``frequent`` bigrams tie nothing together; one that is not in ``rarity`` is as rare as ``unseen``.
    """

    frequent: Bigrams
    rarity: Table
    unseen: int
    opening: Wording
    closing: Wording


def opening_ngrams(text: str) -> Ngrams:
    """Return the n-grams of a paragraph's first sentence or so, behind any dateline."""
    text = _behind_dateline(text)[: _LEAD + 30]
    text = _plain(text)
    head = text[:_OPENING]
    return Ngrams((head[:1], head[:2], head[:3], head[:4]), _pairs(head), _pairs(text[_OPENING:_LEAD]))


def closing_ngrams(text: str) -> Ngrams:
    """Return the n-grams of a paragraph's last clause or two."""
    tail = _plain(text[-60:])[-_OPENING:]
    return Ngrams((tail[-1:], tail[-2:], tail[-3:], tail[-4:]), _pairs(tail), frozenset())


def _plain(text: str) -> str:
    """The text with wide marks, and each number as one digit; it is in simplified characters already."""
    return _DIGITS.sub("0", fold(text)) if _NOT_PLAIN.search(text) else text


def _behind_dateline(text: str) -> str:
    if dateline := headers.dateline(text):
        text = text[dateline.end() :]
    reporter = forms.REPORTER.match(text, 0, 60)
    return text[reporter.end() :] if reporter else text


@cache
def news_model() -> Mapping[str, Any]:
    """Return what ``scripts/train_articles.py`` learnt, the tables of bigrams left out."""
    model: dict[str, Any] = json.loads((DATA / "articles.json").read_bytes())
    return model


@cache
def news_lexicon() -> Lexicon:
    """Return the lexicon that ships with the package."""
    model = news_model()
    rarity, opening_near, opening_far, closing_near = unpack((DATA / "articles.bin").read_bytes())
    return Lexicon(
        frozenset(memoryview(model["frequent"].encode("utf-16-le")).cast("I")),
        rarity,
        model["unseen"],
        Wording(model["opening"][0], model["opening"][1], opening_near, opening_far),
        Wording(model["closing"][0], model["closing"][1], closing_near, Table(array("I"), array("b"))),
    )


def pairs_of(found: Bigrams) -> str:
    """Return bigrams as text, one behind the other."""
    return b"".join(pair.to_bytes(4, "little") for pair in sorted(found)).decode("utf-16-le")


def pack(tables: list[Table]) -> bytes:
    """Return the tables as bytes, each: how many bigrams, the bigrams, the weights."""
    return b"".join(
        part
        for table in tables
        for part in (array("I", [len(table.keys)]).tobytes(), table.keys.tobytes(), table.weights.tobytes())
    )


def unpack(data: bytes) -> Iterator[Table]:
    """Yield the tables that :func:`pack` wrote."""
    at = 0
    while at < len(data):
        size = memoryview(data)[at : at + 4].cast("I")[0]
        keys, weights = array("I"), array("b")
        keys.frombytes(data[at + 4 : at + 4 + 4 * size])
        weights.frombytes(data[at + 4 + 4 * size : at + 4 + 5 * size])
        yield Table(keys, weights)
        at += 4 + 5 * size
