"""Rules of the family articles."""

from __future__ import annotations

from ykclean.findings import Rule

RULES: tuple[Rule, ...] = ()
