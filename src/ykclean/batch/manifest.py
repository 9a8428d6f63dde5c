"""The run's memory, in SQLite: what is to be done, what was done, with which settings and version.

Documents are noted in their order and committed together with the output's token. So what is committed is
a prefix of the work, whatever moment a run is killed at, and a resumed run goes on right after it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.json import encode

from ykclean.batch.keeping import printable
from ykclean.batch.listing import FILES, Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ykclean.batch.documents import Item, Outcome
    from ykclean.batch.outputs import Token

TABLES = {
    "run": "(key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "problems": "(path TEXT NOT NULL, reason TEXT NOT NULL)",
    "names": "(name TEXT PRIMARY KEY, file INTEGER, part INTEGER) WITHOUT ROWID",
    "documents": (
        "(number INTEGER PRIMARY KEY, file INTEGER NOT NULL, part INTEGER NOT NULL, path TEXT NOT NULL,"
        " name TEXT NOT NULL, status TEXT NOT NULL, reason TEXT NOT NULL, size INTEGER NOT NULL,"
        " characters INTEGER NOT NULL, encoding TEXT NOT NULL, articles INTEGER NOT NULL,"
        " changes INTEGER NOT NULL, left INTEGER NOT NULL, codes TEXT NOT NULL)"
    ),
    "records": "(number INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    "files": FILES,
}
"""What belongs to a run."""

EARLIER = "(name TEXT, suffix TEXT, articles INTEGER NOT NULL, PRIMARY KEY (name, suffix)) WITHOUT ROWID"
"""The table ``earlier``: which files earlier runs have left in the folder."""

FORMAT = 3
"""Raised when the tables change, so that an older run is not misread."""

_CACHE_KB = 512
_ROW = f"INSERT INTO documents VALUES ({', '.join('?' * 14)})"


class ManifestError(Exception):
    """The manifest cannot be used; the message says why and what to do."""


class Position(NamedTuple):
    """How far a run has come: ``number`` documents, the last of them ``part`` of ``file``."""

    number: int = 0
    file: int = 0
    part: int = 0
    token: Token | None = None


class Manifest:
    """An open manifest. It is locked: one run at a time."""

    def __init__(self, path: Path | None) -> None:
        """Open it, or make it; with ``None`` a temporary one. Raises ``ManifestError``."""
        try:
            self._database = sqlite3.connect(str(path) if path else "", timeout=0.5, isolation_level=None)
            if path:
                self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
                self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            self._database.execute("BEGIN IMMEDIATE")
            self._cleared = False
            self._make_tables()
            self.commit()
            self.listing = Listing(self._database)
        except sqlite3.Error as error:
            raise ManifestError(_explained(error, path)) from error
        self._number = self.position().number

    def _make_tables(self) -> None:
        for name, columns in {**TABLES, "earlier": EARLIER}.items():
            self._database.execute(f"CREATE TABLE IF NOT EXISTS {name}{columns}")

    def __getitem__(self, key: str) -> Any:
        """A fact about the run, or ``None``."""
        row = self._database.execute("SELECT value FROM run WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def __setitem__(self, key: str, value: Any) -> None:
        """Note a fact about the run; ``commit`` makes it last."""
        self._database.execute("INSERT OR REPLACE INTO run VALUES (?, ?)", (key, json.dumps(value)))

    def check(self, identity: Mapping[str, Any]) -> None:
        """Raise ``ManifestError`` unless the run was begun with the same choices."""
        begun = self["identity"] or {}
        other = [key for key in sorted({*begun, *identity}) if begun.get(key) != identity.get(key)]
        if other:
            changes = ", ".join(f"{key} was {_shown(begun.get(key))}" for key in other)
            raise ManifestError(
                f"the run was begun otherwise ({changes}): do as then, or begin anew by --restart"
            )

    def position(self) -> Position:
        """Where the run stands."""
        row = self._database.execute(
            "SELECT number, file, part FROM documents ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number, file, part = row or (0, 0, 0)
        return Position(number, file, part, self["token"])

    def path_of(self, file: int) -> str | None:
        """The path of a file of the listing."""
        row = self._database.execute("SELECT path FROM files WHERE id = ?", (file,)).fetchone()
        return os.fsdecode(row[0]) if row else None

    def add(self, done: Iterable[tuple[Item, Outcome]]) -> None:
        """Note documents, in their order."""
        rows, kept = [], []
        for item, outcome in done:
            self._number += 1
            rows.append(self._row(item, outcome))
            if outcome.kept:
                kept.append((self._number, outcome.kept))
        self._database.executemany(_ROW, rows)
        self._database.executemany("INSERT INTO records VALUES (?, ?)", kept)

    def _row(self, item: Item, outcome: Outcome) -> tuple[object, ...]:
        *figures, codes = outcome.stats
        what = printable(outcome.path), printable(item.name), outcome.status, printable(outcome.reason)
        return self._number, item.file, item.part, *what, *figures, encode(codes).decode()

    def problem(self, path: str, reason: str) -> None:
        """Note what could not even be listed."""
        self._database.execute("INSERT INTO problems VALUES (?, ?)", (printable(path), reason))

    def claim(self, name: str, file: int, part: int) -> bool:
        """Take a name for the results of a document; whether no other document has it."""
        key = printable(name).casefold()
        self._database.execute("INSERT OR IGNORE INTO names VALUES (?, ?, ?)", (key, file, part))
        row = self._database.execute("SELECT file, part FROM names WHERE name = ?", (key,)).fetchone()
        return bool(row == (file, part))

    def commit(self, token: Token | None = None) -> None:
        """Make everything noted so far last. Raises ``sqlite3.Error`` where the disk is full."""
        if token is not None:
            self["token"] = token
        self._database.execute("COMMIT")
        self._cleared = False
        self._database.execute("BEGIN IMMEDIATE")

    def clear(self) -> None:
        """Forget the run, but not what earlier ones have left.

        That lasts even after a ``rollback``: a new run stopped at its listing must not be taken for the one
        before. Where the new run is refused and only closes the manifest, the one before stays.
        """
        for table in TABLES:
            self._database.execute(f"DROP TABLE IF EXISTS {table}")
        self._make_tables()
        self._number = 0
        self._cleared = True

    def rollback(self) -> None:
        """Forget what was noted since the last commit."""
        if self._cleared:
            with suppress(sqlite3.Error):  # The disk may be full.
                self.clear()
                self.commit()
                return
        if self._database.in_transaction:
            self._database.execute("ROLLBACK")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Close it; what was not committed is forgotten."""
        self._database.close()

    def select(self, query: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        with closing(self._database.cursor()) as cursor:
            yield from cursor.execute(query, values)

    def execute(self, statement: str, *values: object) -> None:
        """Carry out a statement."""
        self._database.execute(statement, values)


def _shown(value: Any) -> str:
    """A choice as one writes it on the command line."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, list):
        value = ",".join(value)
    return "not given" if value in (None, "") else str(value)


def _explained(error: sqlite3.Error, path: Path | None) -> str:
    if "locked" in str(error):
        return f"another run is writing there (it holds {path}); wait for it, or name another folder"
    return f"{path}: {error}"
