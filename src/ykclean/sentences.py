"""Where sentences end, for passages that stand twice: the same before and after marks are repaired.

Copies are looked for in the text as it was read, where a sentence may end with ``...`` or a
half-width stop. Cleaned, the text must give the same answer, or a second cleaning would find more.
"""

from __future__ import annotations

from ykclean.lazy import pattern

_END = r"(?:[。！？…｡!?]|(?<![0-9A-Za-z])\.)"
_CLOSE = rf"{_END}+[”’」』）】\"')]*"
SENTENCE_END = pattern(_END)
SENTENCE_BREAK = pattern(rf"{_END}|\n")
"""A mark with which a sentence ends, or the end of a line. Search it with offsets, not in a slice."""
SENTENCE_CLOSE = pattern(_CLOSE)
"""The marks with which a sentence ends."""
BOUNDARY = pattern(rf"\n|{_CLOSE}")
"""Where a sentence or a paragraph ends."""
CLAUSE_END = pattern("[，；：,;:]")
