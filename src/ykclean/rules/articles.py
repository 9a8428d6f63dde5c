"""Several articles in one file."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from ykclean.edits import Edit, Span
from ykclean.findings import Finding, Rule
from ykclean.gaps import breaks_between_articles
from ykclean.removal import space_before, with_space

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ykclean.document import Document
    from ykclean.settings import Settings


def several_articles(document: Document, settings: Settings) -> Iterator[Finding]:
    """Find each further article of a file that runs on without a mark between them.

    A scraper that takes a whole page leaves articles that have nothing to do with one another in one
    file; whoever counts, searches or learns from it takes them for one. The finding stands at the
    first character of the further article. The edit puts two blank lines before it (one more than usual
    in a text that has as many everywhere), so that the
    next reader sees where it begins. It is not safe: where no headline tells, the words decide, and
    they can be wrong.

    Before:  ……大会闭幕。⏎今年九月的一个星期六，老王刚进家门……
    After:   ……大会闭幕。⏎⏎⏎今年九月的一个星期六，老王刚进家门……

    The message says what tells: a headline (`title-line`), a `byline`, `dateline` or `reporter` below it,
    a writer's `name`, the `time` or `source` of the page, a `subtitle` (`——记何平`) or the note of a
    `picture` in it, its `style`, a `signature`, an `end-mark` or `blank-lines` above, a medium's mark that
    opens other stories too (`label`), `people` whom either side quotes or introduces, or the `words` alone.

    Where an article only perhaps begins, the finding has no edit. Where a newspaper's article goes on
    behind others (`（下转第四版）` … `（上接第一版）`), its second stretch is found too: the text keeps its
    order, the articles that ykclean gives back have it behind their beginning.

    Errs where a single article leaps from one matter to another, as a column of briefs does, and
    misses a boundary between two articles about the same thing.
    """
    for first, confidence, evidence in document.doubtful:
        start = document.paragraphs[first].start
        yield Finding(PERHAPS, start, start + 1, (), False, None, (", ".join(evidence),), confidence)
    if len(document.articles) < 2:
        return
    breaks = breaks_between_articles(document.text, document.paragraphs)
    rests = {continuation.rest for continuation in document.continuations}
    for number, article in enumerate(document.articles[1:], 1):
        start = document.paragraphs[article.first].start
        edits = _open_gap(document, document.paragraphs[article.first - 1].end, start, breaks)
        detail = (", ".join(article.evidence),)
        rule = GOES_ON if number in rests else RULES[0]
        yield Finding(rule, start, start + 1, edits, False, None, detail, article.confidence)


def _open_gap(document: Document, end: int, start: int, breaks: int) -> tuple[Edit, ...]:
    """The edit that gives the gap ``end:start`` so many line breaks, before any indent."""
    text = document.text
    if removed := _removed_at(document, start):
        # The article opened with the copy: what is left of it begins behind that.
        at = removed.end
        gap = text[removed.start - space_before(text, removed.start) : removed.start]
        if text[at : at + 1].isspace():
            return ()
    elif "\n" in text[end:start]:
        at = text.rindex("\n", end, start) + 1
        above = _removed_at(document, end - 1)  # It may take line breaks with it.
        gap = text[max(end, above.end) if above else end : start]
    else:
        return ()
    line_break = "\r\n" if "\r\n" in gap else "\n"
    breaks -= gap.count("\n")
    return (Edit(at, at, "", line_break * breaks),) if breaks > 0 else ()


def _removed_at(document: Document, at: int) -> Span | None:
    """What goes with the copy that stands at an offset, if one does."""
    number = bisect_right(document.repeats, at, key=lambda repeat: repeat.copy.start)
    copy = document.repeats[number - 1].copy if number else None
    return with_space(document, copy) if copy is not None and at < copy.end else None


RULES: tuple[Rule, ...] = (
    Rule(
        "YK601",
        "several-articles",
        several_articles,
        "another article begins here ({})",
        "此处开始另一篇文章（{}）",
    ),
)

PERHAPS = RULES[0]._replace(
    message="perhaps another article begins here ({})", message_zh="此处或许开始另一篇文章（{}）"
)
GOES_ON = RULES[0]._replace(
    message="an article from another page goes on here ({})", message_zh="此处接续另一版的文章（{}）"
)
