"""What ``ykclean check`` does, step by step: find the files, check or mend them, report, count."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ykclean.cache import Cache
from ykclean.checking import Checked, Job, Mended, UnwritableError, check_bytes, mend
from ykclean.cli.appearance import view_of
from ykclean.cli.choices import ConfigurationError
from ykclean.cli.console import put, put_bytes, say
from ykclean.cli.summary import statistics, summary
from ykclean.cli.targets import cache_folder, stdin_target, targets
from ykclean.cli.trouble import Troubles
from ykclean.config import Config, ConfigError
from ykclean.files import STDIN, write_atomically
from ykclean.numbers import counted
from ykclean.reports import FOR_PEOPLE, renderer
from ykclean.reports.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.baseline import Baseline
    from ykclean.cli.check import Request

FAILED = 2
BLOCK = 64
"""How many pieces of a report are written at once."""


@dataclass
class Tally:
    """What the summary counts."""

    files: int = 0
    failed: int = 0
    left_alone: int = 0
    known: int = 0
    fixed: int = 0
    with_findings: int = 0
    by_rule: Counter[tuple[str, str]] = field(default_factory=Counter)
    safe: int = 0
    unsafe: int = 0

    @property
    def found(self) -> int:
        """How many findings there are."""
        return self.by_rule.total()

    def add(self, checked: Checked) -> None:
        """Count the findings of a file."""
        self.with_findings += bool(checked.findings)
        for finding in checked.findings:
            self.by_rule[finding.code, finding.name] += 1
            if finding.edits:
                self.safe += finding.safe
                self.unsafe += not finding.safe


class Run:
    """One run: what is asked, under the configuration of this folder."""

    def __init__(self, request: Request) -> None:
        """Prepare; raises ``ConfigurationError``."""
        self.request = request
        self.config = request.selection.choices.config_of("x")
        self.form = request.output_format or self.config.output_format or "full"
        self.view = view_of(request.lang or self.config.lang, to_terminal=not request.output_file)
        self.troubles = Troubles(self.view.lang)
        self.tally = Tally()
        self.cache = None if request.no_cache else Cache(cache_folder(self.config, request.cache_dir))
        self.baseline = _baseline(request, self.config)


def run(request: Request) -> int:
    """Check what is asked for and return the exit code."""
    state = Run(request)
    if STDIN in request.paths:
        return _run_on_stdin(state)
    chosen = targets(request.paths or (".",), request.selection, state.troubles)
    state.tally.left_alone = chosen.left_alone
    if request.diff:
        return _show_diffs(state, chosen.jobs)
    if request.write_baseline:
        return _write_baseline(state, _check(state, chosen.jobs))
    return _finish(state, _mend_all(state, chosen.jobs) if request.fix else _check(state, chosen.jobs))


def _baseline(request: Request, config: Config) -> Baseline | None:
    named = request.baseline or (None if request.write_baseline or not config.baseline else config.baseline)
    if named is None:
        return None
    from ykclean.baseline import load_baseline

    try:
        return load_baseline(Path(named) if request.baseline else config.root / named)
    except ConfigError as error:
        raise ConfigurationError(str(error)) from error


def _check(state: Run, jobs: list[Job]) -> Iterator[Checked]:
    from ykclean.workers import check_files

    for checked in check_files(jobs, state.cache, state.request.jobs):
        yield _seen(state, checked)


def _seen(state: Run, checked: Checked) -> Checked:
    """Count a file, say what went wrong with it, and leave out what is known."""
    state.tally.files += not checked.error
    if checked.cause:
        state.troubles.report(checked.path, checked.cause)
    elif checked.error:
        _failed(state, checked.path, checked.error)
    elif checked.binary:
        say(f"{checked.path}: {WORDS[state.view.lang]['binary']}")
    if state.baseline and checked.findings:
        new = state.baseline.unknown(checked)
        state.tally.known += len(checked.findings) - len(new.findings)
        checked = new
    if not checked.exact:  # What --fix would refuse is not offered.
        checked = checked._replace(findings=tuple(one._replace(edits=()) for one in checked.findings))
    state.tally.add(checked)
    return checked


def _mend_all(state: Run, jobs: list[Job]) -> Iterator[Checked]:
    """Mend the files one after another, and yield what is left to find in each."""
    for job in jobs:
        with state.troubles.caught(job.path):
            raw = Path(job.path).read_bytes()
            checked = check_bytes(raw, job, state.cache)
            mended = _mended(state, raw, checked)
            if mended:
                write_atomically(Path(job.path), mended.data)
                state.tally.fixed += mended.fixed
                checked = check_bytes(mended.data, job, state.cache)
            yield _seen(state, checked)


def _mended(state: Run, raw: bytes, checked: Checked) -> Mended | None:
    """The mended text of a file, if anything is to be mended; what the baseline knows stays as it is."""
    if state.baseline:
        checked = state.baseline.unknown(checked)
    try:
        return mend(raw, checked.findings, unsafe=state.request.unsafe_fixes)
    except UnwritableError:
        _failed(state, checked.path, WORDS[state.view.lang]["not_mended"])
        return None


def _failed(state: Run, path: str, reason: str) -> None:
    state.troubles.count += 1
    say(f"{path}: {reason}")


def _show_diffs(state: Run, jobs: list[Job]) -> int:
    for job in jobs:
        with state.troubles.caught(job.path):
            _show_diff(state, Path(job.path).read_bytes(), job)
    return _end_of_diffs(state)


def _end_of_diffs(state: Run) -> int:
    if not state.request.quiet:
        say(_summary(state))
    return _exit_code(state, bool(state.tally.fixed))


def _show_diff(state: Run, raw: bytes, job: Job) -> None:
    from ykclean.formats.diff import unified_diff

    mended = _mended(state, raw, check_bytes(raw, job, state.cache))
    state.tally.files += 1
    if mended:
        state.tally.fixed += mended.fixed
        put(unified_diff(mended.text, mended.edits, job.path))


def _run_on_stdin(state: Run) -> int:
    """Check standard input; with ``--fix``, what it becomes goes to standard output."""
    try:
        raw = sys.stdin.buffer.read()
    except OSError as error:
        state.troubles.report(STDIN, error)
        return FAILED
    job = stdin_target(state.request.stdin_filename, state.request.selection)
    if state.request.diff:
        if job:
            _show_diff(state, raw, job)
        return _end_of_diffs(state)
    checked = check_bytes(raw, job) if job else None
    mended = _mended(state, raw, checked) if checked and state.request.fix else None
    if job and mended:
        state.tally.fixed += mended.fixed
        raw = mended.data
        checked = check_bytes(raw, job)
    if state.request.fix:
        put_bytes(raw)
    return _finish(state, iter([_seen(state, checked)] if checked else []))


def _write_baseline(state: Run, checked: Iterable[Checked]) -> int:
    from ykclean.baseline import Baseline

    file = Path(state.request.write_baseline or "")
    baseline = Baseline(file)
    number = baseline.learn(checked)
    with _told("--write-baseline", file):
        baseline.save()
    say(f"{counted(number, 'finding')} written to {file}")
    return FAILED if state.troubles.count else 0


def _finish(state: Run, checked: Iterator[Checked]) -> int:
    """Print the report and the summary, and return the exit code."""
    request = state.request
    if request.statistics:
        _emit(state, statistics(checked, state.tally, state.form, state.view))
    else:
        _emit(state, renderer(state.form)(checked, state.view))
    if not request.quiet and (state.form in FOR_PEOPLE):
        line = _summary(state)
        say(line) if request.output_file or (request.fix and STDIN in request.paths) else put(line + "\n")
    return _exit_code(state, bool(state.tally.found or (request.exit_non_zero_on_fix and state.tally.fixed)))


def _summary(state: Run) -> str:
    state.tally.failed = state.troubles.count
    return summary(state.tally, state.view, diff=state.request.diff)


def _emit(state: Run, pieces: Iterable[str]) -> None:
    if state.request.output_file:
        file, report = Path(state.request.output_file), "".join(pieces)
        with _told("-o", file):
            write_atomically(file, report.encode("utf-8", "backslashreplace"))
    elif state.request.fix and STDIN in state.request.paths:
        sys.stderr.writelines(pieces)
    else:
        for block in _blocks(pieces):
            put(block)


@contextmanager
def _told(option: str, file: Path) -> Iterator[None]:
    """Say in a line that a file which an option names cannot be written."""
    try:
        yield
    except OSError as error:
        raise click.UsageError(f"{option} {file}: {error.strerror}") from error


def _blocks(pieces: Iterable[str]) -> Iterator[str]:
    """Join the pieces of a report into blocks: many findings are one write."""
    block: list[str] = []
    for piece in pieces:
        block.append(piece)
        if len(block) == BLOCK:
            yield "".join(block)
            block.clear()
    yield "".join(block)


def _exit_code(state: Run, wrong: bool) -> int:
    if state.troubles.count:
        return FAILED
    return int(wrong and not state.request.exit_zero)
