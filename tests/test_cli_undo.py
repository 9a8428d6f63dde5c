"""``ykclean undo``: the sources come back from the records, byte for byte."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ykclean.cli import main

Capture = pytest.CaptureFixture[bytes]
SOURCES = {
    "in/a.txt": "\ufeff他说,今天下雨。\r\n\r\n".encode(),
    "in/deep/b.txt": "他说,今天下雨。".encode("gb18030"),
    "in/c.txt": "他说,今天下雨。".encode() + b"\xff\n",
    "in/d.txt": b"",
    "in/e.txt": "我们说,今天下雨。\n他们说,是的。".encode("gbk").decode("latin-1").encode(),
}


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, raw in SOURCES.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(raw)
    assert main(["clean", "in", "--format", "jsonl", "-o", "out"]) == 0
    capfdbinary.readouterr()
    return tmp_path / "out" / "records.jsonl"


def test_every_source_comes_back(records: Path) -> None:
    assert main(["undo", str(records), "-o", "back"]) == 0
    assert {name: Path("back", name).read_bytes() for name in SOURCES} == SOURCES


def test_the_last_record_needs_no_line_feed_but_its_end(records: Path, capfdbinary: Capture) -> None:
    whole = records.read_bytes().removesuffix(b"\n")
    records.write_bytes(whole)
    assert main(["undo", "out", "-o", "back"]) == 0
    assert {name: Path("back", name).read_bytes() for name in SOURCES} == SOURCES
    records.write_bytes(whole[:-9])
    assert main(["undo", "out", "-o", "again"]) == 1
    assert b"out/records.jsonl: line 5: no record as clean --format" in capfdbinary.readouterr().err


@pytest.mark.parametrize("place", ["out", "out/records.jsonl"])
def test_a_broken_line_costs_only_itself(records: Path, place: str, capfdbinary: Capture) -> None:
    first, second, *rest = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join([first, second[:99] + b"\n", b"7\n", b'{"\xff"}\n', *rest]))
    assert main(["undo", place, "-o", "back"]) == 1
    assert len([path for path in Path("back").rglob("*") if path.is_file()]) == len(SOURCES) - 1
    err = capfdbinary.readouterr().err.decode()
    assert all(f"out/records.jsonl: line {number}: no record" in err for number in (2, 3, 4))
    assert f"{len(SOURCES) - 1} records read" in err


@pytest.mark.parametrize("options", [[], ["--format", "jsonl"], ["--format", "jsonl", "--workers", "0"]])
def test_a_name_that_is_no_text_comes_back_as_it_was(records: Path, options: list[str]) -> None:
    name = b"in/bad\xff.txt"
    try:
        with open(name, "wb") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(b"x")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    assert main(["clean", "in", "-o", "new", *(options or ["--workers", "0"])]) == 0
    assert main(["undo", "new", "-o", "back"]) == 0
    assert b"bad\xff.txt" in [os.fsencode(path.name) for path in Path("back/in").iterdir()]


def test_the_array_in_a_folder_is_undone(records: Path) -> None:
    assert main(["clean", "in", "--format", "json", "-o", "array"]) == 0
    assert main(["undo", "array", "-o", "back"]) == 0
    assert {name: Path("back", name).read_bytes() for name in SOURCES} == SOURCES


def test_what_cannot_be_undone_is_told(records: Path, capfdbinary: Capture) -> None:
    assert main(["clean", "in", "-o", "texts"]) == 0
    assert main(["undo", "texts", "-o", "back"]) == 1
    assert b"texts holds nothing that can be undone: neither records" in capfdbinary.readouterr().err


def test_no_source_takes_the_place_of_another(records: Path, capfdbinary: Capture) -> None:
    Path("x.txt").write_bytes(b"one")
    Path("in/x.txt").write_bytes(b"other")
    os.chdir("in")
    assert main(["clean", "../x.txt", "x.txt", "--format", "jsonl", "-o", "../two"]) == 0
    for options in ([], ["--overwrite"]):
        assert main(["undo", "../two", "-o", "bk", *options]) == 1
        assert Path("bk/x.txt").read_bytes() == b"one"
        assert b"x.txt: bk/x.txt is another source of these records" in capfdbinary.readouterr().err


def test_one_record_goes_to_standard_output(records: Path, capfdbinary: Capture) -> None:
    line = next(line for line in records.read_text(encoding="utf-8").splitlines() if "deep/b.txt" in line)
    Path("one.jsonl").write_text(line, encoding="utf-8")
    assert main(["undo", "one.jsonl"]) == 0
    assert capfdbinary.readouterr().out == SOURCES["in/deep/b.txt"]


def test_one_record_is_one(records: Path, capfdbinary: Capture) -> None:
    Path("one.jsonl").write_bytes(records.read_bytes().splitlines()[0])
    assert main(["undo", "one.jsonl", "-o", "back"]) == 0
    assert capfdbinary.readouterr().err == b"ykclean: 1 record read, 0 failed; sources in back\n"


@pytest.mark.parametrize("command", ["clean", "check", "undo"])
def test_the_help_has_every_exit_code(command: str, capfdbinary: Capture) -> None:
    assert main([command, "--help"]) == 0
    out = capfdbinary.readouterr().out
    assert all(code in out for code in (b"  130  ", b"  141  ", b"  143  "))


@pytest.mark.parametrize("arguments", [[], ["-o", ""], ["", "-o", "back"]])
def test_several_records_need_a_folder(records: Path, arguments: list[str]) -> None:
    assert main(["undo", str(records), *arguments]) == 2


def test_what_is_there_is_not_written_over_unasked(records: Path, capfdbinary: Capture) -> None:
    Path("in/a.txt").write_bytes(b"mine")
    assert main(["undo", str(records), "-o", "."]) == 1
    assert Path("in/a.txt").read_bytes() == b"mine"
    assert b"in/a.txt: in/a.txt holds something else; add --overwrite" in capfdbinary.readouterr().err
    assert main(["undo", str(records), "-o", ".", "--overwrite"]) == 0
    assert Path("in/a.txt").read_bytes() == SOURCES["in/a.txt"]


@pytest.mark.parametrize("path", ["../../evil.txt", "/evil.txt", "x/../../evil.txt"])
def test_a_record_never_leads_out_of_the_folder(records: Path, path: str) -> None:
    record = json.loads(records.read_text(encoding="utf-8").splitlines()[0])
    Path("one.jsonl").write_text(json.dumps({**record, "path": path}), encoding="utf-8")
    assert main(["undo", "one.jsonl", "-o", "back"]) == 0
    assert [p.name for p in Path("back").rglob("*") if p.is_file()] == ["evil.txt"]


def test_a_record_that_was_changed_is_refused(records: Path, capfdbinary: Capture) -> None:
    lines = records.read_text(encoding="utf-8").splitlines()
    changed = {**json.loads(lines[0]), "sha256": "0" * 64}
    Path("two.jsonl").write_text("\n".join([json.dumps(changed), lines[1]]), encoding="utf-8")
    assert main(["undo", "two.jsonl", "-o", "back"]) == 1
    assert len([p for p in Path("back").rglob("*") if p.is_file()]) == 1
    assert b"in/a.txt: its record does not give the source back" in capfdbinary.readouterr().err


@pytest.mark.parametrize("content", [b"no record", b"[1, 2]", b'{"path": "a.txt"}', b"\xff\xfe", b'"text"'])
def test_what_is_no_record_is_one_line(records: Path, content: bytes, capfdbinary: Capture) -> None:
    Path("other.jsonl").write_bytes(content)
    assert main(["undo", "other.jsonl"]) == 1
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert err.count(b"\n") == 1
    assert b"Traceback" not in err
