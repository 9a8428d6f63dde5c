"""A tree of files that mirrors the input, one an article."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ykclean.batch.outputs import HIDDEN, NoSink

if TYPE_CHECKING:
    from ykclean.batch.documents import Item
    from ykclean.engine import Cleaned


@dataclass(frozen=True)
class TreeEncoder:
    """A document → files, one an article, written here in the worker. The item's name is their stem."""

    folder: str
    form: Literal["text", "markdown"]
    keeps: bool = True

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> list[str]:
        """Write the files and return their names. Raises ``OSError``; then none of them is there."""
        names = [f"{item.name}-{number}{self._suffix}" for number in range(1, len(cleaned.articles) + 1)]
        written: list[str] = []
        try:
            for name, article in zip(names, cleaned.articles, strict=True):
                write_whole(self.folder, name, self._text(article).encode("utf-8", "backslashreplace"))
                written.append(name)
        except OSError:
            for name in written:
                Path(self.folder, name).unlink(missing_ok=True)
            raise
        return names

    @property
    def _suffix(self) -> str:
        return ".md" if self.form == "markdown" else ".txt"

    def _text(self, article: Any) -> str:
        if self.form == "markdown":
            from ykclean.formats.markdown import to_markdown

            return to_markdown([article])
        return str(article.text) + "\n"


class TreeSink(NoSink):
    """The workers have written the files already: nothing is left to do but to note it.

    After a broken run files are written again under the same names, and whole.
    """


def write_whole(folder: str, name: str, data: bytes) -> None:
    """Write a file below the output's folder: whole or not at all, even when killed on the way."""
    temporary = f"{folder}/{HIDDEN}/tmp/{os.getpid()}"
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


def _write(path: str, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        written = 0
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    finally:
        os.close(descriptor)
