"""``ykclean undo``: the source's bytes back from the records that ``clean`` wrote."""

from __future__ import annotations

from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from ykclean.cli.console import put_bytes, say
from ykclean.cli.trouble import TroubleError, Troubles
from ykclean.files import STDIN, Input, read_input, write_atomically
from ykclean.formats.records import parse_records
from ykclean.record import source_from_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

    RECORDS is a file that clean --format jsonl (or json) wrote, the folder that clean -o wrote into, or -
    for standard input. One source goes to standard output; for several, name a folder with -o. Of a web
    page the text is given back that was taken out of it, as PAGE.html.txt.
    """
    troubles = Troubles()
    found = _all_records(records, troubles)
    if output is None:
        known = list(islice(found, 2))
        if len(known) > 1:
            raise click.UsageError("there are several records: name a folder for their sources with -o")
        for record in known:
            with troubles.caught(_path_of(record)):
                put_bytes(_source_of(record))
        return 1 if troubles.count else 0
    number = 0
    for number, record in enumerate(found, 1):  # noqa: B007 - used after the loop
        path = _path_of(record)
        with troubles.caught(path):
            _restore(_inside(Path(output), path), _source_of(record), overwrite)
    say(f"{number} records read, {troubles.count} failed; sources in {output}")
    return 1 if troubles.count else 0


def _all_records(places: Sequence[str], troubles: Troubles) -> Iterator[dict[str, Any]]:
    for place in places:
        with troubles.caught(place):
            yield from _records_of(place)


def _path_of(record: dict[str, Any]) -> str:
    path = str(record.get("path") or "source")
    return f"{path}.txt" if "extracted_from" in record else path


def _records_of(path: str) -> Iterator[dict[str, Any]]:
    try:
        if path != STDIN and (Path(path).is_dir() or path.endswith(".zst")):
            yield from _from_output(Path(path))
        else:
            yield from parse_records(read_input(Input(path, path)).decode("utf-8-sig"))
    except ValueError as error:
        raise TroubleError(f"not records as clean --format jsonl writes them ({error})") from error


def _from_output(path: Path) -> Iterator[dict[str, Any]]:
    from ykclean.batch.manifest import ManifestError
    from ykclean.batch.reading import records_in, records_of_file
    from ykclean.batch.reasons import ReadError
    from ykclean.extras import MissingExtraError

    try:
        yield from records_in(path) if path.is_dir() else records_of_file(path)
    except (ManifestError, MissingExtraError, ReadError) as error:
        raise TroubleError(str(error)) from error


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
