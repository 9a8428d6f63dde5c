"""What the rules of Chinese punctuation must not touch: addresses, code, markup, prose in other scripts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ykclean.lazy import pattern
from ykclean.signs import HAN, is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BLANK = "\x00"
"""Stands for each character of a protected stretch; it counts as a Latin letter."""

# An address goes on over Han only as a part of its path (`/wiki/港口:历史?p=1`).
_URL = (
    r"(?:(?:https?|ftp|file)://|www\.(?=[A-Za-z0-9０-９Ａ-Ｚａ-ｚ]))"
    r"(?:\([!-'*-~]*\)|[!#-&*-;=?-Z_a-z~０-９Ａ-Ｚａ-ｚ])*"
    rf"(?:(?<=[/=#])[{HAN}][!#-&*+\--:=?-Z_a-z~０-９Ａ-Ｚａ-ｚ{HAN}]*)?"
    r"(?<![.,;:!?])"
)
# An entry of a bibliography has half-width marks throughout (GB/T 7714-2015), and so has a line of JSON.
_LINES = (
    r"^.*\[(?:[MCJDRSPNGZ]|EB|DB)(?:/(?:OL|CD))?\]\..*"
    r"|^[ \t]*[{\[]?[ \t]*\"[A-Za-z_][A-Za-z0-9_.-]*\"[ \t]*:.*"
)
_OTHERS = (
    r"`[^`\n]*`"
    r"|!?\](?:\((?:[^()\s]|\([^()\s]*\))*\)|\[[^\[\]\s]*\])|!(?=\[)"
    r"|</?[A-Za-z!][^<>\n]*>"
    r"|&(?:amp;)*(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);"
    r"|<!--|-->|\\[\"']"
    r"|\{[#%\"'][^{}\n]*\}|\$\{[^{}\n]*\}"
    r"|(?<==)(?:\"[^\"\n]*\"|'[^'\n]*')"
)
_URL_HINTS = ("://", "www.")
_HINTS = (*_URL_HINTS, "`", "](", "][", "![", "<", "&", "{", '="', "='", "-->", '\\"', "\\'", "].", '":')
"""Where none of these stands, nothing is protected: they are found far faster than the pattern."""

_FACES = tuple(rf"{eyes}(?:-[()DPp]|[()DP](?!\S)(?<!\S..))" for eyes in ":;")
"""Emoticons, their brackets included. A pattern for each first character, which is far faster."""
_FACE_HINTS = tuple(eyes + rest for eyes in ":;" for rest in "-()DP")

_KANA = pattern("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_LATIN_WORD = pattern("[A-Za-z]{2,}")
_JAPANESE_SHARE = 0.15


@cache
def _protected(*, urls: bool) -> re.Pattern[str]:
    """The pattern of what is protected; without addresses it is compiled six times faster."""
    return re.compile(f"{_LINES}|{_URL}|{_OTHERS}" if urls else f"{_LINES}|{_OTHERS}")


def legible(text: str) -> str:
    """Return lines of text with ``BLANK`` for each character that the rules must not judge.

    The result has the same length. Blank are the protected stretches, and lines that are not Chinese.

    >>> legible("见`a,b`,谢谢\\nHello, world").replace(BLANK, "~")
    '见~~~~~,谢谢\\n~~~~~~~~~~~~'
    """
    ascii_part = text.encode("ascii", "ignore").decode("ascii")
    if any(hint in ascii_part for hint in _FACE_HINTS):
        for face in _FACES:
            text = re.sub(face, _blank, text)
    lines = text.split("\n")
    hinted = list(_lines_with([hint for hint in _HINTS if hint in ascii_part], text))
    if hinted:
        protected = _protected(urls=any(hint in text for hint in _URL_HINTS))
        for number in hinted:
            lines[number] = protected.sub(_blank, lines[number])
    latin = [2 * len(part) >= len(line) for part, line in zip(ascii_part.split("\n"), lines, strict=True)]
    kana = _KANA.search(text) is not None
    foreign = [
        number
        for number, line in enumerate(lines)
        if (latin[number] or (kana and _KANA.search(line))) and not is_chinese(line)
    ]
    for number in foreign:
        lines[number] = BLANK * len(lines[number])
    return "\n".join(lines) if hinted or foreign else text


def _lines_with(hints: Iterable[str], text: str) -> Iterator[int]:
    """The numbers of the lines in which one of the strings stands."""
    found = sorted(match.start() for hint in hints for match in re.finditer(re.escape(hint), text))
    last = -1
    number = at = 0
    for position in found:
        number += text.count("\n", at, position)
        at = position
        if number > last:
            yield number
            last = number


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def is_chinese(text: str) -> bool:
    """Whether a paragraph is Chinese prose: not Latin prose with a Chinese word in it, not Japanese.

    >>> is_chinese("Beijing (北京), the capital"), is_chinese("東京は大きい"), is_chinese("用iPhone拍摄")
    (False, False, True)
    """
    if text.isascii():
        return False
    han = sum(map(is_han, filter("〆".__lt__, text)))
    kana = len(_KANA.findall(text))
    if kana > _JAPANESE_SHARE * (kana + han):
        return False
    return han > 0 and han >= len(_LATIN_WORD.findall(text))
