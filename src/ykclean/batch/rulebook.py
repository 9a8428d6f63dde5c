"""Cleaning under a configuration: the nearest file's, with a run's own choices laid over it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ykclean import engine
from ykclean.config import Config, allowed, config_for, config_named
from ykclean.settings import Chosen

if TYPE_CHECKING:
    from ykclean.engine import Cleaned
    from ykclean.settings import Settings
    from ykclean.source import Source


@dataclass(frozen=True)
class Rulebook:
    """Which rules hold for a file. ``settings`` are for all files and end the search for configuration."""

    chosen: Chosen = field(default_factory=Chosen)
    config_file: str | None = None
    settings: Settings | None = None
    _last: dict[str, tuple[Config, Settings]] = field(default_factory=dict, compare=False, repr=False)
    """What holds in the folder that was asked for last: the files of a folder come one after the other."""

    def __post_init__(self) -> None:
        """Refuse wrong settings once, rather than for each file."""
        if self.settings is not None:
            engine.refuse_unknown(self.settings)

    def config_of(self, path: str) -> Config:
        """Return the configuration of a file. Raises ``ConfigError``."""
        return self._in_folder(path)[0]

    def settings_of(self, path: str) -> Settings:
        """Return the settings for a file. Raises ``ConfigError``."""
        config, settings = self._in_folder(path)
        return self._chosen(config, path) if config.per_file_ignores else settings

    def _in_folder(self, path: str) -> tuple[Config, Settings]:
        folder = os.path.dirname(path)  # noqa: PTH120 - many files: no objects
        if folder not in self._last:
            config = self._config(path)
            self._last.clear()
            self._last[folder] = config, self._chosen(config, path)
        return self._last[folder]

    def _config(self, path: str) -> Config:
        if self.settings is not None:
            return Config()
        return config_named(self.config_file) if self.config_file else config_for(path)

    def excludes(self, path: str) -> bool:
        """Whether the configuration of a file leaves it out. Raises ``ConfigError``."""
        config = self.config_of(path)
        return bool(config.exclude) and config.excludes(path)

    def fingerprint(self) -> str:
        """A digest of the configuration that is named, or of the one that holds here; for resuming."""
        file = self.config_of(str(Path.cwd() / "x")).file
        return sha256(file.read_bytes()).hexdigest()[:16] if file else ""

    def clean(self, source: str | bytes | Source, path: str) -> Cleaned:
        """Clean a text or the bytes of a file under the rules that hold for its path."""
        review = partial(allowed, config=self.config_of(path))
        return engine.clean(source, self.settings_of(path), review=review)

    def _chosen(self, config: Config, path: str) -> Settings:
        if self.settings is not None:
            return self.settings
        return self.chosen.over(config.settings_for(path))
