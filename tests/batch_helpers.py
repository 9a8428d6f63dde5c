"""Folders of made-up files, and runs over them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ykclean.batch.plan import Plan
from ykclean.batch.run import run

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ykclean.batch.summary import Summary

SENTENCES = (
    "港口今天通航,共有三艘船进港。",
    "船长说,天气很好,一切顺利。",
    "市民们早早来到岸边,等着看船。",
    "新的航线下月开通。",
)


def make_files(folder: Path, count: int) -> Path:
    """Write so many files of text, all different, in folders of twenty."""
    for number in range(count):
        path = folder / f"{number // 20:03d}" / f"{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [f"第{number}号:{SENTENCES[(number + n) % 4]}" for n in range(3)]
        path.write_text("\n\n".join(lines) + "\n", encoding="gbk" if number % 3 == 0 else "utf-8")
    return folder


def do(paths: Path | Iterable[Path], output: Path, **choices: Any) -> Summary:
    """Carry out a plan."""
    names = [str(paths)] if isinstance(paths, Path) else [str(path) for path in paths]
    return run(Plan(paths=names, output=output, **{"workers": 2, **choices}))


def results(output: Path) -> dict[str, bytes]:
    """The files of an output, without what is about the run itself."""
    return {
        str(path.relative_to(output)): path.read_bytes()
        for path in sorted(output.rglob("*"))
        if path.is_file() and ".ykclean" not in path.parts and path.name != "summary.json"
    }


SCRIPT = """
import sys
from pathlib import Path
from ykclean.batch import outputs, run as running
from ykclean.batch.plan import Plan
from ykclean.batch.run import run
outputs.BLOCK_ITEMS = 16
running.CHECKPOINT = 0
print("up", flush=True)
summary = run(Plan(paths=[sys.argv[1]], output=Path(sys.argv[2]), form=sys.argv[3], workers=2,
                   resume=sys.argv[4] == "resume"))
print(summary.state, summary.documents, summary.already, flush=True)
"""


def start(source: Path, output: Path, form: str, how: str = "begin") -> subprocess.Popen[str]:
    """Begin a run in a process of its own, with small blocks, and wait until it is up."""
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(source), str(output), form, how],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def kill_after(process: subprocess.Popen[str], seconds: float, number: int = signal.SIGKILL) -> str:
    """Let a run go on for a while, send it a signal, and return what it said in the end."""
    time.sleep(seconds)
    os.kill(process.pid, number)
    said, _ = process.communicate(timeout=30)
    return said


def is_there(group: int) -> bool:
    """Whether a process of the group is alive."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for_end_of(group: int) -> None:
    """Wait until no process of the group is alive; it must not take long."""
    deadline = time.monotonic() + 10
    while is_there(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_there(group)
