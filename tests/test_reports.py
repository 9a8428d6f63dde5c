"""The formats of a check, each against what its readers demand."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking_helpers import FINE, PASSAGE, TWICE, checked
from ykclean.baseline import fingerprint
from ykclean.checking import Checked
from ykclean.edits import Edit, Span
from ykclean.findings import Finding
from ykclean.reports import FORMATS, View, renderer
from ykclean.reports.excerpt import excerpt, width
from ykclean.reports.places import Places
from ykclean.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

RULE = {rule.code: rule for rule in RULES}
COMMA = "他说,今天\U00020bb7下雨,明天晴。\n"
STRANGE = "甲%乙:丙,丁\r\n戊::己"


def finding(code: str, text: str, part: str, after: str | None = None, **more: Any) -> Finding:
    start = text.index(part)
    edits = () if after is None else (Edit(start, start + len(part), part, after),)
    detail = tuple("某" for _ in re.findall(r"\{[^}]*\}", RULE[code].message))
    return Finding(RULE[code], start, start + len(part), edits, detail=detail, **more)


def report(form: str, files: Sequence[Checked], view: View | None = None) -> str:
    return "".join(renderer(form)(files, view or View()))


def sample() -> list[Checked]:
    """Files with a fix, a copy of another passage, a finding of several lines, and none at all."""
    lines = "第一行，\n第二行，\n第三行。\n"
    return [
        checked("a.txt", COMMA),
        checked("b c/百分%.txt", TWICE),
        Checked("c.txt", lines, (finding("YK501", lines, "行，\n第二行，\n第"),)),
        Checked("d.txt"),
    ]


@pytest.mark.parametrize("form", FORMATS)
class TestEveryFormat:
    def test_is_whole_without_findings(self, form: str) -> None:
        out = report(form, [Checked("a.txt")])
        if form in ("json", "gitlab"):
            assert json.loads(out) == []
        elif form in ("sarif", "rdjson"):
            assert isinstance(json.loads(out), dict)
        elif form == "junit":
            assert len(ElementTree.fromstring(out).findall(".//testcase")) == 1
        else:
            assert out == ""

    def test_is_deterministic(self, form: str) -> None:
        assert report(form, sample()) == report(form, sample())

    def test_takes_any_text(self, form: str) -> None:
        text = "他说,\x00\x1b[31m\u200b\ufffe\u2028\U000e0001\t\"<&>']]>::%0A,今天。"
        files = [
            Checked(
                "a\n,:%<&>.txt", text, (finding("YK201", text, ",", "，"), finding("YK102", text, "\x1b"))
            )
        ]
        out = report(form, files)
        assert "\x1b" not in out
        assert "\x00" not in out
        if form in ("json", "gitlab", "sarif", "rdjson"):
            json.loads(out)
        elif form == "junit":
            ElementTree.fromstring(out)

    def test_speaks_both_languages(self, form: str) -> None:
        english, chinese = (report(form, sample(), View(lang=lang)) for lang in ("en", "zh"))
        assert english != chinese


class TestFull:
    def test_caret_under_wide_characters(self) -> None:
        first, second = report("full", [checked("a.txt", COMMA)]).split("\n\n")[0].split("\n")[1:3]
        assert first == "1 | 他说,今天\U00020bb7下雨,明天晴。"
        # Both commas are marked: 4 columns of Han before the first, 5 characters of 2 between them.
        assert second == "  | " + " " * 4 + "^" + " " * 10 + "^"

    def test_the_other_copy_is_shown(self) -> None:
        out = report("full", [checked("a.txt", TWICE)])
        assert f"5 | {PASSAGE[:20]}" in out
        assert f"= the other copy: a.txt:1:1 {PASSAGE[:20]}" in out
        assert "= fix (only with --unsafe-fixes)" not in out  # The library calls an exact copy safe.

    def test_a_long_line_is_shown_around_the_place(self) -> None:
        text = "甲" * 500 + ",乙" + "丙" * 500
        out = report("full", [Checked("a.txt", text, (finding("YK201", text, ",", "，"),))], View(width=60))
        line, carets = out.split("\n")[1:3]
        assert width(line) <= 61
        assert line.startswith("1 | …甲")
        assert line.endswith("丙…")
        assert width(line[: line.index(",")]) == carets.index("^")

    def test_a_finding_of_several_lines_says_where_it_ends(self) -> None:
        assert report("full", sample()[2:3]).split("\n")[2] == "  |     ^^^^ to line 3"

    def test_what_cannot_be_seen_is_named(self) -> None:
        text = "中\u200b国"
        out = report("full", [Checked("a.txt", text, (finding("YK102", text, "\u200b", ""),))])
        assert out.split("\n")[1:3] == ["1 | 中<U+200B>国", "  |   ^^^^^^^^"]

    def test_colours_only_where_wanted(self) -> None:
        assert "\x1b[" in report("full", sample(), View(color=True))
        assert "\x1b[" not in report("full", sample())

    def test_an_insertion_is_marked_where_it_goes(self) -> None:
        text = "他说今天下雨"
        found = Finding(RULE["YK207"], 2, 2, (Edit(2, 2, "", "，"),), detail=("，", "，", "，"))
        assert report("full", [Checked("a.txt", text, (found,))]).split("\n")[2] == "  |     ^^"


class TestSarif:
    def test_against_the_published_schema(self) -> None:
        jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema, of the dev extra")
        place = os.environ.get("SARIF_SCHEMA")
        if not place:
            pytest.skip("SARIF_SCHEMA does not name the schema (in npm's @microsoft/jest-sarif)")
        validator = jsonschema.Draft4Validator(json.loads(Path(place).read_text(encoding="utf-8")))
        assert list(validator.iter_errors(json.loads(report("sarif", sample())))) == []

    def test_regions_uris_and_copies(self) -> None:
        run = json.loads(report("sarif", sample()))["runs"][0]
        assert run["columnKind"] == "unicodeCodePoints"
        comma, _, copy, lines = run["results"]
        region = comma["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"], region["endColumn"]) == (1, 3, 4)
        where = copy["locations"][0]["physicalLocation"]
        assert where["artifactLocation"]["uri"] == "b%20c/%E7%99%BE%E5%88%86%25.txt"
        assert copy["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 1
        assert lines["locations"][0]["physicalLocation"]["region"]["endLine"] == 3
        ids = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        assert ids == {result["ruleId"] for result in run["results"]}

    def test_rules_are_described_in_the_language_of_the_messages(self) -> None:
        def described(view: View) -> str:
            run = json.loads(report("sarif", [checked("a.txt", COMMA)], view))["runs"][0]
            text: str = run["tool"]["driver"]["rules"][0]["shortDescription"]["text"]
            return text

        assert described(View(lang="zh")) == "中文里的半角标点 …，应为 …"
        assert described(View()).isascii()


class TestRdjson:
    def test_columns_count_bytes(self) -> None:
        first, second = json.loads(report("rdjson", [checked("a.txt", COMMA)]))["diagnostics"]
        assert first["location"]["range"] == {
            "start": {"line": 1, "column": 7},
            "end": {"line": 1, "column": 8},
        }
        # The character between the commas that lies outside the basic plane takes four bytes.
        assert second["location"]["range"]["start"]["column"] == 7 + 1 + 4 * 3 + 4
        assert first["suggestions"] == [{"range": first["location"]["range"], "text": "，"}]
        assert first["severity"] == "WARNING"

    def test_several_edits_are_one_suggestion(self) -> None:
        text = "甲,乙,丙"
        found = Finding(
            RULE["YK201"], 1, 4, (Edit(1, 2, ",", "，"), Edit(3, 4, ",", "，")), detail=("", "", "")
        )
        (diagnostic,) = json.loads(report("rdjson", [Checked("a.txt", text, (found,))]))["diagnostics"]
        assert [suggestion["text"] for suggestion in diagnostic["suggestions"]] == ["，乙，"]


def test_github_escapes_values_and_properties() -> None:
    text = "他说,好。"
    found = finding("YK201", text, ",")._replace(detail=(STRANGE, STRANGE, STRANGE))
    (line,) = report("github", [Checked("a,b:c.txt", text, (found,))]).splitlines()
    assert line.startswith(
        "::warning title=ykclean (YK201),file=a%2Cb%3Ac.txt,line=1,endLine=1,col=3,endColumn=4::"
    )
    assert "甲%25乙:丙,丁%0D%0A戊::己" in line


def test_github_gives_no_columns_over_several_lines() -> None:
    assert "col=" not in report("github", sample()[2:3])


def test_gitlab_fingerprints_are_unique_and_outlive_edits_elsewhere() -> None:
    text = "他说,好。\n他说,好。\n"
    before = json.loads(report("gitlab", [checked("a.txt", text)]))
    after = json.loads(report("gitlab", [checked("a.txt", FINE + text)]))
    fingerprints = [issue["fingerprint"] for issue in before]
    assert len(set(fingerprints)) == 2
    assert fingerprints == [issue["fingerprint"] for issue in after]
    assert before[0]["location"]["positions"]["begin"] == {"line": 1, "column": 3}


def test_junit_counts() -> None:
    suites = ElementTree.fromstring(report("junit", [*sample(), Checked("e.txt", error="no way in")]))
    numbers = [(suite.get("tests"), suite.get("failures"), suite.get("errors")) for suite in suites]
    assert numbers == [("2", "2", "0"), ("1", "1", "0"), ("1", "1", "0"), ("1", "0", "0"), ("1", "0", "1")]


def test_json_is_one_array_and_jsonl_the_same_by_line() -> None:
    array = json.loads(report("json", sample()))
    assert [json.loads(line) for line in report("jsonl", sample()).splitlines()] == array
    first = array[0]
    assert (first["path"], first["line"], first["column"], first["end_column"]) == ("a.txt", 1, 3, 4)
    assert first["edits"] == [{"start": 2, "end": 3, "before": ",", "after": "，"}]


def test_grouped_and_concise() -> None:
    assert report("concise", sample()).splitlines()[0].startswith("a.txt:1:3: YK201 [*] ")
    lines = report("grouped", sample()).splitlines()
    assert lines[0] == "a.txt:"
    assert lines[1].startswith("  1:3 YK201 [*] ")


@given(st.text(st.sampled_from("甲乙a\U00020bb7\r\n"), max_size=40))
def test_places(text: str) -> None:
    places = Places(text)
    lines = re.split(r"\r\n|\n|\r", text)
    for offset in range(len(text) + 1):
        line, column = places.place(offset)
        start, end = places.line_span(line)
        assert start + column - 1 == offset
        assert text[start:end] == lines[line - 1]
        assert places.byte_column(offset) == len(text[start:offset].encode()) + 1
    for offset in reversed(range(len(text) + 1)):
        start, _ = places.line_span(places.place(offset).line)
        assert places.byte_column(offset) == len(text[start:offset].encode()) + 1


@given(st.text(max_size=80), st.data())
def test_excerpt_fits_and_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line, carets = excerpt(Places(text), [Span(start, end)], 40)
    assert "^" in carets
    assert width(carets) <= width(line) + 1
    assert line.isprintable() or "\u3000" in line
    assert "\n" not in line


def test_fingerprint_knows_the_finding_and_nothing_else() -> None:
    text = "今天上午,镇上的学校开学,孩子们走过石桥。\n第二天,下雨。"
    first = checked("a.txt", text).findings[0]
    shifted = checked("a.txt", "先来一段。\n" + text).findings[0]
    mended = text.replace("学,", "学，")
    assert fingerprint(text, first) == fingerprint("先来一段。\n" + text, shifted)
    assert fingerprint(text, first) == fingerprint(mended, checked("a.txt", mended).findings[0])
    assert len({fingerprint(text, found) for found in checked("a.txt", text).findings}) == 3
