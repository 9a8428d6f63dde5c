"""Regular expressions that are compiled when they are first used.

Compiling all of them takes longer than cleaning a short file, which needs few: a hook would wait for it.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    def __init__(self, source: str, flags: int) -> None:
        self._arguments = source, flags

    def __getattr__(self, name: str) -> Any:
        """What the compiled expression has under this name; all that it has is found at once from now on."""
        compiled = re.compile(*self._arguments)
        self.__dict__.update({one: getattr(compiled, one) for one in dir(compiled) if one[0] != "_"})
        return getattr(compiled, name)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """Return what ``re.compile`` does, without compiling it yet.

    An error in it shows when it is first used.

    >>> pattern("[0-9]+").findall("1月20日")
    ['1', '20']
    """
    return cast("re.Pattern[str]", _Lazy(source, flags))
