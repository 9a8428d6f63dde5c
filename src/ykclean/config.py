"""Configuration: found nearest to a file, checked, and laid over the defaults.

``[tool.ykclean]`` in ``pyproject.toml``, or ``ykclean.toml`` (which wins where both stand in one
folder). The configuration nearest to a file is the whole configuration of that file: those further up
are not merged in.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ykclean.settings import Chosen, Settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ykclean.findings import Finding, Rule
    from ykclean.options import Options

Action = Literal["off", "report", "fix"]

FILE_NAMES = ("ykclean.toml", ".ykclean.toml", "pyproject.toml")
SETTINGS = frozenset(f.name for f in fields(Settings)) - {"select", "ignore"}


class ConfigError(Exception):
    """The configuration cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What is in force. ``root`` is the folder to which the patterns and paths in it are relative.

    ``select`` is ``None`` where nobody chose: each command then has its own default. ``given`` names
    the keys that a file or the command line set.
    """

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = field(default_factory=dict)
    include: tuple[str, ...] = ("*.txt", "*.text", "*.md", "*.markdown")
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    actions: dict[str, Action] = field(default_factory=dict)
    baseline: str | None = None
    cache_dir: str | None = None
    output_format: str | None = None
    lang: Literal["en", "zh"] | None = None
    settings: Settings = field(default_factory=Settings)
    file: Path | None = None
    root: Path = field(default_factory=Path.cwd)
    given: tuple[str, ...] = ()

    def settings_for(self, path: str, default: tuple[str, ...] = ()) -> Settings:
        """Return the settings for one file; ``default`` are the rules of a command that chooses some."""
        select = default if self.select is None else self.select
        off = tuple(code for code, action in self.actions.items() if action == "off")
        ignore = (*self.ignore, *off, *self._ignored_in(path))
        return Chosen(select, self.extend_select, ignore).over(self.settings)

    def includes(self, path: str) -> bool:
        """Whether the file is, by its name, one that holds prose."""
        return self._any(self.include, path)

    def excludes(self, path: str) -> bool:
        """Whether the file is left out by the configuration."""
        return self._any(self.exclude, path)

    def action(self, code: str, name: str) -> Action | None:
        """What to do with a rule's findings: its name is asked first, then its code, then shorter ones."""
        keys = (name, *(code[:length] for length in range(len(code), 0, -1)))
        return next((self.actions[key] for key in keys if key in self.actions), None)

    def _ignored_in(self, path: str) -> Iterable[str]:
        for pattern, codes in self.per_file_ignores.items():
            if self._any((pattern,), path):
                yield from codes

    def _any(self, patterns: tuple[str, ...], path: str) -> bool:
        if not patterns:
            return False
        from ykclean.patterns import matches

        return matches(patterns, os.path.relpath(path or ".", self.root).replace(os.sep, "/"))


def allowed(found: Iterable[Sequence[Finding]], config: Config) -> list[Sequence[Finding]]:
    """The findings of each rule, without edits where the configuration wants them reported only."""
    if not config.actions:
        return list(found)
    return [
        [finding._replace(edits=()) for finding in findings]
        if findings and config.action(findings[0].code, findings[0].name) == "report"
        else findings
        for findings in found
    ]


def config_for(path: str) -> Config:
    """Return the configuration of a file: the nearest one above it, or the defaults.

    Raises ``ConfigError`` where it cannot be read or is wrong.
    """
    return config_above(os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120 - many files: no objects


def config_named(file: str) -> Config:
    """Return the configuration in a file that somebody names, read once. Raises ``ConfigError``."""
    return _config_in(os.path.abspath(file))  # noqa: PTH100 - many files: no objects


@cache
def _config_in(file: str) -> Config:
    return load(Path(file)) or Config()


@cache
def config_above(folder: str) -> Config:
    """Return the configuration in the folder or in the nearest one above it."""
    for name in FILE_NAMES:
        file = os.path.join(folder, name)  # noqa: PTH118
        if os.path.isfile(file):  # noqa: PTH113
            config = load(Path(file))
            if config is not None:
                return config
    parent = os.path.dirname(folder)  # noqa: PTH120
    return Config() if parent == folder else config_above(parent)


def load(file: Path) -> Config | None:
    """Read a configuration file; ``None`` where a ``pyproject.toml`` says nothing about ykclean.

    Raises ``ConfigError``.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    shared = file.name == "pyproject.toml"
    if shared and b"ykclean" not in raw:
        return None
    table = _table(file, raw)
    if shared:
        table = _tool(table, file).get("ykclean")
    return None if table is None else _checked(table, file)


def _tool(table: dict[str, Any], file: Path) -> dict[str, Any]:
    tool = table.get("tool", {})
    if not isinstance(tool, dict):
        raise ConfigError(f"{file}: 'tool' is no table")
    return tool


def _table(file: Path, raw: bytes) -> Any:
    import tomllib

    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from error


def _checked(table: Any, file: Path) -> Config:
    from ykclean.options import read_options
    from ykclean.patterns import compiled

    try:
        options = read_options(table)
        for code in _codes(options):
            rules_called(code)
        for pattern in _patterns(options):
            compiled(pattern)
    except ConfigError as error:
        raise ConfigError(f"{file}: {error}") from error
    return overlay(Config(file=file, root=file.parent.absolute()), options)


def overlay(config: Config, options: Options) -> Config:
    """Return the configuration with the options that are set laid over it."""
    given = options.given()
    settings = replace(config.settings, **{key: value for key, value in given.items() if key in SETTINGS})
    own = {key: value for key, value in given.items() if key not in SETTINGS}
    return replace(config, settings=settings, given=(*config.given, *given), **own)


def _codes(options: Options) -> Iterable[str]:
    given = options.given()
    for key in ("select", "extend_select", "ignore", "actions"):
        yield from given.get(key, ())
    for codes in given.get("per_file_ignores", {}).values():
        yield from codes


def _patterns(options: Options) -> Iterable[str]:
    given = options.given()
    for key in ("include", "exclude", "per_file_ignores"):
        yield from given.get(key, ())


def rules_called(choice: str) -> list[Rule]:
    """Return the rules with this code, beginning of a code, or name. Raises ``ConfigError`` for none."""
    from ykclean.rules import RULES, called

    found = called(choice)
    if not found:
        known = [key for rule in RULES for key in (rule.code, rule.name)]
        raise ConfigError(f"no rule is called {choice!r}{suggestion(choice, known)}")
    return found


def suggestion(word: str, known: Collection[str]) -> str:
    """Return ``; did you mean …?`` for what is nearest to the word, or nothing."""
    from difflib import get_close_matches

    nearest = get_close_matches(word, known, 1) or get_close_matches(word.upper(), known, 1)
    return f"; did you mean {nearest[0]!r}?" if nearest else ""
