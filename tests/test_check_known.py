"""Cache and baseline: what a check knows from before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import ykclean.cache
import ykclean.checking
from checking_helpers import COMMAS, FINE, MENDED, TWICE, write
from ykclean.cache import KEPT, Cache
from ykclean.checking import Job, check_bytes
from ykclean.cli import main
from ykclean.config import Config, config_above
from ykclean.settings import Settings

Capture = pytest.CaptureFixture[str]
JOB = Job("a.txt", "text", Config())


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YKCLEAN_CACHE_DIR", raising=False)
    config_above.cache_clear()
    return tmp_path


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("??/*"))


class TestCache:
    @pytest.mark.parametrize(
        "text",
        [
            COMMAS,
            TWICE,
            FINE,
            "<br>他说。\n\n他在河边走了一圈，看见许多人在钓鱼，风也不",
            "他说锟斤拷锟斤拷今天下雨了。\n",  # Rules of one code may say it in words of their own.
        ],
    )
    def test_what_comes_back_is_what_was_found(self, text: str, tmp_path: Path) -> None:
        cache = Cache(tmp_path / "cache")
        raw = text.encode()
        first = check_bytes(raw, JOB, cache)
        assert len(entries(tmp_path / "cache")) == 1
        assert check_bytes(raw, JOB, Cache(tmp_path / "cache")) == first == check_bytes(raw, JOB)

    def test_a_known_file_is_not_judged_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        cache = Cache(tmp_path / "cache")
        first = check_bytes(COMMAS.encode(), JOB, cache)
        monkeypatch.setattr(ykclean.checking, "find", None)
        assert check_bytes(COMMAS.encode(), JOB, cache) == first

    def test_content_settings_kind_and_program_make_other_entries(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cache = Cache(tmp_path / "cache")
        raw, settings = COMMAS.encode(), Settings()
        cache.put(raw, "text", settings, ())
        assert cache.get(raw, "text", settings) == ()
        assert cache.get(raw + b"\n", "text", settings) is None
        assert cache.get(raw, "markdown", settings) is None
        assert cache.get(raw, "text", Settings(min_duplicate=31)) is None
        assert cache.get(raw, "text", Settings(ignore=("YK4",))) is None
        monkeypatch.setattr("ykclean.cache._program", lambda: [("other", 1, 1)])
        assert Cache(tmp_path / "cache").get(raw, "text", settings) is None

    def test_every_file_of_the_program_counts(self) -> None:
        for name in ("a.py", "data/a.bin", "data/a.trees", "data/a.npz", "__pycache__/a.pyc"):
            write(f"package/{name}", "x")
        names = [name for name, _, _ in ykclean.cache._program("package")]
        assert names == ["a.py", "data/a.bin", "data/a.npz", "data/a.trees"]

    def test_a_spoilt_entry_is_made_anew(self, tmp_path: Path) -> None:
        cache = Cache(tmp_path / "cache")
        first = check_bytes(COMMAS.encode(), JOB, cache)
        (entry,) = entries(tmp_path / "cache")
        for spoilt in (b"[", b"[[1]]", b'[["YK999",[],0,1,[],true,null,[],null]]', b"\xff"):
            entry.write_bytes(spoilt)
            assert check_bytes(COMMAS.encode(), JOB, cache) == first

    def test_a_folder_that_cannot_be_made_is_no_error(self) -> None:
        write("file", "")
        assert check_bytes(COMMAS.encode(), JOB, Cache(Path("file/cache"))).findings

    def test_it_keeps_itself_out_of_git(self) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt"]) == 1
        assert Path(".ykclean_cache/.gitignore").read_text(encoding="utf-8") == "*\n"
        assert len(entries(Path(".ykclean_cache"))) == 1

    def test_no_cache(self) -> None:
        write("a.txt", COMMAS)
        assert main(["check", "a.txt", "--no-cache"]) == 1
        assert not Path(".ykclean_cache").exists()

    def test_where_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        write("a.txt", COMMAS)
        write("ykclean.toml", 'cache-dir = "in-config"')
        main(["check", "a.txt"])
        monkeypatch.setenv("YKCLEAN_CACHE_DIR", "in-environment")
        main(["check", "a.txt"])
        main(["check", "a.txt", "--cache-dir", "chosen"])
        assert [len(entries(Path(name))) for name in ("in-config", "in-environment", "chosen")] == [1, 1, 1]

    def test_what_nobody_asks_for_goes(self, tmp_path: Path) -> None:
        folder = tmp_path / "cache"
        Cache(folder).put(b"old", "text", Settings(), ())
        (entry,) = entries(folder)
        long_ago = time.time() - KEPT - 60
        os.utime(entry, (long_ago, long_ago))
        os.utime(folder / "CACHEDIR.TAG", (long_ago, long_ago))
        Cache(folder).put(b"new", "text", Settings(), ())
        assert len(entries(folder)) == 1
        assert not entry.exists()

    def test_runs_at_the_same_time(self) -> None:
        for number in range(40):
            write(f"{number}.txt", COMMAS + f"第{number}段,在这里。\n")
        command = [sys.executable, "-m", "ykclean", "check", ".", "--output-format", "concise"]
        runs = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
        results = [(*run.communicate(), run.returncode) for run in runs]
        assert results[0] == results[1] == results[2]
        assert results[0][1:] == (b"", 1)
        assert len(entries(Path(".ykclean_cache"))) == 40
        again = subprocess.run(command, capture_output=True, check=False)
        assert (again.stdout, again.stderr, again.returncode) == results[0]


class TestBaseline:
    def learn(self, *arguments: str) -> None:
        assert main(["check", *(arguments or (".",)), "--write-baseline", "known.json"]) == 0

    def check(self, *arguments: str) -> int:
        return main(["check", ".", "--baseline", "known.json", *arguments])

    def test_what_is_known_is_not_reported(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        self.learn()
        assert capfd.readouterr().err == "ykclean: 2 findings written to known.json\n"
        assert self.check() == 0
        assert capfd.readouterr().out == "All clear: 1 file checked. 2 problems known from the baseline.\n"

    def test_edits_elsewhere_change_nothing(self) -> None:
        write("a.txt", COMMAS)
        self.learn()
        write(
            "a.txt", FINE + COMMAS.replace("今天下雨。", "今天下雨。起风了，后来停了。") + FINE[:30] + "。\n"
        )
        assert self.check("--select", "YK2") == 0

    def test_what_is_new_is_reported(self, capfd: Capture) -> None:
        write("a.txt", COMMAS)
        write("b.txt", FINE)
        self.learn()
        write("a.txt", COMMAS + "又来,一句。\n")
        write("b.txt", COMMAS)
        capfd.readouterr()
        assert self.check("--output-format", "json") == 1
        new = [(record["path"], record["start"]) for record in json.loads(capfd.readouterr().out)]
        assert new == [("a.txt", len(COMMAS) + 2), ("b.txt", 2), ("b.txt", 12)]

    def test_one_more_of_the_same_is_new(self) -> None:
        write("a.txt", "他说,好。\n")
        self.learn()
        write("a.txt", "他说,好。\n" * 2)
        assert self.check("--select", "YK201") == 1

    def test_mending_one_does_not_bring_up_the_next(self) -> None:
        write("a.txt", "他说,好,再来,一次。\n")
        self.learn()
        write("a.txt", "他说,好，再来,一次。\n")
        assert self.check() == 0

    def test_fix_leaves_what_is_known(self) -> None:
        file = write("a.txt", COMMAS)
        self.learn()
        write("a.txt", COMMAS + "又来,一句。\n")
        assert self.check("--fix") == 0
        assert file.read_text(encoding="utf-8") == COMMAS + "又来，一句。\n"

    def test_named_in_the_configuration_it_is_found_from_anywhere(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write("sub/a.txt", COMMAS)
        self.learn("sub/a.txt")
        write("ykclean.toml", 'baseline = "known.json"')
        config_above.cache_clear()
        assert main(["check", "sub/a.txt"]) == 0
        monkeypatch.chdir("sub")
        assert main(["check", "a.txt"]) == 0

    def test_it_can_be_written_anew_and_is_the_same(self) -> None:
        write("a.txt", COMMAS)
        write("b.txt", TWICE)
        self.learn()
        first = Path("known.json").read_bytes()
        write("ykclean.toml", 'baseline = "known.json"')
        config_above.cache_clear()
        self.learn()
        assert Path("known.json").read_bytes() == first
        write("a.txt", MENDED)
        self.learn()
        assert list(json.loads(Path("known.json").read_bytes())["files"]) == ["b.txt"]

    @pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names are Unicode there")
    def test_a_name_that_is_no_utf_8_is_known(self) -> None:
        write(os.fsdecode("甲.txt".encode("gbk")), COMMAS)
        self.learn()
        assert self.check() == 0

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"version": 9, "files": {}}', '{"version": 1, "files": [1]}']
    )
    def test_a_file_that_is_none_is_an_error(self, content: str, capfd: Capture) -> None:
        write("known.json", content)
        assert self.check() == 2
        assert "write it anew" in capfd.readouterr().err

    def test_a_file_that_is_missing_is_an_error(self) -> None:
        assert self.check() == 2
