"""The quality gate: clean made and real cases, score them, and compare with the floors.

    python benchmarks/quality.py [--shared DIR] [-n 50] [--seed 1] [--only intact single …]

Needs the folder of measuring data beside the project (default ``../shared``). Prints a table and ends with 1
where a figure is under its floor.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import ykclean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[1]
PROFILES = ("intact", "single", "page", "headless")
MODES = {"half": 0.995, "quotes": 0.99, "ascii": 0.97}
Report = dict[str, Any]


class Figure(NamedTuple):
    """One measured figure. ``floor`` is the least (or, with ``at_most``, the most) that is accepted."""

    part: str
    source: str
    what: str
    value: float
    floor: float | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is good enough."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.at_most else self.value >= self.floor

    def __str__(self) -> str:
        """One line of the table."""
        bound = "" if self.floor is None else f"{'≤' if self.at_most else '≥'} {self.floor:g}"
        verdict = "" if self.floor is None else ("ok" if self.holds else "UNDER THE FLOOR")
        return f"{self.part:12} {self.source:14} {self.what:16} {self.value:7.4g}  {bound:8} {verdict}"


class Bench:
    """Where the data is, and how to make, clean and score a set of cases."""

    def __init__(self, shared: Path, work: Path, pool: ProcessPoolExecutor, seed: int, count: int) -> None:
        """Keep where to read and write."""
        self.shared, self.work, self.pool, self.seed, self.count = shared, work, pool, seed, count

    def cases(self, source: Path, profile: str) -> Report:
        """Score a set of damaged articles."""
        folder = self.work / f"{source.stem}-{profile}"
        options = [
            "--profile",
            profile,
            "--seed",
            str(self.seed),
            "-n",
            str(self.count),
            "--out",
            str(folder),
        ]
        self._call("make_cases.py", str(source), *options)
        return self.score(folder / "gold.jsonl", sorted(folder.glob("*.txt")))

    def punctuation(self, mode: str) -> Report:
        """Score the sentences with their punctuation degraded."""
        folder = self.work / mode
        sentences = self.shared / "punctuation" / "sentences.jsonl"
        self._call("make_punctuation.py", str(sentences), "--mode", mode, "--out", str(folder))
        return self.score(folder / "gold.jsonl", sorted(folder.glob("*.txt")))

    def score(self, gold: Path, files: Iterable[Path]) -> Report:
        """Clean the files and compare their records with the truth."""
        records = self.work / "records.jsonl"
        with records.open("w", encoding="utf-8") as stream:
            stream.writelines(self.pool.map(record_line, files, chunksize=8))
        report: Report = json.loads(self._call("score.py", str(gold), str(records), "--json"))
        return report

    def _call(self, script: str, *arguments: str) -> str:
        command = [sys.executable, str(self.shared / "quality" / script), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def record_line(path: Path) -> str:
    """Clean a file: its record as a line."""
    return json.dumps(ykclean.clean(path).to_dict(str(path)), ensure_ascii=False) + "\n"


def intact(name: str, report: Report) -> Iterator[Figure]:
    """Fine articles must come out as they went in."""
    for what in ("duplicate", "join", "truncation"):
        yield Figure("intact", name, f"{what}s found", report[what]["fp"], 0, at_most=True)
    yield Figure("intact", name, "articles split", report["extra_articles"])
    yield Figure("intact", name, "recovered", report["recovered"])


def single(name: str, report: Report) -> Iterator[Figure]:
    """One damaged article a file."""
    for what, floor in (("duplicate", 0.97), ("truncation", None), ("join", 0.95)):
        yield Figure("single", name, f"{what} F1", report[what]["f1"], floor)
    yield Figure("single", name, "recovered", report["recovered"], 0.85)


def page(name: str, report: Report) -> Iterator[Figure]:
    """Several articles a file, most with their headlines."""
    yield Figure("page", name, "boundary F1", report["boundary"]["f1"], 0.92)
    yield Figure("page", name, "recovered", report["recovered"], 0.70)


def headless(name: str, report: Report) -> Iterator[Figure]:
    """Several articles a file, without headlines: the floors hold for the means over the sources."""
    yield Figure("headless", name, "boundary F1", report["boundary"]["f1"])
    yield Figure("headless", name, "recovered", report["recovered"])


PUNCTUATION = ykclean.Settings(select=("YK2",))
FIGURES: dict[str, Callable[[str, Report], Iterator[Figure]]] = {
    "intact": intact,
    "single": single,
    "page": page,
    "headless": headless,
}


MEANS = {
    "intact": {"recovered": 0.98},
    "single": {"truncation F1": 0.92},
    "headless": {"boundary F1": 0.70, "recovered": 0.40},
}
"""Floors for the means over the sources: a small sample has some twenty cuts a source, and two articles
of one source hold real damage that is mended."""


def profile_figures(bench: Bench, profile: str) -> Iterator[Figure]:
    """A profile over every source, and what holds for all sources together."""
    figures: list[Figure] = []
    for source in sorted((bench.shared / "news").glob("*.jsonl")):
        figures += FIGURES[profile](source.stem, bench.cases(source, profile))
    yield from figures
    if profile == "intact":
        split = [figure.value for figure in figures if figure.what == "articles split"]
        yield Figure(
            "intact", "all", "share split", sum(split) / (len(split) * bench.count), 0.01, at_most=True
        )
    for what, floor in MEANS.get(profile, {}).items():
        values = [figure.value for figure in figures if figure.what == what]
        yield Figure(profile, "mean", what, sum(values) / len(values), floor)


def punctuation_figures(bench: Bench) -> Iterator[Figure]:
    """Sentences restored; fine sentences left alone; pitfalls."""
    for mode, floor in MODES.items():
        yield Figure("punctuation", mode, "recovered", bench.punctuation(mode)["recovered"], floor)
    sentences = [row["gold"] for row in rows(bench.shared / "punctuation" / "sentences.jsonl")]
    changed = sum(bench.pool.map(is_changed, sentences, chunksize=64))
    yield Figure("punctuation", "intact", "changed", changed, 0, at_most=True)
    missed = [p for p in rows(bench.shared / "punctuation" / "probes.jsonl") if not accepted(p)]
    for probe in missed:
        print(
            f"  probe {probe['topic']}: {ykclean.clean(probe['input'], PUNCTUATION).text!r}", file=sys.stderr
        )
    yield Figure("punctuation", "probes", "not accepted", len(missed), 0, at_most=True)


def is_changed(text: str) -> bool:
    """Whether cleaning changes the text."""
    return ykclean.clean(text).text != text


def accepted(probe: Report) -> bool:
    """Whether the probe comes out in a way that is accepted by a formatter of punctuation.

    The rules of punctuation run alone: one probe keeps a cut-off `</`, which the others take away.
    """
    return ykclean.clean(probe["input"], PUNCTUATION).text in probe["accepted"]


def rows(path: Path) -> Iterator[Report]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def whole_files(bench: Bench) -> Iterator[Figure]:
    """The file that the project began with, and our own of the same shape."""
    seed = bench.shared / "seed"
    for name, gold, text in (
        ("seed", seed / "gold.jsonl", seed / "yingkou-report.txt"),
        ("report", ROOT / "fixtures" / "report.gold.jsonl", ROOT / "fixtures" / "report.txt"),
    ):
        report = bench.score(gold, [text])
        for what in ("boundary", "duplicate", "truncation", "join"):
            yield Figure("whole file", name, f"{what} F1", report[what]["f1"], 1)
        yield Figure("whole file", name, "recovered", report["recovered"], 1)


def figures(bench: Bench, only: Iterable[str]) -> Iterator[Figure]:
    """Everything that is measured."""
    for part in only:
        if part == "whole":
            yield from whole_files(bench)
        elif part == "punctuation":
            yield from punctuation_figures(bench)
        else:
            yield from profile_figures(bench, part)


def main() -> int:
    """Measure, print the table, and say whether every floor holds."""
    parts = ("whole", "punctuation", *PROFILES)
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("-n", type=int, default=50, help="files a source and profile")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=parts, default=parts)
    options = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory() as work, ProcessPoolExecutor(os.cpu_count()) as pool:
        bench = Bench(options.shared.resolve(), Path(work), pool, options.seed, options.n)
        print(f"seed {options.seed}, {options.n} files a source and profile")
        for figure in figures(bench, options.only):
            print(figure, flush=True)
            failed += [] if figure.holds else [figure]
    print(f"{len(failed)} figures under their floors" if failed else "every floor holds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
