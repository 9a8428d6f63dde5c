"""Character by character, for matching only, never for output: Traditional → simplified, wide → narrow."""

from __future__ import annotations

from functools import cache

from ykclean.stored import DATA

HALF = ",;:?!()「」『』"
FULL = "，；：？！（）“”‘’"


def has_han(text: str) -> bool:
    """Whether there is a Han character in the text.

    >>> has_han("COVID-19，"), has_han("新冠")
    (False, True)
    """
    return any("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in text)


def simplify(text: str) -> str:
    """Return the text with each Traditional character replaced by its simplified one.

    One character stays one character, so offsets hold. Some choices depend on the word (乾 → 干 or
    乾): good enough to compare texts, not to convert them. The table is derived from OpenCC's
    TSCharacters (Apache License 2.0).

    >>> simplify("臺灣")
    '台湾'
    """
    return text.translate(_simplified())


def fold(text: str) -> str:
    """Return the text simplified, with full-width marks, curly quotes and half-width letters and digits.

    >>> fold("「臺灣」１２,")
    '“台湾”12，'
    """
    return text.translate(_folded())


@cache
def _simplified() -> dict[int, int]:
    table = (DATA / "traditional.txt").read_text("utf-8")
    traditional, simplified = table.splitlines()
    return str.maketrans(traditional, simplified)


@cache
def _folded() -> dict[int, int]:
    wide = {0xFEE0 + code: code for code in range(0x21, 0x7F) if chr(code).isalnum()}
    return {**_simplified(), **str.maketrans(HALF, FULL), **wide}
