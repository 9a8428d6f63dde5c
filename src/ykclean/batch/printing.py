"""Results as text, one after the other, for standard output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from ykclean.batch.lines import StreamSink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ykclean.batch.documents import Item, Outcome
    from ykclean.batch.outputs import Token
    from ykclean.engine import Cleaned


@dataclass(frozen=True)
class TextEncoder:
    """A document → its heading, and its text or its articles as Markdown."""

    form: Literal["text", "markdown"]
    keeps: ClassVar[bool] = False

    def encode(self, item: Item, cleaned: Cleaned, fields: dict[str, Any] | None) -> tuple[str, str]:
        """Return both."""
        if self.form == "markdown":
            from ykclean.formats.markdown import to_markdown

            return f"<!-- {item.path.replace('--', '- -')} -->\n\n", to_markdown(cleaned.articles)
        return f"==> {item.path} <==\n", cleaned.text


class PrintedSink(StreamSink):
    """Texts under headings; a text that is alone has none."""

    def __init__(self, put: Callable[[bytes], object]) -> None:
        """Hand texts to ``put``."""
        super().__init__(put)
        self._number = 0
        self._first: tuple[str, str] | None = None

    def write(self, outcomes: Sequence[Outcome]) -> Token | None:
        """Hand them over, but the first only when a second comes."""
        for outcome in outcomes:
            if outcome.status == "cleaned":
                self._number += 1
                if self._number == 1:
                    self._first = outcome.result
                    continue
                self._print_first()
                self._print("\n" + outcome.result[0] + _ended(outcome.result[1]))
        return None

    def finish(self) -> list[str]:
        """Hand over a text that stayed alone."""
        if self._first is not None:
            self._print(self._first[1])
        return []

    def _print_first(self) -> None:
        if self._first is not None:
            self._print(self._first[0] + _ended(self._first[1]))
            self._first = None

    def _print(self, text: str) -> None:
        self._put(text.encode("utf-8", "backslashreplace"))


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
