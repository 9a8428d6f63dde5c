"""Patterns of file names, as in ``.gitignore``: ``*.txt``, ``old``, ``news/**/raw-*.txt``."""

from __future__ import annotations

import re
from functools import cache

WILDCARD = re.compile(r"\*\*/|/\*\*|\*\*|\*|\?|\[!?[^\]]+\]")
MEANING = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a pattern matches the path (relative, with ``/``) or a folder that it lies in.

    A pattern without ``/`` matches a name at any depth; another one is relative to the same folder as
    the path.

    >>> matches(("*.txt",), "a/b.txt"), matches(("raw/",), "a/raw/b.md"), matches(("a/*.md",), "b/a/c.md")
    (True, True, False)
    """
    return any(_compiled(pattern).match(path) is not None for pattern in patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    body = pattern.removesuffix("/")
    anywhere = "" if "/" in body else "(?:.*/)?"
    return re.compile(f"{anywhere}{_regex(body.removeprefix('./').removeprefix('/'))}(?:/.*)?$", re.DOTALL)


def _regex(pattern: str) -> str:
    pieces = []
    position = 0
    for m in WILDCARD.finditer(pattern):
        wildcard = m[0]
        pieces.append(re.escape(pattern[position : m.start()]))
        pieces.append(MEANING.get(wildcard) or wildcard.replace("[!", "[^", 1))
        position = m.end()
    return "".join(pieces) + re.escape(pattern[position:])
