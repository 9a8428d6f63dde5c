"""Texts to measure on: real news where it is at hand, else text like our own fixture's."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[1]
HALF = str.maketrans("，；：？！（）", ",;:?!()")
MEGABYTE = 1_000_000
BYTES_A_CHARACTER = 2.8


def news(size: int, shared: Path) -> str:
    """Return news of about ``size`` bytes in UTF-8, with half-width punctuation, one paragraph a line."""
    lines: list[str] = []
    total = 0
    for path in sorted((shared / "news").glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            for line in json.loads(row)["paragraphs"]:
                lines.append(line.strip().translate(HALF))
                total += len(lines[-1].encode()) + 1
                if total >= size:
                    return "\n".join(lines) + "\n"
    return written(size, shared)


def model(shared: Path) -> dict[str, str]:
    """Return for each two characters what may follow them: as often as it does in the text at hand."""
    text = "" if not (shared / "news").is_dir() else news(3 * MEGABYTE, shared)
    text = text or re.sub(r"\n+", "\n", (ROOT / "fixtures" / "report.txt").read_text(encoding="utf-8"))
    following: defaultdict[str, list[str]] = defaultdict(list)
    for one, two, three in zip(text, text[1:], text[2:], strict=False):
        following[one + two].append(three)
    return {pair: "".join(characters) for pair, characters in following.items()}


def written(size: int, shared: Path, seed: int = 1) -> str:
    """Return text of about ``size`` bytes that repeats no passage: a walk over the model."""
    rng = random.Random(seed).random
    following = model(shared)
    out = list(next(iter(following)))
    one, two = out
    for _ in range(int(size / BYTES_A_CHARACTER)):
        choices = following.get(one + two) or "的。\n"
        one, two = two, choices[int(rng() * len(choices))]
        out.append(two)
    return "".join(out)


def with_duplicates(text: str, every: int = 10_000, length: int = 120) -> str:
    """Return the text with a passage of it pasted again, a paragraph of its own, in each ``every`` bytes."""
    step = int(every / BYTES_A_CHARACTER)
    pieces = []
    for start in range(0, len(text), step):
        piece = text[start : start + step]
        cut = piece.rfind("\n") + 1 or len(piece)
        pieces += [piece[:cut], re.sub(r"\s", "", piece[: length * 2])[:length], "。\n", piece[cut:]]
    return "".join(pieces)


def repeated(times: int) -> str:
    """Return the same paragraph, again and again."""
    paragraph = "柳荫村去年节水18万立方米,拿到奖励3.6万元,村民议事会商量后,用这笔钱给村口的小桥装了护栏。\n"
    return paragraph * times
