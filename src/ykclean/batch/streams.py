"""Reading bytes with an end to it: no more than a limit, whatever a file claims or hides."""

from __future__ import annotations

import io
import os
import stat
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ykclean.batch.reasons import ReadError, too_large
from ykclean.batch.remote import fetch, is_remote, open_remote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

BLOCK = 1 << 20
_PACKED = 1024
"""What is unpacked of Zstandard at once: of a bomb that is 32 MB already."""


class TooLong(NamedTuple):
    """In place of a line over the limit: how long it is."""

    size: int


def open_regular(path: str) -> BinaryIO:
    """Open a file that is one: a pipe or a device might never end. Raises ``ReadError``, ``OSError``."""
    if is_remote(path):
        return open_remote(path)
    return os.fdopen(_opened(path)[0], "rb")


def open_seekable(path: str) -> BinaryIO:
    """Open a regular file to be read here and there. Raises ``ReadError``, ``OSError``."""
    return fetch(path) if is_remote(path) else open_regular(path)


def read_file(path: str, limit: int) -> bytes:
    """Return the bytes of a regular file. Raises ``LimitError`` before it reads too much."""
    if is_remote(path):
        with open_remote(path) as stream:
            return read_all(stream, limit)
    descriptor, size = _opened(path)
    try:
        if size > limit:
            raise too_large(size, limit)
        pieces = [os.read(descriptor, size + 1)]
        while piece := os.read(descriptor, BLOCK):  # It grew, or a file system told no size.
            pieces.append(piece)
            if sum(map(len, pieces)) > limit:
                raise too_large(limit + 1, limit)
        return b"".join(pieces)
    finally:
        os.close(descriptor)


def _opened(path: str) -> tuple[int, int]:
    """The descriptor of a regular file, and its size."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise ReadError("not a regular file but a " + _sort(status.st_mode))
    return descriptor, status.st_size


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """Return what a stream holds. Raises ``LimitError`` where it is more than ``limit`` bytes."""
    pieces = []
    size = 0
    while piece := stream.read(min(BLOCK, limit + 1 - size)):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(size, limit)
    return b"".join(pieces)


def lines(stream: BinaryIO, limit: int) -> Iterator[bytes | TooLong]:
    """Yield the lines of a stream, without their ends; of one over the limit only its length.

    >>> import io
    >>> list(lines(io.BytesIO(b"ab\\n" + b"x" * 9 + b"\\nc"), 4))
    [b'ab', TooLong(size=9), b'c']
    """
    pieces: list[bytes] = []
    size = 0  # of the line so far, whether or not its pieces are still there
    while block := stream.read(BLOCK):
        first, *others = block.split(b"\n")
        for piece in (first, *others[:-1]) if others else ():
            yield _line(pieces, piece, size + len(piece), limit)
            pieces, size = [], 0
        last = others[-1] if others else first
        size += len(last)
        pieces = [*pieces, last] if size <= limit else []
    if size:
        yield _line(pieces, b"", size, limit)


def _line(pieces: list[bytes], last: bytes, size: int, limit: int) -> bytes | TooLong:
    return TooLong(size) if size > limit else b"".join((*pieces, last)).removesuffix(b"\r")


def unpacked(stream: BinaryIO, name: str) -> BinaryIO:
    """Return the stream, unpacked where the end of the name says that it is packed."""
    end = name.lower().rpartition(".")[2]
    if end in ("gz", "tgz"):
        import gzip

        return cast("BinaryIO", gzip.GzipFile(fileobj=stream))
    if end == "bz2":
        import bz2

        return cast("BinaryIO", bz2.BZ2File(stream))
    if end == "xz":
        import lzma

        return cast("BinaryIO", lzma.LZMAFile(stream))
    return unpacked_zst(stream) if end == "zst" else stream


def unpacked_zst(stream: BinaryIO) -> BinaryIO:
    """Return what a stream of Zstandard frames holds. Raises ``MissingExtraError``.

    Reading raises ``ReadError`` where the stream is damaged or ends within a frame, which the library's own
    reader takes for the end.
    """
    from ykclean.extras import need

    zstandard = need("zstandard", "reading .zst files")
    return cast("BinaryIO", io.BufferedReader(_Pieces(_frames(stream, zstandard))))


def _frames(stream: BinaryIO, zstandard: Any) -> Iterator[bytes]:
    frame = None
    try:
        while data := stream.read(_PACKED):
            while data:
                frame = frame or zstandard.ZstdDecompressor().decompressobj()
                yield frame.decompress(data)
                frame, data = (None, frame.unused_data) if frame.eof else (frame, b"")
    except zstandard.ZstdError as error:
        raise ReadError(f"damaged, or not what its name says ({error})") from error
    if frame:
        raise ReadError("damaged: it ends within a frame of Zstandard")


class _Pieces(io.RawIOBase):
    """A stream of the bytes that an iterator yields."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._piece:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._piece = memoryview(piece)
        size = min(len(buffer), len(self._piece))
        buffer[:size], self._piece = self._piece[:size], self._piece[size:]
        return size


def _sort(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "folder"
    return "pipe" if stat.S_ISFIFO(mode) else "socket" if stat.S_ISSOCK(mode) else "device"
