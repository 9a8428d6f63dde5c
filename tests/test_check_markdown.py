"""Markdown: what is prose is checked, what is not stays as it is, comments suppress."""

from __future__ import annotations

import re
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ykclean.checking import Job, check_bytes, mend
from ykclean.config import Config
from ykclean.markdown import FILLER, WORD, read_markdown
from ykclean.prose import is_chinese

JOB = Job("a.md", "markdown", Config())
PROSE = "镇上的人都去看,谁也没有说话。\n"


def found(text: str, config: Config | None = None) -> list[tuple[str, str]]:
    job = JOB if config is None else JOB._replace(config=config)
    checked = check_bytes(text.encode(), job)
    return [(finding.code, text[finding.start : finding.end]) for finding in checked.findings]


def mended(text: str) -> str:
    result = mend(text.encode(), check_bytes(text.encode(), JOB).findings, unsafe=True)
    return text if result is None else result.data.decode()


def visible(text: str) -> str:
    return read_markdown(text).text.replace(FILLER, "").replace(WORD, "")


@pytest.mark.parametrize(
    "protected",
    [
        "---\ntitle: 标题,一\ntags: [甲,乙]\n---\n",
        "+++\ntitle = '标题,一'\n+++\n",
        "```python\nprint('你好,世界')  # 注释,一\n```\n",
        "~~~\n甲,乙\n```\n丙,丁\n~~~\n",
        "```\n没有结尾,的代码\n",
        "\n\n    缩进,代码\n\n",
        "<!-- 注释,一 -->\n",
        "<pre>甲,乙\n丙,丁</pre>\n",
        '<a href="甲,乙">',
        "`甲,乙`",
        "``甲`,乙``",
        "![图,一](图,一.png)",
        "[链接](地址,一)",
        "[链接][标签,一]",
        "\n[标签]: 地址,一\n",
        "| 甲,乙 | 丙 |\n",
        "甲,乙 | 丙\n--- | ---\n丁,戊 | 己\n",
        "$甲,乙$",
        "$$\n甲,乙\n$$\n",
        "{{ 甲,乙 }}",
        "{% 甲,乙 %}",
        "https://example.org/a,b",
    ],
)
def test_what_is_no_prose_stays(protected: str) -> None:
    inline = "\n" not in protected
    text = f"看这个{protected}就行\n" if inline else protected + "\n" + PROSE
    protected_text = re.sub(r"链接", "", visible(text))
    assert "甲" not in protected_text.replace("就行", "")
    assert protected in mended(text) or protected.replace("链接", "") in mended(text)
    if not inline and "没有结尾" not in protected:
        assert found(text) == [("YK201", ",")]


def test_prose_around_it_is_mended() -> None:
    text = (
        "# 第一步,准备\n\n先装 `pip install a,b`,然后**运行**,再看[文档](https://a.org/c,d),好吗?\n\n"
        "1. 第一项,很好\n- [ ] 待办,事项\n\n> 他说,“好”...\n"
    )
    assert mended(text) == (
        "# 第一步，准备\n\n先装 `pip install a,b`，然后**运行**，再看[文档](https://a.org/c,d)，好吗？\n\n"
        "1. 第一项，很好\n- [ ] 待办，事项\n\n> 他说，“好”……\n"
    )
    assert mended(text.replace("\n", "\r\n")) == mended(text).replace("\n", "\r\n")


def test_line_breaks_tags_and_ends_are_the_authors() -> None:
    text = (
        "今天上午镇上的小学开学，孩子们排着队走过\n石桥，书包上系着红绳<br>，步骤如下\n\n- 第一步\n- 第二步\n"
    )
    assert found(text) == []
    chosen = Config(extend_select=("YK101",))
    assert found(text, chosen) == []  # A tag is protected whatever is chosen.


def test_lists_of_code_keep_their_commas() -> None:
    text = "支持的语言包括：`ch`, `cht`, `en`。先装 `x`,再装 `y`。（`V2.0`, `V2.1`）的版本。\n"
    assert mended(text) == text.replace("`x`,再", "`x`，再")


def test_a_copy_with_code_is_one_only_where_the_code_is_the_same() -> None:
    passage = (
        "老茶馆的账本放在 `books/tea` 里，每天晚上由掌柜的女儿记上一笔，月底再抄到大账上去。"
        "街坊们要看，就在柜台边上翻一翻，谁也没有说过不放心的话。"
    )
    other = "镇上的小学也在这一天开学，孩子们排着队走过石桥，书包上系着红绳。"
    twice = f"{passage}\n\n{other}\n\n{passage}\n"
    assert [code for code, _ in found(twice)] == ["YK401"]
    assert found(f"{passage}\n\n{other}\n\n{passage.replace('tea', 'war')}\n") == []


class TestComments:
    """``<!-- ykclean: ignore CODES -->``"""

    def test_on_its_own_line_it_speaks_of_the_next_block(self) -> None:
        text = f"<!-- ykclean: ignore YK201 -->\n{PROSE}{PROSE}\n{PROSE}"
        assert len(found(text)) == 1

    def test_a_blank_line_may_follow_it(self) -> None:
        assert found(f"<!-- ykclean: ignore YK201 -->\n\n{PROSE}") == []

    def test_at_the_end_of_a_line_it_speaks_of_that_line(self) -> None:
        assert len(found(f"{PROSE.strip()} <!-- ykclean: ignore -->\n{PROSE}")) == 1

    def test_for_the_whole_file(self) -> None:
        assert found(f"{PROSE}\n{PROSE}\n<!-- ykclean: ignore-file YK2 -->\n") == []

    @pytest.mark.parametrize("codes", ["YK201", "YK2", "halfwidth-punctuation", "YK202, YK201", "yk201"])
    def test_codes_prefixes_and_names(self, codes: str) -> None:
        assert found(f"{PROSE}<!-- ykclean: ignore-file {codes} -->\n") == []

    def test_of_other_rules_it_says_nothing(self) -> None:
        assert len(found(f"{PROSE}<!-- ykclean: ignore-file YK202 -->\n")) == 1

    def test_with_windows_line_ends(self) -> None:
        text = f"<!-- ykclean: ignore YK201 -->\n{PROSE}\n{PROSE}".replace("\n", "\r\n")
        assert len(found(text)) == 1


@given(st.text(st.sampled_from("`|-*_[](){}<>!$#= \t\n\\:~+.1a甲,\r"), max_size=60))
def test_nothing_moves(text: str) -> None:
    markdown = read_markdown(text)
    assert len(markdown.text) == len(text)
    position = 0
    for start, end in markdown.protected:
        assert position <= start < end
        assert markdown.text[position:start] == text[position:start]
        assert not markdown.text[start:end].strip(FILLER + WORD + "\r\n")
        position = end
    assert markdown.text[position:] == text[position:]


@pytest.mark.parametrize(
    "unit", ["|a", "![", "[", "`a", "{{", "$a ", "*a ", "- ", "> ", "```\n", "a|b\n", "](", "<!-- "]
)
def test_hostile_text_takes_no_minutes(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert len(read_markdown(text).text) == len(text)


def test_ticks_that_close_nothing_are_passed_over_once() -> None:
    text = "用```甲 " + "``乙 " * 101
    assert [text[start:end] for start, end in read_markdown(text).protected] == ["``甲 ``"] + ["``乙 ``"] * 50


def test_the_language_of_a_long_text_is_told_without_copies_of_it() -> None:
    text = "A line of a log.\n" * 200_000
    tracemalloc.start()
    assert not is_chinese(text)
    assert is_chinese("1, 2, 3\n" * 20_000 + "港口很忙。" * 10_000)
    assert tracemalloc.get_traced_memory()[1] < len(text)
    tracemalloc.stop()
