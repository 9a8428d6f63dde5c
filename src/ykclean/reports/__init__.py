"""Findings → what a check prints: one module a format, each with ``render(checked, view)``."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ykclean.checking import Checked

    Render = Callable[[Iterable[Checked], "View"], Iterator[str]]

FORMATS = (
    "full",
    "concise",
    "grouped",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "sarif",
    "rdjson",
    "junit",
)
FOR_PEOPLE = ("full", "concise", "grouped")
"""The formats that people read: they end with a summary."""


class View(NamedTuple):
    """How a report looks: language, colours, and the width of the terminal in columns."""

    lang: Literal["en", "zh"] = "en"
    color: bool = False
    width: int = 100


def in_repository(path: str) -> str:
    """Return a path as services want it that show findings: relative to this folder, with ``/``."""
    here = os.path.relpath(path)
    return (path if here.startswith("..") else here).replace(os.sep, "/")


def renderer(name: str) -> Render:
    """Return the function that renders a format of ``FORMATS``."""
    render: Render = import_module(f"ykclean.reports.{name}").render
    return render
