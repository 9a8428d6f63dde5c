"""The records of a finished output, whatever its form: for undoing it and for the report."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any, cast

from ykclean.batch.keeping import printable, unpack
from ykclean.batch.manifest import Manifest, ManifestError
from ykclean.batch.outputs import HIDDEN
from ykclean.batch.streams import lines, unpacked
from ykclean.formats.records import parse_lines, stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ykclean.formats.records import OnError

_KEPT = """
SELECT records.data, files.path
FROM records JOIN documents ON documents.number = records.number JOIN files ON files.id = documents.file
ORDER BY records.number
"""


def records_in(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of the documents in an output folder, in their order.

    Those of a tree or of Parquet have articles without their texts. Raises ``ManifestError`` where the
    folder holds no records, ``MissingExtraError`` where a package is missing, ``ValueError`` for damage.
    """
    return records_at(place_of_records(folder))


def place_of_records(folder: Path) -> Path:
    """The file of an output folder with the records. Raises ``ManifestError`` where there is none."""
    manifest = folder / HIDDEN / "manifest.sqlite"
    if manifest.exists() and _form(manifest) in ("text", "markdown", "parquet"):
        return manifest
    for name in ("records.jsonl", "records.jsonl.zst", "records.json"):
        if (folder / name).exists():
            return folder / name
    raise ManifestError(
        f"{folder} holds nothing that can be undone: neither records (--format jsonl) nor what a batch keeps"
        " beside its results; the texts alone do not tell what was changed"
    )


def records_at(file: Path, on_error: OnError = stop) -> Iterator[dict[str, Any]]:
    """Yield the records of a manifest, or of a file of JSON lines; a broken line goes to ``on_error``."""
    return _from_manifest(file) if file.suffix == ".sqlite" else records_of_file(file, on_error)


def _form(manifest: Path) -> str:
    with closing(Manifest(manifest)) as opened:
        return str((opened["identity"] or {}).get("format"))


def records_of_file(path: Path, on_error: OnError = stop) -> Iterator[dict[str, Any]]:
    """Yield the records of a file of JSON lines, packed or not, holding one of them at a time.

    A broken line, as where the file ends within a record, goes to ``on_error``.
    """
    with path.open("rb") as stream:
        found = cast("Iterator[bytes]", lines(unpacked(stream, path.name), sys.maxsize))
        yield from parse_lines(found, _decoded, on_error)


def _decoded(line: bytes) -> object:
    import msgspec

    try:
        return msgspec.json.decode(line)
    except msgspec.DecodeError:  # In a file's name there may be half a surrogate pair.
        return json.loads(line)


def _from_manifest(path: Path) -> Iterator[dict[str, Any]]:
    with closing(Manifest(path)) as manifest:
        for data, place in manifest.select(_KEPT):
            record, file = unpack(data), os.fsdecode(place)
            # A name that is no valid text was kept escaped: here it is the file's again.
            yield {**record, "path": file + record["path"].removeprefix(printable(file))}
