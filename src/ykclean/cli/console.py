"""The only place that prints: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from typing import TextIO


class PipeClosedError(Exception):
    """Whoever read our standard output has stopped reading."""


def say(message: str) -> None:
    """Print one line about the run to standard error."""
    _write(sys.stderr, _encode(f"ykclean: {message}\n"))


def put(text: str) -> None:
    """Write a piece of the result to standard output, in UTF-8 whatever the locale.

    Raises ``PipeClosedError`` as ``put_bytes`` does.
    """
    put_bytes(_encode(text))


def put_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises ``PipeClosedError`` where nobody reads them any more.
    """
    try:
        _write(sys.stdout, data)
    except BrokenPipeError as error:
        raise PipeClosedError from error


def finish() -> None:
    """Hand over what is still buffered. Raises ``PipeClosedError`` as ``put_bytes`` does."""
    try:
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise PipeClosedError from error


def _encode(text: str) -> bytes:
    # A file name need not be valid text: what cannot be encoded is shown escaped.
    return text.encode("utf-8", "backslashreplace")


def _write(stream: TextIO, data: bytes) -> None:
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        stream.write(data.decode("utf-8"))
        return
    stream.flush()
    buffer.write(data)
    if stream is sys.stderr:
        buffer.flush()
