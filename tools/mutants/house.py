"""What is drawn from and how much of it, read from the two files beside this one."""

from __future__ import annotations

import hashlib
import subprocess
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from tools.mutants.faults.finding import Mutant

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Room:
    """How many faults are drawn in a room, and the share that tests must notice."""

    name: str
    drawn: int
    noticed: float


@dataclass(frozen=True, slots=True)
class House:
    """A project in a folder of git's, and the rules of its sample."""

    root: Path
    rooms: tuple[Room, ...]
    leave_out: tuple[str, ...]
    without: str
    warm: tuple[str, ...]
    most_equivalent: float
    equivalent: dict[tuple[str, str, str, str], str]

    @classmethod
    def at(cls, root: Path, rules: Path = HERE) -> House:
        """The project there, by the rules in a folder's `rooms.toml` and `equivalent.toml`."""
        read = tomllib.loads((rules / "rooms.toml").read_text(encoding="utf-8"))
        known = tomllib.loads((rules / "equivalent.toml").read_text(encoding="utf-8"))
        return cls(
            root=root,
            rooms=tuple(Room(name, **numbers) for name, numbers in read["rooms"].items()),
            leave_out=tuple(read["sample"]["leave_out"]),
            without=read["tests"]["without"],
            warm=tuple(read["tests"]["warm"]),
            most_equivalent=read["sample"]["equivalent"],
            equivalent={_key(entry): entry["reason"] for entry in known.get("mutant", [])},
        )

    def files(self) -> list[str]:
        """Every file of the project, committed or about to be; never what git ignores."""
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        names = sorted(name for name in done.stdout.split("\0") if name)
        return [name for name in names if (self.root / name).is_file()]

    def modules(self, room: str) -> list[str]:
        """The room's modules that are drawn from."""
        modules = [f for f in self.files() if f.startswith(f"{room}/") and f.endswith(".py")]
        return [f for f in modules if not any(fnmatch(f, pattern) for pattern in self.leave_out)]

    def tests(self) -> list[str]:
        """Every file with tests."""
        return [f for f in self.files() if Path(f).match("test_*.py")]

    def commit(self) -> str:
        """The id of what is checked out."""
        command = ["git", "rev-parse", "HEAD"]
        done = subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def why_equivalent(self, mutant: Mutant) -> str | None:
        """The reason why no test can notice this fault, if somebody has written one down."""
        return self.equivalent.get((mutant.file, mutant.function, mutant.before, mutant.after))

    def digest(self, files: Iterable[str]) -> str:
        """Different when one of these files is."""
        state = hashlib.sha256()
        for file in files:
            state.update(file.encode() + b"\0" + (self.root / file).read_bytes() + b"\0")
        return state.hexdigest()


def _key(entry: dict[str, Any]) -> tuple[str, str, str, str]:
    return (entry["file"], entry["function"], entry["before"], entry["after"])
