"""What is to be seen while a run goes on: the bar on a terminal, and what there is room for."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from batch_helpers import make_files
from ykclean.batch.progress import Progress
from ykclean.batch.watching import Bar

if TYPE_CHECKING:
    from pathlib import Path

pty = pytest.importorskip("pty")
pytest.importorskip("rich")

MANY = 2_000
"""So many files take longer than the bar is drawn once, on a fast machine too."""


def on_terminal(source: Path, output: Path, columns: int) -> str:
    """What a run over the folder shows on a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ykclean", "clean", str(source), "-o", str(output), "--workers", "1"],
        stderr=theirs,
        env=environment,
    )
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 65536):
            pieces.append(piece)
    except OSError:
        pass  # Linux tells the end of a terminal by an error.
    os.close(ours)
    assert process.wait(30) == 0
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", b"".join(pieces).decode())


@pytest.mark.parametrize(("columns", "findings"), [(200, r"punctuation [\d,]+"), (95, r"left")])
def test_the_bar_shows_what_there_is_room_for(tmp_path: Path, columns: int, findings: str) -> None:
    shown = on_terminal(make_files(tmp_path / "in", MANY), tmp_path / "out", columns)
    steps = [line for line in re.split(r"[\r\n]+", shown) if f"/{MANY:,} files" in line]
    assert steps, shown
    assert all(len(line.rstrip()) <= columns for line in steps)
    assert re.search(rf"\d+/{MANY:,} files .* %  ?\d.* MB  [\d.]+ MB/s .*{findings}", steps[-1]), steps[-1]
    assert "…" not in steps[-1]
    assert re.search(rf"ykclean: cleaned +{MANY:,}\b", shown)


@pytest.mark.parametrize(
    ("columns", "shown"),
    [(160, "debris 7 · line breaks 1,234 · punctuation 20,000"), (120, "21,241 findings"), (80, "")],
)
def test_findings_are_shown_as_there_is_room(
    monkeypatch: pytest.MonkeyPatch, columns: int, shown: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    progress = Progress(1, 1)
    progress.families = {"punctuation": 20_000, "line breaks": 1234, "debris": 7}
    assert Bar(io.StringIO())._found(progress) == shown
