"""What of a file is Chinese prose: everything else is left alone by a check."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ykclean.lazy import pattern
from ykclean.signs import KANA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.config import Config

Kind = Literal["text", "markdown"]

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
SAMPLE = 20_000
# The rows of 256 code points that hold Han. Counting bytes needs no character class of 27,000 members,
# which takes a millisecond to compile.
HAN_ROWS = bytes(range(0x34, 0xA0))
KANA_RUN = re.compile(f"[{KANA}]+")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")
MOST_KANA = 0.1
ESCAPED = pattern(r"&#(?:x[4-9][0-9A-Fa-f]{3}|[23][0-9]{4});|\\u[4-9][0-9A-Fa-f]{3}")
"""Han as markup and programs write it."""


def kind_of(path: str, config: Config) -> Kind | None:
    """How a file is read, judged by its name; ``None`` where it is no prose (code, data)."""
    if not config.includes(path):
        return None
    return "markdown" if path.lower().endswith(MARKDOWN) else "text"


def is_chinese(text: str) -> bool:
    """Whether the text is mainly Chinese: not English that names something, not Japanese.

    So is one in which there is no Han character because all of them are escaped, or were decoded wrongly.

    >>> [is_chinese(text) for text in ("港口很忙。", "Yingkou (营口) is a port.", "これは日本語です。")]
    [True, False, False]
    """
    for sample in _samples(text):
        rows = sample.encode("utf-16-le", "surrogatepass")[1::2]
        han = len(rows) - len(rows.translate(None, HAN_ROWS))
        if han:
            kana = sum(map(len, KANA_RUN.findall(sample)))
            return kana <= MOST_KANA * han and len(LATIN_WORD.findall(sample)) <= han
    escaped = len(ESCAPED.findall(text))
    if escaped:
        return len(LATIN_WORD.findall(ESCAPED.sub("", text))) <= escaped
    from ykclean.misreadings import is_misread

    return is_misread(text)


def _samples(text: str) -> Iterator[str]:
    """Yield the beginning and the middle of the text, and then of what is left behind that beginning, which
    may be a long front matter in English, or a licence."""
    for start in range(0, len(text), 2 * SAMPLE):
        middle = start + max((len(text) - start) // 2 - SAMPLE // 2, SAMPLE)
        yield text[start : start + SAMPLE] + text[middle : middle + SAMPLE]
