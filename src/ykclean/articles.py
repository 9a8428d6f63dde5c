"""Paragraphs → articles: by headers where there are some, by the words where there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.document import Article, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Repeat
    from ykclean.settings import Settings


def split_articles(
    text: str, paragraphs: Sequence[Paragraph], repeats: Sequence[Repeat], settings: Settings
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...]]:
    """Return the paragraphs with their roles, and the articles they form."""
    return tuple(paragraphs), (Article(0, len(paragraphs)),) if paragraphs else ()
