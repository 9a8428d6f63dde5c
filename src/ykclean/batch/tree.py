"""A tree of files that mirrors the input, one an article."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ykclean.batch.durable import sync_files
from ykclean.batch.outputs import BLOCK_BYTES, Token
from ykclean.batch.whole import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.batch.documents import Item, Outcome
    from ykclean.engine import Cleaned


TreeForm = Literal["text", "markdown"]
SUFFIXES: dict[str, str] = {"text": ".txt", "markdown": ".md"}
"""Format → the end of the names of its files."""


def names_of(stem: str, articles: int, suffix: str) -> Iterator[str]:
    """Yield the names of the files of a document, by its stem.

    >>> list(names_of("a/b", 2, ".txt"))
    ['a/b-1.txt', 'a/b-2.txt']
    """
    for number in range(1, articles + 1):
        yield f"{stem}-{number}{suffix}"


@dataclass(frozen=True)
class TreeEncoder:
    """A document → files, one an article, written here in the worker. The item's name is their stem."""

    folder: str
    form: TreeForm
    keeps: bool = True

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> str:
        """Write the files and return their stem. Raises ``OSError``; then none of them is there."""
        written: list[str] = []
        names = names_of(item.name, len(cleaned.articles), SUFFIXES[self.form])
        try:
            for name, article in zip(names, cleaned.articles, strict=True):
                write_whole(self.folder, name, self._text(article).encode("utf-8", "backslashreplace"))
                written.append(name)
        except OSError:
            for name in written:
                Path(self.folder, name).unlink(missing_ok=True)
            raise
        return item.name

    def _text(self, article: Any) -> str:
        if self.form == "markdown":
            from ykclean.formats.markdown import to_markdown

            return to_markdown([article])
        return str(article.text) + "\n"


class TreeSink:
    """The workers have written the files already: what is left is to see that they last.

    After a broken run files are written again under the same names, and whole.
    """

    block_bytes = BLOCK_BYTES

    def __init__(self, folder: Path, form: TreeForm) -> None:
        """For the files of this format in the folder."""
        self._folder, self._suffix = folder, SUFFIXES[form]
        self._written: list[tuple[str, int]] = []

    def begin(self, token: Token | None) -> None:
        """Nothing to do."""

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Note what was written."""
        self._written += [(o.result, o.stats.articles) for o in outcomes if o.status == "cleaned"]
        return {}

    def secure(self) -> None:
        """See that what was written lasts."""
        names = [name for stem, number in self._written for name in names_of(stem, number, self._suffix)]
        sync_files(self._folder, names)
        self._written.clear()

    def finish(self) -> list[str]:
        """The files have their places."""
        self.secure()
        return []
