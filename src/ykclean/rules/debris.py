"""Debris of markup and invisible characters: what the reader passed over as no text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.findings import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Document
    from ykclean.settings import Settings


def find_markup(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find tags, comments and entities of HTML that were left in a text, whole or cut off.

    A scraper that strips tags badly leaves `</p>`, `&nbsp;` or, where the page broke off, a bare
    `</`. Readers see them, and programs take them for words. Tags go; entities become the
    characters that they mean; a block tag between two sentences on one line becomes a line break.

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


MARKUP = Rule("YK101", "markup-debris", find_markup, "Debris of markup: {0}", "网页标记残留：{0}")
INVISIBLE = Rule("YK102", "invisible-character", find_invisible, "Invisible character {0}", "不可见字符 {0}")
RULES = (MARKUP, INVISIBLE)
