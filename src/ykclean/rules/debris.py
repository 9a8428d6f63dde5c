"""Debris of markup, invisible and variant characters, page furniture: what is no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.edits import Edit
from ykclean.findings import Finding, Rule
from ykclean.furniture import runs_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ykclean.document import Document
    from ykclean.settings import Settings


def find_markup(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find tags, comments and entities of HTML that were left in a text, whole or cut off.

    A scraper that strips tags badly leaves `</p>`, `&nbsp;` or, where the page broke off, a bare
    `</`. Readers see them, and programs take them for words. Tags go; entities become the
    characters that they mean, and so do ``\\u4e2d\\u56fd``, which is how programs write them in JSON; a block
    tag between two sentences on one line becomes a line break.

    Tags of bulletin boards, such as `[b]` and `[color=red]`, go too where one of the kind is closed.

    Before: `会议昨天结束。</p>`  After: `会议昨天结束。`

    It errs in texts *about* HTML: a tag that is quoted in prose goes too. Ignore the rule there.
    An unknown tag such as `<某某>` is left alone, and so is an `&lt;` that would become a new tag.
    """
    for kind, edit in document.noise:
        if kind == "markup":
            yield Finding(MARKUP, edit.start, edit.end, (edit,), detail=(edit.before[:40],))


def find_invisible(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find control characters and characters of no width.

    U+200B, U+FEFF in mid-text, soft hyphens, direction marks and the C0 and C1 controls come from
    editors and pages. Nobody sees them, but searches and comparisons fail on them.

    Before: `中<U+200B>国`  After: `中国`

    Joiners inside emoji sequences, in Arabic and in Indic scripts stay, and so do variation
    selectors and rare Han of any plane.
    """
    for kind, edit in document.noise:
        if kind == "invisible":
            names = " ".join(f"U+{ord(c):04X}" for c in edit.before[:4])
            yield Finding(INVISIBLE, edit.start, edit.end, (edit,), detail=(names,))


def find_variants(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find characters that look like others and are not: radicals, small and vertical marks.

    Text taken out of a PDF has radicals for characters (``⼀`` U+2F00 for ``一`` U+4E00), pages in Big5 have
    small marks (``﹐``) and those of vertical text (``︰``, ``﹁``), Japanese keyboards half-width ones
    (``｡``), and U+E5E5 is a blank in pages in GBK. Readers see no difference; searches, comparisons and
    whatever looks for the end of a sentence do. Each becomes the usual character, as Unicode has it or, for
    ``︰`` and U+E5E5, as pages use it.

    Before: ``⼈們說︰﹁好﹂﹗`` After: ``人們說：「好」！``

    Radicals stay where most of them stand alone, as in a list of radicals, and so do marks behind nothing,
    brackets that enclose no Chinese (faces), and half-width marks beside kana. Signs such as
    ``㎡ ℃ ①`` are no variants. It errs where a text about radicals sets one against a word.
    """
    for kind, edit in document.noise:
        if kind == "variant":
            detail = (edit.before, f"U+{ord(edit.before):04X}", edit.after.strip() or "U+3000")
            yield Finding(VARIANT, edit.start, edit.end, (edit,), detail=detail)


def find_page_furniture(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find the lines that a web page puts around its text: share bars, menus, notices, lists of links.

    `分享到：微信 微博`, `扫一扫，用手机看新闻`, `首页 > 新闻 > 正文`, `上一篇：……`, `相关阅读` with its
    links, `版权所有 未经授权不得转载` and the like are no part of an article. They are known by generic
    words of the web in a fixed form, by their form alone, by standing before the text or behind its end
    beside others, or by being there again word for word. They have the role `note`; this rule takes them
    away.

    It is off: what one reader throws away is a source to another. Select it by its code or name,
    `--extend-select YK103` for it and all others.

    Before: `大桥昨天合龙。⏎扫一扫，用手机看新闻`  After: `大桥昨天合龙。`

    Who edited an article, its source, and jumps to another page are not furniture. Running text is never
    touched; a headline that reads like a button (`点击下载`) is.
    """
    for run in runs_of(document.furniture):
        for number, edit in zip(run, _removals(document, run), strict=True):
            paragraph = document.paragraphs[number]
            detail = (paragraph.text[:40],)
            yield Finding(FURNITURE, paragraph.start, paragraph.end, (edit,), detail=detail)


def _removals(document: Document, run: Sequence[int]) -> Iterator[Edit]:
    """The edits that take the paragraphs away; of the gaps around them the wider one stays."""
    text, paragraphs = document.text, document.paragraphs
    start = paragraphs[run[0] - 1].end if run[0] else 0
    end = paragraphs[run[-1] + 1].start if run[-1] + 1 < len(paragraphs) else len(text)
    before = text.count("\n", start, paragraphs[run[0]].start)
    after = text.count("\n", paragraphs[run[-1]].end, end)
    for number in run:
        if run[0] and (after >= before or end == len(text)):
            first, last = paragraphs[number - 1].end, paragraphs[number].end
        else:
            first = _line_start(text, paragraphs[number].start)
            last = _line_start(text, paragraphs[number + 1].start) if number + 1 < len(paragraphs) else end
        yield Edit(first, last, text[first:last], "")


def _line_start(text: str, at: int) -> int:
    """Where the line begins, its indent taken in."""
    start = text.rfind("\n", 0, at) + 1
    return at if text[start:at].strip() else start


MARKUP = Rule("YK101", "markup-debris", find_markup, "Debris of markup: {0}", "网页标记残留：{0}")
INVISIBLE = Rule("YK102", "invisible-character", find_invisible, "Invisible character {0}", "不可见字符 {0}")
FURNITURE = Rule("YK103", "page-furniture", find_page_furniture, "Page furniture: {0}", "网页附带内容：{0}")
VARIANT = Rule(
    "YK104", "variant-character", find_variants, "{0} is {1}, should be {2}", "{0} 是 {1}，应为 {2}"
)
RULES = (MARKUP, INVISIBLE, FURNITURE, VARIANT)
