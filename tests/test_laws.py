"""What holds for every text, whatever is wrong with it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

import ykclean
from ykclean.source import BinaryError

SENTENCES = [
    "渡口管理所的负责人介绍，今年以来已经运送旅客三万多人。",
    "“半年没开船了，”老船工范大有说，“街上冷清得很！”",
    "新船预计月底到货,届时每天的班次将增加一倍;票价不变。",
    '他说:"总算开了--真不容易..."',
    "首批旅客（三百余人)昨天上午８：３０登船,增长13．9％。",
    "「總算開了！」老船工的女兒說，「等了半年。」",
]
DAMAGE = [
    "\n",
    "\n\n",
    "\r\n",
    "\u3000\u3000",
    " ",
    "  \n",
    "</",
    "</p>",
    "&nbsp;",
    "<p",
    "<br/>",
    "&amp;",
    "\u200b",
    "\ufeff",
    "，",
    ",",
    "。",
    ".",
    "“",
    "”",
    '"',
    "(",
    "）",
    "……",
    "...",
    "--",
    "；；",
    "１",
    "A",
    "7",
    "渡口今天恢复通航",
    "本报记者 范小舟",
    "一、",
    "undefined",
    "[查看全文]",
    "\x00",
    "\ufffd",
    "锟斤拷",
    ":)",
    "http://example.com/?a=1,2",
    "﹐",
    "﹖",
    "﹁",
    "﹂",
    "⼈",
    "⼀、",
    "\ue5e5",
    "\\u6e21\\u8f6e",
    "\\u3002",
    "[b]",
    "[/b]",
    "ÐÂÎÅ£¬",
    "\xad",
]
texts = st.lists(st.one_of(st.sampled_from(SENTENCES), st.sampled_from(DAMAGE)), max_size=14).map("".join)
pasted = st.builds(lambda a, b, c: f"{a}\n{b}\n{a}{c}", texts, texts, texts)
anything = st.one_of(texts, pasted, st.text(max_size=60))


def check_edits(cleaned: ykclean.Cleaned) -> None:
    text = cleaned.source.text
    for edit in cleaned.settled.edits:
        assert 0 <= edit.start <= edit.end <= len(text)
        assert text[edit.start : edit.end] == edit.before != edit.after
    for one, other in pairwise(cleaned.settled.edits):
        assert one.end <= other.start


def check_findings(cleaned: ykclean.Cleaned) -> None:
    text = cleaned.source.text
    for finding in cleaned.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.of is None or 0 <= finding.of.start < finding.of.end <= len(text)
        assert finding.message
        assert finding.message_in("zh")


def covered(document: ykclean.Document) -> list[bool]:
    """For each character of the source whether a paragraph, a join or a piece of noise has it."""
    marks = [c.isspace() for c in document.text]
    spans = [(n.edit.start, n.edit.end) for n in document.noise]
    spans += [(j.edit.start, j.edit.end) for j in document.joins]
    for p in document.paragraphs:
        spans += [(piece.start, piece.end) for piece in p.pieces] or [(p.start, p.end)]
    for start, end in spans:
        marks[start:end] = [True] * (end - start)
    return marks


@given(anything)
@settings(max_examples=200, deadline=None)
@example("")
@example("\ufeff")
@example("。\n，\n”")
def test_any_text_is_read_whole_and_edited_soundly(text: str) -> None:
    cleaned = ykclean.clean(text)
    check_edits(cleaned)
    check_findings(cleaned)
    assert all(covered(cleaned.document))
    assert cleaned.undo() == cleaned.source.raw


marks = st.sampled_from(
    ["", ",", ";", "...", "--", "１２", "</p>", "&nbsp;", "\u200b", "  ", ":)", "13．9％", "（", '"']
)
edges = st.lists(st.tuples(marks, marks), min_size=len(SENTENCES), max_size=len(SENTENCES))
separators = st.sampled_from(["\n", "\n\n", "\r\n", "\n\u3000\u3000", ""])


def check_second_clean(text: str) -> None:
    once = ykclean.clean(text).text
    again = ykclean.clean(once)
    assert again.text == once, [f for f, outcome in again.judged if outcome == "applied"]


@given(st.permutations(SENTENCES), edges, separators)
@settings(max_examples=150)
def test_a_second_clean_changes_nothing(
    sentences: list[str], around: list[tuple[str, str]], separator: str
) -> None:
    lines = [before + line + after for line, (before, after) in zip(sentences, around, strict=True)]
    check_second_clean(separator.join(lines))


PASTED = [
    "县里的老渡口昨天恢复通航，首批三百多名旅客登船过江，两岸的居民敲锣打鼓，比过年还要热闹。",
    "管理所的负责人说，新添的两条船都装了救生设备，每天开四十个班次，早晚各加开一班。",
    "老船工范大有在江上撑了四十年船，他说自己等这一天等了整整半年，往后再也不用绕远路了。",
    "下一步，所里打算把码头的台阶全部换成防滑的石板，再修一座能坐下百来人的候船室。",
]


@given(st.permutations(PASTED), st.integers(1, 3), st.sampled_from(["\n", "\n\n"]))
@settings(max_examples=60)
def test_a_second_clean_after_copies_went_changes_nothing(
    passages: list[str], copied: int, separator: str
) -> None:
    check_second_clean(separator.join([*passages, "".join(passages[:copied])]))


@given(st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_result_or_a_clear_error(raw: bytes) -> None:
    try:
        cleaned = ykclean.clean(raw)
    except BinaryError:
        return
    check_edits(cleaned)
    assert cleaned.undo() == raw


@given(anything)
@settings(max_examples=50, deadline=None)
def test_safe_edits_alone_are_sound_too(text: str) -> None:
    from ykclean.engine import judge, read
    from ykclean.settling import settle

    document = read(text)
    settled = settle(judge(document), unsafe=False)
    check_edits(ykclean.Cleaned(document, settled))


@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True), st.sampled_from(["\n", "\n\n"])
)
@settings(max_examples=50, deadline=None)
def test_paragraphs_map_to_the_source(sentences: list[str], separator: str) -> None:
    text = separator.join(sentences)
    document = ykclean.read(text)
    for paragraph in document.paragraphs:
        for offset in range(0, len(paragraph.text), 7):
            span = paragraph.source_span(offset, offset + 1)
            assert text[span.start : span.end] == paragraph.text[offset]
