"""Full-width letters and digits, and the marks of a number that were made full-width with them.

Source: W3C clreq ("use half-width forms for Western letters and European digits").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.runs import Change

_FOLD = {code: code - 0xFEE0 for code in map(ord, "．：，％＠")} | {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_WIDE = "[０-９Ａ-Ｚａ-ｚ]"
_HALF_NUMBER = r"[0-9](?:%|\.[0-9])"
_COLON = r"：(?<=[0-9０-９].)(?=[0-9０-９]+(?![0-9０-９A-Za-zＡ-Ｚａ-ｚ]))"
"""Of a time, a score or a ratio; not behind a name that ends in a number: 型号11：64GB."""
_LABEL = "[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]+"
_ADDRESS = (
    rf"(?<![0-9A-Za-z０-９Ａ-Ｚａ-ｚ．.])"  # No other start, or the scan would not be linear.
    rf"(?:[wｗ]{{3}}(?:[．.]{_LABEL}){{2,}}|{_LABEL}(?:[．.]{_LABEL})*[＠@]{_LABEL}(?:[．.]{_LABEL})+)"
)
"""Of mail or of the web, once its letters are half-width: ｂｕｓ＠ｑｈ．ｇｏｖ．ｃｎ."""
LONGEST_ADDRESS = 64
"""On either side of its sign, in characters."""
_POINTS = (r"．(?<=[0-9０-９].)(?=[0-9０-９])", r"％(?<=[0-9０-９].)")
_GROUPS = r"，(?=[0-9０-９]{3}(?![0-9０-９]))(?<=[0-9０-９].)(?<![0-9０-９]{4}.)"


def wide_alphanumerics(text: str) -> list[Change]:
    """Return each run of full-width letters and digits, and each full-width mark inside a number.

    ``．`` and ``％`` stay where they are the habit of the text: newspapers have set ``2．8`` and
    ``65％`` with half-width digits throughout. A text that also has full-width digits, or numbers
    with half-width points, has no such habit.

    >>> [(start, after) for start, _, after in wide_alphanumerics("Ｂ港１８．４％")]
    [(0, 'B'), (2, '18'), (4, '.'), (5, '4'), (6, '%')]
    """
    runs: list[Change] = []
    if re.search(_WIDE, text):
        # A pattern that begins with a plain class, not with a repeated one, is found far faster.
        runs += ((*match.span(), match[0]) for match in re.finditer(f"{_WIDE}{_WIDE}*", text))
    marks = [match for pattern in (_COLON, _GROUPS) for match in re.finditer(pattern, text)]
    has_points = "．" in text or "％" in text
    if has_points and (any(re.search("[０-９]", run) for *_, run in runs) or re.search(_HALF_NUMBER, text)):
        marks += [match for pattern in _POINTS for match in re.finditer(pattern, text)]
    if runs and ("＠" in text or "ｗｗｗ" in text):
        found = {match.start() for match in marks}
        runs += ((at, at + 1, text[at]) for at in _points_of_addresses(text) if at not in found)
    runs += ((*match.span(), match[0]) for match in marks)
    return [(start, end, run.translate(_FOLD)) for start, end, run in sorted(runs)]


def _points_of_addresses(text: str) -> Iterator[int]:
    """Where wide marks stand in addresses of wide letters: with others they may be the text's habit."""
    end = 0
    for sign in re.finditer("＠|ｗｗｗ", text):
        start = max(sign.start() - LONGEST_ADDRESS, end)
        for address in re.compile(_ADDRESS).finditer(text, start, sign.end() + LONGEST_ADDRESS):
            end = address.end()
            if re.search(_WIDE, address[0]):
                yield from (at for at in range(*address.span()) if text[at] in "．＠")
