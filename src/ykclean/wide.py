"""Full-width letters and digits, and the marks of a number that were made full-width with them.

Source: W3C clreq ("use half-width forms for Western letters and European digits").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLD = {code: code - 0xFEE0 for code in map(ord, "．：，％")} | {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_WIDE_DIGIT = re.compile("[０-９]")
_HALF_NUMBER = re.compile(r"[0-9](?:%|\.[0-9])")
_COLON = re.compile(r"：(?<=[0-9０-９].)(?=[0-9０-９])")
_POINT = re.compile(r"．(?<=[0-9０-９].)(?=[0-9０-９])|％(?<=[0-9０-９].)")
_GROUPS = re.compile(r"，(?=[0-9０-９]{3}(?![0-9０-９]))(?<=[0-9０-９].)(?<![0-9０-９]{4}.)")


def keeps_wide_points(text: str) -> bool:
    """Whether ``．`` and ``％`` are the habit of this text, and no trace of full-width numbers.

    Newspapers have set ``1．5`` and ``80％`` with half-width digits throughout; a text that also
    has full-width digits, or half-width points, has no such habit.
    """
    return not _WIDE_DIGIT.search(text) and not _HALF_NUMBER.search(text)


def wide_alphanumerics(text: str, *, points: bool) -> Iterator[tuple[int, int, str]]:
    """Yield each run of full-width letters and digits, and each full-width mark inside a number.

    ``．`` and ``％`` only if ``points``.

    >>> [(start, after) for start, _, after in wide_alphanumerics("Ａ股１３．９％", points=True)]
    [(0, 'A'), (2, '13'), (5, '9'), (4, '.'), (6, '%')]
    """
    for pattern in (_WIDE, _COLON, _GROUPS, *([_POINT] if points else ())):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), match[0].translate(_FOLD)
