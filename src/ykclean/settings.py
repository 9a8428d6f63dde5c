"""What a user may choose: which rules run, and how they decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER = float("inf")
"""A confidence that no boundary between articles reaches: none is looked for."""

Quotes = Literal["auto", "curly", "corner"]

EVERY = ("YK",)
"""Names every rule that nobody has to ask for."""

ON_REQUEST = frozenset({"YK103"})
"""Rules that run only where they are selected by their own code or name: what they take away is no damage
to everybody."""


def spelled(choices: Iterable[str]) -> tuple[str, ...]:
    """Return what somebody calls rules as they are called: codes in capitals, names as they are.

    >>> spelled(["yk201", "Yk3", "broken-line"])
    ('YK201', 'YK3', 'broken-line')
    """
    return tuple([choice.upper() if choice[:2].upper() in ("Y", "YK") else choice for choice in choices])


def named(choices: Iterable[str], code: str, name: str) -> bool:
    """Whether a rule is among those chosen: by its name, its code, or the beginning of that.

    >>> named(["YK2"], "YK201", "halfwidth-punctuation"), named([""], "YK201", "halfwidth-punctuation")
    (True, False)
    """
    return any(choice == name or (choice != "" and code.startswith(choice)) for choice in choices)


def listed(choices: str | Iterable[str]) -> list[str]:
    """Return the choices one by one: a string is not the list of its letters, and commas stand between some.

    >>> listed("YK4"), listed(("YK201, YK202", "broken-line"))
    (['YK4'], ['YK201', 'YK202', 'broken-line'])
    """
    given = (choices,) if isinstance(choices, str) else choices
    return [one.strip() for choice in given for one in choice.split(",")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices of one run. Frozen: a run's result depends on nothing else.

    ``select`` and ``ignore`` name rules by code, by the beginning of a code, or by name; nothing
    selected means every rule but those in ``ON_REQUEST``. Codes may be given in small letters, and one
    string with commas for several. Raises ``ValueError`` for a number or quotes that cannot be; the engine
    does for a rule that there is not.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    quotes: Quotes = "auto"
    """Which quotation marks stand for straight ones: “” or 「」; ``auto`` takes those the text uses."""
    min_duplicate: int = 30
    """The shortest passage, in letters and digits, that counts as pasted twice."""
    min_article_confidence: float = 0.55
    """How sure a boundary must be before the text is split there (0 to 1; ``NEVER``: none is looked for).
    The higher, the fewer whole articles are cut, and the more articles stay with the one before."""
    semantic: bool = False
    """Whether articles are told apart by the meaning of their words too: slower, and better where there are
    no headlines. Needs the extra ``ykclean[semantic]``."""

    def __post_init__(self) -> None:
        """Spell the rules as they are called; refuse what would quietly do nothing, or too much."""
        object.__setattr__(self, "select", spelled(listed(self.select)))
        object.__setattr__(self, "ignore", spelled(listed(self.ignore)))
        if self.quotes not in get_args(Quotes):
            raise ValueError(f"quotes is {self.quotes!r}: choose one of {', '.join(get_args(Quotes))}")
        if not self.min_duplicate >= 1:
            raise ValueError(f"min_duplicate is {self.min_duplicate!r}: choose 1 or more")
        if not (0 <= self.min_article_confidence <= 1 or self.min_article_confidence == NEVER):
            raise ValueError(f"min_article_confidence is {self.min_article_confidence!r}: choose 0 to 1")

    def wants(self, code: str, name: str) -> bool:
        """Whether the rule with this code and name runs.

        >>> Settings(ignore=("YK2",)).wants("YK201", "halfwidth-punctuation")
        False
        """
        if code in ON_REQUEST:
            chosen = code in self.select or name in self.select
        else:
            chosen = not self.select or named(self.select, code, name)
        return chosen and not named(self.ignore, code, name)


class Chosen(NamedTuple):
    """What was chosen for one run, to be laid over the settings of a configuration."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    semantic: bool = False

    def over(self, settings: Settings) -> Settings:
        """Return the settings with the choices laid over them.

        >>> Chosen(extend_select=("YK103",)).over(Settings(select=("YK2",))).select
        ('YK2', 'YK103')
        """
        select = self.select or settings.select
        return replace(
            settings,
            select=(*(select or EVERY), *self.extend_select) if self.extend_select else select,
            ignore=(*settings.ignore, *self.ignore),
            semantic=self.semantic or settings.semantic,
        )
