"""Full-width letters and digits, and the marks of a number that were made full-width with them.

Source: W3C clreq ("use half-width forms for Western letters and European digits").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ykclean.runs import Change

_FOLD = {code: code - 0xFEE0 for code in map(ord, "．：，％")} | {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
# A class, and the same class repeated: a pattern that begins with a plain class is found far faster.
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ][０-９Ａ-Ｚａ-ｚ]*")
_WIDE_DIGIT = re.compile("[０-９]")
_HALF_NUMBER = re.compile(r"[0-9](?:%|\.[0-9])")
_COLON = re.compile(r"：(?<=[0-9０-９].)(?=[0-9０-９])")
_POINTS = (re.compile(r"．(?<=[0-9０-９].)(?=[0-9０-９])"), re.compile(r"％(?<=[0-9０-９].)"))
_GROUPS = re.compile(r"，(?=[0-9０-９]{3}(?![0-9０-９]))(?<=[0-9０-９].)(?<![0-9０-９]{4}.)")


def wide_alphanumerics(text: str) -> list[Change]:
    """Return each run of full-width letters and digits, and each full-width mark inside a number.

    ``．`` and ``％`` stay where they are the habit of the text: newspapers have set ``2．8`` and
    ``65％`` with half-width digits throughout. A text that also has full-width digits, or numbers
    with half-width points, has no such habit.

    >>> [(start, after) for start, _, after in wide_alphanumerics("Ｂ港１８．４％")]
    [(0, 'B'), (2, '18'), (4, '.'), (5, '4'), (6, '%')]
    """
    runs = [(match.start(), match.end(), match[0]) for match in _WIDE.finditer(text)]
    marks = [match for pattern in (_COLON, _GROUPS) for match in pattern.finditer(text)]
    if any(_WIDE_DIGIT.search(run) for _, _, run in runs) or _HALF_NUMBER.search(text):
        marks += [match for pattern in _POINTS for match in pattern.finditer(text)]
    runs += ((match.start(), match.end(), match[0]) for match in marks)
    return [(start, end, run.translate(_FOLD)) for start, end, run in sorted(runs)]
