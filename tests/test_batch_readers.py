"""What the batch reads: each kind of file, the same text out of all of them."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import os
import sys
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest

from ykclean import extras
from ykclean.batch.kinds import kind_of
from ykclean.batch.listing import Patterns, names_from
from ykclean.batch.manifest import Manifest
from ykclean.batch.readers import Place, Reading, documents, require
from ykclean.batch.readers.html import read_page
from ykclean.batch.work import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ykclean.batch.documents import Item

TEXT = "港口今天通航。\n\n船长说，天气很好。\n"


def items(path: Path, **reading: Any) -> list[Item]:
    return list(documents(Place(str(path), path.name), Reading(**reading)))


def text(item: Item, **reading: Any) -> str:
    source = load(item, Reading(**reading)).source
    return source if isinstance(source, str) else source.decode()


def json_line(**row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def test_plain_text_is_left_to_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    (item,) = items(path)
    assert item.data is None
    assert text(item) == TEXT


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_packed_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt.{suffix}"
    path.write_bytes(packed(TEXT.encode(), suffix))
    (item,) = items(path)
    assert text(item) == TEXT


def packed(data: bytes, suffix: str) -> bytes:
    packers: dict[str, Any] = {"gz": gzip, "bz2": bz2, "xz": lzma}
    packer = packers.get(suffix) or pytest.importorskip("zstandard").ZstdCompressor()
    return bytes(packer.compress(data))


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_packed_text_that_is_damaged_or_cut_off(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt.{suffix}"
    data = packed(os.urandom(5000), suffix)
    for broken in (data[:-9], data[: len(data) // 2], data[:8] + bytes(200) + data[208:], b"no such thing"):
        path.write_bytes(broken)
        (item,) = items(path)
        assert item.kind == "failed"
        assert "internal error" not in str(item.data)


def test_frames_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.zst"
    skipped = b"\x50\x2a\x4d\x18\x05\0\0\0hello"
    path.write_bytes(packed(b"", "zst") + packed(b"ab" * 99_999, "zst") + skipped + packed(b"c", "zst"))
    (item,) = items(path)
    assert item.data == b"ab" * 99_999 + b"c"


def test_a_field_of_a_table_that_is_too_long_is_no_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1," + "好" * 2000, encoding="utf-8")
    (item,) = items(path, size_limit=1000)
    assert item.data == "damaged, or not what its name says (Error: field larger than field limit (1000))"


@pytest.mark.parametrize("suffix", ["", "gz", "zst"])
def test_json_lines_carry_their_other_fields(tmp_path: Path, suffix: str) -> None:
    data = json_line(id=1, text=TEXT) + b"\n" + json_line(id=2, text="短。")
    path = tmp_path / f"a.jsonl{'.' if suffix else ''}{suffix}"
    path.write_bytes(packed(data, suffix) if suffix else data)
    first, second = items(path)
    assert (first.path, second.path) == (f"{path}#1", f"{path}#3")
    assert load(first, Reading())[:2] == (TEXT, {"id": 1})
    assert text(second) == "短。"


def test_the_field_with_the_text_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_line(正文=["甲。", "乙。"], text="不是这个"))
    (item,) = items(path)
    assert load(item, Reading(text_field="正文"))[:2] == ("甲。\n乙。", {"text": "不是这个"})
    with pytest.raises(Exception, match="no field 'nope'; it has 正文, text"):
        load(item, Reading(text_field="nope"))


def test_a_line_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json_line(text="甲。") + b"x" * 3_000_000 + b"\n" + json_line(text="乙。"))
    first, second, third = items(path, size_limit=1000)
    assert (first.kind, second.kind, third.kind) == ("json", "failed", "json")
    assert "3,000,000 bytes or more: over the size limit" in str(second.data)
    assert text(third) == "乙。"


def test_a_line_that_is_no_json_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"{oops\n")
    (item,) = items(path)
    with pytest.raises(Exception, match="not a line of JSON"):
        load(item, Reading())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_csv_in_any_encoding(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    rows = [["编号", "content"], ["1", '"港口今天\n通航。"'], ["2", "船长说天气很好。" * 20]]
    path.write_text("\n".join(mark.join(row) for row in rows), encoding=encoding)
    first, second = items(path)
    assert load(first, Reading())[:2] == ("港口今天\n通航。", {"编号": "1"})
    assert second.path == f"{path}#2"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-8", "gb18030"])
@pytest.mark.parametrize("bom", ["\ufeff", ""])
def test_csv_that_is_longer_than_its_sample(tmp_path: Path, encoding: str, bom: str) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"第{number}号船今天进港。\t{number}\n" for number in range(6000))
    path.write_bytes(f"{bom}text\t编号\n{rows}".encode(encoding))
    found = [load(item, Reading())[:2] for item in items(path)]
    assert found == [(f"第{number}号船今天进港。", {"编号": str(number)}) for number in range(6000)]


def test_the_limit_for_a_field_of_csv_stays_as_the_process_has_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text\n" + "港口" * 10 + "\n")
    before = csv.field_size_limit()
    for item in documents(Place(str(tmp_path / "a.csv"), "a.csv"), Reading(size_limit=10)):
        assert (item.kind, csv.field_size_limit()) == ("failed", before)


def test_parquet(tmp_path: Path) -> None:
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"id": [1, 2], "text": [TEXT, None]}), path)
    first, second = items(path)
    assert load(first, Reading())[:2] == (TEXT, {"id": 1})
    assert second.kind == "failed"


def make_zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def make_tar(path: Path, members: dict[str, bytes]) -> None:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


MAKERS = {"a.zip": make_zip, "a.tar.gz": make_tar}


@pytest.mark.parametrize("name", MAKERS)
def test_members_of_archives(tmp_path: Path, name: str) -> None:
    make: Callable[[Path, dict[str, bytes]], None] = MAKERS[name]
    members = {
        "b/甲.txt": TEXT.encode("gbk"),
        "picture.png": b"\x89PNG\r\n",
        ".hidden.txt": b"x",
        "../../up.txt": b"up",
        "rows.jsonl": json_line(text="一。") + json_line(text="二。"),
    }
    path = tmp_path / name
    make(path, members)
    found = items(path)
    assert [item.path.removeprefix(f"{path}/") for item in found] == [
        "b/甲.txt",
        "up.txt",
        "rows.jsonl#1",
        "rows.jsonl#2",
    ]
    assert found[0].data == TEXT.encode("gbk")
    assert found[1].name == f"{name}/up.txt"


@pytest.mark.parametrize("name", MAKERS)
def test_a_bomb_is_not_unpacked(tmp_path: Path, name: str) -> None:
    make: Callable[[Path, dict[str, bytes]], None] = MAKERS[name]
    path = tmp_path / name
    make(path, {"bomb.txt": b"\0" * 50_000_000, "good.txt": b"good"})
    assert path.stat().st_size < 100_000
    bomb, good = items(path, size_limit=1_000_000)
    assert bomb.kind == "failed"
    assert "over the size limit" in str(bomb.data)
    assert good.data == b"good"


@pytest.mark.parametrize("name", MAKERS)
def test_a_broken_archive_gives_what_is_whole_and_says_so(tmp_path: Path, name: str) -> None:
    make: Callable[[Path, dict[str, bytes]], None] = MAKERS[name]
    path = tmp_path / name
    make(path, {"a.txt": os.urandom(5000), "b.txt": os.urandom(200_000)})
    path.write_bytes(path.read_bytes()[:100_000])
    assert items(path)[-1].kind == "failed"


def test_names_in_old_archives_are_gbk(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    make_zip(path, {"XXXX.txt": b"x"})
    path.write_bytes(path.read_bytes().replace(b"XXXX", "港口".encode("gbk")))
    (item,) = items(path)
    assert item.path == f"{path}/港口.txt"


def test_web_archives(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / "a.warc.gz"
    page = "<html><body><h1>港口</h1><p>今天通航。</p></body></html>".encode("gbk")
    records = [
        response("http://example.cn/1", "text/html; charset=gb2312", page),
        response("http://example.cn/2", "image/png", b"\x89PNG"),
        response("http://example.cn/3", "text/plain", TEXT.encode()),
        response("http://example.cn/4", "text/html", page, status="404 Not Found"),
    ]
    path.write_bytes(b"".join(gzip.compress(record) for record in records))
    first, second = items(path)
    assert text(first) == "港口\n今天通航。"
    fields = load(first, Reading()).fields
    assert fields is not None
    assert fields["url"] == "http://example.cn/1"
    assert fields["charset"] == "gb2312"
    assert text(second) == TEXT


@pytest.mark.parametrize("packed", [False, True])
def test_a_web_archive_that_was_cut_off_says_so(tmp_path: Path, packed: bool) -> None:
    pytest.importorskip("fastwarc")
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    page = f"<p>{TEXT}</p>".encode()
    records = [response(f"http://example.cn/{number}", "text/html", page) for number in range(2)]
    whole, last = (gzip.compress(record) if packed else record for record in records)
    path.write_bytes(whole + last)
    assert [item.kind for item in items(path)] == ["html", "html"]
    for left in (3, 20, 100, len(last) // 2, len(last) - 10):
        path.write_bytes(whole + last[:left])
        first, *others, end = items(path)
        assert first.data == page
        assert end.kind == "failed", left
        assert all(item.data == page for item in others), "what is given is whole"


def response(url: str, kind: str, body: bytes, status: str = "200 OK") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


PAGE = """<!doctype html><html><head><meta charset="gbk"><title>港口通航_某某网</title>
<meta name="author" content="李明"><style>p {color: red}</style></head><body><nav>首页</nav><h1>港口
通航</h1><div>今天上午，
港口<b>通航</b>了。<br>有 3 艘船。<script>var x = "不要"</script><p>第二段
</p></div><ul><li>一</li></ul><footer>版权</footer></body></html>"""


def test_a_page_gives_its_paragraphs_title_and_byline(tmp_path: Path) -> None:
    pytest.importorskip("selectolax")
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("gbk"))
    (item,) = items(path)
    loaded = load(item, Reading())
    assert loaded.source == "港口通航\n李明\n今天上午，港口通航了。\n有 3 艘船。\n第二段\n一"
    assert loaded.fields == {"title": "港口通航", "byline": "李明", "charset": "gb18030"}


def test_the_title_in_the_head_loses_the_name_of_the_site() -> None:
    pytest.importorskip("selectolax")
    assert read_page("<title>港口通航_某某网</title><p>正文。").title == "港口通航"
    assert read_page("<p>正文。").title is None
    assert read_page("").text == ""


def test_the_article_of_a_page_is_preferred() -> None:
    pytest.importorskip("selectolax")
    page = read_page(f"<div>别的新闻</div><article><p>{'正文。' * 50}</p></article><div>更多</div>")
    assert page.text == "正文。" * 50


def test_a_page_in_which_no_main_text_is_found_keeps_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("selectolax")
    monkeypatch.setitem(sys.modules, "trafilatura", Mock(extract=Mock(return_value=None)))
    assert read_page("<p>正文。<p>更多。", boilerplate=True).text == "正文。\n更多。"


def test_deep_nesting_is_no_recursion() -> None:
    pytest.importorskip("selectolax")
    assert read_page("<div>" * 3000 + "深").text == "深"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.jsonl"
    os.mkfifo(path)
    (item,) = items(path)
    assert (item.kind, item.data) == ("failed", "not a regular file but a pipe")


def test_a_missing_package_is_told_by_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(extras.MissingExtraError, match=r"reading Parquet needs .* 'ykclean\[parquet\]'"):
        require("x.parquet")
    require("x.txt")


def test_kinds_by_name() -> None:
    names = (
        "a.TXT",
        "a.html.gz",
        "a.ndjson.zst",
        "a.tgz",
        "a.png",
        "a.png.gz",
        "a.warc.gz",
        "a.gz",
        "a.v2.txt",
    )
    kinds = ["text", "html", "lines", "tar", None, None, "warc", "text", "text"]
    assert [kind_of(name) for name in names] == kinds


@pytest.mark.parametrize(
    ("data", "names"),
    [
        (b"a.txt\nb c.txt\r\n\nd.txt", ["a.txt", "b c.txt", "d.txt"]),
        (b"a\nb.txt\0c.txt\0", ["a\nb.txt", "c.txt"]),
        (b"", []),
        (b"\n".join(b"%d" % n for n in range(40_000)), [str(n) for n in range(40_000)]),
    ],
)
def test_lists_of_files(data: bytes, names: list[str]) -> None:
    assert list(names_from(io.BytesIO(data))) == names


def listed(tmp_path: Path, paths: list[str], patterns: Patterns | None = None) -> list[str]:
    manifest = Manifest(None)
    manifest.listing.scan(paths, patterns or Patterns(), on_error=lambda error: None)
    return [os.path.relpath(found.path, tmp_path) for found in manifest.listing]


def test_folders_are_walked_in_order_each_file_once(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/y.html", "a/raw/x.txt", ".hidden.txt", ".git/c.txt", "p.png"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    (tmp_path / "again.txt").symlink_to(tmp_path / "b.txt")
    top = str(tmp_path)
    assert listed(tmp_path, [top]) == ["a/raw/x.txt", "a/y.html", "a/z.txt", "b.txt"]
    assert listed(tmp_path, [top], Patterns(("*.txt",), ("raw/",))) == ["a/z.txt", "b.txt"]
    assert listed(tmp_path, [top, f"{top}/p.png"])[-1] == "p.png"


def test_tables_and_archives_in_a_folder_are_taken_only_when_asked_for(tmp_path: Path) -> None:
    for name in ("a.txt", "gold.jsonl", "b.csv", "c.zip", "d.html.gz"):
        (tmp_path / name).write_bytes(b"x")
    top = str(tmp_path)
    assert listed(tmp_path, [top]) == ["a.txt", "d.html.gz"]
    assert listed(tmp_path, [top, f"{top}/gold.jsonl"]) == ["a.txt", "d.html.gz", "gold.jsonl"]
    assert listed(tmp_path, [top], Patterns(("*.jsonl", "*.zip"))) == ["c.zip", "gold.jsonl"]


def test_the_folder_one_stands_in_has_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_bytes(b"x")
    monkeypatch.chdir(tmp_path)
    manifest = Manifest(None)
    manifest.listing.scan([".", "./a/"], Patterns(), on_error=lambda error: None)
    ((path, name),) = [(found.path, found.name) for found in manifest.listing]
    assert (path, name) == ("a/b.txt", "a/b.txt")
