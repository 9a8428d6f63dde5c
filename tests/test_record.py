"""The record: its schema, its places, and undoing from it alone."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ykclean import clean
from ykclean.document import Document
from ykclean.edits import Edit, Span
from ykclean.engine import Cleaned
from ykclean.findings import Finding, Rule
from ykclean.record import source_from_record, to_record
from ykclean.settling import settle
from ykclean.source import BinaryError, Source, decode, from_text

SCHEMA = json.loads(files("ykclean").joinpath("record.schema.json").read_text("utf-8"))
RULE = Rule("YK999", "test", lambda document, settings: (), "found {}", "有 {}")

BROKEN = "天气很好,他说:".encode() + b"\xe5\xa5" + "可以.\r\n第二行,\r第三行,好.\n".encode()
SOURCES = [
    b"",
    "他说,好.".encode(),
    "他说,好.".encode("utf-8-sig"),
    "他说,这里的天气很好.".encode("gbk"),
    "他說,這裡的天氣很好.".encode("big5"),
    "他说,这里的天气很好.".encode("utf-16"),
    "他说,这里的天气很好.".encode("utf-16-be") + b"\x4e",
    "他说,这里的天气很好.".encode("hz")[:-3],
    BROKEN,
    "他说,这里的天气很好.".encode() + "😀".encode("utf-16-le").hex().encode(),
    "他说,这里的天气很好.".encode() + "\ud83d\ude00".encode("utf-8", "surrogatepass"),
]


def by_json(record: dict[str, Any]) -> Any:
    """The record as a script reads it: written as JSON in UTF-8, and parsed."""
    return json.loads(json.dumps(record, ensure_ascii=False).encode("utf-8"))


def cleaned(source: Source, findings: list[Finding]) -> Cleaned:
    return Cleaned(Document(source), settle([findings]))


@pytest.mark.parametrize("raw", SOURCES)
def test_records_follow_the_schema_and_undo(raw: bytes) -> None:
    record = by_json(clean(raw).to_dict("a.txt"))
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(record)
    assert source_from_record(record) == raw


def test_the_schema_names_every_field() -> None:
    duplicate = Finding(RULE, 0, 1, (Edit(0, 1, "他", "她"),), of=Span(1, 2), detail=("x",), confidence=0.5)
    record = {**clean("他说,好.").to_dict(), **to_record(cleaned(from_text("他"), [duplicate]), None)}
    record["articles"] = [
        {"start": 0, "end": 1, "title": None, "byline": None, "text": "他", "paragraphs": []},
    ]
    strict = json.loads(json.dumps(SCHEMA))
    for part in (strict, strict["properties"]["encoding"], *strict["$defs"].values()):
        if part.get("type") == "object":
            part["additionalProperties"] = False
    del strict["$defs"]["article"]["properties"]["paragraphs"]["minItems"]
    Draft202012Validator(strict).validate(record)


def test_lines_end_at_lf_crlf_and_cr() -> None:
    text = "一,\r\n二,\r三,\n\n四,"
    commas = [Finding(RULE, at, at + 1, detail=(at,)) for at, mark in enumerate(text) if mark == ","]
    record = to_record(cleaned(from_text(text), commas), None)
    assert [(f["line"], f["column"]) for f in record["findings"]] == [(1, 2), (2, 2), (3, 2), (5, 2)]


def test_only_applied_edits_are_taken_back() -> None:
    text = "他说,好,好,走了"
    inside = Finding(RULE, 4, 5, (Edit(4, 5, ",", "，"),), detail=("",))
    around = Finding(RULE, 3, 7, (Edit(3, 7, "好,好,", ""),), detail=("",))
    beside = Finding(RULE, 2, 3, (Edit(2, 3, ",", ""),), detail=("",))
    record = by_json(to_record(cleaned(from_text(text), [inside, around, beside]), None))
    assert record["text"] == "他说走了"
    assert [f["applied"] for f in record["findings"]] == [True, True, False]
    assert source_from_record(record) == text.encode()


def test_lost_bytes_are_spliced_in_without_keeping_all() -> None:
    record = clean(BROKEN).to_dict()
    assert record["encoding"]["lost"] == ["e5a5"]
    assert "raw" not in record
    shifted_twice = b"~{" + b"~}~{".join([b"K{", b"CG", b"5D", b";0"]) + b"~}"
    record = clean(shifted_twice).to_dict()
    assert record["text"] == "他们的话"
    assert "raw" in record


def change(record: dict[str, Any], how: str) -> None:
    if how == "text":
        record["text"] += "。"
    elif how == "digest":
        record["sha256"] = "0" * 64
    elif how == "encoding":
        record["encoding"]["name"] = "ascii"
    elif how == "unknown encoding":
        record["encoding"]["name"] = "klingon"
    elif how == "edit":
        del record["findings"][0]["edits"][0]["before"]
    elif how == "no findings":
        record["findings"] = None
    elif how == "spans":
        record["encoding"]["lost"] = []
    elif how == "raw":
        record["raw"] = "AAAA"
    else:
        del record[how]


@pytest.mark.parametrize(
    "how",
    [
        "text",
        "digest",
        "encoding",
        "unknown encoding",
        "edit",
        "no findings",
        "spans",
        "raw",
        "sha256",
        "findings",
    ],
)
def test_a_changed_record_is_refused(how: str) -> None:
    replaced = Source(BROKEN, *decode(BROKEN)[1:])
    comma = replaced.text.index(",")
    finding = Finding(RULE, comma, comma + 1, (Edit(comma, comma + 1, ",", "，"),), detail=("",))
    record = by_json(to_record(cleaned(replaced, [finding]), None))
    assert source_from_record(record) == BROKEN
    change(record, how)
    with pytest.raises(ValueError, match="the record"):
        source_from_record(record)


@settings(deadline=None)  # The first text that is not Chinese imports the detector.
@given(st.binary() | st.text("他说好,.\r\n ~{}“\ufffd", max_size=30).map(str.encode), st.data())
def test_undo_from_the_record_alone(raw: bytes, data: st.DataObject) -> None:
    try:
        source = decode(raw)
    except BinaryError:
        return
    ends = sorted(data.draw(st.lists(st.integers(0, len(source.text)), max_size=8, unique=True)))
    findings = [
        Finding(RULE, start, end, (Edit(start, end, source.text[start:end], after),), detail=(after,))
        for start, end in zip(ends[::2], ends[1::2], strict=False)
        for after in [data.draw(st.sampled_from(["", "，", "。。"]))]
    ]
    assert source_from_record(by_json(to_record(cleaned(source, findings), None))) == raw


@settings(deadline=None)  # The first text that is not Chinese imports the detector.
@given(st.text(st.characters(), max_size=40))
def test_undo_of_any_text(text: str) -> None:
    record = by_json(clean(text).to_dict())
    assert source_from_record(record) == text.encode("utf-8", "surrogatepass")
