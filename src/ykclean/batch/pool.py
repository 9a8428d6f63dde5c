"""Processes that work through documents: in order, bounded, and one bad document costs one document.

Each worker has a pipe of its own, so a worker that is killed at any moment, even halfway through a
message, is seen as the end of its pipe and harms no other. (With one pipe for all, as pebble and the
standard library have it, a worker killed while it holds the lock or writes takes the pool down.)
"""

from __future__ import annotations

import os
import selectors
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from multiprocessing import get_context
from time import monotonic
from types import ModuleType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ykclean.batch.serving import serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

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
_HIDING = threading.Lock()


class Lost(NamedTuple):
    """In place of a result: the worker died or was stopped on this item; ``reason`` tells which."""

    reason: str


class Job(NamedTuple):
    """An item under way, by its place in the order; ``tries`` counts the workers that died on it.

    One that a worker died on, or whose result was lost with that worker, is done ``alone`` the next time.
    """

    number: int
    item: Any
    size: int
    tries: int = 0
    alone: bool = False


@dataclass(eq=False)
class _Worker:
    """``jobs`` are those of its chunk whose results have not come yet, ``received`` counts those that came.

    ``at`` is shared with the process, which writes there when it began with which job of the chunk.
    """

    process: BaseProcess
    pipe: Connection
    at: Any
    jobs: deque[Job] = field(default_factory=deque)
    received: int = 0
    ready: bool = False

    def take(self, jobs: deque[Job]) -> None:
        self.jobs, self.received = jobs, 0
        self.at[:] = (monotonic(), 0)

    def current(self) -> int:
        """Which of ``jobs`` the process is at."""
        return min(max(int(self.at[1]) - self.received, 0), len(self.jobs) - 1)


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
        if workers < 1:
            raise ValueError(f"{workers} workers do no work")
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
            idle.take(self._chunk())
            try:
                idle.pipe.send([job.item for job in idle.jobs])
            except OSError:
                self._bury(idle)

    def _chunk(self) -> deque[Job]:
        jobs: deque[Job] = deque()
        size = 0
        share = max(1, -(-len(self._todo) // self._count))
        while self._todo and len(jobs) < min(CHUNK_ITEMS, share) and size < CHUNK_BYTES:
            if jobs and self._todo[0].alone:
                break
            job = self._todo.popleft()
            jobs.append(job)
            size += job.size
            if job.alone:
                break
        return jobs

    def _start(self) -> _Worker:
        # A copy of this process has everything imported already; but not where threads may hold locks.
        fork = sys.platform == "linux" and threading.active_count() == 1
        context: Any = get_context("fork" if fork else "spawn")
        ours, theirs = context.Pipe()
        others = [worker.pipe for worker in self._workers] + [ours] if fork else []
        at = context.RawArray("d", 2)
        process = context.Process(target=serve, args=(self._work, theirs, at, others), daemon=True)
        with nullcontext() if fork else _without_main():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, at)
        self._workers.append(worker)
        self._selector.register(ours, selectors.EVENT_READ, worker)
        return worker

    def _wait(self) -> None:
        timeout = TICK if self._limit is None else min(TICK, self._limit / 4)
        for key, _ in self._selector.select(timeout):
            self._receive(key.data)
        if self._limit is not None:
            for worker in [worker for worker in self._workers if self._is_late(worker)]:
                late = self._split(worker)
                self._settle(late, Lost(f"took longer than the time limit of {self._limit:g} s"))
                self._bury(worker, blame=False)

    def _is_late(self, worker: _Worker) -> bool:
        current = worker.at[1]
        # The process writes the time first and is read in the opposite order: at worst a new job's time is
        # taken for an old one's.
        late = self._limit is not None and monotonic() - worker.at[0] > self._limit
        return worker.ready and bool(worker.jobs) and late and current == worker.at[1]

    def _split(self, worker: _Worker) -> Job:
        """Take the job that the process is at out of its jobs; all the others are done by others."""
        job = worker.jobs[worker.current()]
        worker.jobs.remove(job)
        return job

    def _receive(self, worker: _Worker) -> None:
        try:
            results = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        self._stillborn = 0
        if not worker.ready:
            worker.ready = True
            worker.at[0] = monotonic()
            return
        worker.received += len(results)
        for result in results:
            self._settle(worker.jobs.popleft(), result)

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
            self._blame(worker)
        self._todo.extendleft(reversed(worker.jobs))

    def _blame(self, worker: _Worker) -> None:
        """Count a death against the job that the process was at; those before it have lost their results."""
        place = worker.current()
        job = self._split(worker)
        lost = [worker.jobs.popleft()._replace(alone=True) for _ in range(place)]
        if job.tries:
            self._settle(job, Lost(f"the worker died on it twice ({_ending(worker.process.exitcode)})"))
        else:
            lost.append(job._replace(tries=1, alone=True))
        worker.jobs.extendleft(reversed(lost))

    @staticmethod
    def _dismiss(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(_GRACE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the main module: a spawned process would run it, and a script without a guard start anew in it.

    Workers need nothing of it.
    """
    with _HIDING:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ending(code: int | None) -> str:
    """How a process ended, from its exit code.

    >>> _ending(-9), _ending(3)
    ('SIGKILL', 'exit code 3')
    """
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
