"""Checking many files: in this process, or in several once that pays."""

from __future__ import annotations

import os
import sys
from time import perf_counter
from typing import TYPE_CHECKING

from ykclean.checking import Checked, Job, check_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.cache import Cache

WORTHWHILE = 0.4
"""The seconds of work left that make up for starting processes."""

PROBE = 16
CHUNK = 32


def check_files(jobs: Sequence[Job], cache: Cache | None, workers: int | None = None) -> Iterator[Checked]:
    """Yield what was found in each file, in the order of the jobs.

    The first files are checked here; how long they take decides whether the rest is shared among
    ``workers`` processes (by default as many as there are processors).
    """
    workers = workers or _processors()
    spent = 0.0
    for number, job in enumerate(jobs):
        if workers > 1 and number >= PROBE and spent / number * (len(jobs) - number) > WORTHWHILE:
            yield from _check_in_pool(jobs[number:], cache, workers)
            return
        begin = perf_counter()
        checked = check_file(job, cache)
        spent += perf_counter() - begin
        yield checked


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _check_in_pool(jobs: Sequence[Job], cache: Cache | None, workers: int) -> Iterator[Checked]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from ykclean.batch.serving import end_with_parent

    # On Linux a copy of this process has everything imported already.
    context = get_context("fork" if sys.platform == "linux" else None)
    with ProcessPoolExecutor(workers, context, end_with_parent) as pool:
        try:
            chunks = [(jobs[at : at + CHUNK], cache) for at in range(0, len(jobs), CHUNK)]
            for checked in pool.map(_check_chunk, chunks):
                yield from checked
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _check_chunk(chunk: tuple[Sequence[Job], Cache | None]) -> list[Checked]:
    jobs, cache = chunk
    return [check_file(job, cache) for job in jobs]
