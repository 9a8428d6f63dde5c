"""Headlines in two phrases over subheads in one: a style that a page keeps to, or not."""

from __future__ import annotations

import pytest

from ykclean.document import Paragraph, Role
from ykclean.styles import styled_headlines

TEXT = "雨从周一夜里下起，到今天早上还没有停，清河的水位一夜涨了一米多，村民们把床和粮食都搬到了二楼去。"


def page(*lines: str) -> list[Paragraph]:
    """Lines of a page: ``-`` stands for a paragraph of text, anything else for a headline."""
    roles: list[tuple[str, Role]] = [(TEXT, "body") if line == "-" else (line, "subhead") for line in lines]
    return [Paragraph(number, number + 1, text, (), role) for number, (text, role) in enumerate(roles)]


ONE = ["大雨连下三天 村民上堤", "-", "抽水泵全开", "-", "-"]
OTHER = ["老屋塌了半边 祖孙借住学校", "-", "-", "老师送来棉被", "-"]


def test_a_page_that_keeps_to_the_style() -> None:
    assert styled_headlines(page(*ONE, *OTHER)) == {0, 5}


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ONE,
        [*ONE, "抽水泵又开", "-", "-", "-"],  # one headline alone
        [
            "大雨 连下三天",
            "-",
            "-",
            "-",
            "老屋 塌了半边",
            "-",
            "-",
            "-",
        ],  # no subheads
        ["大雨 连下三天", "-", "抽水泵全开", "-", "老屋 塌了半边", "-", "新桥通车", "-"],  # briefs
        [*ONE, *OTHER, "新桥 昨天通车", "-", "渡船 收起了橹", "-"],  # half of them stand above a brief
    ],
)
def test_pages_that_do_not(lines: list[str]) -> None:
    assert styled_headlines(page(*lines)) == frozenset()


@pytest.mark.parametrize(
    ("line", "phrased"),
    [
        ("父亲病倒难撑家 2个孩子借住学校", True),
        ("国三男失怙 「要护六弟妹」", True),
        ("大雨连下三天\u3000村民上堤", True),
        ("华为Mate20 5G版半天不用充电", False),
        ("大雨 村民 上堤", False),
        ("大雨连下三天，村民上堤", False),
    ],
)
def test_two_phrases(line: str, phrased: bool) -> None:
    found = styled_headlines(page(*ONE, line, *OTHER[1:]))
    assert (5 in found) is phrased
