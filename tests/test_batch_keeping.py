"""What a batch keeps of a document beside its result is as good as its record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ykclean.batch import keeping
from ykclean.batch.documents import Item
from ykclean.batch.keeping import pack, record_of, to_json_bytes, unpack
from ykclean.engine import clean
from ykclean.record import source_from_record
from ykclean.rules import RULES

PARTS = (
    "今天上午开放,有十二艘货轮。",
    "他说,好...",
    "<b>他</b>来了",
    "\r\n",
    "\n\n",
    "半句话没有",
    "\ufeff",
    " ",
)


def expected(item: Item, data: bytes, fields: dict[str, Any]) -> Any:
    record = record_of(item, clean(data), fields)
    for article in record["articles"]:
        del article["text"], article["paragraphs"]
    return {**json.loads(to_json_bytes(record)), "raw": None}


@given(
    st.lists(st.sampled_from(PARTS), max_size=10).map("".join),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
    st.booleans(),
)
def test_the_record_comes_back(text: str, encoding: str, page: bool) -> None:
    data = text.encode(encoding)
    item = Item("in/甲.txt", "", "html" if page else "text")
    fields = {"title": "题", "n": [1, None]} if page else {}
    record = unpack(pack(item, clean(data), fields))
    assert source_from_record(record) == data
    assert {**record, "raw": None} == expected(item, data, fields)


def test_a_finding_in_words_of_its_own_keeps_them() -> None:
    shown = (Path(__file__).parents[1] / "fixtures/pages").rglob("*.txt")
    own = 0
    for path in sorted(shown):
        data = path.read_bytes()
        item = Item(path.name, "")
        record = unpack(pack(item, clean(data), None))
        assert {**record, "raw": None} == expected(item, data, {})
        usual = {rule.code: rule.message.partition("{")[0] for rule in RULES}
        own += sum(not one["message"].startswith(usual[one["code"]]) for one in record["findings"])
    assert own


def test_bytes_that_no_text_gives_back_are_kept() -> None:
    data = "今天上午开放，有十二艘货轮。".encode() + b"\xff\xfe" + "他们都来了。".encode()
    assert source_from_record(unpack(pack(Item("a", ""), clean(data), None))) == data


def test_without_zstandard_it_is_zlib(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "_compressor", lambda: None)
    packed = pack(Item("in/\udcff.txt", ""), clean("他说,好。"), None)
    record = unpack(packed)
    assert record["path"] == "in/\\udcff.txt"
    assert source_from_record(record).decode() == "他说,好。"
