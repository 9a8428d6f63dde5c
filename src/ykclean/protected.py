"""What the rules of Chinese punctuation must not touch: addresses, code, markup, prose in other scripts."""

from __future__ import annotations

import re

from ykclean.signs import HAN

BLANK = "\x00"
"""Stands for each character of a protected stretch; it counts as a Latin letter."""

# An address goes on over Han only as a part of its path (`/wiki/港口:历史?p=1`).
_URL = (
    r"(?:(?:https?|ftp|file)://|www\.(?=[A-Za-z0-9０-９Ａ-Ｚａ-ｚ]))"
    r"(?:\([!-'*-~]*\)|[!#-&*-;=?-Z_a-z~０-９Ａ-Ｚａ-ｚ])*"
    rf"(?:(?<=[/=#])[{HAN}][!#-&*+\--:=?-Z_a-z~０-９Ａ-Ｚａ-ｚ{HAN}]*)?"
    r"(?<![.,;:!?])"
)
_PROTECTED = re.compile(
    rf"{_URL}"
    r"|`[^`\n]*`"
    r"|!?\](?:\((?:[^()\s]|\([^()\s]*\))*\)|\[[^\[\]\s]*\])|!(?=\[)"
    r"|</?[A-Za-z!][^<>\n]*>"
    r"|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);"
    r"|\{[#%\"'][^{}\n]*\}|\$\{[^{}\n]*\}"
    r"|(?<==)(?:\"[^\"\n]*\"|'[^'\n]*')"
)
_HINTS = ("://", "www.", "`", "](", "][", "![", "<", "&", "{", '="', "='")
"""Where none of these stands, nothing is protected: they are found far faster than the pattern."""

_FACES = (
    re.compile(r":(?:-[()DPp]|[()DP](?!\S)(?<!\S..))"),
    re.compile(r";(?:-[()DPp]|[()DP](?!\S)(?<!\S..))"),
)
"""Emoticons, their brackets included. A pattern for each first character, which is far faster."""

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile("[A-Za-z]{2,}")
_JAPANESE_SHARE = 0.15


def legible(text: str) -> str:
    """Return lines of text with ``BLANK`` for each character that the rules must not judge.

    The result has the same length. Blank are the protected stretches, and lines that are not Chinese.

    >>> legible("见`a,b`,谢谢\\nHello, world").replace(BLANK, "~")
    '见~~~~~,谢谢\\n~~~~~~~~~~~~'
    """
    for face in _FACES:
        text = face.sub(_blank, text)
    ascii_part = text.encode("ascii", "ignore").decode("ascii")
    hints = [hint for hint in _HINTS if hint in ascii_part and hint in text]
    lines = text.split("\n")
    if hints:
        lines = [
            _PROTECTED.sub(_blank, line) if any(map(line.__contains__, hints)) else line for line in lines
        ]
    latin = [2 * len(part) >= len(line) for part, line in zip(ascii_part.split("\n"), lines, strict=True)]
    kana = _KANA.search(text) is not None
    foreign = [
        number
        for number, line in enumerate(lines)
        if (latin[number] or (kana and _KANA.search(line))) and not is_chinese(line)
    ]
    for number in foreign:
        lines[number] = BLANK * len(lines[number])
    return "\n".join(lines) if hints or foreign else text


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def is_chinese(text: str) -> bool:
    """Whether a paragraph is Chinese prose: not Latin prose with a Chinese word in it, not Japanese.

    >>> is_chinese("Beijing (北京), the capital"), is_chinese("東京は大きい"), is_chinese("用iPhone拍摄")
    (False, False, True)
    """
    han = len(_HAN.findall(text))
    kana = len(_KANA.findall(text))
    if kana > _JAPANESE_SHARE * (kana + han):
        return False
    return han > 0 and han >= len(_LATIN_WORD.findall(text))
