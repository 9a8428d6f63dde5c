"""What stands in a text and is no text: debris of markup, invisible characters."""

from __future__ import annotations

from ykclean.document import Noise


def find_noise(text: str) -> tuple[Noise, ...]:
    """Return the noise in the text, in order."""
    return ()
