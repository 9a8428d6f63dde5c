"""The tables that ship with the package, each a file."""

from __future__ import annotations

import mmap
from pathlib import Path

DATA = Path(__file__).parent / "data"


def mapped(path: Path) -> memoryview:
    """Return the bytes of a file, which are read only where they are looked at.

    A short text looks at few of the megabytes, and processes side by side share them.
    """
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
