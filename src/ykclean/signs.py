"""Tables of characters: what ends a sentence, what opens and closes, what is Han.

Sources: GB/T 15834-2011 (Use of punctuation marks), W3C clreq (Requirements for Chinese Text Layout).
"""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
"""Han characters, as the inside of a regular expression's character class."""

SENTENCE_END = "。！？…．｡"
"""Marks that end a sentence."""

HALF_SENTENCE_END = "!?."

OPENERS = "“‘「『（《〈【〔［｛〖"
CLOSERS = "”’」』）》〉】〕］｝〗"
PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
"""Each opening mark with its closing one."""

INNER_MARKS = "，、；：,;:"
"""Marks after which a sentence goes on."""

DASHES = "—－–-―─"
