"""Markdown: which characters are prose, and which comments suppress findings.

What is protected stays as it is: front matter, code, tables, HTML, mathematics, template tags, the
targets of links, and the marks that make headings, lists and quotations.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from ykclean.edits import Span

FILLER = "\u2060"
"""Stands for what is protected: a character that takes no part in the text around it (word joiner)."""

_BLOCKS = r"""
    \A(?P<rule>---|\+\+\+)[ \t]*\n(?:.*\n)*?(?P=rule)[ \t]*$        # front matter
  | ^[ \t>]*(?P<fence>`{3,}|~{3,}).*\n(?:.*\n)*?[ \t>]*(?P=fence)[`~]*[ \t]*$
  | ^[ \t>]*(?:`{3,}|~{3,})(?:.*\n?)*                               # a fence that never closes
  | <!--(?:.|\n)*?(?:-->|\Z)
  | <(?P<raw>pre|script|style|textarea|svg|math)\b(?:.|\n)*?(?:</(?P=raw)\s*>|\Z)
  | \$\$(?:[^$]|\n)+?\$\$
  | (?:(?<=\n\n)|(?<=\n\ \n))(?:(?:[ ]{4}|\t).*(?:\n|\Z)|[ \t]*\n)+  # indented code
  | ^[ \t>]*\|.*\|[ \t]*$                                           # a row of a table
  | ^[^|\n]*\|.*\n[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$(?:\n.*\|.*$)*
  | ^[ \t>]*(?:[-*_=][ \t]*){3,}$                                   # a line, or underlining a heading
  | ^[ \t]*:::.*$
  | ^[ \t]*\[[^\]\n]+\]:[ \t]*\S.*$                                 # definition of a link
"""
_INLINE = r"""
    (?P<ticks>`+)(?!`)(?:[^`\n]|(?!(?P=ticks)(?!`))`+|\n(?!\s*\n))+?(?P=ticks)(?!`)
  | \{\{.{0,500}?\}\} | \{%.{0,500}?%\}
  | \$(?![\s$])[^$\n]+?(?<!\s)\$(?!\d)
  | !\[[^\]\n]{0,500}\](?:\([^)\n]{0,2000}\)|\[[^\]\n]{0,500}\])?   # an image
  | \]\((?:[^()\n]|\([^()\n]{0,200}\)){0,2000}\) | \]\[[^\]\n]{0,500}\] | \[\^[^\]\n]{1,100}\]:?
  | <[a-zA-Z/!?][^<>\n]*>
  | (?:https?|ftp)://[^\s<>\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+
  | ^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?(?:\#{1,6}(?=[ \t]))?
  | \\[!-/:-@\[-`{-~] | [*_~=]{2,} | (?<=\w)[*](?=\W) | (?<=\W)[*](?=\w) | [\[\]]
  | \{[.\#:][^}\n]{0,200}\}
"""
PROTECTED = re.compile(f"{_BLOCKS}|{_INLINE}", re.MULTILINE | re.VERBOSE)
COMMENT = re.compile(r"<!--\s*ykclean:\s*(ignore|ignore-file)\b([^>]*?)-->", re.IGNORECASE)
BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)")
VISIBLE = re.compile(r"[^\r\n]")


class Markdown(NamedTuple):
    """A Markdown text: the same text with what is protected made invisible, and the spans of that."""

    text: str
    protected: tuple[Span, ...]

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
        return not self.codes or any(c == name or code.startswith(c.upper()) for c in self.codes)


def read_markdown(text: str) -> Markdown:
    """Return the text with everything that is no prose made invisible; nothing moves.

    >>> read_markdown("用 `a,b`,然后").protected
    (Span(start=2, end=7),)
    """
    lines = text.replace("\r\n", " \n")
    spans = tuple(Span(*m.span()) for m in PROTECTED.finditer(lines) if m.end() > m.start())
    pieces = []
    position = 0
    for start, end in spans:
        pieces.append(text[position:start])
        pieces.append(VISIBLE.sub(FILLER, text[start:end]))
        position = end
    return Markdown("".join(pieces) + text[position:], spans)


def suppressions(text: str) -> list[Suppression]:
    """Return what the comments ``<!-- ykclean: ignore YK201 -->`` and ``ignore-file`` suppress.

    A comment on a line of its own speaks of the block that follows, up to the next blank line; one at
    the end of a line speaks of that line.
    """
    return [_suppression(text, m) for m in COMMENT.finditer(text)] if "ykclean" in text else []


def _suppression(text: str, comment: re.Match[str]) -> Suppression:
    codes = tuple(re.findall(r"[\w-]+", comment[2]))
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
