"""What the formats that people read have in common: the mark of a fix, colours, one line a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from ykclean.findings import Finding
    from ykclean.reports import View
    from ykclean.reports.places import Place


def mark(finding: Finding) -> str:
    """Return ``[*]`` for what ``--fix`` mends, nothing for the rest."""
    return " [*]" if finding.edits and finding.safe else ""


def paint(text: str, view: View, **style: bool | str) -> str:
    """Return the text in colour, where the view has colours."""
    return click.style(text, **style) if view.color else text  # type: ignore[arg-type]


def place_of(path: str, place: Place, view: View) -> str:
    """Return ``path:line:column``, which terminals and editors make a link of."""
    return f"{paint(one_line(path), view, bold=True)}:{place.line}:{place.column}"


def said(finding: Finding, view: View) -> str:
    """Return code, mark and message."""
    code = paint(finding.code, view, fg="red", bold=True)
    fix = paint(mark(finding), view, fg="cyan")
    return f"{code}{fix} {one_line(finding.message_in(view.lang))}"


def one_line(text: str) -> str:
    """Return the text with its line breaks and control characters shown, not obeyed."""
    return text if text.isprintable() else "".join(map(shown, text))


def shown(character: str) -> str:
    """Return the character, or a name for it where it cannot be seen."""
    if character.isprintable() or character == "\u3000":
        return character
    return " " if character == "\t" else f"<U+{ord(character):04X}>"
