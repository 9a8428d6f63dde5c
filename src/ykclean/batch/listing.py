"""Which files a batch is about: listed once, on disk, so that a million of them take no memory."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from ykclean.batch.keeping import printable
from ykclean.batch.kinds import is_plain, kind_of, kind_of_suffix, suffix_of
from ykclean.batch.remote import find, is_remote
from ykclean.files import STDIN
from ykclean.patterns import matches

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

FILES = (
    "(id INTEGER PRIMARY KEY, place BLOB NOT NULL UNIQUE, path BLOB NOT NULL, name TEXT NOT NULL,"
    " walked INTEGER NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL, suffix TEXT NOT NULL,"
    " stem TEXT NOT NULL)"
)
"""The columns of the table ``files``."""

_INDICES = (
    "CREATE INDEX IF NOT EXISTS files_by_path ON files(path)",
    "CREATE INDEX IF NOT EXISTS files_by_stem ON files(stem)",
)
"""Made when all files are listed: that is quicker than to keep them while there come more."""

_INSERT = """
INSERT INTO files(place, path, name, walked, size, changed, suffix, stem) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT(place) DO UPDATE SET path = excluded.path, name = excluded.name, walked = excluded.walked,
    suffix = excluded.suffix, stem = excluded.stem
WHERE (excluded.walked, length(excluded.path), excluded.path) < (walked, length(path), path)
"""
_BATCH = 200


class Found(NamedTuple):
    """A file to clean, as it was when it was listed (``changed`` is its time of change in ns)."""

    id: int
    path: str
    name: str
    walked: bool
    size: int
    changed: int


class Patterns(NamedTuple):
    """Which files of a folder to take.

    Where ``include`` is empty these are texts and web pages. Tables and archives in a folder may be anything
    (lists, annotations, results of an earlier run): they are taken where they are included or named.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def take(self, name: str) -> bool:
        """Whether a file of a folder is taken; ``name`` is its path in that folder."""
        if self.exclude and matches(self.exclude, name):
            return False
        return matches(self.include, name) if self.include else kind_of(name) in ("text", "html")


class Listing:
    """The files, in a database: of the run, or a temporary one."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Use the table ``files`` of the database."""
        self._database = database

    def scan(
        self,
        paths: Iterable[str],
        patterns: Patterns,
        *,
        leave_out: Path | None = None,
        excluded: Callable[[str], bool] | None = None,
        on_error: Callable[[OSError], object],
    ) -> None:
        """List the files that the paths name, folders walked, each file once.

        Walking leaves out what is hidden, what the patterns do not take, the folder ``leave_out``, and what
        is ``excluded`` by its path. What cannot be listed goes to ``on_error``.
        """
        out = os.path.realpath(leave_out) if leave_out else None
        rows = (row for path in paths for row in _rows(path, patterns, out, on_error))
        if excluded:
            rows = (row for row in rows if not (row[3] and excluded(os.fsdecode(cast("bytes", row[1])))))
        batch = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                self._database.executemany(_INSERT, batch)
                batch.clear()
        self._database.executemany(_INSERT, batch)
        for index in _INDICES:
            self._database.execute(index)

    def __iter__(self) -> Iterator[Found]:
        """Yield the files in the order of their paths."""
        return self.after(None)

    def after(self, path: str | None) -> Iterator[Found]:
        """Yield the files from this path on (included), in the order of their paths."""
        query = (
            "SELECT id, path, name, walked, size, changed FROM files WHERE path >= ? ORDER BY path LIMIT ?"
        )
        last, limit = os.fsencode(path) if path is not None else b"", 500
        while True:
            rows = self._database.execute(query, (last, limit)).fetchall()
            for id_, where, name, walked, size, changed in rows:
                yield Found(id_, os.fsdecode(where), name, bool(walked), size, changed)
            if len(rows) < limit:
                return
            last = rows[-1][1] + b"\0"

    def totals(self, *, before: str | None = None) -> tuple[int, int]:
        """How many files there are, or come before this path, and their bytes."""
        query = "SELECT count(*), total(size) FROM files" + (" WHERE path < ?" if before is not None else "")
        values = () if before is None else (os.fsencode(before),)
        number, size = self._database.execute(query, values).fetchone()
        return number, int(size)

    def suffixes(self) -> list[str]:
        """The ends of the names, each once."""
        return [row[0] for row in self._database.execute("SELECT DISTINCT suffix FROM files ORDER BY suffix")]

    def in_folder(self, folder: Path) -> str | None:
        """A file whose results would lie beside it, were they written into this folder."""
        query = "SELECT path FROM files WHERE CAST(place AS TEXT) = ? || '/' || name LIMIT 1"
        row = self._database.execute(query, (os.path.realpath(folder),)).fetchone()
        return os.fsdecode(row[0]) if row else None

    def holds_containers(self) -> bool:
        """Whether a file holds documents with names of their own."""
        return any(kind_of_suffix(suffix) not in ("text", "html", None) for suffix in self.suffixes())

    def any_shared_stem(self) -> bool:
        """Whether two files would bear one name in the output."""
        query = "SELECT 1 FROM files GROUP BY stem HAVING count(*) > 1 LIMIT 1"
        return self._database.execute(query).fetchone() is not None

    def shares_stem(self, name: str) -> bool:
        """Whether what is made of another file would bear the name too."""
        query = "SELECT count(*) FROM (SELECT 1 FROM files WHERE stem = ? LIMIT 2)"
        row = self._database.execute(query, (stem_of(name).casefold(),)).fetchone()
        return bool(row[0] > 1)


def stem_of(name: str) -> str:
    """The name without its last suffix, as the results of a file are called after.

    >>> stem_of("a/b.txt"), stem_of("news.v2.txt"), stem_of(".txt")
    ('a/b', 'news.v2', '.txt')
    """
    stem, dot, end = name.rpartition(".")
    return stem if dot and stem and stem[-1] != "/" and "/" not in end else name


def text_files(paths: Iterable[str], patterns: Patterns, enough: int) -> tuple[int, bool]:
    """How many files there are at least (counting ends at ``enough``), and whether one of them is no plain
    text, so that a reader must take it apart."""
    number = 0
    for path in paths:
        if path == STDIN:
            number += 1
            continue
        for row in _rows(path, patterns, None, lambda error: None):
            number += 1
            if not is_plain(str(row[2])):
                return number, True
            if number >= enough:
                return number, False
    return number, False


def not_plain(paths: Iterable[str]) -> list[str]:
    """The files, named or in folders, that a reader must take apart: pages, tables, what is packed."""
    rows = (row for path in paths for row in _rows(path, Patterns(), None, lambda error: None))
    return [os.fsdecode(cast("bytes", row[1])) for row in rows if not is_plain(str(row[2]))]


def _rows(
    path: str, patterns: Patterns, out: str | None, on_error: Callable[[OSError], object]
) -> Iterator[tuple[object, ...]]:
    if path == STDIN:
        yield STDIN.encode(), STDIN.encode(), "stdin", 0, 0, 0, "", "stdin"
        return
    if is_remote(path):
        yield from _remote_rows(path, patterns, on_error)
        return
    try:
        status = os.stat(path)  # noqa: PTH116 - many files: no objects
    except OSError as error:
        on_error(error)
        return
    path = str(Path(path))
    if stat.S_ISDIR(status.st_mode):
        yield from _walk(path, path, os.path.realpath(path), patterns, out, on_error)
    else:
        yield _row(path, os.path.realpath(path), os.path.basename(path), 0, status)  # noqa: PTH119


def _remote_rows(
    url: str, patterns: Patterns, on_error: Callable[[OSError], object]
) -> Iterator[tuple[object, ...]]:
    try:
        for found in find(url, patterns.take):
            place = found.url.encode("utf-8", "surrogateescape")
            yield place, place, *_named(found.name, found.walked, found.size, found.changed)
    except OSError as error:
        on_error(error)


def _walk(
    top: str,
    folder: str,
    place: str,
    patterns: Patterns,
    out: str | None,
    on_error: Callable[[OSError], object],
) -> Iterator[tuple[object, ...]]:
    try:
        entries = os.scandir(folder)
    except OSError as error:
        on_error(error)
        return
    deeper = []
    start = len(top.rstrip("/")) + 1 if top != "." else 2
    with entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            where = f"{place}/{entry.name}"
            try:
                if entry.is_dir(follow_symlinks=False):
                    if where != out:
                        deeper.append((entry.path, where))
                elif patterns.take(entry.path[start:]) and entry.is_file():
                    yield _row_of(entry, start, where)
            except OSError as error:  # It vanished, or is a link that leads to itself.
                on_error(error)
    for path, where in deeper:
        yield from _walk(top, path, where, patterns, out, on_error)


def _row_of(entry: os.DirEntry[str], start: int, where: str) -> tuple[object, ...]:
    place = os.path.realpath(where) if entry.is_symlink() else where
    return _row(entry.path.removeprefix("./"), place, entry.path[start:], 1, entry.stat())


def _row(path: str, place: str, name: str, walked: int, status: os.stat_result) -> tuple[object, ...]:
    rest = _named(printable(name), walked, status.st_size, status.st_mtime_ns)
    return os.fsencode(place), os.fsencode(path), *rest


def _named(name: str, walked: int, size: int, changed: int) -> tuple[object, ...]:
    suffix = suffix_of(name)
    return name, walked, size, changed, suffix, _stem(name, suffix).casefold()


def _stem(name: str, suffix: str) -> str:
    """What the results of a file are called; what holds many documents becomes a folder of its own name."""
    return stem_of(name) if kind_of_suffix(suffix) in ("text", "html", None) else name


def names_from(stream: BinaryIO) -> Iterator[str]:
    """Yield the file names of a list: one a line, or with NUL after each where there is a NUL."""
    rest = stream.read(65536)
    separator = b"\0" if b"\0" in rest else b"\n"
    while rest:
        *names, rest = rest.split(separator)
        for name in names:
            name = name if separator == b"\0" else name.rstrip(b"\r")
            if name:
                yield os.fsdecode(name)
        more = stream.read(65536)
        if not more:
            break
        rest += more
    if rest.rstrip(b"\r\n"):
        yield os.fsdecode(rest.rstrip(b"\r\n"))
