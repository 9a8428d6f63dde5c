"""Each file under fixtures/cases is a test; fixtures/README.md has the format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from ykclean import Settings, clean

CASES = Path(__file__).parents[1] / "fixtures" / "cases"
MARKER = re.compile(r"^=== (output|findings|xfail)(?: (.*))?\n", re.MULTILINE)
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([nrt\\]))")


class Case(NamedTuple):
    source: str
    output: str | None
    findings: list[str] | None
    xfail: str | None


def unescape(text: str) -> str:
    def one(m: re.Match[str]) -> str:
        return (
            chr(int(m[1] or m[2], 16))
            if m[1] or m[2]
            else {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}[m[3]]
        )

    return ESCAPE.sub(one, text)


def load(path: Path) -> Case:
    raw = path.read_bytes().decode("utf-8")
    escapes = raw.startswith("#! escapes\n")
    source, *rest = MARKER.split(raw.removeprefix("#! escapes\n"))
    sections = {rest[i]: (rest[i + 1], rest[i + 2].removesuffix("\n")) for i in range(0, len(rest), 3)}
    plain = unescape if escapes else str
    findings = sections.get("findings")
    return Case(
        plain(source.removesuffix("\n")),
        plain(sections["output"][1]) if "output" in sections else None,
        [unescape(line) for line in findings[1].split("\n") if line] if findings else None,
        sections["xfail"][0] if "xfail" in sections else None,
    )


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(CASES.glob("*/*.txt")):
        xfail = load(path).xfail
        marks = [pytest.mark.xfail(reason=xfail, strict=True)] if xfail else []
        found.append(pytest.param(path, id=f"{path.parent.name}-{path.stem}", marks=marks))
    return found


@pytest.mark.parametrize("path", cases())
def test_case(path: Path) -> None:
    case = load(path)
    code = path.parent.name
    cleaned = clean(case.source, Settings(select=(code,)))
    assert cleaned.text == (case.source if case.output is None else case.output)
    found = [case.source[f.start : f.end] for f in cleaned.findings]
    if case.findings is not None:
        assert found == case.findings
    elif case.output is None:
        assert found == []
    else:
        assert found
    assert cleaned.undo().decode("utf-8", "surrogatepass") == case.source
