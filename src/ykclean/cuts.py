"""Does a paragraph end, or begin, in the middle of a sentence?"""

from __future__ import annotations

from ykclean.signs import CLOSERS, HALF_SENTENCE_END, SENTENCE_END


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does: a full stop, perhaps in quotes or brackets.

    >>> is_finished("他说：“好。”"), is_finished("他来自省")
    (True, False)
    """
    bare = text.rstrip(CLOSERS + "\"') ")
    return len(bare) < len(text) or bare[-1:] in SENTENCE_END + HALF_SENTENCE_END
