"""What a line is by its form alone: headline, byline, dateline, credit, running text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ykclean import forms, headline_forms, writers
from ykclean.signs import INNER_MARKS, is_han

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from ykclean.document import Role

HEADLINE_LENGTH = 45
"""The longest line that may be a headline, in characters: two printed lines of twenty and a few."""
LONGEST_BYLINE = 50
"""The longest line that names writers, in characters."""
REMEMBERED = 1 << 12
"""So many short lines are not judged again: several stages ask for the form of each."""
LONGEST_LINE = 60
"""The longest line, in characters, that may be anything but running text, whatever it ends with."""

_FINISHED = frozenset("。！？…”』」）!?)．｡")
_NO_HEADLINE = frozenset("。…．｡" + INNER_MARKS)
_DANGLING = tuple("的了和与在是")
"""What a line ends with that breaks off, and hardly a headline."""


def dateline(text: str) -> re.Match[str] | None:
    """Return the agency or paper, place and day that the paragraph opens with.

    >>> dateline("新华社南城3月4日电 昨天")[0]
    '新华社南城3月4日电'
    """
    has = text[:45].__contains__
    return forms.DATELINE.match(text) if any(map(has, forms.SENDERS)) else None


def opens_report(text: str) -> bool:
    """Whether a report begins here: words of its own follow its dateline.

    >>> opens_report("本报南城3月4日电 昨天"), opens_report("本报南城3月4日电题：春耕")
    (True, False)
    """
    match = dateline(text)
    if match is None or match[0].endswith("综合"):
        return False
    rest = text[match.end() :].lstrip(" 　")
    return rest != "" and rest[0] not in "题題"


def label(text: str) -> str:
    """Return the medium whose mark the paragraph opens with, without place and day; empty if there is none.

    >>> label("山城网消息（晚间新闻）：昨天"), label("新华社南城3月4日电 昨天")
    ('山城网消息', '')
    """
    match = dateline(text)
    return match[0] if match and not forms.DAY.search(match[0]) else ""


def names_reporter(text: str) -> bool:
    """Whether a reporter is named in brackets near the beginning of the paragraph."""
    return ("（" in text or "(" in text) and forms.REPORTER.search(text, 0, 70) is not None


def is_byline(text: str) -> bool:
    """Whether the line names its writers and says nothing else.

    >>> is_byline("□ 本报记者 范小舟"), is_byline("记者从会上获悉"), is_byline("另外，记者获悉")
    (True, False, False)
    >>> is_byline("本报讯记者何平报道：新桥通车")
    False
    """
    return len(text) <= LONGEST_BYLINE and _is_byline(text)


def names_writers(text: str) -> bool:
    """Whether the line is a byline, or a name that nobody says whose it is.

    >>> names_writers("本报记者 何平"), names_writers("何平"), names_writers("水从哪里来")
    (True, True, False)
    """
    return is_byline(text) or writers.names_writer(text)


@lru_cache(maxsize=REMEMBERED)
def _is_byline(text: str) -> bool:
    if forms.COMMENTATOR.fits(text):
        return True
    if text[0] == "《":
        text = text.partition("》")[2].lstrip() or text
    if writers.WRITER_HINTS.isdisjoint(text[:16]):
        return writers.is_medium_and_names(text)
    if (
        (any(map(text.__contains__, forms.PHOTO.hint)) and forms.PHOTO.search(text))
        or (role := writers.WRITER.search(text[:16])) is None
        or role.start() > 4
        or text[: role.start()].endswith(("，", ","))
        or writers.REPORTS.search(text) is not None
    ):
        return False
    names = [name for name in writers.BETWEEN_NAMES.regex.split(writers.WRITER.regex.sub(" ", text)) if name]
    return bool(names) and all(map(writers.NAME.fullmatch, names))


def is_headline(text: str) -> bool:
    """Whether the line may be a headline of any rank: short, and no sentence.

    >>> is_headline("春耕备耕有序推进"), is_headline("春耕备耕有序推进。")
    (True, False)
    """
    return len(text) <= HEADLINE_LENGTH and _is_headline(text)


@lru_cache(maxsize=REMEMBERED)
def _is_headline(text: str) -> bool:
    if text[-1] in _NO_HEADLINE or text.startswith(headline_forms.LINKED) or opens_report(text):
        return False
    if text[-1] not in _FINISHED:
        is_text = headline_forms.PROSE.search(text) or headline_forms.LISTED.fits(text)
        return not is_text and any(map(str.isalnum, text))
    if headline_forms.EXCLAIMED.fits(text):
        return True
    if headline_forms.SENTENCE.search(text):
        return False
    return (text[-1] in "”』」" and len(text) <= 30) or (
        text[-1] in "）)" and headline_forms.PICTURE.search(text) is not None
    )


def cries(text: str) -> bool:
    """Whether the line is a phrase or two that end in a cry or a question, as some headlines do.

    >>> cries("大堤守住了！"), cries("“铁人”回来了吗？"), cries("“大堤守住了！")
    (True, True, False)
    """
    return len(text) <= HEADLINE_LENGTH and headline_forms.CRY.fits(text) and not is_open(text)


def has_subtitle(text: str) -> bool:
    """Whether the line is a headline, or a subtitle, that says whom or what it is about behind a dash.

    >>> has_subtitle("一个人的堤——记守堤人老何"), has_subtitle("他的日记——记录了每一天的水位")
    (True, False)
    """
    return (
        "—" in text
        and len(text) <= HEADLINE_LENGTH
        and headline_forms.SUBTITLE_INSIDE.search(text) is not None
    )


def is_signature(text: str) -> bool:
    """Whether the line is nothing but a few words in brackets: 新华社, the reporters."""
    return text[-1] in "）)" and forms.SIGNATURE.match(text) is not None


def ends_in_end_mark(text: str) -> bool:
    """Whether an end mark or the editor in brackets closes the paragraph: 完."""
    return text[-1] in forms.END_MARK.hint and forms.END_MARK.search(text) is not None


def is_tail(text: str) -> bool:
    """Whether the line closes what stands before it: editor, source, credit, signature, end mark.

    >>> is_tail("（责任编辑：王五）"), is_tail("王五昨天来了。")
    (True, False)
    """
    if len(text) > LONGEST_LINE:
        return False
    if is_signature(text):
        return True
    return forms.closes(text) and not is_byline(text)


def is_fragment(text: str) -> bool:
    """Whether a short line without an end looks like the beginning of a sentence, not like a headline.

    >>> is_fragment("他说，这件事"), is_fragment("春耕备耕有序推进")
    (True, False)
    """
    return (
        is_open(text)
        or "，" in text
        or "," in text
        or text.startswith(forms.CONTINUATIONS)
        or text.endswith(_DANGLING)
    )


def is_open(text: str) -> bool:
    """Whether the line opens more quotes and brackets than it closes, or fewer."""
    return sum(map(text.count, "“「《（(")) != sum(map(text.count, "”」》）)"))


def in_two_phrases(text: str) -> bool:
    """Whether a line is set in two phrases with a space between, as headlines are and sentences are not.

    >>> in_two_phrases("大雨连下三天 村民上堤守夜"), in_two_phrases("抽水泵全开")
    (True, False)
    """
    if not headline_forms.SHORTEST_PAIR <= len(text) <= HEADLINE_LENGTH:
        return False
    first, _, rest = text.replace("\u3000", " ").partition(" ")
    second = rest.lstrip(" ")
    return " " not in second and _ends_phrase(first[-1:]) and _starts_phrase(second[:1])


def _ends_phrase(character: str) -> bool:
    return is_han(character) or character in headline_forms.PHRASE_ENDS


def _starts_phrase(character: str) -> bool:
    return is_han(character) or character in headline_forms.PHRASE_STARTS


def has_space(text: str) -> bool:
    """Whether the line has a space, narrow or wide."""
    return " " in text or "\u3000" in text


def leads(text: str) -> bool:
    """Whether the line belongs to what follows it: a headline of any rank, a byline."""
    return len(text) <= HEADLINE_LENGTH and (is_headline(text) or is_byline(text))


def header_cues(lines: Sequence[str]) -> list[float]:
    """Measure the headlines and bylines that stand above a paragraph."""
    if not lines:
        return [0.0] * 9
    first = lines[0]
    return [
        float(len(lines)),
        float(any(map(is_byline, lines))),
        float(len(first)),
        float(len(lines[1])) if len(lines) > 1 else 0.0,
        float(has_space(first)),
        float(forms.ITEM.match(first) is not None),
        float(first[-1] in "”』」）)：:？！?!"),
        float(forms.CAPTION.fits(first) or forms.NOTE.fits(first)),
        float(any(map(_says_when, lines))),
    ]


def _says_when(line: str) -> bool:
    """Whether the line says when the page was published, as one does below a headline."""
    return forms.DATE_LINE.fits(line) or forms.DATED_SOURCE.fits(line)


def opening_cues(text: str) -> list[float]:
    """Measure by its form how a paragraph opens."""
    return [
        float(dateline(text) is not None),
        float(names_reporter(text)),
        float(forms.ITEM.match(text) is not None),
        float(text.startswith(forms.CONTINUATIONS)),
        float(text[0] in '“「"'),
        float(("：" in text[:8] or ":" in text[:8]) and forms.SPEAKER.match(text) is not None),
        float(len(text) < 25),
        min(len(text), 200) / 100,
    ]


def closing_cues(text: str) -> list[float]:
    """Measure by its form how a paragraph ends."""
    return [
        float(ends_in_end_mark(text)),
        float(text[-1] in "）)" and forms.SIGNATURE.search(text[-40:]) is not None),
        float(text[-1] not in _FINISHED),
        float(len(text) < 25),
        min(len(text), 200) / 100,
        float(forms.EDITOR.fits(text[:16])),
    ]


def role_of(text: str, *, heads_article: bool, is_lead: bool = False) -> Role:
    """Return the role of a line, given whether it stands above an article's first paragraph, or any one.

    >>> role_of("本报记者 范小舟", heads_article=True), role_of("他来了。", heads_article=False)
    ('byline', 'body')
    """
    if len(text) > LONGEST_LINE:
        return "body"
    if is_byline(text):
        return "byline"
    if role := forms.short_line_role(text):
        return role
    if is_lead or is_headline(text):
        if ends_in_end_mark(text):
            return "credit"
        if heads_article:
            return "subtitle" if headline_forms.SUBTITLE.match(text) else "title"
        return "subhead"
    return "body"
