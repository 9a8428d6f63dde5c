"""What the tests of ``ykclean check`` share."""

from __future__ import annotations

from pathlib import Path

import ykclean
from ykclean.checking import Checked

PASSAGE = (
    "河边的老茶馆重新开张，掌柜在门口挂了两盏灯笼，请街坊进来喝头一壶茶。"
    "天还没黑，长凳上已经坐满了人，说的都是当年发大水时划船来喝茶的旧事。"
)
"""Two sentences, long enough to count as a passage when they stand twice."""

OTHER = "镇上的小学也在这一天开学，孩子们排着队走过石桥，书包上系着红绳。"
TWICE = f"{PASSAGE}\n\n{OTHER}\n\n{PASSAGE}\n"
COMMAS = "他说,今天下雨。\n\n她说,明天放晴。\n"
MENDED = "他说，今天下雨。\n\n她说，明天放晴。\n"
FINE = f"{PASSAGE}\n\n{OTHER}\n"


def write(path: str, text: str | bytes) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return file


def checked(path: str, text: str) -> Checked:
    """What a check of the text would hand to a report."""
    return Checked(path, text, tuple(ykclean.check(text)))
