"""``ykclean rule``: the page of a rule."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING

import click

from ykclean.cli.appearance import language
from ykclean.cli.console import put
from ykclean.config import ConfigError, rules_called
from ykclean.policy import NOT_IN_MARKDOWN, REPORTED, SELECT, UNSAFE
from ykclean.reports.words import in_chinese

if TYPE_CHECKING:
    from ykclean.findings import Rule


@click.command()
@click.argument("names", nargs=-1, metavar="CODE...")
@click.option("--all", "every", is_flag=True, help="Explain every rule.")
def rule(names: tuple[str, ...], every: bool) -> None:
    """Explain a rule: what it finds, why that is damage, before and after, and when it errs.

    CODE is a code (YK401), the beginning of one (YK4), or a name (duplicate-passage).
    """
    from ykclean.rules import RULES

    if every == bool(names):
        raise click.UsageError("name a rule (or give --all); ykclean rules lists them")
    chosen = list(RULES) if every else [rule for name in names for rule in _called(name)]
    put("\n".join(map(page, chosen)))


def _called(name: str) -> list[Rule]:
    try:
        return rules_called(name)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error


def page(rule: Rule) -> str:
    """Return the page of a rule, in Markdown: its heading, what a check does with it, its docstring."""
    text = inspect.cleandoc(rule.find.__doc__ or "")
    return f"# {rule.name} ({rule.code})\n\n{in_a_check(rule)}\n\n{text}\n"


def in_a_check(rule: Rule) -> str:
    """Return what ``ykclean check`` does with a rule unasked."""
    if not rule.code.startswith(SELECT):
        return "Off in a check unless selected."
    where = " Off in Markdown." if rule.code in NOT_IN_MARKDOWN else ""
    if rule.code.startswith(REPORTED):
        return f"On in a check; reported only, never mended.{where}"
    if rule.code.startswith(UNSAFE):
        return f"On in a check; mended only with `--unsafe-fixes`.{where}"
    return f"On in a check; `--fix` mends what is marked `[*]`.{where}"


def summary(rule: Rule) -> str:
    """Return one line about a rule, in the language of the locale."""
    if language(os.environ) == "zh":
        return in_chinese(rule)
    return inspect.cleandoc(rule.find.__doc__ or "").split("\n\n")[0].replace("\n", " ")
