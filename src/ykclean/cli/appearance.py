"""Language, colours and width of what is printed, from the options and the environment."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal

from ykclean.reports import View

if TYPE_CHECKING:
    from collections.abc import Mapping

Lang = Literal["en", "zh"]
WIDTH = 100
WIDEST = 160


def view_of(lang: Lang | None, *, to_terminal: bool) -> View:
    """Return how a report looks that goes to standard output (``to_terminal``) or to a file."""
    terminal = to_terminal and sys.stdout.isatty()
    return View(
        lang or language(os.environ),
        wants_color(os.environ, terminal) if to_terminal else False,
        _columns() if terminal else WIDTH,
    )


def language(environment: Mapping[str, str]) -> Lang:
    """Return the language that the locale asks for.

    >>> language({"LANG": "zh_CN.UTF-8"}), language({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    if locale.split(".")[0] not in ("", "C", "POSIX"):
        locale = environment.get("LANGUAGE", "").split(":")[0] or locale
    return "zh" if locale.lower().startswith("zh") else "en"


def wants_color(environment: Mapping[str, str], terminal: bool) -> bool:
    """Whether to print colours (https://no-color.org, https://force-color.org).

    >>> wants_color({"NO_COLOR": "1"}, True), wants_color({"FORCE_COLOR": "1"}, False)
    (False, True)
    """
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return terminal and environment.get("TERM") != "dumb"


def _columns() -> int:
    from shutil import get_terminal_size

    return min(get_terminal_size((WIDTH, 24)).columns, WIDEST)
