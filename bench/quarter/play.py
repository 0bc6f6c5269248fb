"""The quarter itself: a company set up in the simulator, and its time passed day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from bench.quarter.company import ZONES, Colleague, Habit, company
from bench.quarter.habits import Habits
from bench.quarter.watch import Watch
from bot.checkins.ids import SCHEDULE_FORM, SCHEDULE_KIND
from bot.people.ids import PREFERENCES
from bot.people.views.preferences import DAYS, HOURS_FROM, HOURS_UNTIL
from core.checkins import Kind
from core.values import Notice
from kettle.app import Parts
from kettle.play import stops
from simulator import Channel, Person
from storage.platform.database import Database
from tests.gathering import opened
from tests.soak.quick import Driven, QuickTown
from tests.words import labels

START = datetime(2026, 2, 25, 9, 0, tzinfo=UTC)  # the Wednesday before the first round
FIRST = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Monday, 10:00 in Berlin
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = "0", "1", "2", "3"
BERLIN = "Europe/Berlin"
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
AFTERWARDS = 2 * DAY  # what has to end when the last round is over has ended by then
BREAK = 4 * WEEK  # after the first round, somebody pauses for three weeks


@dataclass(frozen=True, slots=True)
class Variant:
    """What the host has set up."""

    title: str
    notice: Notice = Notice.CHANNEL
    second: str | None = None  # weekday of a second channel; with it come two check-ins


ONE = Variant("one channel")
BY_MESSAGE = Variant("notice by DM", Notice.DM)
MORE = Variant("two and two", second=WEDNESDAY)
SAME_DAY = Variant("both on Monday", second=MONDAY)
VARIANTS = (ONE, BY_MESSAGE, MORE, SAME_DAY)


class Quarter:
    """One variant, played on one virtual clock; `people` are by Slack's ids. To be closed."""

    def __init__(self, db: Database, variant: Variant, count: int = 24, seed: int = 2026) -> None:
        self.town = QuickTown(db.url.render_as_string(), start=START, db=db)
        self.town.chance.seed(seed)
        self.staff = company(count)
        persons = [self.town.person(who.name, tz=who.zone.key) for who in self.staff]
        self.people: Mapping[str, Colleague] = {
            person.id: who for person, who in zip(persons, self.staff, strict=True)
        }
        self.host = persons[0].id
        self.habits = Habits(self.town.sim, self.people, seed)
        self.watch = Watch(self.town)
        self.coffee = opened(self.town, persons, notice=variant.notice.value)
        for person, who in zip(persons, self.staff, strict=True):
            _tells_hours(person, who, self.coffee)
        self._one_pauses(persons)
        if variant.second is not None:
            self._more(persons, variant.second)

    def play(self, weeks: int) -> None:
        """So many rounds from the first to the next after the last, looked at every day."""
        end = FIRST + weeks * WEEK + AFTERWARDS
        driven = cast(Parts, Driven(self.town))
        while self.town.clock.now() < end:
            day = min(self.town.clock.now() + DAY, end)
            for _ in stops(lambda: driven, self.town.sim.clock, day, self.habits):
                pass
            self.watch.look()

    def close(self) -> None:
        """Everybody stops, and so does the app."""
        self.habits.close()
        self.town.close()

    def _one_pauses(self, persons: list[Person]) -> None:
        who = next(p for p, c in zip(persons, self.staff, strict=True) if c.habit is Habit.AGREES)
        at = self.people[who.id].at_work(FIRST + BREAK + 2 * DAY)
        self.habits.plans(at, lambda: who.types("/coffee pause 3w"))

    def _more(self, persons: list[Person], weekday: str) -> None:
        """Everybody is in a second channel, too; the host asks the first one every Tuesday,
        and a colleague looks back with it every other Thursday."""
        opened(self.town, persons, "lunch", notice=Notice.DM.value, weekday=weekday)
        host, other = persons[0], persons[len(ZONES)]
        weekly = {labels.LINE: "I go first.", labels.AGAIN_ON: TUESDAY, labels.AGAIN_AT: "11:00"}
        _schedules(host, self.coffee, Kind.OPEN, weekly)
        fortnightly = {labels.AGAIN: "weeks:2", labels.AGAIN_ON: THURSDAY}
        _schedules(other, self.coffee, Kind.RETRO, fortnightly)


def _tells_hours(person: Person, who: Colleague, channel: Channel) -> None:
    if who.is_usual:
        return
    person.types("/coffee preferences", in_=channel)
    given = {
        HOURS_FROM.label: f"{who.begins:02}:00",
        HOURS_UNTIL.label: f"{who.ends:02}:00",
        DAYS.label: [str(day) for day in who.days],
    }
    problems = person.fills(PREFERENCES, given)
    assert problems == {}, problems


def _schedules(person: Person, channel: Channel, kind: Kind, given: Mapping[str, object]) -> None:
    person.types("/checkin schedule", in_=channel)
    if kind is not Kind.OPEN:
        person.chooses(SCHEDULE_KIND, kind)
    problems = person.fills(SCHEDULE_FORM, {labels.AGAIN_ZONE: BERLIN, **given})
    assert problems == {}, problems
    person.closes_modal(everything=True)
