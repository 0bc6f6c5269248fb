"""The faults: those planted by hand, and those drawn by a seed from named functions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tools.mutants.faults.drawing import draw
from tools.mutants.faults.finding import Mutant, Reach
from tools.mutants.house import House

HERE = Path(__file__).parent
Key = tuple[str, str, str, str]  # file, function, the line before and after


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: what it is called, and the file with it."""

    name: str
    by_hand: bool
    mutant: Mutant

    @property
    def room(self) -> str:
        """Where it is."""
        return self.mutant.file.removesuffix(".py")


def by_hand(root: Path) -> Iterator[Fault]:
    """Those of `byhand.toml`. Raises ValueError for one whose line is not there any more."""
    told = tomllib.loads((HERE / "byhand.toml").read_text(encoding="utf-8"))
    for entry in told["fault"]:
        file, before, after = entry["file"], entry["before"], entry["after"]
        text = (root / file).read_text(encoding="utf-8")
        if text.count(before) != 1:
            raise ValueError(f"{file} has {text.count(before)} times: {before}")
        line = text[: text.index(before)].count("\n") + 1
        mutant = Mutant(
            entry["name"], file, "", "by hand", line, before, after, Reach(file, None),
            text.replace(before, after),
        )  # fmt: skip
        yield Fault(entry["name"], True, mutant)


def drawn(root: Path, seed: str, count: int) -> tuple[list[Fault], list[str]]:
    """So many, drawn from `functions.txt`; and all that was drawn in vain, with the reason."""
    lines = (HERE / "functions.txt").read_text(encoding="utf-8").splitlines()
    named = [line.split("::") for line in lines if line and not line.startswith("#")]
    house, known = House.at(root), reasons()
    vain: list[str] = []
    files = [f for f in house.files() if any(fnmatch(f, file) for file, _ in named)]

    def wanted(file: str, function: str) -> bool:
        return any(fnmatch(file, f) and fnmatch(function, of) for f, of in named)

    def put_back(mutant: Mutant) -> bool:
        if (reason := known.get(key(mutant))) is not None:
            vain.append(f"{mutant.file}:{mutant.line} {called(mutant)}: {reason}")
        return reason is not None

    found = draw(root, files, count, seed, wanted, put_back)
    others = [again for again in found.redrawn if not again.why.startswith("put back")]
    vain += [f"{again.file}:{again.line} {again.function}: {again.why}" for again in others]
    return [Fault(called(mutant), False, mutant) for mutant in found.mutants], vain


def called(mutant: Mutant) -> str:
    """A drawn fault in a line."""
    before, after = (" ".join(text.split()) for text in (mutant.before, mutant.after))
    return f"{before} -> {after or 'nothing'}"


def key(mutant: Mutant) -> Key:
    """By what a fault is known for as long as its line stays the same."""
    return (mutant.file, mutant.function, mutant.before.strip(), mutant.after.strip())


def reasons() -> dict[Key, str]:
    """Why some are drawn anew."""
    told = tomllib.loads((HERE / "redrawn.toml").read_text(encoding="utf-8"))
    return {
        (one["file"], one["function"], one["before"].strip(), one["after"].strip()): one["reason"]
        for one in told.get("mutant", [])
    }
