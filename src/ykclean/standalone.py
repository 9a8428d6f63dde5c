"""Lines that no sentence runs into, or out of: items of lists, bylines, datelines, headlines, rows, verse.

And two that one always runs into: the rest of a bracket, and of a phrase in Latin letters.
"""

from __future__ import annotations

from ykclean import forms, headers, headline_forms
from ykclean.breaks import CLAUSE_END, DATELINE, SENTENCE_END
from ykclean.flow import is_row, opens_paragraph, with_full_stop
from ykclean.furniture import is_furniture
from ykclean.hanzi import has_han
from ykclean.headers import LONGEST_LINE
from ykclean.lazy import pattern

FINISHED = "。！？…：”’」』）.!?:\"')—"
"""What a line may end with so that nothing is missing after it."""
CLOSED = "”」』"
"""What the last phrase of a headline may end with."""
ITEM_SIGNS = frozenset("●■◆□▲△★☆※·•◇○◎▼▶►-*#|>【〖①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ")
"""What an item of a list may begin with, and no sentence goes on with."""
NUMBERS = frozenset("一二三四五六七八九十（(第")
"""What the number of an item may begin with, beside a digit."""
NUMBERED = pattern(
    r"[一二三四五六七八九十]+[、．.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、．)）](?!\d)"
    rf"|第[一二三四五六七八九十\d]+(?:[章节条部]|届(?!{forms.LETTER}|“))|\d{{1,2}}[:：]\d{{2}}[ \u3000]"
)
"""The number of an item, or the time of one."""
BYLINE = pattern(r"[□■]?[ \u3000]*(?:本报|特约|见习|实习)*(?:记者|通讯员|编辑|作者|来源|责编)[：: \u3000]")
SALUTATION = pattern(
    "(?:(?:各位|尊敬的|敬爱的|敬愛的|亲爱的|親愛的)[^，。；：,;:]{1,16}|[^，。；：,;:、]{0,12}(?:先生|女士|同志|同学|朋友|[们們]))"
    "(?:[，、,](?:[^，。；：,;:、]{0,10}(?:先生|女士|同志|朋友|[们們])|各位[^，。；：,;:、]{1,8}))*[，,]"
)
HOURS = pattern(r"\d{1,2}[:：]\d{2}[ 　]?[-—–－~～至到]{1,2}[ 　]?\d{1,2}[:：]\d{2}")
"""From when to when, as in a row of a timetable."""
LETTER_END = pattern("(?:此致|敬礼|敬禮|此颂|此頌|顺颂|順頌)[！!]?")
"""How letters end, each on a line of its own."""
BYLINE_LENGTH, HEADLINE = 22, 40
"""The longest byline or credit, and the longest headline, in characters."""
CREDIT = pattern(".{2,16}(?:摄|攝|摄影|攝影|供图|供圖|制图|製圖|供稿|文/图)[）)]?$")
REST_IN_BRACKETS = pattern("(?![0-9一二三四五六七八九十]{1,3}[）)].)[^（()）。，]{1,16}[）)]")
"""What is left of a bracket that a line break parts, such as the name of a second writer; 1） is an item."""
PHRASE = 24
"""A phrase in another script that stands in Chinese prose is seldom longer, in characters."""
PROSE = 3
"""No headline has so many commas."""
VERSE, NEXT_VERSE = 16, 20
"""The longest lines of verse that a comma ends, in characters."""


def heads_article(line: str, following: str) -> bool:
    """Whether the line is a headline: two phrases with a space between, or a byline or dateline follows."""
    if following and headers.is_byline(following):
        return headers.is_headline(line) and not headers.is_byline(line)
    if len(line) > HEADLINE or len(CLAUSE_END.findall(line)) > 1:
        return False
    if headline_forms.TITLE_OF_PICTURE.fits(line):
        return True
    if line[-1] in FINISHED and line[-1] not in CLOSED:
        return False
    if headers.in_two_phrases(line) or headers.has_subtitle(line):
        return True
    if headers.has_space(line) and has_han(line.split()[0][-1]) and has_han(line.split()[-1][0]):
        return True
    return DATELINE.match(following) is not None or BYLINE.match(following) is not None


def may_head(line: str, *, on_top: bool) -> bool:
    """Whether headlines stand here, on top of a text or with a name in brackets, and this may be one.

    It may, whatever its form, if it begins as no paragraph does.
    """
    if not on_top and line[0] not in "【[":
        return False
    if len(line) > LONGEST_LINE or DATELINE.match(line):
        return False
    if "。" in line or len(SENTENCE_END.findall(line)) > 1:
        return False
    commas = line.count("，") + line.count(",")
    return commas < PROSE and not opens_paragraph(line)


def starts_anew(line: str) -> bool:
    """Whether no sentence goes on so: an item of a list, a byline, a dateline."""
    if line[0] in ITEM_SIGNS or line.startswith("——") or LETTER_END.fullmatch(line):
        return True
    if (line[0] in NUMBERS or line[0].isdigit()) and NUMBERED.match(line):
        return True
    if BYLINE.match(line) or DATELINE.match(line):
        return True
    return len(line) <= LONGEST_LINE and _says_what_it_is(line)


def _says_what_it_is(line: str) -> bool:
    """Whether a short line is nothing but a dateline, an editor, a source, or the like."""
    return forms.DATELINE_LINE.fits(line) or forms.short_line_role(line) is not None


def is_of_page(before: str, line: str) -> bool:
    """Whether the line before is a caption with its credit, or page furniture begins with this one."""
    if len(before) <= LONGEST_LINE and forms.CAPTION_WITH_CREDIT.fits(before):
        return True
    return len(line) <= LONGEST_LINE and is_furniture(with_full_stop(line)) and not is_furniture(before)


def stands_alone(line: str) -> bool:
    """Whether it is a row or entry of a table, a credit, a byline, a dateline, a note, or not Chinese."""
    if is_row(line) or not has_han(line) or headline_forms.ENTRY.match(line) or LETTER_END.fullmatch(line):
        return True
    if len(line) <= HEADLINE and HOURS.search(line) and not CLAUSE_END.search(HOURS.sub("", line)):
        return True
    if len(line) <= LONGEST_LINE and (
        forms.DATELINE_LINE.fits(line)
        or forms.DATELINE_AND_NAMES.fits(line)
        or forms.NOTE.fits(line)
        or forms.names_staff(line)
        or is_dated(line)
    ):
        return True
    return len(line) <= BYLINE_LENGTH and (CREDIT.match(line) is not None or headers.is_byline(line))


def is_dated(line: str) -> bool:
    """Whether a line says when and where a text stood, and nothing else.

    >>> is_dated("2024年5月6日 08:12 来源：南城日报"), is_dated("2024年5月6日，大桥合龙")
    (True, False)
    """
    return len(line) <= LONGEST_LINE and (
        forms.DATE_LINE.fits(line) or forms.DATED_SOURCE.fits(line) or forms.SOURCE.fits(line)
    )


def closes_bracket(line: str) -> bool:
    """Whether a line begins with the end of what stands in brackets.

    >>> closes_bracket("范小舟）昨天"), closes_bracket("1）报名")
    (True, False)
    """
    return REST_IN_BRACKETS.match(line) is not None


def is_verse(before: str, line: str) -> bool:
    """Whether two lines, the first with a mark at its end, are so short that they are verse, or a couplet."""
    if not before or before[-1].isalnum():
        return False
    return (len(before) <= VERSE and len(line) <= NEXT_VERSE) or is_couplet(before, line)


def is_couplet(before: str, line: str) -> bool:
    """Whether two lines are made of clauses of the same lengths.

    >>> is_couplet("春风送暖，千家喜气迎新岁", "瑞雪兆丰，万户欢歌庆有年")
    True
    """
    return len(before) == len(line) and _clause_ends(before) == _clause_ends(line) != []


def _clause_ends(line: str) -> list[int]:
    return [match.start() for match in CLAUSE_END.finditer(line)]


def is_salutation(line: str) -> bool:
    """Whether a letter or a speech begins so, above its first sentence: 女士们、先生们，"""
    return len(line) <= HEADLINE and SALUTATION.fullmatch(line) is not None


def is_latin_phrase(before: str, line: str) -> bool:
    """Whether a break parts two Latin words, such as a name, in Chinese prose."""
    if not (is_latin(before[-1]) and is_latin(line[0])):
        return False
    return has_han(before[-PHRASE:]) and has_han(line[:PHRASE])


def is_latin(character: str) -> bool:
    """Whether this is a Latin letter without accents."""
    return character.isascii() and character.isalpha()
