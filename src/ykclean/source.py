"""Bytes → text, once: the only place where a file is decoded.

In this order: byte-order mark; strict UTF-8, and what it was before somebody read it as Latin-1; UTF-8
with a few bad bytes; the charset that the page declares; the encoding whose text is the most plausible
Chinese; the detector; the least bad.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ykclean import charsets, codec
from ykclean.edits import Span

How = Literal["bom", "strict", "misread", "declared", "detected", "fallback"]


_BINARY = "not a text file: control characters or bytes that no encoding has"
_NARROW = ("gb18030", "cp950", "utf-8")
_WIDE = ("utf-16-le", "utf-16-be")
_SURE = 0.1
_HZ_PLAUSIBLE = 0.3
"""Less than for others: there must be a ``~{`` too."""
_MOST_LOST = 0.01
"""The share of characters that a text which was decoded wrongly may have lost."""
_FAMILIAR = "，。的"
"""A text with one of these was decoded rightly, in part at least."""


class BinaryError(ValueError):
    """The bytes are no text in any encoding: an image, an archive, a program."""


class Encoding(NamedTuple):
    """How the bytes were decoded: codec name, the step that decided, and how sure it was (0 to 1).

    ``misread`` is a file in UTF-8 whose whole text had been decoded as Latin-1 from the encoding ``name``.
    ``replaced`` are the spans of the text that stand for bytes which could not be decoded, and
    ``lost`` are those bytes, span by span.
    """

    name: str
    how: How
    confidence: float = 1.0
    replaced: tuple[Span, ...] = ()
    lost: tuple[bytes, ...] = ()


class Source(NamedTuple):
    """The bytes of a file and the text they hold (without the byte-order mark ``bom``).

    ``exact`` tells whether ``bom`` and the encoded ``text`` give back ``raw``. The text never holds
    surrogates, so it can always be written.
    """

    raw: bytes
    text: str
    encoding: Encoding
    bom: bytes = b""
    exact: bool = True


class _Choice(NamedTuple):
    name: str
    how: How
    confidence: float


def decode(raw: bytes) -> Source:
    """Decode the bytes of a file.

    Bytes that stand for no character become U+FFFD, one for each error; ``Encoding.replaced`` tells
    those from a U+FFFD which the file itself holds. Raises ``BinaryError`` for what is no text.

    >>> decode("他说，天气很好。".encode("gbk")).encoding.name
    'gb18030'
    """
    kind = charsets.binary_kind(raw)
    if kind:
        raise BinaryError(f"not a text file but {kind}")
    bom, marked = charsets.byte_order_mark(raw)
    if marked is not None and marked != "utf-8":
        return _build(raw, bom, _Choice(marked, "bom", 1.0))
    body = raw[len(bom) :]
    how: How = "bom" if bom else "strict"
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        choice = _choose(body)
        return _build(raw, bom, choice._replace(how="bom") if bom and choice.name == "utf-8" else choice)
    misread = _misread(raw, text, bom)
    if misread is None and ("\0" in text or (text.isascii() and "~{" in text)):
        return _build(raw, bom, _choose_hidden(body) or _Choice("utf-8", how, 1.0))
    return misread or Source(raw, text, Encoding("utf-8", how), bom)


def _misread(raw: bytes, text: str, bom: bytes) -> Source | None:
    """The source whose text somebody decoded as Latin-1 before, as it was meant; None where there is none."""
    if text.isascii() or any(familiar in text for familiar in _FAMILIAR):
        return None
    from ykclean.misreadings import original_of

    original = original_of(text)
    if original is None:
        return None
    name, decoded = _decode(original.raw, original.name)
    if _errors(decoded) > 1 + _MOST_LOST * len(decoded.text):
        return None
    encoding = _encoding(_Choice(name, "misread", original.plausible), decoded)
    return Source(raw, decoded.text, encoding, bom, exact=False)


def from_text(text: str) -> Source:
    """Wrap a text that is decoded already. Surrogates, which are no characters, become U+FFFD."""
    raw = text.encode("utf-8", "surrogatepass")
    decoded = codec.without_surrogates(text)
    encoding = _encoding(_Choice("utf-8", "strict", 1.0), decoded)
    return Source(raw, decoded.text, encoding, exact=not decoded.replaced)


def encode(text: str, encoding: Encoding, bom: bytes = b"") -> bytes:
    """Return the bytes that ``text`` stands for, with the lost bytes put back where they stood.

    Raises ``ValueError`` for a character that the encoding lacks.
    """
    pieces = [bom]
    position = 0
    for (start, end), lost in zip(encoding.replaced, encoding.lost, strict=True):
        pieces += (text[position:start].encode(encoding.name), lost)
        position = end
    pieces.append(text[position:].encode(encoding.name))
    return b"".join(pieces)


def _build(raw: bytes, bom: bytes, choice: _Choice) -> Source:
    body = raw[len(bom) :]
    name, decoded = _decode(body, choice.name)
    text, errors = decoded.text[:65536], _errors(decoded)
    if charsets.is_binary(text, min(errors, len(text)), plausible=choice.confidence >= charsets.PLAUSIBLE):
        raise BinaryError(_BINARY)
    how = "detected" if decoded.replaced and choice.how == "strict" else choice.how
    exact = not decoded.replaced and codec.encodes_to(decoded.text, name, body)
    return Source(raw, decoded.text, _encoding(_Choice(name, how, choice.confidence), decoded), bom, exact)


def _decode(body: bytes, name: str) -> tuple[str, codec.Decoded]:
    """Decode; of the two kinds of Big5, Windows' and Hong Kong's, by the one that loses less."""
    decoded = codec.decode(body, name)
    if name == "cp950" and decoded.lost:
        other = codec.decode(body, "big5hkscs")
        if len(other.lost) < len(decoded.lost):
            return "big5hkscs", other
    return name, decoded


def _errors(decoded: codec.Decoded) -> int:
    return sum(end - start for start, end in decoded.replaced)


def _encoding(choice: _Choice, decoded: codec.Decoded) -> Encoding:
    spans = tuple(Span(start, end) for start, end in decoded.replaced)
    return Encoding(choice.name, choice.how, round(choice.confidence, 3), spans, decoded.lost)


def _choose(body: bytes) -> _Choice:
    """The encoding of bytes that are not valid UTF-8."""
    sample = charsets.sample(body)
    intact = _intact_utf8(sample)
    if intact:
        return _Choice("utf-8", "detected", intact)
    scores = {name: charsets.plausibility(codec.escaped(sample, name)) for name in _NARROW}
    scores["hz"] = _hz_score(body)
    scores |= {name: _wide_score(body, name) for name in _WIDE}
    declared = charsets.declared_charset(body)
    superset = charsets.CHINESE.get(declared or "", "")
    if scores.get(superset, 0) >= charsets.PLAUSIBLE and not _decode(body, superset)[1].lost:
        return _Choice(superset, "declared", scores[superset])
    best = max(scores, key=scores.__getitem__)
    if scores[best] >= charsets.PLAUSIBLE:
        return _Choice(best, "strict" if best in _NARROW else "detected", scores[best])
    start = body[:65536].decode("ascii", "replace")
    if scores[best] < charsets.PLAUSIBLE / 2 and charsets.is_binary(start, 0, plausible=False):
        raise BinaryError(_BINARY)
    return _foreign(body, declared) or _Choice(best, "fallback", scores[best])


def _intact_utf8(sample: bytes) -> float:
    """The share of characters beyond ASCII that are intact if the sample is UTF-8; 0 if too few.

    Other encodings look like characters of two bytes now and then, hardly ever like those of three.
    """
    text = codec.escaped(sample, "utf-8")
    characters = len(text) - sum(map(str.isascii, text))
    errors = len(re.findall(codec.ERROR, text))
    long = sum(map("\u0800".__le__, text)) - errors
    return 1 - errors / characters if errors <= 0.1 * characters or long >= 0.6 * characters else 0.0


def _wide_score(body: bytes, name: str) -> float:
    # The start keeps an odd length odd, which tells the codec that a byte is too many or too few.
    start = body[: 4096 + len(body) % 2]
    return charsets.plausibility(codec.escaped(start, name), ascii_counts=True)


def _hz_score(body: bytes) -> float:
    start = body.find(b"~{")
    return charsets.plausibility(codec.escaped(body[start : start + 4096], "hz")) if start >= 0 else 0.0


def _choose_hidden(body: bytes) -> _Choice | None:
    """The encoding of bytes that are valid UTF-8 only because they are ASCII: HZ, or Latin in UTF-16."""
    if b"\0" not in body:
        hz = _hz_score(body)
        return _Choice("hz", "detected", hz) if hz >= _HZ_PLAUSIBLE else None
    names = ("utf-8", *_WIDE)
    scores = {name: _wide_score(body, name) for name in names}
    best = max(names, key=scores.__getitem__)
    hidden = best != "utf-8" and scores[best] >= charsets.PLAUSIBLE
    return _Choice(best, "detected", scores[best]) if hidden else None


def _foreign(body: bytes, declared: str | None) -> _Choice | None:
    """The encoding of a text that is not plausible Chinese: as declared, or as the detector says."""
    if declared and _is_strict(body, declared):
        return _Choice(declared, "declared", 0.0)
    import chardet

    guess = chardet.detect(body)
    name, confidence = guess["encoding"], guess["confidence"]
    if name and confidence >= _SURE and _is_strict(body, name):
        return _Choice(name.lower(), "detected", confidence)
    return None


def _is_strict(body: bytes, name: str) -> bool:
    try:
        body.decode(name)
    except UnicodeDecodeError:
        return False
    return True
