"""Files on other machines (``s3://``, ``gs://``, ``https://``, ``memory://``, …), by fsspec.

Listing is done here, in the parent; each worker opens what it cleans by itself.
"""

from __future__ import annotations

import errno
import re
import zlib
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from ykclean.batch.kinds import kind_of
from ykclean.batch.reasons import ReadError
from ykclean.extras import MissingExtraError, need

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PURPOSE = "reading {}:// paths"
_VERSIONS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")
"""What file systems call the mark of a file's version."""


class RemoteFile(NamedTuple):
    """A file: its address, its name below the folder that was asked for (or its own), its bytes, and a
    number that is another one once the file is changed."""

    url: str
    name: str
    walked: bool
    size: int
    changed: int


def is_remote(path: str) -> bool:
    """Whether a path is an address.

    >>> is_remote("s3://bucket/a.txt"), is_remote("a.txt"), is_remote("C:/a.txt")
    (True, False, False)
    """
    return _REMOTE.match(path) is not None


def find(url: str, take: Callable[[str], bool]) -> Iterator[RemoteFile]:
    """Yield the file at an address, or those below it that are to be taken and are not hidden.

    Raises ``OSError`` where nothing can be had from there, ``MissingExtraError``.
    """
    try:
        system, root = _system(url)
        if _is_folder(system, root, url):
            yield from _walk(system, root, take)
        else:
            info = system.info(root)
            yield _file(system, info, system.unstrip_protocol(root), _name(root), walked=False)
    except MissingExtraError:
        raise
    except Exception as error:  # Each file system has errors of its own.
        raise OSError(errno.EIO, _told(error), url) from error


def open_remote(url: str) -> BinaryIO:
    """Open a file to be read from its beginning to its end. Raises ``ReadError``, ``MissingExtraError``."""
    try:
        system, path = _system(url)
        # Not every server gives parts of a file.
        return cast("BinaryIO", system.open(path, "rb", **({"block_size": 0} if _is_web(url) else {})))
    except MissingExtraError:
        raise
    except Exception as error:
        raise ReadError(_told(error)) from error


def fetch(url: str) -> BinaryIO:
    """Copy a file into a temporary one, to be read here and there. Raises as ``open_remote`` does."""
    copy = cast("BinaryIO", TemporaryFile())  # noqa: SIM115 - the caller closes it
    with open_remote(url) as stream:
        try:
            copyfileobj(stream, copy, 1 << 20)
        except Exception as error:
            copy.close()
            raise ReadError(_told(error)) from error
    copy.seek(0)
    return copy


def changed_since(url: str, size: int, changed: int) -> bool:
    """Whether a file is another one than it was. Raises ``OSError``."""
    found = next(find(url, lambda name: True))
    return (found.size, found.changed) != (size, changed)


def _system(url: str) -> tuple[Any, str]:
    protocol = url.partition("://")[0]
    fsspec = need("fsspec.core", _PURPOSE.format(protocol))
    try:
        return cast("tuple[Any, str]", fsspec.url_to_fs(url))
    except ImportError as error:  # Its message names the package for this protocol.
        raise MissingExtraError(f"{_PURPOSE.format(protocol)}: {error}") from error


def _is_folder(system: Any, root: str, url: str) -> bool:
    if _is_web(url):
        return url.endswith("/")  # Only so can a server's folder be told from a page.
    return bool(system.isdir(root))


def _walk(system: Any, root: str, take: Callable[[str], bool]) -> Iterator[RemoteFile]:
    start = len(root.rstrip("/")) + 1
    for _, folders, files in system.walk(root, detail=True):
        for name in [name for name in folders if _last(name).startswith(".")]:
            del folders[name]
        for info in files.values():
            name = info["name"][start:]
            if not _last(name).startswith(".") and take(name):
                yield _file(system, info, system.unstrip_protocol(info["name"]), name, walked=True)


def _file(system: Any, info: dict[str, Any], url: str, name: str, *, walked: bool) -> RemoteFile:
    if info.get("mimetype") == "text/html" and kind_of(name) != "html":
        name += ".html"  # Many pages have addresses that do not say so.
    version = next((info[key] for key in _VERSIONS if info.get(key) is not None), "")
    return RemoteFile(url, name, walked, int(info.get("size") or 0), zlib.crc32(str(version).encode()))


def _name(root: str) -> str:
    path = urlsplit(root).path if is_remote(root) else root
    return unquote(_last(path.rstrip("/"))) or "index.html"


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def _is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _told(error: BaseException) -> str:
    cause = error.__cause__
    if isinstance(error, FileNotFoundError):
        # That is what fsspec says, too, when it reaches no server.
        missing = cause is None or isinstance(cause, FileNotFoundError)
        return "no such file or folder" if missing else _told(cause or error)
    return f"not read over the network ({type(error).__name__}: {error})".replace("\n", " ")
