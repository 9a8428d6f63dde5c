"""Runs over many files: the same bytes however they are done, and nothing lost where they break off."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from typing import TYPE_CHECKING, Any

import pytest

from batch_helpers import do, kill_after, make_files, results, start
from ykclean.batch import outputs
from ykclean.batch.listing import Listing, Patterns
from ykclean.batch.manifest import Manifest, ManifestError
from ykclean.batch.plan import Plan, PlanError
from ykclean.batch.run import run
from ykclean.batch.streams import unpacked_zst
from ykclean.record import source_from_record

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ["text", "markdown", "jsonl", "jsonl.zst", "parquet"]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_files(tmp_path_factory.mktemp("source"), 120)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_with_any_number_of_workers(source: Path, tmp_path: Path, form: str) -> None:
    made = []
    for workers in (0, 1, 8):
        summary = do(source, tmp_path / str(workers), form=form, workers=workers)
        assert (summary.state, summary.cleaned, summary.failed) == ("finished", 120, 0)
        made.append(results(tmp_path / str(workers)))
    assert made[0] == made[1] == made[2]
    assert made[0]


def test_a_tree_mirrors_the_input(source: Path, tmp_path: Path) -> None:
    do(source, tmp_path / "out")
    made = results(tmp_path / "out")
    assert sorted(made)[:2] == ["000/0000-1.txt", "000/0001-1.txt"]
    assert len(made) == 120
    assert made["000/0000-1.txt"].decode().startswith("第0号：港口今天通航，共有三艘船进港。\n")


def test_names_that_would_collide_get_a_digest(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "a.md", "A.text", "b.txt"):
        (tmp_path / "in" / name).write_text(f"{name}说,好。")
    do(tmp_path / "in", tmp_path / "out")
    names = sorted(results(tmp_path / "out"))
    assert len(names) == 4
    assert "b-1.txt" in names
    assert sum("~" in name for name in names) == 3


def test_records_are_in_the_order_of_the_paths_and_can_be_undone(source: Path, tmp_path: Path) -> None:
    do(source, tmp_path / "out", form="jsonl")
    lines = results(tmp_path / "out")["records.jsonl"].decode().splitlines()
    records = [json.loads(line) for line in lines]
    paths = sorted(str(path) for path in source.rglob("*.txt"))
    assert [record["path"] for record in records] == paths
    originals = [path.read_bytes() for path in sorted(source.rglob("*.txt"))]
    assert [source_from_record(record) for record in records] == originals


def test_packed_records_are_the_same(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("zstandard")
    do(source, tmp_path / "a", form="jsonl")
    do(source, tmp_path / "b", form="jsonl.zst")
    with (tmp_path / "b" / "records.jsonl.zst").open("rb") as stream:
        assert unpacked_zst(stream).read() == results(tmp_path / "a")["records.jsonl"]


def test_parquet_has_its_schema_and_a_row_an_article(source: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    from ykclean.batch.parquet import COLUMNS

    do(source, tmp_path / "out", form="parquet")
    table = parquet.read_table(tmp_path / "out" / "part-00000.parquet")
    assert table.schema.names == [name for name, _, _ in COLUMNS]
    assert table.schema.field("text").metadata[b"description"].startswith(b"the clean text")
    rows = table.to_pylist()
    assert len(rows) == 120
    assert rows[0]["text"].startswith("第0号：港口今天通航，")
    assert json.loads(rows[0]["findings"])[0]["code"] == "YK201"


KILLS = int(os.environ.get("YKCLEAN_KILLS", "2"))
"""How often a run is killed on the way; more than the default takes its time."""


@pytest.mark.parametrize(("seed", "form"), list(enumerate(["text", "jsonl", "jsonl.zst", "parquet"])))
def test_a_killed_run_goes_on_to_the_same_result(source: Path, tmp_path: Path, form: str, seed: int) -> None:
    outcome = begun_killed_and_resumed(source, tmp_path / "out", form, seed)
    do(source, tmp_path / "whole", form=form)
    # Blocks are smaller there, and so are the frames and row groups: what they hold is the same.
    assert content(outcome) == content(tmp_path / "whole")


def begun_killed_and_resumed(source: Path, output: Path, form: str, seed: int) -> Path:
    rng = random.Random(seed)
    how = "begin"
    for _ in range(KILLS):
        kill_after(start(source, output, form, how), rng.uniform(0.02, 0.3))
        made = results(output)
        assert not [name for name in made if name.startswith("records")] or finished(output)
        assert all(data.endswith(b"\n") for name, data in made.items() if name.endswith((".txt", ".md")))
        how = "resume" if (output / ".ykclean" / "manifest.sqlite").exists() else "begin"
    said = start(source, output, form, how).communicate(timeout=60)[0]
    assert said.startswith("finished 120")
    return output


def finished(output: Path) -> bool:
    manifest = Manifest(output / ".ykclean" / "manifest.sqlite")
    try:
        return bool(manifest["state"] == "finished" or manifest.position().number == 120)
    finally:
        manifest.close()


def content(output: Path) -> Any:
    made = results(output)
    packed = output / "records.jsonl.zst"
    if packed.exists():
        with packed.open("rb") as stream:
            return unpacked_zst(stream).read()
    if any(name.endswith(".parquet") for name in made):
        parquet = pytest.importorskip("pyarrow.parquet")
        return [row for name in sorted(made) for row in parquet.read_table(output / name).to_pylist()]
    return made


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_the_run_cleanly(source: Path, tmp_path: Path, number: int) -> None:
    output = tmp_path / "out"
    process = start(source, output, "jsonl")
    deadline = time.monotonic() + 10
    while not (output / ".ykclean" / "records.jsonl").exists() and time.monotonic() < deadline:
        time.sleep(0.001)
    said = kill_after(process, 0, number)
    assert process.returncode == 0
    assert said.split()[0] in ("stopped", "finished")
    if said.startswith("stopped"):
        assert json.loads((output / "summary.json").read_bytes())["signal"] == number
        assert not (output / "records.jsonl").exists() or finished(output)
    assert start(source, output, "jsonl", "resume").communicate()[0].startswith("finished 120")


@pytest.mark.parametrize("state", ["stopped", "broken"])
def test_a_run_that_ends_while_it_lists_begins_anew(
    source: Path, tmp_path: Path, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object, **__: object) -> None:
        if state == "stopped":
            os.kill(os.getpid(), signal.SIGTERM)
        raise OSError(5, "Input/output error")

    for _ in ("over nothing", "over a finished run"):
        with monkeypatch.context() as patch:
            patch.setattr(Listing, "scan", end)
            summary = do(source, tmp_path / "out")
        assert (summary.state, summary.documents) == (state, 0)
        summary = do(source, tmp_path / "out", resume=True, limit=3)
        assert (summary.state, summary.documents, summary.already) == ("finished", 3, 0)


def test_a_run_that_is_refused_leaves_the_one_before(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    do(source, output, limit=3)
    with pytest.raises(PlanError, match="a file to clean: name another"):
        do(output, output, patterns=Patterns(include=("*.txt",)), limit=3)
    assert do(source, output, resume=True, limit=3).already == 3


def test_a_signal_in_the_last_words_stops_the_run_cleanly(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        monkeypatch.undo()
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("ykclean.batch.run.leave_word", interrupt)
    output = tmp_path / "out"
    summary = do(source, output)
    assert (summary.state, summary.signal, summary.documents) == ("stopped", signal.SIGINT, 120)
    assert json.loads((output / "summary.json").read_bytes())["signal"] == signal.SIGINT
    assert do(source, output, resume=True).state == "finished"
    assert json.loads((output / "summary.json").read_bytes())["state"] == "finished"


def test_a_broken_run_is_not_written_over_unasked(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    do(source, output, limit=3)
    manifest = Manifest(output / ".ykclean" / "manifest.sqlite")
    manifest["state"] = "running"
    manifest.commit()
    manifest.close()
    with pytest.raises(ManifestError, match="go on with it by --resume, begin anew by --restart"):
        do(source, output, limit=3)
    assert do(source, output, limit=3, resume=True).documents == 3
    assert do(source, output, limit=5).documents == 5
    assert do(source, output, limit=2, restart=True).documents == 2


def test_a_run_goes_on_only_as_it_was_begun(source: Path, tmp_path: Path) -> None:
    do(source, tmp_path / "out", limit=3)
    with pytest.raises(ManifestError, match="limit was 3"):
        do(source, tmp_path / "out", resume=True)
    with pytest.raises(PlanError, match="no run to go on with"):
        do(source, tmp_path / "other", resume=True)


def test_one_run_at_a_time(source: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    do(source, output, limit=1)
    holder = Manifest(output / ".ykclean" / "manifest.sqlite")
    try:
        with pytest.raises(ManifestError, match="another run is writing there"):
            do(source, output, limit=1)
    finally:
        holder.close()


def test_a_dry_run_writes_nothing(source: Path, tmp_path: Path) -> None:
    summary = do(source, tmp_path / "out", dry_run=True)
    assert (summary.cleaned, summary.codes["YK201"] > 100) == (120, True)
    assert not (tmp_path / "out").exists()


def test_never_into_the_folder_of_the_input(source: Path, tmp_path: Path) -> None:
    make_files(tmp_path, 2)
    with pytest.raises(PlanError, match="a file to clean: name another"):
        do(tmp_path, tmp_path)
    with pytest.raises(PlanError, match="a file to clean: name another"):
        do([tmp_path / "000" / "0001.txt"], tmp_path / "000")
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == ["0000.txt", "0001.txt"]


def test_results_can_be_streamed(source: Path) -> None:
    lines: list[bytes] = []
    summary = run(Plan(paths=[str(source)], form="jsonl", put=lines.append, workers=2, limit=7))
    assert summary.documents == 7
    assert json.loads(lines[0])["path"].endswith("0000.txt")


def test_patterns_and_summary(source: Path, tmp_path: Path) -> None:
    summary = do(source, tmp_path / "out", patterns=Patterns(("00?/*",), ("000",)))
    assert summary.files == 100
    told = json.loads((tmp_path / "out" / "summary.json").read_bytes())
    assert told["encodings"] == {"utf-8": 67, "gb18030": 33}
    assert told["state"] == "finished"


def test_blocks_depend_on_the_documents_alone() -> None:
    from ykclean.batch.documents import Item, Outcome

    done = [(Item(str(n), ""), Outcome(str(n), "cleaned", result=b"x" * (n % 7))) for n in range(100)]
    whole = list(outputs.blocks(iter(done), 20))
    later = list(outputs.blocks(iter(done[len(whole[0]) :]), 20))
    assert whole[1:] == later
    assert sum(map(len, whole)) == 100


def test_what_a_run_killed_in_its_last_words_left_is_gone_after_the_next(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out"
    monkeypatch.setattr("ykclean.batch.whole.os.replace", _killed_at_summary)
    with pytest.raises(_Killed):
        do(source, output, workers=0)
    monkeypatch.undo()
    do(source, output, workers=0, resume=True)
    do(source, tmp_path / "whole", workers=0)
    assert {path.name for path in output.iterdir()} == {path.name for path in (tmp_path / "whole").iterdir()}
    assert not (output / ".ykclean" / "tmp").exists()


class _Killed(BaseException):
    pass


def _killed_at_summary(temporary: str, target: str, replace: Any = os.replace) -> None:
    if target.endswith("summary.json"):
        raise _Killed
    replace(temporary, target)
