"""What tells one Chinese encoding from another: marks, declarations, and how plausible a text is."""

from __future__ import annotations

import re
from functools import cache

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF87a": "a GIF image",
    b"GIF89a": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or an Office document",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office document",
    b"\x1f\x8b\x08": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh9": "a bzip2 archive",
    b"\x28\xb5\x2f\xfd": "a Zstandard archive",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "an SQLite database",
}

CHINESE = {
    "gb18030": "gb18030",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "big5hkscs": "cp950",
    "cp950": "cp950",
    "hz": "hz",
}
"""Chinese charsets by their Python names, each with the superset that its files are read as."""

# The most frequent characters of Chinese prose, simplified and traditional, and its punctuation.
_COMMON = (
    "，。、：；？！“”‘’（）《》「」『』—…·　"
    "的一是不了在人有我他这這个個们們中来來上大为為和国國地到以说說时時要就出会會可也你对對生能而子那得"
    "于於着著下自之年过過发發后後作里裡用道行所然家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起"
    "看定天分还還进進好小部其些主样樣理心她本前开開但因只从從想实實日军軍者意无無力它与與长長把机機十民第"
    "公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見"
    "被利什二等产產或新己制身果加西斯月话話合回特代内內信表化老给給世位次度门門任常先海通教儿兒原东東声聲提"
    "立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活尔爾更别別打女变變四神总總何电電数數"
    "安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空"
    "决決治展马馬科司五基眼书書非则則听聽白却卻界达達光放强強即像难難且权權思王象完设設式色路记記南品住告"
    "类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传傳师師观觀清今切院让讓识識候带帶导導"
    "争爭运運笔筆元六百米车車产产委员议議省级級县縣市区村镇鎮台臺港网網央视視记者昨亿億岁歲"
)
COMMON = frozenset(_COMMON)

PLAUSIBLE = 0.45
"""The least ``plausibility`` of a text that was decoded rightly: running prose has 0.6 to 0.85, prose
decoded wrongly less than 0.3."""

_CONTROL = frozenset(map(chr, (*range(9), *range(14, 27), *range(28, 32), *range(127, 160))))
_DECLARED = rb"""(?a)(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9][\w:.-]*)"""
_WINDOW = rb"(?:\A|(?<=[\x00-\x2f:-?]))[\x80-\xff][\x00-\xff]{0,1023}"
_WINDOWS = 4


@cache
def _ordinary() -> frozenset[str]:
    """The characters that GB2312 and Big5 themselves call common (3,755 and 5,401), and ASCII."""
    gb = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    big5 = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    ascii_text = map(chr, (9, 10, 13, *range(32, 127)))
    characters = gb.decode("gb2312", "ignore") + big5.decode("big5", "ignore")
    return COMMON.union(characters, "０１２３４５６７８９％", ascii_text)


def plausibility(text: str, *, ascii_counts: bool = False) -> float:
    """How much a text looks like Chinese that was decoded rightly, from 0 to 1.

    Each character that is not ASCII counts 1 if it is among the most frequent, half if ordinary, and
    takes 2 away if it is no character at all (surrogates stand for undecodable bytes).
    ``ascii_counts`` is for encodings in which ASCII takes two bytes, so that it too is evidence.
    """
    ordinary = _ordinary()
    marked = text if ascii_counts else "".join(re.findall(r"[^\x00-\x7f]+", text))
    if not marked:
        return 0.0
    common = sum(map(COMMON.__contains__, marked))
    if ascii_counts:
        common += sum(map(str.isascii, marked))
    good = common + sum(map(ordinary.__contains__, marked))
    bad = len(re.findall("[\ud800-\udcff\ue000-\uf8ff\ufffe\uffff]", marked))
    bad += sum(map(_CONTROL.__contains__, marked))
    return max(0.0, (good / 2 - 2 * bad) / len(marked))


def is_binary(text: str, errors: int, *, plausible: bool) -> bool:
    """Whether control characters or decoding errors are too many for a text.

    Padding with NUL at the ends is none; a few of them inside are forgiven.

    >>> is_binary("他\\x00说，好。", 0, plausible=False), is_binary("\\x01\\x02\\x03", 0, plausible=False)
    (False, True)
    """
    inside = text.strip("\0")
    if not inside:
        return bool(text)
    controls = sum(map(_CONTROL.__contains__, inside))
    if plausible:
        return controls > 1 + 0.3 * len(inside)
    return controls > 1 + 0.03 * len(inside) or errors > 4 + 0.5 * len(inside)


def binary_kind(raw: bytes) -> str | None:
    """What a file is whose first bytes are the signature of no text.

    >>> binary_kind(b"%PDF-1.7")
    'a PDF document'
    """
    return next((kind for mark, kind in _SIGNATURES.items() if raw.startswith(mark)), None)


def byte_order_mark(raw: bytes) -> tuple[bytes, str | None]:
    """The byte-order mark at the start, and the encoding it stands for.

    >>> byte_order_mark(b"\\xff\\xfea\\x00")
    (b'\\xff\\xfe', 'utf-16-le')
    """
    for mark, name in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return mark, name
    return b"", None


def declared_charset(raw: bytes) -> str | None:
    """The Python name of the charset that a page or an XML file declares in its first 4 KB.

    >>> declared_charset(b'<meta charset="gb2312">')
    'gb2312'
    """
    import codecs

    for match in re.finditer(_DECLARED, raw[:4096]):
        try:
            info = codecs.lookup(match[1].decode("ascii"))
            "".encode(info.name)  # Codecs such as rot13 or base64 are no charsets.
        except (LookupError, ValueError):
            continue
        return info.name
    return None


def sample(raw: bytes) -> bytes:
    """Stretches of the bytes from which an encoding can be told, however long the ASCII before them.

    Each begins at a byte that begins a character.
    """
    windows = [match[0] for _, match in zip(range(_WINDOWS), re.finditer(_WINDOW, raw), strict=False)]
    if not windows:
        first = re.search(rb"[\x80-\xff]", raw)
        windows = [raw[first.start() : first.start() + 1024]] if first else []
    return b"\n".join(windows)
