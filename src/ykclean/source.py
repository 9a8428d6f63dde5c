"""Bytes → text, once: the only place where a file is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from ykclean.edits import Span

How = Literal["bom", "strict", "declared", "detected", "fallback"]


class Encoding(NamedTuple):
    """How the bytes were decoded: codec name, the step that decided, and how sure it was (0 to 1).

    ``replaced`` are the spans of the text that stand for bytes which could not be decoded.
    """

    name: str
    how: How
    confidence: float = 1.0
    replaced: tuple[Span, ...] = ()


class Source(NamedTuple):
    """The bytes of a file and the text they hold (without the byte-order mark ``bom``).

    ``exact`` tells whether ``bom`` and the encoded ``text`` give back ``raw``.
    """

    raw: bytes
    text: str
    encoding: Encoding
    bom: bytes = b""
    exact: bool = True


def decode(raw: bytes) -> Source:
    """Decode the bytes of a file."""
    try:
        return Source(raw, raw.decode("utf-8"), Encoding("utf-8", "strict"))
    except UnicodeDecodeError:
        return Source(raw, raw.decode("gb18030", "replace"), Encoding("gb18030", "fallback"), exact=False)


def from_text(text: str) -> Source:
    """Wrap a text that is decoded already."""
    return Source(text.encode("utf-8", "surrogatepass"), text, Encoding("utf-8", "strict"))
