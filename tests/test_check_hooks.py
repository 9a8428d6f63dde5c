"""The hooks under the real pre-commit and prek, in a git repository made for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from checking_helpers import COMMAS, FINE, MENDED, TWICE, write

ROOT = Path(__file__).parents[1]
CONFIG = """\
repos:
  - repo: {hooks}
    rev: v1
    hooks:
      - id: ykclean-check
      - id: ykclean-fix
        stages: [manual]
"""
NEEDED = ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
OTHERS = {
    "code.py": 'print("你好,世界")  # 注释,一\n',
    "data.json": '{"标题": "你好,世界"}\n',
    "english.txt": "Yingkou (营口), a port, is old.\n" * 4,
    "notes.md": "# 说明\n\n先装 `pip install a,b`，再看。\n\n```\n甲,乙\n```\n",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
]


class Repository(NamedTuple):
    """A repository with the hooks installed, and the program that runs them."""

    folder: Path
    runner: str
    environment: dict[str, str]

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def hooks(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(self.runner, *arguments)

    def commit(self) -> subprocess.CompletedProcess[str]:
        self.run("git", "add", "-A")
        return self.run("git", "commit", "-m", "texts")


def program(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def git(folder: Path, *arguments: str) -> None:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the project as it stands, with a tag."""
    folder = tmp_path_factory.mktemp("hooks")
    for name in NEEDED:
        shutil.copy2(ROOT / name, folder / name)
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
    git(folder, "init")
    git(folder, "add", "-A")
    git(folder, "commit", "--no-verify", "-m", "now")
    git(folder, "tag", "v1")
    return folder


@pytest.fixture(params=["pre-commit", "prek"])
def repository(request: pytest.FixtureRequest, hooks: Path, tmp_path: Path) -> Repository:
    runner = program(request.param)
    folder = tmp_path / "texts"
    folder.mkdir()
    git(folder, "init")
    for key, value in (("user.name", "Test"), ("user.email", "test@example.org")):
        git(folder, "config", key, value)
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "YKCLEAN"))}
    environment |= {
        "PRE_COMMIT_HOME": str(tmp_path / "home"),
        "PREK_HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }
    repository = Repository(folder, runner, environment)
    write(str(folder / ".pre-commit-config.yaml"), CONFIG.format(hooks=hooks))
    for name, content in OTHERS.items():
        write(str(folder / name), content)
    if repository.hooks("install", "--install-hooks").returncode:
        pytest.skip("the hook's environment cannot be built here (no package index)")
    return repository


def test_a_commit_is_stopped_mended_and_goes_through(repository: Repository) -> None:
    texts = {"a.txt": COMMAS.encode(), "b.txt": TWICE.encode(), "古老.txt": COMMAS.encode("gbk")}
    for name, content in texts.items():
        write(str(repository.folder / name), content)
    stopped = repository.commit()
    said = stopped.stdout + stopped.stderr
    assert stopped.returncode == 1
    assert "a.txt:1:3: YK201 [*]" in said
    assert "YK401" in said
    assert "古老.txt:1:3: YK201" in said
    assert not any(name in said for name in OTHERS)

    mended = repository.hooks("run", "ykclean-fix", "--all-files", "--hook-stage", "manual")
    assert mended.returncode == 1
    assert (repository.folder / "a.txt").read_text(encoding="utf-8") == MENDED
    assert (repository.folder / "古老.txt").read_bytes() == MENDED.encode("gbk")
    assert (repository.folder / "b.txt").read_text(encoding="utf-8") == TWICE

    write(str(repository.folder / "b.txt"), FINE)
    through = repository.commit()
    assert through.returncode == 0, through.stdout + through.stderr
    assert repository.hooks("run", "--all-files").returncode == 0
    assert {name: (repository.folder / name).read_text(encoding="utf-8") for name in OTHERS} == OTHERS
    assert repository.run("git", "status", "--porcelain").stdout == ""


def test_many_files_over_several_processes(repository: Repository) -> None:
    for number in range(60):
        write(str(repository.folder / f"第{number:02}篇 文章.txt"), FINE + f"第{number}篇到这里结束。\n")
    through = repository.commit()
    assert through.returncode == 0, through.stdout + through.stderr


def test_try_repo(repository: Repository, hooks: Path) -> None:
    write(str(repository.folder / "a.txt"), COMMAS)
    repository.run("git", "add", "-A")
    tried = repository.hooks("try-repo", str(hooks), "ykclean-check", "--all-files")
    assert tried.returncode == 1
    assert "a.txt:1:3: YK201 [*]" in tried.stdout
