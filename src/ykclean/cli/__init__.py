"""The command line: one group, whose commands are imported when they are called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

import click

from ykclean.cli import console

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130
PIPE_CLOSED = 141


class Entry(NamedTuple):
    """Where a command is (``module:attribute``), and the line that the list of commands shows."""

    place: str
    summary: str


COMMANDS = {
    "clean": Entry("ykclean.cli.clean:clean", "Clean files and show or write the result."),
    "undo": Entry("ykclean.cli.undo:undo", "Give the source back, byte for byte, from a record."),
    "check": Entry("ykclean.cli.check:check", "Report what is wrong, as a linter does; --fix mends it."),
    "rule": Entry("ykclean.cli.rule:rule", "Explain a rule."),
    "rules": Entry("ykclean.cli.rules:rules", "List the rules."),
    "config": Entry("ykclean.cli.config:config", "Show the settings in force and where they come from."),
    "completion": Entry("ykclean.cli.completion:completion", "Print the script for a shell's completion."),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].place.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Each command has its own help: ykclean clean --help",
)
@click.version_option(package_name="ykclean", message="%(prog)s %(version)s")
def group() -> None:
    """Clean scraped Chinese news: find, show, mend and undo."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code.

    A command returns its own code, or nothing for 0.
    """
    try:
        code = group.main(None if argv is None else list(argv), "ykclean", standalone_mode=False)
        console.finish()
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        console.say("interrupted")
        return INTERRUPTED
    except (console.OutputError, OSError) as error:
        if isinstance(error, OSError) and error.filename is not None:  # A file, not standard output.
            console.say(f"{error.filename}: {error.strerror}")
            return 1
        # Nothing more can be written: keep the interpreter from trying once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        console.say(str(error))
        return PIPE_CLOSED if isinstance(error, console.PipeClosedError) else 1
    return code if isinstance(code, int) else 0
