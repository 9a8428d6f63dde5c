"""How fast ykclean is, and how much memory it takes.

    python benchmarks/speed.py [throughput scaling repeated startup] [--large 64]

Every ratio compares two measurements of one run. Each text is cleaned in a process of its own. ``throughput``
compares with autocorrect-py and ftfy, where they are installed: ``pip install -e '.[bench]'``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from texts import MEGABYTE, ROOT, news, repeated, with_duplicates, written

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PARTS = ("throughput", "scaling", "repeated", "startup")
RULE = "-" * 78


def measure(tool: str, path: Path) -> dict[str, float]:
    """Run a tool on a file in a process of its own: seconds, and peak memory in bytes."""
    command = [sys.executable, __file__, "--child", tool, str(path)]
    result: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return result


def child(tool: str, path: Path) -> None:
    """What the measured process does: load the tool, take the time of its work, print both."""
    work = TOOLS[tool]()
    raw = path.read_bytes()
    work("他来了,好。\n".encode())
    start = time.perf_counter()
    work(raw)
    seconds = time.perf_counter() - start
    print(json.dumps({"s": seconds, "peak": peak_memory()}))


def peak_memory() -> int:
    """Return the most memory that this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would count what the parent held before it started us
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _ykclean() -> Callable[[bytes], Any]:
    import ykclean

    return lambda raw: ykclean.clean(raw).text


def _articles() -> Callable[[bytes], Any]:
    import ykclean

    return lambda raw: ykclean.clean(raw).articles


def _autocorrect() -> Callable[[bytes], Any]:
    import autocorrect_py

    return lambda raw: autocorrect_py.format(raw.decode())


def _ftfy() -> Callable[[bytes], Any]:
    import ftfy

    return lambda raw: ftfy.fix_text(raw.decode())


def _nothing() -> Callable[[bytes], Any]:
    import ykclean

    return lambda raw: ykclean.__version__


TOOLS: dict[str, Callable[[], Callable[[bytes], Any]]] = {
    "ykclean": _ykclean,
    "ykclean, with articles": _articles,
    "autocorrect": _autocorrect,
    "ftfy": _ftfy,
    "nothing": _nothing,
}


def put(folder: Path, name: str, text: str) -> Path:
    """Write a text to measure."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def throughput(folder: Path, options: argparse.Namespace) -> None:
    """Megabytes a second over half-width news, beside the other tools."""
    path = put(folder, "news.txt", news(5 * MEGABYTE, options.shared))
    size = path.stat().st_size / MEGABYTE
    print(f"{size:.1f} MB of half-width news, best of {options.rounds}, rounds interleaved")
    tools = ["ykclean", "ykclean, with articles"]
    for tool, package in (("autocorrect", "autocorrect_py"), ("ftfy", "ftfy")):
        if find_spec(package):
            tools.append(tool)
        else:
            print(f"  {tool} is not installed: pip install -e '.[bench]'")
    best = dict.fromkeys(tools, float("inf"))
    for _ in range(options.rounds):
        for tool in tools:
            best[tool] = min(best[tool], measure(tool, path)["s"])
    for tool in tools:
        ratio = f"   {best['autocorrect'] / best[tool]:5.2f} × autocorrect" if "autocorrect" in best else ""
        print(f"  {tool:24} {size / best[tool]:7.2f} MB/s{ratio}")


def scaling(folder: Path, options: argparse.Namespace) -> None:
    """Time a megabyte, and peak memory, as the file grows: a duplicate passage in each 10 KB."""
    print(f"a duplicate passage in each 10 KB, 1 MB and {options.large} MB")
    text = with_duplicates(written(options.large * MEGABYTE, options.shared))
    small = len(text) // options.large
    _compare(put(folder, "small.txt", text[:small]), put(folder, "large.txt", text), options)


def repeated_paragraph(folder: Path, options: argparse.Namespace) -> None:
    """The same for one paragraph again and again."""
    print("the same paragraph 1,000 and 100,000 times")
    _compare(put(folder, "few.txt", repeated(1_000)), put(folder, "many.txt", repeated(100_000)), options)


def _compare(small: Path, large: Path, options: argparse.Namespace) -> None:
    floor = measure("nothing", small)["peak"]
    speeds = []
    for path, rounds in ((small, options.rounds), (large, 1)):
        runs = [measure("ykclean", path) for _ in range(rounds)]
        seconds, peak, size = min(run["s"] for run in runs), runs[0]["peak"], path.stat().st_size
        speeds.append(seconds / size)
        print(
            f"  {size / MEGABYTE:7.2f} MB  {seconds:8.2f} s  {seconds / size * MEGABYTE:7.3f} s/MB"
            f"   peak {peak / MEGABYTE:7.1f} MB = {peak / size:5.1f} × the file"
            f" ({(peak - floor) / size:.1f} × without the interpreter)"
        )
    print(f"  time per MB, large : small = {speeds[1] / speeds[0]:.2f}")


def startup(folder: Path, options: argparse.Namespace) -> None:
    """What a process takes from start to end, in milliseconds."""
    lines = (ROOT / "fixtures" / "report.txt").read_bytes()[:3000].decode("utf-8", "ignore")
    path = put(folder, "small.txt", lines)
    commands = {
        "bare interpreter": [sys.executable, "-c", "pass"],
        "import ykclean": [sys.executable, "-c", "import ykclean"],
        "import click": [sys.executable, "-c", "import click"],
        "ykclean --version": [sys.executable, "-m", "ykclean", "--version"],
        f"ykclean clean ({path.stat().st_size / 1000:.0f} KB)": [
            sys.executable,
            "-m",
            "ykclean",
            "clean",
            str(path),
        ],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(5 + 5 * options.rounds):
        for name, command in commands.items():
            times[name].append(_process(command))
    print(f"process time over {5 + 5 * options.rounds} interleaved runs")
    bare = min(times["bare interpreter"])
    for name, taken in times.items():
        least, median = min(taken), statistics.median(taken)
        print(f"  {name:24} least {least:6.0f} ms  median {median:6.0f} ms  +{least - bare:5.0f} over bare")


def _process(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


MEASURES = {
    "throughput": throughput,
    "scaling": scaling,
    "repeated": repeated_paragraph,
    "startup": startup,
}


def main() -> None:
    """Run the parts that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--large", type=int, default=64, help="size of the large file in MB")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]))
        return
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as work:
        for part in options.parts or PARTS:
            print(f"{RULE}\n{part}: ", end="", flush=True)
            MEASURES[part](Path(work), options)


if __name__ == "__main__":
    main()
