"""A run again into the same folder: what earlier runs left there is named, and deleted only when asked."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from batch_helpers import do, make_files, results

# The project's example: two articles.
TWO = (Path(__file__).parents[1] / "fixtures" / "report.txt").read_text(encoding="utf-8")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_files(tmp_path / "in", 6)


def listed(output: Path) -> list[str]:
    return (output / "stale.txt").read_text().splitlines() if (output / "stale.txt").exists() else []


def test_what_a_source_that_vanished_left_is_named_and_stays(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert do(source, output).stale == 0
    (source / "000" / "0003.txt").unlink()
    for _ in range(2):  # It is not forgotten after a run.
        assert do(source, output).stale == 1
        assert listed(output) == ["000/0003-1.txt"]
        assert (output / "000" / "0003-1.txt").exists()
    (output / "000" / "0003-1.txt").unlink()
    assert do(source, output).stale == 0
    assert listed(output) == []


def test_prune_deletes_it_and_the_folders_it_leaves_empty(source: Path, tmp_path: Path) -> None:
    (source / "gone" / "deep").mkdir(parents=True)
    (source / "gone" / "deep" / "a.txt").write_text("他说,好。")
    output = tmp_path / "out"
    do(source, output)
    (output / "000" / "mine.txt").write_text("not from here")
    (source / "gone" / "deep" / "a.txt").unlink()
    (source / "000" / "0000.txt").unlink()
    summary = do(source, output, prune=True)
    assert (summary.pruned, summary.stale) == (2, 0)
    assert not (output / "gone").exists()
    assert sorted(results(output)) == [*(f"000/000{n}-1.txt" for n in range(1, 6)), "000/mine.txt"]
    assert do(source, output, prune=True).pruned == 0


def test_fewer_articles_leave_files(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    (source / "a.txt").write_text(TWO)
    before = do(source, output).articles
    assert before >= 2
    (source / "a.txt").write_text("港口今天通航，共有三艘船进港。\n")
    assert do(source, output).stale == before - 1
    assert listed(output) == [f"a-{number}.txt" for number in range(2, before + 1)]


@pytest.mark.parametrize(
    ("first", "then", "left"),
    [
        ("text", "markdown", [f"000/000{n}-1.txt" for n in range(6)]),
        ("text", "jsonl", [f"000/000{n}-1.txt" for n in range(6)]),
        ("jsonl", "text", ["records.jsonl"]),
        ("parquet", "jsonl", ["part-00000.parquet"]),
    ],
)
def test_another_format_leaves_the_former(
    source: Path, tmp_path: Path, first: str, then: str, left: list[str]
) -> None:
    if "parquet" in (first, then):
        pytest.importorskip("pyarrow")
    do(source, tmp_path / "out", form=first)
    assert do(source, tmp_path / "out", form=then).stale == len(left)
    assert listed(tmp_path / "out") == left


def test_what_failed_this_time_loses_nothing(source: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        archive.writestr("a.txt", "他说,好。")
    paths, output = [source, tmp_path / "pages.zip"], tmp_path / "out"
    do(paths, output)
    (source / "000" / "0002.txt").write_bytes(b"\0" * 50_000)
    (tmp_path / "pages.zip").write_bytes(b"no archive any more")
    (source / "000" / "0001.txt").unlink()
    from ykclean.batch.readers import Reading

    summary = do(paths, output, prune=True, reading=Reading(size_limit=10_000))
    assert (summary.failed, summary.pruned) == (2, 1)
    assert {"000/0002-1.txt", "pages.zip/a-1.txt"} < set(results(output))
    assert "000/0001-1.txt" not in results(output)


def test_nothing_is_pruned_while_a_source_cannot_be_listed(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    do(source, output)
    summary = do([tmp_path / "not mounted"], output, prune=True)
    assert (summary.pruned, summary.stale) == (0, 6)
    assert len(results(output)) == 8, "six results, quarantine.jsonl and stale.txt"


def test_a_run_over_a_part_tells_nothing(source: Path, tmp_path: Path) -> None:
    do(source, tmp_path / "out")
    assert do(source, tmp_path / "out", limit=2).stale == 0
    assert do(source, tmp_path / "out").stale == 0


def test_a_finished_run_can_be_pruned_later(source: Path, tmp_path: Path) -> None:
    choices: dict[str, Any] = {"form": "jsonl"}
    do(source, tmp_path / "out")
    do(source, tmp_path / "out", **choices)
    assert do(source, tmp_path / "out", **choices, resume=True, prune=True).pruned == 6
    assert list(results(tmp_path / "out")) == ["records.jsonl"]


def test_a_folder_called_like_a_file_of_records_is_no_rest(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text('{"text": "他说,好。"}\n')
    summary = do(tmp_path / "records.jsonl", tmp_path / "out")
    assert (summary.cleaned, summary.stale) == (1, 0)
    assert do(tmp_path / "records.jsonl", tmp_path / "out", prune=True).pruned == 0
    assert list(results(tmp_path / "out")) == ["records.jsonl/0000001-1.txt"]
