"""The life of a worker process: chunks of items in, results out."""

from __future__ import annotations

import gc
import os
import signal
import threading
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

READY = "ready"
"""What a worker says first."""

FLUSH = 0.25
"""Seconds after which a worker hands over what it has done of a chunk that is not done yet."""


def serve(work: Callable[[Any], Any], pipe: Connection, at: Any, others: list[Connection]) -> None:
    """The life of a worker: chunks in, results out, until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in others:
        other.close()
    gc.disable()  # Documents hold hardly any cycles: looking for them once a chunk is enough.
    gc.freeze()  # What is shared with the parent is not looked through, and so not copied.
    end_with_parent()
    try:
        pipe.send(READY)
        while True:
            _do(work, pipe.recv(), pipe, at)
            gc.collect(0)  # What outlives its chunk is no document, and need not be looked at again.
    except (EOFError, OSError):
        os._exit(0)


def _do(work: Callable[[Any], Any], items: list[Any], pipe: Connection, at: Any) -> None:
    """Work through a chunk; its results go out together, for each message has its price."""
    results = []
    begun = sent = monotonic()
    for number, item in enumerate(items):
        at[0] = begun
        at[1] = number
        results.append(work(item))
        begun = monotonic()
        if begun - sent > FLUSH:
            pipe.send(results)
            results, sent = [], begun
    if results:
        pipe.send(results)


def end_with_parent() -> None:
    """See to it that this process ends when the one that started it does, however that ends."""
    threading.Thread(target=_await_end_of_parent, daemon=True).start()


def _await_end_of_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
