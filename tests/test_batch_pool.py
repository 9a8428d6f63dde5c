"""The pool: results in order, and whatever happens to a worker costs one item at the most."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from ykclean.batch.pool import WINDOW_ITEMS, Lost, Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def work(order: str | int) -> str:
    match order:
        case "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        case "hang":
            time.sleep(60)
        case "slow":
            time.sleep(0.2)
    return f"done {order}"


def mapped(orders: list[str], workers: int = 2, time_limit: float | None = 30) -> list[str | Lost]:
    pool: Pool[str, str] = Pool(work, workers, size=len, time_limit=time_limit)
    return [result for _, result in pool.map(iter(orders))]


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_results_come_in_order(workers: int) -> None:
    orders = ["slow", *map(str, range(300)), "slow"]
    assert mapped(orders, workers) == [f"done {order}" for order in orders]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_crash_costs_one_item(workers: int) -> None:
    results = mapped([*map(str, range(50)), "crash", *map(str, range(50)), "crash"], workers)
    assert [n for n, result in enumerate(results) if isinstance(result, Lost)] == [50, 101]
    assert results[50] == Lost("the worker died on it twice (SIGKILL)")


def test_a_hang_costs_one_item_and_its_time_limit() -> None:
    results = mapped([*map(str, range(40)), "hang", *map(str, range(40))], time_limit=0.5)
    assert [n for n, result in enumerate(results) if isinstance(result, Lost)] == [40]
    assert results[40] == Lost("took longer than the time limit of 0.5 s")


def large(order: int, folder: Path) -> bytes:
    if order % 10 == 0 and not (folder / str(order)).exists():
        (folder / str(order)).touch()
        # The signal ends the process wherever it is then, often in the middle of sending.
        signal.setitimer(signal.ITIMER_REAL, random.Random(order).uniform(1e-6, 3e-3))
    return b"x" * 1_000_000


def test_workers_killed_at_any_moment_harm_no_result(tmp_path: Path) -> None:
    pool: Pool[int, bytes] = Pool(partial(large, folder=tmp_path), 2, size=lambda order: 100, time_limit=10)
    results = [result for _, result in pool.map(iter(range(1, 200)))]
    assert len(list(tmp_path.iterdir())) == 19
    assert len(results) == 199
    assert {len(result) for result in results if isinstance(result, bytes)} == {1_000_000}
    assert sum(isinstance(result, Lost) for result in results) <= 1, "killed twice by chance, at most"


def noted(order: str, folder: Path) -> str:
    if order == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    with (folder / order).open("a") as stream:
        stream.write("done ")
    return order


def test_what_was_done_and_not_sent_when_a_worker_died_is_done_again(tmp_path: Path) -> None:
    orders = [*map(str, range(10)), "crash", *map(str, range(10, 20))]
    pool: Pool[str, str] = Pool(partial(noted, folder=tmp_path), 1, size=len)
    results = [result for _, result in pool.map(iter(orders))]
    assert [result for result in results if not isinstance(result, Lost)] == list(map(str, range(20)))
    assert (tmp_path / "3").read_text() == "done done "
    assert (tmp_path / "13").read_text() == "done "


def test_items_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        for number in count():
            taken += 1
            yield str(number)

    pool: Pool[str, str] = Pool(work, 2, size=len)
    results = pool.map(endless())
    for _ in range(1000):
        next(results)
    assert taken <= 1000 + 2 * WINDOW_ITEMS
    processes = [worker.process for worker in pool._workers]
    results.close()  # type: ignore[attr-defined]
    assert not any(process.is_alive() for process in processes)


def test_large_items_are_few_under_way() -> None:
    taken = 0

    def items() -> Iterator[bytes]:
        nonlocal taken
        for _ in range(40):
            taken += 1
            yield b"x" * 1_000_000

    pool: Pool[bytes, int] = Pool(len, 2, size=len)
    for number, (_, result) in enumerate(pool.map(items()), 1):
        assert result == 1_000_000
        assert taken - number <= 5


def test_an_error_in_the_items_ends_the_workers() -> None:
    def items() -> Iterator[str]:
        yield "1"
        raise ValueError("broken")

    pool: Pool[str, str] = Pool(work, 1, size=len)
    with pytest.raises(ValueError, match="broken"):
        list(pool.map(items()))
    assert not pool._workers


def die(order: str) -> str:
    raise AssertionError("never reached")


def test_workers_that_cannot_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def stillborn(work: Callable[[object], object], pipe: object, at: object, others: object) -> None:
        os._exit(7)

    monkeypatch.setattr("ykclean.batch.pool.serve", stillborn)
    pool: Pool[str, str] = Pool(die, 1, size=len)
    with pytest.raises(RuntimeError, match=r"end as soon as they start \(exit code 7\)"):
        list(pool.map(iter(["1"])))


def test_with_other_threads_workers_are_spawned() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert mapped(["1", "2"], 1) == ["done 1", "done 2"]
    finally:
        stop.set()
        thread.join()
