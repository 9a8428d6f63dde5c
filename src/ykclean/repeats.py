"""Passages that stand twice in a document, and which copy to give up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Paragraph, Repeat
    from ykclean.settings import Settings


def find_repeats(text: str, paragraphs: Sequence[Paragraph], settings: Settings) -> tuple[Repeat, ...]:
    """Return the passages that stand twice, in the order of the copies."""
    return ()
