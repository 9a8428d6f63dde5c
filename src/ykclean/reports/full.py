"""A block a finding: message, the line of the source with the place marked, the fix, the other copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ykclean.reports.excerpt import excerpt, shorten
from ykclean.reports.lines import paint, place_of, said
from ykclean.reports.places import Places
from ykclean.reports.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ykclean.checking import Checked
    from ykclean.edits import Edit
    from ykclean.findings import Finding
    from ykclean.reports import View

LONGEST_FIX = 24
"""The longest text, in characters, of which a fix is shown whole."""


class Page(NamedTuple):
    """What the blocks of one file need."""

    path: str
    places: Places
    view: View


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the blocks; findings of one rule that stand close to one another in a line share one."""
    for file in checked:
        page = Page(file.path, Places(file.text), view)
        for group in _groups(file.findings, page):
            yield "\n".join((*_block(group, page), "", ""))


def _groups(findings: Sequence[Finding], page: Page) -> Iterator[list[Finding]]:
    group: list[Finding] = []
    for finding in findings:
        if group and not _together(group[0], finding, page):
            yield group
            group = []
        group.append(finding)
    if group:
        yield group


def _together(first: Finding, other: Finding, page: Page) -> bool:
    if first.code != other.code or first.of or other.of or other.end - first.start > page.view.width // 4:
        return False
    place = page.places.place
    return place(first.start).line == place(other.end).line and first.safe == other.safe


def _block(group: Sequence[Finding], page: Page) -> Iterator[str]:
    first, view = group[0], page.view
    words = WORDS[view.lang]
    start = page.places.place(first.start)
    more = f" ({words['more'].format(len(group) - 1)})" if len(group) > 1 else ""
    yield f"{place_of(page.path, start, view)}: {said(first, view)}{more}"
    number = str(start.line)
    margin = " " * len(number)
    bar = paint("|", view, fg="blue", bold=True)
    line, carets = excerpt(page.places, [finding.span for finding in group], view.width - len(number) - 4)
    yield f"{paint(number, view, fg='blue', bold=True)} {bar} {line}"
    yield f"{margin} {bar} {paint(carets, view, fg='red', bold=True)}{_until(first, page)}"
    for note in _notes(first, page):
        yield f"{margin} {paint('=', view, fg='blue', bold=True)} {note}"


def _until(finding: Finding, page: Page) -> str:
    """Where a finding of several lines ends."""
    last = page.places.place(max(finding.end - 1, finding.start)).line
    if last == page.places.place(finding.start).line:
        return ""
    return f" {WORDS[page.view.lang]['until'].format(last)}"


def _notes(finding: Finding, page: Page) -> Iterator[str]:
    words = WORDS[page.view.lang]
    if finding.of:
        start, end = finding.of
        line, column = page.places.place(start)
        beginning = shorten(page.places.text[start:end], page.view.width // 4)
        yield f"{words['kept']}: {page.path}:{line}:{column} {beginning}"
    if finding.edits and not _says_the_fix(finding, page.view):
        yield f"{words['fix' if finding.safe else 'unsafe_fix']}: {_fix(finding.edits, words)}"


def _says_the_fix(finding: Finding, view: View) -> bool:
    """Whether the message ends with what is put in place of what was found."""
    after = finding.edits[0].after
    return bool(
        finding.safe and len(finding.edits) == 1 and after and finding.message_in(view.lang).endswith(after)
    )


def _fix(edits: Sequence[Edit], words: Mapping[str, str]) -> str:
    _, _, before, after = edits[0]
    before, after = (_visible(text) for text in (before, after))
    if not after:
        what = f"{words['remove']} {before}"
    else:
        what = f"{before} → {after}" if before else f"{words['insert']} {after}"
    return f"{what}, {words['more_edits'].format(len(edits) - 1)}" if len(edits) > 1 else what


def _visible(text: str) -> str:
    """The text, shortened; white space alone by its code points."""
    if text.isspace() and len(text) <= LONGEST_FIX:
        return "".join(f"<U+{ord(character):04X}>" for character in text)
    return shorten(text, LONGEST_FIX)
