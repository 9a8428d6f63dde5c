"""What the page counts: findings by family, folder and encoding, and which files are the worst."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean.batch.keeping import printable
from ykclean.batch.progress import FAMILIES
from ykclean.report_html.marks import fates

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEIGHTS = {"duplication": 20, "truncation": 20, "encoding": 20, "articles": 10, "line breaks": 3, "debris": 2}
"""How much a finding of a family makes a file worse, where it is more than 1."""

FOLDERS = 24


class Row(NamedTuple):
    """A file in the table. ``number`` counts the documents from 0; ``badness`` orders them."""

    badness: int
    number: int
    path: str
    encoding: str
    articles: int
    changes: int
    left: int
    size: int
    families: dict[str, int]


@dataclass
class Gathered:
    """All that is counted. ``rows`` are the worst files, the worst first; ``shown`` their numbers that the
    page shows in full."""

    documents: int = 0
    articles: int = 0
    changes: int = 0
    left: int = 0
    characters: int = 0
    families: Counter[str] = field(default_factory=Counter)
    codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    folders: Counter[str] = field(default_factory=Counter)
    encodings: Counter[str] = field(default_factory=Counter)
    rows: list[Row] = field(default_factory=list)
    shown: frozenset[int] = frozenset()

    def top_folders(self) -> Iterator[tuple[str, int]]:
        """Yield the folders with the most findings, and what the others have together."""
        common = self.folders.most_common()
        yield from common[:FOLDERS]
        rest = sum(number for _, number in common[FOLDERS:])
        if rest:
            yield f"{len(common) - FOLDERS:,} others", rest


def gather(records: Iterable[dict[str, Any]], rows: int, budget: int) -> Gathered:
    """Count; keep the ``rows`` worst files, and choose those to show: the worst, up to ``budget`` bytes."""
    gathered = Gathered()
    heap: list[tuple[int, int, Row]] = []
    for number, record in enumerate(records):
        row = _row(number, record)
        _count(gathered, record, row)
        entry = (row.badness, -number, row)
        if len(heap) < rows:
            heapq.heappush(heap, entry)
        else:
            heapq.heappushpop(heap, entry)
    gathered.rows = [row for _, _, row in sorted(heap, reverse=True)]
    gathered.shown = frozenset(_affordable(gathered.rows, budget))
    return gathered


def _row(number: int, record: dict[str, Any]) -> Row:
    families = Counter(family_of(finding["code"]) for finding in record["findings"])
    became = Counter(fates(record["findings"]))
    badness = sum(WEIGHTS.get(family, 1) * count for family, count in families.items())
    return Row(
        badness,
        number,
        printable(record["path"] or ""),
        _encoding(record),
        len(record["articles"]),
        became["applied"],
        became["left"],
        len(record["text"]),
        dict(sorted(families.items())),
    )


def _encoding(record: dict[str, Any]) -> str:
    """The encoding of the source; of a page, what the page was in, not the text that was taken out of it."""
    charset = record.get("fields", {}).get("charset") if "extracted_from" in record else None
    return str(charset or record["encoding"]["name"])


def _count(gathered: Gathered, record: dict[str, Any], row: Row) -> None:
    gathered.documents += 1
    gathered.articles += row.articles
    gathered.changes += row.changes
    gathered.left += row.left
    gathered.characters += row.size
    gathered.families.update(row.families)
    gathered.codes.update((finding["code"], finding["name"]) for finding in record["findings"])
    gathered.encodings[row.encoding] += 1
    folder = row.path.rpartition("/")[0] or "."
    gathered.folders[folder] += len(record["findings"])


def _affordable(rows: list[Row], budget: int) -> Iterator[int]:
    spent = 0
    for row in rows:
        spent += 3 * row.size
        if spent > budget:
            return
        yield row.number


def family_of(code: str) -> str:
    """The family of a rule.

    >>> family_of("YK401")
    'duplication'
    """
    return FAMILIES.get(code[:3], code)
