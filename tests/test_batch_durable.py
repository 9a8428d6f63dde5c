"""Power cuts: what the manifest says is done is on the disk by then, told by the order of what is done."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from batch_helpers import do, make_files, results
from ykclean.batch import durable, outputs
from ykclean.batch import run as running
from ykclean.batch.manifest import Manifest

FORMATS = ["text", "jsonl", "parquet"]


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What is synchronized and what is committed, in order: small blocks, each with a checkpoint."""
    seen: list[tuple[str, Any]] = []
    fsync, system, commit = os.fsync, durable._sync_file_system, Manifest.commit

    def note_fsync(descriptor: int) -> None:
        seen.append(("sync", Path(f"/proc/self/fd/{descriptor}").readlink()))
        fsync(descriptor)

    def note_system(folder: Path) -> None:
        system(folder)
        # All that is there by now has been waited for.
        seen.extend(("sync", path) for path in sorted(folder.rglob("*")))

    def note_commit(self: Manifest, token: Any = None) -> None:
        seen.append(("commit", [row[0] for row in self.select("SELECT name FROM documents")]))
        commit(self, token)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(durable, "_sync_file_system", note_system)
    monkeypatch.setattr(Manifest, "commit", note_commit)
    monkeypatch.setattr(outputs, "BLOCK_ITEMS", 16)
    monkeypatch.setattr(running, "CHECKPOINT", 0)
    return seen


needs_proc = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="tells descriptors by /proc")


@needs_proc
@pytest.mark.parametrize("whole_system", [True, False], ids=["syncfs", "fsync"])
def test_each_file_of_a_tree_is_on_the_disk_before_its_document_is_committed(
    tmp_path: Path, events: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch, whole_system: bool
) -> None:
    if not whole_system:
        monkeypatch.setattr(durable, "_syncfs", lambda: None)
    elif durable._syncfs() is None:
        pytest.skip("this system has no syncfs")
    output = tmp_path / "out"
    do(make_files(tmp_path / "in", 60), output)
    synced: set[Path] = set()
    commits = 0
    for what, value in events:
        if what == "sync":
            synced.add(value)
        else:
            commits += bool(value)
            for name in value:
                path = output / f"{name}-1.txt"
                assert path in synced, f"{name} is committed and may be lost"
                assert path.parent in synced
    assert commits >= 4


@needs_proc
@pytest.mark.parametrize(("form", "part"), [("jsonl", "records.jsonl"), ("parquet", "part.parquet")])
def test_records_are_on_the_disk_before_they_are_committed(
    tmp_path: Path, events: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch, form: str, part: str
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
        monkeypatch.setattr("ykclean.batch.parquet.PART_BLOCKS", 1)
    do(make_files(tmp_path / "in", 60), tmp_path / "out", form=form)
    before: set[str] = set()
    commits = 0
    for what, value in events:
        if what == "sync":
            before.add(value.name)
        elif value:
            commits += 1
            assert part in before
            before.clear()
            if commits == 4:
                break
    assert commits == 4
    assert ("sync", tmp_path / "out") in events, "the name of the file too"


def test_a_sync_that_fails_commits_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(folder: Path, names: Any) -> None:
        raise OSError(28, "No space left on device")

    source, output = make_files(tmp_path / "in", 60), tmp_path / "out"
    monkeypatch.setattr(running, "CHECKPOINT", 0)
    with monkeypatch.context() as patch:
        patch.setattr("ykclean.batch.tree.sync_files", failing)
        summary = do(source, output)
    assert (summary.state, summary.documents) == ("broken", 0)
    assert do(source, output, resume=True).cleaned == 60
    do(source, tmp_path / "whole")
    assert results(output) == results(tmp_path / "whole")


def test_the_manifest_is_written_ahead_and_never_reaches_the_disk_out_of_order(tmp_path: Path) -> None:
    manifest = Manifest(tmp_path / "manifest.sqlite")
    try:
        (mode,) = next(manifest.select("PRAGMA journal_mode"))
        (level,) = next(manifest.select("PRAGMA synchronous"))
    finally:
        manifest.close()
    # With these SQLite may lose the last commits when the power fails, but never a part of one.
    assert (mode, level) == ("wal", 1)
    assert sqlite3.sqlite_version_info >= (3, 7)
