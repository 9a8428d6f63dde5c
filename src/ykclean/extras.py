"""Packages that only some inputs, outputs and settings need; a message names the extra that is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

EXTRAS = {
    "fastwarc": "warc",
    "fsspec.core": "remote",
    "jinja2": "report",
    "numpy": "semantic",
    "pyarrow": "parquet",
    "pyarrow.parquet": "parquet",
    "rich": "batch",
    "selectolax.lexbor": "html",
    "trafilatura": "boilerplate",
    "zstandard": "zstd",
}
"""Module → the extra of the package that installs it."""


class MissingExtraError(ModuleNotFoundError):
    """An optional package is needed and not installed; the message says how to install it."""


def need(module: str, purpose: str) -> Any:
    """Import an optional module. Raises ``MissingExtraError``."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(how_to_install(module, purpose)) from error


def how_to_install(module: str, purpose: str) -> str:
    """Return the message for an optional module that is missing.

    >>> how_to_install("numpy", "--semantic")
    "--semantic needs an extra: pip install 'ykclean[semantic]'"
    """
    return f"{purpose} needs an extra: pip install 'ykclean[{EXTRAS[module]}]'"
