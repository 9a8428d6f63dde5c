"""Which output is meant by the name of a format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.batch.lines import LinesSink, RecordEncoder, StreamSink
from ykclean.batch.outputs import HIDDEN, Format
from ykclean.batch.parquet import ParquetSink, RowEncoder
from ykclean.batch.printing import PrintedSink, TextEncoder
from ykclean.batch.tree import TreeEncoder, TreeSink
from ykclean.extras import need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ykclean.batch.outputs import Sink
    from ykclean.batch.work import Encoder


def encoder_for(form: Format, folder: Path | None) -> Encoder:
    """Return the half of an output that works in the workers."""
    if form == "parquet":
        return RowEncoder()
    if form == "jsonl" or form == "jsonl.zst":
        return RecordEncoder()
    if folder is None:
        return TextEncoder(form)
    return TreeEncoder(str(folder), form)


def stream_for(form: Format, put: Callable[[bytes], object]) -> Sink:
    """Return the half that hands results to a function."""
    if form in ("text", "markdown"):
        return PrintedSink(put)
    return StreamSink(put)


def sink_for(form: Format, folder: Path) -> Sink:
    """Return the half of an output that writes into a folder. Raises ``MissingExtraError``."""
    if form == "parquet":
        return ParquetSink(folder)
    if form == "text" or form == "markdown":
        return TreeSink(folder, form)
    packed = form == "jsonl.zst"
    if packed:
        need("zstandard", "writing .zst")
    name = f"records.{form}"
    return LinesSink(folder / name, folder / HIDDEN / name, packed=packed)
