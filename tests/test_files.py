"""Which files are taken, how they are named, and that a write is whole or nothing."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import pytest

from ykclean.files import Input, atomic_writer, collect, output_stems, write_atomically


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ["b.txt", "a/2.txt", "a/10.TXT", "a/page.html", ".hidden/x.txt", ".x.txt", "note", "c.md"]:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("文", encoding="utf-8")
    return tmp_path


def found(*paths: str, leave_out: Path | None = None) -> list[str]:
    errors: list[OSError] = []
    inputs = collect(paths, leave_out=leave_out, on_error=errors.append)
    assert errors == []
    return [item.path for item in inputs]


def test_a_folder_is_walked_in_the_order_of_the_paths(folder: Path) -> None:
    assert found("in") == ["in/a/10.TXT", "in/a/2.txt", "in/b.txt", "in/c.md", "in/note"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(folder: Path) -> None:
    assert found("in/a/page.html", "in/.x.txt", "missing.txt", "-") == [
        "-",
        "in/.x.txt",
        "in/a/page.html",
        "missing.txt",
    ]


def test_a_file_is_taken_once(folder: Path) -> None:
    (folder / "link.txt").symlink_to("in/b.txt")
    assert found("in/b.txt", "./in/b.txt", "in", "link.txt").count("in/b.txt") == 1
    assert len(found("in", "in/a", "in/b.txt")) == len(found("in"))


def test_the_output_folder_is_not_walked(folder: Path) -> None:
    assert "in/a/2.txt" not in found("in", leave_out=Path("in/a"))


def test_a_loop_of_links_ends(folder: Path) -> None:
    (folder / "in" / "again").symlink_to(".")
    (folder / "in" / "loop.txt").symlink_to("loop.txt")
    assert found("in") == ["in/a/10.TXT", "in/a/2.txt", "in/b.txt", "in/c.md", "in/note"]


def test_names_of_results_never_collide_and_depend_on_no_order() -> None:
    inputs = [
        Input("x/a.txt", "a.txt"),
        Input("x/a.md", "a.md"),
        Input("y/A.txt", "A.txt"),
        Input("y/b.tar.txt", "b.tar.txt"),
        Input("z/a.txt", "z/a.txt", walked=True),
    ]
    stems = output_stems(inputs)
    assert len({str(stem).casefold() for stem in stems.values()}) == len(inputs)
    assert stems["y/b.tar.txt"] == Path("b.tar")
    assert stems["z/a.txt"] == Path("z/a")
    assert stems["x/a.txt"].name.startswith("a~")
    assert output_stems(inputs[::-1]) == stems


def test_a_write_that_fails_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old", encoding="utf-8")
    with contextlib.suppress(KeyboardInterrupt), atomic_writer(path) as stream:
        stream.write(b"half of the ne")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.txt"]  # noqa: PTH208


def test_a_replaced_file_keeps_its_mode_and_its_links(tmp_path: Path) -> None:
    path, link = tmp_path / "a.txt", tmp_path / "link"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640
