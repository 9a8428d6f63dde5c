"""Clean scraped Chinese news: find, show, mend and undo.

>>> import ykclean
>>> ykclean.clean("他说,今天下雨。").text
'他说，今天下雨。'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from ykclean.batch.library import FileResult, clean_files
    from ykclean.document import Document, Paragraph
    from ykclean.edits import Edit, Span
    from ykclean.engine import Cleaned, check, clean, read
    from ykclean.findings import Finding, Rule
    from ykclean.settings import Settings
    from ykclean.source import BinaryError
    from ykclean.written import CleanArticle, CleanParagraph

__version__ = "0.1.0"

__all__ = [
    "BinaryError",
    "CleanArticle",
    "CleanParagraph",
    "Cleaned",
    "Document",
    "Edit",
    "FileResult",
    "Finding",
    "Paragraph",
    "Rule",
    "Settings",
    "Span",
    "check",
    "clean",
    "clean_files",
    "read",
]

# Imported when first used: a hook that only prints its help should not load the engine.
_HOME = {
    "BinaryError": "source",
    "CleanArticle": "written",
    "CleanParagraph": "written",
    "Cleaned": "engine",
    "Document": "document",
    "Edit": "edits",
    "FileResult": "batch.library",
    "Finding": "findings",
    "Paragraph": "document",
    "Rule": "findings",
    "Settings": "settings",
    "Span": "edits",
    "check": "engine",
    "clean": "engine",
    "clean_files": "batch.library",
    "read": "engine",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"ykclean.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
