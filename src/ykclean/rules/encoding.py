"""Rules about the bytes: what could not be decoded, and what was decoded wrongly before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.findings import Finding, Rule
from ykclean.misreadings import misreadings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Document
    from ykclean.settings import Settings
    from ykclean.source import Source

_SHOWN_BYTES, _SHOWN = 12, 9

_REPLACEMENTS = "\ufffd+"
# U+FFFD in UTF-8 read as GBK and as Latin-1; memory that a C compiler filled with 0xCC and 0xCD.
_REMAINS = "(?:锟斤拷)+锟?|(?:ï¿½)+|烫{4,}|屯{4,}"
_REMAIN_SIGNS = ("锟斤拷", "ï¿½", "烫烫烫烫", "屯屯屯屯")


def find_undecodable(document: Document, settings: Settings) -> Iterator[Finding]:
    """Report bytes that stand for no character, and characters that were lost to decoding before.

    A byte that the file's encoding does not have (a character cut in half, a file glued from two
    encodings) is read as U+FFFD, the replacement character. A U+FFFD that the file itself holds, or
    ``锟斤拷`` and its like, tells that the same happened to an earlier copy of the text; four or more
    characters that make sense in another encoding tell that it was read wrongly: UTF-8 as GBK
    (``鏂伴椈鑱旀挱``: 新闻联播), GBK or Big5 as Latin-1 (``ÐÂÎÅÁª²¥``), as HTTP clients do where a page
    declares no charset. A file all of which was read as Latin-1 is decoded once more, and so is clean.

    Why it is damage: a character is missing there, and no program can tell which. So it is reported
    and never edited; the bytes stay in the record, and undoing brings them back. What was read wrongly in
    part may lack some, too: fetch such a page again, and decode its bytes as what they are.

    Before: ``天气很\\xe5\\xa5`` (UTF-8, the last byte is missing) → found: the U+FFFD at the end.

    When it errs: a text *about* ``锟斤拷`` is reported too, and a few misread characters alone are not.
    """
    encoding = document.source.encoding
    for (start, end), lost in zip(encoding.replaced, encoding.lost, strict=True):
        yield Finding(UNDECODABLE, start, end, detail=(_hex(lost), encoding.name))
    text = document.text
    if encoding.how == "misread":
        yield _misread(document.source)
    if "\ufffd" in text:
        starts = [*(span.start for span in encoding.replaced), len(text)]
        ends = [0, *(span.end for span in encoding.replaced)]
        for start, end in zip(ends, starts, strict=True):
            for match in re.compile(_REPLACEMENTS).finditer(text, start, end):
                yield Finding(LOST_BEFORE, *match.span(), detail=("U+FFFD",))
    if any(sign in text for sign in _REMAIN_SIGNS):
        for match in re.finditer(_REMAINS, text):
            yield Finding(LOST_BEFORE, *match.span(), detail=(match[0][:9],))
    for start, end, meant in misreadings(text):
        yield Finding(MISREAD, start, end, detail=(text[start:end][:_SHOWN], meant[:_SHOWN]))


def _misread(source: Source) -> Finding:
    """All of the text was read wrongly: shown where it begins to differ."""
    written = source.raw[len(source.bom) :].decode("utf-8")
    at = next(at for at, character in enumerate(written) if not character.isascii())
    meant = source.text[at : at + _SHOWN]
    return Finding(MISREAD, at, at + len(meant), detail=(written[at:][:_SHOWN], meant))


def _hex(lost: bytes) -> str:
    shown = lost[:_SHOWN_BYTES].hex(" ").upper()
    return shown if len(lost) <= _SHOWN_BYTES else f"{shown} …"


UNDECODABLE = Rule(
    "YK001",
    "undecodable-bytes",
    find_undecodable,
    "bytes {} are no {}",
    "字节 {} 不是有效的 {} 编码",
)
LOST_BEFORE = UNDECODABLE._replace(
    message="characters were lost before this file was written: {}",
    message_zh="字符在此文件写成之前已丢失：{}",
)
MISREAD = UNDECODABLE._replace(
    message="text was decoded with a wrong encoding before this file was written: {}, which was {}",
    message_zh="文本在此文件写成之前曾以错误的编码读取：{}，原为 {}",
)

RULES: tuple[Rule, ...] = (UNDECODABLE,)
