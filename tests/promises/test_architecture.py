"""The rooms keep their one direction, the core stays pure, and nothing grows out of its budget."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house import HOUSE, ROOMS, modules, name_of, text_of, tree_of

LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"
BACKWARD = [
    ("core", "storage"),
    ("storage", "bot"),
    ("bot", "handlers"),
    ("handlers", "kettle"),
    ("handlers", "storage"),
    ("simulator", "core"),
    ("bot", "simulator"),
    ("bot.views", "storage"),
    ("bot.views", "bot.platform.services"),
    ("bot.rounds.views", "bot.platform.clock"),
    ("bot.checkins.asking.views", "storage"),
    ("bot.platform", "bot.outbox"),
    ("bot.meetings", "bot.rounds"),
    ("bot.checkins", "bot.people"),
    ("bot.checkins.asking", "bot.checkins.after"),
    ("bot.views", "slack_bolt"),
    ("handlers", "sqlmodel"),
    ("simulator.world", "simulator.blocks"),
    ("simulator.changes", "simulator.api"),
    ("simulator.socket", "simulator.api"),
    ("simulator.people", "simulator.page"),
]
MOST_LINES, MOST_LINES_OF_TESTS, MOST_LINES_OF_A_FUNCTION = 300, 600, 50
# What the core may not touch: it is told the time, and is given its chance as a seed.
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
CHANCE = {"Random"}


def small_house(folder: Path) -> None:
    """Rooms of the same names with next to nothing in them, under the real contracts."""
    shutil.copy(HOUSE / "pyproject.toml", folder)
    for path in modules(*ROOMS):
        if path.suffix == ".py":
            copy = folder / name_of(path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.touch()


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def test_imports_point_one_way_in_this_house():
    verdict = lint(HOUSE)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_a_house_without_backward_imports_passes(tmp_path: Path):
    small_house(tmp_path)
    verdict = lint(tmp_path)
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr


def test_every_backward_import_is_found(tmp_path: Path):
    small_house(tmp_path)
    for number, (room, target) in enumerate(BACKWARD):
        module = tmp_path / room.replace(".", "/") / f"backward{number}.py"
        module.write_text(f"import {target}\n")
    verdict = lint(tmp_path)
    assert verdict.returncode == 1, verdict.stdout + verdict.stderr
    for number, (room, target) in enumerate(BACKWARD):
        assert f"{room}.backward{number} -> {target}" in verdict.stdout


def test_the_contracts_name_every_room():
    config = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))
    assert tuple(config["tool"]["importlinter"]["root_packages"]) == ROOMS


def module_name(path: Path) -> str:
    """The name by which a file is imported."""
    parts = path.relative_to(HOUSE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Every statement, at any depth; expressions, most of a tree, have no import in them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt | ast.ExceptHandler | ast.match_case):
            if isinstance(child, ast.stmt):
                yield child
            yield from statements(child)


def files_imported(tree: ast.AST, known: frozenset[str]) -> Iterator[str]:
    """The files among those known that a module imports, anywhere in it, also for types alone."""
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            full = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in known else str(node.module) for name in full)


def circle_of_files(trees: dict[str, ast.Module]) -> list[str]:
    """Files that import each other all around, by name; empty when there are none."""
    known = frozenset(trees)
    graph = {name: {*files_imported(tree, known)} & known - {name} for name, tree in trees.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


@pytest.mark.parametrize("room", [*ROOMS, "tests", "bench", "tools"])
def test_no_files_import_each_other_in_a_circle(room: str):
    assert circle_of_files({module_name(path): tree_of(path) for path in modules(room)}) == []


def test_a_circle_is_found_also_when_one_of_its_imports_is_for_types_alone():
    trees = {
        "room.a": ast.parse("import room.b"),
        "room.b": ast.parse("def late():\n    from room import c"),
        "room.c": ast.parse("if TYPE_CHECKING:\n    from room.a import Thing"),
    }
    assert set(circle_of_files(trees)) == set(trees)
    assert circle_of_files({**trees, "room.c": ast.parse("import room.d")}) == []


def imported(tree: ast.AST) -> Iterator[str]:
    for node in statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def test_the_core_needs_the_standard_library_only():
    allowed = sys.stdlib_module_names | {"core"}
    strangers = {
        f"{name_of(path)}: {name}"
        for path in modules("core")
        for name in imported(tree_of(path))
        if name.split(".")[0] not in allowed
    }
    assert strangers == set()


def test_the_core_reads_no_clock_and_rolls_no_dice_of_its_own():
    found = set()
    for path in modules("core"):
        for node in ast.walk(tree_of(path)):
            if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
                continue
            name = f"{node.value.id}.{node.attr}"
            clock = node.value.id in {"datetime", "date", "time"} and node.attr in CLOCKS
            chance = node.value.id == "random" and node.attr not in CHANCE
            if (clock and name != "datetime.time") or chance or node.value.id == "secrets":
                found.add(f"{name_of(path)}:{node.lineno} {name}")
    assert found == set()


def test_views_take_slack_s_models_and_no_client():
    taken = {
        name
        for path in modules("bot")
        if path.parent.name == "views"
        for name in imported(tree_of(path))
        if name.startswith("slack_sdk")
    }
    assert {name for name in taken if not name.startswith("slack_sdk.models")} == set()


def length(path: Path) -> int:
    return len(text_of(path).splitlines())


def budgeted() -> list[Path]:
    """Every module but the migrations, which are generated and never grow."""
    return [path for path in modules() if "migrations" not in path.parts]


def test_modules_stay_within_their_budget():
    over = {}
    for path in budgeted():
        is_test = name_of(path).startswith("tests/")
        if (lines := length(path)) > (MOST_LINES_OF_TESTS if is_test else MOST_LINES):
            over[name_of(path)] = lines
    assert over == {}


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Functions and methods of a module or class; what lies inside one counts as part of it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        elif isinstance(child, ast.stmt):
            yield from functions(child)


def test_functions_stay_within_their_budget():
    over = {}
    for path in budgeted():
        for node in functions(tree_of(path)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                over[f"{name_of(path)}:{node.name}"] = lines
    assert over == {}


@pytest.mark.parametrize("room", [*ROOMS, "tests", "bench", "tools"])
def test_every_module_says_in_its_first_line_what_lives_there(room: str):
    silent = [
        name_of(path)
        for path in modules(room)
        if text_of(path).strip()
        and not ast.get_docstring(tree_of(path))
        and "versions" not in path.parts
    ]
    assert silent == []
