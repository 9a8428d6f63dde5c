"""Files on other machines: listed, read and named like those of a folder; what is missing is told."""

from __future__ import annotations

import builtins
import json
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from batch_helpers import do, results
from ykclean.batch.library import clean_files
from ykclean.batch.listing import Patterns
from ykclean.batch.manifest import Manifest
from ykclean.batch.plan import Plan
from ykclean.batch.remote import changed_since, find, is_remote
from ykclean.batch.run import run
from ykclean.extras import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

fsspec = pytest.importorskip("fsspec")

TEXT = "港口今天通航,共有三艘船进港。\n"
PAGE = f"<html><head><title>通航</title></head><body><article><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def memory() -> Iterator[Any]:
    """A file system in memory."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pseudo_dirs[:] = [""]
    yield system
    system.store.clear()


def remote_run(urls: list[str], output: Path, **choices: Any) -> Any:
    return run(Plan(paths=urls, output=output, **{"workers": 0, **choices}))


def reasons(output: Path) -> dict[str, str]:
    lines = (output / "quarantine.jsonl").read_text().splitlines()
    return {entry["path"]: entry["reason"] for entry in map(json.loads, lines)}


@pytest.mark.parametrize("workers", [0, 2])
def test_a_folder_is_walked_like_one_here(memory: Any, tmp_path: Path, workers: int) -> None:
    files = {"a.txt": TEXT, "deep/er/b.txt": TEXT * 2, ".hidden/c.txt": TEXT, "d.png": "x", "e.jsonl": "{}"}
    for name, text in files.items():
        memory.pipe(f"/in/{name}", text.encode())
        place = tmp_path / "in" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    summary = remote_run(["memory://in"], tmp_path / "there", workers=workers)
    assert (summary.files, summary.cleaned, summary.failed) == (2, 2, 0)
    do(tmp_path / "in", tmp_path / "here")
    assert results(tmp_path / "there") == results(tmp_path / "here")
    assert sorted(results(tmp_path / "there")) == ["a-1.txt", "deep/er/b-1.txt"]


def test_containers_are_read_and_records_name_the_address(memory: Any, tmp_path: Path) -> None:
    memory.pipe("/x/lines.jsonl", json.dumps({"text": TEXT, "id": 7}).encode() + b"\nno json\n")
    with memory.open("/x/two.zip", "wb") as stream, zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("inside.txt", TEXT)
    remote_run(["memory://x"], tmp_path / "out", form="jsonl", patterns=Patterns(("*",)))
    lines = (tmp_path / "out" / "records.jsonl").read_text().splitlines()
    records = {record["path"]: record for record in map(json.loads, lines)}
    assert list(records) == ["memory:///x/lines.jsonl#1", "memory:///x/two.zip/inside.txt"]
    assert records["memory:///x/lines.jsonl#1"]["fields"] == {"id": 7}
    assert list(reasons(tmp_path / "out")) == ["memory:///x/lines.jsonl#2"]


def test_what_is_not_there_or_too_large(memory: Any, tmp_path: Path) -> None:
    memory.pipe("/in/a.txt", TEXT.encode() * 9)
    from ykclean.batch.readers import Reading

    summary = remote_run(["memory://in", "memory://nope"], tmp_path / "out", reading=Reading(size_limit=50))
    assert summary.failed == 2
    told = reasons(tmp_path / "out")
    assert told["memory://nope"] == "no such file or folder"
    assert "over the size limit of 50" in told["memory:///in/a.txt"]


def test_a_file_that_changes_is_known_again(memory: Any) -> None:
    memory.pipe("/in/a.txt", TEXT.encode())
    (found,) = find("memory://in/a.txt", lambda name: True)
    assert not changed_since(found.url, found.size, found.changed)
    memory.pipe("/in/a.txt", TEXT.encode() * 2)
    assert changed_since(found.url, found.size, found.changed)


def test_clean_files_takes_addresses(memory: Any) -> None:
    memory.pipe("/in/a.txt", TEXT.encode())
    (result,) = clean_files("memory://in/a.txt", workers=0)
    assert result.cleaned is not None
    assert result.cleaned.text == TEXT.replace(",", "，")


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder; gives no parts of files, and calls what has no suffix a page."""

    def guess_type(self, path: Any) -> str:
        return super().guess_type(path) if "." in str(path).rpartition("/")[2] else "text/html"

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of a server of the folder ``web``."""
    pytest.importorskip("aiohttp")
    (tmp_path / "web" / "day").mkdir(parents=True)
    handler = partial(Quiet, directory=str(tmp_path / "web"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


@pytest.mark.parametrize("workers", [0, 1])
def test_over_http(server: str, tmp_path: Path, workers: int) -> None:
    pytest.importorskip("selectolax")
    web = tmp_path / "web"
    (web / "article").write_text(PAGE)
    (web / "day" / "one.txt").write_text(TEXT)
    (web / "day" / "two.html").write_text(PAGE)
    with zipfile.ZipFile(web / "all.zip", "w") as archive:
        archive.writestr("three.txt", TEXT)
    urls = [f"{server}/article?id=3", f"{server}/day/", f"{server}/all.zip", f"{server}/nope.txt"]
    summary = remote_run(urls, tmp_path / "out", workers=workers)
    assert (summary.cleaned, summary.failed) == (4, 1), reasons(tmp_path / "out")
    made = results(tmp_path / "out")
    assert sorted(made)[:4] == ["all.zip/three-1.txt", "article-1.txt", "one-1.txt", "quarantine.jsonl"]
    assert made["article-1.txt"].decode().startswith("通航\n")
    assert "404" in reasons(tmp_path / "out")[f"{server}/nope.txt"]


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    remote_run(["http://127.0.0.1:9/a.txt"], tmp_path / "out")
    (reason,) = reasons(tmp_path / "out").values()
    assert reason.startswith("not read over the network (ClientConnectorError: ")


def test_without_fsspec_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refusing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr("ykclean.extras.import_module", refusing)
    with pytest.raises(MissingExtraError, match=r"pip install 'ykclean\[remote\]'"):
        remote_run(["s3://bucket/a.txt"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_the_package_of_a_protocol_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without_s3fs(name: str, *rest: Any) -> Any:
        if name.startswith("s3fs"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without_s3fs)
    with pytest.raises(MissingExtraError, match=r"reading s3:// paths: Install s3fs"):
        next(find("s3://bucket/a.txt", lambda name: True))


def test_addresses_are_told_from_paths() -> None:
    assert all(map(is_remote, ["s3://b/k", "https://h/", "memory://x", "hf://datasets/x"]))
    assert not any(map(is_remote, ["a/b", "C:/x", "C://x", "./s3://b", "-"]))


def test_the_listing_keeps_addresses(memory: Any) -> None:
    memory.pipe("/in/a.txt", TEXT.encode())
    manifest, problems = Manifest(None), list[OSError]()
    manifest.listing.scan(["memory://in", "memory://in/a.txt"], Patterns(), on_error=problems.append)
    (found,) = list(manifest.listing)
    manifest.close()
    assert (found.path, found.name, found.walked) == ("memory:///in/a.txt", "a.txt", False)
    assert (found.size, problems) == (len(TEXT.encode()), [])
