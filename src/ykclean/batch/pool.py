"""Processes that work through documents: in order, bounded, and one bad document costs one document.

Each worker has a pipe of its own, so a worker that is killed at any moment, even halfway through a
message, is seen as the end of its pipe and harms no other. (With one pipe for all, as pebble and the
standard library have it, a worker killed while it holds the lock or writes takes the pool down.)
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import sys
import threading
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import monotonic
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from typing import Any

T = TypeVar("T")
R = TypeVar("R")

CHUNK_BYTES = 128 * 1024
CHUNK_ITEMS = 32
WINDOW_BYTES = 2 * 1024 * 1024
WINDOW_ITEMS = 256
"""What may be under way for each worker, waiting for an earlier document included."""

TICK = 0.25
_GRACE = 2.0
_STILLBORN = 5
_READY = "ready"


class Lost(NamedTuple):
    """In place of a result: the worker died or was stopped on this item; ``reason`` tells which."""

    reason: str


class Job(NamedTuple):
    """An item under way, by its place in the order; ``tries`` counts the workers that died on it."""

    number: int
    item: Any
    size: int
    tries: int = 0


@dataclass(eq=False)
class _Worker:
    process: BaseProcess
    pipe: Connection
    jobs: deque[Job] = field(default_factory=deque)
    since: float = 0.0
    ready: bool = False


class Pool(Generic[T, R]):
    """``workers`` processes that apply ``work`` to items.

    ``time_limit`` (seconds) is for one item; one on which two workers in a row die is given up. No
    process is started before the first item. Raises ``RuntimeError`` where workers cannot start.
    """

    def __init__(
        self,
        work: Callable[[T], R],
        workers: int,
        *,
        size: Callable[[T], int],
        time_limit: float | None = None,
    ) -> None:
        """Prepare; ``size`` tells the bytes that an item will take."""
        self._work = work
        self._count = workers
        self._size = size
        self._limit = time_limit
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._todo: deque[Job] = deque()
        self._results: dict[int, tuple[T, R | Lost, int]] = {}
        self._taken = self._given = self._waiting_bytes = self._stillborn = 0

    def map(self, items: Iterator[T]) -> Iterator[tuple[T, R | Lost]]:
        """Yield each item with its result, in the order of the items.

        Items are taken as they are needed. Stopping early, by an exception too, ends the workers.
        """
        try:
            more = True
            while more or self._given < self._taken:
                more = more and self._take(items)
                self._hand_out()
                while self._given in self._results:
                    item, result, size = self._results.pop(self._given)
                    self._given += 1
                    self._waiting_bytes -= size
                    yield item, result
                if self._given < self._taken:
                    self._wait()
        finally:
            self.close()

    def close(self) -> None:
        """End the workers at once."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            self._dismiss(worker)
        self._workers.clear()
        self._selector.close()

    def _take(self, items: Iterator[T]) -> bool:
        """Fill the window; whether there may be more items."""
        while (
            self._taken - self._given < WINDOW_ITEMS * self._count
            and self._waiting_bytes < WINDOW_BYTES * self._count
            and len(self._todo) < 2 * CHUNK_ITEMS * self._count
        ):
            try:
                item = next(items)
            except StopIteration:
                return False
            size = self._size(item)
            self._todo.append(Job(self._taken, item, size))
            self._taken += 1
            self._waiting_bytes += size
        return True

    def _hand_out(self) -> None:
        """Give each idle worker a chunk: it reads its pipe then, so sending cannot block."""
        while self._todo:
            idle = next((worker for worker in self._workers if not worker.jobs), None)
            if idle is None:
                if len(self._workers) >= self._count:
                    return
                idle = self._start()
            idle.jobs = self._chunk()
            idle.since = monotonic()
            try:
                idle.pipe.send([job.item for job in idle.jobs])
            except OSError:
                self._bury(idle)

    def _chunk(self) -> deque[Job]:
        jobs: deque[Job] = deque()
        size = 0
        share = max(1, -(-len(self._todo) // self._count))
        while self._todo and len(jobs) < min(CHUNK_ITEMS, share) and (size < CHUNK_BYTES or not jobs):
            job = self._todo.popleft()
            jobs.append(job)
            size += job.size
            if job.tries:
                break  # Alone, so that nothing else is lost if it kills again.
        return jobs

    def _start(self) -> _Worker:
        # A copy of this process has everything imported already; but not where threads may hold locks.
        fork = sys.platform == "linux" and threading.active_count() == 1
        context: Any = get_context("fork" if fork else "spawn")
        ours, theirs = context.Pipe()
        others = [worker.pipe for worker in self._workers] + [ours] if fork else []
        process = context.Process(target=_serve, args=(self._work, theirs, others), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def _wait(self) -> None:
        timeout = TICK if self._limit is None else min(TICK, self._limit / 4)
        for key, _ in self._selector.select(timeout):
            self._receive(key.data)
        if self._limit is not None:
            now = monotonic()
            for worker in [w for w in self._workers if w.jobs and now - w.since > self._limit]:
                self._settle(
                    worker.jobs.popleft(), Lost(f"took longer than the time limit of {self._limit:g} s")
                )
                self._bury(worker, blame=False)

    def _receive(self, worker: _Worker) -> None:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        worker.since = monotonic()
        if worker.ready:
            self._settle(worker.jobs.popleft(), result)
        worker.ready = True
        self._stillborn = 0

    def _settle(self, job: Job, result: Any) -> None:
        self._results[job.number] = (job.item, result, job.size)

    def _bury(self, worker: _Worker, *, blame: bool = True) -> None:
        """Take a worker that died, or is to die, out; what it had not done goes to others."""
        self._workers.remove(worker)
        self._selector.unregister(worker.pipe)
        if not blame:
            worker.process.kill()
        self._dismiss(worker)
        if not worker.ready:
            self._stillborn += 1
            if self._stillborn > _STILLBORN:
                raise RuntimeError(f"workers end as soon as they start ({_ending(worker.process.exitcode)})")
        elif blame and worker.jobs:
            first = worker.jobs.popleft()
            if first.tries:
                self._settle(first, Lost(f"the worker died on it twice ({_ending(worker.process.exitcode)})"))
            else:
                worker.jobs.appendleft(first._replace(tries=1))
        self._todo.extendleft(reversed(worker.jobs))

    @staticmethod
    def _dismiss(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(_GRACE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ending(code: int | None) -> str:
    """How a process ended, from its exit code.

    >>> _ending(-9), _ending(3)
    ('SIGKILL', 'exit code 3')
    """
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """The life of a worker: chunks in, one result at a time out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    gc.freeze()  # What is shared with the parent is not looked through, and so not copied.
    threading.Thread(target=_die_with_parent, daemon=True).start()
    try:
        pipe.send(_READY)
        while True:
            for item in pipe.recv():
                pipe.send(work(item))
    except (EOFError, OSError):
        os._exit(0)


def _die_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
