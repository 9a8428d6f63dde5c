"""Finding the files to clean, reading them, and writing results: whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

STDIN = "-"
"""The path that means standard input."""

TEXT_SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown"})
"""What is taken when a folder is walked. A file that is named itself is always taken."""


class Input(NamedTuple):
    """A file to clean: its path as the record gives it, and a name for what is made of it.

    ``name`` is relative to the folder that was walked; ``walked`` tells that it was found there, not
    named itself.
    """

    path: str
    name: str
    walked: bool = False


def collect(
    paths: Iterable[str], *, leave_out: Path | None = None, on_error: Callable[[OSError], object]
) -> list[Input]:
    """Return the files that the paths name, folders walked, each file once, sorted by path.

    Walking leaves out what is hidden, what has another suffix than a text, and the folder
    ``leave_out``. A folder that cannot be listed goes to ``on_error``.
    """
    found: dict[str, Input] = {}
    for path in paths:
        if path != STDIN and os.path.isdir(path):  # noqa: PTH112 - a path as the user spelled it
            inputs = _walk(path, leave_out, on_error)
        else:
            inputs = iter([Input(path, "stdin" if path == STDIN else Path(path).name)])
        for item in inputs:
            place = STDIN if item.path == STDIN else os.path.realpath(item.path)
            found[place] = min(found.get(place, item), item, key=_preference)
    return sorted(found.values())


def _preference(item: Input) -> tuple[bool, int, str]:
    return item.walked, len(item.path), item.path


def _walk(top: str, leave_out: Path | None, on_error: Callable[[OSError], object]) -> Iterator[Input]:
    out = os.path.realpath(leave_out) if leave_out else None
    for folder, folders, names in os.walk(top, onerror=on_error):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(os.path.join(folder, name)) != out  # noqa: PTH118
        ]
        for name in names:
            path = Path(folder, name)
            if not name.startswith(".") and path.suffix.lower() in TEXT_SUFFIXES and path.is_file():
                yield Input(str(path), str(path.relative_to(top)), walked=True)


def read_input(item: Input) -> bytes:
    """Return the bytes of a file, or of standard input. Raises ``OSError`` where it cannot be read."""
    return sys.stdin.buffer.read() if item.path == STDIN else Path(item.path).read_bytes()


@contextmanager
def atomic_writer(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of ``path`` once it is written in full; else nothing changes.

    A file that is replaced keeps its mode, and a link goes on pointing to it.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    temporary = target.with_name(f".ykclean-{os.urandom(6).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:
            yield stream
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file in full, or leave everything as it was. Its folder is made where missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_writer(path) as stream:
        stream.write(data)


def output_stems(inputs: Iterable[Input]) -> dict[str, Path]:
    """Return for the path of each input the name, without suffix, of what is made of it.

    Where two inputs would share a name (``a.txt`` and ``a.md``, or two folders with the same file),
    both have a digest of their path added: the name depends on no order.

    >>> output_stems([Input("x/a.txt", "a.txt"), Input("x/b.md", "b.md")])["x/a.txt"].name
    'a'
    """
    stems = {item.path: Path(item.name or "unnamed").with_suffix("") for item in inputs}
    uses = Counter(str(stem).casefold() for stem in stems.values())
    return {
        path: stem.with_name(f"{stem.name}~{_digest(path)}") if uses[str(stem).casefold()] > 1 else stem
        for path, stem in stems.items()
    }


def _digest(path: str) -> str:
    from hashlib import sha256

    return sha256(os.fsencode(path)).hexdigest()[:8]
