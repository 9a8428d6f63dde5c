"""Records as JSON: one a line, or an array for the eye."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

Line = TypeVar("Line", str, bytes)
OnError = Callable[[int, ValueError], object]
"""Is told the number of a line that is no record, and why."""


def stop(number: int, error: ValueError) -> NoReturn:
    """Raise ``ValueError`` for the line: nothing comes after it."""
    raise ValueError(f"line {number}: {error}") from error


def to_jsonl(record: dict[str, Any]) -> str:
    """Return the record as one line, its line feed included.

    >>> to_jsonl({"path": "甲.txt"})
    '{"path": "甲.txt"}\\n'
    """
    return json.dumps(record, ensure_ascii=False, check_circular=False) + "\n"


def to_json(record: dict[str, Any]) -> str:
    """Return the record as an indented item of an array."""
    return "\n".join("  " + line for line in json.dumps(record, ensure_ascii=False, indent=2).split("\n"))


def parse_records(text: str, on_error: OnError = stop) -> Iterator[dict[str, Any]]:
    """Return the records of a text: JSON lines, or an array.

    A broken line goes to ``on_error``, as in ``parse_lines``. Raises ``ValueError`` for a broken array.

    >>> list(parse_records('[{"path": "a"}]')) == list(parse_records('{"path": "a"}\\n'))
    True
    """
    if text.lstrip().startswith("["):
        yield from map(_checked, json.loads(text))
    else:
        yield from parse_lines(text.split("\n"), json.loads, on_error)


def parse_lines(
    lines: Iterable[Line], decode: Callable[[Line], object], on_error: OnError = stop
) -> Iterator[dict[str, Any]]:
    """Return the records of lines. A broken one goes, with its number, to ``on_error``, which may go on."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = _checked(decode(line))
        except ValueError as error:
            on_error(number, error)
        else:
            yield record


def _checked(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not a record")
    return value
