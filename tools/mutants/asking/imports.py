"""Who imports what, read from the files."""

from __future__ import annotations

import ast
from functools import cache

from tools.mutants.house import House


def importers(house: House, file: str) -> list[str]:
    """The modules of the rooms that import this one."""
    everything = [f for room in house.rooms for f in house.modules(room.name)]
    return [f for f in everything if _name(file) in imported((house.root / f).read_text("utf-8"))]


def concerned(house: House, tests: str, files: list[str]) -> float:
    """Which share of the modules that a file with tests imports are these."""
    names = imported((house.root / tests).read_text("utf-8"), names=False)
    taken = imported((house.root / tests).read_text("utf-8"))
    return len({_name(file) for file in files} & taken) / (len(names) or 1)


def foreign(house: House) -> list[str]:
    """What the warm rooms import that others have written, when they are imported themselves."""
    files = [file for file in house.files() if file.endswith(".py")]
    own = {file.split("/")[0].removesuffix(".py") for file in files}
    names: set[str] = set()
    for file in files:
        if file.split("/")[0] in house.warm and "migrations" not in file:
            names |= imported((house.root / file).read_text("utf-8"), names=False)
    return sorted(name for name in names if name.split(".")[0] not in own)


def _name(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def imported(source: str, names: bool = True) -> frozenset[str]:
    """The modules that a file imports; with `names` whatever it takes from one may be a module."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)) if names else ast.parse(source).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names if names}
    return frozenset(found)
