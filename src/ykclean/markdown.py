"""Markdown: which characters are prose, and which comments suppress findings.

What is protected stays as it is: front matter, code, tables, HTML, mathematics, template tags, the
targets of links, and the marks that make headings, lists and quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Span
from ykclean.settings import named, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

FILLER = "\u2060"
"""Stands for what is protected: a character that takes no part in the text around it (word joiner)."""

WORD = "x"
"""Stands for inline code, formulas and addresses: they are words of the sentence, and Latin ones."""

WORDS = ("`", "$", "{{", "http", "ftp")

BLOCK = re.compile(
    r"""
    (?:
        \A(?P<rule>---|\+\+\+)[ \t]*\n(?:.*\n)*?(?P=rule)[ \t]*$        # front matter
      | [ \t>]*(?P<fence>`{3,}|~{3,}).*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$
      | [ \t>]*(?:`{3,}|~{3,})(?:.*\n?)*                               # a fence that never closes
      | (?:(?<=\n\n)|(?<=\n\ \n))(?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+  # indented code
      | [ \t>]*\|.*\|[ \t]*$                                           # a row of a table
      | [^|\n]*\|.*\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$(?:\n.*\|.*$)*
      | [ \t>]*(?:[-*_=][ \t]*){3,}$                                   # a rule, or what underlines a heading
      | [ \t]*:::.*$
      | [ \t]*\[(?!\^)[^\]\n]+\]:[ \t]*\S.*$                          # the definition of a link
      | [ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?(?:\#{1,6}(?=[ \t]))?
    )""",
    re.MULTILINE | re.VERBOSE,
)
"""What is protected at the beginning of a line; the last branch matches all marks of a plain line."""

INLINE = re.compile(
    r"""
    <!--(?:.|\n)*?(?:-->|\Z)
  | <(?P<raw>pre|script|style|textarea|svg|math)\b(?:.|\n)*?(?:</(?P=raw)\s*>|\Z)
  | <[a-zA-Z/!?][^<>\n]*>
  | \$\$[^$]+\$\$ | \$(?![\s$])[^$\n]+(?<!\s)\$(?!\d)
  | (?P<ticks>`+)(?!`)(?:[^`\n]|(?!(?P=ticks)(?!`))`++|\n(?!\s*\n))+?(?P=ticks)(?!`)
  | \{\{[^{}\n]*\}\} | \{%[^{}\n]*%\} | \{[.\#:][^{}\n]*\}
  | !\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])?                 # an image
  | \]\((?:[^()\n]|\([^()\n]*\)){0,2000}\) | \]\[[^\[\]\n]*\] | \[\^[^\[\]\n]+\]:?
  | (?:https?|ftp)://[!-;=?-~]+
  | \\[!-/:-@\[-`{-~] | [*_~=]{2,} | (?<=\w)[*](?=\W) | (?<=\W)[*](?=\w) | \[+ | \]
""",
    re.VERBOSE,
)
CANDIDATE = re.compile(r"^|[<$`{!\]\[\\*_~=hf]", re.MULTILINE)
"""Where something protected can begin: looked for first, as it is quick."""

COMMENT = re.compile(r"<!--\s*ykclean:\s*(ignore-file|ignore)\b([^>]*?)-->", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t\r]*(?:\n|\Z)")
VISIBLE = re.compile(r"[^\r\n]")


class Markdown(NamedTuple):
    """A Markdown text, the same with what is protected made invisible, and the spans of that."""

    source: str
    text: str
    protected: tuple[Span, ...]

    def inside(self, start: int, end: int) -> list[str] | None:
        """Return what is protected inside the range; ``None`` where the range cuts through it."""
        first, last = (bisect_right(self.protected, at, key=_end) for at in (start, end - 1))
        spans = self.protected[first : last + 1]
        if any(span.start < start < span.end or span.start < end < span.end for span in spans):
            return None
        return [self.source[s:e] for s, e in spans if start <= s and e <= end]

    def touches(self, start: int, end: int) -> bool:
        """Whether something protected lies inside the range (an empty one: around its place)."""
        index = bisect_right(self.protected, start, key=_end)
        if index == len(self.protected):
            return False
        span = self.protected[index]
        return span.start < end or (start == end and span.start < start)


class Suppression(NamedTuple):
    """A range in which the rules with these codes (all where there are none) are not reported."""

    start: int
    end: int
    codes: tuple[str, ...]

    def covers(self, place: int, code: str, name: str) -> bool:
        """Whether a finding that begins at the place is suppressed."""
        if not self.start <= place <= self.end:
            return False
        return not self.codes or named(self.codes, code, name)


def read_markdown(text: str) -> Markdown:
    """Return the text with everything that is no prose made invisible; nothing moves.

    >>> read_markdown("用 `a,b`,然后").protected
    (Span(start=2, end=7),)
    """
    spans = tuple(_protected(text.replace("\r\n", " \n")))
    pieces = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        inside = text[start:end]
        inline = inside.startswith(WORDS) and "\n" not in inside
        pieces.append(WORD * len(inside) if inline else VISIBLE.sub(FILLER, inside))
        position = end
    return Markdown(text, "".join(pieces) + text[position:], spans)


def _protected(text: str) -> Iterator[Span]:
    position = 0
    while position < len(text) and (candidate := CANDIDATE.search(text, position)) is not None:
        start = candidate.start()
        found = BLOCK.match(text, start) if start == 0 or text[start - 1] == "\n" else None
        if found is None or found.end() == start:
            found = INLINE.match(text, start)
        position = found.end() if found else start + 1
        if found:
            yield Span(start, position)


def suppressions(text: str) -> list[Suppression]:
    """Return what the comments ``<!-- ykclean: ignore YK201 -->`` and ``ignore-file`` suppress.

    A comment on a line of its own speaks of the block that follows, up to the next blank line; one at
    the end of a line speaks of that line.
    """
    return [_suppression(text, m) for m in COMMENT.finditer(text)] if "ykclean" in text else []


def _suppression(text: str, comment: re.Match[str]) -> Suppression:
    codes = spelled(re.findall(r"[\w-]+", comment[2]))
    if comment[1].lower() == "ignore-file":
        return Suppression(0, len(text), codes)
    line = text.rfind("\n", 0, comment.start()) + 1
    if text[line : comment.start()].strip(" \t>"):
        end = text.find("\n", comment.end())
        return Suppression(line, len(text) if end < 0 else end, codes)
    begin = comment.end() + len(text[comment.end() :]) - len(text[comment.end() :].lstrip())
    blank = BLANK_LINE.search(text, begin)
    return Suppression(line, blank.start() if blank else len(text), codes)


def _end(span: Span) -> int:
    return span.end
