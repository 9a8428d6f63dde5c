"""The main job: a report with all its damage comes out as the truth beside it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ykclean import clean

if TYPE_CHECKING:
    from ykclean import Cleaned

FIXTURES = Path(__file__).parents[1] / "fixtures"
GOLD: dict[str, Any] = json.loads((FIXTURES / "report.gold.jsonl").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cleaned() -> Cleaned:
    return clean(FIXTURES / "report.txt")


def spans(cleaned: Cleaned, *names: str) -> list[list[int]]:
    return [[finding.start, finding.end] for finding in cleaned.findings if finding.name in names]


def test_both_articles_come_out_whole(cleaned: Cleaned) -> None:
    assert [article.text for article in cleaned.articles] == [article["text"] for article in GOLD["articles"]]
    assert [(article.title, article.byline, article.start) for article in cleaned.articles] == [
        (article["title"], article["byline"], article["start"]) for article in GOLD["articles"]
    ]


def test_the_second_article_is_found(cleaned: Cleaned) -> None:
    starts = [start for start, _ in spans(cleaned, "several-articles")]
    assert starts == [article["start"] for article in GOLD["articles"][1:]]


def test_the_copy_that_lost_its_opening_is_given_up(cleaned: Cleaned) -> None:
    [copy] = [finding for finding in cleaned.findings if finding.name == "duplicate-passage"]
    [gold] = GOLD["duplicates"]
    text = cleaned.document.text
    assert words(text, copy.start, copy.end) == words(text, gold["start"], gold["end"])
    assert copy.of is not None
    assert words(text, *copy.of) in words(text, *gold["of"])


def test_the_cuts_are_found(cleaned: Cleaned) -> None:
    ends = [end for _, end in spans(cleaned, "truncated-text")]
    assert set(ends) <= set(GOLD["truncations"])
    assert GOLD["truncations"][0] in ends


def test_the_paragraph_that_lost_its_beginning_is_found(cleaned: Cleaned) -> None:
    [(start, end)] = GOLD["orphans"]
    assert [start for start, _ in spans(cleaned, "orphan-text")] == [start]
    [pair] = spans(cleaned, "unbalanced-pair")
    assert pair == [end - 1, end]


def test_the_broken_sentence_is_joined(cleaned: Cleaned) -> None:
    found = spans(cleaned, "broken-line")
    assert GOLD["breaks"][0] in found
    assert all(span in GOLD["breaks"] for span in found)


def test_the_debris_is_removed(cleaned: Cleaned) -> None:
    assert spans(cleaned, "markup-debris") == GOLD["debris"]


def test_the_source_comes_back_and_a_second_clean_changes_nothing(cleaned: Cleaned) -> None:
    assert cleaned.undo() == (FIXTURES / "report.txt").read_bytes()
    assert clean(cleaned.text).text == cleaned.text
    for article in cleaned.articles:
        assert clean(article.text).text == article.text


def words(text: str, start: int, end: int) -> str:
    return "".join(filter(str.isalnum, text[start:end]))
