"""What is imported on the way to a result. Nothing is timed: each of these modules costs milliseconds."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NEWS = """渔港八年首次扩建
记者昨日从港务局获悉，石岬渔港的扩建工程将于下月开工，工期约十四个月。
扩建后，渔港可以停靠三百吨级的渔船，冷库的容量也会增加一倍。港务局局长说：“渔民等这一天等了很久。”
去年全港卸鱼4.2万吨，比前年增长8.4%（不含远洋渔业）。
"""

HEAVY = [
    *("chardet", "rapidfuzz", "regex", "numpy", "msgspec", "pyarrow", "zstandard", "selectolax", "fastwarc"),
    *("jinja2", "rich", "hypothesis", "pytest", "mypy"),
    *("asyncio", "concurrent", "multiprocessing", "subprocess", "sqlite3", "email", "http", "html", "xml"),
    *("difflib", "tempfile", "shutil", "hashlib", "logging", "importlib.metadata", "importlib.resources"),
]
PARTS = ["batch", "record", "report_html", "reports", "formats", "checking", "cache", "baseline", "markdown"]
"""Modules of the package that cleaning one file to standard output has no use for."""


def loaded_by(code: str, *arguments: str) -> set[str]:
    """The modules that are loaded when the code has run, but for those the interpreter brings along."""
    script = (
        f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*set(sys.modules) - before, file=sys.stderr)"
    )
    command = [sys.executable, "-c", script, *arguments]
    run = subprocess.run(command, capture_output=True, check=True)
    return set(run.stderr.decode().split())


def run_command(*arguments: str) -> set[str]:
    return loaded_by("from ykclean.cli import main\nassert main(sys.argv[1:]) == 0", *arguments)


@pytest.fixture
def news(tmp_path: Path) -> str:
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return str(path)


def test_cleaning_a_file_loads_nothing_heavy(news: str) -> None:
    loaded = run_command("clean", news)
    assert "ykclean.engine" in loaded
    assert not loaded & {*HEAVY, *(f"ykclean.{part}" for part in PARTS)}


def test_the_detector_is_loaded_for_what_needs_it(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Un café très agréable, où l'on mange bien.".encode("latin-1"))
    assert "chardet" in run_command("clean", str(path))


def test_the_package_loads_its_parts_when_they_are_used() -> None:
    assert not {name for name in loaded_by("import ykclean") if name.startswith("ykclean.")}
    assert "ykclean.engine" in loaded_by("import ykclean\nykclean.clean")


def test_help_loads_no_engine() -> None:
    loaded = run_command("--help")
    assert "ykclean.cli" in loaded
    assert "ykclean.engine" not in loaded
