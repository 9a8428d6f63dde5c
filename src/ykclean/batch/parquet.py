"""Parquet output: one row an article, in files ``part-00000.parquet``, … of a stated schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ykclean.batch.durable import sync_file, sync_folder
from ykclean.batch.keeping import printable, record_of, to_json_bytes
from ykclean.batch.whole import TEMPORARY
from ykclean.extras import need

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ykclean.batch.documents import Item, Outcome
    from ykclean.batch.outputs import Token
    from ykclean.engine import Cleaned

COLUMNS = (
    ("path", "string", "the source, as in the record"),
    ("article", "int32", "number of the article in its source, from 1"),
    ("title", "string", "its title, null where there is none"),
    ("byline", "string", "its byline, null where there is none"),
    ("text", "string", "the clean text of the article, one paragraph a line"),
    ("start", "int64", "where it begins in the source, in code points"),
    ("end", "int64", "where it ends"),
    ("encoding", "string", "the encoding of the source"),
    ("sha256", "string", "digest of the source's bytes"),
    ("findings", "string", "the findings that begin in the article, as in the record (JSON)"),
    ("fields", "string", "what came with the text: other columns of a table, the address of a page (JSON)"),
)
"""Name, type and meaning of each column; the schema in the file carries the meaning as metadata."""

PART_BLOCKS = 8
_BLOCK_BYTES = 8 << 20


@dataclass(frozen=True)
class RowEncoder:
    """A document → a row for each article."""

    keeps: ClassVar[bool] = True

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> list[tuple[Any, ...]]:
        """Return the rows, their values in the order of the columns."""
        record = record_of(item._replace(path=printable(item.path)), cleaned, None)
        carried = to_json_bytes(fields).decode() if fields else None
        starts = [article["start"] for article in record["articles"][1:]]
        rows = []
        for number, article in enumerate(record["articles"], 1):
            low = 0 if number == 1 else article["start"]
            high = starts[number - 1] if number <= len(starts) else float("inf")
            findings = [finding for finding in record["findings"] if low <= finding["start"] < high]
            rows.append(
                (
                    record["path"],
                    number,
                    *(article[key] for key in ("title", "byline", "text", "start", "end")),
                    record["encoding"]["name"],
                    record["sha256"],
                    to_json_bytes(findings).decode(),  # type: ignore[arg-type]
                    carried,
                )
            )
        return rows


class ParquetSink:
    """Files of some blocks each, a row group a block. A run goes on from the last file that is complete."""

    block_bytes = _BLOCK_BYTES

    def __init__(self, folder: Path) -> None:
        """Write into the folder. Raises ``MissingExtraError``."""
        need("pyarrow.parquet", "writing Parquet")
        self._folder = folder
        self._part = self._blocks = 0
        self._writer: Any = None

    def begin(self, token: Token | None) -> None:
        """Go on with the next file."""
        self._part = token["part"] if token else 0

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Write a row group; a token comes with the last of a file.

        Raises ``OSError``: a file that lacks a part is lost, and the run must go on from the one before.
        """
        rows = [row for outcome in outcomes if outcome.status == "cleaned" for row in outcome.result]
        if self._writer is None:
            self._open()
        if rows:
            self._writer.write_table(_table(rows))
        self._blocks += 1
        if self._blocks < PART_BLOCKS:
            return None
        self._close()
        return {"part": self._part}

    def secure(self) -> None:
        """Nothing to do: a file lasts as soon as it is complete."""

    def finish(self) -> list[str]:
        """Complete the last file (a run without any document has one, empty)."""
        if self._writer is None and self._part == 0:
            self._open()
        if self._writer is not None:
            self._close()
        return list(map(_name, range(self._part)))

    def _open(self) -> None:
        parquet = need("pyarrow.parquet", "writing Parquet")
        temporary = self._temporary
        self._writer = parquet.ParquetWriter(temporary, schema(), compression="zstd")

    def _close(self) -> None:
        self._writer.close()
        self._writer, self._blocks = None, 0
        sync_file(self._temporary)
        self._temporary.replace(self._folder / _name(self._part))
        sync_folder(self._folder)
        self._part += 1

    @property
    def _temporary(self) -> Path:
        return self._folder / TEMPORARY / "part.parquet"


def _name(part: int) -> str:
    return f"part-{part:05d}.parquet"


def schema() -> Any:
    """Return the schema of the files, as pyarrow has it."""
    arrow = need("pyarrow", "writing Parquet")
    types = {"string": arrow.string(), "int32": arrow.int32(), "int64": arrow.int64()}
    fields = [
        arrow.field(name, types[kind], metadata={"description": meaning}) for name, kind, meaning in COLUMNS
    ]
    return arrow.schema(fields)


def _table(rows: Sequence[tuple[Any, ...]]) -> Any:
    arrow = need("pyarrow", "writing Parquet")
    columns = list(zip(*rows, strict=True))
    arrays = [arrow.array(column, field.type) for column, field in zip(columns, schema(), strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema())
