"""Patterns of file names, as in ``.gitignore``: ``*.txt``, ``old``, ``news/**/raw-*.txt``."""

from __future__ import annotations

import re
from functools import cache

from ykclean.config import ConfigError

WILDCARD = re.compile(r"\*\*/|/\*\*|\*\*|\*|\?|\[!?[^\]]+\]")
MEANING = {"**/": "(?:.*/)?", "/**": "(?:/.*)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def matches(patterns: tuple[str, ...], path: str) -> bool:
    """Whether a pattern matches the path (relative, with ``/``) or a folder that it lies in.

    A pattern without ``/`` matches a name at any depth; another one is relative to the same folder as
    the path.

    >>> matches(("*.txt",), "a/b.txt"), matches(("raw/",), "a/raw/b.md"), matches(("a/*.md",), "b/a/c.md")
    (True, True, False)
    """
    return any(compiled(pattern).match(path) is not None for pattern in patterns)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return the regular expression for a pattern. Raises ``ConfigError`` where it is none: ``[z-a]``."""
    body = pattern.removesuffix("/")
    anywhere = "" if "/" in body else "(?:.*/)?"
    regex = _regex(body.removeprefix("./").removeprefix("/"))
    try:
        return re.compile(rf"{anywhere}{regex}(?:/.*)?\Z", re.DOTALL)
    except re.error as error:
        raise ConfigError(f"{pattern!r} is no pattern of file names: {error.msg}") from error


def _regex(pattern: str) -> str:
    pieces = []
    position = 0
    for m in WILDCARD.finditer(pattern):
        wildcard = m[0]
        pieces.append(re.escape(pattern[position : m.start()]))
        pieces.append(MEANING.get(wildcard) or wildcard.replace("[!", "[^", 1))
        position = m.end()
    return "".join(pieces) + re.escape(pattern[position:])
