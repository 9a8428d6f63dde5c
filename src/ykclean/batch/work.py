"""What a worker does with a document: get its text, clean it, and make of it what the output takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ykclean.batch.documents import Item, Outcome, Stats, Status
from ykclean.batch.keeping import pack
from ykclean.batch.readers import Reading
from ykclean.batch.reasons import ReadError, describe, is_disk_full
from ykclean.batch.rulebook import Rulebook
from ykclean.batch.streams import read_file
from ykclean.findings import Replacements
from ykclean.source import BinaryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any, Protocol

    from ykclean.engine import Cleaned
    from ykclean.findings import Finding

    class Encoder(Protocol):
        """Makes of a cleaned document what an output takes; ``keeps`` asks for its record besides."""

        @property
        def keeps(self) -> bool:
            """Whether the record is to be kept beside the result."""

        def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> Any:
            """Return the result, which can be pickled. Raises ``OSError`` where it writes."""


class Loaded(NamedTuple):
    """The text of a document, or its bytes, what came with it, and the charset of the page it is from."""

    source: str | bytes
    fields: dict[str, Any] | None
    charset: str | None = None


@dataclass(frozen=True)
class Work:
    """Cleans one document after another: a function from ``Item`` to ``Outcome`` that raises nothing."""

    encoder: Encoder
    rulebook: Rulebook = field(default_factory=Rulebook)
    reading: Reading = field(default_factory=Reading)

    def __call__(self, item: Item) -> Outcome:
        """Clean a document; what goes wrong with it is told in the outcome."""
        status: Status
        try:
            loaded = load(item, self.reading)
            cleaned = self.rulebook.clean(loaded.source, item.path)
            result = self.encoder.encode(item, cleaned, loaded.fields)
            kept = pack(item, cleaned, loaded.fields) if self.encoder.keeps else b""
            return Outcome(item.path, "cleaned", _stats(cleaned, loaded), result=result, kept=kept)
        except BinaryError as error:
            status = "binary" if item.walked and item.data is None else "failed"
            return Outcome(item.path, status, Stats(item.size), describe(error))
        except Exception as error:
            status = "unwritten" if is_disk_full(error) else "failed"
            return Outcome(item.path, status, Stats(item.size), describe(error))


def load(item: Item, reading: Reading) -> Loaded:
    """Return the text of a document. Raises ``ReadError``, ``OSError``, ``BinaryError``."""
    if item.kind == "failed":
        raise ReadError(str(item.data))
    if item.kind == "json":
        return _from_json(item, reading)
    data = item.data if item.data is not None else read_file(item.path, reading.size_limit)
    if item.kind == "html":
        return _from_html(item, data, reading)
    return Loaded(data, item.fields)


def _from_json(item: Item, reading: Reading) -> Loaded:
    import msgspec

    from ykclean.batch.readers.tables import text_and_fields

    assert isinstance(item.data, bytes)
    try:
        row = msgspec.json.decode(item.data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ReadError(f"not a line of JSON: {error}") from error
    return Loaded(*text_and_fields(row, reading.text_field))


def _from_html(item: Item, data: bytes | str, reading: Reading) -> Loaded:
    from ykclean.batch.readers.html import read_page
    from ykclean.charsets import CHINESE
    from ykclean.source import decode

    markup = data if isinstance(data, str) else None
    charset = item.charset
    if isinstance(data, bytes) and item.charset:
        try:
            markup = data.decode(CHINESE.get(item.charset.lower(), item.charset))
        except (LookupError, UnicodeError):
            markup = None  # The server was wrong: the page itself is asked.
    if markup is None:
        assert isinstance(data, bytes)
        source = decode(data)
        markup, charset = source.text, source.encoding.name
    page = read_page(markup, boilerplate=reading.boilerplate)
    said = {"title": page.title, "byline": page.byline, "charset": charset}
    return Loaded(page.text, {**(item.fields or {}), **said}, charset)


def _stats(cleaned: Cleaned, loaded: Loaded) -> Stats:
    source, settled = cleaned.source, cleaned.settled
    return Stats(
        len(source.raw),
        len(source.text),
        loaded.charset or source.encoding.name,
        len(cleaned.articles),
        settled.count("applied"),
        settled.count("reported", "refused"),
        {_code(found): len(found) for found in settled.found if found},
    )


def _code(found: Sequence[Finding]) -> str:
    """The code of the rule that found all of these; of ``Replacements`` no finding is made to ask it."""
    return found.rule.code if isinstance(found, Replacements) else found[0].rule.code
