"""Rooms that one can live in: few modules in a folder, few parameters, few untyped values."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.house import HOUSE, ROOMS, modules, name_of, tree_of
from tools import untyped

MOST_MODULES, MOST_PARAMETERS = 12, 6


def test_a_folder_holds_a_dozen_modules_at_most():
    folders = Counter(
        name_of(path.parent)
        for path in modules()
        if path.name != "__init__.py" and path.parent != HOUSE and "versions" not in path.parts
    )
    assert {name: n for name, n in folders.items() if n > MOST_MODULES} == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_function_has_more_than_six_parameters():
    many = {}
    for path in modules(*ROOMS, "tools", "bench"):
        for node in functions(path):
            given = node.args
            names = [a.arg for a in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
            if len([name for name in names if name not in {"self", "cls"}]) > MOST_PARAMETERS:
                many[f"{name_of(path)}:{node.name}"] = len(names)
    assert many == {}


def test_columns_have_types():
    loose = [
        f"{name_of(path)}:{node.name}"
        for path in modules("storage", "bot")
        if "versions" not in path.parts
        for node in functions(path)
        if node.args.kwarg
        and node.args.kwarg.annotation
        and ast.unparse(node.args.kwarg.annotation) == "Any"
    ]
    assert loose == []


def test_what_is_untyped_in_bot_is_counted():
    uses = list(untyped.found(HOUSE / "bot"))
    assert len(uses) <= untyped.MOST, uses
