"""``ykclean clean`` over many files, as its users see it."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from batch_helpers import is_there, make_files, results, wait_for_end_of
from ykclean.cli import main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_files(tmp_path / "in", 30)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_batch_writes_the_same_tree_as_a_plain_clean(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "-o", "plain"]) == 0
    assert main(["clean", "in", "-o", "batch", "--workers", "2"]) == 0
    assert results(folder / "plain") == results(folder / "batch")
    assert not (folder / "plain" / ".ykclean").exists()
    err = capfd.readouterr().err
    assert "documents            30" in err
    assert "YK201 halfwidth-punctuation" in err


def test_many_files_into_a_folder_are_a_batch_unasked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ykclean.cli.batch.MANY", 30)
    assert main(["clean", "in", "-o", "out"]) == 0
    assert json.loads((folder / "out" / "summary.json").read_bytes())["documents"] == 30


def test_a_page_is_read_as_one_and_a_table_row_by_row(folder: Path, capfd: Capture) -> None:
    pytest.importorskip("selectolax")
    Path("a.html").write_text("<title>港口_网</title><p>他说,好。", encoding="utf-8")
    assert main(["clean", "a.html"]) == 0
    assert capfd.readouterr() == ("港口\n他说，好。", "")
    Path("b.jsonl.gz").write_bytes(gzip.compress(b'{"id": 1, "text": "\xe5\xa5\xbd,\xe5\xa5\xbd"}\n' * 2))
    assert main(["clean", "b.jsonl.gz"]) == 0
    out, err = capfd.readouterr()
    assert out == "==> b.jsonl.gz#1 <==\n好，好\n\n==> b.jsonl.gz#2 <==\n好，好\n"
    assert err == "ykclean: 2 documents cleaned, 2 changes\n"
    assert main(["clean", "b.jsonl.gz", "--format", "jsonl"]) == 0
    assert json.loads(capfd.readouterr().out.splitlines()[0])["fields"] == {"id": 1}


def test_a_page_below_many_texts_is_read_all_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    pytest.importorskip("selectolax")
    monkeypatch.setattr("ykclean.cli.batch.MANY", 5)
    Path("in/001/deep").mkdir()
    Path("in/001/deep/a.html").write_text("<title>港口_网</title><p>他说,好。", encoding="utf-8")
    assert main(["clean", "in", "--format", "jsonl"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 31


def test_a_diff_tells_what_it_does_not_show(folder: Path, capfd: Capture) -> None:
    for name in ("in/a.html", "in/b.html"):
        Path(name).write_text("<title>港口_网</title><p>他说,好。", encoding="utf-8")
    assert main(["clean", "in", "--diff"]) == 0
    out, err = capfd.readouterr()
    assert out.startswith("--- a/in/000/")
    assert "html and 1 other: no diff, for the text must be taken out first" in err
    assert main(["clean", "in/a.html", "--diff"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("ykclean: in/a.html: no diff")


@pytest.mark.parametrize("end", ["\n", "\0"])
def test_a_list_of_files_from_standard_input(folder: Path, end: str) -> None:
    names = f"in/000/0003.txt{end}in/000/0001.txt{end}".encode()
    command = [sys.executable, "-m", "ykclean", "clean", "--files-from", "-", "--format", "jsonl", "--quiet"]
    done = subprocess.run(command, input=names, capture_output=True, check=True)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["path"] for record in records] == ["in/000/0001.txt", "in/000/0003.txt"]
    assert done.stderr == b""


@pytest.mark.parametrize(("limit", "code"), [("1M", 0), ("10", 1)])
def test_standard_input_is_a_document(folder: Path, limit: str, code: int) -> None:
    command = [sys.executable, "-m", "ykclean", "clean", "-", "--size-limit", limit]
    done = subprocess.run(command, input="他说,好。".encode("gbk") * 3, capture_output=True)
    assert done.returncode == code
    assert done.stdout.decode() == ("" if code else "他说，好。" * 3)
    assert done.stderr.startswith(b"ykclean: -: 11 bytes or more: over the size limit" if code else b"")


@pytest.mark.parametrize(
    "arguments",
    [
        ["in", "--resume"],
        ["in", "--format", "parquet"],
        ["in", "-o", "out", "--resume"],
        ["in", "-o", "out", "--resume", "--restart"],
        ["in", "-o", "out", "--format", "json", "--workers", "1"],
        ["in", "-o", "in", "--workers", "1"],
        ["in", "-o", "out", "--size-limit", "many"],
        ["in", "-o", "out", "--size-limit", "inf"],
        ["in", "-o", "out", "--size-limit", "1e308T"],
        ["in", "-o", "out", "--size-limit", "-1"],
        ["in", "-o", "out", "--time-limit", "-1"],
        ["in", "-o", "out", "--time-limit", "nan"],
        ["in", "--diff", "--workers", "2"],
        ["in", "-o", "out", "--report", "r.html", "--dry-run"],
        ["--files-from", "nowhere.txt"],
        ["in", "-o", "out", "--log-file", "no/such/folder.log"],
        [],
    ],
)
def test_wrong_usage(folder: Path, arguments: list[str], capfd: Capture) -> None:
    assert main(["clean", *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "Error: " in err
    assert "Traceback" not in err
    assert not list(folder.glob("out/*.txt"))


def test_a_resume_with_other_choices_says_what_they_were(folder: Path, capfd: Capture) -> None:
    command = ["clean", "in", "-o", "out", "--workers", "0"]
    assert main([*command, "--limit", "1", "--select", "YK2,YK3", "--verbose"]) == 0
    assert "/0000.txt: 7 changes, 1 article\n" in capfd.readouterr().err
    assert main([*command, "--resume", "--ignore", "YK4"]) == 2
    err = " ".join(capfd.readouterr().err.split())
    assert "(ignore was not given, limit was 1, select was YK2,YK3)" in err


def test_a_dry_run_shows_figures_and_writes_nothing(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "-o", "out", "--dry-run", "--limit", "5"]) == 0
    assert "documents            5" in capfd.readouterr().err
    assert not (folder / "out").exists()


def test_what_failed_is_told_and_listed(folder: Path, capfd: Capture) -> None:
    (folder / "in" / "big.txt").write_text("好。" * 1000)
    assert main(["clean", "in", "-o", "out", "--size-limit", "1k", "--quiet"]) == 1
    err = capfd.readouterr().err
    assert err.splitlines() == [
        "ykclean: in/big.txt: 6,000 bytes or more: over the size limit of 1,000; raise it with --size-limit",
        "ykclean: 1 in quarantine: out/quarantine.jsonl says why",
    ]
    assert main(["clean", "in", "-o", "out", "--workers", "1", "-q"]) == 0
    assert not (folder / "out" / "quarantine.jsonl").exists()


def test_a_limit_of_0_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ykclean.batch.readers.Reading.__new__.__defaults__", (None, 10, False))
    arguments = ["clean", "in", "-o", "out", "--limit", "3"]
    assert main(arguments) == 1
    assert main([*arguments, "--size-limit", "0", "--time-limit", "0"]) == 0
    assert main([*arguments[:-1], "0"]) == 0
    assert json.loads(Path("out/summary.json").read_bytes())["documents"] == 0


def test_logs(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "-o", "a", "--log-file", "run.log", "--log-json", "--verbose", "-q"]) == 0
    events = [json.loads(line) for line in Path("run.log").read_text(encoding="utf-8").splitlines()]
    assert [events[0]["event"], events[-1]["event"]] == ["begin", "end"]
    assert sum(event["event"] == "cleaned" for event in events) == 30
    assert main(["clean", "in", "-o", "b", "--log-json"]) == 0
    assert all(json.loads(line) for line in capfd.readouterr().err.splitlines()[30:])
    assert main(["clean", "in", "-o", "c", "--log-file", "plain.log"]) == 0
    assert " begin: files 30" in Path("plain.log").read_text(encoding="utf-8")


def test_the_report(folder: Path, capfd: Capture) -> None:
    pytest.importorskip("jinja2")
    assert main(["clean", "in", "-o", "out", "--report", "r/report.html", "-q"]) == 0
    assert "30 of 30 documents" in capfd.readouterr().err
    assert "default-src" in Path("r/report.html").read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_told(folder: Path, capfd: Capture) -> None:
    pytest.importorskip("jinja2")
    assert main(["clean", "in", "-o", "out", "--report", "in/000/0000.txt/r.html", "-q"]) == 1
    assert capfd.readouterr().err == "ykclean: in/000/0000.txt: File exists\n"
    assert main(["rules"]) == 0
    assert "YK201" in capfd.readouterr().out


def test_a_report_that_cannot_be_drawn_is_told_before_the_run(
    folder: Path, capfd: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ykclean.cli.batch.find_spec", lambda name: None)
    assert main(["clean", "in", "-o", "out", "--report", "r.html"]) == 2
    assert "--report needs an extra: pip install 'ykclean[report]'" in capfd.readouterr().err
    assert not Path("out").exists()


def test_no_file_at_all(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "--exclude", "*"]) == 0
    assert capfd.readouterr() == ("", "ykclean: no document to clean\n")


def test_a_finished_run_can_be_given_a_report_later(folder: Path, capfd: Capture) -> None:
    pytest.importorskip("jinja2")
    assert main(["clean", "in", "-o", "out", "--workers", "1"]) == 0
    made = results(folder / "out")
    assert main(["clean", "in", "-o", "out", "--resume", "--report", "report.html"]) == 0
    assert "30 of 30 documents" in capfd.readouterr().err
    assert results(folder / "out") == made


@pytest.mark.parametrize("form", ["text", "markdown", "jsonl", "jsonl.zst", "parquet"])
def test_undo_gives_a_whole_output_back(folder: Path, form: str, capfd: Capture) -> None:
    sources = {path: path.read_bytes() for path in Path("in").rglob("*.txt")}
    assert main(["clean", "in", "-o", "out", "--format", form, "--workers", "2"]) == 0
    assert main(["undo", "out", "-o", "back"]) == 0
    assert {path: (Path("back") / path).read_bytes() for path in sources} == sources
    assert main(["undo", "in", "-o", "back"]) == 1
    assert "in holds nothing that can be undone" in capfd.readouterr().err


def test_the_text_of_a_page_comes_back_under_a_name_of_its_own(folder: Path) -> None:
    pytest.importorskip("selectolax")
    Path("in/a.html").write_text("<title>港口_网</title><p>他说,好。", encoding="utf-8")
    assert main(["clean", "in/a.html", "-o", "out"]) == 0
    assert main(["undo", "out", "-o", "back"]) == 0
    assert Path("back/in/a.html.txt").read_text(encoding="utf-8") == "港口\n他说,好。"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_it_with_its_code_and_it_can_go_on(folder: Path, number: int, code: int) -> None:
    command = [sys.executable, "-m", "ykclean", "clean", "in", "-o", "out", "--format", "jsonl"]
    os.mkfifo("in/pipe.txt")  # Not taken: it is no regular file.
    make_files(folder / "in", 400)  # Whose lines do not fit into the pipe: it cannot end before the signal.
    run = subprocess.Popen(
        [*command, "--workers", "1", "--verbose"], stderr=subprocess.PIPE, text=True, pipesize=4096
    )
    assert run.stderr is not None
    assert "changes" in run.stderr.readline()
    run.send_signal(number)
    _, err = run.communicate(timeout=20)
    assert run.returncode == code, err
    assert "the same command with --resume goes on from here" in err
    assert not Path("out/records.jsonl").exists()
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(Path("out/records.jsonl").read_text(encoding="utf-8").splitlines()) == 400


def test_a_reader_that_stops_ends_the_workers(folder: Path) -> None:
    command = [sys.executable, "-m", "ykclean", "clean", "in", "in", "--format", "jsonl", "--workers", "2"]
    make_files(folder / "in", 400)
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline().startswith(b'{"path":"in/000/0000.txt"')
    run.stdout.close()
    err = run.stderr.read()
    assert run.wait(20) == 141, err
    assert b"Traceback" not in err
    assert not is_there(run.pid)


def test_killing_the_parent_ends_the_workers(folder: Path) -> None:
    make_files(folder / "in", 2000)
    command = [sys.executable, "-m", "ykclean", "clean", "in", "-o", "out", "--workers", "2", "--verbose"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    assert run.stderr is not None
    assert run.stderr.readline()
    run.kill()
    run.wait()
    run.stderr.close()
    wait_for_end_of(run.pid)


def test_the_configuration_excludes_files_and_is_checked_first(folder: Path, capfd: Capture) -> None:
    Path("in/ykclean.toml").write_text('exclude = ["000"]\nignore = ["YK2"]', encoding="utf-8")
    assert main(["clean", "in", "-o", "out", "--workers", "1"]) == 0
    assert {name[:4] for name in results(folder / "out")} == {"001/"}
    assert all(b"," in data for data in results(folder / "out").values())
    make_files(folder / "broken", 30)
    Path("broken/001/ykclean.toml").write_text("nonsense = 1", encoding="utf-8")
    assert main(["clean", "broken", "-o", "other", "--workers", "1"]) == 2
    assert "unknown key 'nonsense'" in capfd.readouterr().err
    assert not (folder / "other").exists()


def test_a_terminal_gets_a_bar(folder: Path) -> None:
    pytest.importorskip("rich")
    pty = pytest.importorskip("pty")
    reader, writer = pty.openpty()
    command = [sys.executable, "-m", "ykclean", "clean", "in", "-o", "out", "--workers", "1"]
    run = subprocess.Popen(command, stderr=writer, env={**os.environ, "TERM": "xterm", "COLUMNS": "160"})
    os.close(writer)
    seen = b""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            data = os.read(reader, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    assert run.wait() == 0
    assert b"/30 files" in seen
    assert b"documents            30" in seen
    assert "━".encode() in seen
