"""Does a sentence flow on over a line break, or is it cut off there? Two small logistic models.

The features are facts about the two lines: what usually opens a paragraph, closes a clause or stands
together in Chinese news (``ngrams``), open quotations and brackets, lengths, and whether the characters
at the break stand together elsewhere in the same text. ``scripts/train_lines.py`` fits the weights.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TYPE_CHECKING

from ykclean.hanzi import simplify
from ykclean.ngrams import CLOSING, OPENING, Ngrams, news_ngrams

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SURE_OPENING = 4.0
"""So many times (as a binary logarithm) more often at the beginning of a paragraph than anywhere."""

_FOLD = str.maketrans(
    ",;:?!()「」『』" + "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)])),
    "，；：？！（）“”‘’0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)
_CLAUSE_END = re.compile("[，。；！？：、]")
_SENTENCE_END = re.compile("[。！？]")
_TERMINAL = "。！？”）…"


def folded(line: str) -> str:
    """The line as the models see it: simplified, full-width marks, half-width letters and digits."""
    return simplify(line.translate(_FOLD))


def join_probability(before: str, after: str, seen: tuple[bool, bool]) -> float:
    """How likely one sentence runs over the break between two lines, of which the first has no full stop.

    ``seen`` tells whether the two characters before the break with the one behind it, and the one
    before it with the two behind it, stand together elsewhere in the text.
    """
    return _logistic(_weights()["join"], join_features(news_ngrams(), folded(before), folded(after), seen))


def cut_probability(line: str, after: str) -> float:
    """How likely a line without a full stop is prose that was cut off, and no headline or caption.

    ``after`` is the line that follows, or empty at the end of the text.
    """
    return _logistic(_weights()["cut"], cut_features(news_ngrams(), folded(line), folded(after)))


def opens_paragraph(line: str) -> bool:
    """Whether the line begins in a way in which paragraphs do far more often than sentences go on."""
    return _opening(news_ngrams(), folded(line[:3]))[2] > SURE_OPENING


def join_features(table: Ngrams, before: str, after: str, seen: tuple[bool, bool]) -> list[float]:
    """The facts about a break on which :func:`join_probability` rests (lines folded)."""
    return [
        *_opening(table, after),
        *_closing(table, before),
        *_across(table, before, after),
        *_shape(before),
        float(after[:1] == "“"),
        float(seen[0]),
        float(seen[1]),
        log(1 + len(after)),
        float(after[-1:] in _TERMINAL),
    ]


def cut_features(table: Ngrams, line: str, after: str) -> list[float]:
    """The facts about a line on which :func:`cut_probability` rests (lines folded)."""
    return [
        *_closing(table, line),
        *_opening(table, line),
        *(_opening(table, after) if after else (0.0, 0.0, 0.0)),
        *_shape(line),
        float(not after),
        float(bool(_SENTENCE_END.search(line))),
        float(" " in line or "\u3000" in line),
        float(line[:1] in "—（【《●■◆★▲□"),
        float(after[-1:] in _TERMINAL),
        sum(c.isdigit() for c in line) / len(line),
    ]


def _opening(table: Ngrams, line: str) -> tuple[float, float, float]:
    """How much more often the first one, two and three characters open a paragraph than stand elsewhere."""
    total = table.log_count("") - table.log_count(OPENING)
    one, two, three = line[:1], line[:2], line[:3]
    return (
        max(table.log_count(OPENING + one), -2.0) - max(table.log_count(one), 0.0) + total,
        _ratio(table, OPENING + two, two, total),
        _ratio(table, OPENING + three, three, total),
    )


def _closing(table: Ngrams, line: str) -> tuple[float, float]:
    """How much more often the last character, and the last two, close a clause than stand elsewhere."""
    total = table.log_count("") - table.log_count(CLOSING)
    one, two = line[-1:], line[-2:]
    return (
        max(table.log_count(one + CLOSING), -2.0) - max(table.log_count(one), 0.0) + total,
        _ratio(table, two + CLOSING, two, total),
    )


def _ratio(table: Ngrams, marked: str, plain: str, total: float) -> float:
    at_edge, anywhere = table.log_count(marked), table.log_count(plain)
    if anywhere <= 2 and at_edge <= 0:
        return 0.0
    return max(at_edge, -1.0) - max(anywhere, 0.0) + total


def _across(table: Ngrams, before: str, after: str) -> tuple[float, ...]:
    """How well the characters on both sides of the break go together."""
    one, two = before[-1:], before[-2:]
    first, second = after[:1], after[:2]
    count = table.log_count
    association = max(count(one + first), 0) - max(count(one), 0) - max(count(first), 0) + count("")
    left, right = count(two + first), count(one + second)
    return (
        association,
        max(left, 0.5) - max(count(two), 1),
        max(right, 0.5) - max(count(second), 1),
        float(left > 0),
        float(right > 0),
    )


def _shape(line: str) -> tuple[float, ...]:
    clauses = len(_CLAUSE_END.findall(line))
    tail = len(_CLAUSE_END.split(line)[-1])
    is_open = any(line.count(a) > line.count(b) for a, b in ("“”", "（）", "《》"))
    return (
        log(1 + len(line)),
        min(tail, 40) / 10,
        float(clauses > 0),
        float(clauses > 2),
        float(is_open),
        float(len(line) <= 30 and not clauses),
    )


def _logistic(weights: Sequence[float], features: Sequence[float]) -> float:
    score = weights[-1] + sum(w * f for w, f in zip(weights, features, strict=False))
    return 1 / (1 + exp(-max(min(score, 50.0), -50.0)))


@cache
def _weights() -> Mapping[str, Sequence[float]]:
    import json

    weights: Mapping[str, Sequence[float]] = json.loads((files("ykclean") / "data/lines.json").read_text("utf-8"))
    return weights
