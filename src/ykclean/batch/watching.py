"""Who looks on while a run goes on: nobody, a log, plain lines, or a progress bar."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from ykclean.batch.progress import Progress, clock
from ykclean.extras import MissingExtraError, need
from ykclean.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TextIO

    from ykclean.batch.documents import Outcome
    from ykclean.batch.summary import Summary

EVERY = 10.0
"""Seconds between two plain lines of progress."""

_BAR_WIDTH = 92
"""Columns of the bar without the findings."""


class Watcher(Protocol):
    """Is told how a run goes."""

    def begin(self, progress: Progress) -> None:
        """The files are listed; work begins."""

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """A document is done."""

    def note(self, event: str, **facts: Any) -> None:
        """Something is worth a line."""

    def end(self, summary: Summary) -> None:
        """The run is over."""


class Nobody:
    """Does not look."""

    def begin(self, progress: Progress) -> None:
        """Nothing."""

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """Nothing."""

    def note(self, event: str, **facts: Any) -> None:
        """Nothing."""

    def end(self, summary: Summary) -> None:
        """Nothing."""


class Lines(Nobody):
    """Plain lines: progress now and then, a line for what failed, and with ``verbose`` one a document."""

    def __init__(self, say: Callable[[str], object], *, verbose: bool = False, quiet: bool = False) -> None:
        """Say lines by ``say``; ``quiet`` leaves only what failed."""
        self._say = say
        self._verbose, self._quiet = verbose, quiet
        self._next = monotonic() + EVERY

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """Say what is due."""
        if outcome.status == "failed":
            self._say(f"{outcome.path}: {outcome.reason}")
        elif self._verbose:
            self._say(described(outcome))
        if not self._quiet and monotonic() >= self._next:
            self._next = monotonic() + EVERY
            self._say(progress.line())

    def note(self, event: str, **facts: Any) -> None:
        """Say it."""
        if not self._quiet or event == "problem":
            self._say(_sentence(event, facts))


class Bar(Nobody):
    """A bar on a terminal, drawn by rich a few times a second."""

    def __init__(self, stream: TextIO, *, verbose: bool = False) -> None:
        """Draw on ``stream``. Raises ``MissingExtraError``."""
        need("rich", "a progress bar")
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._columns = (
            TextColumn("{task.fields[files]}"),
            BarColumn(bar_width=20),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[speed]}"),
            TextColumn("{task.fields[left]}"),
            TextColumn("[dim]{task.fields[found]}"),
        )
        # No thread of its own: threads and forked workers do not go together.
        self._bar = Progress(*self._columns, console=Console(file=stream), auto_refresh=False, transient=True)
        self._verbose = verbose
        self._next = 0.0

    def begin(self, progress: Progress) -> None:
        """Show the bar."""
        size = max(progress.total, 1)
        self._task = self._bar.add_task("", total=size, files="", speed="", left="", found="")
        self._bar.start()

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """Move the bar on when that is due."""
        if outcome.status == "failed" or self._verbose:
            self._bar.console.print(described(outcome), markup=False, highlight=False)
        if monotonic() >= self._next:
            self._next = monotonic() + 0.2
            left = progress.remaining
            self._bar.update(
                self._task,
                completed=progress.size,
                files=f"{progress.files_done:,}/{progress.files:,} files",
                speed=f"{progress.size / 1e6:,.1f}/{progress.total / 1e6:,.1f} MB"
                f"  {progress.rate / 1e6:.2f} MB/s",
                left=f"{clock(left)} left" if left is not None else "",
                found=self._found(progress),
            )
            self._bar.refresh()

    def _found(self, progress: Progress) -> str:
        """The findings, as there is room: by family, their number, or nothing."""
        room = self._bar.console.width - _BAR_WIDTH
        by_family, total = progress.findings(), f"{sum(progress.families.values()):,} findings"
        return by_family if len(by_family) <= room else total if len(total) <= room else ""

    def note(self, event: str, **facts: Any) -> None:
        """Say it above the bar."""
        self._bar.console.print(_sentence(event, facts), markup=False, highlight=False)

    def end(self, summary: Summary) -> None:
        """Take the bar away."""
        self._bar.stop()


class Log(Nobody):
    """A log file, in lines for people or in JSON lines (``as_json``), flushed line by line."""

    def __init__(self, stream: TextIO, *, as_json: bool, verbose: bool = False) -> None:
        """Write to ``stream``."""
        self._stream, self._json, self._verbose = stream, as_json, verbose
        self._next = 0.0

    def begin(self, progress: Progress) -> None:
        """Log the beginning."""
        self.note("begin", files=progress.files, bytes=progress.total)

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """Log what failed, with ``verbose`` every document, and the progress now and then."""
        if outcome.status == "failed":
            self.note("failed", path=outcome.path, reason=outcome.reason)
        elif self._verbose:
            stats = outcome.stats
            self.note(outcome.status, path=outcome.path, changes=stats.changes, articles=stats.articles)
        if monotonic() >= self._next:
            self._next = monotonic() + EVERY
            facts = {"files": progress.files_done, "documents": progress.documents, "bytes": progress.size}
            self.note("progress", **facts, failed=progress.failed, findings=dict(progress.families))

    def note(self, event: str, **facts: Any) -> None:
        """Write a line."""
        from datetime import UTC, datetime

        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        if self._json:
            import json

            line = json.dumps({"time": now, "event": event, **facts}, ensure_ascii=False)
        else:
            line = f"{now} {_sentence(event, facts)}"
        self._stream.write(line.replace("\n", " ") + "\n")
        self._stream.flush()

    def end(self, summary: Summary) -> None:
        """Log the figures."""
        self.note("end", **summary.to_dict())


class Watchers(Nobody):
    """Several at once."""

    def __init__(self, watchers: Sequence[Watcher]) -> None:
        """Tell each of them."""
        self._watchers = watchers

    def begin(self, progress: Progress) -> None:
        """Tell each."""
        for watcher in self._watchers:
            watcher.begin(progress)

    def document(self, outcome: Outcome, progress: Progress) -> None:
        """Tell each."""
        for watcher in self._watchers:
            watcher.document(outcome, progress)

    def note(self, event: str, **facts: Any) -> None:
        """Tell each."""
        for watcher in self._watchers:
            watcher.note(event, **facts)

    def end(self, summary: Summary) -> None:
        """Tell each."""
        for watcher in self._watchers:
            watcher.end(summary)


def on_terminal(stream: TextIO, say: Callable[[str], object], *, verbose: bool = False) -> Watcher:
    """Return a bar where rich is there, else plain lines."""
    try:
        return Bar(stream, verbose=verbose)
    except MissingExtraError:
        return Lines(say, verbose=verbose)


def described(outcome: Outcome) -> str:
    """A line about a document."""
    if outcome.status == "cleaned":
        changes, articles = outcome.stats.changes, outcome.stats.articles
        return f"{outcome.path}: {counted(changes, 'change')}, {counted(articles, 'article')}"
    return f"{outcome.path}: {outcome.reason}"


def _sentence(event: str, facts: dict[str, Any]) -> str:
    if event == "problem":
        return f"{facts['path']}: {facts['reason']}"
    return f"{event}: " + ", ".join(f"{key} {value}" for key, value in facts.items()) if facts else event
