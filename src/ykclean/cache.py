"""Results kept between runs, so that an unchanged file costs no more than reading it.

One small file for each result, named by a digest of all that it depends on: the bytes of the text, how
it is read, the settings, and the program itself. So nothing is ever out of date, and processes that run
at the same time can only write the same thing.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean.edits import Edit, Span
from ykclean.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ykclean.prose import Kind
    from ykclean.settings import Settings

FOLDER = ".ykclean_cache"
DAY = 86_400
KEPT = 30 * DAY
"""How long, in seconds, a result is kept that nobody asks for."""


class Cache:
    """The results in a folder, which is made when the first one is kept.

    A cache that cannot be written is no error: it is then not used.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder."""
        self.folder = folder
        self._salts: dict[tuple[Kind, Settings], bytes] = {}
        self._writable: bool | None = None

    def get(self, raw: bytes, kind: Kind, settings: Settings) -> tuple[Finding, ...] | None:
        """Return what was found in these bytes before, or ``None``."""
        try:
            with self._path(raw, kind, settings).open("rb") as stream:
                data = stream.read()
                if time.time() - os.fstat(stream.fileno()).st_mtime > DAY:
                    os.utime(stream.fileno())
            return tuple(_findings(data)) if data else ()
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def put(self, raw: bytes, kind: Kind, settings: Settings, findings: Sequence[Finding]) -> None:
        """Keep what was found in these bytes."""
        if self._writable is None:
            self._writable = self._prepare()
        if not self._writable:
            return
        path = self._path(raw, kind, settings)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            temporary.write_bytes(_packed(findings))
            temporary.replace(path)

    def _path(self, raw: bytes, kind: Kind, settings: Settings) -> Path:
        key = (kind, settings)
        salt = self._salts.get(key)
        if salt is None:
            salt = self._salts[key] = _digest(repr((kind, settings, _program())).encode()).digest()
        digest = _digest(salt)
        digest.update(raw)
        name = digest.hexdigest()
        return self.folder / name[:2] / name[2:]

    def _prepare(self) -> bool:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            stamp = self.folder / "CACHEDIR.TAG"
            if not stamp.exists():
                (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")
                stamp.write_text("Signature: 8a477f597d28d172789f06886806bc55\n", encoding="utf-8")
            elif time.time() - stamp.stat().st_mtime > DAY:
                os.utime(stamp)
                self._prune()
        except OSError:
            return False
        return True

    def _prune(self) -> None:
        oldest = time.time() - KEPT
        for file in self.folder.glob("??/*"):
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()


def _digest(data: bytes) -> blake2b:
    return blake2b(data, digest_size=20)


def _program(package: str = os.path.dirname(__file__)) -> list[tuple[str, int, int]]:  # noqa: PTH120
    """What the program is made of: a change in any module, table or model makes other results.

    Sizes and times of change tell, in a millisecond; to read all of it would take twenty.
    """
    files = []
    for folder, folders, names in os.walk(package):
        folders[:] = [name for name in folders if name != "__pycache__"]
        files += [os.path.join(folder, name) for name in names]  # noqa: PTH118
    stats = [(file[len(package) + 1 :], os.stat(file)) for file in sorted(files)]  # noqa: PTH116
    return [(name, stat.st_size, stat.st_mtime_ns) for name, stat in stats]


def _packed(findings: Sequence[Finding]) -> bytes:
    if not findings:
        return b""
    import json

    from ykclean.rules import own_words

    rows = [(f.code, own_words(f.rule), *f[1:]) for f in findings]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _findings(data: bytes) -> Iterable[Finding]:
    import json

    from ykclean.rules import rule_with

    for code, words, start, end, edits, safe, of, detail, confidence in json.loads(data):
        mended = tuple([Edit(*edit) for edit in edits])
        copied = Span(*of) if of else None
        yield Finding(rule_with(code, words), start, end, mended, safe, copied, tuple(detail), confidence)
