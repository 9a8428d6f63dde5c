"""Which passages are given up, in source offsets, and what is left."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ykclean.document import Article, Document, Paragraph, Piece, Repeat
from ykclean.edits import Edit, Span, apply_edits
from ykclean.repeats import find_repeats
from ykclean.rules.duplication import RULES
from ykclean.settings import Settings
from ykclean.source import from_text

A = "凌晨四点，渔港码头的灯全亮了。老陈把最后一筐梭子蟹搬上岸，蹲在船头抽了根烟。"
B = "码头对面的冷库门口排着七八辆货车，司机们靠着车门打盹。等蟹过完秤，他们要赶在天亮前把货送到市里。"
C = "太阳升起来的时候，码头又安静了，只剩下几只海鸥在船舷上走来走去。"
PASTED = st.lists(
    st.sampled_from([A, B, C, A[5:], B[:-12], A[:15], B[27:], "小标题", A.replace("，", ","), A + B]),
    min_size=1,
    max_size=9,
).map("\n".join)


def lines(text: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(m.start(), m.end(), m[0]) for m in re.finditer(r"\S(?:[^\r\n]*\S)?", text))


def repeats(text: str) -> tuple[Repeat, ...]:
    return find_repeats(text, lines(text), Settings())


def given_up(text: str) -> list[str]:
    return [text[r.copy.start : r.copy.end] for r in repeats(text)]


def cleaned(text: str) -> tuple[list[str], str]:
    """The codes found, and the text without the copies."""
    paragraphs = lines(text)
    found = find_repeats(text, paragraphs, Settings())
    document = Document(from_text(text), paragraphs, (Article(0, len(paragraphs)),), repeats=found)
    findings = sorted((f for rule in RULES for f in rule.find(document, Settings())), key=lambda f: f.start)
    return [f.code for f in findings], apply_edits(text, [e for f in findings for e in f.edits])


@given(PASTED)
@settings(max_examples=150, deadline=None)
def test_laws(text: str) -> None:
    found = repeats(text)
    assert list(found) == sorted(found)
    for before, after in pairwise(found):
        assert before.copy.end <= after.copy.start
    for copy, kept, _ in found:
        assert 0 <= copy.start < copy.end <= len(text)
        assert 0 <= kept.start < kept.end <= len(text)
        assert text[copy.start : copy.end] == text[copy.start : copy.end].strip()
    _, once = cleaned(text)
    assert cleaned(once)[1] == once


@given(PASTED)
@settings(max_examples=60, deadline=None)
def test_safe_copies_lose_no_letter(text: str) -> None:
    for copy, kept, safe in repeats(text):
        if safe:
            gone = re.sub(r"\W", "", text[copy.start : copy.end])
            left = re.sub(r"\W", "", text[kept.start : kept.end])
            at = 0
            for letter in gone:
                at = left.index(letter, at) + 1


def test_no_paragraphs() -> None:
    assert find_repeats("", (), Settings()) == ()


def test_first_of_equals_is_kept() -> None:
    text = f"{A}\n{B}\n{C}\n{A}\n{B}"
    second = text.rindex(A)
    assert repeats(text) == (Repeat(Span(second, len(text)), Span(0, len(A) + 1 + len(B)), True),)


def test_kept_passage_reads_from_its_sentence_on() -> None:
    text = f"{A}\n{B}\n{C}\n{A[5:]}\n{B}"
    assert repeats(text)[0].kept.start == 0


def test_copies_of_copies_keep_the_same_passage() -> None:
    text = "\n".join([A, B] + [C, A, B] * 3)
    kept = {r.kept for r in repeats(text) if text[r.copy.start : r.copy.end].startswith(A[:4])}
    assert {span.start for span in kept} == {0}


def test_what_was_joined_wrongly_comes_apart_again() -> None:
    """The last line of a cut article and the first of the copy were read as one paragraph."""
    cut = "码头的喇叭响起来，是今天最后一班渡"
    text = f"{A}\n{B}\n{cut}\n{A}\n{B}\n{C}"
    first, second, third, fourth, *rest = lines(text)
    pieces = (Piece(0, third.start, third.end), Piece(len(cut), fourth.start, fourth.end))
    joined = Paragraph(third.start, fourth.end, third.text + fourth.text, pieces)
    found = find_repeats(text, (first, second, joined, *rest), Settings())
    assert [text[r.copy.start : r.copy.end] for r in found] == [f"{A}\n{B}"]


def test_shorter_than_the_setting() -> None:
    text = f"{A}\n{B}\n{C}\n{A}\n{B}"
    assert find_repeats(text, lines(text), Settings(min_duplicate=200)) == ()


@pytest.mark.parametrize("times", [2, 3, 50])
def test_one_paragraph_again_and_again(times: int) -> None:
    text = "\n".join([A] * times)
    assert given_up(text) == [A] * (times - 1)
    assert cleaned(text) == (["YK401"] * (times - 1), A)


@pytest.mark.parametrize("block", [[A], [A, B, C], ["渔港一瞥", A, B], [A, A, B], [A, B, A, C]])
def test_a_block_ten_thousand_times(block: list[str]) -> None:
    text = "\n".join(block * 10_000)
    found = repeats(text)
    left = apply_edits(text, [Edit(r.copy.start, r.copy.end, text[slice(*r.copy)], "") for r in found])
    lines_left = [line for line in left.split("\n") if line]
    assert set(lines_left) == set(block)
    assert len(lines_left) <= len(block)


def test_reports_in_one_form_take_no_minutes() -> None:
    text = "\n".join(f"{A}{B}今年的第{n}项工作已经完成，群众表示满意。" for n in range(20_000))
    assert repeats(text) == ()


@pytest.mark.parametrize(
    ("comma", "end"), [("，", "。"), (",", "."), ("，", "……"), (",", "..."), ("--", '."')]
)
@pytest.mark.parametrize("between", ["", "\n", f"\n{C}\n"])
def test_the_width_of_marks_changes_nothing(comma: str, end: str, between: str) -> None:
    passage = f"新船预计月底到货{comma}届时每天的班次将增加一倍{end}老船工范大有说{comma}街上冷清得很{end}"
    text = f"{passage}{between}{passage}渡口今天恢复通航。"
    assert given_up(text) == ([passage] if len(between) < 2 else [])


def test_whole_article_goes_with_its_header() -> None:
    text = f"码头的清晨\n{A}\n{B}\n\n村里的晚上\n{C}\n\n渔港一瞥\n{A}\n{B}"
    titles = {0, 3, 5}
    paragraphs = tuple(
        p._replace(role="title") if number in titles else p for number, p in enumerate(lines(text))
    )
    articles = (Article(0, 3, "码头的清晨"), Article(3, 5, "村里的晚上"), Article(5, 8, "渔港一瞥"))
    found = find_repeats(text, paragraphs, Settings())
    document = Document(from_text(text), paragraphs, articles, repeats=found)
    (finding,) = (f for rule in RULES for f in rule.find(document, Settings()))
    assert (finding.code, finding.safe) == ("YK402", False)
    assert text[finding.start : finding.end] == f"渔港一瞥\n{A}\n{B}"
    assert apply_edits(text, finding.edits) == text[: text.index("\n\n渔港一瞥")]


def test_layout_is_as_if_it_had_never_been_pasted() -> None:
    text = f"　　{A}\r\n\r\n　　{B}\r\n\r\n　　{C}\r\n\r\n　　{A}{B}\r\n\r\n　　{C}\r\n"
    assert cleaned(text) == (["YK401"], f"　　{A}\r\n\r\n　　{B}\r\n\r\n　　{C}\r\n")


def test_what_is_outside_of_copies_in_a_paragraph_of_several_lines() -> None:
    paragraph = Paragraph(0, 5, "他说好").joined(Paragraph(7, 9, "的。"), Edit(5, 7, "\n\n", " "))
    paragraph = paragraph._replace(pieces=(Piece(0, 0, 3), *paragraph.pieces[1:]))
    assert paragraph.outside([]) == "他说好 的。"
    assert paragraph.outside([Span(1, 3)]) == "他 的。"
    assert paragraph.outside([Span(2, 8)]) == "他说。"
    assert paragraph.outside([Span(0, 1), Span(8, 12)]) == "说好 的"
    assert paragraph.outside([Span(0, 9)]) == ""


def test_many_copies_in_a_paragraph_of_many_pieces_take_no_minutes() -> None:
    count = 60_000
    pieces = tuple(Piece(2 * n, 3 * n, 3 * n + 2) for n in range(count))
    paragraph = Paragraph(0, 3 * count, "说好" * count, pieces)
    assert paragraph.outside([Span(6 * n, 6 * n + 1) for n in range(count // 2)]) == "好说好" * (count // 2)
