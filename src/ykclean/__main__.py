"""``python -m ykclean`` and the ``ykclean`` script."""

from __future__ import annotations

import gc
import os
import sys

ALIVE = 100_000
"""Modules and tables make so many objects that stay: to look through them for cycles takes a tenth of the
time that a short file does."""


CLOSED = {"stdin": (os.O_WRONLY, "r"), "stdout": (os.O_RDONLY, "w"), "stderr": (os.O_RDWR, "w")}
"""How to open what cannot be used in place of a standard stream; what goes to standard error is lost."""


def run() -> None:
    """Run the command line and end the process with its exit code."""
    _open_closed_streams()
    gc.set_threshold(ALIVE)
    from ykclean.cli import main

    code = main(sys.argv[1:])
    gc.freeze()  # Nor need they be looked through once more when the process ends.
    sys.exit(code)


def _open_closed_streams() -> None:
    """Put a stream for each standard one that was closed before: using it is then an error like others."""
    for name, (flags, mode) in CLOSED.items():
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))


if __name__ == "__main__":
    run()
