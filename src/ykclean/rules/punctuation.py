"""Rules of the family punctuation. What is right in a text is decided on strings, one rank below."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import chain, repeat
from operator import add, sub
from typing import TYPE_CHECKING

from ykclean.findings import Finding, Replacements, Rule
from ykclean.marks import FULL_WIDTH, ascii_stops, halfwidth_brackets, halfwidth_marks
from ykclean.quotes import CURLY, Quotations, quote_marks, read_quotations
from ykclean.runs import ascii_dashes, ascii_ellipses, repeated_marks
from ykclean.signs import OPENERS, is_han
from ykclean.wide import wide_alphanumerics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ykclean.document import Document
    from ykclean.runs import Change
    from ykclean.settings import Settings


def find_halfwidth_punctuation(document: Document, settings: Settings) -> Sequence[Finding]:
    """Half-width ``, ; : ? ! ( )`` and ``.`` between Chinese words become full-width.

    Chinese text has marks as wide as its characters (GB/T 15834, clreq). Half-width ones come from
    keyboards left in English mode and from converters that fold everything; they let the same
    passage look different to whatever compares texts, and hide where sentences end.

    With a mark goes the blank that belongs behind it where it is half-width (``他说, 好``).

    A mark is Chinese if the nearest letter is, looking through quotes, brackets and ``%``. Brackets
    are judged as pairs: Chinese if they hold Chinese or stand against it. ``.`` ends a sentence after
    Chinese at the end of a paragraph or a quotation; in mid-paragraph only in a file that ends its
    paragraphs with ``.``, and not between the syllables of a foreign name. Numbers, times, ratios,
    addresses, code, markup and Latin or Japanese prose are left alone, and so are square and angle
    brackets, which stand for too many things.

    Before: ``船长说,运量增长8.4%(另一港为5:3);够吗?`` After: ``船长说，运量增长8.4%（另一港为5:3）；够吗？``

    When it errs: a list of Latin words separated by commas without spaces (``GDP,CPI``) is left; a
    bracket that holds Chinese inside a formula is not.
    """
    text = document.lines.text
    found = [*halfwidth_marks(text), *halfwidth_brackets(text), *ascii_stops(text)]
    doubled = {at for start, end, _ in repeated_marks(text) for at in range(start, end)}
    starts = sorted([at for at in found if at not in doubled])  # What is doubled is left to YK207.
    afters = [FULL_WIDTH[text[start]] for start in starts]
    ends = [start + 1 + _has_own_blank(text, start) for start in starts]
    return _replace(HALFWIDTH_PUNCTUATION, document, starts, ends, afters)


def _has_own_blank(text: str, at: int) -> bool:
    """Whether the blank that stands behind a half-width mark by rule is there, and Chinese behind it."""
    if text[at + 1 : at + 2] != " " or text[at] in "()":
        return False
    return is_han(text[at + 2 : at + 3]) or text[at + 2 : at + 3] in tuple(OPENERS)


def find_straight_quotes(document: Document, settings: Settings) -> Sequence[Finding]:
    """Straight quotes in Chinese text become “ ” ‘ ’, or 「 」 『 』 where the text uses those.

    Straight quotes do not tell where a quotation begins, so nothing can check whether it ends. Each
    gets its direction from its partner and from the marks around it; the setting ``quotes`` chooses
    the pair. Apostrophes, feet, inches, minutes and seconds (``5.8"``) stay. A quotation may run over
    several paragraphs. A quote whose partner is missing is reported as YK206 and not changed.

    Before: ``"等等，"他说，"开船了！"`` After: ``“等等，”他说，“开船了！”``

    When it errs: double quotes inside double quotes, which cannot be told from two quotations.
    """
    return _replace_all(STRAIGHT_QUOTE, document, _quotations(document, settings).straight)


def find_ascii_ellipses(document: Document, settings: Settings) -> Sequence[Finding]:
    """``...``, ``......``, ``。。。`` and ``···`` in Chinese text become ``……``.

    The Chinese ellipsis is six dots in the space of two characters (GB/T 15834 §4.11). Full stops
    in its place are taken for the ends of sentences.

    Before: ``他想了想...走了。`` After: ``他想了想……走了。``

    When it errs: leaders of a table of contents with few dots. Seven or more before a number stay,
    and so do two dots, and dots after Latin words.
    """
    return _replace_all(ASCII_ELLIPSIS, document, [*ascii_ellipses(document.lines.text)])


def find_ascii_dashes(document: Document, settings: Settings) -> Sequence[Finding]:
    """``--`` in Chinese text becomes ``——``.

    The Chinese dash takes the space of two characters (GB/T 15834 §4.10); two hyphens are what a
    typewriter has for it. Options (``--help``), comments and rules of hyphens are left alone.

    Before: ``春天--希望的季节`` After: ``春天——希望的季节``

    When it errs: an option with a capital letter right after Chinese.
    """
    return _replace_all(ASCII_DASH, document, [*ascii_dashes(document.lines.text)])


def find_wide_alphanumerics(document: Document, settings: Settings) -> Sequence[Finding]:
    """Full-width letters and digits become half-width, and so do the marks inside a number.

    Western letters and European digits are set half-width in Chinese (clreq); full-width ones are
    left from the encodings of the 1980s, and nothing finds a number written so. With the digits go
    ``．`` and ``：`` between them, ``，`` before a group of three, and ``％`` after one, and with the letters
    ``＠`` and ``．`` of an address.

    Before: ``２０１４年Ｂ港吞吐８．４％`` After: ``2014年B港吞吐8.4%``

    Signs such as ``㎡ ℃ ① Ⅳ`` are characters of their own and stay. ``．`` and ``％`` stay too where
    all digits are half-width and no number of the text has a half-width point: some newspapers set
    ``2．8亿`` and ``65％`` as a rule.

    When it errs: a list of three-digit numbers separated by ``，``.
    """
    return _replace_all(WIDE_ALPHANUMERIC, document, wide_alphanumerics(document.lines.text))


def find_unbalanced_pairs(document: Document, settings: Settings) -> Sequence[Finding]:
    """A quote or bracket without its partner is reported.

    Something is missing: the other mark, or all the text up to it. Which of both cannot be known, so
    nothing is changed. A quotation that runs over several paragraphs opens in each and closes only
    in the last, or opens in one and closes in a later one: both are whole. Apostrophes, list
    markers (``1)``, ``a)``), emoticons and the signs of inches are no pairs.

    Reported: the last mark of ``船都靠岸了，还等什么？”``

    When it errs: a mark that is missing twice, once opening and once closing, within a few paragraphs.
    """
    quotations = _quotations(document, settings)
    starts, ends = _sources(document, quotations.lone, [at + 1 for at in quotations.lone])
    return [
        Finding(UNBALANCED_PAIR, start, end, detail=(document.text[start:end],))
        for start, end in zip(starts, ends, strict=True)
    ]


def find_repeated_marks(document: Document, settings: Settings) -> Sequence[Finding]:
    """A comma, semicolon, colon or full stop that stands twice becomes one.

    It stays behind where a clause was cut out or two passages were joined. ``？！``, ``！！！``,
    ``……`` and ``——`` are as they should be; three full stops are an ellipsis (YK203).

    Before: ``卸完,，离港。.`` After: ``卸完，离港。``

    When it errs: commas in a row that stand for a pause in colloquial writing.
    """
    return _replace_all(REPEATED_MARK, document, repeated_marks(document.lines.text))


def _quotations(document: Document, settings: Settings) -> Quotations:
    text = document.lines.text
    straight = '"' in text or "'" in text
    return read_quotations(text, quote_marks(text, settings.quotes) if straight else CURLY)


def _replace_all(rule: Rule, document: Document, changes: Sequence[Change]) -> Sequence[Finding]:
    """Findings that make the changes, given in order by their offsets in the legible text."""
    return _replace(rule, document, *map(list, zip(*changes, strict=True))) if changes else ()


def _replace(
    rule: Rule, document: Document, starts: Sequence[int], ends: Sequence[int], afters: Sequence[str]
) -> Sequence[Finding]:
    return Replacements(rule, document.text, *_sources(document, starts, ends), afters)


def _sources(
    document: Document, starts: Sequence[int], ends: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Where spans of the legible text, in order, start and end in the source."""
    _, firsts, shifts, pieced = document.lines
    shift = _each_shift(starts, firsts, shifts)
    source_starts, source_ends = list(map(add, starts, shift)), list(map(add, ends, shift))
    for number in pieced:
        first, paragraph = firsts[number], document.paragraphs[number]
        for at in range(bisect_left(starts, first), bisect_left(starts, firsts[number + 1])):
            span = paragraph.source_span(starts[at] - first, ends[at] - first)
            source_starts[at], source_ends[at] = span
    return source_starts, source_ends


def _each_shift(starts: Sequence[int], firsts: Sequence[int], shifts: Sequence[int]) -> Sequence[int]:
    """The shift of each offset, by its line. With an offset for each mark of a text it is found by lines."""
    if len(starts) < len(firsts):
        return [shifts[bisect_right(firsts, start) - 1] for start in starts]
    before = list(map(bisect_left, repeat(starts), firsts))
    return list(chain.from_iterable(map(repeat, shifts, map(sub, before[1:], before))))


HALFWIDTH_PUNCTUATION = Rule(
    "YK201",
    "halfwidth-punctuation",
    find_halfwidth_punctuation,
    "half-width {0} in Chinese text, should be {1}",
    "中文里的半角标点 {0}，应为 {1}",
)
STRAIGHT_QUOTE = Rule(
    "YK202",
    "straight-quote",
    find_straight_quotes,
    "straight quote {0}, should be {1}",
    "直引号 {0}，应为 {1}",
)
ASCII_ELLIPSIS = Rule(
    "YK203",
    "ascii-ellipsis",
    find_ascii_ellipses,
    "full stops {0} for an ellipsis, should be {1}",
    "以句点 {0} 代省略号，应为 {1}",
)
ASCII_DASH = Rule(
    "YK204",
    "ascii-dash",
    find_ascii_dashes,
    "hyphens {0} for a dash, should be {1}",
    "以连字符 {0} 代破折号，应为 {1}",
)
WIDE_ALPHANUMERIC = Rule(
    "YK205",
    "wide-alphanumeric",
    find_wide_alphanumerics,
    "full-width {0}, should be {1}",
    "全角字符 {0}，应为 {1}",
)
UNBALANCED_PAIR = Rule(
    "YK206",
    "unbalanced-pair",
    find_unbalanced_pairs,
    "{0} has no partner",
    "{0} 没有成对",
)
REPEATED_MARK = Rule(
    "YK207",
    "repeated-mark",
    find_repeated_marks,
    "repeated mark {0}, one {1} is enough",
    "标点重复 {0}，应为一个 {1}",
)

RULES: tuple[Rule, ...] = (
    HALFWIDTH_PUNCTUATION,
    STRAIGHT_QUOTE,
    ASCII_ELLIPSIS,
    ASCII_DASH,
    WIDE_ALPHANUMERIC,
    UNBALANCED_PAIR,
    REPEATED_MARK,
)
