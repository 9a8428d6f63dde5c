"""What the README says is so: its examples run, its tables are complete."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest

from ykclean.cli import main
from ykclean.rules import RULES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
SCRIPT = next(block for kind, block in BLOCKS if kind == "python" and not block.startswith(">>>"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("scraped").mkdir()
    for place in ("report.txt", "scraped/one.txt"):
        shutil.copy(ROOT / "fixtures" / "report.txt", place)
    return tmp_path


def test_the_script_is_short_and_cleans_a_folder(folder: Path) -> None:
    assert len(SCRIPT.splitlines()) == 6
    exec(compile(SCRIPT, "README.md", "exec"), {})
    assert main(["clean", "scraped", "-o", "commanded"]) == 0
    made = {path.name: path.read_text(encoding="utf-8").strip() for path in Path("clean").iterdir()}
    assert made
    assert made == {
        path.name: path.read_text(encoding="utf-8").strip() for path in Path("commanded").iterdir()
    }


def test_the_examples_say_what_happens() -> None:
    examples = next(block for kind, block in BLOCKS if kind == "python" and block.startswith(">>>"))
    test = doctest.DocTestParser().get_doctest(examples, {}, "README", "README.md", 0)
    assert doctest.DocTestRunner(verbose=False).run(test).failed == 0


def test_the_commands_work(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    commands = [shlex.split(line, comments=True) for line in SHELL if line.startswith("ykclean ")]
    assert len(commands) >= 6
    for _, *arguments in commands:
        assert main(arguments) == 0, arguments
    assert Path("back/scraped/one.txt").read_bytes() == Path("scraped/one.txt").read_bytes()


def test_the_set_up_is_two_commands() -> None:
    first, second = README.partition("## Set up")[2].partition("```sh\n")[2].partition("```")[0].splitlines()
    assert first.endswith("ykclean clean fixtures/report.txt")
    assert second.startswith(".venv/bin/pytest")


def test_the_table_of_rules_is_complete() -> None:
    rows = re.findall(r"^\| (YK\d+) \| ([a-z-]+) \| \S", README, re.MULTILINE)
    assert rows == sorted((rule.code, rule.name) for rule in RULES)
