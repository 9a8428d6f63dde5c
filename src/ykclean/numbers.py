"""Numbers of things, in words for people."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """Return so many of something; the noun is one of it.

    >>> counted(1, "file"), counted(4200, "file")
    ('1 file', '4,200 files')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
