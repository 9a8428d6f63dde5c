"""The last lines of a check: how much was found, fixed, and left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.reports.lines import paint
from ykclean.reports.words import WORDS, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ykclean.checking import Checked
    from ykclean.cli.checks import Tally
    from ykclean.reports import View


def summary(tally: Tally, view: View, *, diff: bool = False) -> str:
    """Return what a person wants to know in the end, in one line."""
    words, lang = WORDS[view.lang], view.lang
    sentences = []
    if tally.fixed:
        sentences.append(words["would_fix" if diff else "fixed"].format(count(tally.fixed, "problem", lang)))
    if tally.found:
        problems, files = count(tally.found, "problem", lang), count(tally.with_findings, "file", lang)
        sentences.append(paint(words["found"].format(problems, files), view, bold=True))
        sentences += _fixable(tally, view)
    elif tally.files and not tally.fixed:
        sentences.append(words["clean"].format(count(tally.files, "file", lang)))
    elif not (tally.fixed or tally.failed or tally.left_alone):
        sentences.append(words["nothing"])
    if tally.failed:
        sentences.append(words["failed"].format(count(tally.failed, "file", lang)))
    if tally.known:
        sentences.append(words["known"].format(count(tally.known, "problem", lang)))
    if tally.left_alone:
        sentences.append(words["left_alone"].format(count(tally.left_alone, "file", lang)))
    return ("" if lang == "zh" else " ").join(sentences)


def _fixable(tally: Tally, view: View) -> Iterator[str]:
    words = WORDS[view.lang]
    parts = []
    if tally.safe:
        parts.append(words["fixable"].format(f"{tally.safe:,}"))
    if tally.unsafe:
        parts.append(words["unsafe"].format(f"{tally.unsafe:,}"))
    if parts:
        yield "，".join(parts) + "。" if view.lang == "zh" else ", ".join(parts) + "."


def statistics(checked: Iterable[Checked], tally: Tally, form: str, view: View) -> Iterator[str]:
    """Yield how often each rule found something, the most frequent first."""
    for _ in checked:
        pass
    counts = sorted(tally.by_rule.items(), key=lambda item: (-item[1], item[0]))
    if form in ("json", "jsonl"):
        import json

        yield json.dumps([{"code": code, "name": name, "count": n} for (code, name), n in counts]) + "\n"
        return
    for (code, name), number in counts:
        yield f"{number:>7} {paint(code, view, fg='red', bold=True)} {name}\n"
