"""Chinese that somebody decoded with a wrong encoding and saved so.

新闻联播 has become 鏂伴椈鑱旀挱 (UTF-8 read as GBK) or ÐÂÎÅÁª²¥ (GBK read as Latin-1).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ykclean.charsets import PLAUSIBLE, plausibility, sample
from ykclean.codec import EVERYDAY_LEADS, escaped
from ykclean.hanzi import simplify
from ykclean.lazy import pattern
from ykclean.signs import KANA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SIGNS = "锛銆鐨涓鍦鏄浜鏂鏈殑湪槸紝杩鍙"
"""What the commonest marks and characters become, which is rare in other text: ， 。 的 一 在 是 人 新 有."""
EURO = "€"
"""What browsers make of the byte 0x80, which begins no character in GBK."""
SHORTEST = 4
"""So many characters in a row must come out, and fewer where each has become three."""
USUAL = 0.75
"""The least share of marks and everyday characters among them."""
UTF8 = rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){%d,}" % SHORTEST

WINDOWS = {byte: char for byte in range(0x80, 0xA0) if (char := bytes([byte]).decode("cp1252", "ignore"))}
"""What Windows-1252 has in the place of the control characters of Latin-1."""
TO_LATIN = str.maketrans({char: chr(byte) for byte, char in WINDOWS.items()})
CONTROLS = "\x80-\x9f" + "".join(WINDOWS.values())
UTF8_IN_LATIN = f"(?:[ã-éï][{CONTROLS}\xa0-\xbf]{{2}}){{2,}}"
UTF8_IN_LATIN_SIGNS = ("ã\x80", "ã€", "ï¼", "ä¸", "çš")
PAIRS_IN_LATIN = f"(?:[{CONTROLS}\xa0-\xfe][@-~{CONTROLS}\xa0-\xfe]){{{SHORTEST},}}"
PAIRS_IN_LATIN_SIGNS = ("£¬", "¡£", "µÄ", "ÖÐ", "¡A", "¡C", "ªº")
"""What ， 。 的 中 in GBK, and ， 。 的 in Big5, become."""
DOUBLE_BYTES = ("cp950", "gb18030")
KANA_CHARACTER = pattern(f"[{KANA}]")
PROSE, MOST_KANA = 0.6, 0.1
"""The least ``plausibility`` of all such stretches of a text together, where Korean and Japanese, or a list
of accented letters, have about .5; and the largest share of kana."""


class Misreading(NamedTuple):
    """A stretch of text that was decoded wrongly, in code points, and what it was meant to be."""

    start: int
    end: int
    meant: str


def misreadings(text: str) -> Iterator[Misreading]:
    """Yield where Chinese stands that was decoded as GBK, Latin-1 or Windows-1252, but was none.

    >>> [*misreadings("标题：鏂伴椈鑱旀挱")], [*misreadings("涓涓细流汇成浔阳江")]
    ([Misreading(start=3, end=9, meant='新闻联播')], [])
    >>> [*misreadings("ÌìÆøºÜºÃ£¬Ð»Ð»¡£")]
    [Misreading(start=0, end=16, meant='天气很好，谢谢。')]
    """
    if _has_any(UTF8_IN_LATIN_SIGNS, text):
        for match in re.finditer(UTF8_IN_LATIN, text):
            yield Misreading(*match.span(), _bytes_of(match[0]).decode("utf-8", "replace"))
    if _has_any(PAIRS_IN_LATIN_SIGNS, text):
        yield from _pairs_in_latin(list(re.finditer(PAIRS_IN_LATIN, text)))
    if any(sign in text for sign in SIGNS):
        for run in _runs().finditer(text):
            yield from _utf8_in_gbk(run[0], run.start())


class Original(NamedTuple):
    """The bytes of a text, their encoding, and how much they look like Chinese in it, from 0 to 1."""

    raw: bytes
    name: str
    plausible: float


def original_of(text: str) -> Original | None:
    """Return the bytes of a text that was decoded as Latin-1 or Windows-1252 from beginning to end.

    None where it was not, or is no Chinese prose.

    >>> original_of("ÌìÆøºÜºÃ£¬Ð»Ð»¡£").raw.decode("gbk"), original_of("Où ça ? À Genève.")
    ('天气很好，谢谢。', None)
    """
    if not _has_any(UTF8_IN_LATIN_SIGNS + PAIRS_IN_LATIN_SIGNS, text):
        return None
    try:
        raw = _bytes_of(text)
    except UnicodeEncodeError:
        return None
    name, plausible = _most_plausible(raw, ("utf-8", *DOUBLE_BYTES))
    return Original(raw, name, plausible) if plausible >= PROSE else None


def is_misread(text: str) -> bool:
    """Whether some Chinese in the text was decoded wrongly."""
    return next(misreadings(text), None) is not None


def _has_any(signs: Sequence[str], text: str) -> bool:
    # A single character is found ten times faster than two.
    return any(sign[0] in text and sign in text for sign in signs)


def _bytes_of(latin: str) -> bytes:
    return latin.translate(TO_LATIN).encode("latin-1")


def _pairs_in_latin(runs: Sequence[re.Match[str]]) -> Iterator[Misreading]:
    """Stretches in GBK or Big5, whichever makes more sense in all of them."""
    raws = [_bytes_of(run[0]) for run in runs]
    name, plausible = _most_plausible(b"\n".join(raws), DOUBLE_BYTES)
    if plausible < PROSE:
        return
    for run, raw in zip(runs, raws, strict=True):
        meant = raw.decode(name, "replace")
        if plausibility(meant) >= PLAUSIBLE:
            yield Misreading(*run.span(), meant)


def _most_plausible(raw: bytes, names: Iterable[str]) -> tuple[str, float]:
    """The encoding in which the bytes look most like Chinese, and how much."""
    start = sample(raw)
    return max(((name, _plausibility(start, name)) for name in names), key=itemgetter(1))


def _plausibility(raw: bytes, name: str) -> float:
    """How much they do in one; not at all if Korean, which has other marks, or Japanese, which has kana."""
    meant = escaped(raw, name)
    beyond_ascii = len(meant) - sum(map(str.isascii, meant))
    if beyond_ascii < SHORTEST or len(KANA_CHARACTER.findall(meant)) > MOST_KANA * beyond_ascii:
        return 0.0
    return plausibility(meant) if name == "utf-8" or "，" in meant or "。" in meant else 0.0


def _utf8_in_gbk(run: str, shift: int) -> Iterator[Misreading]:
    raw = b"\x80".join(part.encode("gbk") for part in run.split(EURO))
    ends = list(accumulate(1 if one == EURO else 2 for one in run))
    for match in re.finditer(UTF8, raw):
        meant = match[0].decode("utf-8")
        if _is_everyday(meant):
            first, last = bisect_right(ends, match.start()), bisect_left(ends, match.end())
            yield Misreading(shift + first, shift + last + 1, meant)


def _is_everyday(text: str) -> bool:
    leads = simplify(text).encode("gb2312", "ignore")[::2]
    return sum(map(EVERYDAY_LEADS["gb18030"].__contains__, leads)) >= USUAL * len(text)


@cache
def _runs() -> re.Pattern[str]:
    """Runs of the characters that two bytes in the midst of Chinese in UTF-8 are in GBK."""
    within, first = range(0x80, 0xC0), (*range(0xE3, 0xEA), 0xEF)
    pairs = [(a, b) for a in within for b in (*within, *first)] + [(a, b) for a in first for b in within]
    found = [bytes(pair).decode("gbk", "ignore") for pair in pairs]
    characters = re.escape("".join(one for one in found if len(one) == 1 and one > "\x7f"))
    return re.compile(f"[{characters}{EURO}]{{{SHORTEST},}}")
