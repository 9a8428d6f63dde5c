"""All rules, in the order of their codes. A new rule is added to its family's module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ykclean.findings import Rule
from ykclean.rules import articles, debris, duplication, encoding, lines, punctuation, truncation
from ykclean.settings import named, spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

RULES: tuple[Rule, ...] = (
    *encoding.RULES,
    *debris.RULES,
    *punctuation.RULES,
    *lines.RULES,
    *duplication.RULES,
    *truncation.RULES,
    *articles.RULES,
)

_BY_CODE = {rule.code: rule for rule in RULES}


def called(choice: str) -> list[Rule]:
    """Return the rules with this code, beginning of a code, or name."""
    return [rule for rule in RULES if named(spelled([choice]), rule.code, rule.name)]


def own_words(rule: Rule) -> tuple[str, ...]:
    """The two messages of a rule where they are not the usual ones of its code, to be kept beside it."""
    return () if rule is _BY_CODE[rule.code] else (rule.message, rule.message_zh)


def rule_with(code: str, words: Sequence[str]) -> Rule:
    """The rule with a code, and with words of its own where ``own_words`` kept some."""
    rule = _BY_CODE[code]
    return rule._replace(message=words[0], message_zh=words[1]) if words else rule
