"""The facts about a line break on which the network rests that judges it (``flow``).

They are the characters at both edges of the line and at the beginning of the next, and numbers: what
usually opens a paragraph, closes a clause, stands together or is a word in Chinese news (``ngrams``), open
quotations and brackets, lengths, and what the same text has where these characters stand elsewhere.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

from ykclean.hanzi import fold
from ykclean.lazy import pattern
from ykclean.ngrams import Ngrams

LONG = 100
"""How many characters of a line are looked at."""
START, END = 14, 16
"""So many characters at both ends of a line show whether it reads like a headline."""
FIRST, LAST, FOLLOWING = 3, 4, 4
"""So many characters at the beginning and the end of a line, and at the beginning of the next."""
NEARBY = 1_500
"""How far around a break the text is searched for the same characters, in code points."""
MANY = 12
"""So many places where they stand are enough."""
NARROW = str.maketrans("％．", "%.")
"""Marks of a number, which become narrow: a break is judged as it will be at a second clean."""
NOTHING = (0.0,) * 5
"""What the n-grams tell where no line follows."""
CLAUSE_MARKS = "，。；！？：、,;!?:"
TERMINAL = '。！？”）…」』!?)"'
DIGITS = pattern("[0-9０-９]")
DATELINE = pattern(
    "[^，。；！？,;!?]{0,14}(?:[0-9０-９一二三四五六七八九十]日电(?!题)|本报讯|消息[（(：:])(?=.{4})"
)
REPORTS = pattern(
    "(?:说|說|提出|介绍|介紹|表示|认为|認為|指出|透露|强调|強調|称|稱|提醒|告诉|告訴|建议|建議|解释|解釋|回忆|回憶|呼吁|呼籲|坦言|直言|感叹|感慨"
    "|补充|補充|宣布|证实|證實|否认|否認|承认|承認|写道|寫道)(?:记者|記者)?[，,]|^(?:据|據|截至)"
)
CLAUSE_END = pattern(f"[{CLAUSE_MARKS}]")
SENTENCE_END = pattern("[。！？!?]")


class Around(NamedTuple):
    """What the text around a break tells about the characters there.

    Whether the last two characters before it stand elsewhere before the first one behind it (``left``),
    the last one before the first two behind it (``right``); how often the two behind it stand elsewhere
    (as a logarithm), and the share of them that open a clause; the same of the two before it, that close
    one.
    """

    left: bool = False
    right: bool = False
    afters: float = 0.0
    opening: float = 0.3
    befores: float = 0.0
    closing: float = 0.3


def look_around(text: str, before: str, after: str, end: int, start: int) -> Around:
    """Look for the characters at a break between ``end`` and ``start`` elsewhere in the text."""
    low, high = max(end - NEARBY, 0), start + NEARBY
    found = [at for at in _places(text, before[-2:], low, high) if at + 2 != end]
    follow = [text[at + 2 : at + 3] for at in found]
    closes = sum(not one.isalnum() for one in follow)
    found = [at for at in _places(text, after[:2], low, high) if at != start] if after else []
    precede = [text[at - 1 : at] for at in found]
    opens = sum(not one.isalnum() for one in precede)
    return Around(
        after[:1] in follow,
        before[-1:] in precede,
        log(1 + len(precede)),
        opens / len(precede) if precede else 0.3,
        log(1 + len(follow)),
        closes / len(follow) if follow else 0.3,
    )


def _places(text: str, pair: str, low: int, high: int) -> list[int]:
    places: list[int] = []
    at = text.find(pair, low, high)
    while at >= 0 and len(places) < MANY:
        places.append(at)
        at = text.find(pair, at + 2, high)
    return places


class Edges(NamedTuple):
    """The first and last characters of a line, and the first of the next, folded."""

    first: str
    last: str
    following: str


def edges_of(before: str, after: str) -> Edges:
    """Return the characters at a break at which the network looks."""
    edges = fold(before[:FIRST] + before[-LAST:] + after[:FOLLOWING]).translate(NARROW)
    first, last = min(FIRST, len(before)), min(LAST, len(before))
    return Edges(edges[:first], edges[first : first + last], edges[first + last :])


def characters(edges: Edges) -> list[str]:
    """The characters place by place; digits are alike, and so are Latin letters."""
    first, last, following = edges
    found = [
        one if one > "z" else "0" if one.isdigit() else "a" if one.isalpha() else one
        for one in "".join(edges)
    ]
    middle, end = len(first), len(first) + len(last)
    return [
        *found[:middle],
        *[""] * (FIRST + LAST - end),
        *found[middle:],
        *[""] * (FOLLOWING - len(following)),
    ]


def facts(table: Ngrams, edges: Edges, before: str, after: str, around: Around) -> list[float]:
    """The facts about a break beside the characters there."""
    end, start = edges.last[-2:], edges.following[:3]
    return [
        *_shape(before[-LONG:]),
        float(DATELINE.match(before) is not None),
        *table.closing(edges.last[-3:]),
        *table.opening(edges.first[:3]),
        *table.headline(_ends(before)),
        *(table.headline(_ends(after)) if after else NOTHING[:4]),
        *(table.opening(start) if after else NOTHING[:3]),
        *(_across(table, end, start) if after else NOTHING),
        *table.words(edges.last, edges.following),
        *around,
        float(not after),
        log(1 + min(len(after), LONG)),
        float(after[-1:] in TERMINAL),
        *_first_clause(after),
        float(leaves_open(after[:LONG])),
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


def _ends(line: str) -> str:
    """Return both ends of a line: as much as a headline has."""
    return fold(line[:START] + line[START:][-END:]).translate(NARROW)


def _shape(line: str) -> tuple[float, ...]:
    ends = [match.end() for match in CLAUSE_END.finditer(line)]
    return (
        log(1 + len(line)),
        min(len(line) - ends[-1] if ends else len(line), 40) / 10,
        float(bool(ends)),
        float(len(ends) > 1),
        float(len(ends) > 2),
        float(leaves_open(line)),
        float(bool(ends) and SENTENCE_END.search(line) is not None),
        len(DIGITS.findall(line)) / len(line),
        float(" " in line or "\u3000" in line),
        float(reports(line)),
    )


def leaves_open(line: str) -> bool:
    """Whether the line opens a quotation or a bracket that it does not close."""
    count = line.count
    return (
        ("“" in line and count("“") > count("”"))
        or ("「" in line and count("「") > count("」"))
        or ("《" in line and count("《") > count("》"))
        or leaves_bracket_open(line)
    )


def leaves_bracket_open(line: str) -> bool:
    """Whether the line opens a bracket that it does not close."""
    count = line.count
    return ("（" in line or "(" in line) and count("（") + count("(") > count("）") + count(")")


def reports(line: str) -> bool:
    """Whether somebody is quoted, or a day named: so prose goes, not a heading."""
    return ("，" in line or "," in line or line[0] in "据據截") and REPORTS.search(line) is not None
