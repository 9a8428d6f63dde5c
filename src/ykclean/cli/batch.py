"""The options of ``clean`` for many files, and the way from them to a run."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from importlib.util import find_spec
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import click

from ykclean.cli.choices import patterns
from ykclean.cli.console import put_bytes, say
from ykclean.extras import how_to_install
from ykclean.files import STDIN, TEXT_SUFFIXES
from ykclean.lazy import pattern
from ykclean.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ykclean.batch.plan import Plan
    from ykclean.batch.summary import Summary
    from ykclean.batch.watching import Watcher
    from ykclean.cli.choices import Choices

MANY = 256
"""From so many files on, ``-o`` is a batch without being asked."""

TERMINATED = 143
ADDRESS = pattern(r"[A-Za-z][A-Za-z0-9+.-]+://")
_UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


class BatchOptions(NamedTuple):
    """The options, as ``ykclean clean --help`` explains them."""

    workers: int | None
    resume: bool
    restart: bool
    report: str | None
    prune: bool
    dry_run: bool
    limit: int | None
    files_from: str | None
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    text_field: str | None
    boilerplate: bool
    time_limit: float | None
    size_limit: int | None
    log_file: str | None
    log_json: bool
    quiet: bool
    verbose: bool

    @property
    def given(self) -> bool:
        """Whether any of them was used."""
        return any(value is not None and value is not False and value != () for value in self)


class Size(click.ParamType):  # type: ignore[type-arg] # not generic in older versions
    """A number of bytes: ``500000``, ``20M``, ``1.5G``."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the bytes."""
        text = str(value).lower().removesuffix("b")
        unit = text[-1:] if text[-1:] in "kmgt" else ""
        number = _limit(text.removesuffix(unit), _UNITS[unit])
        if number is None:
            self.fail(f"{value!r} is no size: write 500000, 20M or 1.5G, or 0 for no limit", param, ctx)
        return ceil(number)


class Seconds(click.ParamType):  # type: ignore[type-arg]
    """A number of seconds: ``90``, ``0.5``."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the seconds."""
        number = _limit(str(value))
        if number is None:
            self.fail(f"{value!r} is no time: write seconds, or 0 for no limit", param, ctx)
        return number


def _limit(text: str, unit: int = 1) -> float | None:
    try:
        number = float(text) * unit
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def batch_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a batch to a command."""
    option = click.option
    taking = partial(option, multiple=True, callback=patterns, metavar="PATTERN")
    for add in reversed(
        (
            option("--workers", type=click.IntRange(0), metavar="N", help="Processes; default: one a core."),
            option("--resume", is_flag=True, help="Go on with a run into -o that was broken off."),
            option("--restart", is_flag=True, help="Begin a run into -o anew that was broken off."),
            option(
                "--prune", is_flag=True, help="Delete what earlier runs into -o wrote and this one does not."
            ),
            option("--dry-run", is_flag=True, help="Clean, show the figures, and write nothing."),
            option("--limit", type=click.IntRange(0), metavar="N", help="Stop after N documents."),
            option("--files-from", metavar="FILE", help="Take paths from FILE (- for standard input)."),
            taking("--include", help="Of folders, take only these files."),
            taking("--exclude", help="Of folders, leave these files out."),
            option("--text-field", metavar="NAME", help="The field of JSON, CSV or Parquet with the text."),
            option("--boilerplate", is_flag=True, help="Find the main text of HTML pages by trafilatura."),
            option("--time-limit", type=Seconds(), metavar="SECONDS", help="For one document [60; 0: none]."),
            option("--size-limit", type=Size(), metavar="SIZE", help="For one document [32M; 0: none]."),
            option("--report", metavar="FILE", help="Write a page (HTML) that shows what was changed."),
            option("--log-file", metavar="FILE", help="Log what happens into FILE."),
            option("--log-json", is_flag=True, help="Log in lines of JSON (to standard error without FILE)."),
            option("-q", "--quiet", is_flag=True, help="Say only what failed."),
            option("-v", "--verbose", is_flag=True, help="Say a line about each document."),
        )
    ):
        command = add(command)
    return command


def needs_batch(paths: Sequence[str], output: str | None, form: str, options: BatchOptions) -> bool:
    """Whether this is for a batch: an option of it is used, or an input or output that only it knows, or
    many files go into a folder. Raises ``click.UsageError`` where results are to go to an address."""
    if output and ADDRESS.match(output):
        raise click.UsageError(f"-o {output}: results go into a folder of this machine; copy them from there")
    if any(map(ADDRESS.match, paths)):
        return True
    if options.given or form in ("jsonl.zst", "parquet"):
        return True
    if len(paths) < MANY and all(map(_is_text_file, paths)):
        return False  # The usual case, told without the modules for many files.
    from ykclean.batch.listing import Patterns, text_files

    enough = MANY if output is not None and form != "json" else sys.maxsize
    number, others = text_files(paths, Patterns(), enough)
    return others or number >= enough


def _is_text_file(path: str) -> bool:
    return path == STDIN or (Path(path).suffix.lower() in TEXT_SUFFIXES and not Path(path).is_dir())


def run_batch(
    paths: Sequence[str], output: Path | None, form: str, choices: Choices, options: BatchOptions
) -> int:
    """Carry out the batch and return the exit code. Raises ``click.UsageError``."""
    from ykclean.batch.manifest import ManifestError
    from ykclean.batch.plan import PlanError
    from ykclean.batch.run import run
    from ykclean.config import ConfigError
    from ykclean.extras import MissingExtraError

    _check(output, form, options)
    with ExitStack() as stack:
        watcher = _watcher(options, stack)
        try:
            summary = run(_plan(paths, output, form, choices, options), watcher)
            _end(summary, output, options)
            if options.report and output is not None and summary.state == "finished":
                _report(output, Path(options.report), summary)
        except (ManifestError, PlanError, MissingExtraError, ConfigError) as error:
            raise click.UsageError(str(error)) from error
    if summary.signal is not None:
        return 130 if summary.signal == 2 else TERMINATED
    return 1 if summary.failed or summary.state != "finished" else 0


def _check(output: Path | None, form: str, options: BatchOptions) -> None:
    needing = {
        "--resume": options.resume,
        "--restart": options.restart,
        "--prune": options.prune,
        "--report": options.report,
        "--format parquet": form == "parquet",
        "--format jsonl.zst": form == "jsonl.zst",
    }
    for name, used in needing.items():
        if used and output is None:
            raise click.UsageError(f"{name} needs a folder for the results: -o DIR")
    if form == "json":
        raise click.UsageError("--format json is one array, for a few files: use jsonl for many")
    if options.resume and options.restart:
        raise click.UsageError("--resume goes on with a run, --restart begins it anew: choose one")
    if options.prune and (options.dry_run or options.limit is not None):
        raise click.UsageError("--prune needs a run over all files: leave out --dry-run and --limit")
    if options.report and find_spec("jinja2") is None:
        raise click.UsageError(how_to_install("jinja2", "--report"))
    if options.report and options.dry_run:
        raise click.UsageError("--report is drawn from what was written; leave out --dry-run")


def _plan(
    paths: Sequence[str], output: Path | None, form: str, choices: Choices, options: BatchOptions
) -> Plan:
    from ykclean.batch.listing import Patterns
    from ykclean.batch.plan import TIME_LIMIT, Plan
    from ykclean.batch.readers import Reading
    from ykclean.batch.rulebook import Rulebook

    size_limit = Reading().size_limit if options.size_limit is None else options.size_limit or sys.maxsize
    return Plan(
        paths=_all_paths(paths, options.files_from),
        output=output,
        form=form,  # type: ignore[arg-type] # click has checked it
        put=put_bytes,
        rulebook=Rulebook(choices.chosen, choices.file),
        reading=Reading(options.text_field, size_limit, options.boilerplate),
        patterns=Patterns(options.include, options.exclude),
        workers=options.workers,
        time_limit=TIME_LIMIT if options.time_limit is None else options.time_limit or None,
        limit=options.limit,
        resume=options.resume,
        restart=options.restart,
        dry_run=options.dry_run,
        prune=options.prune,
    )


def _all_paths(paths: Sequence[str], files_from: str | None) -> Iterable[str]:
    yield from paths
    if files_from is not None:
        yield from _listed(files_from)


def _listed(files_from: str) -> Iterator[str]:
    from ykclean.batch.listing import names_from

    try:
        if files_from == "-":
            yield from names_from(sys.stdin.buffer)
            return
        with Path(files_from).open("rb") as stream:
            yield from names_from(stream)
    except OSError as error:
        raise click.UsageError(f"--files-from {files_from}: {error.strerror}") from error


def _watcher(options: BatchOptions, stack: ExitStack) -> Watcher:
    from ykclean.batch.watching import Lines, Log, Watchers, on_terminal

    watchers: list[Watcher] = []
    if options.log_json and not options.log_file:
        watchers.append(Log(sys.stderr, as_json=True, verbose=options.verbose))
    elif sys.stderr.isatty() and not options.quiet:
        watchers.append(on_terminal(sys.stderr, say, verbose=options.verbose))
    else:
        watchers.append(Lines(say, verbose=options.verbose, quiet=options.quiet))
    if options.log_file:
        stream = stack.enter_context(_log_stream(options.log_file))
        watchers.append(Log(stream, as_json=options.log_json, verbose=options.verbose))
    return Watchers(watchers)


def _log_stream(path: str) -> TextIO:
    try:
        return Path(path).open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise click.UsageError(f"--log-file {path}: {error.strerror}") from error


def _end(summary: Summary, output: Path | None, options: BatchOptions) -> None:
    from ykclean.batch.summary import table

    if not options.quiet and not (options.log_json and not options.log_file):
        if output is not None or options.dry_run:
            for line in table(summary):
                say(line)
        elif not (summary.documents or summary.failed) and summary.state == "finished":
            say("no document to clean")
        elif summary.documents > 1:
            failed = f", {summary.failed:,} failed" if summary.failed else ""
            cleaned, changes = counted(summary.cleaned, "document"), counted(summary.changes, "change")
            say(f"{cleaned} cleaned, {changes}{failed}")
    if summary.failed and output is not None and not options.dry_run:
        say(f"{summary.failed:,} in quarantine: {output / 'quarantine.jsonl'} says why")
    if summary.stale and output is not None:
        not_now = " (but not while some sources cannot even be listed)" if options.prune else ""
        say(
            f"left of earlier runs, and not written by this one: {counted(summary.stale, 'file')};"
            f" {output / 'stale.txt'} has the names,"
            f" --prune deletes them{not_now}"
        )
    if summary.state != "finished":
        why = summary.message or "stopped"
        how = "; the same command with --resume goes on from here" if output is not None else ""
        say(f"{why}: {counted(summary.documents, 'document')} done{how}")


def _report(output: Path, target: Path, summary: Summary) -> None:
    from ykclean.report_html import write_report

    written = write_report(output, target)
    say(f"report: {target} ({written.shown:,} of {counted(written.documents, 'document')} shown in full)")
