"""Punctuation: how the rules agree with one another, and what any text must survive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ykclean.document import Document, Paragraph, Piece
from ykclean.edits import apply_edits
from ykclean.findings import Finding
from ykclean.rules.punctuation import RULES
from ykclean.settings import Settings
from ykclean.settling import settle
from ykclean.source import from_text

SENTENCES = Path(__file__).parents[2] / "shared" / "punctuation" / "sentences.jsonl"
PROBES = SENTENCES.with_name("probes.jsonl")
needs_sentences = pytest.mark.skipif(not SENTENCES.is_file(), reason="the measuring material is not here")

HALF = str.maketrans("，；：？！（）", ",;:?!()")
QUOTES = HALF | str.maketrans("“”‘’", "\"\"''")

PARTS = [
    *"中国人说的好三一,;:?!().'\"-<，；：？！（）。、“”‘’「」《》…—％．aZ1９Ａの %`&{\n",
    *("...", "--", "1.5", "3:2", "GDP", "http://a.cn", "。。", "，，", "“他", "”。", '""', ", ", " ("),
]
TEXTS = st.lists(st.sampled_from(PARTS), max_size=24).map("".join)


def document(text: str) -> Document:
    """Each line a paragraph: nothing here depends on how paragraphs are read."""
    paragraphs = []
    at = 0
    for line in text.split("\n"):
        stripped = line.strip()
        start = at + len(line) - len(line.lstrip())
        if stripped:
            paragraphs.append(Paragraph(start, start + len(stripped), stripped))
        at += len(line) + 1
    return Document(from_text(text), tuple(paragraphs))


DEFAULT = Settings()


def findings(read: Document, choices: Settings = DEFAULT) -> list[Finding]:
    return sorted((f for rule in RULES for f in rule.find(read, choices)), key=lambda f: (f.start, f.end))


def cleaned(text: str, choices: Settings = DEFAULT) -> str:
    settled = settle([findings(document(text), choices)])
    assert settled.count("superseded", "refused") == 0, "two rules change the same mark"
    return apply_edits(text, settled.edits)


@given(TEXTS, st.sampled_from(["auto", "curly", "corner"]))
@settings(deadline=None)
def test_second_clean_changes_nothing(text: str, quotes: str) -> None:
    choices = Settings(quotes=quotes)  # type: ignore[arg-type]
    once = cleaned(text, choices)
    assert cleaned(once, choices) == once


@given(TEXTS)
@settings(deadline=None)
def test_edits_say_what_stands_in_the_source(text: str) -> None:
    for finding in findings(document(text)):
        assert text[finding.start : finding.end]
        for edit in finding.edits:
            assert text[edit.start : edit.end] == edit.before != edit.after
            assert finding.message_in("en") != finding.message_in("zh")


@given(st.text(alphabet="abc ,.;:?!()\"'-<>[]{}&=/%\n0123456789", max_size=40))
def test_latin_text_has_no_findings(text: str) -> None:
    assert findings(document(text)) == []


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ('"等等,"他说,"船要开了!"', "“等等，”他说，“船要开了！”"),
        ("\"他喊'起锚',我就来了.\"", "“他喊‘起锚’，我就来了。”"),
        ("渔业协会(UCW),2011年合并--至今...", "渔业协会（UCW），2011年合并——至今……"),
        ("卸完,，离港。.天黑；;", "卸完，离港。天黑；"),
        ("２０１４年,吞吐１８．４％;比分５：３.", "2014年，吞吐18.4%；比分5:3。"),
    ],
)
def test_rules_together(damaged: str, whole: str) -> None:
    assert cleaned(damaged) == whole


def test_marks_beside_a_removed_stretch_keep_their_place() -> None:
    text = "船到了,\u200b他\u200b说:&quot;好"
    pieces = (
        Piece(0, 0, 4),
        Piece(4, 5, 6),
        Piece(5, 7, 9),
        Piece(7, 9, 15, verbatim=False),
        Piece(8, 15, 16),
    )
    read = Document(from_text(text), (Paragraph(0, 16, '船到了,他说:"好', pieces),))
    assert [(f.code, f.start, f.end) for f in findings(read)] == [
        ("YK201", 3, 4),
        ("YK201", 8, 9),
        ("YK206", 9, 15),
    ]


def test_quotes_follow_the_setting() -> None:
    assert cleaned('他说"好"。', Settings(quotes="corner")) == "他说「好」。"
    assert cleaned('他說「好」，"好"。', Settings(quotes="curly")) == "他說「好」，“好”。"


def test_a_quotation_is_followed_over_few_paragraphs_only() -> None:
    far = "他说：“先等等。" + "\n船开了。" * 20 + "\n好”"
    assert [far[f.start] for f in findings(document(far))] == ["“", "”"]


@pytest.mark.parametrize(
    "unit",
    ["中,", ",", "中(", ")", '"', "中“", "”", "中.", "--", "http://", "`", "<a", '="', "](", "１，", "“中\n"],
)
def test_no_run_of_marks_takes_minutes(unit: str) -> None:
    size = 100_000 // len(unit)
    assert len(findings(document("中" + unit * size))) <= 3 * size


@needs_sentences
@pytest.mark.parametrize(("mode", "floor"), [("half", 0.995), ("quotes", 0.99), ("ascii", 0.97)])
def test_degraded_sentences_come_back(mode: str, floor: float) -> None:
    wanted = [json.loads(line)["gold"] for line in SENTENCES.read_text("utf-8").splitlines()[::10]]
    assert sum(cleaned(degraded(text, mode)) == text for text in wanted) >= floor * len(wanted)


def degraded(text: str, mode: str) -> str:
    if mode == "ascii":
        text = text.replace("——", "--").replace("……", "......").replace("。", ".")
    return text.translate(HALF if mode == "half" else QUOTES)


@needs_sentences
def test_fine_sentences_stay() -> None:
    for line in SENTENCES.read_text("utf-8").splitlines():
        text = json.loads(line)["gold"]
        assert [f for f in findings(document(text)) if f.edits] == []


@needs_sentences
@pytest.mark.parametrize("line", PROBES.read_text("utf-8").splitlines() if PROBES.is_file() else [])
def test_pitfalls(line: str) -> None:
    probe = json.loads(line)
    assert cleaned(probe["input"]) in probe["accepted"]
