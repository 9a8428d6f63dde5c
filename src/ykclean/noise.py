"""What stands in a text and is no text: debris of markup, invisible characters, variants of others.

Finding it is part of reading: a `</` behind a sentence must not hide from the other rules how the
sentence ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from itertools import accumulate
from typing import TYPE_CHECKING

from ykclean.bulletin import find_bulletin_tags
from ykclean.document import Noise
from ykclean.edits import Edit, apply_edits
from ykclean.flow import join_probability
from ykclean.invisibles import INVISIBLE, find_invisibles
from ykclean.lazy import pattern
from ykclean.signs import CLOSERS, OPENERS, SENTENCE_END, is_han
from ykclean.standalone import stands_alone, starts_anew
from ykclean.variants import WIDE_BLANK, find_variants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NEXT_BLOCK = pattern(r"</[^<>]*>\s*(?:<br\b[^<>]*>\s*)*<(?!br\b)[a-z]", re.IGNORECASE)
"""One block ends and the next begins: </p><p>, </p><hr>, not </p><br>."""
NEAR = 400
"""So far behind a block text may begin, in characters."""
BLANKS = " \t\u3000\xa0"
MARK = pattern("[，。；：？！、]|[,;?!](?![=)(])|:(?![=)(DPp/])")
"""A mark, full-width or about to become so; no emoticon, no operator."""
ANY_TAG = pattern("<[^<>]*>")
EVEN = 0.5
"""So probable a sentence must be over a tag that stands alone in it."""
BLANKS_OF_TAGS = " \t\xa0"
BLOCK_TAGS = (
    "address|article|aside|base|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|"
    "h[1-6]|head|header|hgroup|hr|html|li|link|main|meta|nav|ol|option|p|pre|section|select|table|tbody|td|tfoot|th|thead|title|tr|ul"
)
INLINE_TAGS = (
    "a|abbr|acronym|area|audio|b|big|button|canvas|cite|code|col|colgroup|del|em|embed|font|frame|frameset|i|"
    "iframe|img|input|ins|kbd|label|map|mark|marquee|noscript|object|param|q|s|script|small|source|span|"
    "strike|strong|style|sub|sup|svg|textarea|time|tt|u|video|wbr"
)
TAGS = frozenset(f"{BLOCK_TAGS}|{INLINE_TAGS}".split("|"))
LONGEST_TAG = max(map(len, TAGS))
NAMED_SPACES = "nbsp|ensp|emsp|thinsp"
CUT_ENTITIES = (
    "nb|nbs|nbsp|am|amp|quo|quot|ldq?u?|ldquo|rdq?u?|rdquo|lsq?u?|lsquo|rsq?u?|rsquo|mda|mdas|mdash|"
    "hel|hell|helli|hellip|"
    "mid|midd|middo|middot|ens|ensp|ems|emsp"
)
_TAG = r"/?(?:{})(?:[^\S\n\r]+(?:[A-Za-z][^<>\n]{{0,500}})?)?/?>"
_SPACE = rf"(?:amp;)*(?:(?:{NAMED_SPACES});|nbsp(?![A-Za-z0-9=])|\#160;|\#x[aA]0;|\#32;|\#12288;|\#x3000;)"
ESCAPED_BREAK = pattern(r"(?:\\[nr]|[ \t\u3000\xa0]+(?=\\[nr]))(?:\\[nrt]|\\u3000|\\xa0|[ \t\xa0]+(?=\\))*")
"""Line breaks, with blanks, as strings have them: two characters each."""
ESCAPED_HAN = pattern(r"(?:\\u[0-9a-fA-F]{4}){2,}")
OPENING_QUOTES, CLOSING_QUOTES = frozenset("\"'“‘「『"), frozenset("\"'”’」』")
ESCAPED_BLOCK = pattern(rf"&(?:amp;)*lt;/?(?:{BLOCK_TAGS})\b", re.IGNORECASE)
LINE_END = r"(?=[^\S\n\r]*(?:[\n\r\x0b\x0c\x85\u2028\u2029]|\Z))"

# Bounded everywhere, and no stretch runs over a second opening: the scan stays linear.
MARKUP = pattern(
    rf"""[<&](?:
      (?<=<) (?:
          (?P<hidden> !--(?:(?!-->|<!--).){{0,4000}}--> |
              (?P<element>script|style)\b[^<>]{{0,500}}>
                  (?:(?!</?(?:script|style)).){{0,20000}}</(?P=element)\s*> )
        | (?P<block> {_TAG.format(BLOCK_TAGS)} (?: [^\S\n]*<{_TAG.format(BLOCK_TAGS)} )* )
        | (?P<inline> {_TAG.format(INLINE_TAGS)} )
        | (?P<cuttag> (?<![A-Za-z0-9\x20]<)
            (?: / | /?(?:{BLOCK_TAGS}|{INLINE_TAGS})(?:[^\S\n\r]+[A-Za-z][^<>\n]{{0,500}})?/? )
            {LINE_END} )
        | (?P<tagstart> (?<![A-Za-z0-9\x20]<) /?[A-Za-z]{{1,{LONGEST_TAG}}} {LINE_END} )
        )
    | (?P<escaped> (?:amp;)*lt;/?(?:{BLOCK_TAGS}|{INLINE_TAGS})
        (?:[^\S\n\r]+(?:[A-Za-z][^<>&\n]{{0,500}})?)?/?&(?:amp;)*gt; )
    | (?P<space> {_SPACE} (?: & {_SPACE} )* )
    | (?P<entity> (?:amp;)*(?:\#[0-9]{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}}); )
    | (?P<cutentity> (?<![A-Za-z0-9]&)(?:{CUT_ENTITIES}|\#(?:[0-9]{{0,6}}|[xX][0-9a-fA-F]{{0,5}})){LINE_END} )
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)

ROUNDS = 6
"""How often to look at what is left once noise is taken out: `<<p>p>` hides a second tag."""
ESCAPED_AMPERSAND = pattern("^&(?:amp;)+(?=[#A-Za-z])", re.IGNORECASE)


def find_noise(text: str) -> tuple[Noise, ...]:
    """Return the noise in the text, in order and without overlap.

    >>> [noise.edit for noise in find_noise("好。</p>")]
    [Edit(start=2, end=6, before='</p>', after='')]
    """
    noise: list[Noise] = []
    for _ in range(ROUNDS):
        left = apply_edits(text, [one.edit for one in noise]) if noise else text
        # Variants first: what stands around markup is judged as it will be.
        further = [Noise("variant", edit) for edit in find_variants(left)] or _scan(left)
        if not further:
            break
        noise = _merged(text, noise, further)
    return tuple(_without_edge_spaces(text, noise))


def _without_edge_spaces(text: str, noise: Sequence[Noise]) -> list[Noise]:
    """A hard space at the edge of a line, beside noise that is, or before a mark stands for nothing."""
    trimmed = list(noise)
    for order, near in ((range(len(noise)), _before), (range(len(noise) - 1, -1, -1), _behind)):
        edge = -1
        for number in order:
            kind, edit = trimmed[number]
            beside, here = near(text, edit)
            at_edge = here == edge or not beside.strip()
            # A wide blank that begins a line is its indent.
            goes = at_edge and (edit.after == " " or near is _behind)
            if edit.after in (" ", WIDE_BLANK) and (goes or stands_before_mark(text, edit.start, edit.end)):
                trimmed[number] = Noise(kind, edit._replace(after=""))
            if edit.after == "\n" or (at_edge and not trimmed[number].edit.after):
                edge = edit.end if near is _before else edit.start
    return trimmed


def stands_before_mark(text: str, start: int, end: int) -> bool:
    """Whether what is a blank at ``start:end``, or stands for one, parts Han from a mark."""
    return MARK.match(text, end) is not None and "\u4e00" <= text[start - 1 : start] <= "\u9fff"


def _before(text: str, edit: Edit) -> tuple[str, int]:
    return text[edit.start - 1 : edit.start] if edit.start else "", edit.start


def _behind(text: str, edit: Edit) -> tuple[str, int]:
    return text[edit.end : edit.end + 1], edit.end


def _scan(text: str) -> list[Noise]:
    noise = [*_markup(text), *_escapes(text)]
    noise += (Noise("markup", edit) for edit in find_bulletin_tags(text))
    noise += (Noise("invisible", edit) for edit in find_invisibles(text))
    noise.sort(key=lambda one: one.edit)
    kept: list[Noise] = []
    for one in noise:
        if not kept or one.edit.start >= kept[-1].edit.end:
            kept.append(one)
    return kept


def _merged(text: str, noise: Sequence[Noise], further: Sequence[Noise]) -> list[Noise]:
    """The noise together with what came to light when it was taken out, such as a tag inside a tag."""
    source_span = _source_spans(noise)
    merged: list[Noise] = []
    left = deque(noise)
    for kind, (start, end, _, after) in further:
        start, end = source_span(start, end)
        while left and left[0].edit.end <= start:
            merged.append(left.popleft())
        while left and left[0].edit.start < end:
            inside = left.popleft().edit
            start, end = min(start, inside.start), max(end, inside.end)
        merged.append(Noise(kind, Edit(start, end, text[start:end], after)))
    return [*merged, *left]


def _source_spans(noise: Sequence[Noise]) -> Callable[[int, int], tuple[int, int]]:
    """What tells where a span of the text without noise lies in the source."""
    edits = [one.edit for one in noise]
    shifts = list(accumulate((end - start - len(after) for start, end, _, after in edits), initial=0))
    starts = [edit.start - shift for edit, shift in zip(edits, shifts, strict=False)]

    def within(number: int, offset: int) -> bool:
        return number >= 0 and offset < starts[number] + len(edits[number].after)

    def source_span(start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(starts, start), bisect_left(starts, end)
        return (
            edits[first - 1].start if within(first - 1, start) else start + shifts[first],
            edits[last - 1].end if within(last - 1, end) else end + shifts[last],
        )

    return source_span


def _markup(text: str) -> Iterator[Noise]:
    end = 0
    # Two patterns that are literals are found far faster than one with a class.
    for at in sorted(match.start() for sign in "<&" for match in re.finditer(sign, text)):
        match = MARKUP.match(text, at) if at >= end else None
        if match is None:
            continue
        start, last, end = match.start(), end, match.end()
        after = _stands_for(match, text)
        if after == "\n":
            # A line ends and begins without the spaces that set the tags apart, but with its indent.
            gap = text[max(last, start - NEAR) : start]
            start -= len(gap) - len(gap.rstrip(BLANKS))
            gap = text[end : end + NEAR]
            end += len(gap) - len(gap.lstrip(BLANKS_OF_TAGS))
        if after is not None:
            yield Noise("markup", Edit(start, end, text[start:end], after))


def _escapes(text: str) -> Iterator[Noise]:
    """Characters as strings of programs have them: Han, and line breaks between sentences in Chinese."""
    if "\\u" in text:
        for match in ESCAPED_HAN.finditer(text):
            after = match[0].encode("ascii").decode("unicode-escape")
            if sum(map(is_han, after)) > 1 and after.isprintable() and not _is_quoted(match, text):
                yield Noise("markup", Edit(*match.span(), match[0], after))
    if "\\n" not in text and "\\r" not in text:
        return
    for match in ESCAPED_BREAK.finditer(text):
        before, following = _around(match, text)
        if not before or not following or before[-1] not in SENTENCE_END + CLOSERS:
            continue
        if is_han(following[0]) or following[0] in OPENERS + BLANKS:
            yield Noise("markup", Edit(*match.span(), match[0], "\n"))


def _is_quoted(match: re.Match[str], text: str) -> bool:
    """Whether quotes stand on both sides, as around a program's own strings."""
    start, end = match.span()
    return text[start - 1 : start] in OPENING_QUOTES and text[end : end + 1] in CLOSING_QUOTES


def _stands_for(match: re.Match[str], text: str) -> str | None:
    """What a piece of markup means in plain text; None where it is no markup after all."""
    if match.lastgroup == "block" or (match.lastgroup == "escaped" and ESCAPED_BLOCK.match(match[0])):
        return "\n" if _between_sentences(match, text) else ""
    if match.lastgroup == "space":
        return " "
    if match.lastgroup == "tagstart":
        return "" if _begins_tag(match[0][1:].lower()) else None
    return _character(match, text) if match.lastgroup == "entity" else ""


def _between_sentences(match: re.Match[str], text: str) -> bool:
    """Whether a block begins or ends here in the middle of a line: behind a whole sentence, or as a pair.

    A tag that strayed into a sentence stands alone; where one block ends and another begins, both meant it.
    """
    before, following = _around(match, text)
    if NEXT_BLOCK.search(match[0]):
        return bool(before and text[match.end() : match.end() + NEAR].strip(" \t"))
    return bool(before and following) and _are_two_lines(before, following)


def _around(match: re.Match[str], text: str) -> tuple[str, str]:
    """The texts next to a tag in its line, on either side; an indent behind it is kept."""
    start, end = match.span()
    before = re.split("[\n\r]", text[max(start - NEAR, 0) : start])[-1]
    following = re.split("[\n\r]", text[end : end + NEAR], maxsplit=1)[0]
    last = next((one for one in reversed(ANY_TAG.split(before)) if one.strip(BLANKS)), "")
    first = next((one for one in ANY_TAG.split(following) if one.strip(BLANKS)), "")
    return last.strip(BLANKS), first.lstrip(BLANKS_OF_TAGS).rstrip(BLANKS)


def _are_two_lines(before: str, following: str) -> bool:
    """Whether no sentence runs over what stands between."""
    if MARK.match(following) or before[-1] in OPENERS:
        return False
    if before[-1] in SENTENCE_END + CLOSERS or following[0] in BLANKS:
        return True
    if starts_anew(following) or stands_alone(before):
        return True
    return join_probability(before, following, (False, False)) < EVEN


def _begins_tag(name: str) -> bool:
    """Whether this is what is left of a tag: `</di`, `<spa`."""
    return name[0] == "/" or any(tag.startswith(name) for tag in TAGS)


def _character(match: re.Match[str], text: str) -> str | None:
    """The character that an entity means, unless it would make new markup of what follows."""
    from html import unescape

    entity = ESCAPED_AMPERSAND.sub("&", match[0])
    meaning = unescape(entity)
    if INVISIBLE.fullmatch(meaning):
        return ""
    if meaning == entity or not meaning.isprintable() or INVISIBLE.search(meaning):
        return None
    return (
        None if meaning in "<&" and _begins_markup(meaning, text[match.end() : match.end() + 40]) else meaning
    )


def _begins_markup(opening: str, following: str) -> bool:
    if not following.strip(" ") or following[0] in "<&\n\r" or INVISIBLE.match(following):
        return True
    if opening == "<":
        return following[0] in "/!" or (following[0].isascii() and following[0].isalpha())
    return MARKUP.match(opening + following) is not None
