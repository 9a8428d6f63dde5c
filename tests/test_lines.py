"""Lines, paragraphs, and whether a sentence runs over a line break."""

from __future__ import annotations

import random
from math import log2

import pytest

from ykclean.breaks import FIRST, FOLLOWING, LAST, Around, characters, edges_of, facts, look_around
from ykclean.cuts import Cuts
from ykclean.engine import read
from ykclean.flow import ALIKE, CROWD, FACTS, UNLIKE, Headings, Nearby, go_together, judge
from ykclean.lines import layout_of, read_lines
from ykclean.network import Network
from ykclean.ngrams import CLOSING, OPENING, TITLE, WORD, news_ngrams, pack, unpack
from ykclean.orphans import stray_closer
from ykclean.paragraphs import REACH, joins_near

SENTENCE = "渡口管理所的负责人昨天介绍说，今年以来已经运送旅客三万多人。"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_lines_know_their_place_indent_and_breaks(line_break: str) -> None:
    text = f"{line_break}　　渡口{line_break} {line_break}恢复 {line_break}"
    lines = read_lines(text, ())
    assert [text[line.start : line.end] for line in lines] == ["渡口", "恢复"]
    assert [line.indent for line in lines] == [2, 0]
    assert [line.breaks for line in lines] == [1, 2]


def test_wide_gaps_behind_sentences_part_a_text_without_line_breaks() -> None:
    text = "\u3000\u3000".join([SENTENCE] * 4)
    assert [line.text for line in read_lines(text, ())] == [SENTENCE] * 4


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("水退了。　　编辑：何平", 2),
        ("他说：“水退了。”　　编辑：何平", 2),
        ("“水退了”　　何平", 1),
        ("何平　　水退了。", 1),
    ],
)
def test_wide_gaps_part_short_lines_only_behind_a_sentence(text: str, count: int) -> None:
    assert len(read_lines(text, ())) == count


def test_in_columns_an_indent_beyond_the_margin_begins_a_paragraph() -> None:
    rows = [SENTENCE[i : i + 10] for i in range(0, 30, 10)]
    lines = read_lines("\n".join(["    " + rows[0], *["  " + row for row in rows[1:]]] * 6), ())
    layout = layout_of([line._replace(text=line.text * 2) for line in lines])
    assert (layout.indented, layout.margin, set(layout.widths)) == (True, 2, {20})


def test_headlines_are_told_by_their_pairs_and_ends() -> None:
    counts = {"": 10, TITLE: 8, TITLE + CLOSING: 6, "渡口": 6, TITLE + "渡口": 6, "通航": 4, TITLE + "航": 4}
    table = unpack(
        pack(counts | {TITLE + "航" + CLOSING: 4.0, "的人": 8, TITLE + "的人": 0, TITLE + "人": 4})
    )
    average, in_all, end, _ = table.headline("渡口")
    assert average == log2(65 / 17)
    assert in_all == average / 8
    assert end == 0.0
    assert table.headline("的人")[0] < 0 < table.headline("通航")[2]
    assert table.headline("的人")[2] < 0
    assert table.headline("") == (0.0, 0.0, 0.0, 0.0)


def test_characters_go_together_but_not_with_a_figure() -> None:
    assert go_together("岸上的人", "们都来了")
    assert not go_together("岸上的人", "翎都来了")
    assert news_ngrams().log_count("人3") >= 0
    assert not go_together("岸上的人", "35岁的老周说")


def test_ngrams_come_back_from_bytes() -> None:
    table = unpack(pack({"": 20.0, OPENING: 10.0, CLOSING: 12.0, "渡": 5.0, OPENING + "渡": 4.0}))
    assert table.log_count("渡") == 5.0
    assert table.log_count("口") == -1.0
    assert table.opening("渡口")[0] == 4.0 - 5.0 + 10.0


def test_words_before_behind_and_across_a_break() -> None:
    known = {"渡口": 5.0, "老渡口": 3.0, "口边": 1.0, "渡口边": 2.0, "边上": 4.0}
    table = unpack(pack({"": 20.0, **{WORD + word: value for word, value in known.items()}}))
    assert table.words("他在老渡口", "边上等") == (5.0, 3.0, 4.0, -1.0, 1.0, 2.0, -1.0)
    assert table.words("他在老渡口", "") == (5.0, 3.0, -1.0, -1.0, -1.0, -1.0, -1.0)
    assert table.words("口", "边") == (-1.0, -1.0, -1.0, -1.0, 1.0, -1.0, -1.0)


def test_the_shipped_table_knows_words() -> None:
    assert news_ngrams().log_count(WORD + "水产品") > 0
    assert news_ngrams().log_count(WORD + "产品端") < 0


@pytest.mark.parametrize("breaks", ["\n", "\n\n\n\n"])
def test_columns_are_found_whatever_stands_between_their_lines(breaks: str) -> None:
    rows = [SENTENCE[at : at + 14] for at in range(0, len(SENTENCE), 14)] * 4
    assert 14 in layout_of(read_lines(breaks.join(rows), ())).widths


def test_wide_gaps_are_no_columns() -> None:
    fields = ["价格：17.38万元～21.68万元", "上市日期：2006年4月", SENTENCE, SENTENCE]
    lines = read_lines("\u3000\u3000".join(fields * 6), ())
    assert len(lines) == 24
    assert layout_of(lines).widths == frozenset()


def test_units_side_by_side_equal_units_one_by_one() -> None:
    rng = random.Random(1)
    hidden = [[rng.uniform(-3, 3) for _ in range(6)] for _ in range(16)]
    output = [[rng.uniform(-2, 2) for _ in range(17)] for _ in range(3)]
    tables = bytes(rng.randrange(256) for _ in range(2 * 4 * 16))
    network = Network(
        {"characters": "渡口", "scale": 0.01, "hidden": hidden, "output": output},
        tables,
    )
    values = [rng.uniform(-9, 9) for _ in range(5)]
    split = network.units("渡", values[:3]) + network.units((), values[3:], start=3)
    signed = [one - 256 if one > 127 else one for one in tables[2 * 16 : 3 * 16]]
    units = [
        max(sum(w * v for w, v in zip(weights, [*values, 1.0], strict=True)) + 0.01 * one, 0)
        for weights, one in zip(hidden, signed, strict=True)
    ]
    scores = [sum(w * v for w, v in zip(weights, [*units, 1.0], strict=True)) for weights in output]
    best = max(range(3), key=scores.__getitem__)
    probabilities = network.probabilities(split)
    assert sum(probabilities) == pytest.approx(1)
    assert probabilities[best] == max(probabilities)


def test_characters_that_the_network_does_not_know_share_a_row() -> None:
    parts = {"characters": "渡口", "scale": 0.01, "hidden": [[1.0, 0.0]], "output": [[1.0, 0.0]]}
    network = Network(parts, bytes(range(2 * 4)))
    units = {network.units([chr(code), ""], [0.0]) for code in range(0x4E00, 0x5000)}
    assert len(units) == 1
    assert len(network._rows) == 2


def test_the_network_is_given_what_it_was_fitted_to() -> None:
    for before, after in (("渡", ""), ("渡口恢复", "通航"), (SENTENCE, SENTENCE)):
        edges = edges_of(before, after)
        assert len(characters(edges)) == FIRST + LAST + FOLLOWING
        assert len(facts(news_ngrams(), edges, before, after, Around())) == FACTS


def test_traditional_characters_are_judged_as_simplified_ones() -> None:
    assert judge("渡口管理所的負責人", "介紹說，今年", Around()) == judge(
        "渡口管理所的负责人", "介绍说，今年", Around()
    )


def test_a_sentence_that_goes_on_and_one_that_was_cut() -> None:
    before = SENTENCE[:23]
    assert judge(before, SENTENCE[23:], Around()).join > 0.9
    verdict = judge(before, "据了解，新船月底到货。", Around())
    assert verdict.join < 0.1
    assert verdict.cut > 0.9
    assert judge("渡口恢复通航", SENTENCE, Around(), Nearby(headings=2)).cut < 0.5


def test_a_long_line_is_judged_by_its_ends() -> None:
    assert judge(SENTENCE * 9 + "今年", "以来", Around()) == judge(SENTENCE * 99 + "今年", "以来", Around())


def test_what_stands_around_does_not_count_the_break_itself() -> None:
    text = "今年以来\n已经运送旅客。今年以来，已经运送旅客。"
    assert look_around("今年以来\n已经运送", "今年以来", "已经运送", 4, 5) == Around()
    around = look_around(text, "今年以来", "已经运送旅客。", 4, 5)
    assert (around.opening, around.closing) == (1.0, 1.0)
    assert not around.left
    assert not around.right


def test_headings_nearby() -> None:
    headings = Headings(["渡口", SENTENCE, "船票", "班次"])
    assert [headings.near(i, i + 1) for i in range(4)] == [2, 3, 2, 2]


def test_widths_of_headings_nearby() -> None:
    lines = ["渡口", SENTENCE, "五条大船", "7条小船", SENTENCE, "三条新船"]
    headings = Headings(lines)
    around = headings.around(2, 3, lines[2], lines[3], loose=False)
    assert (around.headings, around.unlike, around.next_unlike) == (3, 0, 1)
    assert headings.around(1, 2, SENTENCE, lines[2], loose=False).unlike == UNLIKE
    assert headings.around(3, 4, lines[3], SENTENCE, loose=False).unlike <= ALIKE
    assert headings.around(0, 1, lines[0], SENTENCE, loose=False).unlike > ALIKE


def test_widths_are_those_of_the_cleaned_text() -> None:
    raw, clean = (Headings([line, SENTENCE, "五条大船"]) for line in ("渡口(7号", "渡口（７号"))
    assert raw.around(2, 3, "五条大船", "", loose=False) == clean.around(2, 3, "五条大船", "", loose=False)


def test_a_line_as_wide_as_the_subheads_is_seldom_cut() -> None:
    line, alike = "摆渡三十年的老人", Nearby(headings=1, unlike=0)
    assert judge(line, SENTENCE, Around(), alike).cut < 0.5 < judge(line, SENTENCE, Around(), Nearby(1)).cut


def test_a_sentence_seldom_goes_on_in_a_line_as_wide_as_the_subheads() -> None:
    before, after = SENTENCE[:23], "渡口月底恢复通航"
    alike = judge(before, after, Around(), Nearby(headings=2, next_unlike=0))
    assert alike.join < judge(before, after, Around(), Nearby(headings=2)).join


def test_among_many_short_lines_none_is_cut() -> None:
    document = read("\n".join(f"{one}渡口的船票" for one in "甲乙丙丁戊己庚辛壬癸"))
    cuts = Cuts(document.text, document.paragraphs)
    assert len(document.paragraphs) > CROWD
    assert not any(map(cuts.confidence, range(len(document.paragraphs))))


def test_breaks_are_looked_at_again_as_far_as_headings_count() -> None:
    years = ("五四", "六三", "七二", "八一", "九八")
    story = "".join(f"一九{year}年的大水冲走了旧桥，村民用木板搭了一座便桥。" for year in years * 2)
    lines = ["新码头要等到明年春", "天才能开工，眼下先修旧的。", *[story] * 8, "渡口通航。"]
    text = "\n".join(lines)
    assert len(text) > 2 * len(story) + REACH
    assert [join.edit.start for join in joins_near(text, (), [len(text)])] == [len(lines[0])]


def test_no_sentence_goes_on_over_a_gap_that_parts_articles() -> None:
    text = "新码头要等到明年春{}天才能开工，眼下先修旧的。\n渡口昨天通航。\n老船工来了。"
    assert [len(read(text.format(gap)).paragraphs) for gap in ("\n", "\n\n", "\n\n\n")] == [3, 3, 4]


def test_a_letter_cut_at_the_column_gets_no_space() -> None:
    prose = "水运公司与法国的造船企业MeridienMarine签了合同，订购两条渡船，明年三月交货，再订三条小船"
    rows = [prose[i : i + 15] for i in range(0, len(prose), 15)]
    document = read("\n".join([*rows, *rows[:-1], rows[-1] + "。"]))
    assert "MeridienMarine" in document.paragraphs[0].text


def test_stray_closers() -> None:
    assert stray_closer("他说“好”。") is None
    assert stray_closer("住惯了”的多是老人") == 3
    assert stray_closer("「渡口」』") == 4
