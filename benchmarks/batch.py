"""How fast a batch is, what it costs over the bare engine, its memory, and whether it survives kill -9.

    python benchmarks/batch.py [speed memory kills] [--files 100000] [--kills 10] [--form text]

The files are made by ``../shared/quality/make_cases.py`` from ``../shared/news``: a pool of some thousand
different ones, laid out again and again under new names until there are enough. Each measurement is a process
of its own. Processor seconds count parent and workers; on a busy machine they tell more than the clock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SOURCES = ("chinanews2020", "sogou", "xwlb", "pd199801")
PROFILES = ("single", "intact", "headless")
POOL = 200
"""Different files of each source and profile."""

PARTS = ("speed", "memory", "kills")


def make_pool(folder: Path) -> list[bytes]:
    """Return the contents of different files."""
    for source in SOURCES:
        for profile in PROFILES:
            news, out = SHARED / "news" / f"{source}.jsonl", folder / source / profile
            command = [sys.executable, SHARED / "quality" / "make_cases.py", news, "--profile", profile]
            subprocess.run(
                [*command, "--seed", "5", "-n", str(POOL), "--out", out], check=True, capture_output=True
            )
    pool = [path.read_bytes() for path in sorted(folder.rglob("*.txt"))]
    random.Random(1).shuffle(pool)
    return pool


def lay_out(folder: Path, pool: list[bytes], count: int) -> int:
    """Write ``count`` files, a thousand a folder; returns their bytes."""
    for number in range(count):
        path = folder / f"{number // 1000:03d}" / f"{number:06d}.txt"
        if number % 1000 == 0:
            path.parent.mkdir(parents=True)
        path.write_bytes(pool[number % len(pool)])
    return sum(len(pool[number % len(pool)]) for number in range(count))


def measured(how: str, source: Path, output: Path, form: str) -> dict[str, Any]:
    """Run in a process of its own: ``bare``, or a number of workers."""
    command = [sys.executable, __file__, "--child", how, str(source), str(output), "--form", form]
    result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return result


def child(how: str, source: Path, output: Path, form: str) -> None:
    """What the measured process does."""
    begun = time.perf_counter()
    if how == "bare":
        bare(source, output)
    else:
        from ykclean.batch.plan import Plan
        from ykclean.batch.run import run

        summary = run(Plan(paths=[str(source)], output=output, form=form, workers=int(how)))
        assert summary.state == "finished", summary
    seconds = time.perf_counter() - begun
    own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = own.ru_utime + own.ru_stime + workers.ru_utime + workers.ru_stime
    memory = {"parent": own.ru_maxrss / 1024, "worker": workers.ru_maxrss / 1024}
    print(json.dumps({"seconds": seconds, "processor": processor, **memory}))


def bare(source: Path, output: Path) -> None:
    """What a script would do that is sure that nothing goes wrong."""
    from ykclean.engine import clean

    output.mkdir()
    for path in sorted(source.rglob("*.txt")):
        for number, article in enumerate(clean(path).articles, 1):
            (output / f"{path.stem}-{number}.txt").write_text(article.text + "\n", encoding="utf-8")


def speed(source: Path, scratch: Path, count: int, size: int, form: str) -> None:
    """Print files/s, MB/s, the cost over the bare engine and what a second worker brings."""
    seen = {how: measured(how, source, scratch / f"speed-{how}", form) for how in ("bare", "0", "1", "2")}
    print(f"{'':10}{'seconds':>9}{'files/s':>9}{'MB/s':>7}{'processor s':>13}{'over bare':>11}")
    for how, result in seen.items():
        name = "bare" if how == "bare" else "in process" if how == "0" else f"{how} workers"
        over = result["processor"] / seen["bare"]["processor"] - 1
        rate = f"{count / result['seconds']:>9.0f}{size / 1e6 / result['seconds']:>7.2f}"
        print(f"{name:10}{result['seconds']:>9.1f}{rate}{result['processor']:>13.1f}{over:>10.1%}")
    print(f"2 workers are {seen['1']['seconds'] / seen['2']['seconds']:.2f} times as fast as 1")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def memory(pool: list[bytes], scratch: Path, count: int, form: str) -> None:
    """Print peak memory at a hundredth of the files and at all. They are cut to a line, to be done sooner:
    what counts here is their number."""
    pool = [data.partition(b"\n")[0] + b"\n" for data in pool]
    peaks = {}
    for number in (max(count // 100, 1), count):
        lay_out(scratch / f"memory-{number}", pool, number)
        peaks[number] = measured("2", scratch / f"memory-{number}", scratch / f"out-{number}", form)
        result = peaks[number]
        print(f"{number:>8,} files: parent {result['parent']:6.1f} MB, worker {result['worker']:6.1f} MB")
    (few, many) = peaks.values()
    print(
        f"parent {many['parent'] / few['parent'] - 1:+.1%}, worker {many['worker'] / few['worker'] - 1:+.1%}"
    )


def kills(source: Path, scratch: Path, form: str, times: int) -> None:
    """Kill a run at random moments, go on each time, and compare with an unbroken one.

    One that is finished before it is killed is compared, and another one begun.
    """
    begun = time.perf_counter()
    command = [
        sys.executable,
        "-m",
        "ykclean",
        "clean",
        str(source),
        "--format",
        form,
        "-q",
        "--workers",
        "2",
    ]
    subprocess.run([*command, "-o", scratch / "whole"], check=True)
    longest = max(2.5 * (time.perf_counter() - begun) / times, 8.0)  # Some reach a checkpoint, some do not.
    whole = digest(scratch / "whole")
    rng = random.Random(7)
    output = scratch / "killed"
    done = different = begun_again = 0
    while done < times:
        if killed(command, output, rng.uniform(0.2, longest)):
            done += 1
            continue
        different += digest(output) != whole
        begun_again += 1
        shutil.rmtree(output)
    if output.exists():
        subprocess.run([*command, "-o", output, "--resume"], check=True)
        different += digest(output) != whole
    print(
        f"killed {done} times, resumed each time, in {begun_again + 1} runs:"
        f" {different or 'none'} differ{'s' if different == 1 else ''} from an unbroken one"
    )


def killed(command: list[str], output: Path, seconds: float) -> bool:
    """Begin a run, or go on with it, and kill it after so long; whether it was not finished by then."""
    resume = ["--resume"] if (output / ".ykclean" / "manifest.sqlite").exists() else []
    process = subprocess.Popen(
        [*command, "-o", output, *resume], start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        if process.wait(seconds) != 0:
            raise RuntimeError(f"the run failed: {process.returncode}")
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def digest(output: Path) -> str:
    """A digest of every result in an output, names included."""
    total = hashlib.sha256()
    for path in sorted(output.rglob("*")):
        if path.is_file() and ".ykclean" not in path.parts and path.name not in ("summary.json", "stale.txt"):
            total.update(
                f"{path.relative_to(output)}\0".encode() + hashlib.sha256(path.read_bytes()).digest()
            )
    return total.hexdigest()


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", default=PARTS)
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--form", default="text")
    parser.add_argument("--child", nargs=3, metavar=("HOW", "SOURCE", "OUTPUT"))
    arguments = parser.parse_args()
    if arguments.child:
        how, source, output = arguments.child
        child(how, Path(source), Path(output), arguments.form)
        return
    scratch = Path(tempfile.mkdtemp(prefix="ykclean-batch-"))
    try:
        pool = make_pool(scratch / "pool")
        size = lay_out(scratch / "source", pool, arguments.files)
        print(f"{arguments.files:,} files, {size / 1e6:.1f} MB, {len(pool):,} different, as {arguments.form}")
        if "speed" in arguments.parts:
            speed(scratch / "source", scratch, arguments.files, size, arguments.form)
        if "memory" in arguments.parts:
            memory(pool, scratch, arguments.files, arguments.form)
        if "kills" in arguments.parts:
            kills(scratch / "source", scratch, arguments.form, arguments.kills)
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
