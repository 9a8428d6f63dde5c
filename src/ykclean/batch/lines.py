"""Records as JSON lines, in one file or handed on as they come."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ykclean.batch.durable import sync_folder
from ykclean.batch.keeping import record_of, to_json_bytes
from ykclean.batch.outputs import BLOCK_BYTES, Token
from ykclean.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ykclean.batch.documents import Item, Outcome
    from ykclean.engine import Cleaned

_ZSTD_LEVEL = 9


@dataclass(frozen=True)
class RecordEncoder:
    """A document → its record, a line of JSON."""

    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> bytes:
        """Return the line, its line feed included."""
        return to_json_bytes(record_of(item, cleaned, fields)) + b"\n"


class LinesSink:
    """JSON lines in one file, which appears when it is complete; ``packed`` by Zstandard, a frame a block."""

    block_bytes = BLOCK_BYTES

    def __init__(self, target: Path, part: Path, *, packed: bool) -> None:
        """Write to ``part``, which becomes ``target`` in the end."""
        self._target, self._part = target, part
        self._packed = packed
        self._size = 0

    def begin(self, token: Token | None) -> None:
        """Begin anew, or cut off what a broken run wrote after its last token.

        Raises ``RuntimeError`` where less is there than the token says.
        """
        self._size = token["size"] if token else 0
        if token and not self._part.exists() and self._target.exists():
            self._target.replace(self._part)  # The run was broken just after its last step.
        self._file = os.open(self._part, os.O_RDWR | os.O_CREAT, 0o666)
        if os.fstat(self._file).st_size < self._size:
            raise RuntimeError(f"{self._part} is shorter than the run left it")
        os.ftruncate(self._file, self._size)
        os.lseek(self._file, self._size, os.SEEK_SET)
        sync_folder(self._part.parent)

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Append a block. Raises ``OSError``: what was written of it is cut off when the run goes on."""
        data = b"".join(outcome.result for outcome in outcomes if outcome.status == "cleaned")
        if self._packed and data:
            data = need("zstandard", "writing .zst").ZstdCompressor(_ZSTD_LEVEL).compress(data)
        written = 0
        while written < len(data):
            written += os.write(self._file, memoryview(data)[written:])
        self._size += len(data)
        return {"size": self._size}

    def secure(self) -> None:
        """See that what was written lasts."""
        os.fsync(self._file)

    def finish(self) -> list[str]:
        """Let the file take its place."""
        self.secure()
        os.close(self._file)
        self._part.replace(self._target)
        sync_folder(self._target.parent)
        return [self._target.name]


class StreamSink:
    """Results handed to a function as they come: standard output. Such a run cannot be resumed."""

    block_bytes = 0

    def __init__(self, put: Callable[[bytes], object]) -> None:
        """Hand results to ``put``."""
        self._put = put

    def begin(self, token: Token | None) -> None:
        """Nothing to do."""

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Hand them over."""
        for outcome in outcomes:
            if outcome.status == "cleaned":
                self._put(outcome.result)
        return None

    def secure(self) -> None:
        """Nothing to do."""

    def finish(self) -> list[str]:
        """Nothing to do."""
        return []
