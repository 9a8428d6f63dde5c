"""Bytes ↔ text under a given encoding, with every undecodable byte kept."""

from __future__ import annotations

import codecs
import re
from itertools import accumulate, cycle
from operator import mul
from typing import NamedTuple

REPLACEMENT = "\ufffd"

# Strings, not compiled patterns: hardly any file needs them.
# While decoding, a bad byte stands as a surrogate, which no decoder yields: U+DC00 plus the first byte
# of an error, U+DD00 plus each further one.
_ERRORS = "(?:[\udc00-\udcff][\udd00-\uddff]*)+"
ERROR = "[\udc00-\udcff]"
"""A pattern for an error in the text that ``escaped`` returns."""
_SURROGATES = "[\ud800-\udfff]+"
_ESCAPE = "ykclean.escape"

EVERYDAY_LEADS = {
    "gb18030": frozenset((0xA1, 0xA3, *range(0xB0, 0xD8))),
    "cp950": frozenset(range(0xA1, 0xC7)),
    "big5hkscs": frozenset(range(0xA1, 0xC7)),
}
"""The lead bytes of nearly all Chinese news: symbols and the common characters of GB2312 and Big5."""
_DOUBLE_BYTES = rb"[\x40-\xff]{1,48}"
_LEAST_EVIDENCE = 6
_LEAST_SLIP = 4

_HIGH_BYTE_AT = {"utf-16-le": 1, "utf-16-be": 0}
_IS_HIGH_BYTE = bytes(b in (0x00, 0x20, 0x30, 0xFF) or 0x4E <= b <= 0x9F for b in range(256))

_CESU_PAIR = rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]"

_HZ = rb"~\{([^\n]*?)(?:~\}|(?=\n)|\Z)|~(~)|~\n"
_SET_HIGH_BIT = bytes(b | 0x80 if 0x21 <= b <= 0x7E else b for b in range(256))


class Decoded(NamedTuple):
    """A text, the spans of it that stand for undecodable bytes, and those bytes, span by span."""

    text: str
    replaced: tuple[tuple[int, int], ...] = ()
    lost: tuple[bytes, ...] = ()


def decode(raw: bytes, name: str) -> Decoded:
    """Decode ``raw``; where bytes stand for no character, put one U+FFFD for each error.

    >>> decode(b"a\\xffb", "utf-8")
    Decoded(text='a\\ufffdb', replaced=((1, 2),), lost=(b'\\xff',))
    """
    if name != "hz":
        try:
            return Decoded(raw.decode(name))
        except UnicodeDecodeError:
            pass
    text = escaped(raw, name)
    pieces: list[str] = []
    replaced, lost = [], []
    position = length = 0
    for match in re.finditer(_ERRORS, text):
        pieces.append(text[position : match.start()])
        errors = len(re.findall(ERROR, match[0]))
        pieces.append(REPLACEMENT * errors)
        start = length + match.start() - position
        position, length = match.end(), start + errors
        replaced.append((start, length))
        lost.append(bytes(ord(character) & 0xFF for character in match[0]))
    pieces.append(text[position:])
    return Decoded("".join(pieces), tuple(replaced), tuple(lost))


def escaped(raw: bytes, name: str) -> str:
    """Decode ``raw``; where bytes stand for no character, put surrogates that stand for them."""
    if name == "hz":
        # Read as GB, a bad byte spoils no more than the text up to the next ``~}`` or line end.
        return re.sub(_HZ, _hz_segment, raw).decode("gb18030", _ESCAPE)
    if name in _HIGH_BYTE_AT and len(raw) % 2:
        slip = _slip(raw, _HIGH_BYTE_AT[name])
        before, after = raw[:slip].decode(name, _ESCAPE), raw[slip + 1 :].decode(name, _ESCAPE)
        return before + chr(0xDC00 + raw[slip]) + after
    try:
        return raw.decode(name)
    except UnicodeDecodeError:
        return raw.decode(name, _ESCAPE)


def without_surrogates(text: str) -> Decoded:
    """Put U+FFFD for each surrogate of a text. ``lost`` has them as UTF-8 would write them."""
    matches = list(re.finditer(_SURROGATES, text))
    if not matches:
        return Decoded(text)
    return Decoded(
        re.sub(_SURROGATES, lambda match: REPLACEMENT * len(match[0]), text),
        tuple(match.span() for match in matches),
        tuple(match[0].encode("utf-8", "surrogatepass") for match in matches),
    )


def encodes_to(text: str, name: str, raw: bytes) -> bool:
    """Whether the text gives back the bytes: Big5 has several sequences for some characters."""
    try:
        return text.encode(name) == raw
    except UnicodeEncodeError:
        return False


def _slip(raw: bytes, high_at: int) -> int:
    """Where in UTF-16 of an odd length the byte stands after which all is out of step.

    High bytes of Chinese are few: before the slip they stand in one half of each pair, after it in the
    other. Without clear evidence it is the last byte.
    """
    hits = raw.translate(_IS_HIGH_BYTE)
    balance = list(accumulate(map(mul, hits, cycle((1, -1) if high_at == 0 else (-1, 1))), initial=0))
    most = max(balance)
    if most - balance[-1] < _LEAST_SLIP:
        return len(raw) - 1
    return (balance.index(most) + 1) // 2 * 2


def _hz_segment(match: re.Match[bytes]) -> bytes:
    return match[2] or (match[1] or b"").translate(_SET_HIGH_BIT)


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    raw, start, end = error.object, error.start, error.end
    pair = (
        re.compile(_CESU_PAIR).match(raw, start) if raw[start] == 0xED and error.encoding == "utf-8" else None
    )
    if pair:
        halves = pair[0].decode("utf-8", "surrogatepass")
        return halves.encode("utf-16", "surrogatepass").decode("utf-16"), pair.end()
    if error.encoding in EVERYDAY_LEADS and _out_of_step(raw, end, EVERYDAY_LEADS[error.encoding]):
        end += 1
    escape = chr(0xDC00 + raw[start])
    if end - start > 1:
        escape += "".join(chr(0xDD00 + byte) for byte in raw[start + 1 : end])
    return escape, end


def _out_of_step(raw: bytes, position: int, leads: frozenset[int]) -> bool:
    """Whether the byte there is the second half of a character whose first half is lost."""
    ahead = re.compile(_DOUBLE_BYTES).match(raw, position)
    if not ahead:
        return False
    if len(ahead[0]) < _LEAST_EVIDENCE:
        return len(ahead[0]) % 2 == 1
    even, odd = (sum(map(leads.__contains__, ahead[0][first::2])) for first in (0, 1))
    return odd > even


codecs.register_error(_ESCAPE, _escape)
