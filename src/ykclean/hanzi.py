"""Traditional → simplified, character by character, for matching only (never for output)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def simplify(text: str) -> str:
    """Return the text with each Traditional character replaced by its simplified one.

    One character stays one character, so offsets hold. Some choices depend on the word (乾 → 干 or
    乾): good enough to compare texts, not to convert them. The table is derived from OpenCC's
    TSCharacters (Apache License 2.0).

    >>> simplify("臺灣")
    '台湾'
    """
    return text.translate(_table())


@cache
def _table() -> dict[int, int]:
    traditional, simplified = (files("ykclean") / "data/traditional.txt").read_text("utf-8").splitlines()
    return str.maketrans(traditional, simplified)
