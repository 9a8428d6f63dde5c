"""``ykclean rule``, ``ykclean rules`` and the pages made from the docstrings."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import ykclean
from ykclean.cli import main
from ykclean.policy import NOT_IN_MARKDOWN, REPORTED, SELECT, UNSAFE
from ykclean.rules import RULES

Capture = pytest.CaptureFixture[str]
ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_every_rule_has_a_page(rule: object, capfd: Capture) -> None:
    code = rule.code  # type: ignore[attr-defined]
    assert main(["rule", code]) == 0
    out = capfd.readouterr().out
    heading, policy, *text = out.split("\n\n")
    assert heading.endswith(f"({code})")
    assert policy.startswith(("On in a check", "Off in a check"))
    assert len("".join(text)) > 100, "the docstring of find is the page of the rule"


@pytest.mark.parametrize("name", ["yk401", "duplicate-passage"])
def test_a_rule_by_code_or_name(name: str, capfd: Capture) -> None:
    assert main(["rule", name]) == 0
    assert capfd.readouterr().out.startswith("# duplicate-passage (YK401)\n\nOn in a check; mended only with")


def test_a_family(capfd: Capture) -> None:
    assert main(["rule", "YK4"]) == 0
    assert capfd.readouterr().out.count("\n# ") == 1


def test_unknown_and_none(capfd: Capture) -> None:
    assert main(["rule", "duplicate-pasage"]) == 2
    assert "did you mean 'duplicate-passage'?" in capfd.readouterr().err
    assert main(["rule"]) == 2


def test_list(capfd: Capture) -> None:
    assert main(["rules"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in RULES]


def test_list_as_json(capfd: Capture) -> None:
    assert main(["rules", "--format", "json"]) == 0
    assert [record["code"] for record in json.loads(capfd.readouterr().out)] == [rule.code for rule in RULES]


def test_list_in_chinese(capfd: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert main(["rules"]) == 0
    assert "{" not in capfd.readouterr().out


def test_the_policy_names_rules_that_are() -> None:
    known = {rule.code: rule.name for rule in RULES}
    assert {code: known.get(code) for code in NOT_IN_MARKDOWN} == NOT_IN_MARKDOWN
    for prefix in (*SELECT, *UNSAFE, *REPORTED):
        assert any(code.startswith(prefix) for code in known)


def test_only_what_is_reported_only_has_no_edits() -> None:
    files = (ROOT / "fixtures" / "cases").rglob("*.txt")
    found = [finding for file in files for finding in ykclean.check(file)]
    unmended = {finding.code for finding in found} - {finding.code for finding in found if finding.edits}
    assert unmended == {rule.code for rule in RULES if rule.code.startswith(REPORTED)}


def test_the_pages_in_docs_are_current() -> None:
    pages = runpy.run_path(str(ROOT / "scripts" / "rule_pages.py"))["pages"]()
    folder = ROOT / "docs" / "rules"
    found = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    assert found == pages, "run python scripts/rule_pages.py"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, capfd: Capture) -> None:
    assert main(["completion", shell]) == 0
    assert "_YKCLEAN_COMPLETE" in capfd.readouterr().out


def test_completion_knows_commands_and_options() -> None:
    environment = {
        "COMP_WORDS": "ykclean check --out",
        "COMP_CWORD": "2",
        "_YKCLEAN_COMPLETE": "bash_complete",
    }
    script = "from ykclean.cli import group; group.main(prog_name='ykclean')"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["plain,--output-format", "plain,--output-file"]
