"""All rules, in the order of their codes. A new rule is added to its family's module."""

from __future__ import annotations

from ykclean.findings import Rule
from ykclean.rules import articles, debris, duplication, encoding, lines, punctuation, truncation

RULES: tuple[Rule, ...] = (
    *encoding.RULES,
    *debris.RULES,
    *punctuation.RULES,
    *lines.RULES,
    *duplication.RULES,
    *truncation.RULES,
    *articles.RULES,
)
