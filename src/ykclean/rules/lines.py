"""Rules of the family lines."""

from __future__ import annotations

from ykclean.findings import Rule

RULES: tuple[Rule, ...] = ()
