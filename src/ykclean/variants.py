"""Characters that stand in the place of others which look the same: forms for compatibility, radicals.

Sources: the Unicode Character Database (compatibility decompositions, EquivalentUnifiedIdeograph.txt); the
Encoding Standard of WHATWG for U+E5E5, which is a blank in web pages.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ykclean.edits import Edit
from ykclean.lazy import pattern
from ykclean.signs import HAN, KANA

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

BLANK, WIDE_BLANK = "\ue5e5", "\u3000"
"""What the two bytes A3 A0 of pages in GBK are decoded to, and what it stands for."""
MARKS = dict(zip("﹐﹑﹔﹕﹖﹗︐︑︒︓︔︕︖︰｡､", "，、；：？！，、。：；！？：。、", strict=True))
"""Small marks, those of vertical text, and the half-width ones of Japanese keyboards."""
OPENING, CLOSING = "﹙﹝︵︹︻︽︿﹁﹃｢", "﹚﹞︶︺︼︾﹀﹂﹄｣"
BRACKETS = dict(zip(OPENING + CLOSING, "（〔（〔【《〈「『「）〕）〕】》〉」』」", strict=True))
RADICALS = dict(
    zip(
        "⺒⺓⺝⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "巳幺月母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""Those of the supplement that are characters of their own. All of Kangxi's are."""
RADICAL = "\u2e80-\u2fd5"
VARIANT = pattern(f"[{RADICAL}\uf900-\ufad9{BLANK}{''.join(MARKS)}{''.join(BRACKETS)}\U0002f800-\U0002fa1d]")
JAPANESE = pattern(f"[{KANA}\uff66-\uff9f]")
NEAR = 80
"""How far before a mark the character is sought that it stands behind."""
HALF_WIDTH = "｡､｢｣"
ENCLOSED = pattern("|".join(f"{a}[^\n{a}{z}]*+{z}" for a, z in zip(OPENING, CLOSING, strict=True)))
CHINESE = pattern(f"[{HAN}{RADICAL}]")


def find_variants(text: str) -> Iterator[Edit]:
    """Yield the edits that put the usual character in the place of each variant.

    A mark is one only behind something, brackets where they enclose Chinese, radicals where most of them
    stand beside characters.

    >>> [(edit.before, edit.after) for edit in find_variants("⼀个⼈說﹐﹁⼈﹂。")]
    [('⼀', '一'), ('⼈', '人'), ('﹐', '，'), ('﹁', '「'), ('⼈', '人'), ('﹂', '」')]
    >>> list(find_variants("⼀、⼁、⼂，﹁_﹁"))
    []
    """
    found = list(VARIANT.finditer(text))
    kept = _radicals_alone(found, text) | _faces(found, text)
    for match in found:
        at, char = match.start(), match[0]
        after = None if at in kept else _usual(char, text, at)
        if after is not None and not (char in HALF_WIDTH and _is_japanese(text, at)):
            yield Edit(at, at + 1, char, after)


def _radicals_alone(found: Sequence[re.Match[str]], text: str) -> set[int]:
    """Where radicals stand, if most of them stand alone: a text that lists them means them."""
    radicals = {match.start() for match in found if _is_radical(match[0])}
    alone = [at for at in radicals if not any(map(_is_written, text[max(at - 1, 0) : at + 2 : 2]))]
    return radicals if 2 * len(alone) > len(radicals) else set()


def _faces(found: Sequence[re.Match[str]], text: str) -> set[int]:
    """Where brackets stand that enclose no Chinese."""
    brackets = {match.start() for match in found if match[0] in BRACKETS}
    if not brackets:
        return brackets
    enclosing = [match.span() for match in ENCLOSED.finditer(text) if CHINESE.search(match[0])]
    return brackets.difference(*((start, end - 1) for start, end in enclosing))


def _usual(char: str, text: str, at: int) -> str | None:
    """What stands for a variant there; None where it stands for itself."""
    if char == BLANK:
        return WIDE_BLANK
    if char in BRACKETS:
        return BRACKETS[char]
    if char not in MARKS:
        return _decomposed(char)
    # A line break may stand before it that will go.
    before = text[max(at - NEAR, 0) : at].rstrip()[-1:]
    return MARKS[char] if before else None


def _is_written(char: str) -> bool:
    return char.isalnum() or _is_radical(char)


def _is_radical(char: str) -> bool:
    return "\u2e80" <= char <= "\u2fd5"


@cache
def _decomposed(char: str) -> str | None:
    from unicodedata import normalize

    usual = RADICALS.get(char) or normalize("NFKC", char)
    return usual if usual != char and len(usual) == 1 else None


def _is_japanese(text: str, at: int) -> bool:
    """Whether there is kana in the line, whose half-width marks go with it."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return JAPANESE.search(text, start, end if end >= 0 else len(text)) is not None
