"""Drawing a sample: the same seed over the same files draws the same faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tools.mutants.faults.finding import Candidate, Mutant, candidates, planted

WORDING, SAME, TWICE = "wording", "the same program", "drawn already"


@dataclass(frozen=True, slots=True)
class Redraw:
    """What was drawn in vain: why, and where."""

    why: str
    file: str
    line: int
    function: str


@dataclass(slots=True)
class Drawn:
    """The faults that were drawn, and what was put back."""

    mutants: list[Mutant] = field(default_factory=list)
    redrawn: list[Redraw] = field(default_factory=list)


def draw(
    root: Path,
    files: Iterable[str],
    count: int,
    seed: str,
    wanted: Callable[[str, str], bool] = lambda file, function: True,
    put_back: Callable[[Mutant], bool] = lambda mutant: False,
) -> Drawn:
    """Up to this many faults: first a line, each as likely, then a kind, then one of that kind.

    A line is drawn once at most. `wanted` is asked about a file and a function in it, `put_back`
    about what was drawn.
    """
    chance = Random(seed)
    drawn = Drawn()
    lines = _by_line(root, files, wanted)
    order = sorted(lines)
    chance.shuffle(order)
    for line in order:
        if len(drawn.mutants) == count:
            break
        found = lines[line]
        kind = chance.choice(sorted({candidate.kind for candidate in found}))
        candidate = chance.choice([candidate for candidate in found if candidate.kind == kind])
        _keep(drawn, candidate, put_back)
    return drawn


def _by_line(
    root: Path, files: Iterable[str], wanted: Callable[[str, str], bool]
) -> dict[tuple[str, int], list[Candidate]]:
    lines: dict[tuple[str, int], list[Candidate]] = {}
    for file in sorted(files):
        for candidate in candidates(root, file):
            if wanted(file, candidate.function):
                lines.setdefault((file, candidate.line), []).append(candidate)
    return lines


def _keep(drawn: Drawn, candidate: Candidate, put_back: Callable[[Mutant], bool]) -> None:
    mutant = None if candidate.wording else planted(candidate)
    if candidate.wording:
        why = WORDING
    elif mutant is None:
        why = SAME
    elif any(mutant.id == other.id for other in drawn.mutants):
        why = TWICE
    elif put_back(mutant):
        why = f"put back: {mutant.before!r} -> {mutant.after!r}"
    else:
        drawn.mutants.append(mutant)
        return
    drawn.redrawn.append(Redraw(why, candidate.file, candidate.line, candidate.function))
