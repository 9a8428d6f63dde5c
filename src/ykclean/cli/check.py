"""``ykclean check``: report what is wrong, as a linter does; ``--fix`` mends it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ykclean.cli.choices import Choices, codes, filled, patterns
from ykclean.cli.targets import Selection
from ykclean.reports import FOR_PEOPLE, FORMATS
from ykclean.settings import Chosen

if TYPE_CHECKING:
    from collections.abc import Callable

    from ykclean.cli.appearance import Lang

EXIT_CODES = """\b
Exit codes:
  0    nothing is wrong (with --fix: nothing is left; with --diff: nothing would change)
  1    something is wrong
  2    a file could not be read or written, or the usage or configuration is wrong
  130  interrupted          141  standard output was closed by its reader
  143  terminated

\b
Examples:
  ykclean check .                             all .txt and .md files below this folder
  ykclean check --fix news/                   mend what is safe to mend
  ykclean check --diff --unsafe-fixes a.txt   show what everything would change
  ykclean check --select YK4 --statistics .   how many passages stand twice
  ykclean check --write-baseline known.json . begin with a folder full of old texts

\b
Environment:
  NO_COLOR, FORCE_COLOR   colours off, on        LANG, LC_ALL   language of the messages
  YKCLEAN_CACHE_DIR       where results are kept
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What the command line asks for."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    output_format: str | None
    output_file: str | None
    statistics: bool
    quiet: bool
    exit_zero: bool
    exit_non_zero_on_fix: bool
    stdin_filename: str | None
    baseline: str | None
    write_baseline: str | None
    no_cache: bool
    cache_dir: str | None
    jobs: int | None
    lang: Lang | None
    selection: Selection


def _options(*options: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_naming = partial(click.option, callback=filled, metavar="FILE")
_FIXING = _options(
    click.option("--fix", is_flag=True, help="Mend in place what is safe to mend, marked [*]."),
    click.option("--unsafe-fixes", is_flag=True, help="Mend the rest too: remove what stands twice."),
    click.option("--diff", is_flag=True, help="Show what would change, as a unified diff; write nothing."),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found."),
    click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 where --fix changed a file."),
)
_CHOOSING = _options(
    click.option("--select", multiple=True, callback=codes, metavar="CODES", help="Use only these rules."),
    click.option("--extend-select", multiple=True, callback=codes, metavar="CODES", help="Use these too."),
    click.option("--ignore", multiple=True, callback=codes, metavar="CODES", help="Leave these rules out."),
    click.option(
        "--exclude",
        multiple=True,
        callback=patterns,
        metavar="PATTERN",
        help="Leave these files and folders out.",
    ),
    click.option("--force-exclude", is_flag=True, help="Leave them out even where they are named."),
    click.option("--config", "config_file", metavar="FILE", help="Use this configuration, not the nearest."),
    _naming("--baseline", help="Report only what this file does not list."),
    _naming("--write-baseline", help="List in this file all that is found now."),
)
_SHOWING = _options(
    click.option("--output-format", type=click.Choice(FORMATS), help="How to show what is found [full]."),
    _naming("-o", "--output-file", help="Write the report to a file."),
    click.option("--statistics", is_flag=True, help="Only count what is found, by rule."),
    click.option("--lang", type=click.Choice(("en", "zh")), help="Language of messages [the locale's]."),
    click.option("-q", "--quiet", is_flag=True, help="No summary."),
)
_RUNNING = _options(
    click.option("--stdin-filename", metavar="NAME", help="The name of what comes from standard input (-)."),
    click.option("--no-cache", is_flag=True, help="Neither use nor keep results."),
    click.option("--cache-dir", metavar="DIR", help="Where to keep results [.ykclean_cache]."),
    click.option("-j", "--jobs", type=click.IntRange(1), help="How many processes [one a processor]."),
)


@click.command(epilog=EXIT_CODES)
@click.argument("paths", nargs=-1, callback=filled, metavar="[PATH]...")
@_FIXING
@_CHOOSING
@_SHOWING
@_RUNNING
def check(**given: Any) -> int:
    """Report what is wrong in files of Chinese prose, as a linter does.

    PATH is a file, a folder (its .txt, .text, .md and .markdown files, but not what is hidden), or - for
    standard input; without a PATH, this folder. What is no Chinese prose is left alone: other files, other
    languages, and in Markdown code, tables, HTML, links and front matter.

    CODES are codes, beginnings of codes, or names of rules, with commas between them: YK2,broken-line.
    `ykclean rules` lists them, `ykclean rule YK401` explains one.
    """
    from ykclean.cli.checks import run

    choices = Choices(Chosen(given.pop("select"), ignore=given.pop("ignore")), given.pop("config_file"))
    chosen = {key: given.pop(key) for key in ("extend_select", "exclude", "force_exclude")}
    request = Request(selection=Selection(choices, **chosen), **given)
    _reject_contradictions(request)
    return run(request)


def _reject_contradictions(request: Request) -> None:
    if request.fix and request.diff:
        raise click.UsageError("--diff only shows what --fix would do; leave one of them out")
    if request.statistics and request.output_format not in (None, *FOR_PEOPLE, "json", "jsonl"):
        raise click.UsageError(f"--statistics has no form for {request.output_format}; take json")
    if "-" in request.paths and len(request.paths) > 1:
        raise click.UsageError("- (standard input) cannot be checked together with files")
    if request.stdin_filename and "-" not in request.paths:
        raise click.UsageError("--stdin-filename goes with - as the path")
    if request.write_baseline and (request.fix or request.diff):
        raise click.UsageError("--write-baseline lists what is found; leave out --fix and --diff")
    if request.write_baseline and (request.output_file or request.statistics):
        raise click.UsageError("--write-baseline makes no report; leave out -o and --statistics")
