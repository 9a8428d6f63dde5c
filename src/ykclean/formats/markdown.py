"""The articles of a file as Markdown: titles become headings, the words stay as they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ykclean.written import CleanArticle, CleanParagraph

SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])|^([#+\-=]|\d+(?=[.)]))", re.MULTILINE)
TEMPLATES = {
    "title": "# {}",
    "kicker": "**{}**",
    "subtitle": "**{}**",
    "byline": "*{}*",
    "dateline": "*{}*",
    "summary": "> {}",
    "subhead": "## {}",
    "caption": "*{}*",
    "credit": "*{}*",
}
BETWEEN = "\n\n---\n\n"


def to_markdown(articles: Iterable[CleanArticle]) -> str:
    """Return the articles as Markdown, with a rule between them.

    Characters that Markdown would take for its own are escaped.
    """
    text = BETWEEN.join(
        "".join(map(_paragraph, article.paragraphs)).removesuffix("\n\n") for article in articles
    )
    return text + "\n" if text else ""


def _paragraph(paragraph: CleanParagraph) -> str:
    text = SPECIAL.sub(_escape, paragraph.text)
    return TEMPLATES.get(paragraph.role, "{}").format(text) + ("" if paragraph.goes_on else "\n\n")


def _escape(m: re.Match[str]) -> str:
    # In "1." it is the full stop that must be escaped, not the digit.
    return m[0] + "\\" if m[0].isdecimal() else "\\" + m[0]
