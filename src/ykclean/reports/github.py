"""Workflow commands of GitHub Actions, which it shows as annotations in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.policy import severity
from ykclean.reports import in_repository
from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View

IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
IN_PROPERTY = IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield a command for each finding; columns only where it lies in one line, as GitHub wants it."""
    for file in checked:
        places = Places(file.text)
        for finding in file.findings:
            start, end = places.place(finding.start), places.place(finding.end)
            properties: dict[str, str | int] = {
                "title": f"ykclean ({finding.code})",
                "file": in_repository(file.path),
                "line": start.line,
                "endLine": end.line,
            }
            if start.line == end.line:
                properties |= {"col": start.column, "endColumn": end.column}
            said = ",".join(f"{key}={str(value).translate(IN_PROPERTY)}" for key, value in properties.items())
            message = (
                f"{file.path}:{start.line}:{start.column}: {finding.code} {finding.message_in(view.lang)}"
            )
            yield f"::{severity(finding.code)} {said}::{message.translate(IN_MESSAGE)}\n"
