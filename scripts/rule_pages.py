"""Write docs/rules/*.md, a page for each rule, from the docstrings: python scripts/rule_pages.py"""

from __future__ import annotations

from pathlib import Path

from ykclean.cli.rule import page
from ykclean.rules import RULES

FOLDER = Path(__file__).parents[1] / "docs" / "rules"


def pages() -> dict[str, str]:
    """Return the pages by file name, with a list of them."""
    made = {f"{rule.code}.md": page(rule) for rule in RULES}
    lines = [f"- [{rule.code}]({rule.code}.md) {rule.name}" for rule in RULES]
    return made | {"README.md": "# Rules\n\n" + "\n".join(lines) + "\n"}


def main() -> None:
    """Write the pages, and remove those of rules that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.md"):
        if old.name not in pages():
            old.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
