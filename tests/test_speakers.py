"""Who is quoted, and whether two stretches of text have people of their own."""

from __future__ import annotations

import pytest

from ykclean.lexicon import VERY_RARE, bigrams
from ykclean.speakers import MENTION, MENTIONS, SHARED, People, introduced, speakers, speaks_on

LEFT = [
    "范小舟说，桥快修好了。",
    "范小舟又说，他等了三年。",
    "闵小雨告诉记者，她也在等。",
    "小雨和小舟走了。",
]
RIGHT = ["何平表示，收成不错。", "何平接着说，雨水足。", "林红指出，价格还会涨。", "林红和何平都种苹果。"]


def people(bodies: list[str], rarity: int = VERY_RARE) -> People:
    words = [bigrams(body) for body in bodies]
    return People(bodies, words, dict.fromkeys(frozenset().union(*words), rarity))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("范小舟说，桥快修好了。", ["小舟"]),
        ("闵小雨难过地说，何平也表示同意。", ["小雨", "何平"]),
        ("闵小雨接著说，桥快修好了。", ["小雨"]),
        ("桥快修好了。", []),
        ("说不清楚。", []),
    ],
)
def test_who_is_quoted(text: str, names: list[str]) -> None:
    assert speakers(text) == frozenset().union(*map(bigrams, names))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("57岁的阿雄和八岁小佩修好了门。", ["阿雄", "小佩"]),
        ("阿凤（何凤美）在家，阿雄(何志雄)不在。", ["阿凤", "阿雄"]),
        ("（何凤美摄）满20岁。", []),
    ],
)
def test_who_is_introduced(text: str, names: list[str]) -> None:
    assert introduced(text) == frozenset().union(*map(bigrams, names))


def test_people_of_their_own_on_either_side() -> None:
    assert people(LEFT + RIGHT).apart(0, 4, 8) == pytest.approx(MENTION * min(5, MENTIONS))


def test_one_person_on_both_sides() -> None:
    bodies = [*LEFT, *RIGHT, "小舟来看何平。"]
    assert people(bodies).apart(0, 4, 9) == 0.0


def test_a_word_that_both_sides_use_for_their_people() -> None:
    left, right = [*LEFT, "社工说，都好。"], ["社工说，还好。", *RIGHT]
    assert people(left + right).apart(0, 5, 10) == pytest.approx(MENTION * (5 - SHARED))


def test_one_side_without_people() -> None:
    assert people([*LEFT, "桥快修好了。", "路也通了。"]).apart(0, 4, 6) == 0.0


def test_frequent_words_are_no_names() -> None:
    assert people(LEFT + RIGHT, VERY_RARE - 1).apart(0, 4, 8) == 0.0


@pytest.mark.parametrize(
    ("body", "goes_on"),
    [
        ("范小舟又说，路也通了。", True),
        ("范小舟要求，路也要通。", True),
        ("何平说，路也通了。", False),
        ("路也通了，范小舟说。", False),
        ("昨天范小舟来到桥上。", False),
    ],
)
def test_one_already_named_speaks_on(body: str, goes_on: bool) -> None:
    assert speaks_on([*LEFT, body], len(LEFT)) is goes_on
