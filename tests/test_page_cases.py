"""Each file under fixtures/pages is a test of a whole page; fixtures/README.md has the format."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ykclean import clean

PAGES = Path(__file__).parents[1] / "fixtures" / "pages"
MARKER = re.compile(r"^=== (lines|articles|findings|xfail)(?: (.*))?\n", re.MULTILINE)


def sections(path: Path) -> dict[str, str]:
    """The parts of a case by name, the source among them, and the reason of a known failure."""
    source, *rest = MARKER.split(path.read_text("utf-8"))
    found = {"source": source.removesuffix("\n")}
    for at in range(0, len(rest), 3):
        name, argument, text = rest[at : at + 3]
        found[name] = argument or text.removesuffix("\n")
    return found


def cases() -> list[object]:
    found: list[object] = []
    for path in sorted(PAGES.glob("*.txt")):
        reason = sections(path).get("xfail")
        marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
        found.append(pytest.param(path, id=path.stem, marks=marks))
    return found


@pytest.mark.parametrize("path", cases())
def test_page(path: Path) -> None:
    case = sections(path)
    cleaned = clean(case["source"])
    document = cleaned.document
    if "lines" in case:
        starts = {article.first for article in document.articles[1:]}
        expected = case["lines"].split("\n")
        wanted = [line.partition(" ")[2] for line in expected if line != "---"]
        found: list[str] = []
        for number, paragraph in enumerate(document.paragraphs):
            found += ["---"] if number in starts else []
            beginning = wanted[number] if number < len(wanted) else ""
            shown = beginning if paragraph.text.startswith(beginning) else paragraph.text
            found.append(f"{paragraph.role} {shown}")
        assert found == expected
    if "articles" in case:
        assert "\n---\n".join(article.text for article in cleaned.articles) == case["articles"]
    if "findings" in case:
        lines = [f"{f.code} {case['source'][f.start : f.end]}" for f in cleaned.findings]
        assert "\n".join(lines) == case["findings"]
    assert cleaned.undo().decode() == case["source"]
    assert clean(cleaned.text).text == cleaned.text
