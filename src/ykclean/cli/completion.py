"""``ykclean completion``: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from ykclean.cli.console import put


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the script that makes a shell complete ykclean.

    \b
      bash   ykclean completion bash > ~/.local/share/bash-completion/completions/ykclean
      zsh    ykclean completion zsh > ~/.zfunc/_ykclean
      fish   ykclean completion fish > ~/.config/fish/completions/ykclean.fish
    """
    from ykclean.cli import group

    made = get_completion_class(shell)
    assert made is not None
    put(made(group, {}, "ykclean", "_YKCLEAN_COMPLETE").source() + "\n")
