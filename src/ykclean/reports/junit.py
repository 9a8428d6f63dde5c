"""JUnit XML: a test suite for each file, a failed test for each finding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ykclean.reports.places import Places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.reports import View

# XML 1.0 has no way to write these, not even as references.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the document; a file without findings is a test that passed."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ykclean">\n'
    for file in checked:
        failures = len(file.findings)
        error = int(file.error is not None)
        yield (
            f"  <testsuite name={_quoted(file.path)} tests={_quoted(max(failures, 1))}"
            f' failures={_quoted(failures)} errors="{error}">\n'
        )
        yield from _failures(file, view)
        if not failures:
            trouble = f"<error message={_quoted(file.error)}/>" if file.error else ""
            yield f'    <testcase name="ykclean" classname={_quoted(file.path)}>{trouble}</testcase>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _failures(file: Checked, view: View) -> Iterator[str]:
    places = Places(file.text)
    for finding in file.findings:
        line, column = places.place(finding.start)
        message = finding.message_in(view.lang)
        yield (
            f"    <testcase name={_quoted(finding.code)} classname={_quoted(file.path)}"
            f' line="{line}" column="{column}">'
            f"<failure type={_quoted(finding.name)} message={_quoted(message)}>"
            f"{_text(f'{file.path}:{line}:{column}: {message}')}</failure></testcase>\n"
        )


def _text(value: object) -> str:
    return escape(NOT_IN_XML.sub("\ufffd", str(value)))


def _quoted(value: object) -> str:
    return quoteattr(NOT_IN_XML.sub("\ufffd", str(value)))
