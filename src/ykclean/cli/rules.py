"""``ykclean rules``: the list of rules."""

from __future__ import annotations

import json

import click

from ykclean.cli.console import put
from ykclean.cli.rule import in_a_check, page, summary


@click.command()
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", help="[text]")
def rules(form: str) -> None:
    """List the rules: code, name, and what each finds."""
    from ykclean.rules import RULES

    if form == "json":
        records = [
            {
                "code": rule.code,
                "name": rule.name,
                "message": rule.message,
                "message_zh": rule.message_zh,
                "check": in_a_check(rule),
                "page": page(rule),
            }
            for rule in RULES
        ]
        put(json.dumps(records, ensure_ascii=False, indent=2) + "\n")
        return
    width = max((len(rule.name) for rule in RULES), default=0)
    put("".join(f"{rule.code}  {rule.name:<{width}}  {summary(rule)}\n" for rule in RULES))
