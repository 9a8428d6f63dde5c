"""One line for what went wrong with one file: which, what, and what to do."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ykclean.cli.console import OutputError, say
from ykclean.extras import MissingExtraError
from ykclean.files import STDIN
from ykclean.source import BinaryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ADVICE: dict[type[BaseException], str] = {
    FileNotFoundError: "no such file or folder; check the path",
    PermissionError: "permission denied; check its mode and owner",
    IsADirectoryError: "a folder, where a file is needed",
    NotADirectoryError: "a part of its path is no folder",
    BinaryError: "looks binary, not text; convert it to text first",
    MemoryError: "not enough memory for it; split it, or free some",
}

ADVICE_ZH: dict[type[BaseException], str] = {
    FileNotFoundError: "没有这个文件或文件夹，请检查路径",
    PermissionError: "没有权限，请检查其权限和所有者",
    IsADirectoryError: "是文件夹，这里需要文件",
    NotADirectoryError: "其路径中有一段不是文件夹",
    BinaryError: "看来是二进制文件，不是文本，请先转成文本",
    MemoryError: "内存不足，请拆分文件，或释放内存",
}


class TroubleError(Exception):
    """A file cannot be dealt with; the message says why and what to do."""


class Troubles:
    """Counts the files that failed, and says a line about each."""

    def __init__(self, lang: str = "en") -> None:
        """Begin with no trouble; it will be told in this language."""
        self.count = 0
        self._advice = ADVICE_ZH if lang == "zh" else ADVICE

    def report(self, path: str, error: BaseException) -> None:
        """Say what went wrong with the file, and count it."""
        self.count += 1
        where = "standard input" if path == STDIN else path or "''"
        say(f"{where}: {describe(error, path, self._advice)}")

    @contextmanager
    def caught(self, path: str) -> Iterator[None]:
        """Report an error about the file and go on; only what ends the whole run goes through."""
        try:
            yield
        except OutputError:
            raise
        except Exception as error:
            self.report(path, error)


def describe(error: BaseException, path: str = "", known: Mapping[type, str] = ADVICE) -> str:
    """Return what went wrong and what to do about it.

    >>> describe(FileNotFoundError(2, "No such file"))
    'no such file or folder; check the path'
    """
    advice = known.get(type(error))
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
