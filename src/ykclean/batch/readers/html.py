"""The text of an HTML page: its title, its byline, and one paragraph a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ykclean.extras import need
from ykclean.signs import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator

DROPPED = (
    "script, style, noscript, template, iframe, object, svg, canvas, form, button, select, textarea, "
    "nav, aside, footer, [hidden], [aria-hidden=true]"
)
"""What is no text of the page, and what HTML itself marks as not belonging to its main content."""

MAIN = ("[itemprop=articleBody]", "article", "main", "[role=main]")
INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
        ),
        *("i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small"),
        *("span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
CELLS = frozenset(("td", "th"))
SILENT = frozenset(("rt", "rp", "head", "title"))

_SPACE = re.compile(r"[ \t\r\n\f]+")
_WIDE = rf"[{HAN}\u3000-\u303f\uff00-\uffef“”‘’…—]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_WIDE})[ \t]*[\r\n\f][ \t\r\n\f]*(?={_WIDE})")
_SITE = re.compile(r"\s*(?:[_|｜]|\s[-–—]\s|--|——).*\Z", re.DOTALL)
_LEAST = 100
_HEAD = 5


class Page(NamedTuple):
    """What a page says. ``text`` begins with the title and the byline, where they are known."""

    text: str
    title: str | None
    byline: str | None


def read_page(markup: str, *, boilerplate: bool = False) -> Page:
    """Return the text of a page, paragraphs kept. Raises ``MissingExtraError``.

    A line break in the markup between two Chinese characters is no space, as CSS Text 3 has it.
    ``boilerplate`` asks trafilatura for the main text where the page does not mark it.
    """
    parser = need("selectolax.lexbor", "reading HTML").LexborHTMLParser(markup)
    title, byline = _title(parser), _byline(parser)
    for node in parser.css(DROPPED):
        node.decompose()
    main = _main(parser)
    paragraphs = list(_paragraphs(main or parser.body or parser.root)) if parser.root else []
    if boilerplate and main is None:
        paragraphs = _extracted(markup) or paragraphs
    return Page("\n".join(_headed(paragraphs, title, byline)), title, byline)


def _headed(paragraphs: list[str], title: str | None, byline: str | None) -> list[str]:
    """The paragraphs with the title and the byline before them, unless they are there already."""
    start = paragraphs[:_HEAD]
    at = start.index(title) + 1 if title in start else 0
    missing = [title] if title and not at else []
    if byline and not any(byline in paragraph for paragraph in start):
        missing.append(byline)
    return paragraphs[:at] + missing + paragraphs[at:]


def _main(parser: Any) -> Any:
    """The element that holds the article, if there is one and only one worth its name."""
    for selector in MAIN:
        nodes = [node for node in parser.css(selector) if len(node.text()) >= _LEAST]
        if len(nodes) == 1:
            return nodes[0]
    return None


def _paragraphs(root: Any) -> Iterator[str]:
    pieces: list[str] = []
    for piece in _pieces(root):
        if piece is not None:
            pieces.append(piece)
            continue
        paragraph = _collapsed("".join(pieces))
        pieces.clear()
        if paragraph:
            yield paragraph
    if last := _collapsed("".join(pieces)):
        yield last


def _pieces(root: Any) -> Iterator[str | None]:
    """The text in the order of the page, with ``None`` where a paragraph ends; no recursion, however deep."""
    stack = [(root, False)]
    while stack:
        node, closing = stack.pop()
        name = node.tag
        if name == "-text":
            yield node.text_content or ""
            continue
        if name not in INLINE:
            yield " " if name in CELLS else None
        if closing or name in SILENT:
            continue
        stack.append((node, True))
        stack += [(child, False) for child in reversed(list(node.iter(include_text=True)))]


def _collapsed(text: str) -> str:
    return _SPACE.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip(" \u3000\xa0")


def _title(parser: Any) -> str | None:
    """The title as the page says it: for sharing, as its only main heading, or in its head."""
    shared = _meta(parser, "[property='og:title']")
    headings = [_collapsed(node.text()) for node in parser.css("h1")]
    if len(headings) == 1 and headings[0]:
        return headings[0]
    node = parser.css_first("title")
    return shared or (_SITE.sub("", _collapsed(node.text())) or None if node else None)


def _byline(parser: Any) -> str | None:
    for selector in ("[itemprop=author]", "[rel=author]"):
        node = parser.css_first(selector)
        text = _collapsed(node.attributes.get("content") or node.text()) if node else ""
        if text:
            return text
    return _meta(parser, "[name=author]") or _meta(parser, "[property='article:author']")


def _meta(parser: Any, selector: str) -> str | None:
    node = parser.css_first(f"meta{selector}")
    content = _collapsed(node.attributes.get("content") or "") if node else ""
    return content if content and not content.startswith(("http:", "https:")) else None


def _extracted(markup: str) -> list[str]:
    trafilatura = need("trafilatura", "finding the main text of a page (--boilerplate)")
    text = trafilatura.extract(markup, include_comments=False)
    return text.split("\n") if text else []
