"""Mending in place: only what is safe, and everything else about the file as it was."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking_helpers import COMMAS, FINE, MENDED, OTHER, PASSAGE, TWICE, write
from ykclean import checking
from ykclean.checking import Job, check_bytes, encode, mend
from ykclean.cli import main
from ykclean.config import Config
from ykclean.prose import Kind
from ykclean.source import Encoding, Source

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_second_run_is_clean(capfd: Capture) -> None:
    file = write("a.txt", COMMAS)
    assert main(["check", "--fix", "a.txt"]) == 0
    assert capfd.readouterr().out == "Fixed 2 problems.\n"
    assert file.read_text(encoding="utf-8") == MENDED
    assert main(["check", "a.txt"]) == 0


def test_exit_non_zero_on_fix() -> None:
    write("a.txt", COMMAS)
    assert main(["check", "--fix", "--exit-non-zero-on-fix", "a.txt"]) == 1
    assert main(["check", "--fix", "--exit-non-zero-on-fix", "a.txt"]) == 0


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("gb18030", b""), ("utf-16-le", b"\xff\xfe"), ("big5", b"")],
)
def test_encoding_mark_and_line_ends_are_kept(encoding: str, mark: bytes, ending: str) -> None:
    big5 = encoding == "big5"
    source, wanted = (
        ("他說,今天下雨。\n她說,明天放晴。\n", "他說，今天下雨。\n她說，明天放晴。\n")
        if big5
        else (COMMAS, MENDED)
    )
    file = write("a.txt", mark + source.replace("\n", ending).encode(encoding))
    assert main(["check", "--fix", "--select", "YK201", "a.txt"]) == 0
    assert file.read_bytes() == mark + wanted.replace("\n", ending).encode(encoding)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mode bits and links")
def test_mode_bits_and_links_are_kept() -> None:
    file = write("real/a.txt", COMMAS)
    file.chmod(0o640)
    Path("link.txt").symlink_to(file)
    assert main(["check", "--fix", "link.txt"]) == 0
    assert Path("link.txt").is_symlink()
    assert file.read_text(encoding="utf-8") == MENDED
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_file_whose_bytes_do_not_come_back_is_not_rewritten(capfd: Capture) -> None:
    raw = COMMAS.encode("utf-8") + b"\xe4\xbb\n"
    file = write("a.txt", raw)
    assert main(["check", "a.txt"]) == 1
    out = capfd.readouterr().out
    assert ("YK201" in out, "[*]" in out, "--fix" in out) == (True, False, False)
    assert main(["check", "--fix", "a.txt"]) == 2
    assert file.read_bytes() == raw
    assert "not mended: its encoding cannot be written back exactly" in capfd.readouterr().err


def test_diff_counts_nothing_that_fix_would_refuse(capfd: Capture) -> None:
    write("a.txt", COMMAS.encode("utf-8") + b"\xe4\xbb\n")
    assert main(["check", "--diff", "a.txt"]) == 2
    out, err = capfd.readouterr()
    assert (out, "Would fix" in err) == ("", False)
    assert "not mended: its encoding cannot be written back exactly" in err


@pytest.mark.parametrize(("text", "times"), [(FINE, 1), (COMMAS, 2)])
def test_a_file_is_judged_again_only_where_it_was_mended(
    text: str, times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[bytes] = []
    judge = checking._judge

    def noted(raw: bytes, *rest: Any) -> Any:
        judged.append(raw)
        return judge(raw, *rest)

    monkeypatch.setattr(checking, "_judge", noted)
    write("a.txt", text)
    assert main(["check", "--fix", "--no-cache", "a.txt"]) == 0
    assert len(judged) == times


def test_a_mark_that_the_encoding_lacks_is_not_written() -> None:
    source = Source("他說".encode("big5"), "他說", Encoding("big5", "detected"))
    assert encode("他說", source) == "他說".encode("big5")
    assert encode("他说", source) is None


def test_a_clean_file_is_not_touched() -> None:
    file = write("a.txt", FINE)
    os.utime(file, (1, 1))
    assert main(["check", "--fix", "a.txt"]) == 0
    assert file.stat().st_mtime == 1


def test_duplicates_are_removed_only_when_asked(capfd: Capture) -> None:
    file = write("a.txt", TWICE)
    assert main(["check", "--fix", "a.txt"]) == 1
    assert file.read_text(encoding="utf-8") == TWICE
    assert "1 with --unsafe-fixes" in capfd.readouterr().out
    assert main(["check", "--fix", "--unsafe-fixes", "a.txt"]) == 0
    text = file.read_text(encoding="utf-8")
    assert (text.count(PASSAGE), text.count(OTHER)) == (1, 1)


def test_actions_of_the_configuration() -> None:
    file = write("a.txt", TWICE + COMMAS)
    write("ykclean.toml", '[actions]\nYK4 = "fix"\nhalfwidth-punctuation = "report"')
    assert main(["check", "--fix", "a.txt"]) == 1
    text = file.read_text(encoding="utf-8")
    assert text.count(PASSAGE) == 1
    assert "他说,今天" in text


def test_diff_shows_and_writes_nothing(capfd: Capture) -> None:
    file = write("a.txt", COMMAS)
    assert main(["check", "--diff", "a.txt"]) == 1
    out, err = capfd.readouterr()
    assert "-他说,今天下雨。\n+他说，今天下雨。\n" in out
    assert err == "ykclean: Would fix 2 problems.\n"
    assert file.read_text(encoding="utf-8") == COMMAS
    write("a.txt", FINE)
    assert main(["check", "--diff", "a.txt"]) == 0


@pytest.mark.parametrize("kind", ["text", "markdown"])
@given(
    pieces=st.lists(
        st.sampled_from(
            [
                "他说",
                ",",
                "，",
                "。",
                '"',
                "(",
                ")",
                "...",
                "--",
                "`a,b`",
                "\n",
                "\n\n",
                "# ",
                "- ",
                "今天下雨",
                " ",
                "<br>",
            ]
        ),
        max_size=30,
    )
)
def test_mending_comes_to_an_end(pieces: list[str], kind: Kind) -> None:
    job = Job("a.txt", kind, Config())
    raw = "".join(pieces).encode()
    for _ in range(2):
        mended = mend(raw, check_bytes(raw, job).findings, unsafe=False)
        if mended is None:
            return
        raw = mended.data
    assert mend(raw, check_bytes(raw, job).findings, unsafe=False) is None
