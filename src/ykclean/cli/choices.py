"""Which settings hold for a file: the configuration's, with the command line's laid over them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import click

from ykclean.config import Config, ConfigError, config_for, config_named, rules_called
from ykclean.patterns import compiled
from ykclean.settings import Chosen, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.settings import Settings


Given = TypeVar("Given", str | None, tuple[str, ...])


class ConfigurationError(click.ClickException):
    """The configuration cannot be used."""

    exit_code = 2


class Choices(NamedTuple):
    """What was chosen on the command line."""

    chosen: Chosen = Chosen()
    file: str | None = None

    def config_of(self, path: str) -> Config:
        """Return the configuration for a file: the one that was named, or the nearest.

        Raises ``ConfigurationError``.
        """
        try:
            return config_named(self.file) if self.file else config_for(path)
        except ConfigError as error:
            raise ConfigurationError(str(error)) from error

    def settings_of(self, path: str) -> Settings:
        """Return the settings for a file. Raises ``ConfigurationError``."""
        return self.chosen.over(self.config_of(path).settings_for(path))


def codes(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take codes, beginnings of codes and names, separated by commas (a callback of click)."""
    chosen = spelled(filter(None, (code.strip() for value in values for code in value.split(","))))
    with _told(context, option):
        for code in chosen:
            rules_called(code)
    return chosen


def patterns(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Take patterns of file names (a callback of click)."""
    with _told(context, option):
        for value in values:
            compiled(value)
    return values


def filled(context: click.Context, option: click.Parameter, value: Given) -> Given:
    """Take names of files or folders (a callback of click); an empty one would quietly be this folder."""
    if value == "" or (isinstance(value, tuple) and "" in value):
        raise click.BadParameter("an empty name is no file or folder", context, option)
    return value


@contextmanager
def _told(context: click.Context, option: click.Parameter) -> Iterator[None]:
    try:
        yield
    except ConfigError as error:
        raise click.BadParameter(str(error), context, option) from error
