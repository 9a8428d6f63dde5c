"""Formats: a diff that patch would apply, Markdown that keeps the words, records that come back."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from ykclean.edits import Edit, apply_edits
from ykclean.formats.diff import unified_diff
from ykclean.formats.markdown import to_markdown
from ykclean.formats.records import parse_records, to_json, to_jsonl
from ykclean.written import CleanArticle, CleanParagraph

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
NO_END = "\\ No newline at end of file\n"


class Case(NamedTuple):
    text: str
    edits: list[Edit]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    text = draw(st.text("甲乙,\r\n\n\n", max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text("丙\n", max_size=3))
        if not edits or (edits[-1].end, edits[-1].end) < (start, end):
            edits.append(Edit(start, end, text[start:end], after))
    return Case(text, edits)


def patched(text: str, diff: str) -> str:
    """Apply a unified diff as ``patch`` would, checking every line and count of it."""
    old = re.findall(r"[^\n]*\n|[^\n]+$", text)
    lines = re.findall(r"[^\n]*\n", diff)
    assert "".join(lines) == diff
    new: list[str] = []
    position, at = 0, 2
    while at < len(lines):
        header = HUNK.fullmatch(lines[at])
        assert header, lines[at]
        start, size = int(header[1]), int(header[2] or 1)
        assert int(header[2] or 1) or int(header[4] or 1)
        begin = start - 1 if size else start
        new += old[position:begin]
        assert int(header[3]) == (len(new) + 1 if int(header[4] or 1) else len(new))
        position, at, made = begin, at + 1, len(new)
        while at < len(lines) and not HUNK.fullmatch(lines[at]):
            mark, line = lines[at][0], lines[at][1:]
            if lines[at + 1 : at + 2] == [NO_END]:
                line, at = line[:-1], at + 1
            if mark in " -":
                assert old[position] == line
                position += 1
            if mark in " +":
                new.append(line)
            at += 1
        assert (position - begin, len(new) - made) == (size, int(header[4] or 1))
    return "".join(new + old[position:])


@given(cases())
def test_a_diff_leads_to_the_edited_text(case: Case) -> None:
    diff = unified_diff(case.text, case.edits, "a.txt")
    edited = apply_edits(case.text, case.edits)
    assert (diff == "") == (edited == case.text)
    if diff:
        assert patched(case.text, diff) == edited


def test_a_diff_shows_only_the_lines_that_change() -> None:
    text = "".join(f"第{n}行\n" for n in range(40))
    edits = [Edit(0, 4, "第0行\n", ""), Edit(len(text) - 1, len(text), "\n", "")]
    diff = unified_diff(text, edits, "/tmp/a.txt")
    assert diff.count("@@ -") == 2
    assert "-第0行\n" in diff
    assert "第20行" not in diff
    assert diff.startswith("--- a/tmp/a.txt\n+++ b/tmp/a.txt\n")
    assert diff.endswith("-第39行\n+第39行\n" + NO_END)


def test_many_joined_lines_take_no_quadratic_time() -> None:
    text = "行\n" * 100_000
    edits = [Edit(2 * n + 1, 2 * n + 2, "\n", "") for n in range(100_000)]
    assert unified_diff(text, edits, "a").endswith("+" + "行" * 100_000 + "\n" + NO_END)


def test_markdown_keeps_the_words() -> None:
    paragraphs = (
        CleanParagraph("title", "水*渠*新貌", 0, 1),
        CleanParagraph("byline", "本报记者 尚若溪", 1, 2),
        CleanParagraph("subhead", "一、开渠", 2, 3),
        CleanParagraph("body", "# 不是标题。<b>也不是标签 a_b", 3, 4),
        CleanParagraph("body", "1. 不是列表。", 4, 5),
    )
    article = CleanArticle("水*渠*新貌", "本报记者 尚若溪", paragraphs)
    assert to_markdown([article]) == (
        "# 水\\*渠\\*新貌\n\n*本报记者 尚若溪*\n\n## 一、开渠\n\n"
        "\\# 不是标题。\\<b\\>也不是标签 a\\_b\n\n1\\. 不是列表。\n"
    )
    assert to_markdown([article, article]).count("\n---\n") == 1
    assert to_markdown([]) == ""


def test_records_come_back() -> None:
    records: list[dict[str, Any]] = [
        {"path": "甲.txt", "articles": []},
        {"path": "乙\u2028.txt", "articles": [{"text": "一\n二"}]},
    ]
    lines = "".join(map(to_jsonl, records))
    array = "[\n" + ",\n".join(map(to_json, records)) + "\n]\n"
    assert lines.count("\n") == 2
    assert list(parse_records(lines)) == list(parse_records(array)) == records
