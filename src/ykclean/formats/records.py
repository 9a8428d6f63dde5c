"""Records as JSON: one a line, or an array for the eye."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any


def to_jsonl(record: dict[str, Any]) -> str:
    """Return the record as one line, its line feed included.

    >>> to_jsonl({"path": "甲.txt"})
    '{"path": "甲.txt"}\\n'
    """
    return json.dumps(record, ensure_ascii=False, check_circular=False) + "\n"


def to_json(record: dict[str, Any]) -> str:
    """Return the record as an indented item of an array."""
    return "\n".join("  " + line for line in json.dumps(record, ensure_ascii=False, indent=2).split("\n"))


def parse_records(text: str) -> Iterator[dict[str, Any]]:
    """Return the records of a text: JSON lines, or an array.

    Raises ``ValueError`` where it is neither.

    >>> list(parse_records('[{"path": "a"}]')) == list(parse_records('{"path": "a"}\\n'))
    True
    """
    if text.lstrip().startswith("["):
        yield from _checked(json.loads(text))
    else:
        yield from _checked(json.loads(line) for line in text.split("\n") if line.strip())


def _checked(values: Iterable[object]) -> Iterator[dict[str, Any]]:
    for value in values:
        if not isinstance(value, dict):
            raise ValueError("not a record")
        yield value
