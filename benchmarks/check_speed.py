"""How long a check takes from process start to end: one small file, and 1,000 files of 3 KB.

    python benchmarks/check_speed.py [--files 1000] [--rounds 5]

Beside ykclean: codespell, and autocorrect-py called on each file (``pip install -e '.[bench]'``); each is
left out where it is not installed. All figures are of one run, the rounds interleaved.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from texts import ROOT, news

SIZE = 3000
YKCLEAN = [sys.executable, "-m", "ykclean", "check", "--exit-zero", "--output-format", "concise"]
AUTOCORRECT = """
import sys, pathlib, autocorrect_py
for file in pathlib.Path(sys.argv[1]).glob("**/*.txt"):
    text = file.read_text(encoding="utf-8")
    if autocorrect_py.format(text) != text:
        print(file)
"""


def write_files(folder: Path, number: int, shared: Path) -> None:
    """Cut news into files of about 3 KB that end with a line."""
    lines = news(2 * number * SIZE, shared).splitlines(keepends=True)
    at = 0
    for index in range(number):
        size, begin = 0, at
        while size < SIZE and at < len(lines):
            size += len(lines[at].encode())
            at += 1
        (folder / f"{index:05}.txt").write_text("".join(lines[begin:at]), encoding="utf-8")


def commands(folder: Path, small: Path) -> dict[str, list[str]]:
    """What is measured."""
    found = {
        "interpreter alone": [sys.executable, "-c", "pass"],
        "ykclean, one file": [*YKCLEAN, "--no-cache", str(small)],
        "ykclean, one file, known": [*YKCLEAN, str(small)],
        "ykclean, all files": [*YKCLEAN, "--no-cache", str(folder)],
        "ykclean, all files, one process": [*YKCLEAN, "--no-cache", "-j1", str(folder)],
        "ykclean, all files, known": [*YKCLEAN, str(folder)],
    }
    if importlib.util.find_spec("codespell_lib"):
        found["codespell, one file"] = [sys.executable, "-m", "codespell_lib", str(small)]
        found["codespell, all files"] = [sys.executable, "-m", "codespell_lib", str(folder)]
    if importlib.util.find_spec("autocorrect_py"):
        found["autocorrect-py, all files"] = [sys.executable, "-c", AUTOCORRECT, str(folder)]
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "texts")
        folder.mkdir()
        write_files(folder, options.files, options.shared)
        small = Path(place, "small.txt")
        shutil.copy(folder / "00000.txt", small)
        total = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{options.files} files, {total / 1e6:.1f} MB; {options.rounds} interleaved rounds")
        _print(_measure(commands(folder, small), options.rounds, Path(place)))


def _measure(measured: dict[str, list[str]], rounds: int, place: Path) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in measured}
    for number in range(rounds + 1):
        for name, command in measured.items():
            begin = time.perf_counter()
            subprocess.run(command, cwd=place, stdout=subprocess.DEVNULL, check=False)
            # The first round fills the cache and the memory of the system.
            if number:
                times[name].append(time.perf_counter() - begin)
    return times


def _print(times: dict[str, list[float]]) -> None:
    for name, taken in times.items():
        print(f"  {name:34} least {min(taken):7.3f} s   median {statistics.median(taken):7.3f} s")


if __name__ == "__main__":
    main()
