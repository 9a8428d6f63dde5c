"""The kinds of files that are read, told by their names."""

from __future__ import annotations

from functools import lru_cache

KINDS = {
    "text": (".txt", ".text", ".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "lines": (".jsonl", ".ndjson"),
    "csv": (".csv", ".tsv"),
    "parquet": (".parquet",),
    "zip": (".zip",),
    "tar": (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"),
    "warc": (".warc", ".warc.gz"),
}
"""Kind of file → the ends of its name. ``.gz``, ``.zst``, ``.bz2`` and ``.xz`` may follow those of
text, html, lines and csv."""

_KIND_OF = {suffix: kind for kind, suffixes in KINDS.items() for suffix in suffixes}
COMPRESSED = (".gz", ".zst", ".bz2", ".xz")


def kind_of(name: str) -> str | None:
    """Return the kind of file by its name; ``None`` for what is not read unasked.

    >>> kind_of("a.txt"), kind_of("b.jsonl.gz"), kind_of("c.tar.gz"), kind_of("README"), kind_of("d.png")
    ('text', 'lines', 'tar', 'text', None)
    """
    return kind_of_suffix(suffix_of(name))


@lru_cache(1024)
def kind_of_suffix(suffix: str) -> str | None:
    """Return the kind of file by what ``suffix_of`` says of its name."""
    if not suffix:
        return "text"
    kind = _KIND_OF.get(suffix)
    if kind is None and suffix.endswith(COMPRESSED):
        inner = kind_of_suffix(suffix.rpartition(".")[0])
        return inner if inner in ("text", "html", "lines", "csv") else None
    return kind


def is_plain(name: str) -> bool:
    """Whether the file is a text as it stands, neither packed nor a page nor one of many.

    >>> is_plain("a.txt"), is_plain("a.txt.gz"), is_plain("a.jsonl"), is_plain("a.png")
    (True, False, False, True)
    """
    return kind_of(name) in ("text", None) and not suffix_of(name).endswith(COMPRESSED)


def suffix_of(name: str) -> str:
    """Return the end of a name that tells its kind, in small letters: ``.txt``, ``.tar.gz``, or nothing.

    >>> suffix_of("x/A.TXT"), suffix_of("b.tar.gz"), suffix_of("README"), suffix_of("v1.2.jsonl")
    ('.txt', '.tar.gz', '', '.jsonl')
    """
    stem, dot, end = name.rpartition("/")[2].lower().rpartition(".")
    if not stem:
        return ""
    if dot + end in COMPRESSED:
        inner, dot_inside, end_inside = stem.rpartition(".")
        return dot_inside + end_inside + dot + end if inner else dot + end
    return dot + end
