"""``ykclean undo``: the source's bytes back from the records that ``clean`` wrote."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from ykclean.cli.console import put_bytes, say
from ykclean.cli.trouble import TroubleError, Troubles
from ykclean.files import STDIN, Input, read_input, write_atomically
from ykclean.formats.records import parse_records
from ykclean.record import source_from_record

if TYPE_CHECKING:
    from collections.abc import Sequence

EXIT_CODES = """\b
Exit codes:
  0    every source was given back, byte for byte
  1    some could not be; a line says which and why, the others are done
  2    wrong usage; nothing was done
"""


@click.command(epilog=EXIT_CODES)
@click.argument("records", nargs=-1, required=True, metavar="RECORDS...")
@click.option("-o", "--output", metavar="DIR", help="Write the sources into this folder, by their paths.")
@click.option("--overwrite", is_flag=True, help="Replace files in DIR that hold something else.")
def undo(records: Sequence[str], output: str | None, overwrite: bool) -> int:
    """Give back the sources of cleaned files, byte for byte.

    RECORDS is a file that clean --format jsonl (or json) wrote, or - for standard input. One source goes to
    standard output; for several, name a folder with -o.
    """
    troubles = Troubles()
    found: list[dict[str, Any]] = []
    for path in records:
        with troubles.caught(path):
            found += _records_of(path)
    if output is None and len(found) > 1:
        raise click.UsageError(f"there are {len(found)} records: name a folder for their sources with -o")
    for record in found:
        path = str(record.get("path") or "source")
        with troubles.caught(path):
            source = _source_of(record)
            if output is None:
                put_bytes(source)
            else:
                _restore(_inside(Path(output), path), source, overwrite)
    if output is not None:
        say(f"{len(found)} records read, {troubles.count} failed; sources in {output}")
    return 1 if troubles.count else 0


def _records_of(path: str) -> list[dict[str, Any]]:
    try:
        return list(parse_records(read_input(Input(path, path)).decode("utf-8-sig")))
    except ValueError as error:
        raise TroubleError(f"not records as clean --format jsonl writes them ({error})") from error


def _source_of(record: dict[str, Any]) -> bytes:
    try:
        return source_from_record(record)
    except (ValueError, LookupError, TypeError) as error:
        raise TroubleError(f"its record does not give the source back ({error})") from error


def _inside(folder: Path, path: str) -> Path:
    """The place for a path of a record below the folder, whatever the record says."""
    if path == STDIN:
        return folder / "stdin.txt"
    parts = [part for part in PurePath(path).parts if part not in ("..", PurePath(path).anchor)]
    return folder.joinpath(*parts)


def _restore(target: Path, source: bytes, overwrite: bool) -> None:
    if target.exists() and not overwrite and target.read_bytes() != source:
        raise TroubleError(f"{target} holds something else; add --overwrite to replace it")
    write_atomically(target, source)
