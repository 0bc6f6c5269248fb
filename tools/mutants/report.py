"""What is kept of a run, and what is said about it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tools.mutants.asking.running import Outcome, Verdict
from tools.mutants.faults.finding import Mutant
from tools.mutants.house import House, Room

HEADER = "room        drawn  killed  survived  timed out  equivalent   noticed  target"


@dataclass(slots=True)
class Results:
    """A sample and what became of it, kept in a file after every step."""

    file: Path
    state: str
    mutants: dict[str, Mutant] = field(default_factory=dict)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    redrawn: Counter[str] = field(default_factory=Counter)

    def resume(self) -> None:
        """Take over what an earlier run over the same files has found out."""
        if not self.file.exists():
            return
        kept = json.loads(self.file.read_text(encoding="utf-8"))
        if kept["state"] == self.state:
            found = {entry["id"]: entry["verdict"] for entry in kept["mutants"]}
            self.verdicts |= {
                id_: Verdict(**(verdict | {"outcome": Outcome(verdict["outcome"])}))
                for id_, verdict in found.items()
                if id_ in self.mutants and verdict is not None
            }

    def keep(self) -> None:
        """Write it all down, for people and for other programs."""
        mutants = [
            {k: v for k, v in asdict(mutant).items() if k not in ("code", "reach")}
            | {"verdict": asdict(self.verdicts[id_]) if id_ in self.verdicts else None}
            for id_, mutant in self.mutants.items()
        ]
        text = json.dumps(
            {"state": self.state, "redrawn": self.redrawn, "mutants": mutants}, indent=1
        )
        self.file.write_text(text, encoding="utf-8")

    def of(self, room: Room, *outcomes: Outcome) -> list[Mutant]:
        """The room's faults that ended like this."""
        return [
            mutant
            for id_, mutant in self.mutants.items()
            if mutant.file.startswith(f"{room.name}/")
            and id_ in self.verdicts
            and self.verdicts[id_].outcome in outcomes
        ]


@dataclass(frozen=True, slots=True)
class Row:
    """One room's line of the table."""

    room: Room
    drawn: int
    killed: int
    survived: int
    timed_out: int
    equivalent: int

    @property
    def share(self) -> float:
        """Noticed, of all that could be."""
        return (self.killed + self.timed_out) / (self.drawn - self.equivalent or 1)

    @property
    def enough(self) -> bool:
        """Whether the tests notice as much as they must in this room."""
        return self.share >= self.room.noticed


def rows(house: House, results: Results) -> list[Row]:
    """One line for each room that something was drawn in."""
    return [
        Row(
            room=room,
            drawn=len(results.of(room, *Outcome)),
            killed=len(results.of(room, Outcome.KILLED)),
            survived=len(results.of(room, Outcome.SURVIVED)),
            timed_out=len(results.of(room, Outcome.TIMED_OUT)),
            equivalent=len(results.of(room, Outcome.EQUIVALENT)),
        )
        for room in house.rooms
        if results.of(room, *Outcome)
    ]


def passed(house: House, results: Results) -> bool:
    """Whether every room notices enough, and not too much was set aside."""
    table = rows(house, results)
    aside, drawn = sum(row.equivalent for row in table), sum(row.drawn for row in table)
    return all(row.enough for row in table) and aside <= house.most_equivalent * drawn


def told(house: House, results: Results) -> Iterator[str]:
    """The survivors by file, what was set aside, and the table, as lines."""
    for room in house.rooms:
        for mutant in sorted(results.of(room, Outcome.SURVIVED), key=lambda m: (m.file, m.line)):
            yield from shown(mutant, results.verdicts[mutant.id].note)
    for room in house.rooms:
        for mutant in results.of(room, Outcome.EQUIVALENT):
            yield from shown(mutant, f"set aside: {results.verdicts[mutant.id].note}")
    yield ""
    yield HEADER
    for row in rows(house, results):
        yield (
            f"{row.room.name:10}{row.drawn:7}{row.killed:8}{row.survived:10}{row.timed_out:11}"
            f"{row.equivalent:12}{row.share:10.1%}{row.room.noticed:8.0%}"
            f"{'' if row.enough else '  too few'}"
        )
    for why, count in sorted(results.redrawn.items()):
        yield f"drawn anew, {why}: {count}"


def shown(mutant: Mutant, note: str = "") -> Iterator[str]:
    """A fault as a person reads it."""
    yield ""
    yield f"{mutant.id}  {mutant.file}:{mutant.line}  {mutant.function}  ({mutant.kind})"
    yield from (f"    - {line}" for line in mutant.before.splitlines())
    yield from (f"    + {line}" for line in mutant.after.splitlines() or [""])
    if note:
        yield f"    {note}"


def as_json(mutant: Mutant) -> dict[str, Any]:
    """A fault for other programs."""
    return {k: v for k, v in asdict(mutant).items() if k not in ("code", "reach")}
