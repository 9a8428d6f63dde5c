"""``python -m ykclean`` and the ``ykclean`` script."""

from __future__ import annotations

import gc
import sys

ALIVE = 100_000
"""Modules and tables make so many objects that stay: to look through them for cycles takes a tenth of the
time that a short file does."""


def run() -> None:
    """Run the command line and end the process with its exit code."""
    gc.set_threshold(ALIVE)
    from ykclean.cli import main

    code = main(sys.argv[1:])
    gc.freeze()  # Nor need they be looked through once more when the process ends.
    sys.exit(code)


if __name__ == "__main__":
    run()
