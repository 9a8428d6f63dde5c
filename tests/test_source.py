"""Decoding: every encoding × length × damage, lying pages, binary files, and the laws."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ykclean.source import BinaryError, Source, decode, encode, from_text

SIMPLIFIED = """河边小镇的早市
清晨五点，镇上的人还没有全醒，河边的早市已经热闹起来了。卖菜的老周把新摘的黄瓜、豆角和西红柿摆成一排，
笑着对来人说：“都是今天从自家地里摘的，您看，还带着露水呢！”
去年秋天，这条街上的路重新修过，两边安上了路灯。镇里的干部告诉我们，为了让大家买得放心，市场每天都要
检查三次；出现问题的摊位，当天就不能再做生意。对于这样的规定，多数人表示理解和支持。
“以前下雨天，脚下全是泥，现在好多了。”一位来买鱼的老人这样说。他在这里生活了六十多年，看着小镇一点一点
变成今天的样子。学校、医院、图书馆，都在十分钟以内可以走到。
"""
TRADITIONAL = """山城的舊書店
下午三點，雨停了，巷子裡的舊書店又開了門。店主林先生把門口的書一本一本搬進來，對客人說：「這些都是學生
時代讀過的，現在捨不得丟。」
這家店開了三十多年，從前來的多是大學裡的老師，後來年輕人也慢慢多了起來。有人為了找一本絕版的小說，從南部
坐了兩個小時的車；也有人什麼都不買，只是在窗邊坐著，聽雨的聲音。
「書和人一樣，要有緣分。」林先生說，他並不擔心生意，因為還有許多人願意走進來看一看。問他將來有什麼打算，
他想了很久，說：「等我做不動了，就把店交給真正愛書的人。」
"""
RARE = "镕䶮𠮷㐂"
LENGTHS = (30, 200, 3000, 100_000)
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gbk",
    "cp950",
    "big5hkscs",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "hz",
)
ASCII_HEAD = '<div class="head"><a href="/index.html">home</a></div>\n' * 5600
"""More than 300 KB, further than detectors look."""


def prose(encoding: str, length: int) -> str:
    text = TRADITIONAL if encoding in ("cp950", "big5hkscs") else SIMPLIFIED
    return (text * (length // len(text) + 1))[:length]


def agreeing(left: str, right: str) -> int:
    """How many characters the texts share at their beginning and, beyond it, at their end."""
    limit = min(len(left), len(right))
    first = next((i for i in range(limit) if left[i] != right[i]), limit)
    return first + next((i for i in range(limit - first) if left[-1 - i] != right[-1 - i]), limit - first)


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_intact(encoding: str, length: int) -> None:
    text = prose(encoding, length)
    raw = text.encode(encoding)
    source = decode(raw)
    assert source.text == text
    assert source.encoding.replaced == ()
    assert source.exact == (encoding != "hz" or text.encode("hz") == raw)
    if encoding in ("utf-8", "gb18030", "gbk", "cp950", "big5hkscs"):
        assert source.encoding.how == "strict"
    assert source.encoding.confidence > 0.5


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cut_tail(encoding: str, length: int) -> None:
    text = prose(encoding, length - 2) + "好们"[encoding in ("cp950", "big5hkscs") :]
    raw = (prose(encoding, length - 2) + "好").encode(encoding)
    cut = raw[:-1] if encoding != "hz" else raw[:-3]
    source = decode(cut)
    assert source.text == text[: length - 2] + "\ufffd"
    assert source.encoding.replaced == ((length - 2, length - 1),)
    assert not source.exact


@pytest.mark.parametrize("damage", ["overwritten", "inserted"])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_bad_byte(encoding: str, length: int, damage: str) -> None:
    text = prose(encoding, length)
    raw = text.encode(encoding)
    chance = random.Random(f"{encoding} {length} {damage}")
    for _ in range(8 if length < 10_000 else 1):
        # Too near the end, nothing tells that UTF-16 is out of step.
        at = chance.randrange(6, len(raw) - 20)
        source = decode(raw[:at] + b"\xff" + raw[at + (damage == "overwritten") :])
        assert agreeing(source.text, text) >= length - 4
        assert len(source.encoding.replaced) <= 2


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_chinese_far_below_an_ascii_head(encoding: str) -> None:
    text = ASCII_HEAD + prose(encoding, 60)
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("新华社北京电", "gbk"),
        ("他来了。", "gbk"),
        ("她走了。", "big5"),
        ("他說：「這樣很好。」", "gbk"),
        (f"{SIMPLIFIED[:80]}{RARE}", "gb18030"),
        (f"{TRADITIONAL[:80]}嘅啲喺", "big5hkscs"),
        ("One line of English.\nAnother one.\n", "utf-16-le"),
        ("他说：~{hi~}。", "utf-8"),
        ("plain ~{ ascii", "ascii"),
        ("", "ascii"),
        ("\n", "ascii"),
    ],
)
def test_short_and_rare(text: str, encoding: str) -> None:
    source = decode(text.encode(encoding))
    assert (source.text, source.exact) == (text, True)


def test_one_replacement_for_each_error_and_its_bytes() -> None:
    source = decode("天气很".encode() + b"\xe5\xa5" + "，\ufffd走".encode() + b"\xff\xfe")
    assert source.text == "天气很\ufffd，\ufffd走\ufffd\ufffd"
    assert source.encoding.replaced == ((3, 4), (7, 9))
    assert source.encoding.lost == (b"\xe5\xa5", b"\xff\xfe")


def test_a_lost_half_does_not_garble_what_follows() -> None:
    raw = SIMPLIFIED.encode("gbk")
    at = raw.index("清晨".encode("gbk"))
    source = decode(raw[:at] + b"\xff" + raw[at + 1 :])
    assert len(source.text) == len(SIMPLIFIED)
    assert source.encoding.lost == (b"\xff" + raw[at + 1 : at + 2],)


def test_java_surrogate_pairs_in_utf8() -> None:
    pair = "\ud83d\ude00".encode("utf-8", "surrogatepass")
    source = decode(SIMPLIFIED.encode() + pair)
    assert source.text == SIMPLIFIED + "😀"
    assert not source.exact
    lone = decode(SIMPLIFIED.encode() + pair[:3] + "好".encode())
    assert lone.text == SIMPLIFIED + "\ufffd\ufffd\ufffd好"


def test_text_with_lone_surrogates() -> None:
    source = from_text("他\ud800说")
    assert (source.text, source.encoding.replaced, source.exact) == ("他\ufffd说", ((1, 2),), False)
    assert encode(source.text, source.encoding) == source.raw


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x84\x31\x95\x33"])
def test_a_mark_is_no_text(mark: bytes) -> None:
    encoding = {b"\xef": "utf-8", b"\xff": "utf-16-le", b"\xfe": "utf-16-be", b"\x84": "gb18030"}[mark[:1]]
    raw = mark + SIMPLIFIED.encode(encoding)
    source = decode(raw)
    assert (source.text, source.bom, source.encoding.how, source.exact) == (SIMPLIFIED, mark, "bom", True)


def test_gbk_behind_the_mark_of_utf8() -> None:
    source = decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk"))
    assert (source.text, source.bom, source.encoding.name) == (SIMPLIFIED, b"\xef\xbb\xbf", "gb18030")


@pytest.mark.parametrize(
    "declared", ["utf-8", "gb2312", "big5", "iso-8859-1", "shift_jis", "nonsense", "rot13"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp950", "utf-16-le"])
def test_the_declared_charset_may_lie(encoding: str, declared: str) -> None:
    text = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">\n{prose(encoding, 100)}'
    source = decode(text.encode(encoding))
    assert source.text == text
    honest = (encoding, declared) in (("gbk", "gb2312"), ("cp950", "big5"))
    assert (source.encoding.how == "declared") == honest


def test_declared_by_xml() -> None:
    text = f'<?xml version="1.0" encoding="GBK"?>\n{prose("gbk", 60)}'
    assert decode(text.encode("gbk")).encoding.how == "declared"


@pytest.mark.parametrize(
    "raw",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        b"%PDF-1.4\nobj",
        b"PK\x03\x04" + bytes(100),
        bytes(range(32)) * 40,
        random.Random(7).randbytes(5000),
        b"\0\0\0\0",
        b"\xff" * 10_000,
    ],
)
def test_binary(raw: bytes) -> None:
    with pytest.raises(BinaryError, match="not a text file"):
        decode(raw)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "cp950"])
def test_stray_nuls_are_no_binary(encoding: str) -> None:
    text = prose(encoding, 300)
    text = "\0".join(text[i : i + 40] for i in range(0, 300, 40)) + "\0" * 4096
    assert decode(text.encode(encoding)).text == text


def test_latin_text_is_not_taken_for_chinese() -> None:
    text = "Der Bürgermeister grüßte die Gäste, während draußen die Straße gesperrt war. " * 3
    assert decode(text.encode("cp1252")).text == text


def test_common_files_do_without_the_detector() -> None:
    script = (
        "import sys; from ykclean.source import decode\n"
        f"text = {SIMPLIFIED[:60]!r}\n"
        "for name in ('utf-8', 'gbk', 'utf-16-le', 'hz'): decode(text.encode(name))\n"
        "assert 'chardet' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def holds(source: Source) -> None:
    """What is true of every source."""
    encoding = source.encoding
    assert not any("\ud800" <= character <= "\udfff" for character in source.text)
    assert len(encoding.replaced) == len(encoding.lost)
    last = 0
    for start, end in encoding.replaced:
        assert last <= start < end
        assert source.text[start:end] == "\ufffd" * (end - start)
        last = end
    if source.exact:
        assert source.bom + source.text.encode(encoding.name) == source.raw
        assert encode(source.text, encoding, source.bom) == source.raw


def damaged() -> st.SearchStrategy[bytes]:
    """Prose in some encoding, with bytes put in, cut off, or glued to another encoding."""

    def build(encoding: str, start: int, length: int, at: int, junk: bytes, cut: int) -> bytes:
        raw = prose(encoding, 400)[start : start + length].encode(encoding)
        return raw[:at] + junk + raw[at : len(raw) - cut]

    number = st.integers(0, 200)
    return st.builds(
        build, st.sampled_from(ENCODINGS), number, number, number, st.binary(max_size=8), st.integers(0, 3)
    )


@settings(deadline=None)  # The first text that is not Chinese imports the detector.
@given(st.binary() | damaged())
def test_any_bytes_are_a_source_or_binary(raw: bytes) -> None:
    try:
        source = decode(raw)
    except BinaryError:
        return
    assert source.raw == raw
    assert decode(raw) == source
    holds(source)


@settings(deadline=None)  # The first text that is not Chinese imports the detector.
@given(st.text(st.characters()))
def test_any_text_is_a_source(text: str) -> None:
    source = from_text(text)
    assert len(source.text) == len(text)
    holds(source)


@pytest.mark.parametrize("reader", ["latin-1", "cp1252"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "cp950"])
def test_a_file_read_as_latin_is_read_again(encoding: str, reader: str) -> None:
    text = prose(encoding, 3000)
    # Browsers take the five bytes that Windows-1252 lacks for control characters.
    misread = "".join(bytes([b]).decode(reader, "ignore") or chr(b) for b in text.encode(encoding))
    source = decode(misread.encode())
    assert (source.text, source.encoding.name, source.encoding.how) == (text, encoding, "misread")
    assert not source.exact


def test_a_file_read_as_latin_may_end_within_a_character() -> None:
    source = decode(SIMPLIFIED.rstrip().encode("gbk")[:-1].decode("latin-1").encode())
    assert source.text == SIMPLIFIED.rstrip()[:-1] + "\ufffd"
    assert source.encoding.lost == (b"\xa1",)


def test_a_file_read_as_latin_in_part_is_left() -> None:
    misread = SIMPLIFIED.encode("gbk").decode("latin-1")
    for text in (f"{misread}他", f"{misread}，", f"{misread}\ufffd", "Où ça ? À Genève : ï¼ ä¸ £¬ ÖÐ"):
        assert decode(text.encode()).text == text
