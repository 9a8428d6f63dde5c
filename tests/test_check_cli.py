"""``ykclean check`` as its users see it: exit codes, choices, what is left alone."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import ClassVar

import pytest

from batch_helpers import wait_for_end_of
from checking_helpers import COMMAS, FINE, MENDED, TWICE, write
from ykclean.cli import main

Capture = pytest.CaptureFixture[str]
COMMAND = [sys.executable, "-m", "ykclean", "check"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def codes(out: str) -> list[str]:
    return [record["code"] for record in json.loads(out)]


def give_stdin(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))


class TestExitCodes:
    def test_zero_when_nothing_is_wrong(self, capfd: Capture) -> None:
        write("a.txt", FINE)
        assert main(["check", "a.txt"]) == 0
        assert capfd.readouterr() == ("All clear: 1 file checked.\n", "")

    def test_one_when_something_is_wrong(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", "--output-format", "concise"]) == 1
        lines = capfd.readouterr().out.splitlines()
        assert [line.split(" ")[:3] for line in lines[:2]] == [
            ["a.txt:1:3:", "YK201", "[*]"],
            ["a.txt:3:3:", "YK201", "[*]"],
        ]
        assert lines[2] == "Found 2 problems in 1 file. [*] 2 fixable with --fix."

    def test_one_where_no_chinese_is_left_as_all_was_misread(self, capfd: Capture) -> None:
        misread = "今天下雨，明天放晴。".encode("gbk").decode("latin-1")
        for text in (misread, f"{misread} €—✓"):
            Path("a.txt").write_text(text, encoding="utf-8")
            assert main(["check", "a.txt", "--output-format", "json"]) == 1
            assert codes(capfd.readouterr().out) == ["YK001"]

    @pytest.mark.parametrize("text", [r"\u6e21\u8f6e\u505c\u4e86\u3002", "&#28193;&#36718;&#20572;&#20102;"])
    def test_one_where_all_is_escaped(self, text: str, capfd: Capture) -> None:
        write("a.txt", text)
        assert main(["check", "a.txt", "--output-format", "json"]) == 1
        assert set(codes(capfd.readouterr().out)) >= {"YK101"}

    def test_english_about_escapes_is_no_chinese(self) -> None:
        write("a.txt", r"In a string, \u4e2d\u6587 stands for two characters, and so on.")
        assert main(["check", "a.txt"]) == 0

    def test_exit_zero(self) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", "--exit-zero"]) == 0

    @pytest.mark.parametrize("option", ["-o", "--write-baseline"])
    def test_two_when_what_was_asked_for_cannot_be_written(self, option: str, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", option, "a.txt/x"]) == 2
        assert f"Error: {option} a.txt/x: " in capfd.readouterr().err

    def test_what_is_missing_is_told_in_the_language_of_the_report(self, capfd: Capture) -> None:
        assert main(["check", "b.txt", "--lang", "zh"]) == 2
        assert "b.txt: 没有这个文件或文件夹" in capfd.readouterr().err

    def test_two_when_a_file_is_missing_and_the_others_are_checked(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main(["check", ""]) == 2
        assert "an empty name is no file or folder" in capfd.readouterr().err
        assert main(["check", "a.txt", "b.txt", "c.unknown", "--exit-zero"]) == 2
        out, err = capfd.readouterr()
        assert "a.txt:1:3: YK201" in out
        assert [line.split(":")[1] for line in err.splitlines()] == [" c.unknown", " b.txt"]

    @pytest.mark.parametrize(
        "arguments",
        [
            *(
                ["--select", "YK9"],
                ["--fix", "--diff"],
                ["-", "a.txt"],
                ["--stdin-filename", "a.txt"],
                ["--what"],
            ),
            *([""], ["-o", ""], ["--write-baseline", ""], ["--baseline", ""]),
            *(["--write-baseline", "b", "-o", "r"], ["--write-baseline", "b", "--statistics"]),
        ],
    )
    def test_two_when_it_cannot_do_its_work(self, arguments: list[str], folder: Path) -> None:
        assert main(["check", *arguments]) == 2
        assert list(folder.iterdir()) == []

    def test_unknown_code_suggests_the_nearest(self, capfd: Capture) -> None:
        assert main(["check", "--select", "YK2O1"]) == 2
        assert "did you mean 'YK201'" in capfd.readouterr().err

    def test_a_directory_is_walked(self, capfd: Capture) -> None:
        for path in ("x/a.txt", "x/y/b.md", "x/c.py", "x/.hidden.txt"):
            write(path, COMMAS)
        assert main(["check", "--output-format", "json"]) == 1
        assert {record["path"] for record in json.loads(capfd.readouterr().out)} == {
            str(Path("x/a.txt")),
            str(Path("x/y/b.md")),
        }

    def test_options_and_files_in_any_order(self) -> None:
        # As pre-commit gives them: the hook's own arguments, then the files.
        write("a.txt", COMMAS)
        write("b.txt", COMMAS)
        assert main(["check", "--fix", "a.txt", "b.txt"]) == 0
        assert Path("b.txt").read_text(encoding="utf-8") == MENDED


def test_nothing_to_check(capfd: Capture) -> None:
    assert main(["check", "."]) == 0
    assert capfd.readouterr().out == "Nothing to check.\n"


class TestLeftAlone:
    """What is no Chinese prose is neither reported nor touched."""

    FILES: ClassVar[dict[str, str | bytes]] = {
        "a.py": 'print("你好,世界")  # 注释,一\n',
        "b.json": '{"标题":"你好,世界"}\n',
        "c.txt": "He said, Yingkou (营口) is a port, and left.\n" * 5,
        "d.txt": "これは,日本語です。東京,大阪。\n",
        "e.md": "# Notes\n\nThe city of 营口, on the coast, is old. It has, as said, a port.\n",
        "f.txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        "g.html": "<p>他说,好。</p>\n",
        "Makefile": "全部: 甲,乙\n\techo 他说,好\n",
        "h.txt": "",
    }

    def test_neither_reported_nor_changed(self, capfd: Capture) -> None:
        for name, content in self.FILES.items():
            write(name, content)
        before = {name: Path(name).read_bytes() for name in self.FILES}
        assert main(["check", "--fix", "--unsafe-fixes", *self.FILES]) == 0
        assert {name: Path(name).read_bytes() for name in self.FILES} == before
        assert "4 files left alone" in capfd.readouterr().out

    def test_include_chooses_by_name(self) -> None:
        write("a.log", COMMAS)
        write("ykclean.toml", 'include = ["*.log"]')
        assert main(["check", "a.log"]) == 1


class TestChoices:
    def test_select_by_code_prefix_and_name(self, capfd: Capture) -> None:
        write("a.txt", '他说,"好"...\n')
        for choice, expected in {
            "YK203": {"YK203"},
            "YK20": {"YK201", "YK202", "YK203"},
            "straight-quote,yk203": {"YK202", "YK203"},
        }.items():
            assert main(["check", "a.txt", "--output-format", "json", "--select", choice]) == 1
            assert set(codes(capfd.readouterr().out)) == expected

    def test_ignore(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", "--ignore", "halfwidth-punctuation"]) == 0
        assert main(["check", "a.txt", "--select", "YK2", "--ignore", "YK201"]) == 0

    def test_select_on_the_command_line_beats_ignore_in_the_configuration(self) -> None:
        write("ykclean.toml", 'ignore = ["YK2"]')
        write("a.txt", COMMAS)
        assert main(["check", "a.txt"]) == 0
        assert main(["check", "a.txt", "--select", "YK201"]) == 1

    def test_exclude_holds_for_folders_and_with_force_for_named_files(self) -> None:
        write("old/a.txt", COMMAS)
        assert main(["check", ".", "--exclude", "old"]) == 0
        assert main(["check", "old/a.txt", "--exclude", "old"]) == 1
        assert main(["check", "old/a.txt", "--exclude", "old", "--force-exclude"]) == 0

    def test_exclude_in_the_configuration(self) -> None:
        write("old/a.txt", COMMAS)
        write("ykclean.toml", 'exclude = ["old/"]\nforce-exclude = true')
        assert main(["check", "."]) == 0
        assert main(["check", "old/a.txt"]) == 0

    def test_statistics(self, capfd: Capture) -> None:
        write("a.txt", COMMAS + "等等...\n")
        assert main(["check", "a.txt", "--statistics", "-q"]) == 1
        assert capfd.readouterr().out.splitlines() == [
            "      2 YK201 halfwidth-punctuation",
            "      1 YK203 ascii-ellipsis",
        ]
        assert main(["check", "a.txt", "--statistics", "--output-format", "json"]) == 1
        assert [entry["count"] for entry in json.loads(capfd.readouterr().out)] == [2, 1]
        assert main(["check", "a.txt", "--statistics", "--output-format", "sarif"]) == 2
        assert "--statistics has no form for sarif; take json" in capfd.readouterr().err

    def test_output_file(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", "--output-format", "json", "-o", "out/report.json"]) == 1
        assert capfd.readouterr().out == ""
        assert codes(Path("out/report.json").read_text(encoding="utf-8")) == ["YK201", "YK201"]


class TestLanguageAndColour:
    def test_language_of_the_locale(self, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        write("a.txt", FINE)
        monkeypatch.setenv("LANG", "zh_CN.UTF-8")
        assert main(["check", "a.txt"]) == 0
        assert capfd.readouterr().out == "没有问题：已检查 1 个文件。\n"
        assert main(["check", "a.txt", "--lang", "en"]) == 0
        assert capfd.readouterr().out.startswith("All clear")

    @pytest.mark.parametrize(
        ("environment", "colored"),
        [({}, False), ({"FORCE_COLOR": "1"}, True), ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
    )
    def test_colour(
        self, environment: dict[str, str], colored: bool, capfd: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write("a.txt", COMMAS)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        main(["check", "a.txt"])
        assert ("\x1b[" in capfd.readouterr().out) is colored


class TestStdin:
    def test_check(self, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, COMMAS.encode("gbk"))
        assert main(["check", "-", "--stdin-filename", "x/a.txt", "--output-format", "concise"]) == 1
        assert capfd.readouterr().out.startswith("x/a.txt:1:3: YK201")

    def test_fix_prints_the_text_and_reports_on_standard_error(
        self, capfd: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        give_stdin(monkeypatch, (COMMAS + "他在河边").encode())
        main(["check", "--fix", "-"])
        out, err = capfd.readouterr()
        assert out == MENDED + "他在河边"
        assert "Fixed 2 problems." in err

    def test_diff(self, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, COMMAS.encode())
        assert main(["check", "--diff", "-", "--stdin-filename", "a.txt"]) == 1
        out, err = capfd.readouterr()
        assert out.startswith("--- a/a.txt\n+++ b/a.txt\n@@")
        assert out.endswith("+她说，明天放晴。\n")
        assert err == "ykclean: Would fix 2 problems.\n"

    def test_what_is_no_prose_goes_through(self, capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        give_stdin(monkeypatch, b'x = "\xe4\xbb\x96,\xe5\xa5\xb9"\n')
        assert main(["check", "--fix", "-q", "-", "--stdin-filename", "a.py"]) == 0
        assert capfd.readouterr().out == 'x = "他,她"\n'


def test_many_files_in_processes_give_what_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(80):
        write(f"{number:03}.txt", TWICE if number % 3 else COMMAS)
    monkeypatch.setattr("ykclean.workers.WORTHWHILE", 0.0)
    common = [*COMMAND, ".", "--output-format", "concise", "--no-cache"]
    alone = subprocess.run([*common, "-j1"], capture_output=True, check=False)
    assert alone.returncode == 1
    assert len(alone.stdout.splitlines()) > 80
    script = (
        "import sys, ykclean.workers as w; w.WORTHWHILE = 0.0\n"
        "from ykclean.cli import main; sys.exit(main(sys.argv[1:]))"
    )
    together = subprocess.run(
        [sys.executable, "-c", script, *common[3:], "-j2"], capture_output=True, check=False
    )
    assert (together.returncode, together.stdout) == (1, alone.stdout)


def test_a_parent_that_is_ended_leaves_no_process() -> None:
    for number in range(2000):
        write(f"{number:04}.txt", TWICE)
    command = [*COMMAND, ".", "--output-format", "jsonl", "--no-cache", "-j2"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert run.stdout is not None
    for _ in range(40):  # More than the first files, which are checked before there are others.
        assert run.stdout.readline()
    run.terminate()
    run.wait()
    run.stdout.close()
    wait_for_end_of(run.pid)


def test_a_rule_that_fails_is_one_line_and_no_end(capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("oh no")

    write("a.txt", COMMAS)
    write("b.txt", COMMAS)
    monkeypatch.setattr("ykclean.engine.judge", broken)
    assert main(["check", ".", "--no-cache"]) == 2
    assert capfd.readouterr().err.count("internal error (RuntimeError: oh no)") == 2
