"""What goes through a batch: a document to clean, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from typing import Any

Kind = Literal["text", "html", "json", "failed"]
"""What the data of a document is: text (or bytes of one), an HTML page, a line of JSON, or, for one that
could not be read, the reason."""

Status = Literal["cleaned", "failed", "binary", "unwritten"]
"""``unwritten`` is no word about the document: the disk is full. That ends the run, which can then go on."""


class Item(NamedTuple):
    """A document to clean.

    ``path`` is what the record calls it; ``name`` is relative and names what is made of it. Where
    ``data`` is ``None`` the worker reads the file at ``path`` itself. ``fields`` came with the text
    (the other columns of a table) and are carried along; ``walked`` tells that a folder was walked, so
    that nobody asked for this very file. ``file`` and ``part`` say which document it is: the number of the
    file in the listing, and its own in that file.
    """

    path: str
    name: str
    kind: Kind = "text"
    data: bytes | str | None = None
    fields: dict[str, Any] | None = None
    charset: str | None = None
    walked: bool = False
    size: int = 0
    file: int = 0
    part: int = 0


class Stats(NamedTuple):
    """Figures about one cleaned document. ``codes`` counts its findings by rule code."""

    size: int = 0
    characters: int = 0
    encoding: str = ""
    articles: int = 0
    changes: int = 0
    left: int = 0
    codes: dict[str, int] = {}  # noqa: RUF012 - never changed


class Outcome(NamedTuple):
    """What became of a document. ``reason`` says why it failed; ``result`` is what the output takes.

    ``kept`` is the record from which the document can be shown and undone, where the output itself is
    none.
    """

    path: str
    status: Status
    stats: Stats = Stats()
    reason: str = ""
    result: Any = None
    kept: bytes = b""
