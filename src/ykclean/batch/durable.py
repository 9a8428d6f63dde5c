"""Seeing that files last, even if the power fails: what the manifest says is done must be on the disk."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def sync_file(path: Path) -> None:
    """Wait until the bytes of a file are on the disk. Raises ``OSError``."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk. Raises ``OSError``."""
    if os.name == "posix":  # Elsewhere a folder cannot be opened, and its names need no care.
        sync_file(folder)


def sync_files(folder: Path, names: Iterable[str]) -> None:
    """Wait until files below a folder, and their names, are on the disk. Raises ``OSError``.

    Where the system can be asked to write everything of a file system, it is: thousands of small files
    then cost one wait instead of as many.
    """
    if _syncfs() is not None:
        _sync_file_system(folder)
        return
    folders = set()
    for name in names:
        path = folder / name
        sync_file(path)
        folders.add(path.parent)
    for parent in sorted(folders):
        sync_folder(parent)


def _sync_file_system(folder: Path) -> None:
    import ctypes

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _syncfs()(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


@cache
def _syncfs() -> Any:
    """Linux's ``syncfs``; ``None`` where there is none."""
    if sys.platform != "linux":
        return None
    import ctypes

    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
