"""``ykclean.clean_files``: lazy, in order, and with the shelter of the batch."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

import ykclean
from batch_helpers import make_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_files(tmp_path_factory.mktemp("in"), 40)


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_every_file_in_order_and_the_same_as_clean(folder: Path, workers: int) -> None:
    files = sorted(folder.rglob("*.txt"))
    found = list(ykclean.clean_files(folder, workers=workers))
    assert [result.path for result in found] == [str(file) for file in files]
    for result, file in zip(found, files, strict=True):
        assert result.cleaned is not None
        assert result.cleaned.text == ykclean.clean(file).text
        assert result.cleaned.undo() == file.read_bytes()


def test_settings_hold_for_all(folder: Path) -> None:
    settings = ykclean.Settings(ignore=("YK2",))
    for result in ykclean.clean_files([folder], settings, workers=1):
        assert result.cleaned is not None
        assert not [finding for finding in result.cleaned.findings if finding.code.startswith("YK2")]


@pytest.mark.parametrize(
    ("choice", "error"),
    [({"workers": -1}, ValueError), ({"size_limit": "32M"}, TypeError), ({"size_limit": None}, TypeError)],
)
def test_choices_that_make_no_sense_are_told_at_once(
    folder: Path, choice: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error, match=next(iter(choice))):
        ykclean.clean_files(folder, **choice)


def test_a_pattern_alone_is_one(folder: Path) -> None:
    assert len(list(ykclean.clean_files(folder, workers=0, include="*7.txt"))) == 4
    assert len(list(ykclean.clean_files(folder, workers=0, exclude="*7.txt"))) == 36


def test_a_time_limit_of_0_is_none(folder: Path) -> None:
    assert not any(result.error for result in ykclean.clean_files(folder, workers=1, time_limit=0))


def test_a_configuration_that_is_edited_holds_in_the_next_call(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("他说,好。", encoding="utf-8")
    texts = []
    for ignored in ("YK2", "YK4"):
        (tmp_path / "ykclean.toml").write_text(f'ignore = ["{ignored}"]')
        (result,) = ykclean.clean_files(tmp_path, workers=0)
        assert result.cleaned is not None
        texts.append(result.cleaned.text)
    assert texts == ["他说,好。", "他说，好。"]


def test_it_can_be_left_early(folder: Path) -> None:
    results = ykclean.clean_files(folder, workers=2)
    assert next(iter(results)).cleaned is not None
    results.close()  # type: ignore[attr-defined]


def test_what_goes_wrong_is_told_in_its_place(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("good.txt", "他说,好。")
        archive.writestr("large.txt", "好" * 10_000)
    paths = [tmp_path / "a.zip", tmp_path / "pipe", tmp_path / "nope"]
    found = {
        os.path.relpath(result.path, tmp_path): result.error or "fine"
        for result in ykclean.clean_files(paths, workers=1, size_limit=1000)
    }
    assert found == {
        "nope": "no such file or folder",
        "a.zip/good.txt": "fine",
        "a.zip/large.txt": "30,000 bytes or more: over the size limit of 1,000; raise it with --size-limit",
        "pipe": "not a regular file but a pipe",
    }


NOTEBOOK = """
import threading, sys
import ykclean
threading.Thread(target=threading.Event().wait, daemon=True).start()  # As a notebook's kernel has.
print([result.cleaned.text[:3] for result in ykclean.clean_files(sys.argv[1], workers=2)][:2])
"""


@pytest.mark.parametrize("how", ["-c", "a script", "-m"])
def test_it_works_where_threads_run_and_nothing_guards_the_main_module(
    folder: Path, how: str, tmp_path: Path
) -> None:
    (tmp_path / "script.py").write_text(NOTEBOOK)
    begin = {"-c": ["-c", NOTEBOOK], "a script": ["script.py"], "-m": ["-m", "script"]}[how]
    command = [sys.executable, *begin, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path)
    assert done.stdout == "['第0号', '第1号']\n", done.stderr


def test_importing_the_package_loads_no_batch() -> None:
    code = "import sys, ykclean; print([m for m in sys.modules if 'batch' in m or m == 'sqlite3'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
