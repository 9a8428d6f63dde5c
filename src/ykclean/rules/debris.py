"""Rules of the family debris."""

from __future__ import annotations

from ykclean.findings import Rule

RULES: tuple[Rule, ...] = ()
