"""Where sentences end, for passages that stand twice: the same before and after marks are repaired.

Copies are looked for in the text as it was read, where a sentence may end with ``...`` or a
half-width stop. Cleaned, the text must give the same answer, or a second cleaning would find more.
"""

from __future__ import annotations

import re

_END = r"(?:[。！？…｡!?]|(?<![0-9A-Za-z])\.)"
SENTENCE_END = re.compile(_END)
SENTENCE_BREAK = re.compile(rf"{_END}|\n")
"""A mark with which a sentence ends, or the end of a line. Search it with offsets, not in a slice."""
SENTENCE_CLOSE = re.compile(rf"{_END}+[”’」』）】\"')]*")
"""The marks with which a sentence ends."""
BOUNDARY = re.compile(rf"\n|{SENTENCE_CLOSE.pattern}")
"""Where a sentence or a paragraph ends."""
CLAUSE_END = re.compile("[，；：,;:]")
