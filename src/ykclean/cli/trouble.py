"""One line for what went wrong with one file: which, what, and what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ykclean.cli.console import OutputError, say
from ykclean.extras import MissingExtraError
from ykclean.files import STDIN
from ykclean.source import BinaryError

if TYPE_CHECKING:
    from collections.abc import Iterator

ADVICE: dict[type[BaseException], str] = {
    FileNotFoundError: "no such file or folder; check the path",
    PermissionError: "permission denied; check its mode and owner",
    IsADirectoryError: "a folder, where a file is needed",
    NotADirectoryError: "a part of its path is no folder",
    BinaryError: "looks binary, not text; convert it to text first",
    MemoryError: "not enough memory for it; split it, or free some",
}


class TroubleError(Exception):
    """A file cannot be dealt with; the message says why and what to do."""


class Troubles:
    """Counts the files that failed, and says a line about each."""

    def __init__(self) -> None:
        """Begin with no trouble."""
        self.count = 0

    def report(self, path: str, error: BaseException) -> None:
        """Say what went wrong with the file, and count it."""
        self.count += 1
        where = "standard input" if path == STDIN else path or "''"
        say(f"{where}: {describe(error, path)}")

    @contextmanager
    def caught(self, path: str) -> Iterator[None]:
        """Report an error about the file and go on; only what ends the whole run goes through."""
        try:
            yield
        except OutputError:
            raise
        except Exception as error:
            self.report(path, error)


def describe(error: BaseException, path: str = "") -> str:
    """Return what went wrong and what to do about it.

    >>> describe(FileNotFoundError(2, "No such file"))
    'no such file or folder; check the path'
    """
    advice = ADVICE.get(type(error))
    if isinstance(error, OSError):
        other = f"{error.filename}: " if error.filename and str(error.filename) != path else ""
        return other + (advice or error.strerror or str(error))
    if isinstance(error, (TroubleError, MissingExtraError)):
        return str(error)
    return advice or f"{_internal(error)}; please report it, with the file"


def _internal(error: BaseException) -> str:
    place = ""
    step = error.__traceback__
    while step:
        place = f" at {step.tb_frame.f_globals.get('__name__')}:{step.tb_lineno}"
        step = step.tb_next
    return f"internal error{place} ({type(error).__name__}: {error})".replace("\n", " ")
