"""A text cut into pieces, each with the marks of what was found there: the source, and what became of it."""

from __future__ import annotations

import sys
from bisect import bisect_right
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ykclean.edits import Edit, apply_edits, invert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

JOIN = "broken-line"
CUT = "truncated-text"
ORPHAN = "orphan-text"
SPLIT = "several-articles"


class Mark(NamedTuple):
    """What a piece is: its kind, and the number of the finding that says so."""

    kind: str
    finding: int


Piece = tuple[str, list[Mark]]
"""A stretch of text, or, with no text, a point between two stretches."""

Fate = Literal["applied", "removed", "left"]
Stretch = tuple[int, int, Mark]
Point = tuple[int, Mark]
Part = tuple[int, int, list[Mark]]


class Shown(NamedTuple):
    """A document ready to be shown: its source and its result in pieces."""

    source: list[Piece]
    result: list[Piece]


def show(record: dict[str, Any]) -> Shown:
    """Return a record's source and result, in pieces, with its findings marked in both."""
    edits = sorted(
        (Edit(edit["start"], edit["end"], edit["before"], edit["after"]), number)
        for number, finding in enumerate(record["findings"])
        if finding["applied"]
        for edit in finding["edits"]
    )
    source = apply_edits(record["text"], invert([edit for edit, _ in edits]))
    stretches, points = _found(record["findings"], fates(record["findings"]))
    changed = [(edit, Mark(_kind(record, edit, number), number)) for edit, number in edits]
    stretches += [(edit.start, edit.end, mark) for edit, mark in changed if edit.start < edit.end]
    points += [(edit.start, mark) for edit, mark in changed if edit.start == edit.end]
    parts = list(_parts(len(source), stretches, points))
    return Shown(
        [(source[start:end], marks) for start, end, marks in parts], list(_result(source, parts, changed))
    )


def fates(findings: Sequence[dict[str, Any]]) -> list[Fate]:
    """What became of each finding: its edits were applied, it went with a passage that was removed, or it
    is left to look at."""
    edits = sorted((e["start"], e["end"]) for f in findings if f["applied"] for e in f["edits"])
    return [_fate(finding, edits) for finding in findings]


def _fate(finding: dict[str, Any], edits: list[tuple[int, int]]) -> Fate:
    if finding["applied"]:
        return "applied"
    at = bisect_right(edits, (finding["start"], sys.maxsize)) - 1
    covered = at >= 0 and edits[at][1] >= finding["end"] > edits[at][0]
    return "removed" if covered and finding["edits"] else "left"


def _kind(record: dict[str, Any], edit: Edit, number: int) -> str:
    if record["findings"][number]["name"] == JOIN:
        return "join"
    return "change" if edit.after else "removed"


def _found(findings: Sequence[dict[str, Any]], became: Sequence[Fate]) -> tuple[list[Stretch], list[Point]]:
    """What the findings mark, apart from their edits."""
    stretches: list[Stretch] = []
    points: list[Point] = []
    for number, finding in enumerate(findings):
        start, end, name = finding["start"], finding["end"], finding["name"]
        if finding["of"]:
            stretches.append((*finding["of"], Mark("kept", number)))
        if name == SPLIT:
            points.append((start, Mark("boundary", number)))
        elif name in (CUT, ORPHAN):
            points.append((end if name == CUT else start, Mark("cut", number)))
        elif became[number] == "left":
            stretches.append((start, max(end, start + 1), Mark("note", number)))
    return stretches, points


def _parts(length: int, stretches: list[Stretch], points: list[Point]) -> Iterator[Part]:
    """Cut the text wherever a mark begins, ends or stands."""
    stretches, points = sorted(stretches), sorted(points)
    bounds = {min(bound, length) for start, end, _ in stretches for bound in (start, end)}
    cuts = sorted({0, length, *bounds, *(at for at, _ in points)})
    active: list[Stretch] = []
    next_stretch = next_point = 0
    for at, until in zip(cuts, [*cuts[1:], length], strict=True):
        while next_point < len(points) and points[next_point][0] <= at:
            yield at, at, [points[next_point][1]]
            next_point += 1
        while next_stretch < len(stretches) and stretches[next_stretch][0] <= at:
            active.append(stretches[next_stretch])
            next_stretch += 1
        active = [stretch for stretch in active if stretch[1] > at]
        if at < until:
            yield at, until, [mark for _, _, mark in active]


def _result(source: str, parts: Sequence[Part], changed: Sequence[tuple[Edit, Mark]]) -> Iterator[Piece]:
    """The pieces of the result: those of the source that no edit covers, and what the edits put there."""
    following = 0
    position = 0
    for start, end, marks in parts:
        while following < len(changed) and changed[following][0].start <= start:
            edit, mark = changed[following]
            yield edit.after, [mark]
            position = edit.end
            following += 1
        if start >= position and not (start == end and marks[0].kind == "change"):
            yield source[start:end], marks
    yield from ((edit.after, [mark]) for edit, mark in changed[following:])
