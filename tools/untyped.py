"""Counts `Any` in `bot`, outside what is Block Kit or Slack's own JSON: `python -m tools.untyped`.

An alias of something with `Any` in it counts at each of its uses, so that it hides nothing; those
in ALLOWED are the names of Block Kit and of Slack's JSON.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).parent.parent
ALLOWED = {"Block", "Blocks", "Message", "ModalView", "SlackJSON"}
MOST = 20


def main() -> int:
    """Print each use with its place; 1 when there are more than MOST."""
    uses = sorted(found(HOUSE / "bot"))
    for path, line, name in uses:
        print(f"{path}:{line} {name}")
    print(f"{len(uses)} uses of Any in bot, of {MOST} at most")
    return int(len(uses) > MOST)


def found(room: Path) -> Iterator[tuple[str, int, str]]:
    """File, line and name of each use in this folder."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in room.rglob("*.py")}
    aliases = {name for tree in trees.values() for name, _ in _aliases(tree)}
    for path, tree in trees.items():
        inside = {id(node) for _, value in _aliases(tree, ALLOWED) for node in ast.walk(value)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Name) or id(node) in inside:
                continue
            if node.id == "Any" or (node.id in aliases and isinstance(node.ctx, ast.Load)):
                yield str(path.relative_to(room.parent)), node.lineno, node.id


def _aliases(tree: ast.Module, names: set[str] | None = None) -> Iterator[tuple[str, ast.expr]]:
    """Names of types with `Any` in them, with the type: only `names`, else all but ALLOWED."""
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
            continue
        name = node.targets[0].id
        asked = name not in ALLOWED if names is None else name in names
        if asked and any(getattr(part, "id", "") == "Any" for part in ast.walk(node.value)):
            yield name, node.value


if __name__ == "__main__":
    sys.exit(main())
