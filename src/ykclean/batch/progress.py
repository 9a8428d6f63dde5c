"""How far a run is."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ykclean.batch.documents import Outcome

FAMILIES = {
    "YK0": "encoding",
    "YK1": "debris",
    "YK2": "punctuation",
    "YK3": "line breaks",
    "YK4": "duplication",
    "YK5": "truncation",
    "YK6": "articles",
}
"""The families of rules, by the beginning of their codes."""


class Progress:
    """How far a run is; ``size`` counts the bytes of the files that are done."""

    def __init__(self, files: int, total: int) -> None:
        """Begin, with so many files and bytes to do."""
        self.files, self.total = files, total
        self.files_done = self.size = self.documents = self.failed = 0
        self.families: dict[str, int] = {}
        self.begun = monotonic()
        self.before = 0

    def go_on(self, files: int, size: int) -> None:
        """So much was done by an earlier part of the run."""
        self.files_done, self.size = files, size
        self.before = size

    def count(self, outcome: Outcome) -> None:
        """Count a document."""
        self.documents += 1
        self.failed += outcome.status == "failed"
        for code, number in outcome.stats.codes.items():
            family = FAMILIES.get(code[:3], code)
            self.families[family] = self.families.get(family, 0) + number

    @property
    def rate(self) -> float:
        """Bytes a second, of this run's part."""
        return (self.size - self.before) / max(monotonic() - self.begun, 1e-9)

    @property
    def remaining(self) -> float | None:
        """Seconds that are left, as far as can be told."""
        return (self.total - self.size) / self.rate if self.rate > 0 else None

    def findings(self) -> str:
        """The findings by family, for a line."""
        return " · ".join(f"{name} {number:,}" for name, number in sorted(self.families.items()))

    def line(self) -> str:
        """The whole state in a line."""
        left = self.remaining
        parts = [
            f"{self.files_done:,} of {self.files:,} files",
            f"{self.size / 1e6:,.1f} of {self.total / 1e6:,.1f} MB",
            f"{self.rate / 1e6:,.2f} MB/s",
            f"{clock(left)} left" if left is not None else "",
            f"{self.failed:,} failed" if self.failed else "",
            self.findings(),
        ]
        return ", ".join(filter(None, parts))


def clock(seconds: float) -> str:
    """Seconds as a person says them.

    >>> clock(42), clock(200), clock(7260)
    ('42 s', '3:20 min', '2:01 h')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"
