"""Checking and mending one file as a linter does: prose only, encoding and everything else kept.

The engine is imported where a file has to be judged: what the cache knows costs no more than reading it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Edit, apply_edits
from ykclean.extras import MissingExtraError
from ykclean.policy import judged, settings_for
from ykclean.settling import in_order, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ykclean.cache import Cache
    from ykclean.config import Config
    from ykclean.findings import Finding
    from ykclean.markdown import Markdown
    from ykclean.prose import Kind
    from ykclean.settings import Settings
    from ykclean.source import Source


class Job(NamedTuple):
    """A file to check: where it is, how it is read, and the configuration that holds there."""

    path: str
    kind: Kind
    config: Config


class Checked(NamedTuple):
    """What a check of one file found. ``text`` is empty where there are no findings.

    ``error`` says why the file could not be checked, and ``cause`` is what the system had to say; ``binary``
    says that it holds no text. ``exact`` is false where its text cannot be written back, so that nothing can
    be mended.
    """

    path: str
    text: str = ""
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    binary: bool = False
    cause: OSError | None = None
    exact: bool = True


class Mended(NamedTuple):
    """A text with the edits that mend it, the bytes to write, and how many findings that settles."""

    text: str
    edits: tuple[Edit, ...]
    data: bytes
    fixed: int


class UnwritableError(Exception):
    """The mended text cannot be written in the encoding of the file."""


def check_file(job: Job, cache: Cache | None = None) -> Checked:
    """Check a file. Never raises, whatever the file is or holds: ``error`` tells."""
    try:
        raw = Path(job.path).read_bytes()
    except OSError as error:
        return Checked(job.path, error=error.strerror or str(error), cause=error)
    try:
        return check_bytes(raw, job, cache)
    except MissingExtraError as error:
        return Checked(job.path, error=str(error))
    except Exception as error:
        return Checked(job.path, error=f"internal error ({type(error).__name__}: {error}); please report it")


def check_bytes(raw: bytes, job: Job, cache: Cache | None = None) -> Checked:
    """Check the bytes of a file."""
    settings = settings_for(job.path, job.kind, job.config)
    found = cache.get(raw, job.kind, settings) if cache else None
    if found is None:
        found = _judge(raw, job.kind, settings)
        if found is None:
            return Checked(job.path, binary=True)
        if cache:
            cache.put(raw, job.kind, settings, found)
    findings = tuple(judged(found, job.config))
    if not findings:
        return Checked(job.path)
    source = _decode(raw)
    return Checked(job.path, source.text, findings, exact=source.exact)


def _judge(raw: bytes, kind: Kind, settings: Settings) -> tuple[Finding, ...] | None:
    """What the rules find in these bytes; ``None`` where they are no text."""
    from ykclean.source import BinaryError

    try:
        return tuple(find(_decode(raw), kind, settings))
    except BinaryError:
        return None


def _decode(raw: bytes) -> Source:
    from ykclean.source import decode

    return decode(raw)


def mend(raw: bytes, findings: Sequence[Finding], *, unsafe: bool) -> Mended | None:
    """Apply the edits of the findings that may be applied; ``None`` where there are none.

    Raises ``UnwritableError``.
    """
    settled = settle([findings], unsafe=unsafe)
    if not settled.edits:
        return None
    source = _decode(raw)
    data = encode(apply_edits(source.text, settled.edits), source)
    if data is None:
        raise UnwritableError
    return Mended(source.text, settled.edits, data, settled.count("applied"))


def encode(text: str, source: Source) -> bytes | None:
    """Return the text as bytes in the encoding of the source; ``None`` where those would not be its own."""
    try:
        return source.bom + text.encode(source.encoding.name) if source.exact else None
    except UnicodeEncodeError:
        return None


def find(source: Source, kind: Kind, settings: Settings) -> Iterable[Finding]:
    """Return what the rules find in the prose of a source; nothing where it is not Chinese."""
    from ykclean.engine import judge, read
    from ykclean.prose import is_chinese

    if kind == "text":
        return in_order(judge(read(source, settings), settings)) if is_chinese(source.text) else ()
    from ykclean.markdown import read_markdown

    markdown = read_markdown(source.text)
    if not is_chinese(markdown.text):
        return ()
    found = judge(read(source._replace(text=markdown.text), settings), settings)
    return _in_prose(in_order(found), markdown)


def _in_prose(findings: Iterable[Finding], markdown: Markdown) -> Iterator[Finding]:
    """Leave out what touches protected text, and what a comment suppresses."""
    from ykclean.markdown import suppressions

    ranges = suppressions(markdown.source)
    for finding in findings:
        suppressed = any(r.covers(finding.start, finding.code, finding.name) for r in ranges)
        if not suppressed and _is_prose(finding, markdown):
            yield finding


def _is_prose(finding: Finding, markdown: Markdown) -> bool:
    if finding.of is None:
        spans = (finding.span, *(edit.span for edit in finding.edits))
        return not any(markdown.touches(*span) for span in spans)
    # A copy may hold code and links, if the other passage holds the same.
    inside = markdown.inside(*finding.span)
    return inside is not None and inside == markdown.inside(*finding.of)
