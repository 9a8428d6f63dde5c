"""Where results go: a tree of files, JSON lines, Parquet, or any stream. All whole or not at all.

Each output has two halves. An encoder works in the workers; a sink takes its results, in order, in this
process. Sinks take blocks: a block begins and ends at the same documents in every run over the same files,
which is why a resumed run yields the very bytes of an unbroken one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.batch.documents import Item, Outcome
    from ykclean.engine import Cleaned

Format = Literal["text", "markdown", "jsonl", "jsonl.zst", "parquet"]
Token = dict[str, Any]

HIDDEN = ".ykclean"
"""The folder, inside the output, of what a run needs for itself."""

BLOCK_BYTES = 1 << 20
BLOCK_ITEMS = 256


class Sink(Protocol):
    """Takes results. ``block_bytes`` is how large a block is to be."""

    block_bytes: int

    def begin(self, token: Token | None) -> None:
        """Get ready; after a broken run, from the token that ``write`` gave last."""

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Write a block. Returns a token to go on from (``None`` where a run cannot go on from here).

        Raises ``OSError``: the run ends, and goes on from the last token once there is room again.
        """

    def secure(self) -> None:
        """See that all that was written lasts, even if the power fails. Raises ``OSError``."""

    def finish(self) -> list[str]:
        """Everything is written: let it last, and be seen.

        Returns the names of the files that hold the results of many documents.
        """


class NoSink:
    """For a dry run: results go nowhere."""

    block_bytes = BLOCK_BYTES

    def begin(self, token: Token | None) -> None:
        """Nothing to do."""

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Forget them."""
        return {}

    def secure(self) -> None:
        """Nothing to do."""

    def finish(self) -> list[str]:
        """Nothing to do."""
        return []


@dataclass(frozen=True)
class NoEncoder:
    """For a dry run: nothing is made."""

    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> None:
        """Do what costs time, and forget it."""
        _ = cleaned.text


def blocks(done: Iterator[tuple[Item, Outcome]], block_bytes: int) -> Iterator[list[tuple[Item, Outcome]]]:
    """Group what is done into blocks whose bounds depend on the documents alone."""
    block: list[tuple[Item, Outcome]] = []
    size = 0
    for item, outcome in done:
        block.append((item, outcome))
        size += len(outcome.result) if isinstance(outcome.result, bytes) else outcome.stats.size
        if size >= block_bytes or len(block) >= BLOCK_ITEMS:
            yield block
            block, size = [], 0
    if block:
        yield block
