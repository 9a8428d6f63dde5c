"""``ykclean clean``: clean files, and print the result or write it to a folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ykclean import engine
from ykclean.cli.batch import BatchOptions, batch_options, needs_batch, run_batch
from ykclean.cli.choices import Choices, codes, filled
from ykclean.cli.console import say
from ykclean.cli.folders import output_folder, refuse_sources
from ykclean.cli.sinks import open_sink
from ykclean.cli.trouble import Troubles
from ykclean.config import allowed
from ykclean.extras import how_to_install
from ykclean.files import Input, collect, read_input
from ykclean.numbers import counted
from ykclean.settings import Chosen
from ykclean.source import BinaryError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.engine import Cleaned


FORMATS = ("text", "markdown", "json", "jsonl", "jsonl.zst", "parquet")
EXIT_CODES = """\b
Exit codes:
  0    every file was cleaned (whether or not anything had to be changed)
  1    some file could not be cleaned; a line says which and why, the others are done
  2    wrong usage or configuration; nothing was done
  130  interrupted          141  standard output was closed by its reader
  143  terminated
"""


@dataclass
class Tally:
    """What the summary counts."""

    files: int = 0
    changes: int = 0
    left: int = 0
    binary: int = 0

    def add(self, cleaned: Cleaned) -> None:
        """Count a cleaned file."""
        settled = cleaned.settled
        self.files += 1
        self.changes += settled.count("applied")
        self.left += settled.count("reported", "refused")


@click.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, callback=filled, metavar="PATH...")
@click.option(
    "-o",
    "--output",
    callback=filled,
    metavar="DIR",
    help="Write into this folder instead of standard output.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="What to give for a file: its text, its articles as Markdown, or its record (default: text).",
)
@click.option("--diff", is_flag=True, help="Show what would change, as a unified diff, and write nothing.")
@click.option("--select", multiple=True, callback=codes, metavar="CODES", help="Apply only these rules.")
@click.option("--extend-select", multiple=True, callback=codes, metavar="CODES", help="Apply these too.")
@click.option("--ignore", multiple=True, callback=codes, metavar="CODES", help="Leave these rules out.")
@click.option(
    "--semantic",
    is_flag=True,
    help="Tell articles apart by meaning too (needs ykclean[semantic]; slower, better without headlines).",
)
@click.option("--config", "config_file", metavar="FILE", help="Use this configuration, not the nearest.")
@batch_options
def clean(
    paths: Sequence[str],
    output: str | None,
    form: str,
    diff: bool,
    config_file: str | None,
    **given: Any,
) -> int:
    """Clean files of Chinese news.

    PATH is a file, a folder (its .txt, .text, .md and .markdown files, those without suffix, and web pages:
    .html, .htm, .xhtml; packed ones, too, but not what is hidden or binary), an address (https://, s3://,
    ...), or - for standard input. Files are taken in the order of their paths and may be in any encoding;
    the result is UTF-8.

    Without -o the result goes to standard output and no file is touched. With -o, text and markdown become
    one file an article (NAME-1.txt, NAME-2.txt, ...), json and jsonl one file of records.

    Web pages, JSON lines, CSV, Parquet, ZIP, tar and WARC files are read too. Many files into -o are
    cleaned in several processes, and such a run can be broken off and resumed: docs/batch.md tells more.

    CODES are codes, beginnings of codes, or names of rules, with commas between them: YK2,broken-line.
    """
    chosen = Chosen(*(given.pop(name) for name in Chosen._fields))
    options = BatchOptions(**given)
    if not paths and options.files_from is None:
        raise click.UsageError("Missing argument 'PATH...'.")
    folder = output_folder(output, paths, diff)
    if chosen.semantic and find_spec("numpy") is None:
        raise click.UsageError(how_to_install("numpy", "--semantic"))
    choices = Choices(chosen, config_file)
    if folder is not None:
        refuse_sources(folder, paths, lambda path, name: _taken(path, name, options, choices))
    if diff and options.given:
        raise click.UsageError("--diff shows changes in a few files; leave out the options for many")
    apart = needs_batch(paths, output, form, options)
    if apart and not diff:
        return run_batch(paths, folder, form, choices, options)
    troubles = Troubles()
    found = collect(
        paths, leave_out=folder, on_error=lambda error: troubles.report(str(error.filename), error)
    )
    inputs = [
        item for item in found if not (choices.config_of(item.path).excludes(item.path) and item.walked)
    ]
    if apart and not (inputs := _texts(inputs, paths, troubles)):
        return 1 if troubles.count else 0
    tally = Tally()
    with open_sink("diff" if diff else form, folder, inputs) as add:
        for item in inputs:
            with troubles.caught(item.path):
                cleaned = _clean(item, choices, tally)
                if cleaned is not None:
                    add(item, cleaned)
                    tally.add(cleaned)
    _summarize(inputs, tally, troubles, folder)
    return 1 if troubles.count else 0


def _taken(path: str, name: str, options: BatchOptions, choices: Choices) -> bool:
    """Whether a file would be cleaned, did it not lie in the folder for the results."""
    from ykclean.batch.listing import Patterns

    if not Patterns(options.include, options.exclude).take(name):
        return False
    return not choices.config_of(path).excludes(path)


def _texts(inputs: Sequence[Input], paths: Sequence[str], troubles: Troubles) -> list[Input]:
    """Return the inputs of which a diff can be shown, and say that there are others, named or in folders."""
    from ykclean.batch.kinds import is_plain
    from ykclean.batch.listing import not_plain

    texts = [item for item in inputs if is_plain(item.path)]
    troubles.count += len(inputs) - len(texts)
    others = not_plain(path for path in paths if Path(path).exists())
    if others:
        more = f" and {counted(len(others) - 1, 'other')}" if others[1:] else ""
        say(
            f"{others[0]}{more}: no diff, for the text must be taken out first;"
            " clean -o DIR --report FILE shows what is changed"
        )
    return texts


def _clean(item: Input, choices: Choices, tally: Tally) -> Cleaned | None:
    """Clean one file; ``None`` for a binary one that nobody named."""
    config = choices.config_of(item.path)
    try:
        return engine.clean(
            read_input(item), choices.settings_of(item.path), review=partial(allowed, config=config)
        )
    except BinaryError:
        if not item.walked:
            raise
        tally.binary += 1
        return None


def _summarize(inputs: Sequence[Input], tally: Tally, troubles: Troubles, folder: Path | None) -> None:
    if not inputs:
        say("no text file found; tables and archives in a folder are read if asked for: --include '*.jsonl'")
    elif len(inputs) > 1 or folder:
        parts = [f"{counted(tally.files, 'file')} cleaned", counted(tally.changes, "change")]
        if tally.left:
            parts.append(f"{counted(tally.left, 'finding')} left to look at")
        if tally.binary:
            parts.append(f"{counted(tally.binary, 'binary file')} passed over")
        if troubles.count:
            parts.append(f"{troubles.count} failed")
        say(", ".join(parts) + (f"; written to {folder}{os.sep}" if folder else ""))
