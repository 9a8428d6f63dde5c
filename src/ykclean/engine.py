"""The one engine: read → judge → settle → write. ``clean``, ``check`` and batch only present it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean.document import Document
from ykclean.edits import apply_edits
from ykclean.findings import Finding, Replacements
from ykclean.jumps import part_jumps
from ykclean.noise import find_noise
from ykclean.pages import read_page
from ykclean.paragraphs import read_paragraphs
from ykclean.repeats import find_repeats
from ykclean.rereading import reread
from ykclean.rules import RULES, called
from ykclean.settings import Settings
from ykclean.settling import Settled, in_order, settle
from ykclean.source import Source, decode, from_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from ykclean.settling import Outcome
    from ykclean.written import CleanArticle

DEFAULT = Settings()
LAYOUT = ("YK1", "YK301", "YK4")
"""The rules (by code, or its beginning) that change which lines stand beside one another."""
Review = Callable[[list[Sequence[Finding]]], Iterable[Sequence[Finding]]]
"""A last word on what the rules found, before it is settled."""


def read(source: str | bytes | Path | Source, settings: Settings = DEFAULT) -> Document:
    """Read a text, the bytes of a file, or the file at a path into a document.

    Raises ``OSError`` where a path cannot be read, ``ValueError`` where the settings name no rule.

    >>> read("他来了。\\n\\n她走了。").paragraphs[1].text
    '她走了。'
    """
    refuse_unknown(settings)
    source = _source(source)
    noise = find_noise(source.text)
    lines, joins = read_paragraphs(source.text, noise)
    paragraphs = tuple(part_jumps(lines))
    repeats = find_repeats(source.text, paragraphs, settings)
    document = Document(source, paragraphs, noise=noise, joins=joins, repeats=repeats)
    if joins or repeats:
        document = reread(document, partial(judge, settings=settings, codes=LAYOUT))
    page = read_page(source.text, document.paragraphs, repeats, settings)
    return replace(document, **page._asdict())


@lru_cache(64)
def refuse_unknown(settings: Settings) -> None:
    """Raise ``ValueError`` where the settings name a rule that there is not.

    Here the rules are known; what was found to be right once is not looked at again.
    """
    for choice in (*settings.select, *settings.ignore):
        if not called(choice):
            raise ValueError(f"no rule is called {choice!r}")


def _source(source: str | bytes | Path | Source) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, str):
        return from_text(source)
    if isinstance(source, Path):
        return decode(source.read_bytes())
    if isinstance(source, bytes | bytearray | memoryview):
        return decode(bytes(source))
    raise TypeError(f"a text (str), the bytes of a file or its Path is needed, not {type(source).__name__}")


def judge(
    document: Document, settings: Settings = DEFAULT, codes: tuple[str, ...] = ("YK",)
) -> list[Sequence[Finding]]:
    """Return what each of the chosen rules finds in the document; ``codes`` are their beginnings."""
    wanted = [r for r in RULES if r.code.startswith(codes) and settings.wants(r.code, r.name)]
    return [_kept(rule.find(document, settings)) for rule in wanted]


def _kept(found: Iterable[Finding]) -> Sequence[Finding]:
    return found if isinstance(found, Replacements) else list(found)


def check(source: str | bytes | Path, settings: Settings = DEFAULT) -> list[Finding]:
    """Return what is wrong with a text, without changing anything.

    >>> [f.name for f in check("他说,今天下雨。")]
    ['halfwidth-punctuation']
    """
    with _collector_paused():
        return in_order(judge(read(source, settings), settings))


def clean(
    source: str | bytes | Path | Source, settings: Settings = DEFAULT, *, review: Review = list
) -> Cleaned:
    """Clean a text: find the damage, mend what can be mended, and keep every edit.

    A ``str`` is a text, ``bytes`` are decoded, a ``Path`` is read. ``review`` is given what each rule
    found and returns what is to be settled, so that it can take edits away.

    >>> clean("他说,今天下雨。").text
    '他说，今天下雨。'
    """
    with _collector_paused():
        document = read(source, settings)
        return Cleaned(document, settle(review(judge(document, settings))))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Findings hold no cycles: looking for some among a hundred thousand of them only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True)
class Cleaned:
    """A cleaned text, with everything that was found and done on the way."""

    document: Document
    settled: Settled

    @cached_property
    def text(self) -> str:
        """The source's text with all edits applied; its layout is kept."""
        return apply_edits(self.document.text, self.settled.edits)

    @cached_property
    def articles(self) -> tuple[CleanArticle, ...]:
        """The articles that are left, in source order, one paragraph a line."""
        from ykclean.written import write_articles

        return write_articles(self.document, self.settled.edits)

    @cached_property
    def judged(self) -> list[tuple[Finding, Outcome]]:
        """Everything that was found, in the order of the text, and what became of it."""
        return self.settled.in_order()

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything that was found, in the order of the text."""
        return [finding for finding, _ in self.judged]

    @property
    def source(self) -> Source:
        """The bytes, the decoded text and the encoding this came from."""
        return self.document.source

    def undo(self) -> bytes:
        """Return the source, byte for byte.

        >>> clean("他说,好。".encode("gbk")).undo().decode("gbk")
        '他说,好。'
        """
        return self.source.raw

    def to_dict(self, path: str | None = None) -> dict[str, Any]:
        """Return the record of the cleaned file, ready for JSON."""
        from ykclean.record import to_record

        return to_record(self, path)
