"""The folder for the results of ``clean``: what may be one, and what may not."""

from __future__ import annotations

import os
from glob import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_RESULT = pattern(r"(?s)(.+?)(?:~[0-9a-f]{8})?-[1-9][0-9]*\.(?:txt|md)")
_BESIDE = pattern(r"stale\.txt|quarantine\.jsonl|summary\.json|records\.jsonl?(\.zst)?|part-[0-9]+\.parquet")


def output_folder(output: str | None, paths: Sequence[str], diff: bool) -> Path | None:
    """Return the folder that ``-o`` names. Raises ``click.UsageError`` where it cannot be one."""
    if output is None:
        return None
    folder = Path(output)
    if diff:
        raise click.UsageError("--diff only shows what would change; leave out -o")
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(f"-o {output}: there is a file of that name; name a folder")
    if any(Path(path).is_dir() and folder.resolve() == Path(path).resolve() for path in paths):
        raise click.UsageError(f"-o {output}: is a folder to be cleaned; name another for the result")
    return folder


def refuse_sources(folder: Path, paths: Sequence[str], takes: Callable[[str, str], bool]) -> None:
    """Raise ``click.UsageError`` where the folder lies in one to be cleaned and holds sources itself.

    It is left out of the walk, and so would they be, without a word. What an earlier run wrote there is no
    source: names tell that. ``takes`` is asked for a path and its name in the folder that is walked.
    """
    tops = {path: _way(folder, path) for path in paths if Path(path).is_dir()}
    # A walk comes neither up nor to what is hidden.
    tops = {top: way for top, way in tops.items() if not any(part.startswith(".") for part in way.parts)}
    strange = _strange(folder, tops, takes) if tops else None
    if strange:
        raise click.UsageError(
            f"-o {folder}: {strange} is there, which no earlier run wrote and which would not be cleaned;"
            " name another folder"
        )


def _way(folder: Path, top: str) -> Path:
    return Path(os.path.relpath(folder.resolve(), Path(top).resolve()))


def _strange(folder: Path, tops: Mapping[str, Path], takes: Callable[[str, str], bool]) -> Path | None:
    """A source in the folder that is no result by its name, or any if none is the result of a source."""
    by_a_run = (folder / ".ykclean").exists()
    first = None
    for path in _walk(folder):
        name = path.relative_to(folder)
        if not any(takes(str(path), (way / name).as_posix()) for way in tops.values()):
            continue
        result = _RESULT.fullmatch(name.as_posix())
        if not (result or _BESIDE.fullmatch(name.as_posix())):
            return path
        by_a_run = by_a_run or not result or any(_is_source(Path(top, result[1])) for top in tops)
        first = first or path
    return None if by_a_run else first


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names if not name.startswith("."))


def _is_source(stem: Path) -> bool:
    return stem.is_file() or any(stem.parent.glob(escape(stem.name) + ".*"))
