"""Which files a check is about, and the configuration that holds for each."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ykclean.checking import Job
from ykclean.cli.choices import Choices
from ykclean.config import Config
from ykclean.files import STDIN, collect
from ykclean.patterns import matches
from ykclean.prose import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.cli.trouble import Troubles


class Selection(NamedTuple):
    """What the command line chooses about rules and files."""

    choices: Choices
    extend_select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False

    def config_of(self, path: str, made: dict[int, Config]) -> Config:
        """Return the configuration of a file with the command line's choices laid over it."""
        config = self.choices.config_of(path)
        if id(config) not in made:
            made[id(config)] = self._laid_over(config)
        return made[id(config)]

    def _laid_over(self, config: Config) -> Config:
        select, ignore = self.choices.chosen.select, self.choices.chosen.ignore
        if select:
            config = replace(config, select=select, extend_select=(), ignore=())
        return replace(
            config,
            extend_select=(*config.extend_select, *self.extend_select),
            ignore=(*config.ignore, *ignore),
            force_exclude=config.force_exclude or self.force_exclude,
        )


class Targets(NamedTuple):
    """The files to check, and how many named ones hold no prose by their names."""

    jobs: list[Job]
    left_alone: int


def targets(paths: Sequence[str], selection: Selection, troubles: Troubles) -> Targets:
    """Return the files that the paths name and that are to be checked, in the order of their paths."""
    jobs = []
    left_alone = 0
    made: dict[int, Config] = {}
    for item in collect(paths, on_error=lambda error: troubles.report(str(error.filename), error)):
        config = selection.config_of(item.path, made)
        if (item.walked or config.force_exclude) and _excluded(item.path, config, selection.exclude):
            continue
        kind = kind_of(item.path, config)
        if kind:
            jobs.append(Job(item.path, kind, config))
        elif not os.path.exists(item.path):  # noqa: PTH110
            troubles.report(item.path, FileNotFoundError(2, "No such file or folder"))
        else:
            left_alone += not item.walked
    return Targets(jobs, left_alone)


def stdin_target(name: str | None, selection: Selection) -> Job | None:
    """Return the job for standard input under the name of a file; ``None`` where that is no prose."""
    path = name or STDIN
    config = selection.config_of(path, {})
    if name and config.force_exclude and _excluded(name, config, selection.exclude):
        return None
    kind = kind_of(name, config) if name else "text"
    return Job(path, kind, config) if kind else None


def _excluded(path: str, config: Config, patterns: tuple[str, ...]) -> bool:
    here = os.path.relpath(path).replace(os.sep, "/") if patterns else ""
    return config.excludes(path) or matches(patterns, here)


def cache_folder(config: Config, chosen: str | None) -> Path:
    """Return where results are kept: as chosen, or beside the configuration, or here."""
    from ykclean.cache import FOLDER

    given = chosen or os.environ.get("YKCLEAN_CACHE_DIR")
    if given:
        return Path(given).absolute()
    return config.root.absolute() / (config.cache_dir or FOLDER)
