"""SARIF 2.1.0 (OASIS). Its columns count code points, as ``columnKind`` says."""

from __future__ import annotations

import json
from collections import Counter
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import quote

from ykclean.baseline import fingerprint
from ykclean.policy import severity
from ykclean.reports import in_repository
from ykclean.reports.places import Places
from ykclean.reports.words import in_chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from ykclean.checking import Checked
    from ykclean.findings import Finding, Rule
    from ykclean.reports import View

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(checked: Iterable[Checked], view: View) -> Iterator[str]:
    """Yield the log."""
    results: list[dict[str, Any]] = []
    rules: dict[str, Rule] = {}
    for file in checked:
        rules |= {finding.code: finding.rule for finding in file.findings}
        results += _results(file, view)
    driver = {
        "name": "ykclean",
        "version": version("ykclean"),
        "rules": [_rule(rules[code], view) for code in sorted(rules)],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False) + "\n"


def _rule(rule: Rule, view: View) -> dict[str, Any]:
    from inspect import cleandoc

    text = cleandoc(rule.find.__doc__ or "")
    summary = in_chinese(rule) if view.lang == "zh" else text.split("\n\n")[0]
    return {
        "id": rule.code,
        "name": "".join(map(str.capitalize, rule.name.split("-"))),
        "shortDescription": {"text": summary or rule.name},
        "help": {"text": text or rule.name, "markdown": text or rule.name},
        "defaultConfiguration": {"level": severity(rule.code)},
    }


def _results(file: Checked, view: View) -> Iterator[dict[str, Any]]:
    places = Places(file.text)
    artifact = {"uri": quote(in_repository(file.path))}
    seen: Counter[str] = Counter()
    for finding in file.findings:
        known = fingerprint(file.text, finding)
        seen[known] += 1
        result = {
            "ruleId": finding.code,
            "level": severity(finding.code),
            "message": {"text": finding.message_in(view.lang)},
            "locations": [_location(artifact, finding.start, finding.end, places)],
            "partialFingerprints": {"ykclean/v1": f"{known}:{seen[known]}"},
        }
        if finding.of:
            result["relatedLocations"] = [_location(artifact, *finding.of, places)]
        if finding.edits:
            result["fixes"] = [_fix(artifact, finding, places)]
        yield result


def _location(artifact: dict[str, str], start: int, end: int, places: Places) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(start, end, places)}}


def _fix(artifact: dict[str, str], finding: Finding, places: Places) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(start, end, places), "insertedContent": {"text": after}}
        for start, end, _, after in finding.edits
    ]
    return {"artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}]}


def _region(start: int, end: int, places: Places) -> dict[str, int]:
    first, last = places.place(start), places.place(end)
    return {
        "startLine": first.line,
        "startColumn": first.column,
        "endLine": last.line,
        "endColumn": last.column,
        "charOffset": start,
        "charLength": end - start,
    }
