"""Page furniture: what a web page puts around its text — share bars, menus, notices, lists of links.

A line is known by generic words of the web in a fixed form, by its form alone (a breadcrumb, a menu of
short items), by where it stands (before the text, after its end, beside other furniture), or because it
says the same again. Running text is never furniture.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate, groupby, islice
from typing import TYPE_CHECKING

from ykclean import headers
from ykclean.forms import EDITOR
from ykclean.hanzi import fold
from ykclean.webwords import (
    CRUMBS,
    DIVIDERS,
    END_WORDS,
    FORMS_OF,
    INTERFACE,
    LIST_HEAD,
    LIST_WORDS,
    NOTICE,
    NOTICE_STARTS,
    SECTIONS,
    SEPARATORS,
    WORTH_A_LOOK,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ykclean.document import Paragraph

LONGEST_LINE = 60
"""The longest line that may be furniture, in characters."""
SHORTEST_LINE = 4
"""A line that is shorter may be the label of a button."""
LONGEST_NOTICE = 400
"""The longest notice about rights, in characters."""
LONGEST_LINK = 42
"""The longest title in a list of links, in characters."""
LONGEST_ITEM = 16
"""The longest item of a menu or a breadcrumb, in characters."""
FEW_LINKS = 3
"""So many titles in a row behind the end of the text, and nothing after them, are a list of links."""
MOST_LINKS = 40
"""A longer list behind the end of the text is something else."""
STOPS = "。；;"
NO_LINK_END = "。，、；：,;:"
_LIST_SIGNS = LIST_WORDS | END_WORDS
NOTHING, PERHAPS, CERTAIN = range(3)


def find_furniture(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return the numbers of the paragraphs that are page furniture."""
    lines = [paragraph.text for paragraph in paragraphs]
    words = _words(lines)
    grades = {number: grade for number in sorted(words) if (grade := _grade(lines[number], words[number]))}
    _grade_page_number(lines, grades)
    _grade_repeated(lines, grades)
    found = {
        number for run in runs_of(sorted(grades)) if _is_furniture(run, grades, len(lines)) for number in run
    }
    return sorted(found.union(_links(lines, words, found, grades.keys() - found)))


def is_furniture(line: str) -> bool:
    """Whether a line is furniture by what it says, wherever it stands.

    >>> is_furniture("扫一扫，用手机看新闻！"), is_furniture("扫码点餐成标配")
    (True, False)
    """
    words = _words([line])
    return 0 in words and _grade(line, words[0]) == CERTAIN


def _words(lines: Sequence[str]) -> dict[int, list[str]]:
    """The lines worth a look, each with its words of the web, which are sought in all lines at once."""
    short = [n for n, line in enumerate(lines) if len(line) <= LONGEST_LINE and line[-1] not in STOPS]
    words: dict[int, list[str]] = {n: [] for n, line in enumerate(lines) if line[:2] in NOTICE_STARTS}
    words.update((number, []) for number in short if len(lines[number]) < SHORTEST_LINE)
    ends = list(accumulate(len(lines[number]) + 1 for number in short))
    together = "\n".join([lines[number] for number in short])
    for word in WORTH_A_LOOK:
        at = together.find(word)
        while at >= 0:
            number = bisect_right(ends, at)
            words.setdefault(short[number], []).append(word)
            at = together.find(word, ends[number])
    return words


def _grade(line: str, words: Sequence[str]) -> int:
    """How sure it is by its words and form alone that the line is furniture."""
    if line[:2] in NOTICE_STARTS and len(line) <= LONGEST_NOTICE and NOTICE.match(fold(line)):
        return CERTAIN
    if len(line) > LONGEST_LINE or line[-1] in STOPS:
        return NOTHING
    for word in words:
        for form in FORMS_OF.get(word, ()):
            if form.fullmatch(_stripped(line)):
                return CERTAIN
    return _grade_menu(line)


def _stripped(line: str) -> str:
    """The line folded, in small letters, without the signs around it."""
    return fold(line).lower().strip("【】>»·•■□◆●▲▼★☆—- \u3000")


def _grade_menu(line: str) -> int:
    """Whether the line is a menu, a breadcrumb, or a single button."""
    items = [item for item in SEPARATORS.split(line) if item]
    if not items or max(map(len, items)) > LONGEST_ITEM:
        return NOTHING
    items = _stripped(" ".join(items)).split(" ")
    known = sum(item in SECTIONS or item in INTERFACE for item in items)
    if known and items[0] in SECTIONS and len(CRUMBS.findall(line)) > 1:
        return CERTAIN
    if known < 0.8 * len(items):
        return NOTHING
    if len(items) > 3 or (len(items) == 3 and any(map(line.__contains__, DIVIDERS))):
        return CERTAIN
    return PERHAPS if all(item in INTERFACE for item in items) else NOTHING


def _grade_page_number(lines: Sequence[str], grades: dict[int, int]) -> None:
    """A bare number that ends the text, and not a column of them, is that of a page."""
    left = (number for number in range(len(lines) - 1, -1, -1) if number not in grades)
    last, before = next(left, 0), next(left, 0)
    if last and _is_number(lines[last]) and not _is_number(lines[before]):
        grades[last] = PERHAPS


def _is_number(line: str) -> bool:
    return len(line) < SHORTEST_LINE - 1 and line.isdecimal()


def _grade_repeated(lines: Sequence[str], grades: dict[int, int]) -> None:
    """What may be furniture is, where it stands there again word for word."""
    doubtful = [number for number, grade in grades.items() if grade == PERHAPS]
    counts = Counter(lines[number] for number in doubtful)
    grades.update((number, CERTAIN) for number in doubtful if counts[lines[number]] > 1)


def runs_of(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Yield the stretches of consecutive numbers, which are sorted.

    >>> list(runs_of([1, 2, 5]))
    [[1, 2], [5]]
    """
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _is_furniture(run: Sequence[int], grades: Mapping[int, int], count: int) -> bool:
    """A doubtful line is furniture beside a certain one, before the text, or behind its end."""
    if any(grades[number] == CERTAIN for number in run):
        return True
    return len(run) < count and (run[0] == 0 or run[-1] == count - 1)


def _links(
    lines: Sequence[str], words: Mapping[int, Sequence[str]], found: set[int], doubtful: set[int]
) -> list[int]:
    """The lines of the lists of links, with their heads, and with what closes them, though it be doubtful."""
    links: list[int] = []
    set_aside = found | doubtful
    judged = 0  # A head in a row of titles has the same end as the head above them: it tells no more.
    for number in sorted(words):
        if number in found or not _LIST_SIGNS.intersection(words[number]):
            continue
        line = lines[number]
        if LIST_HEAD.fullmatch(fold(line).lower()):
            if number + 1 < judged:
                continue
            first, judged = _titles(lines, number + 1, set_aside)
            if first < judged and (judged == len(lines) or judged in set_aside):
                links += [number, *range(first, judged)]
                links += sorted(doubtful.intersection(range(number, judged + 1)))
        elif EDITOR.fits(line) or headers.ends_in_end_mark(line):
            behind = (n for n in range(number + 1, len(lines)) if n not in found)
            titles = list(islice(behind, MOST_LINKS + 1))
            if FEW_LINKS <= len(titles) <= MOST_LINKS and all(_is_link(lines[n]) for n in titles):
                links += titles
    return links


def _titles(lines: Sequence[str], first: int, set_aside: set[int]) -> tuple[int, int]:
    """From where to where the next titles stand from ``first`` on."""
    while first in set_aside:
        first += 1
    at = first
    while at < len(lines) and at not in set_aside and _is_link(lines[at]):
        at += 1
    return first, at


def _is_link(line: str) -> bool:
    return (
        len(line) <= LONGEST_LINK and line[-1] not in NO_LINK_END and not any(map(line.__contains__, STOPS))
    )
