"""Tables of characters: what ends a sentence, what opens and closes, what is Han.

Sources: GB/T 15834-2011 (Use of punctuation marks), W3C clreq (Requirements for Chinese Text Layout).
"""

from __future__ import annotations

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
"""Han characters, as the inside of a regular expression's character class."""
KANA = "\u3041-\u30ff"
"""Japanese syllables and the marks of their block, likewise."""


def is_han(character: str) -> bool:
    """Whether a character is in ``HAN``. A pattern for it takes milliseconds to compile; this is ready.

    >>> is_han("汉"), is_han("，"), is_han("")
    (True, False, False)
    """
    return (
        "一" <= character <= "鿿"
        or character == "〇"
        or "\u3400" <= character <= "\u4dbf"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def is_latin(character: str) -> bool:
    """Whether a character is a Latin letter without accents, half- or full-width.

    >>> is_latin("a"), is_latin("Ａ"), is_latin("é"), is_latin("")
    (True, True, False, False)
    """
    return (
        (character.isascii() and character.isalpha())
        or "Ａ" <= character <= "Ｚ"
        or "ａ" <= character <= "ｚ"
    )


SENTENCE_END = "。！？…．｡"
"""Marks that end a sentence."""

HALF_SENTENCE_END = "!?."

OPENERS = "“‘「『（《〈【〔［｛〖"
CLOSERS = "”’」』）》〉】〕］｝〗"
PAIRS = dict(zip(OPENERS, CLOSERS, strict=True))
"""Each opening mark with its closing one."""

INNER_MARKS = "，、；：,;:"
"""Marks after which a sentence goes on."""

WIDE_ALPHANUMERIC = {
    c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
"""Full-width letters and digits to half-width, for ``str.translate``."""

NUMERALS = "0123456789〇零一二三四五六七八九十百千万亿两萬億兩"
NEGATIONS = "不没沒未非无無"
CONTRARIES = (
    "上下左右前后後东西南北東中内外內大小多少高低增减減升降涨跌漲进出進男女"
    "今昨明早晚春夏秋冬日月年周甲乙丙丁正负負买卖買賣"
)
"""Single characters of which one in the place of another turns a fact into a different one."""
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟"
    "熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣葉蘇呂盧鍾鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯"
)
"""The hundred most frequent surnames, simplified and Traditional."""
