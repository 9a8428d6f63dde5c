"""What a choice of rules means in Python, and what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ykclean import Settings, check, clean, clean_files, read

TEXT = "他说,今天下雨。"


@pytest.mark.parametrize("choice", ["YK2", "yk2", "YK3, halfwidth-punctuation", ("YK201,YK202",), ["YK201"]])
def test_a_string_is_a_choice_and_not_its_letters(choice: Any) -> None:
    assert clean(TEXT, Settings(ignore=choice)).text == TEXT
    assert [finding.code for finding in check(TEXT, Settings(select=choice))] == ["YK201"]
    assert clean(TEXT, Settings(ignore="YK4")).text != TEXT  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["YK9", "nosuch", "", "YK2;YK3"])
@pytest.mark.parametrize("key", ["select", "ignore"])
def test_a_rule_that_there_is_not_is_refused(name: str, key: str) -> None:
    settings = Settings(**{key: ("YK2", name)})  # type: ignore[arg-type]
    for use in (check, clean, read, lambda text, settings: next(clean_files(text, settings))):
        with pytest.raises(ValueError, match=f"^no rule is called '{re.escape(name)}'$"):
            use(TEXT, settings)


@pytest.mark.parametrize(
    "wrong",
    [
        {"quotes": "x"},
        {"min_duplicate": 0},
        {"min_duplicate": -1},
        {"min_article_confidence": -0.1},
        {"min_article_confidence": 1.5},
        {"min_article_confidence": float("nan")},
    ],
)
def test_what_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} is "):
        Settings(**wrong)
