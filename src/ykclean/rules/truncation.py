"""Text that was cut off, and text whose beginning is lost."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, partial
from typing import TYPE_CHECKING

from ykclean.cuts import END_QUOTES, WHOLE, Cuts, is_finished
from ykclean.findings import Finding, Rule
from ykclean.orphans import is_orphan
from ykclean.signs import SENTENCE_END
from ykclean.teasers import teaser_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Document, Paragraph
    from ykclean.settings import Settings


def find_truncated(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find text that breaks off in mid-sentence: at the end of the file, of a paragraph, of a page.

    A download that stopped, a page limit or a pasted half leaves a sentence without its end, and nobody
    can put it back: the rule reports the place, from the beginning of the broken sentence to the last
    character that survived. Teasers that say so themselves (`……[查看全文]`, `下一页`, a bare `undefined`)
    are found too.

    Found: `老船工范大有来自上` (end of text)  Not found: `老船工范大有来自上游。`, the headline
    `渡口恢复通航`

    Headlines, bylines, captions, list items, table rows and verse need no full stop and are not cut, nor
    is a paragraph behind whose last sentence its writer, a credit, a page's number, the heading of the next
    paragraph, a telephone number or an address of the web stands; a name there is no writer's where the
    story goes on and is about that person. A cut exactly at the end of a sentence cannot be seen. It errs
    on headline-like lines that the reader did not recognize, and misses cuts in lines of a few words above
    others: below the last line there is nothing that it could head. On top of a text a line is a headline
    unless it goes on with a comma and the cut is nearly certain.
    """
    cuts = Cuts(document.text, document.paragraphs)
    firsts = [article.first for article in document.articles]
    last_sentence = cache(partial(_last_sentence_of, document))
    continued = {continuation.before for continuation in document.continuations}
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.text[-1] in WHOLE or index in continued:
            continue
        teaser = teaser_of(paragraph.text)
        if teaser is None:
            if confidence := cuts.confidence(index):
                yield _truncated(paragraph, len(paragraph.text), round(confidence, 3))
        elif not teaser.of_page or index > last_sentence(bisect_right(firsts, index) - 1):
            yield _truncated(paragraph, teaser.start or len(paragraph.text), 1.0)


def _last_sentence_of(document: Document, number: int) -> int:
    """The number of the last paragraph of an article that ends as a sentence does, and in no teaser."""
    article = document.articles[number]
    for last in range(article.last - 1, article.first - 1, -1):
        text = document.paragraphs[last].text
        if is_finished(text) and teaser_of(text) is None:
            return last
    return -1


def _truncated(paragraph: Paragraph, end: int, confidence: float) -> Finding:
    text = paragraph.text[:end].rstrip()
    start = _last_sentence(text)
    span = paragraph.source_span(start, max(len(text), 1))
    detail = (text[start:][-20:],)
    return Finding(TRUNCATED, span.start, span.end, detail=detail, confidence=confidence)


def _last_sentence(text: str) -> int:
    """Where the last sentence begins, be it whole or not."""
    ends = SENTENCE_END + "!?"
    body = text.rstrip(ends + END_QUOTES)
    start = max(map(body.rfind, ends)) + 1
    while start < len(text) and text[start] in ends + END_QUOTES:
        start += 1
    return min(start, len(text) - 1)


def find_orphans(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find paragraphs whose beginning is lost.

    Where a piece of a page is missing, the text goes on in mid-sentence: with a comma, or with a closing
    quotation mark that nothing opened, behind a paragraph that was cut off. The rule reports the whole
    paragraph; nothing is changed.

    Found: `“住惯了”的多是老人，往后咋办？”` behind a cut paragraph  Not found: the last paragraph of a
    quotation that opened “ in each paragraph and closes only here

    It errs where a closing mark is a mere misprint.
    """
    begun = {continuation.after for continuation in document.continuations}
    for index, paragraph in enumerate(document.paragraphs):
        if index not in begun and is_orphan(document.paragraphs, index):
            yield Finding(ORPHAN, paragraph.start, paragraph.end, detail=(paragraph.text[:20],))


TRUNCATED = Rule("YK501", "truncated-text", find_truncated, "Text breaks off: …{0}", "文字中断：…{0}")
ORPHAN = Rule("YK502", "orphan-text", find_orphans, "The beginning is lost: {0}…", "开头缺失：{0}…")
RULES = (TRUNCATED, ORPHAN)
