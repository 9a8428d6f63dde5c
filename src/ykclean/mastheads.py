"""Articles that say themselves where they begin: a headline right above a byline, a dateline, a time."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ykclean import forms, headers, headline_forms, writers
from ykclean.blocks import NEAR, count_rests
from ykclean.cuts import is_finished
from ykclean.document import Article
from ykclean.headlines import CLOSING, RANKS
from ykclean.styles import styled_headlines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ykclean.document import Paragraph

CONFIDENCE = 0.95
"""How often an article begins there, counted on the news of five sources and rounded down."""
SURE = 0.85
"""How sure a boundary at a caption must be: there are few words to tell."""
WEAK = frozenset({"name", "picture", "signature", "time"})
"""What may stand in an article of several parts, too, or among readers' comments: where nothing else says
that a file holds several articles, it is no proof."""
MOST_LINES = 4
"""So many headlines stand above a byline; a longer row of short lines is a list or a table."""
SHORTEST_TITLE, SHORTEST_HEADLINE = 4, 6
"""The shortest title above a byline, and above a dateline: a shorter one is the place of a brief."""
STORY = 25
"""An article has at least one paragraph that is so long, in characters."""
LAST = CLOSING | {"byline", "body"}
"""What no headline of the same article stands below: a line of its text that is so short was cut."""


class Masthead(NamedTuple):
    """The headlines from ``first`` on, up to the line that tells them from subheads."""

    first: int
    line: int
    evidence: tuple[str, ...]


def with_mastheads(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article], copied: Collection[int], least: float
) -> tuple[Article, ...]:
    """Return the articles, cut where a masthead stands inside one.

    A masthead is a headline of up to four lines with the writer, the agency and place, or the time of
    the page right below it, or one that says itself that it belongs to a picture; subheads have none
    of these. None counts where ``least`` is more than its confidence; the weak ones count only among others.
    Paragraphs that are ``copied`` go, and are no evidence: a second clean will not see them.
    """
    if least > CONFIDENCE:
        return tuple(articles)
    starts = [article.first for article in articles]
    left = [number for number in range(len(paragraphs)) if number not in copied]
    found: list[Masthead] = []
    for first, line, evidence in _mastheads([paragraphs[number] for number in left]):
        masthead = Masthead(left[first], left[line], evidence)
        at = bisect_right(starts, masthead.line)
        before = max(starts[at - 1], found[-1].first if found else 0)
        after = starts[at] if at < len(starts) else len(paragraphs)
        above, below = range(before, masthead.first), range(masthead.line, after)
        if _has_story(paragraphs, above, copied) and _has_story(paragraphs, below, copied):
            found.append(_sourced(paragraphs, masthead, above))
    if not found or (len(articles) == 1 and all(WEAK.intersection(masthead.evidence) for masthead in found)):
        return tuple(articles)
    return _cut(articles, found)


def with_settled_starts(
    paragraphs: Sequence[Paragraph], articles: Sequence[Article]
) -> tuple[tuple[Paragraph, ...], tuple[Article, ...]]:
    """Return both with the lines that close an article, or belong to its pictures, left to that article.

    A writer's name at the end of an article looks like a header: the editor below it tells what it is.
    No article begins with the caption of a picture, unless the words are sure of it.
    """
    moved = {article.first: _start_of(paragraphs, article) for article in articles[1:]}
    if all(first == start for first, start in moved.items()):
        return tuple(paragraphs), tuple(articles)
    labelled = list(paragraphs)
    for first, start in moved.items():
        for number in range(first, start or first):
            role = headers.role_of(paragraphs[number].text, heads_article=False)
            labelled[number] = paragraphs[number]._replace(role=role)
    starts = {
        start: article._replace(first=start) for article in articles[1:] if (start := moved[article.first])
    }
    return tuple(labelled), _ended({articles[0].first: articles[0]} | starts, articles[-1].last)


def _start_of(paragraphs: Sequence[Paragraph], article: Article) -> int | None:
    """Where the article begins: behind what closes another one; None if nowhere."""
    first, number = article.first, article.first
    while number < article.last and paragraphs[number].role != "body":
        if _closes(paragraphs[number]):
            first = number + 1
        number += 1
    has_headline = any(paragraph.role in RANKS for paragraph in paragraphs[first:number])
    if paragraphs[article.first].role == "caption" and article.confidence < SURE:
        return first if has_headline else None
    return first if has_headline else article.first


def _mastheads(paragraphs: Sequence[Paragraph]) -> Iterator[Masthead]:
    """The mastheads in order, whether or not an article is known to begin there."""
    styled = styled_headlines(paragraphs)
    for first, line in _headers(paragraphs):
        style = "style" if line - 1 in styled else None
        if _told(paragraphs, first, line, style):
            top = first + _count_rests(paragraphs, first, line)
            if told := _told(paragraphs, top, line, style):
                yield Masthead(top, line, ("title-line", told))


def _headers(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[int, int]]:
    """Where a few headlines begin right below the end of something, and the line below them."""
    for line, (above, here) in enumerate(pairwise(paragraphs), 1):
        if above.role == "subhead" != here.role:
            first = _top(paragraphs, line)
            if first and line - first <= MOST_LINES and _is_over(paragraphs[first - 1]):
                yield first, line


def _top(paragraphs: Sequence[Paragraph], line: int) -> int:
    """Where the headlines above a line begin."""
    while line and paragraphs[line - 1].role == "subhead":
        line -= 1
    return line


def _told(paragraphs: Sequence[Paragraph], first: int, line: int, style: str | None) -> str | None:
    """What tells the headlines ``first:line`` from subheads: how they are set, if nothing else does."""
    if first == line:
        return None
    headlines = [paragraph.text for paragraph in paragraphs[first:line]]
    if headline_forms.SUBTITLE.match(headlines[0]):
        return style  # Somebody is quoted above, and this is who.
    return _told_by(headlines, paragraphs[line]) or _told_around(paragraphs, first, line) or style


def _told_by(headlines: Sequence[str], line: Paragraph) -> str | None:
    """What in the lines of a header tells it from subheads."""
    if line.role == "byline":
        return "byline" if _is_title(headlines[-1]) else None
    if line.role == "body":
        return _told_by_text(headlines, line.text)
    is_time = line.role in ("dateline", "credit") and forms.TIME_OF_PAGE.search(line.text)
    return "time" if is_time and _is_headline(headlines[-1]) else None


def _told_by_text(headlines: Sequence[str], text: str) -> str | None:
    """What above a text, or where it opens, tells a header from subheads."""
    if len(headlines) > 1 and _is_title(headlines[-2]) and writers.names_writer(headlines[-1]):
        return "name"
    return "dateline" if headers.dateline(text) and _is_headline(headlines[-1]) else None


def _is_title(line: str) -> bool:
    """Whether a line above a name may be a title, not a field of a form."""
    return len(line) >= SHORTEST_TITLE and not headline_forms.FIELD.match(line)


def _is_headline(line: str) -> bool:
    """Whether a line above a dateline may be a headline, not an item, or what is left of a sentence."""
    # What is cut short seldom ends in 了, and headlines often do.
    return (
        len(line) >= SHORTEST_HEADLINE
        and forms.ITEM.match(line) is None
        and not headers.is_fragment(line.rstrip("了"))
    )


def _told_around(paragraphs: Sequence[Paragraph], first: int, line: int) -> str | None:
    """What stands above the header, or belongs to it, that subheads do not have."""
    if kind := _kind([paragraph.text for paragraph in paragraphs[first:line]]):
        return kind if any(map(_tells, paragraphs[line : line + MOST_LINES])) else None
    if _is_closed(paragraphs, first):
        return "end-mark"
    return "signature" if _is_signature(paragraphs[first - 1].text) else None


def _kind(headlines: Sequence[str]) -> str | None:
    """What only the headlines of an article say of it: that it has a picture, or whom it is about."""
    if any(map(headline_forms.TITLE_OF_PICTURE.fits, headlines)):
        return "picture"
    return "subtitle" if any(map(headers.has_subtitle, headlines)) else None


def _is_signature(line: str) -> bool:
    """Whether a line names a writer in brackets."""
    return headers.is_signature(line) and forms.WRITER_IN_BRACKETS.fullmatch(line) is not None


def _is_over(paragraph: Paragraph) -> bool:
    """Whether an article may end so: it announces no sidebar, and is no first line of the headline below."""
    text = paragraph.text
    if text[-1] in ":：" or forms.SIDEBAR.fits(text):
        return False
    return paragraph.role in LAST or is_finished(text) or headers.is_tail(text)


def _is_closed(paragraphs: Sequence[Paragraph], first: int) -> bool:
    """Whether the editor or an end mark stands right above, perhaps with other lines of the page between."""
    for paragraph in reversed(paragraphs[max(first - MOST_LINES, 0) : first]):
        if _closes(paragraph):
            return True
        if paragraph.role not in CLOSING:
            return False
    return False


def _closes(paragraph: Paragraph) -> bool:
    return headers.ends_in_end_mark(paragraph.text) or (
        paragraph.role == "credit" and forms.EDITOR.fits(paragraph.text)
    )


def _sourced(paragraphs: Sequence[Paragraph], masthead: Masthead, above: range) -> Masthead:
    """The masthead; where it says when and where its text appeared, as the one above does, that is proof."""
    if not forms.DATED_SOURCE.fits(paragraphs[masthead.line].text):
        return masthead
    if not any(forms.DATED_SOURCE.fits(paragraphs[number].text) for number in above):
        return masthead
    return masthead._replace(evidence=("title-line", "source"))


def _has_story(paragraphs: Sequence[Paragraph], numbers: Iterable[int], copied: Collection[int]) -> bool:
    """Whether some of them are running text, besides a summary or a word of the editor, and stay."""
    return any(
        number not in copied
        and _tells(paragraphs[number])
        and not forms.SUMMARY.fits(paragraphs[number].text)
        for number in numbers
    )


def _tells(paragraph: Paragraph) -> bool:
    """Whether the paragraph is running text, or the words to a picture, which may be all there is."""
    return len(paragraph.text) >= STORY and paragraph.role in ("body", "caption")


def _count_rests(paragraphs: Sequence[Paragraph], first: int, line: int) -> int:
    """How many of the lines from ``first`` on go with the text above them, not with that below."""
    lines, above = paragraphs[first:line], paragraphs[max(first - NEAR, 0) : first]
    return count_rests(lines, above, paragraphs[line : line + NEAR]) or int(headers.is_open(lines[0].text))


def _cut(articles: Sequence[Article], mastheads: Iterable[Masthead]) -> tuple[Article, ...]:
    known = {article.first: article for article in articles}
    known |= {
        first: Article(first, first, confidence=CONFIDENCE, evidence=evidence)
        for first, _, evidence in mastheads
    }
    return _ended(known, articles[-1].last)


def _ended(known: Mapping[int, Article], last: int) -> tuple[Article, ...]:
    """The articles in order, each up to the next one."""
    firsts = sorted(known)
    ends = [*firsts[1:], last]
    return tuple(known[first]._replace(last=end) for first, end in zip(firsts, ends, strict=True))
