"""Rules of the family duplication."""

from __future__ import annotations

from ykclean.findings import Rule

RULES: tuple[Rule, ...] = ()
