"""What a run is to do, and what of that must be the same for it to go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ykclean.batch.listing import Patterns
from ykclean.batch.manifest import FORMAT
from ykclean.batch.readers import Reading
from ykclean.batch.rulebook import Rulebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ykclean.batch.outputs import Format

TIME_LIMIT = 60.0
"""Seconds that one document may take, unless chosen otherwise."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done.

    Without ``output`` results are handed to ``put``. ``workers`` are processes (``None``: one a core);
    with 0 the work is done in this process, without the limit of time and without shelter from a crash.
    ``prune`` deletes what earlier runs into ``output`` wrote and this one did not.
    """

    paths: Iterable[str]
    output: Path | None = None
    form: Format = "text"
    put: Callable[[bytes], object] | None = None
    rulebook: Rulebook = field(default_factory=Rulebook)
    reading: Reading = field(default_factory=Reading)
    patterns: Patterns = field(default_factory=Patterns)
    workers: int | None = None
    time_limit: float | None = TIME_LIMIT
    limit: int | None = None
    resume: bool = False
    restart: bool = False
    dry_run: bool = False
    prune: bool = False

    @property
    def writes(self) -> bool:
        """Whether there is a folder to write into."""
        return self.output is not None and not self.dry_run


class PlanError(Exception):
    """The plan cannot be carried out; the message says why. Nothing was done."""


def identity(plan: Plan) -> dict[str, Any]:
    """What must be the same for a run to go on."""
    rules = plan.rulebook
    return {
        "version": version(),
        "manifest": FORMAT,
        "format": plan.form,
        **{key: list(one) if isinstance(one, tuple) else one for key, one in rules.chosen._asdict().items()},
        "configuration": rules.fingerprint(),
        "include": list(plan.patterns.include),
        "exclude": list(plan.patterns.exclude),
        "limit": plan.limit,
        **plan.reading._asdict(),
    }


@cache
def version() -> str:
    """The version of the package."""
    from importlib.metadata import version

    return version("ykclean")
