"""Rules of the family punctuation. What is right in a text is decided on strings, one rank below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.edits import Edit
from ykclean.findings import Finding, Rule
from ykclean.marks import ascii_stops, ends_with_ascii_stop, halfwidth_brackets, halfwidth_marks
from ykclean.pairs import Lone, is_balanced, lone_marks, without_partners
from ykclean.protected import blank_protected, is_chinese, may_be_protected
from ykclean.quotes import STRAIGHT, face_quotes, quote_marks
from ykclean.runs import ascii_dashes, ascii_ellipses, repeated_marks
from ykclean.wide import keeps_wide_points, wide_alphanumerics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.document import Document, Paragraph
    from ykclean.settings import Settings


def find_halfwidth_punctuation(document: Document, settings: Settings) -> list[Finding]:
    """Half-width ``, ; : ? ! ( )`` and ``.`` between Chinese words become full-width.

    Chinese text has marks as wide as its characters (GB/T 15834, clreq). Half-width ones come from
    keyboards left in English mode and from converters that fold everything; they let the same
    passage look different to whatever compares texts, and hide where sentences end.

    A mark is Chinese if the nearest letter is, looking through quotes, brackets and ``%``. Brackets
    are judged as pairs: Chinese if they hold Chinese or stand against it. ``.`` ends a sentence after
    Chinese at the end of a paragraph or a quotation; in mid-paragraph only in a file that ends its
    paragraphs with ``.``, and not between the syllables of a foreign name. Numbers, times, ratios,
    addresses, code, markup and Latin or Japanese prose are left alone, as is ``<<…>>`` without Chinese.

    Before: ``他说,增长13.9%(去年为3:2);对吗?`` After: ``他说，增长13.9%（去年为3:2）；对吗？``

    When it errs: a list of Latin words separated by commas without spaces (``GDP,CPI``) is left.
    """
    text = document.text
    if not any(mark in text for mark in ",;:?!().<"):
        return []
    inside = _lacks_full_stops(document)
    findings: list[Finding] = []
    for paragraph, prose in _chinese(document):
        found = [*halfwidth_marks(prose), *halfwidth_brackets(prose), *ascii_stops(prose, inside=inside)]
        doubled = {at for start, end, _ in repeated_marks(prose) for at in range(start, end)}
        if doubled:
            found = [(at, mark) for at, mark in found if at not in doubled]
        findings += _replace_marks(HALFWIDTH_PUNCTUATION, document, paragraph, found)
    return findings


def _lacks_full_stops(document: Document) -> bool:
    """Whether the sentences of the text end with ``.`` rather than with ``。``."""
    ended = sum(ends_with_ascii_stop(paragraph.text) for paragraph in document.paragraphs)
    return ended > document.text.count("。")


def find_straight_quotes(document: Document, settings: Settings) -> list[Finding]:
    """Straight quotes in Chinese text become “ ” ‘ ’, or 「 」 『 』 where the text uses those.

    Straight quotes do not tell where a quotation begins, so nothing can check whether it ends. Each
    gets its direction from its partner and from the marks around it; the setting ``quotes`` chooses
    the pair. Apostrophes, feet, inches, minutes and seconds (``6.1"``) stay. A quotation may run over
    several paragraphs. A quote whose partner is missing is reported as YK206 and not changed.

    Before: ``"你好,"他说,"再见!"`` After: ``“你好,”他说,“再见!”``

    When it errs: double quotes inside double quotes, which cannot be told from two quotations.
    """
    if '"' not in document.text and "'" not in document.text:
        return []
    quotations = _Quotations.of(document, settings)
    findings: list[Finding] = []
    for number, faced in quotations.faced.items():
        paragraph = document.paragraphs[number]
        lone = {mark.at for mark in quotations.lone.get(number, ())}
        found = [
            (at, after)
            for at, (before, after) in enumerate(zip(paragraph.text, faced, strict=True))
            if before in STRAIGHT and after not in STRAIGHT and after != "\x00" and at not in lone
        ]
        findings += _replace_marks(STRAIGHT_QUOTE, document, paragraph, found)
    return findings


def find_ascii_ellipses(document: Document, settings: Settings) -> list[Finding]:
    """``...``, ``......`` and ``。。。`` in Chinese text become ``……``.

    The Chinese ellipsis is six dots in the space of two characters (GB/T 15834 §4.11). Full stops
    in its place are taken for the ends of sentences.

    Before: ``他想了想...走了。`` After: ``他想了想……走了。``

    When it errs: leaders of a table of contents with few dots. Seven or more before a number stay,
    and so do two dots, and dots after Latin words.
    """
    if "..." not in document.text and "。。。" not in document.text:
        return []
    return [
        finding
        for paragraph, prose in _chinese(document)
        if "..." in prose or "。。。" in prose
        for finding in _replace(
            ASCII_ELLIPSIS, document, paragraph, [(*span, "……") for span in ascii_ellipses(prose)]
        )
    ]


def find_ascii_dashes(document: Document, settings: Settings) -> list[Finding]:
    """``--`` in Chinese text becomes ``——``.

    The Chinese dash takes the space of two characters (GB/T 15834 §4.10); two hyphens are what a
    typewriter has for it. Options (``--help``), comments and rules of hyphens are left alone.

    Before: ``春天--希望的季节`` After: ``春天——希望的季节``

    When it errs: an option with a capital letter right after Chinese.
    """
    if "--" not in document.text:
        return []
    return [
        finding
        for paragraph, prose in _chinese(document)
        if "--" in prose
        for finding in _replace(
            ASCII_DASH, document, paragraph, [(*span, "——") for span in ascii_dashes(prose)]
        )
    ]


def find_wide_alphanumerics(document: Document, settings: Settings) -> list[Finding]:
    """Full-width letters and digits become half-width, and so do the marks inside a number.

    Western letters and European digits are set half-width in Chinese (clreq); full-width ones are
    left from the encodings of the 1980s, and nothing finds a number written so. With the digits go
    ``．`` and ``：`` between them, ``，`` before a group of three, and ``％`` after one.

    Before: ``２０２２年Ａ股上涨１３．９％`` After: ``2022年A股上涨13.9%``

    Signs such as ``㎡ ℃ ① Ⅳ`` are characters of their own and stay. ``．`` and ``％`` stay too where
    all digits are half-width and no number of the text has a half-width point: some newspapers set
    ``1．5亿`` and ``80％`` as a rule.

    When it errs: a list of three-digit numbers separated by ``，``.
    """
    points = not keeps_wide_points(document.text)
    return [
        finding
        for paragraph, prose in _texts(document)
        for finding in _replace(
            WIDE_ALPHANUMERIC, document, paragraph, list(wide_alphanumerics(prose, points=points))
        )
    ]


def find_unbalanced_pairs(document: Document, settings: Settings) -> list[Finding]:
    """A quote or bracket without its partner is reported.

    Something is missing: the other mark, or all the text up to it. Which of both cannot be known, so
    nothing is changed. A quotation that runs over several paragraphs opens in each and closes only
    in the last, or opens in one and closes in a later one: both are whole. Apostrophes, list
    markers (``1)``, ``a)``), emoticons and the signs of inches are no pairs.

    Reported: the last mark of ``干啥也没心气儿。这乡村，咋振兴？”``

    When it errs: a mark that is missing twice, once opening and once closing, within a few paragraphs.
    """
    quotations = _Quotations.of(document, settings)
    findings: list[Finding] = []
    for number, lone in quotations.lone.items():
        paragraph = document.paragraphs[number]
        for mark in lone:
            start, end = paragraph.source_span(mark.at, mark.at + 1)
            findings.append(Finding(UNBALANCED_PAIR, start, end, detail=(paragraph.text[mark.at],)))
    return findings


def find_repeated_marks(document: Document, settings: Settings) -> list[Finding]:
    """A comma, semicolon, colon or full stop that stands twice becomes one.

    It stays behind where a clause was cut out or two passages were joined. ``？！``, ``！！！``,
    ``……`` and ``——`` are as they should be; three full stops are an ellipsis (YK203).

    Before: ``完成,，增长。.`` After: ``完成，增长。``

    When it errs: commas in a row that stand for a pause in colloquial writing.
    """
    return [
        finding
        for paragraph, prose in _chinese(document)
        for finding in _replace(REPEATED_MARK, document, paragraph, list(repeated_marks(prose)))
    ]


class _Quotations(NamedTuple):
    """By paragraph number: the text with its straight quotes faced, and the marks without partner."""

    faced: dict[int, str]
    lone: dict[int, list[Lone]]

    @classmethod
    def of(cls, document: Document, settings: Settings) -> _Quotations:
        marks = quote_marks(document.text, settings.quotes)
        faced: dict[int, str] = {}
        candidates: list[tuple[int, Lone]] = []
        for number, paragraph in enumerate(document.paragraphs):
            text = paragraph.text
            straight = '"' in text or "'" in text
            if (straight or not is_balanced(text)) and is_chinese(text):
                text = blank_protected(text)
                if straight:
                    text = faced[number] = face_quotes(text, marks)
                candidates += [(number, mark) for mark in lone_marks(text)]

        def starts(number: int) -> str:
            if number in faced:
                return faced[number][:1]
            return document.paragraphs[number].text[:1] if number < len(document.paragraphs) else ""

        lone: dict[int, list[Lone]] = {}
        for number, mark in without_partners(candidates, starts):
            lone.setdefault(number, []).append(mark)
        return cls(faced, lone)


def _texts(document: Document) -> Iterator[tuple[Paragraph, str]]:
    """The paragraphs, each with its text as it may be judged: what is protected is blank."""
    protected = may_be_protected(document.text)
    for paragraph in document.paragraphs:
        if not paragraph.text.isascii():
            yield paragraph, blank_protected(paragraph.text) if protected else paragraph.text


def _chinese(document: Document) -> Iterator[tuple[Paragraph, str]]:
    """The Chinese paragraphs among these."""
    return ((paragraph, prose) for paragraph, prose in _texts(document) if is_chinese(paragraph.text))


Marks = list[tuple[int, str]]


def _replace_marks(rule: Rule, document: Document, paragraph: Paragraph, found: Marks) -> list[Finding]:
    """Findings that replace single characters of a paragraph."""
    if paragraph.pieces:
        return _replace(rule, document, paragraph, [(at, at + 1, after) for at, after in found])
    text, first = paragraph.text, paragraph.start
    make = tuple.__new__  # Called for each mark of the text: a NamedTuple's own __new__ takes twice as long.
    return [
        make(
            Finding,
            (
                rule,
                (start := first + at),
                (end := start + 1),
                (make(Edit, (start, end, text[at], after)),),
                True,
                None,
                (text[at], after),
                None,
            ),
        )
        for at, after in found
    ]


def _replace(
    rule: Rule, document: Document, paragraph: Paragraph, found: Iterable[tuple[int, int, str]]
) -> list[Finding]:
    """Findings that replace stretches of a paragraph."""
    findings = []
    for at, to, after in found:
        start, end = paragraph.source_span(at, to)
        before = document.text[start:end]
        findings.append(Finding(rule, start, end, (Edit(start, end, before, after),), detail=(before, after)))
    return findings


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
