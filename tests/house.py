"""The project as a tree of files: what tests about promises and architecture read."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent.parent
ROOMS = ("core", "storage", "bot", "handlers", "kettle", "simulator")
APP = ("core", "storage", "bot", "handlers", "kettle")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project, committed or about to be; never what git ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=True)
    paths = (HOUSE / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def modules(*rooms: str) -> Iterator[Path]:
    """The Python files of these rooms; of the whole project without any."""
    for path in tracked():
        if path.suffix == ".py" and (not rooms or path.relative_to(HOUSE).parts[0] in rooms):
            yield path


def name_of(path: Path) -> str:
    """The path as a person reads it."""
    return path.relative_to(HOUSE).as_posix()


@cache
def text_of(path: Path) -> str:
    """What the file says."""
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(text_of(path))
