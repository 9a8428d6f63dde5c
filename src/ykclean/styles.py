"""How a page sets its headlines: those of articles in two phrases, subheads in one.

`大雨连下三天 村民上堤守夜` stands above an article, `抽水泵全开` inside one. Where all stories are of one
kind the words may not tell, but a page that keeps to such a style does.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from ykclean import headers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Paragraph

TITLES = frozenset({"title", "subhead"})
"""What a line is before the ranks of headlines are told apart."""
STORY = 3
"""A list of briefs has fewer paragraphs of text below a headline."""
KEPT_TO = 0.75
"""The share of the articles that must be set so; damage may have taken a subhead or two."""


def styled_headlines(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return the numbers of the headlines of two phrases, where a page sets those of its articles so.

    At least two stand there, and below nearly all of them some text with subheads of one phrase.
    """
    heads = [
        number
        for number, (line, following) in enumerate(pairwise(paragraphs))
        if line.role in TITLES and following.role not in TITLES
    ]
    phrased = [number for number in heads if headers.in_two_phrases(paragraphs[number].text)]
    plain = sorted(set(heads).difference(phrased))
    if len(phrased) < 2 or not plain:
        return frozenset()
    stretches = pairwise([*phrased, len(paragraphs)])
    kept = sum(_is_article(paragraphs, first, last, plain) for first, last in stretches)
    return frozenset(phrased if kept >= KEPT_TO * len(phrased) else ())


def _is_article(paragraphs: Sequence[Paragraph], first: int, last: int, plain: Sequence[int]) -> bool:
    """Whether some text with a subhead of one phrase stands below a headline."""
    texts = sum(len(paragraph.text) > headers.HEADLINE_LENGTH for paragraph in paragraphs[first:last])
    at = bisect_right(plain, first)
    return texts >= STORY and at < len(plain) and plain[at] < last
