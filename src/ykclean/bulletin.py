"""What bulletin boards have in the place of tags: [b], [color=red], [img]."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ykclean.edits import Edit
from ykclean.lazy import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

BULLETIN = pattern(
    r"\[img\b[^\[\]\n]{0,200}\][^\[\]\n]{0,500}\[/img\]"
    r"|\[/?(?P<name>b|i|u|s|url|email|img|color|size|font|align|backcolor|quote|list|table|tr|td|media|flash|attach|hide)"
    r"(?:=[^\[\]\n]{1,300})?\]",
    re.IGNORECASE,
)


def find_bulletin_tags(text: str) -> Iterator[Edit]:
    """Yield the edits that take tags out: of each kind if it is opened and closed somewhere.

    >>> [edit.before for edit in find_bulletin_tags("[b]船[/b]停了[1]，见[i]")]
    ['[b]', '[/b]']
    """
    if "[/" not in text:
        return
    found = list(BULLETIN.finditer(text))
    names = [(match["name"] or "").lower() for match in found]
    kinds = {(name, match[0][1] == "/") for name, match in zip(names, found, strict=True)}
    for match, name in zip(found, names, strict=True):
        if not name or {(name, True), (name, False)} <= kinds:
            yield Edit(*match.span(), match[0], "")
