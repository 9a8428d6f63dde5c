"""How long a check takes from process start to end: one small file, and 1,000 files of 3 KB.

    python benchmarks/check_speed.py [--files 1000] [--rounds 5]

``raw`` files are news with every mark half-width, some 60 findings each: the worst that a check meets.
``clean`` files are the same, mended: what a repository holds day by day. Beside them codespell, and
autocorrect-py called on each file (``pip install -e '.[bench]'``), each left out where it is not installed.
All figures are of one run, the rounds interleaved. Processor time counts all processes of a run; unlike
the time on the clock it says something on a busy machine too.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from texts import ROOT, news

import ykclean

SIZE = 3000
YKCLEAN = [sys.executable, "-m", "ykclean", "check", "--exit-zero", "--output-format", "concise"]
AUTOCORRECT = """
import sys, pathlib, autocorrect_py
for file in pathlib.Path(sys.argv[1]).glob("**/*.txt"):
    text = file.read_text(encoding="utf-8")
    if autocorrect_py.format(text) != text:
        print(file)
"""


class Taken(NamedTuple):
    """The seconds of a run: on the clock, and of the processor."""

    clock: float
    processor: float


def write_files(place: Path, number: int, shared: Path) -> None:
    """Cut news into files of about 3 KB that end with a line; each as it is and mended."""
    for kind in ("raw", "clean"):
        (place / kind).mkdir()
    lines = news(2 * number * SIZE, shared).splitlines(keepends=True)
    at = 0
    for index in range(number):
        size, begin = 0, at
        while size < SIZE and at < len(lines):
            size += len(lines[at].encode())
            at += 1
        text = "".join(lines[begin:at])
        (place / "raw" / f"{index:05}.txt").write_text(text, encoding="utf-8")
        (place / "clean" / f"{index:05}.txt").write_text(ykclean.clean(text).text, encoding="utf-8")


def commands(place: Path, small: Path) -> dict[str, list[str]]:
    """What is measured."""
    found = {
        "interpreter alone": [sys.executable, "-c", "pass"],
        "ykclean, one file": [*YKCLEAN, "--no-cache", str(small)],
        "ykclean, one file, known": [*YKCLEAN, str(small)],
    }
    if importlib.util.find_spec("codespell_lib"):
        found["codespell, one file"] = [sys.executable, "-m", "codespell_lib", str(small)]
    for kind in ("raw", "clean"):
        files = str(place / kind)
        found[f"ykclean, {kind} files"] = [*YKCLEAN, "--no-cache", files]
        found[f"ykclean, {kind} files, one process"] = [*YKCLEAN, "--no-cache", "-j1", files]
        found[f"ykclean, {kind} files, known"] = [*YKCLEAN, files]
        if importlib.util.find_spec("codespell_lib"):
            found[f"codespell, {kind} files"] = [sys.executable, "-m", "codespell_lib", files]
        if importlib.util.find_spec("autocorrect_py"):
            found[f"autocorrect-py, {kind} files"] = [sys.executable, "-c", AUTOCORRECT, files]
    return found


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        write_files(place, options.files, options.shared)
        small = place / "small.txt"
        shutil.copy(place / "clean" / "00000.txt", small)
        total = sum(file.stat().st_size for file in (place / "raw").iterdir())
        print(f"{options.files} files, {total / 1e6:.1f} MB; {options.rounds} interleaved rounds")
        _print(_measure(commands(place, small), options.rounds, place))


def _measure(measured: dict[str, list[str]], rounds: int, place: Path) -> dict[str, list[Taken]]:
    times: dict[str, list[Taken]] = {name: [] for name in measured}
    for number in range(rounds + 1):
        for name, command in measured.items():
            begin, used = time.perf_counter(), _processor_time()
            subprocess.run(command, cwd=place, stdout=subprocess.DEVNULL, check=False)
            # The first round fills the cache and the memory of the system.
            if number:
                times[name].append(Taken(time.perf_counter() - begin, _processor_time() - used))
    return times


def _processor_time() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _print(times: dict[str, list[Taken]]) -> None:
    print(f"{'':36} least    median   processor (least)")
    for name, taken in times.items():
        clock = [one.clock for one in taken]
        processor = min(one.processor for one in taken)
        print(f"  {name:32} {min(clock):7.3f} s {statistics.median(clock):7.3f} s {processor:7.3f} s")


if __name__ == "__main__":
    main()
