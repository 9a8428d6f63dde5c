"""The page itself: a template, filled, with every script and style in it and allowed by its digest."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ykclean.extras import need
from ykclean.files import atomic_writer
from ykclean.report_html.marks import fates, show

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from ykclean.report_html.gather import Gathered
    from ykclean.report_html.marks import Piece

_END = "<!-- documents -->"


def write_page(target: Path, title: str, gathered: Gathered, records: Iterable[dict[str, Any]]) -> int:
    """Write the page; returns how many documents it shows in full. Raises ``OSError``."""
    head, tail = _template(title, gathered).split(_END)
    target.parent.mkdir(parents=True, exist_ok=True)
    shown = 0
    with atomic_writer(target) as stream:
        _write(stream, head)
        for number, record in enumerate(records):
            if number in gathered.shown:
                _write(stream, f'<script type="text/plain" id="d{number}">{packed(record)}</script>\n')
                shown += 1
        _write(stream, tail)
    return shown


def packed(record: dict[str, Any]) -> str:
    """A document as the page keeps it: JSON, deflated, in base64, so that nothing in it can be markup."""
    shown, became = show(record), fates(record["findings"])
    data = {
        "articles": [[article["start"], article["title"]] for article in record["articles"]],
        "findings": [
            [finding["code"], finding["name"], finding["message"], finding["line"], fate]
            for finding, fate in zip(record["findings"], became, strict=True)
        ],
        "source": list(_plain(shown.source)),
        "result": list(_plain(shown.result)),
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode("ascii")


def _plain(pieces: Sequence[Piece]) -> Iterator[Any]:
    for text, marks in pieces:
        yield [text, *([mark.kind, mark.finding] for mark in marks)] if marks else text


def _template(title: str, gathered: Gathered) -> str:
    jinja = need("jinja2", "the report")
    here = files("ykclean.report_html")
    style, script = ((here / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    environment = jinja.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((here / "page.html.j2").read_text(encoding="utf-8"))
    rows = [[*row[1:-1], list(row.families.items()), row.number in gathered.shown] for row in gathered.rows]
    return str(
        template.render(
            title=title,
            gathered=gathered,
            style=_trusted(style),
            script=_trusted(script),
            style_digest=_digest(style),
            script_digest=_digest(script),
            index=_trusted(_harmless(json.dumps(rows, ensure_ascii=False, separators=(",", ":")))),
        )
    )


def _trusted(text: str) -> Any:
    """A part of the page that is not to be escaped."""
    return need("jinja2", "the report").utils.markupsafe.Markup(text)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")


def _harmless(text: str) -> str:
    """JSON in which no tag can begin or end."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _write(stream: BinaryIO, text: str) -> None:
    stream.write(text.encode("utf-8", "backslashreplace"))
