"""The folder of an output: made ready for a run, and told in the end what came of it."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ykclean.batch.keeping import to_json_bytes
from ykclean.batch.manifest import Manifest, ManifestError
from ykclean.batch.outputs import HIDDEN
from ykclean.batch.plan import Plan, PlanError, identity
from ykclean.batch.reasons import describe
from ykclean.batch.stale import remember, settle_stale
from ykclean.batch.summary import Summary, quarantined
from ykclean.batch.whole import TEMPORARY, write_or_remove, write_whole
from ykclean.config import ConfigError
from ykclean.extras import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def output_folder(plan: Plan) -> Iterator[None]:
    """Make the folder of the output; where it was not there and nothing comes of the plan, take it away."""
    if not plan.writes:
        yield
        return
    assert plan.output is not None
    hidden = plan.output / HIDDEN
    fresh = not hidden.exists()
    _prepare(plan.output, plan.resume)
    try:
        yield
    except (PlanError, MissingExtraError, ConfigError):
        if fresh:
            shutil.rmtree(hidden, ignore_errors=True)
            if not any(plan.output.iterdir()):
                plan.output.rmdir()
        raise


def manifest_place(plan: Plan) -> Path:
    """Where the manifest of a plan that writes lies."""
    assert plan.output is not None
    return plan.output / HIDDEN / "manifest.sqlite"


def _prepare(folder: Path, resume: bool) -> None:
    """Make the folder; nothing in it is touched yet."""
    if folder.exists() and not folder.is_dir():
        raise PlanError(f"{folder}: there is a file of that name; name a folder")
    if resume and not (folder / HIDDEN / "manifest.sqlite").exists():
        raise PlanError(f"{folder}: no run to go on with; leave out --resume")
    try:
        (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanError(f"{folder}: {describe(error)}") from error


def begin(plan: Plan, manifest: Manifest) -> None:
    """Check that the plan fits what the manifest holds; forget the latter where that is wanted."""
    state = manifest["state"]
    if state == "running" and not plan.resume and not plan.restart:
        raise ManifestError(
            f"{plan.output} holds a run that was broken off: go on with it by --resume,"
            " begin anew by --restart, or name another folder"
        )
    if plan.restart or state in (None, "listing") or not plan.resume:
        remember(manifest)
        manifest.clear()
    elif plan.resume:
        manifest.check(identity(plan))
    if plan.writes:
        assert plan.output is not None
        temporary = plan.output / TEMPORARY
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir(exist_ok=True)  # A killed run's last worker may just have made a file in it.


def leave_word(plan: Plan, manifest: Manifest, summary: Summary) -> None:
    """Write ``summary.json`` and, where something failed, ``quarantine.jsonl``."""
    assert plan.output is not None
    (plan.output / TEMPORARY).mkdir(exist_ok=True)  # A run stopped in its last words leaves word once more.
    try:
        if summary.state == "finished":
            _settle_stale(plan, manifest, summary)
        write_or_remove(plan.output, "quarantine.jsonl", map(to_json_bytes, quarantined(manifest)))
        write_whole(plan.output, "summary.json", to_json_bytes(summary.to_dict()) + b"\n")
    except OSError as error:
        summary.message = summary.message or f"summary.json: {describe(error)}"
    shutil.rmtree(plan.output / TEMPORARY, ignore_errors=True)


def _settle_stale(plan: Plan, manifest: Manifest, summary: Summary) -> None:
    """Tell of what earlier runs have left, or delete it. A run over a part of the files cannot know."""
    assert plan.output is not None
    if plan.limit is not None:
        return
    unlisted = next(manifest.select("SELECT count(*) FROM problems"))[0]
    number = settle_stale(manifest, plan.output, prune=plan.prune and not unlisted)
    if plan.prune and not unlisted:
        summary.pruned = number
    else:
        summary.stale = number
    manifest.commit()
