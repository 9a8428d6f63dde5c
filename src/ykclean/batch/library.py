"""``clean_files``: the batch as an iterator, for scripts and notebooks."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, ClassVar

from ykclean.batch.listing import Patterns
from ykclean.batch.manifest import Manifest
from ykclean.batch.plan import TIME_LIMIT
from ykclean.batch.pool import Lost, Pool, processors
from ykclean.batch.readers import Place, Reading, documents, failed, require
from ykclean.batch.reasons import describe
from ykclean.batch.rulebook import Rulebook
from ykclean.batch.work import Work
from ykclean.config import config_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.batch.documents import Item, Outcome
    from ykclean.engine import Cleaned
    from ykclean.settings import Settings


@dataclass(frozen=True)
class FileResult:
    """What became of a document: ``cleaned``, or ``None`` and the ``error`` that says why.

    ``path`` is the file's, with ``#7`` after it for a row and ``/name`` for the member of an archive;
    ``fields`` came with the text (the other columns of its row, the title of its page).
    """

    path: str
    cleaned: Cleaned | None
    error: str | None = None
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _WholeEncoder:
    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> Any:
        return cleaned, fields or {}


def clean_files(
    paths: str | PathLike[str] | Iterable[str | PathLike[str]],
    settings: Settings | None = None,
    *,
    workers: int | None = None,
    include: str | Iterable[str] = (),
    exclude: str | Iterable[str] = (),
    text_field: str | None = None,
    boilerplate: bool = False,
    size_limit: int = Reading().size_limit,
    time_limit: float | None = TIME_LIMIT,
) -> Iterator[FileResult]:
    """Clean files, and yield a result for each document, lazily and in the order of the paths.

    Folders are walked, here or at an address such as ``s3://bucket/news``; rows of tables and members of
    archives are documents of their own. ``workers`` are processes (by default one a core; 0: this process).
    A document that is larger than ``size_limit`` bytes, takes longer than ``time_limit`` seconds (0: none) or
    kills its worker comes with its ``error``, and the others come all the same. Without ``settings`` each
    file's nearest configuration holds. Memory does not grow with the number of files, and ending the loop
    early ends the workers.

    Raises ``TypeError`` or ``ValueError`` for choices that make no sense, and, when a kind of file needs a
    package that is not installed, ``MissingExtraError``.
    """
    workers = processors() if workers is None else workers
    if workers < 0:
        raise ValueError(f"workers={workers}: 0 is this process, None one a core")
    if not isinstance(size_limit, int):
        raise TypeError(f"size_limit={size_limit!r}: a number of bytes, such as {Reading().size_limit}")
    names = [fspath(paths)] if isinstance(paths, str | PathLike) else [fspath(path) for path in paths]
    config_above.cache_clear()  # What an earlier call has read may have been edited since.
    patterns = Patterns(_patterns(include), _patterns(exclude))
    reading = Reading(text_field, size_limit, boilerplate)
    work = Work(_WholeEncoder(), Rulebook(settings=settings), reading)
    return _results(names, patterns, work, workers, time_limit or None)


def _patterns(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _results(
    paths: list[str], patterns: Patterns, work: Work, workers: int, time_limit: float | None
) -> Iterator[FileResult]:
    with closing(Manifest(None)) as manifest:
        items = _items(manifest, paths, patterns, work)
        for item, outcome in _worked(work, items, workers, time_limit):
            if isinstance(outcome, Lost) or outcome.status == "failed":
                yield FileResult(item.path, None, outcome.reason)
            elif outcome.status == "cleaned":
                yield FileResult(item.path, outcome.result[0], fields=outcome.result[1])


def _items(manifest: Manifest, paths: list[str], patterns: Patterns, work: Work) -> Iterator[Item]:
    problems: list[OSError] = []
    manifest.listing.scan(paths, patterns, excluded=work.rulebook.excludes, on_error=problems.append)
    for suffix in manifest.listing.suffixes():
        require("x" + suffix)
    for error in problems:
        yield failed(Place(str(error.filename), ""), describe(error))
    for found in manifest.listing:
        yield from documents(Place(found.path, found.name, found.walked, found.size), work.reading)


def _worked(
    work: Work, items: Iterator[Item], workers: int, time_limit: float | None
) -> Iterator[tuple[Item, Outcome | Lost]]:
    if workers == 0:
        return ((item, work(item)) for item in items)
    pool: Pool[Item, Outcome] = Pool(work, workers, size=_size, time_limit=time_limit)
    return pool.map(items)


def _size(item: Item) -> int:
    return item.size
