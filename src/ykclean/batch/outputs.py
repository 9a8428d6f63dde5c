"""Where results go: a tree of files, JSON lines, Parquet, or any stream. All whole or not at all.

Each output has two halves. An encoder works in the workers; a sink takes its results, in order, in this
process. Sinks take blocks: a block begins and ends at the same documents in every run over the same files,
which is why a resumed run yields the very bytes of an unbroken one.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol

from ykclean.batch.extras import need
from ykclean.batch.keeping import record_of, to_json_bytes
from ykclean.batch.reasons import describe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ykclean.batch.documents import Item, Outcome
    from ykclean.batch.work import Encoder
    from ykclean.engine import Cleaned

Format = Literal["text", "markdown", "jsonl", "jsonl.zst", "parquet"]
Token = dict[str, Any]

HIDDEN = ".ykclean"
"""The folder, inside the output, of what a run needs for itself."""

BLOCK_BYTES = 1 << 20
BLOCK_ITEMS = 256
_ZSTD_LEVEL = 9


class Sink(Protocol):
    """Takes results. ``block_bytes`` is how large a block is to be."""

    block_bytes: int

    def begin(self, token: Token | None) -> None:
        """Get ready; after a broken run, from the token that ``write`` gave last."""

    def write(self, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], Token | None]:
        """Write a block. Returns the outcomes, some of them now failed, and a token to go on from
        (``None`` where a run cannot go on from here)."""

    def finish(self) -> None:
        """Everything is written: let it be seen."""


@dataclass(frozen=True)
class RecordEncoder:
    """A document → its record, a line of JSON."""

    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> bytes:
        """Return the line, its line feed included."""
        return to_json_bytes(record_of(item, cleaned, fields)) + b"\n"


@dataclass(frozen=True)
class TreeEncoder:
    """A document → files, one an article, written here in the worker. The item's name is their stem."""

    folder: str
    form: Literal["text", "markdown"]
    keeps: bool = True

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> list[str]:
        """Write the files and return their names. Raises ``OSError``; then none of them is there."""
        names = [f"{item.name}-{number}{self._suffix}" for number in range(1, len(cleaned.articles) + 1)]
        written: list[str] = []
        try:
            for name, article in zip(names, cleaned.articles, strict=True):
                write_whole(self.folder, name, self._text(article).encode("utf-8", "backslashreplace"))
                written.append(name)
        except OSError:
            for name in written:
                Path(self.folder, name).unlink(missing_ok=True)
            raise
        return names

    @property
    def _suffix(self) -> str:
        return ".md" if self.form == "markdown" else ".txt"

    def _text(self, article: Any) -> str:
        if self.form == "markdown":
            from ykclean.formats.markdown import to_markdown

            return to_markdown([article])
        return str(article.text) + "\n"


class TreeSink:
    """The workers have written the files already; nothing is left to do but to note it."""

    block_bytes = BLOCK_BYTES

    def begin(self, token: Token | None) -> None:
        """Nothing to do: files are written again under the same names, and whole."""

    def write(self, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], Token | None]:
        """Note them."""
        return list(outcomes), {}

    def finish(self) -> None:
        """Nothing to do."""


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

    def write(self, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], Token | None]:
        """Append a block; where the disk does not take it, as many of its records as fit."""
        try:
            self._append([outcome.result for outcome in outcomes if outcome.status == "cleaned"])
            return list(outcomes), {"size": self._size}
        except OSError:
            return [self._alone(outcome) for outcome in outcomes], {"size": self._size}

    def finish(self) -> None:
        """Let the file take its place."""
        os.fsync(self._file)
        os.close(self._file)
        self._part.replace(self._target)

    def _alone(self, outcome: Outcome) -> Outcome:
        try:
            self._append([outcome.result] if outcome.status == "cleaned" else [])
        except OSError as error:
            return outcome.failed(describe(error))
        return outcome

    def _append(self, lines: list[bytes]) -> None:
        data = b"".join(lines)
        if self._packed and data:
            data = need("zstandard", "writing .zst").ZstdCompressor(_ZSTD_LEVEL).compress(data)
        try:
            written = 0
            while written < len(data):
                written += os.write(self._file, memoryview(data)[written:])
        except OSError:
            os.ftruncate(self._file, self._size)
            os.lseek(self._file, self._size, os.SEEK_SET)
            raise
        self._size += len(data)


class StreamSink:
    """Results handed to a function as they come: standard output. Such a run cannot be resumed."""

    block_bytes = 0

    def __init__(self, put: Callable[[bytes], object]) -> None:
        """Hand results to ``put``."""
        self._put = put

    def begin(self, token: Token | None) -> None:
        """Nothing to do."""

    def write(self, outcomes: Sequence[Outcome]) -> tuple[list[Outcome], Token | None]:
        """Hand them over."""
        for outcome in outcomes:
            if outcome.status == "cleaned":
                self._put(outcome.result)
        return list(outcomes), None

    def finish(self) -> None:
        """Nothing to do."""


class NoSink(TreeSink):
    """For a dry run: results go nowhere."""


@dataclass(frozen=True)
class NoEncoder:
    """For a dry run: nothing is made."""

    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> None:
        """Do what costs time, and forget it."""
        _ = cleaned.text


def write_whole(folder: str, name: str, data: bytes) -> None:
    """Write a file below the output's folder: whole or not at all, even when killed on the way."""
    temporary = f"{folder}/{HIDDEN}/tmp/{os.getpid()}"
    target = f"{folder}/{name}"
    try:
        _write(temporary, data)
        try:
            os.replace(temporary, target)  # noqa: PTH105 - many files: no objects
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, target)  # noqa: PTH105
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        written = 0
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    finally:
        os.close(descriptor)


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


def encoder_for(form: Format, folder: Path | None) -> Encoder:
    """Return the half of an output that works in the workers."""
    if form == "parquet":
        from ykclean.batch.parquet import RowEncoder

        return RowEncoder()
    if form == "jsonl" or form == "jsonl.zst":
        return RecordEncoder()
    if folder is None:
        from ykclean.batch.printing import TextEncoder

        return TextEncoder(form)
    return TreeEncoder(str(folder), form)


def stream_for(form: Format, put: Callable[[bytes], object]) -> Sink:
    """Return the half that hands results to a function."""
    if form in ("text", "markdown"):
        from ykclean.batch.printing import PrintedSink

        return PrintedSink(put)
    return StreamSink(put)


def sink_for(form: Format, folder: Path) -> Sink:
    """Return the half of an output that writes into a folder. Raises ``MissingExtraError``."""
    if form == "parquet":
        from ykclean.batch.parquet import ParquetSink

        return ParquetSink(folder)
    if form in ("jsonl", "jsonl.zst"):
        packed = form.endswith(".zst")
        if packed:
            need("zstandard", "writing .zst")
        name = f"records.{form}"
        return LinesSink(folder / name, folder / HIDDEN / name, packed=packed)
    return TreeSink()
