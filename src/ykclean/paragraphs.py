"""Lines → paragraphs: a line break inside a sentence does not end one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.document import Join, Noise, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence


def read_paragraphs(text: str, noise: Sequence[Noise]) -> tuple[tuple[Paragraph, ...], tuple[Join, ...]]:
    """Return the paragraphs of the text, and the line breaks inside them."""
    paragraphs = [Paragraph(m.start(), m.end(), m[0]) for m in re.finditer(r"[^\s](?:[^\r\n]*[^\s])?", text)]
    return tuple(paragraphs), ()
