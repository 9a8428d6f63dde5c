"""``ykclean undo``: the source's bytes back from the records that ``clean`` wrote."""

from __future__ import annotations

from itertools import islice
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import click

from ykclean.cli.choices import filled
from ykclean.cli.console import put_bytes, say
from ykclean.cli.trouble import TroubleError, Troubles
from ykclean.files import STDIN, Input, read_input, write_atomically
from ykclean.formats.records import parse_records
from ykclean.numbers import counted
from ykclean.record import source_from_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EXIT_CODES = """\b
Exit codes:
  0    every source was given back, byte for byte
  1    some could not be; a line says which and why, the others are done
  2    wrong usage; nothing was done
  130  interrupted          141  standard output was closed by its reader
  143  terminated
"""


@click.command(epilog=EXIT_CODES)
@click.argument("records", nargs=-1, required=True, callback=filled, metavar="RECORDS...")
@click.option(
    "-o",
    "--output",
    callback=filled,
    metavar="DIR",
    help="Write the sources into this folder, by their paths.",
)
@click.option("--overwrite", is_flag=True, help="Replace files in DIR that hold something else.")
def undo(records: Sequence[str], output: str | None, overwrite: bool) -> int:
    """Give back the sources of cleaned files, byte for byte.

    RECORDS is a file that clean --format jsonl (or json) wrote, a folder with such a file, the folder of a
    batch (from 256 files on, or with --workers) whatever its format, or - for standard input. Texts alone,
    as clean -o writes them of fewer files, do not tell what was changed: they cannot be undone.

    One source goes to standard output; for several, name a folder with -o. Of a web page the text is given
    back that was taken out of it, as PAGE.html.txt.
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
    given: set[int] = set()
    for number, record in enumerate(found, 1):  # noqa: B007 - used after the loop
        path = _path_of(record)
        with troubles.caught(path):
            _restore(_inside(Path(output), path), _source_of(record), overwrite, given)
    say(f"{counted(number, 'record')} read, {troubles.count} failed; sources in {output}")
    return 1 if troubles.count else 0


def _all_records(places: Sequence[str], troubles: Troubles) -> Iterator[dict[str, Any]]:
    for place in places:
        with troubles.caught(place):
            yield from _records_of(place, troubles)


def _path_of(record: dict[str, Any]) -> str:
    path = str(record.get("path") or "source")
    return f"{path}.txt" if "extracted_from" in record else path


def _records_of(place: str, troubles: Troubles) -> Iterator[dict[str, Any]]:
    """The records in a file or folder; a line that is none costs only itself."""
    in_folder = place != STDIN and Path(place).is_dir()
    file = str(_file_in(Path(place))) if in_folder else place

    def broken(number: int, error: ValueError) -> None:
        name = "standard input" if file == STDIN else file
        troubles.report(f"{name}: line {number}", _no_record(error))

    try:
        if file.endswith(".zst") or (in_folder and not file.endswith(".json")):
            yield from _packed_records(Path(file), broken)
        else:
            # A byte that is no UTF-8 spoils its line alone.
            text = read_input(Input(file, file)).decode("utf-8-sig", "surrogateescape")
            yield from parse_records(text, broken)
    except ValueError as error:
        raise _no_record(error) from error


def _packed_records(file: Path, broken: Callable[[int, ValueError], None]) -> Iterator[dict[str, Any]]:
    from ykclean.batch.reading import records_at
    from ykclean.batch.reasons import ReadError

    try:
        yield from records_at(file, broken)
    except ReadError as error:
        raise TroubleError(str(error)) from error


def _no_record(error: ValueError) -> TroubleError:
    return TroubleError(f"no record as clean --format jsonl writes them ({error})")


def _file_in(folder: Path) -> Path:
    from ykclean.batch.manifest import ManifestError
    from ykclean.batch.reading import place_of_records

    try:
        return place_of_records(folder)
    except ManifestError as error:
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


def _restore(target: Path, source: bytes, overwrite: bool, given: set[int]) -> None:
    """Write a source; ``given`` are the files (their inodes) that this run has written."""
    if target.exists() and target.read_bytes() != source:
        if target.stat().st_ino in given:
            raise TroubleError(f"{target} is another source of these records; undo this one alone")
        if not overwrite:
            raise TroubleError(f"{target} holds something else; add --overwrite to replace it")
    write_atomically(target, source)
    given.add(target.stat().st_ino)
