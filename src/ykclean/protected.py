"""What the rules of Chinese punctuation must not touch: addresses, code, markup, prose in other scripts."""

from __future__ import annotations

import re

from ykclean.signs import HAN

BLANK = "\x00"
"""Stands for each character of a protected stretch; it counts as a Latin letter."""

# An address goes on over Han only as a part of its path (`/wiki/标点:用法?a=1`).
_URL = (
    r"(?:(?:https?|ftp|file)://|www\.(?=[A-Za-z0-9]))"
    r"(?:\([!-'*-~]*\)|[!#-&*-;=?-Z_a-z~])*"
    rf"(?:(?<=[/=#])[{HAN}][!#-&*+\--:=?-Z_a-z~{HAN}]*)?"
    r"(?<![.,;:!?])"
)
_PROTECTED = re.compile(
    rf"{_URL}"
    r"|`[^`\n]*`"
    r"|!?\](?:\([^()\s]*\)|\[[^\[\]\s]*\])|!(?=\[)"
    r"|</?[A-Za-z!][^<>]*>"
    r"|&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z]+);"
    r"|\{[#%\"'][^{}]*\}|\$\{[^{}]*\}"
    r"|(?<==)(?:\"[^\"]*\"|'[^']*')"
    r"|[:;=]-[()DPp]|(?<!\S)[:;=][()DP](?!\S)"
)
_HINTS = (
    "://",
    "www.",
    "`",
    "](",
    "][",
    "![",
    "<",
    "&",
    "{",
    '="',
    "='",
    ":-",
    ";-",
    "=-",
    ":)",
    ";)",
    ":(",
    ";(",
)

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HAN = re.compile(f"[{HAN}]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")
_JAPANESE_SHARE = 0.15


def may_be_protected(text: str) -> bool:
    """Whether the text may hold something protected. Quick; may say yes where it does not."""
    return any(hint in text for hint in _HINTS)


def blank_protected(text: str) -> str:
    """Return the text, of the same length, with ``BLANK`` for each character that is protected.

    >>> blank_protected("见`a,b`,谢谢").replace(BLANK, "~")
    '见~~~~~,谢谢'
    """
    if not may_be_protected(text):
        return text
    return _PROTECTED.sub(lambda match: BLANK * len(match[0]), text)


def is_chinese(text: str) -> bool:
    """Whether a paragraph is Chinese prose: not Latin prose with a Chinese word in it, not Japanese.

    >>> is_chinese("Beijing (北京), the capital"), is_chinese("東京は大きい"), is_chinese("用iPhone拍摄")
    (False, False, True)
    """
    if text.isascii():
        return False
    kana = len(_KANA.findall(text)) if _KANA.search(text) else 0
    mostly_latin = len(text.encode("ascii", "ignore")) * 2 > len(text)
    if not kana and not mostly_latin:
        return True
    han = len(_HAN.findall(text))
    if kana > _JAPANESE_SHARE * (kana + han):
        return False
    return han > 0 and not (mostly_latin and len(_LATIN_WORD.findall(text)) > han)
