"""Rules of the family punctuation."""

from __future__ import annotations

from ykclean.findings import Rule

RULES: tuple[Rule, ...] = ()
