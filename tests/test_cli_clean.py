"""``ykclean clean`` as its users see it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ykclean import clean
from ykclean.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

DIRTY = "他说,今天下雨。\n\n她说,明天放晴。\n"
CLEAN = "他说，今天下雨。\n\n她说，明天放晴。\n"
Capture = pytest.CaptureFixture[str]
COMMAND = [sys.executable, "-m", "ykclean"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name in ("b.txt", "a.txt"):
        (tmp_path / "in" / name).write_bytes(DIRTY.encode())
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_one_file_goes_to_standard_output_and_is_not_touched(folder: Path, capfd: Capture) -> None:
    before = contents(folder)
    assert main(["clean", "in/a.txt"]) == 0
    assert capfd.readouterr() == (CLEAN, "")
    assert contents(folder) == before


def test_several_files_come_in_order_under_headings(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in/b.txt", "in"]) == 0
    out, err = capfd.readouterr()
    assert out == f"==> in/a.txt <==\n{CLEAN}\n==> in/b.txt <==\n{CLEAN}"
    assert err == "ykclean: 2 files cleaned, 4 changes\n"


def test_the_text_keeps_its_line_ends(folder: Path) -> None:
    Path("in/a.txt").write_bytes("他说,好。\r\n\r\n她走了。".encode("gbk"))
    done = subprocess.run([*COMMAND, "clean", "in/a.txt"], capture_output=True, check=True)
    assert done.stdout.decode("utf-8") == "他说，好。\r\n\r\n她走了。"


def test_standard_input_is_a_file_like_any_other(folder: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "clean", "-", "--format", "jsonl"], input=DIRTY.encode(), capture_output=True, check=True
    )
    record = json.loads(done.stdout)
    assert record == json.loads(json.dumps(clean(DIRTY.encode()).to_dict("-")))


def test_records_are_one_object_a_line_or_one_array(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "--format", "jsonl"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert main(["clean", "in", "--format", "json"]) == 0
    array = json.loads(capfd.readouterr().out)
    assert [json.loads(line) for line in lines] == array
    assert [record["path"] for record in array] == ["in/a.txt", "in/b.txt"]


def test_no_file_gives_an_empty_array(folder: Path, capfd: Capture) -> None:
    (folder / "empty").mkdir()
    assert main(["clean", "empty", "--format", "json"]) == 0
    out, said = capfd.readouterr()
    assert out == "[]\n"
    assert said.startswith("ykclean: no text file found; tables and archives in a folder are read if asked")


def test_markdown(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in/a.txt", "--format", "markdown"]) == 0
    assert capfd.readouterr().out == CLEAN


def test_diff_shows_and_writes_nothing(folder: Path, capfd: Capture) -> None:
    before = contents(folder)
    assert main(["clean", "in/a.txt", "--diff"]) == 0
    assert capfd.readouterr().out == (
        "--- a/in/a.txt\n+++ b/in/a.txt\n@@ -1,3 +1,3 @@\n"
        "-他说,今天下雨。\n+他说，今天下雨。\n \n-她说,明天放晴。\n+她说，明天放晴。\n"
    )
    assert main(["clean", "in", "--diff", "-o", "out"]) == 2
    assert contents(folder) == before


def test_a_folder_receives_one_file_an_article(folder: Path, capfd: Capture) -> None:
    sources = contents(folder)
    for _ in range(2):
        assert main(["clean", "in", "-o", "out"]) == 0
        assert contents(folder / "out") == {f"{n}-1.txt": CLEAN.replace("\n\n", "\n").encode() for n in "ab"}
    out, err = capfd.readouterr()
    assert out == ""
    assert err.endswith(f"; written to out{os.sep}\n")
    assert contents(folder / "in") == {name[3:]: raw for name, raw in sources.items()}


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_a_folder_receives_one_file_of_records(folder: Path, form: str, capfd: Capture) -> None:
    assert main(["clean", "in", "--format", form]) == 0
    printed = capfd.readouterr().out
    assert main(["clean", "in", "--format", form, "-o", "new/out"]) == 0
    assert contents(folder / "new") == {f"out/records.{form}": printed.encode()}


def test_an_output_folder_inside_the_input_is_not_cleaned_again(folder: Path) -> None:
    for _ in range(2):
        assert main(["clean", ".", "-o", "out"]) == 0
    assert list(contents(folder / "out")) == ["in/a-1.txt", "in/b-1.txt"]


@pytest.mark.parametrize("options", [[], ["--workers", "0"]])
@pytest.mark.parametrize("name", ["q.txt", "page.html", "deep/README", "2024-1.txt"])
def test_an_output_folder_that_holds_sources_is_refused(
    folder: Path, name: str, options: list[str], capfd: Capture
) -> None:
    place = Path("in/odd", name)
    place.parent.mkdir(parents=True)
    place.write_bytes(DIRTY.encode())
    before = contents(folder)
    assert main(["clean", "in", "-o", "in/odd", *options]) == 2
    assert f"-o in/odd: {place} is there, which no earlier run wrote" in capfd.readouterr().err
    assert contents(folder) == before
    assert main(["clean", "in", "-o", "in/.odd", *options]) == 0
    assert main(["clean", "in", "-o", "in/new", "--exclude", "odd"]) == 0


@pytest.mark.parametrize("form", ["text", "markdown", "json", "jsonl"])
@pytest.mark.parametrize("options", [[], ["--workers", "0"]])
def test_an_output_folder_inside_the_input_serves_again(folder: Path, form: str, options: list[str]) -> None:
    if form == "json" and options:
        pytest.skip("an array is for a few files")
    Path("in/a.md").write_bytes(DIRTY.encode())
    command = ["clean", "in", "-o", "in/out", "--format", form, *options]
    assert main(command) == 0
    Path("in/b.txt").unlink()  # What was made of it stays, and is no source.
    assert main(command) == 0


def test_a_source_is_never_written_over(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in", "-o", "./in"]) == 2
    Path("in/a-1.txt").write_bytes(DIRTY.encode())
    assert main(["clean", "in/a.txt", "in/a-1.txt", "-o", "in"]) == 1
    assert Path("in/a-1.txt").read_bytes() == DIRTY.encode()
    assert Path("in/a-1-1.txt").is_file()
    assert "in/a.txt: not written: in/a-1.txt is itself a file to clean" in capfd.readouterr().err


def test_select_ignore_and_config(folder: Path, capfd: Capture) -> None:
    assert main(["clean", "in/a.txt", "--ignore", "YK2"]) == 0
    assert main(["clean", "in/a.txt", "--select", "YK301,straight-quote"]) == 0
    Path("quiet.toml").write_text('ignore = ["halfwidth-punctuation"]', encoding="utf-8")
    assert main(["clean", "in/a.txt", "--config", "quiet.toml"]) == 0
    assert capfd.readouterr().out == DIRTY * 3
    shutil.copytree("in", "other")
    Path("other/ykclean.toml").write_text('ignore = ["YK2"]\nexclude = ["b.*"]', encoding="utf-8")
    assert main(["clean", "other"]) == 0
    assert capfd.readouterr().out == DIRTY


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["in", "--format", "yaml"],
        ["in", "--select", "YK999"],
        ["in", "--config", "missing.toml"],
        ["in", "-o", "in/a.txt"],
        ["in", "-o", ""],
        [""],
        ["in", "--no-such-option"],
    ],
)
def test_wrong_usage_is_2_and_prints_no_result(folder: Path, arguments: list[str], capfd: Capture) -> None:
    assert main(["clean", *arguments]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert "Error: " in err
    assert "Traceback" not in err


def test_a_broken_configuration_is_2_before_anything_is_done(folder: Path, capfd: Capture) -> None:
    Path("in/ykclean.toml").write_text("nonsense = 1", encoding="utf-8")
    assert main(["clean", "in", "-o", "out"]) == 2
    assert not Path("out").exists()
    assert "ykclean.toml" in capfd.readouterr().err


def missing(path: Path) -> None:
    path.unlink()


def binary(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.name)


def unreadable(path: Path) -> None:
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")


@pytest.mark.parametrize("spoil", [missing, binary, dangling, loop, unreadable])
@pytest.mark.parametrize("options", [[], ["--format", "json"], ["-o", "out"]])
def test_a_file_that_fails_gets_one_line_and_the_others_are_cleaned(
    folder: Path, spoil: Callable[[Path], None], options: list[str], capfd: Capture
) -> None:
    spoil(Path("in/a.txt"))
    assert main(["clean", "in/a.txt", "in/b.txt", *options]) == 1
    out, err = capfd.readouterr()
    lines = err.splitlines()
    assert lines[0].startswith("ykclean: in/a.txt: ")
    assert len(lines) == 2
    assert lines[1].startswith("ykclean: 1 file cleaned, 2 changes, 1 failed")
    assert "他说，今天下雨。" in (Path("out/b-1.txt").read_text(encoding="utf-8") if "-o" in options else out)


def test_a_folder_in_place_of_a_result_fails_that_file_only(folder: Path, capfd: Capture) -> None:
    Path("out/a-1.txt").mkdir(parents=True)
    assert main(["clean", "in", "-o", "out"]) == 1
    assert Path("out/b-1.txt").is_file()
    assert [path.name for path in Path("out").rglob("*")] == ["a-1.txt", "b-1.txt"]
    assert "a-1.txt: a folder, where a file is needed" in capfd.readouterr().err


def test_binary_files_in_a_folder_are_passed_over(folder: Path, capfd: Capture) -> None:
    binary(Path("in/a.txt"))
    assert main(["clean", "in", "--format", "jsonl"]) == 0
    out, err = capfd.readouterr()
    assert [json.loads(line)["path"] for line in out.splitlines()] == ["in/b.txt"]
    assert "1 binary file passed over" in err


def test_a_rule_can_be_added_to_the_usual_ones(folder: Path, capfd: Capture) -> None:
    Path("in/a.txt").write_text("他来了,好。\n分享到：微信 微博\n", encoding="utf-8")
    assert main(["clean", "in/a.txt"]) == 0
    assert capfd.readouterr().out == "他来了，好。\n分享到：微信 微博\n"
    assert main(["clean", "in/a.txt", "--extend-select", "YK103"]) == 0
    assert capfd.readouterr().out == "他来了，好。\n"


def test_an_error_of_ours_is_one_line_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: Capture
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep\nby far")

    monkeypatch.setattr("ykclean.engine.judge", fail)
    assert main(["clean", "in/a.txt"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "in/a.txt: internal error" in err


def test_a_reader_that_stops_ends_the_run_quietly(folder: Path) -> None:
    Path("in/a.txt").write_bytes(DIRTY.encode() * 20_000)
    run = subprocess.Popen(
        [*COMMAND, "clean", "in"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert run.stdout is not None
    assert run.stderr is not None
    assert run.stdout.readline() == "==> in/a.txt <==\n"
    run.stdout.close()
    assert run.stderr.read() == "ykclean: standard output was closed by its reader; stopped\n"
    assert run.wait() == 141
    run.stderr.close()


def test_standard_output_that_is_full_is_one_line(folder: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as stdout:
        done = subprocess.run(
            [*COMMAND, "clean", "in/a.txt"], stdout=stdout, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == 1
    assert done.stderr.startswith("ykclean: standard output: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors differ")
@pytest.mark.parametrize(
    ("arguments", "descriptor", "code", "said"),
    [
        (["clean", "in/a.txt"], 1, 1, "standard output"),
        (["check", "in/a.txt"], 1, 1, "standard output"),
        (["clean", "-"], 0, 1, "standard input"),
        (["clean", "-", "--workers", "1", "--quiet"], 0, 1, "-"),
        (["clean", "--files-from", "-"], 0, 2, "Error: --files-from -"),
        (["check", "-"], 0, 2, "standard input"),
    ],
)
def test_a_standard_stream_that_is_closed_is_one_line(
    folder: Path, arguments: list[str], descriptor: int, code: int, said: str
) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments], stderr=subprocess.PIPE, text=True, preexec_fn=lambda: os.close(descriptor)
    )
    assert done.returncode == code
    *_, last = done.stderr.splitlines()
    assert last.removeprefix("ykclean: ") == f"{said}: Bad file descriptor"
    assert "Traceback" not in done.stderr


def test_the_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    name = os.fsencode("in/文") + b"\xff.txt"
    with open(name, "wb") as stream:  # noqa: PTH123
        stream.write(DIRTY.encode())
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(
        [*COMMAND, "clean", "in", "--format", "jsonl"], capture_output=True, env=environment, check=True
    )
    records = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [record["articles"][0]["text"] for record in records] == [CLEAN.strip().replace("\n\n", "\n")] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ")
def test_an_interrupt_is_one_line(folder: Path) -> None:
    code = (
        "import signal, sys; from ykclean.cli import main;"
        # Who runs the tests in the background may have interrupts ignored, and so would we.
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "print('ready', flush=True); sys.exit(main(['clean', '-']))"
    )
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", code], **pipes) as run:  # type: ignore[call-overload]
        run.stdout.readline()
        time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        assert run.stderr.read().strip() == b"ykclean: interrupted"
    assert run.returncode == 130


def test_an_interrupt_leaves_no_half_of_a_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ykclean.engine.judge", interrupt)
    assert main(["clean", "in", "--format", "jsonl", "-o", "out"]) == 130
    assert contents(folder / "out") == {}


def test_a_small_clean_loads_nothing_heavy(folder: Path) -> None:
    code = (
        "import sys; from ykclean.cli import main; main(['clean', 'in/a.txt']);"
        "print(*(m for m in ('chardet', 'msgspec', 'numpy', 'rapidfuzz', 'difflib')"
        " if m in sys.modules), sep=',', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("command", ["clean", "undo"])
def test_help_tells_the_exit_codes(command: str, capfd: Capture) -> None:
    assert main([command, "--help"]) == 0
    assert "Exit codes:" in capfd.readouterr().out


def test_the_list_of_commands_imports_none(tmp_path: Path) -> None:
    code = (
        "import sys; from ykclean.cli import main; main(['--help']);"
        "assert 'ykclean.cli.clean' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Clean files and show or write the result." in done.stdout
