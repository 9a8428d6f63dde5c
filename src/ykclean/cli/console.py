"""The only place that prints: results to standard output, everything else to standard error."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterator


class OutputError(Exception):
    """Standard output cannot be written: the run ends here."""


class PipeClosedError(OutputError):
    """Whoever read our standard output has stopped reading."""


def say(message: str) -> None:
    """Print one line about the run to standard error."""
    _write(sys.stderr, _encode(f"ykclean: {message}\n"))


def put(text: str) -> None:
    """Write a piece of the result to standard output, in UTF-8 whatever the locale.

    Raises ``OutputError`` where it cannot be written.
    """
    put_bytes(_encode(text))


def put_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are. Raises ``OutputError`` as ``put`` does."""
    with _output_errors():
        _write(sys.stdout, data)


def finish() -> None:
    """Hand over what is still buffered. Raises ``OutputError`` as ``put`` does."""
    with _output_errors():
        sys.stdout.flush()


@contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise PipeClosedError("standard output was closed by its reader; stopped") from error
    except OSError as error:
        raise OutputError(f"standard output: {error.strerror}") from error


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
