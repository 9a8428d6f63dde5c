"""What a check reports unasked, and what ``--fix`` may do unasked. ``docs/check.md`` gives the reasons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ykclean.settings import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.config import Config
    from ykclean.findings import Finding
    from ykclean.prose import Kind
    from ykclean.settings import Settings

SELECT = ("YK0", "YK1", "YK2", "YK3", "YK401", "YK5")
"""The rules of a check. Several articles in a file (YK601) are no damage in a file that people keep so,
and the passages of an article that stands twice (YK402) are found by YK401 as well."""

OF_ARTICLES = {"YK402": "duplicate-article", "YK601": "several-articles"}
"""The rules that need to know where articles begin, which takes most of the time of reading a file."""

UNSAFE = ("YK4", "YK6")
"""Never fixed unasked, however sure: these remove or move whole passages."""

REPORTED = ("YK001", "YK206", "YK5")
"""The rules that have no edit: what was lost or is missing, no program can bring back."""

SURE = 0.8
"""The least confidence of a finding that a check reports, where its rule states one."""

NOT_IN_MARKDOWN = {
    "YK101": "markup-debris",
    "YK301": "broken-line",
    "YK302": "stray-space",
    "YK402": "duplicate-article",
    "YK501": "truncated-text",
    "YK502": "orphan-text",
    "YK601": "several-articles",
}
"""In Markdown, tags and entities are markup, line breaks are the author's, and a paragraph may end in
a list or a block of code."""


def settings_for(path: str, kind: Kind, config: Config) -> Settings:
    """Return the settings of a check of one file.

    What is off in Markdown is on there only where it is chosen by its own code or name.
    """
    settings = config.settings_for(path, SELECT)
    if kind == "markdown":
        settings = replace(settings, ignore=(*settings.ignore, *_off_in_markdown(config)))
    if not any(settings.wants(code, name) for code, name in OF_ARTICLES.items()):
        settings = replace(settings, min_article_confidence=NEVER)
    return settings


def _off_in_markdown(config: Config) -> Iterator[str]:
    chosen = {*(config.select or ()), *config.extend_select}
    return (code for code, name in NOT_IN_MARKDOWN.items() if chosen.isdisjoint((code, name)))


def severity(code: str) -> Literal["error", "warning"]:
    """How bad it is: words that are lost, garbled or doubled are errors, the rest are warnings."""
    return "error" if code.startswith(("YK0", "YK4", "YK5")) else "warning"


def judged(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Yield the findings that a check reports, each with ``safe`` as the check understands it."""
    for finding in findings:
        action = config.action(finding.code, finding.name) if config.actions else None
        if action == "report":
            yield finding._replace(edits=())
        elif action == "fix":
            yield finding._replace(safe=True)
        elif finding.confidence is not None and finding.confidence < SURE:
            continue
        elif finding.safe and finding.code.startswith(UNSAFE):
            yield finding._replace(safe=False)
        else:
            yield finding
