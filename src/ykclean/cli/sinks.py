"""Where the cleaned files go: each sink is a context that yields a function to add one to it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ykclean.cli.console import put
from ykclean.cli.trouble import TroubleError
from ykclean.files import atomic_writer, output_stems, write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from ykclean.engine import Cleaned
    from ykclean.files import Input
    from ykclean.written import CleanArticle

    Add = Callable[[Input, Cleaned], None]


def open_sink(form: str, output: Path | None, inputs: Sequence[Input]) -> AbstractContextManager[Add]:
    """Return the sink for a format (``diff`` is one of them), on standard output or in a folder."""
    if form in ("json", "jsonl"):
        return _records(form, put) if output is None else _record_file(form, output / f"records.{form}")
    if output is None:
        return _printed(form, several=len(inputs) > 1)
    return _article_files(form, output, inputs)


@contextmanager
def _printed(form: str, several: bool) -> Iterator[Add]:
    first = True

    def add(item: Input, cleaned: Cleaned) -> None:
        nonlocal first
        text = _shown(form, item, cleaned)
        if several and form != "diff":
            text = f"{'' if first else chr(10)}{_heading(form, item.path)}{text}"
            text += "" if text.endswith("\n") else "\n"
        first = False
        put(text)

    yield add


def _shown(form: str, item: Input, cleaned: Cleaned) -> str:
    if form == "markdown":
        from ykclean.formats.markdown import to_markdown

        return to_markdown(cleaned.articles)
    if form == "diff":
        from ykclean.formats.diff import unified_diff

        return unified_diff(cleaned.document.text, cleaned.settled.edits, item.path)
    return cleaned.text


def _heading(form: str, path: str) -> str:
    return f"<!-- {path.replace('--', '- -')} -->\n\n" if form == "markdown" else f"==> {path} <==\n"


@contextmanager
def _records(form: str, write: Callable[[str], object]) -> Iterator[Add]:
    from ykclean.formats.records import to_json, to_jsonl

    array = form == "json"
    before = "[\n"

    def add(item: Input, cleaned: Cleaned) -> None:
        nonlocal before
        record = cleaned.to_dict(item.path)
        write(before + to_json(record) if array else to_jsonl(record))
        before = ",\n"

    yield add
    if array:
        write("\n]\n" if before == ",\n" else "[]\n")


@contextmanager
def _record_file(form: str, path: Path) -> Iterator[Add]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        atomic_writer(path) as stream,
        _records(form, lambda text: stream.write(text.encode("utf-8", "backslashreplace"))) as add,
    ):
        yield add


@contextmanager
def _article_files(form: str, folder: Path, inputs: Sequence[Input]) -> Iterator[Add]:
    stems = output_stems(inputs)
    sources = {os.path.realpath(item.path) for item in inputs}

    def add(item: Input, cleaned: Cleaned) -> None:
        stem = folder / stems[item.path]
        for number, article in enumerate(cleaned.articles, 1):
            path = stem.with_name(f"{stem.name}-{number}.{'md' if form == 'markdown' else 'txt'}")
            if os.path.realpath(path) in sources:
                raise TroubleError(f"not written: {path} is itself a file to clean; name another folder")
            write_atomically(path, _article(form, article).encode("utf-8", "backslashreplace"))

    yield add


def _article(form: str, article: CleanArticle) -> str:
    if form == "markdown":
        from ykclean.formats.markdown import to_markdown

        return to_markdown([article])
    return article.text + "\n"
