"""Writing files of the output whole or not at all, even when killed on the way.

What a killed run leaves half written lies in one folder, which the next run empties.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean.batch.outputs import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPORARY = f"{HIDDEN}/tmp"
"""The folder, inside the output, of what is not yet whole."""


def write_whole(folder: str | Path, name: str, data: bytes) -> None:
    """Write a file below the output's folder, which ``begin`` has made ready. Raises ``OSError``."""
    temporary = f"{folder}/{TEMPORARY}/{os.getpid()}"
    target = f"{folder}/{name}"
    try:
        _write(temporary, data)
        try:
            os.replace(temporary, target)  # noqa: PTH105 - many files: no objects
        except FileNotFoundError:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(temporary, target)  # noqa: PTH105
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_or_remove(folder: Path, name: str, lines: Iterable[bytes]) -> None:
    """Write a file of these lines; where there are none, there is to be no such file. Raises ``OSError``."""
    data = b"".join(line + b"\n" for line in lines)
    if data:
        write_whole(folder, name, data)
    else:
        (folder / name).unlink(missing_ok=True)


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        written = 0
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    finally:
        os.close(descriptor)
