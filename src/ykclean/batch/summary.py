"""The figures of a run, for a table and for ``summary.json``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.batch.manifest import Manifest


@dataclass
class Summary:
    """What came of a run. ``state`` is ``finished``, ``stopped`` (by a signal) or ``broken`` (no room).

    ``failed`` counts the documents in quarantine; ``documents`` counts all, those of earlier parts of a
    resumed run included; ``seconds`` are of this part alone.
    """

    state: str = "finished"
    version: str = ""
    seconds: float = 0.0
    files: int = 0
    documents: int = 0
    cleaned: int = 0
    failed: int = 0
    binary: int = 0
    size: int = 0
    characters: int = 0
    articles: int = 0
    changes: int = 0
    left: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    encodings: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    signal: int | None = None
    message: str = ""
    already: int = 0
    """Documents that earlier parts of the run had done."""

    stale: int = 0
    """Files of earlier runs into the same folder that this one did not write; ``pruned`` were deleted."""

    pruned: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the summary for JSON."""
        return asdict(self)

    @property
    def rates(self) -> tuple[float, float]:
        """Documents and megabytes a second."""
        seconds = max(self.seconds, 1e-9)
        share = 1 - self.already / self.documents if self.documents else 0
        return (self.documents - self.already) / seconds, self.size * share / 1e6 / seconds


def summarize(manifest: Manifest) -> Summary:
    """Return the figures of everything that the manifest holds."""
    sums = next(
        manifest.select(
            "SELECT count(*), total(status = 'cleaned'), total(status = 'failed'), total(status = 'binary'),"
            " total(size), total(characters), total(articles), total(changes), total(left) FROM documents"
        )
    )
    documents, cleaned, failed, binary, size, characters, articles, changes, left = map(int, sums)
    problems = next(manifest.select("SELECT count(*) FROM problems"))[0]
    return Summary(
        files=manifest.listing.totals()[0],
        documents=documents,
        cleaned=cleaned,
        failed=failed + problems,
        binary=binary,
        size=size,
        characters=characters,
        articles=articles,
        changes=changes,
        left=left,
        codes=dict(
            manifest.select(
                "SELECT key, sum(value) FROM documents, json_each(codes) GROUP BY key ORDER BY key"
            )
        ),
        encodings=dict(
            manifest.select(
                "SELECT encoding, count(*) FROM documents WHERE encoding != '' GROUP BY 1 ORDER BY 2 DESC, 1"
            )
        ),
        reasons=dict(
            manifest.select(
                "SELECT reason, count(*) FROM (SELECT reason FROM documents WHERE status = 'failed'"
                " UNION ALL SELECT reason FROM problems) GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20"
            )
        ),
    )


def quarantined(manifest: Manifest) -> Iterator[dict[str, str]]:
    """Yield the documents that could not be cleaned, each with the reason."""
    query = "SELECT path, reason FROM problems UNION ALL SELECT path, reason FROM"
    for path, reason in manifest.select(
        query + " (SELECT path, reason FROM documents WHERE status = 'failed' ORDER BY number)"
    ):
        yield {"path": path, "reason": reason}


def table(summary: Summary) -> list[str]:
    """Return the summary as lines for a person.

    >>> table(Summary(documents=2, cleaned=2, size=4_200_000, seconds=2.0))[-1]
    'seconds              2.0  (1 documents/s, 2.10 MB/s)'
    """
    from ykclean.rules import RULES

    per_second, megabytes = summary.rates
    rows = [
        ("files", f"{summary.files:,}"),
        ("documents", f"{summary.documents:,}"),
        ("cleaned", f"{summary.cleaned:,}"),
        ("in quarantine", f"{summary.failed:,}"),
        ("binary, passed over", f"{summary.binary:,}"),
        ("articles", f"{summary.articles:,}"),
        ("changes", f"{summary.changes:,}"),
        ("left to look at", f"{summary.left:,}"),
        ("megabytes", f"{summary.size / 1e6:,.1f}"),
        ("seconds", f"{summary.seconds:,.1f}  ({per_second:,.0f} documents/s, {megabytes:,.2f} MB/s)"),
    ]
    if summary.already:
        rows.insert(2, ("of an earlier run", f"{summary.already:,}"))
    rows += [("of earlier runs", f"{summary.stale:,}")] * bool(summary.stale)
    rows += [("pruned", f"{summary.pruned:,}")] * bool(summary.pruned)
    names = {rule.code: rule.name for rule in RULES}
    counts = [(f"{code} {names.get(code, '')}", f"{number:,}") for code, number in summary.codes.items()]
    reasons = [(f"{number:,} ×", reason) for reason, number in summary.reasons.items()]
    return [*_aligned(rows), *_titled("findings", counts), *_titled("quarantine", reasons)]


def _titled(title: str, rows: list[tuple[str, str]]) -> list[str]:
    return [title, *("  " + line for line in _aligned(rows))] if rows else []


def _aligned(rows: list[tuple[str, str]]) -> list[str]:
    width = max((len(name) for name, _ in rows), default=0)
    return [f"{name:<{width}}  {value}" for name, value in rows]
