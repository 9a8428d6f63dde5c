"""Clean scraped Chinese news: find, show, mend and undo.

>>> import ykclean
>>> ykclean.clean("他说,今天下雨。").text
'他说，今天下雨。'
"""

from __future__ import annotations

from ykclean.document import Document, Paragraph
from ykclean.edits import Edit, Span
from ykclean.engine import Cleaned, check, clean, read
from ykclean.findings import Finding, Rule
from ykclean.settings import Settings
from ykclean.written import CleanArticle, CleanParagraph

__version__ = "0.1.0"

__all__ = [
    "CleanArticle",
    "CleanParagraph",
    "Cleaned",
    "Document",
    "Edit",
    "Finding",
    "Paragraph",
    "Rule",
    "Settings",
    "Span",
    "check",
    "clean",
    "read",
]
