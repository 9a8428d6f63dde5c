"""Modules import downwards only: the ranks below are the architecture."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SRC = Path(__file__).parents[1] / "src"
PACKAGE = "ykclean"

RANKS = {
    0: "edits settings signs hanzi lazy stored network ngrams extras numbers",
    1: "source breaks charsets codec misreadings flow letters flank likeness alignment facts markdown context"
    " marks pairs protected quotes runs sentences tandem trees variants wide bulletin invisibles",
    2: "document",
    3: "noise forms writers lines paragraphs runover cuts orphans teasers reading copies repeats headers"
    " lexicon chains speakers cohesion habits dispatches boundaries articles semantic"
    " findings settling removal rereading blocks gaps webwords furniture jumps continuations headlines"
    " headline_forms mastheads styles pages standalone columns signatures items",
    4: "rules.*",
    5: "rules",
    6: "engine written record",
    7: "files config options patterns policy prose checking cache baseline workers batch batch.*"
    " batch.readers.* report_html report_html.* formats formats.* reports reports.*",
    8: " cli cli.*",
    9: "__main__",
}
"""The modules of each rank; the root of the package is the empty name, of the rank of ``cli``."""


def rank(module: str) -> int:
    """The rank of a module, named without the package; a family's ``.*`` stands for its members."""
    family = module.rpartition(".")[0] + ".*" if "." in module else module
    for number, members in RANKS.items():
        if module in members.split(" ") or family in members.split(" "):
            return number
    raise AssertionError(f"{module} has no rank: give it one in RANKS")


def modules() -> dict[str, Path]:
    paths = sorted((SRC / PACKAGE).rglob("*.py"))
    dotted = {path: ".".join(path.relative_to(SRC / PACKAGE).with_suffix("").parts) for path in paths}
    return {name.removesuffix("__init__").removesuffix("."): path for path, name in dotted.items()}


MODULES = modules()


def imports(path: Path, *, at_load: bool = False) -> Iterator[str]:
    """The modules of the package that a file imports, without the package's name.

    ``at_load`` leaves out what is imported inside a function or for type checkers only.
    """
    tree = ast.parse(path.read_bytes())
    for node in tree.body if at_load else ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            members = [f"{module}.{alias.name}" for alias in node.names]
            names = [member if is_module(member) else module for member in members]
        yield from (inside(name) for name in names if name.partition(".")[0] == PACKAGE)


def inside(name: str) -> str:
    return name.removeprefix(PACKAGE).removeprefix(".")


def is_module(name: str) -> bool:
    return name.startswith(PACKAGE + ".") and inside(name) in MODULES


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name or PACKAGE)
def test_imports_only_downwards(module: str) -> None:
    for imported in imports(MODULES[module]):
        assert imported != "", "nothing imports from the package's root"
        assert rank(imported) <= rank(module), f"{module} imports {imported}, which is above it"


def test_rules_do_not_import_one_another() -> None:
    for module, path in MODULES.items():
        if module.startswith("rules."):
            assert not [name for name in imports(path) if name.startswith("rules")], module


def test_there_are_no_cycles() -> None:
    graph = {module: set(imports(path, at_load=True)) for module, path in MODULES.items()}
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " imports ".join((*above, module))
        if module not in done:
            for imported in sorted(graph.get(module, ())):
                visit(imported, (*above, module))
            done.add(module)

    for module in graph:
        visit(module, ())


@pytest.mark.parametrize("module", [m for m in MODULES if m.partition(".")[0] not in ("cli", "__main__")])
def test_only_the_command_line_prints(module: str) -> None:
    calls = [
        node.func.id
        for node in ast.walk(ast.parse(MODULES[module].read_bytes()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    assert "print" not in calls
