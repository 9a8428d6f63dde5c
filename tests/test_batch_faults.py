"""Faults provoked for real: each costs the one document, and the quarantine list says why."""

from __future__ import annotations

import errno
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from batch_helpers import do, make_files, results
from ykclean.batch import outputs
from ykclean.batch import run as running
from ykclean.batch.listing import Patterns
from ykclean.batch.readers import Reading
from ykclean.batch.rulebook import Rulebook
from ykclean.batch.run import _documents

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ykclean.batch.documents import Item
    from ykclean.batch.listing import Found
    from ykclean.engine import Cleaned

CRASH, HANG = "崩溃。", "停住。"
real_clean = Rulebook.clean


def faulty_clean(self: Rulebook, source: str | bytes, path: str) -> Cleaned:
    """The real one, with two texts that are its ruin."""
    if source == CRASH.encode():
        os.kill(os.getpid(), signal.SIGKILL)
    if source == HANG.encode():
        time.sleep(60)
    return real_clean(self, source, path)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_files(tmp_path / "in", 20)


def long_text(size: int) -> str:
    """A text of about so many bytes, no two paragraphs alike."""
    return "".join(f"第{number}号船今天进港,装了{number * 7}箱货。\n\n" for number in range(size // 55))


def quarantine(output: Path) -> dict[str, str]:
    lines = (output / "quarantine.jsonl").read_text().splitlines()
    return {os.path.basename(entry["path"]): entry["reason"] for entry in map(json.loads, lines)}  # noqa: PTH119


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_document_that_kills_or_hangs_its_worker(
    source: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Rulebook, "clean", faulty_clean)
    (source / "crash.txt").write_text(CRASH)
    (source / "hang.txt").write_text(HANG)
    summary = do(source, tmp_path / "out", form=form, time_limit=0.5)
    assert (summary.state, summary.cleaned, summary.failed) == ("finished", 20, 2)
    assert quarantine(tmp_path / "out") == {
        "crash.txt": "the worker died on it twice (SIGKILL)",
        "hang.txt": "took longer than the time limit of 0.5 s",
    }


def test_a_pipe_and_what_is_not_there(source: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    summary = do([source, tmp_path / "pipe", tmp_path / "nope.txt"], tmp_path / "out")
    assert (summary.cleaned, summary.failed) == (20, 2)
    assert quarantine(tmp_path / "out") == {
        "pipe": "not a regular file but a pipe",
        "nope.txt": "no such file or folder",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(source: Path, tmp_path: Path) -> None:
    (source / "000" / "0003.txt").chmod(0)
    assert do(source, tmp_path / "out").failed == 1
    assert quarantine(tmp_path / "out") == {"0003.txt": "permission denied; check its mode and owner"}


def test_a_file_that_vanishes_after_it_was_listed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = _documents

    def vanishing(found: Found, reading: Reading) -> Iterator[Item]:
        if found.path.endswith("0007.txt"):
            os.unlink(found.path)  # noqa: PTH108
        return listed(found, reading)

    monkeypatch.setattr("ykclean.batch.run._documents", vanishing)
    assert do(source, tmp_path / "out").cleaned == 19
    assert quarantine(tmp_path / "out") == {"0007.txt": "no such file or folder"}


def test_a_link_to_itself_and_a_file_that_vanishes_while_it_is_listed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanishing(self: Patterns, name: str) -> bool:
        if name == "000/0007.txt":
            (source / name).unlink()
        return take(self, name)

    take = Patterns.take
    monkeypatch.setattr(Patterns, "take", vanishing)
    for name in ("loop.txt", "loop.png"):
        (source / name).symlink_to(name)
    assert do(source, tmp_path / "out").cleaned == 19
    reasons = quarantine(tmp_path / "out")
    assert reasons.pop("0007.txt") == "no such file or folder"
    assert list(reasons) == ["loop.txt"]


def test_binary_files_are_passed_over_in_a_folder_and_told_when_named(source: Path, tmp_path: Path) -> None:
    (source / "picture").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    summary = do(source, tmp_path / "out")
    assert (summary.binary, summary.failed) == (1, 0)
    assert do(source / "picture", tmp_path / "named").failed == 1


def test_a_zip_bomb(source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(source / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", bytes(30_000_000))
    assert (source / "bomb.zip").stat().st_size < 40_000
    summary = do([source, source / "bomb.zip"], tmp_path / "out", reading=Reading(size_limit=1_000_000))
    assert (summary.cleaned, summary.failed) == (20, 1)
    assert "over the size limit of 1,000,000" in quarantine(tmp_path / "out")["bomb.txt"]


def test_a_line_of_two_gigabytes(source: Path, tmp_path: Path) -> None:
    # Sparse: it takes no room on the disk.
    for name in ("line.txt", "line.jsonl"):
        with (source / name).open("wb") as stream:
            stream.truncate(2 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    summary = do([source, source / "line.jsonl"], tmp_path / "out")
    assert (summary.cleaned, summary.failed) == (20, 2)
    reasons = quarantine(tmp_path / "out")
    assert all(reason.startswith("2,147,483,648 bytes or more") for reason in reasons.values()), reasons
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for little."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if (
        os.geteuid() != 0
        or shutil.which("mount") is None
        or subprocess.call(command, stderr=subprocess.DEVNULL)
    ):
        pytest.skip("needs the right to mount a tmpfs")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_full_disk(small_disk: Path, tmp_path: Path, form: str) -> None:
    source = make_files(tmp_path / "in", 40)
    big = source / "000" / "0005.txt"
    big.write_text(long_text(1_300_000))
    output = small_disk / "out"
    summary = do(source, output, form=form)
    assert (summary.state, summary.failed) == ("broken", 0)
    assert summary.message == "not written: the disk is full; free some space"
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert do(source, output, form=form, resume=True).cleaned == 40
    do(source, tmp_path / "whole", form=form)
    assert results(output) == results(tmp_path / "whole")


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_a_disk_that_is_full_for_a_moment_costs_no_document(
    source: Path, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room for the manifest is left: what it notes of this moment would be the last word."""
    monkeypatch.setattr(running, "CHECKPOINT", 0)
    monkeypatch.setattr(outputs, "BLOCK_ITEMS", 4)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    with monkeypatch.context() as patch:
        for place in ("tree.write_whole", "lines.os.write", "parquet._table"):
            patch.setattr(f"ykclean.batch.{place}", Mock(side_effect=full))
        summary = do(source, tmp_path / "out", form=form, workers=0)
    assert (summary.state, summary.failed) == ("broken", 0)
    assert summary.message == "not written: the disk is full; free some space"
    assert do(source, tmp_path / "out", form=form, resume=True).cleaned == 20
    do(source, tmp_path / "whole", form=form)
    assert results(tmp_path / "out") == results(tmp_path / "whole")


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_a_disk_too_full_for_anything_breaks_the_run_which_can_go_on(
    small_disk: Path, tmp_path: Path, form: str
) -> None:
    source = make_files(tmp_path / "in", 300)
    output = small_disk / "out"
    filling = small_disk / "filling"
    filling.write_bytes(bytes(800_000))
    summary = do(source, output, form=form)
    assert summary.state == "broken"
    filling.unlink()
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    assert do(source, output, form=form, resume=True).cleaned == 300
    do(source, tmp_path / "whole", form=form)
    assert results(output) == results(tmp_path / "whole")


LIMITED = """
import resource, sys
from pathlib import Path
from ykclean.batch.plan import Plan
from ykclean.batch.run import run
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
summary = run(Plan(paths=[sys.argv[1]], output=Path(sys.argv[2]), workers=1))
print(summary.cleaned, summary.failed)
"""


def test_a_file_larger_than_the_system_allows(source: Path, tmp_path: Path) -> None:
    (source / "big.txt").write_text(long_text(600_000))
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(source), str(tmp_path / "out")], capture_output=True, text=True
    )
    assert done.stdout == "20 1\n", done.stderr
    assert "larger than this system allows" in quarantine(tmp_path / "out")["big.txt"]
    assert not list(tmp_path.rglob("tmp/*"))
