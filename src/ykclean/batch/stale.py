"""What an earlier run wrote into the same folder and this one did not: its sources are gone, or yield less.

Nothing of it is touched unasked. It is named in ``stale.txt``; ``--prune`` deletes it.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ykclean.batch.durable import sync_folder
from ykclean.batch.tree import SUFFIXES, names_of
from ykclean.batch.whole import write_or_remove

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ykclean.batch.manifest import Manifest

LIST = "stale.txt"
_WHOLE = re.compile(r"records\.jsonl(\.zst)?|part-\d{5,}\.parquet")
_REMEMBER = """
INSERT INTO earlier SELECT name, ?, max(articles) FROM documents WHERE status = 'cleaned' GROUP BY name
ON CONFLICT DO UPDATE SET articles = max(articles, excluded.articles)
"""
_COMPARE = """
SELECT earlier.name, earlier.suffix, earlier.articles,
       CASE WHEN earlier.suffix = ? THEN coalesce(max(documents.articles), 0) ELSE 0 END,
       coalesce(total(documents.status = 'failed'), 0)
FROM earlier LEFT JOIN documents ON documents.name = earlier.name
GROUP BY earlier.name, earlier.suffix ORDER BY earlier.name, earlier.suffix
"""


def remember(manifest: Manifest) -> None:
    """Keep the names of what the run in the manifest wrote, before that run is forgotten."""
    suffix = SUFFIXES.get((manifest["identity"] or {}).get("format", ""))
    if suffix:
        manifest.execute(_REMEMBER, suffix)


def settle_stale(manifest: Manifest, folder: Path, *, prune: bool) -> int:
    """List in ``stale.txt``, or delete, what is left of earlier runs; returns how many files that are.

    Raises ``OSError``.
    """
    if prune:
        number = sum(1 for name in stale(manifest, folder) if _delete(folder, name))
        (folder / LIST).unlink(missing_ok=True)
        manifest.execute("DELETE FROM earlier")
        sync_folder(folder)
        return number
    names = list(stale(manifest, folder))
    write_or_remove(folder, LIST, [name.encode("utf-8", "backslashreplace") for name in names])
    return len(names)


def stale(manifest: Manifest, folder: Path) -> Iterator[str]:
    """Yield the names, below the folder, of the files that are left of earlier runs.

    What an earlier run made of a document that failed in this one is not among them.
    """
    made = manifest["outputs"] or []
    with os.scandir(folder) as entries:
        files = [entry.name for entry in entries if entry.is_file()]
    yield from sorted(name for name in files if _WHOLE.fullmatch(name) and name not in made)
    suffix = SUFFIXES.get((manifest["identity"] or {}).get("format", ""), "")
    broken = {name for (name,) in manifest.select(_BROKEN)}
    for stem, its_suffix, before, now, failed in manifest.select(_COMPARE, suffix):
        if failed or _lies_in(stem, broken):
            continue
        for name in list(names_of(stem, before, its_suffix))[now:]:
            if os.path.lexists(folder / name):
                yield name


_BROKEN = """
SELECT DISTINCT files.name FROM documents JOIN files ON files.id = documents.file
WHERE documents.status = 'failed' AND files.name != documents.name
"""
"""Archives and tables of which something could not be read: their documents may be there all the same."""


def _lies_in(stem: str, names: set[str]) -> bool:
    parts = stem.split("/") if names else []
    return any("/".join(parts[:number]) in names for number in range(1, len(parts)))


def _delete(folder: Path, name: str) -> bool:
    """Delete a file, and the folders that are empty then; whether it was there."""
    path = folder / name
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
