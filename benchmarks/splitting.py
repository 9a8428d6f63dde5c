"""Where articles begin without headlines: ykclean beside NLTK's TextTiling and C99, in one run.

    python benchmarks/splitting.py [--shared DIR] [-n 30] [--seed 1] [--only SOURCE …]

For each source: the F1 of the boundaries at exact paragraphs on `headless` files, and how many `intact`
single articles are split. The others get what ykclean itself decides on: whole paragraphs, their lines
joined, copies left out. Like ours, their words are the bigrams of Han characters. TextTiling needs nltk
(`pip install nltk`, no data): without it, its row is left out with a line that says so.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from bisect import bisect_right
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import ykclean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).parents[1]
MASK = 5
"""C99 ranks a likeness among its 11 × 11 neighbours."""
STRICTNESS = 1.2
"""C99 stops where a split gains less than the mean and this many standard deviations."""
SMOOTHING = (1, 2, 4, 8, 4, 2, 1)
"""By what C99 smooths the gains before it looks for that place."""


class Count(NamedTuple):
    """Boundaries found rightly, found wrongly, and missed; files split that are one article."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    split: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def words(paragraph: str) -> list[str]:
    """The bigrams of letters and Han characters."""
    letters = "".join(filter(str.isalnum, paragraph))
    return ["".join(pair) for pair in pairwise(letters)]


def texttiling(paragraphs: Sequence[str]) -> list[int]:
    """Hearst (1997) in nltk, which knows Latin letters only: each bigram becomes a word of these."""
    from nltk.tokenize import TextTilingTokenizer

    numbers: dict[str, int] = {}
    spelt = [
        " ".join(_spelt(numbers.setdefault(word, len(numbers))) for word in words(paragraph))
        for paragraph in paragraphs
    ]
    try:
        tiles = TextTilingTokenizer(stopwords=[]).tokenize("\n\n".join(spelt))
    except ValueError:  # it finds no paragraph breaks in a short text
        return []
    ends = list(accumulate(len(paragraph) + 2 for paragraph in spelt))
    cuts = accumulate(map(len, tiles[:-1]))
    return sorted({bisect_right(ends, cut + 2) for cut in cuts} - {0})


def _spelt(number: int) -> str:
    return "".join(chr(ord("a") + number // place % 26) for place in (676, 26, 1))


def c99(paragraphs: Sequence[str]) -> list[int]:
    """Choi (2000), Advances in domain independent linear text segmentation: rank, then divide."""
    size = len(paragraphs)
    if size < 3:
        return []
    ranks = _ranked(_likeness([Counter(words(paragraph)) for paragraph in paragraphs]))
    sums = _summed(ranks)
    edges, cuts, densities = [0, size], [], [_density(sums, [0, size])]
    while len(edges) <= size:
        inner = [cut for cut in range(1, size) if cut not in edges]
        best = max(inner, key=lambda cut: _density(sums, sorted([*edges, cut])))
        edges = sorted([*edges, best])
        cuts.append(best)
        densities.append(_density(sums, edges))
    return sorted(cuts[: _enough([after - before for before, after in pairwise(densities)])])


def _likeness(bags: Sequence[Counter[str]]) -> list[list[float]]:
    norms = [math.sqrt(sum(count * count for count in bag.values())) or 1.0 for bag in bags]
    return [
        [
            sum(count * other[word] for word, count in bag.items() if word in other) / (norm * other_norm)
            for other, other_norm in zip(bags, norms, strict=True)
        ]
        for bag, norm in zip(bags, norms, strict=True)
    ]


def _ranked(likeness: list[list[float]]) -> list[list[float]]:
    """Put in place of each likeness how many of its neighbours are lower."""
    size = len(likeness)
    ranks: list[list[float]] = []
    for row in range(size):
        rows = likeness[max(row - MASK, 0) : row + MASK + 1]
        ranks.append([])
        for column in range(size):
            near = [value for line in rows for value in line[max(column - MASK, 0) : column + MASK + 1]]
            here = likeness[row][column]
            ranks[-1].append(sum(value < here for value in near) / max(len(near) - 1, 1))
    return ranks


def _summed(matrix: list[list[float]]) -> list[list[float]]:
    """The sums of all squares that begin at the top left."""
    sums = [[0.0] * (len(matrix) + 1)]
    for line in matrix:
        sums.append(
            [above + here for above, here in zip(sums[-1], accumulate(line, initial=0.0), strict=True)]
        )
    return sums


def _density(sums: list[list[float]], edges: Sequence[int]) -> float:
    """How alike the paragraphs are inside the segments."""
    inside = sum(sums[b][b] - sums[a][b] - sums[b][a] + sums[a][a] for a, b in pairwise(edges))
    return inside / sum((b - a) ** 2 for a, b in pairwise(edges))


def _enough(gains: Sequence[float]) -> int:
    """How many splits are made: those that gain much more than most."""
    reach = len(SMOOTHING) // 2
    smooth = [
        sum(
            weight * gains[at + n - reach]
            for n, weight in enumerate(SMOOTHING)
            if 0 <= at + n - reach < len(gains)
        )
        for at in range(len(gains))
    ]
    mean = sum(smooth) / len(smooth)
    deviation = math.sqrt(sum((gain - mean) ** 2 for gain in smooth) / len(smooth))
    return next((n for n, gain in enumerate(smooth) if gain < mean + STRICTNESS * deviation), len(smooth))


def core(document: ykclean.Document) -> list[int]:
    """The paragraphs at which ykclean begins an article."""
    return [article.first for article in document.articles[1:]]


def meaning(document: ykclean.Document) -> list[int]:
    """The same where the meaning of the words is asked too."""
    return core(ykclean.read(document.source, ykclean.Settings(semantic=True)))


def other(method: Callable[[Sequence[str]], list[int]], document: ykclean.Document) -> list[int]:
    """The same for a method that knows nothing but paragraphs."""
    copies = [repeat.copy for repeat in document.repeats]
    kept = [
        number
        for number, paragraph in enumerate(document.paragraphs)
        if not any(start <= paragraph.start < end for start, end in copies)
    ]
    return [kept[place] for place in method([document.paragraphs[number].text for number in kept])]


def methods() -> dict[str, Callable[[ykclean.Document], list[int]]]:
    """What is compared: without nltk or numpy, a row is left out, and a line says so."""
    compared: dict[str, Callable[[ykclean.Document], list[int]]] = {}
    if find_spec("nltk"):
        compared["TextTiling"] = partial(other, texttiling)
    else:
        print("TextTiling is left out: pip install nltk", file=sys.stderr)
    compared |= {"C99": partial(other, c99), "ykclean": core}
    if find_spec("numpy"):
        compared["ykclean semantic"] = meaning
    else:
        print("meaning is left out: pip install 'ykclean[semantic]'", file=sys.stderr)
    return compared


def counted(case: tuple[Path, dict[str, Any]]) -> dict[str, Count]:
    """What each method makes of a file."""
    path, truth = case
    document = ykclean.read(path)
    text = document.source.text
    wanted = {text.count("\n", 0, article["start"]) for article in truth["articles"][1:]}
    counts = {}
    for name, method in methods().items():
        firsts = [document.paragraphs[number].start for number in method(document)]
        found = {text.count("\n", 0, start) for start in firsts}
        right = len(found & wanted)
        split = bool(found) and not wanted
        counts[name] = Count(right, len(found) - right, len(wanted) - right, split)
    return counts


def cases(
    shared: Path, source: str, profile: str, seed: int, count: int, out: Path
) -> list[tuple[Path, Any]]:
    """Make files of a source, each with the truth about it."""
    script, news = shared / "quality" / "make_cases.py", shared / "news" / f"{source}.jsonl"
    options = ["--profile", profile, "--seed", str(seed), "-n", str(count), "--out", str(out)]
    subprocess.run([sys.executable, str(script), str(news), *options], check=True, capture_output=True)
    truths = map(json.loads, (out / "gold.jsonl").read_text("utf-8").splitlines())
    return [(out / truth["file"], truth) for truth in truths]


def total(counts: Iterable[Count]) -> Count:
    """The sum of the counts."""
    return Count(*map(sum, zip(*counts, strict=True)))


def main() -> int:
    """Measure, and print a table: a row for each method, a column for each source."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("-n", type=int, default=30, help="files a source and profile")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", metavar="SOURCE")
    options = parser.parse_args()
    sources = options.only or sorted(path.stem for path in (options.shared / "news").glob("*.jsonl"))
    names = list(methods())
    print(f"seed {options.seed}, {options.n} files a source and profile")
    with tempfile.TemporaryDirectory() as work, ProcessPoolExecutor(os.cpu_count()) as pool:
        for profile in ("headless", "intact"):
            table: dict[str, list[Count]] = {name: [] for name in names}
            for source in sources:
                out = Path(work) / f"{source}-{profile}"
                made = cases(options.shared, source, profile, options.seed, options.n, out)
                counts = list(pool.map(counted, made, chunksize=4))
                for name, column in table.items():
                    column.append(total(count[name] for count in counts))
            show(profile, sources, table)
    return 0


def show(profile: str, sources: Sequence[str], table: dict[str, list[Count]]) -> None:
    """Print the figures of a profile."""
    what = "boundary F1" if profile == "headless" else "single articles split"
    print(f"\n{profile}: {what}")
    print(f"{'':16}", *(f"{source[:13]:>13}" for source in [*sources, "mean"]))
    for name, counts in table.items():
        figures = [count.f1 if profile == "headless" else float(count.split) for count in counts]
        print(
            f"{name:16}",
            *(f"{figure:13.3g}" for figure in [*figures, sum(figures) / len(figures)]),
            flush=True,
        )


if __name__ == "__main__":
    sys.exit(main())
