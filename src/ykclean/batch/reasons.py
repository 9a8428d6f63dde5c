"""Why a document went to quarantine, in words that say what to do."""

from __future__ import annotations

import errno

from ykclean.config import ConfigError
from ykclean.extras import MissingExtraError
from ykclean.source import BinaryError


class ReadError(Exception):
    """A document or its container cannot be read; the message says why."""


class LimitError(ReadError):
    """A document is larger than allowed."""


_ADVICE = {
    errno.ENOENT: "no such file or folder",
    errno.EACCES: "permission denied; check its mode and owner",
    errno.EISDIR: "a folder, where a file is needed",
    errno.ENOSPC: "not written: the disk is full; free some space",
    errno.EDQUOT: "not written: the quota is used up; free some space",
    errno.EFBIG: "not written: the file would be larger than this system allows",
    errno.ENAMETOOLONG: "not written: its name is too long for this file system",
    errno.EROFS: "not written: the file system is read-only",
}


_NETWORK = frozenset(("aiohttp", "asyncio", "botocore", "fsspec", "gcsfs", "s3fs", "urllib3"))
"""Packages whose errors tell of the network, while a file is read."""


def describe(error: BaseException) -> str:
    """Return what went wrong, in one line.

    >>> describe(OSError(errno.ENOSPC, "No space left on device"))
    'not written: the disk is full; free some space'
    """
    if isinstance(error, (ReadError, MissingExtraError, ConfigError)):
        return str(error)
    if isinstance(error, BinaryError):
        return f"{error}; convert it to text first"
    if isinstance(error, OSError):
        return _ADVICE.get(error.errno or 0) or error.strerror or str(error)
    if _is_of_network(error):
        return f"not read over the network ({_named(error)})"
    if isinstance(error, MemoryError):
        return "not enough memory for it; split it, or free some"
    module, line = _origin(error)
    return f"internal error at {module}:{line} ({_named(error)}); please report it"


def is_disk_full(error: BaseException) -> bool:
    """Whether there is no room, which is no fault of the document and may be mended."""
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)


def too_large(size: int, limit: int) -> LimitError:
    """Return the error for a document of ``size`` bytes (or more)."""
    return LimitError(f"{size:,} bytes or more: over the size limit of {limit:,}; raise it with --size-limit")


def describe_container(error: BaseException) -> str:
    """Return what went wrong while a container was taken apart, in one line.

    What a library says about its bytes is no error of ours.

    >>> import zipfile
    >>> try:
    ...     zipfile.ZipFile("/dev/null")
    ... except zipfile.BadZipFile as error:
    ...     describe_container(error)
    'damaged, or not what its name says (BadZipFile: File is not a zip file)'
    """
    # A library in C leaves no trace of itself: then the class of the error tells whose it is.
    packages = {module.partition(".")[0] for module in (_origin(error)[0], type(error).__module__)}
    ours = packages <= {__name__.partition(".")[0], "builtins"}
    known = isinstance(error, (ReadError, MissingExtraError, OSError, MemoryError))
    if ours or known or _is_of_network(error):
        return describe(error)
    return f"damaged, or not what its name says ({_named(error)})"


def _is_of_network(error: BaseException) -> bool:
    return type(error).__module__.partition(".")[0] in _NETWORK


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".replace("\n", " ")


def _origin(error: BaseException) -> tuple[str, int]:
    """The module and the line where an error was raised."""
    step, place = error.__traceback__, ("?", 0)
    while step:
        place = step.tb_frame.f_globals.get("__name__", "?"), step.tb_lineno
        step = step.tb_next
    return place
