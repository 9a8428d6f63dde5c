"""Does a sentence flow on over a line break, or is it cut off there? Two small models.

The features are facts about the two lines: what usually opens a paragraph, closes a clause or stands
together in Chinese news (``ngrams``), open quotations and brackets, lengths, and whether the characters
at the break stand together elsewhere in the same text. A cut is judged by logistic regression, a join by
a network of one hidden layer. ``scripts/train_lines.py`` fits the weights.
"""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from math import exp, log
from operator import mul
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean.hanzi import fold
from ykclean.ngrams import Ngrams, news_ngrams

if TYPE_CHECKING:
    from typing import Any

LONG = 100
"""How many characters of a line the models look at."""
OFTEN = 3.0
"""From eight times on (as a binary logarithm), in the table of n-grams."""
SURE_OPENING = 4.0
"""So many times (as a binary logarithm) more often at the beginning of a paragraph than anywhere."""
HEADING = 24
"""The longest line that may well be a subhead, in characters."""
CLAUSE_MARKS = "，。；！？：、,;!?:"
TERMINAL = "。！？”）…」』!?)"
DIGITS = re.compile("[0-9０-９]")
DATELINE = re.compile(
    "[^，。；！？,;!?]{0,14}(?:[0-9０-９一二三四五六七八九十]日电(?!题)|本报讯|消息[（(：:])(?=.{4})"
)
REPORTS = re.compile(
    "(?:说|說|提出|介绍|介紹|表示|认为|認為|指出|透露|强调|強調|称|稱|提醒|告诉|告訴|建议|建議|解释|解釋|回忆|回憶|呼吁|呼籲|坦言|直言|感叹|感慨"
    "|补充|補充|宣布|证实|證實|否认|否認|承认|承認|写道|寫道)(?:记者|記者)?[，,]|^(?:据|據|截至)"
)
"""Somebody is quoted, or a day named: so prose goes, not a heading."""
CLAUSE_END = re.compile(f"[{CLAUSE_MARKS}]")
ROW = re.compile(r"\t|\||\S(?: {2,}|\u3000{2,})\S.*?\S(?: {2,}|\u3000{2,})\S")
SENTENCE_END = re.compile("[。！？!?]")


@lru_cache(maxsize=1 << 14)
def join_probability(before: str, after: str, seen: tuple[bool, bool]) -> float:
    """How likely one sentence runs over the break between two lines, of which the first has no full stop.

    ``seen`` tells whether the two characters before the break with the one behind it, and the one
    before it with the two behind it, stand together elsewhere in the text.
    """
    features = [*join_features(news_ngrams(), before, after, seen), 1.0]
    model = _weights()
    hidden = [max(sum(map(mul, weights, features)), 0.0) for weights in model["join_hidden"]]
    return _logistic(sum(map(mul, model["join"], [*hidden, 1.0])))


@lru_cache(maxsize=1 << 14)
def cut_probability(line: str, after: str) -> float:
    """How likely a line without a full stop is prose that was cut off, and no headline or caption.

    ``after`` is the line that follows, or empty at the end of the text.
    """
    features = [*cut_features(news_ngrams(), line, after), 1.0]
    return _logistic(sum(map(mul, _weights()["cut"], features)))


def go_together(before: str, after: str) -> bool:
    """Whether the characters on both sides of the break are often seen side by side."""
    return news_ngrams().log_count(fold(before[-1:] + after[:1])) > OFTEN


def opens_paragraph(line: str) -> bool:
    """Whether the line begins in a way in which paragraphs do far more often than sentences go on."""
    return news_ngrams().opening(fold(line[:3]))[2] > SURE_OPENING


def is_row(line: str) -> bool:
    """Whether the line is a row of a table: cells between tabs, bars or wide gaps."""
    return ("\t" in line or "|" in line or "  " in line or "\u3000\u3000" in line) and ROW.search(
        line
    ) is not None


def leaves_open(line: str) -> bool:
    """Whether the line opens a quotation or a bracket that it does not close."""
    count = line.count
    return (
        ("“" in line and count("“") > count("”"))
        or ("「" in line and count("「") > count("」"))
        or ("《" in line and count("《") > count("》"))
        or (("（" in line or "(" in line) and count("（") + count("(") > count("）") + count(")"))
    )


def could_be_heading(line: str) -> bool:
    """Whether the line is short and simple enough to be a subhead, for which no full stop is missing."""
    return (
        len(line) <= HEADING
        and len(CLAUSE_END.findall(line)) < 2
        and not leaves_open(line)
        and not DATELINE.match(line)
        and not REPORTS.search(line)
    )


def join_features(table: Ngrams, before: str, after: str, seen: tuple[bool, bool]) -> list[float]:
    """The facts about a break on which :func:`join_probability` rests."""
    end, start = fold(before[-2:]), fold(after[:3])
    return [
        *table.opening(start),
        *table.closing(end),
        *_across(table, end, start),
        *_shape(before[-LONG:]),
        float(start[:1] == "“"),
        float(seen[0]),
        float(seen[1]),
        log(1 + min(len(after), LONG)),
        float(after[-1:] in TERMINAL),
        *_first_clause(after),
    ]


def cut_features(table: Ngrams, line: str, after: str) -> list[float]:
    """The facts about a line on which :func:`cut_probability` rests."""
    tail = line[-LONG:]
    return [
        *table.closing(fold(line[-2:])),
        *table.opening(fold(line[:3])),
        *(table.opening(fold(after[:3])) if after else (0.0, 0.0, 0.0)),
        *_shape(tail),
        float(not after),
        float(SENTENCE_END.search(tail) is not None),
        float(" " in tail or "\u3000" in tail),
        float(line[0] in "—（(【《●■◆★▲□"),
        float(after[-1:] in TERMINAL),
        len(DIGITS.findall(tail)) / len(tail),
    ]


def _across(table: Ngrams, before: str, after: str) -> tuple[float, ...]:
    """How well the characters on both sides of the break go together."""
    one, two = before[-1:], before[-2:]
    first, second = after[:1], after[:2]
    count = table.log_count
    association = max(count(one + first), 0) - max(count(one), 0) - max(count(first), 0) + table.all
    left, right = count(two + first), count(one + second)
    return (
        association,
        max(left, 0.5) - max(count(two), 1),
        max(right, 0.5) - max(count(second), 1),
        float(left > 0),
        float(right > 0),
    )


def _first_clause(line: str) -> tuple[float, float]:
    """How long the first clause is, and whether a comma ends it."""
    match = CLAUSE_END.search(line, 0, LONG)
    if match is None:
        return min(len(line), 40) / 10, 0.0
    return min(match.start(), 40) / 10, float(match[0] in "，,")


def _shape(line: str) -> tuple[float, ...]:
    ends = [match.end() for match in CLAUSE_END.finditer(line)]
    return (
        log(1 + len(line)),
        min(len(line) - ends[-1] if ends else len(line), 40) / 10,
        float(bool(ends)),
        float(len(ends) > 2),
        float(leaves_open(line)),
        float(len(line) <= 30 and not ends),
    )


def _logistic(score: float) -> float:
    return 1 / (1 + exp(-max(min(score, 50.0), -50.0)))


@cache
def _weights() -> dict[str, Any]:
    """The weights of the models; the constant comes last."""
    weights: dict[str, Any] = json.loads((Path(__file__).parent / "data/lines.json").read_bytes())
    return weights
