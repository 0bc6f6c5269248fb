"""What hosts do: change the rhythm in mid-round, run a round, name another host, go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bot.channels.ids import SETTINGS, SETTINGS_DETAIL, SETTINGS_MORE
from simulator import Person
from tests.soak.known import Cause, Fact
from tests.soak.life.world import Life
from tests.words import labels


def changes_settings(life: Life) -> None:
    """Another size, weekday or hour, or rounds further apart."""
    old = life.known.rhythm(life.now)
    new = life.chance.choice((
        replace(old, size=life.chance.choice((2, 2, 3, 4))),
        replace(old, size=2),
        replace(old, hour=life.chance.choice((9, 10, 14))),
        replace(old, weekday=life.chance.randrange(5)),
        replace(old, weeks=3 - old.weeks),
    ))  # fmt: skip
    if new == old or not life.types(life.host, "/coffee settings"):
        life.closes_modals(life.host)
        return
    values: dict[str, object] = {
        labels.SIZE: str(new.size),
        labels.OFTEN: f"weeks:{new.weeks}",
        labels.WEEKDAY: str(new.weekday),
        labels.AT: f"{new.hour:02}:00",
    }
    saved = life.fills(life.host, SETTINGS.id, values)
    life.notes(f"settings {new} {'saved' if saved else 'not saved'}")
    if saved:
        life.known.rhythms.append((life.now, new))
    life.closes_modals(life.host)


def runs_a_round(life: Life) -> None:
    """Out of turn; perhaps once more, when nothing seems to happen."""
    for _ in range(life.chance.randint(1, 2)):
        life.known.runs.append(life.now)
        life.types(life.host, "/coffee run")
        life.waits(1, 3)


def is_under_pressure(life: Life) -> None:
    """Some weeks in which every second round is left out, and nobody is reminded."""
    if life.known.quiet or not life.types(life.host, "/coffee settings"):
        life.closes_modals(life.host)
        return
    until = life.today(life.host) + timedelta(weeks=life.chance.randint(2, 4))
    life.host.presses(SETTINGS_MORE)
    # Whether it was saved or not: what follows is looked at with both in mind.
    life.known.quiet.append((life.now, until))
    life.fills(life.host, SETTINGS_DETAIL.id, {labels.PRESSED: until})
    life.notes(f"quiet until {until}")
    life.closes_modals(life.host)


def looks_ahead(life: Life) -> None:
    """A dry run."""
    life.types(life.host, "/coffee preview")


def names_another_host(life: Life) -> None:
    """The second host may decide too, from now on."""
    if len(life.known.hosts) > 1 or not life.types(life.host, "/coffee settings"):
        life.closes_modals(life.host)
        return
    life.host.presses(SETTINGS_MORE)
    if life.fills(life.host, SETTINGS_DETAIL.id, {labels.HOSTS: [life.second]}):
        life.notes(f"{life.second.name} is a host, too")
        both = frozenset({life.host.id, life.second.id})
        life.known.hosts.append((life.now, both))
    life.closes_modals(life.host)


def the_host_comes_and_goes(life: Life) -> None:
    """Whoever brought Kettle leaves the channel, or is back; what they decided stays."""
    host: Person = life.host
    if len(life.known.hosts) < 2 or life.town.sim.faults.waiting:
        return
    inside = host in life.inside
    life.notes(f"the host {'leaves' if inside else 'comes back'}")
    life.learn(host, Fact.INSIDE, not inside)
    if inside:
        life.inside.remove(host)
        host.leaves(life.channel)
    else:
        life.inside.insert(0, host)
        host.joins(life.channel)


def sends_kettle_away(life: Life) -> None:
    """The bot is out of the channel; some days later it is asked back."""
    if not life.calm or life.known.lasting(Cause.OUT) or life.host not in life.inside:
        return
    life.notes("the bot is sent away")
    life.known.begin(Cause.OUT, life.now)
    life.host.removes_bot(life.channel)
    life.until(life.now + timedelta(hours=life.chance.randint(2, 90)))
    life.notes("the bot is back")
    life.host.invites_bot(life.channel)
    life.known.end(Cause.OUT, life.now)


ACTS: dict[Callable[[Life], None], int] = {
    changes_settings: 2, runs_a_round: 1, looks_ahead: 1, names_another_host: 1,
    the_host_comes_and_goes: 1,
}  # fmt: skip
RARE: dict[Callable[[Life], None], int] = {sends_kettle_away: 1, is_under_pressure: 1}
