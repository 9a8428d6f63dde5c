"""A unified diff, made from the edits themselves: linear in the text, and exact about every line end."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.edits import Edit

CONTEXT = 3


class Change(NamedTuple):
    """The source's lines ``first:last`` become ``after``."""

    first: int
    last: int
    after: list[str]


def unified_diff(text: str, edits: Sequence[Edit], name: str) -> str:
    """Return the edits (sorted, not overlapping) as a unified diff; nothing where they change nothing.

    A line ends at a line feed only, as for ``diff`` and ``patch``.

    >>> from ykclean.edits import Edit
    >>> print(unified_diff("他说,好。\\n", [Edit(2, 3, ",", "，")], "a.txt"), end="")
    --- a/a.txt
    +++ b/a.txt
    @@ -1 +1 @@
    -他说,好。
    +他说，好。
    """
    lines = _lines(text)
    changes = list(_changes(text, lines, edits))
    if not changes:
        return ""
    name = name.lstrip("/")
    out = [f"--- a/{name}\n", f"+++ b/{name}\n"]
    shift = 0
    for group in _grouped(changes):
        out += _hunk(lines, group, shift)
        shift += sum(len(change.after) - (change.last - change.first) for change in group)
    return "".join(out)


def _lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _changes(text: str, lines: Sequence[str], edits: Sequence[Edit]) -> Iterator[Change]:
    """The runs of lines that edits touch, each line in one run at most."""
    starts = [0, *accumulate(map(len, lines or [""]))]
    at = 0
    while at < len(edits):
        begin, first, last = at, _line(starts, edits[at].start), 0
        # The line in which an edit ends belongs to it: its beginning may move up to the line before.
        while at < len(edits) and (at == begin or _line(starts, edits[at].start) < last):
            last = _line(starts, edits[at].end) + 1
            at += 1
        after = _lines(apply_edits(text, edits[begin:at], starts[first], starts[last]))
        change = _trimmed(lines, Change(first, min(last, len(lines)), after))
        if change.after or change.first < change.last:
            yield change


def _line(starts: Sequence[int], offset: int) -> int:
    return max(min(bisect_right(starts, offset), len(starts) - 1) - 1, 0)


def _trimmed(lines: Sequence[str], change: Change) -> Change:
    """The change without the lines at either end that stay as they are."""
    first, last, after = change
    before = lines[first:last]
    head = _common(before, after)
    before, after = before[head:], after[head:]
    tail = _common(before[::-1], after[::-1])
    return Change(first + head, last - tail, after[: len(after) - tail])


def _common(some: Sequence[str], others: Sequence[str]) -> int:
    """How many lines are equal at the beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(some), len(others)))


def _grouped(changes: Sequence[Change]) -> Iterator[list[Change]]:
    """The changes of which the context would touch, together."""
    group = [changes[0]]
    for change in changes[1:]:
        if change.first - group[-1].last > 2 * CONTEXT:
            yield group
            group = []
        group.append(change)
    yield group


def _hunk(lines: Sequence[str], group: Sequence[Change], shift: int) -> list[str]:
    begin = max(group[0].first - CONTEXT, 0)
    end = min(group[-1].last + CONTEXT, len(lines))
    body: list[str] = []
    position = begin
    for first, last, after in group:
        body += _marked(" ", lines[position:first])
        body += _marked("-", lines[first:last])
        body += _marked("+", after)
        position = last
    body += _marked(" ", lines[position:end])
    size = end - begin + sum(len(change.after) - (change.last - change.first) for change in group)
    return [f"@@ -{_range(begin, end - begin)} +{_range(begin + shift, size)} @@\n", *body]


def _marked(mark: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield mark + (line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")


def _range(start: int, size: int) -> str:
    return str(start + 1) if size == 1 else f"{start + 1 if size else start},{size}"
