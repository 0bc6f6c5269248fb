"""One day after another: which acts, at which hours, until the next morning."""

from __future__ import annotations

from collections.abc import Callable

from bot import tidy
from tests.soak.known import Cause
from tests.soak.life import asking, breaking, colleagues, hosts
from tests.soak.life.world import Life

OFTEN: dict[Callable[[Life], None], int] = {
    **colleagues.ACTS, **hosts.ACTS, **asking.ACTS, **breaking.ACTS,
}  # fmt: skip
RARE: dict[Callable[[Life], None], int] = {**hosts.RARE, **asking.RARE, **breaking.RARE}
RARELY = 0.09  # a day
MOST = 3  # acts on a working day
SUNDAY = 6
ALL: tuple[dict[Callable[[Life], None], int], ...] = (OFTEN, RARE)


def live(life: Life) -> None:
    """One day, from eight to eight in Berlin."""
    weekend = life.now.weekday() >= 5
    for _ in range(life.chance.randint(0, 1 if weekend else MOST)):
        life.waits(1, 150)
        _one(life, OFTEN)
    if life.chance.random() < RARELY:
        _one(life, RARE)
    if life.running and life.now.weekday() == SUNDAY:
        tidy.run(life.town.parts.services)
    life.until(life.town.clock.next("8:00", "Europe/Berlin"))
    if life.outage_until is None:
        life.town.sim.faults.clear()  # what was ordered and met nobody
    life.looks_around()


def _one(life: Life, acts: dict[Callable[[Life], None], int]) -> None:
    act = life.chance.choices(list(acts), list(acts.values()))[0]
    if life.known.lasting(Cause.OFF) is None:
        life.notes(act.__name__)
        act(life)
