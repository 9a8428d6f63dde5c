"""A run: list the files, clean them in workers, write the results in order, and remember what is done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from time import monotonic, perf_counter
from typing import TYPE_CHECKING, Any

from ykclean.batch.documents import Item, Outcome, Stats
from ykclean.batch.folder import begin, leave_word, manifest_place, output_folder
from ykclean.batch.forms import encoder_for, sink_for, stream_for
from ykclean.batch.listing import Found
from ykclean.batch.manifest import Manifest, Position
from ykclean.batch.naming import Names
from ykclean.batch.outputs import NoEncoder, NoSink, blocks
from ykclean.batch.plan import Plan, PlanError, identity, version
from ykclean.batch.pool import Lost, Pool, processors
from ykclean.batch.progress import Progress
from ykclean.batch.readers import Place, Reading, documents, require
from ykclean.batch.reasons import describe
from ykclean.batch.remote import changed_since, is_remote
from ykclean.batch.signals import Stopped, stopping
from ykclean.batch.summary import Summary, summarize
from ykclean.batch.watching import Nobody, Watcher
from ykclean.batch.work import Work
from ykclean.extras import MissingExtraError, need

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from ykclean.batch.outputs import Sink


CHECKPOINT = 3.0
"""Seconds between two moments from which a broken run can go on: so much is done again, at most."""


def run(plan: Plan, watcher: Watcher | None = None) -> Summary:
    """Carry out a plan, and return what came of it.

    Raises ``PlanError``, ``ManifestError``, ``MissingExtraError`` before anything is done. SIGINT and
    SIGTERM stop the run cleanly: the summary says so, and a run with ``resume`` goes on from there.
    """
    begun = perf_counter()
    watcher = watcher or Nobody()
    with output_folder(plan), closing(Manifest(manifest_place(plan) if plan.writes else None)) as manifest:
        begin(plan, manifest)
        try:
            summary = _Run(plan, manifest, watcher, begun).carry_out()
        except BaseException:
            watcher.end(Summary("broken", version(), perf_counter() - begun))
            raise
    watcher.end(summary)
    return summary


class _Run:
    """One run under way."""

    def __init__(self, plan: Plan, manifest: Manifest, watcher: Watcher, begun: float) -> None:
        self.plan, self.manifest, self.watcher, self.begun = plan, manifest, watcher, begun
        self.already = manifest.position().number
        self.sizes: dict[int, int] = {}
        self.current = 0

    def carry_out(self) -> Summary:
        """List, clean, write, leave word; whatever ends it is told in the summary."""
        message, number = "", None
        try:
            with stopping():
                self._list()
                if self.manifest["state"] != "finished":
                    self._clean()
                return self._end("finished")
        except Stopped as stop:
            number = stop.number
        except (OSError, sqlite3.Error, RuntimeError) as error:
            message = str(error) if not isinstance(error, OSError) else describe(error)
        self.manifest.rollback()
        return self._end("broken" if number is None else "stopped", message, number)

    def _end(self, state: str, message: str = "", number: int | None = None) -> Summary:
        """Sum up, and leave word of it beside what was written."""
        summary = replace(
            summarize(self.manifest),
            state=state,
            message=message,
            signal=number,
            already=self.already,
            version=version(),
            seconds=perf_counter() - self.begun,
        )
        if self.plan.writes:
            leave_word(self.plan, self.manifest, summary)
        return summary

    def _list(self) -> None:
        """List the files, unless a broken run has done so."""
        plan, manifest = self.plan, self.manifest
        if manifest["state"] is None:
            manifest["state"] = "listing"
            manifest["identity"] = identity(plan)
            manifest.listing.scan(
                plan.paths,
                plan.patterns,
                leave_out=plan.output,
                excluded=plan.rulebook.excludes,
                on_error=self._problem,
            )
            self._check_listing()
            manifest["state"] = "running"
            manifest.commit()
        files, size = manifest.listing.totals()
        self.progress = Progress(files, size)
        position = manifest.position()
        path = manifest.path_of(position.file)
        if path is not None:
            self.progress.go_on(*manifest.listing.totals(before=path))

    def _check_listing(self) -> None:
        for suffix in self.manifest.listing.suffixes():
            try:
                require("x" + suffix)
            except MissingExtraError as error:
                raise PlanError(f"{error}; or leave such files out: --exclude '*{suffix}'") from error
        if self.plan.reading.boilerplate:
            need("trafilatura", "--boilerplate")
        if self.plan.writes:
            assert self.plan.output is not None
            inside = self.manifest.listing.in_folder(self.plan.output)
            if inside:
                raise PlanError(
                    f"{self.plan.output} is the folder of {inside}, a file to clean: name another"
                )

    def _problem(self, error: OSError) -> None:
        path, reason = str(error.filename), describe(error)
        self.manifest.problem(path, reason)
        self.watcher.note("problem", path=path, reason=reason)

    def _clean(self) -> None:
        sink = self._sink()
        position = self.manifest.position()
        sink.begin(position.token)
        self.watcher.begin(self.progress)
        secured = monotonic()
        with closing(self._done(position)) as done:
            for block in blocks(done, sink.block_bytes):
                token = sink.write([outcome for _, outcome in block])
                self.manifest.add(block)
                if token is not None and monotonic() - secured >= CHECKPOINT:
                    sink.secure()  # First: the manifest must not know of what a power cut may undo.
                    self.manifest.commit(token)
                    secured = monotonic()
        self.manifest["outputs"] = sink.finish()
        self.manifest["state"] = "finished"
        self.manifest.commit()

    def _done(self, position: Position) -> Generator[tuple[Item, Outcome]]:
        """Yield the documents, cleaned, in their order. Raises ``RuntimeError`` where the disk is full."""
        items = self._items(position)
        if self.plan.limit is not None:
            items = islice(items, max(self.plan.limit - position.number, 0))
        for item, outcome in self._worked(items):
            if outcome.status == "unwritten":
                raise RuntimeError(outcome.reason)
            self._count(item, outcome)
            yield item, outcome

    def _worked(self, items: Iterator[Item]) -> Iterator[tuple[Item, Outcome]]:
        plan = self.plan
        work = Work(self._encoder(), plan.rulebook, plan.reading)
        workers = processors() if plan.workers is None else plan.workers
        if workers == 0:
            yield from ((item, work(item)) for item in items)
            return
        pool: Pool[Item, Outcome] = Pool(work, workers, size=_size, time_limit=plan.time_limit)
        for item, result in pool.map(items):
            yield item, _lost(item, result) if isinstance(result, Lost) else result

    def _items(self, position: Position) -> Iterator[Item]:
        """Yield the documents that are still to be done, numbered, and named for the output."""
        tree = self.plan.form in ("text", "markdown") and self.plan.writes
        names = Names(self.manifest) if tree else None
        start = self.manifest.path_of(position.file)
        for found in self.manifest.listing.after(start):
            done = position.part if found.id == position.file else 0
            if done:
                _refuse_changed(found)
            self.sizes[found.id] = found.size
            for part, read in enumerate(_documents(found, self.plan.reading), 1):
                if part > done:
                    item = read._replace(file=found.id, part=part)
                    yield names.named(item) if names else item

    def _count(self, item: Item, outcome: Outcome) -> None:
        progress = self.progress
        if item.file != self.current:
            progress.size += self.sizes.pop(self.current, 0)
            progress.files_done += self.current != 0
            self.current = item.file
        progress.count(outcome)
        self.watcher.document(outcome, progress)

    def _encoder(self) -> Any:
        return NoEncoder() if self.plan.dry_run else encoder_for(self.plan.form, self.plan.output)

    def _sink(self) -> Sink:
        plan = self.plan
        if plan.dry_run:
            return NoSink()
        if plan.output is None:
            assert plan.put is not None
            return stream_for(plan.form, plan.put)
        return sink_for(plan.form, plan.output)


def _size(item: Item) -> int:
    return item.size


def _lost(item: Item, lost: Lost) -> Outcome:
    return Outcome(item.path, "failed", Stats(item.size), lost.reason)


def _documents(found: Found, reading: Reading) -> Iterator[Item]:
    return documents(Place(found.path, found.name, found.walked, found.size), reading)


def _refuse_changed(found: Found) -> None:
    """A file that was half done must be the same when a run goes on in it."""
    if is_remote(found.path):
        changed = changed_since(found.path, found.size, found.changed)
    else:
        status = Path(found.path).stat()
        changed = (status.st_size, status.st_mtime_ns) != (found.size, found.changed)
    if changed:
        raise RuntimeError(f"{found.path} was changed since the run began: begin anew by --restart")
