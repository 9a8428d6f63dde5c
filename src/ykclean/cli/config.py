"""``ykclean config``: the settings in force, and where each comes from."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

import click

from ykclean.cli.choices import Choices
from ykclean.cli.console import put
from ykclean.config import SETTINGS, Config

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = [f.name for f in fields(Config) if f.name not in ("settings", "file", "root", "given")]


@click.command()
@click.argument("path", default=".")
@click.option("--config", "config_file", metavar="FILE", help="This configuration, not the nearest.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the configuration file.")
def config(path: str, config_file: str | None, schema: bool) -> None:
    """Show the settings in force for PATH (a file or a folder), and where each comes from.

    They are looked for in ykclean.toml, and in [tool.ykclean] of pyproject.toml, in the folder of PATH
    and in those above it; the nearest file wins, and those further up are not merged in. What is shown is
    itself such a file.
    """
    if schema:
        from ykclean.options import schema as made

        put(json.dumps(made(), ensure_ascii=False, indent=2) + "\n")
        return
    import os

    inside = os.path.join(path, "x") if os.path.isdir(path) else path  # noqa: PTH112, PTH118
    put("".join(f"{line}\n" for line in _lines(Choices(file=config_file).config_of(inside))))


def _lines(config: Config) -> Iterator[str]:
    yield f"# {config.file or 'no configuration file: all defaults'}"
    given = set(config.given)
    for key, value in sorted(_values(config).items()):
        name = key.replace("_", "-")
        if value is None or value == {}:
            yield f"# {name} is not set"
        else:
            yield f"{name} = {_toml(value)}{'' if key in given else '  # default'}"


def _values(config: Config) -> dict[str, Any]:
    settings = asdict(config.settings)
    own = {key: getattr(config, key) for key in KEYS}
    return own | {key: settings[key] for key in SETTINGS}


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_toml(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
