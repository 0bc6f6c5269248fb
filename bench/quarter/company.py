"""Who is played: people of six zones with habits of their own, and when each of them works."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ZONES = {
    "Berlin": "Europe/Berlin",
    "Auckland": "Pacific/Auckland",
    "Los Angeles": "America/Los_Angeles",
    "London": "Europe/London",
    "Tokyo": "Asia/Tokyo",
    "New York": "America/New_York",
}
NAMES = (
    "Ana", "Aroha", "Luis", "Liz", "Taro", "Nell", "Bo", "Hemi", "Maya", "Emeka", "Hana", "Pedro",
    "Cem", "Kiri", "Yara", "Ines", "Ren", "Wren", "Dia", "Tane", "Quynh", "Ulla", "Sora", "Noah",
)  # fmt: skip
MONDAY_TO_FRIDAY, SUNDAY_TO_THURSDAY = (0, 1, 2, 3, 4), (6, 0, 1, 2, 3)
DAY_BEGINS, NIGHT_BEGINS = time(8), time(20)  # for groups, whatever hours somebody keeps
STEP = timedelta(minutes=15)  # the clocks of all zones of today differ by so much, or several


class Habit(StrEnum):
    """How somebody treats what Kettle sends."""

    ANSWERS = "answers everything"
    AGREES = "agrees on times, answers now and then"
    MOVES = "agrees, and then something comes up"
    SILENT = "never answers"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody, where they are, and the hours that they work there."""

    name: str
    city: str
    habit: Habit
    days: tuple[int, ...] = MONDAY_TO_FRIDAY
    begins: int = 9
    ends: int = 17

    @property
    def zone(self) -> ZoneInfo:
        """Where they are."""
        return ZoneInfo(ZONES[self.city])

    @property
    def is_usual(self) -> bool:
        """Whether they need tell Kettle nothing of their hours."""
        return (self.days, self.begins, self.ends) == (MONDAY_TO_FRIDAY, 9, 17)

    def day(self, at: datetime) -> date:
        """The date there."""
        return at.astimezone(self.zone).date()

    def works(self, at: datetime) -> bool:
        """Whether this instant is within their working hours."""
        local = at.astimezone(self.zone)
        return local.weekday() in self.days and self.begins <= local.hour < self.ends

    def is_awake(self, at: datetime) -> bool:
        """Whether it is neither night nor a day off there."""
        local = at.astimezone(self.zone)
        return local.weekday() in self.days and DAY_BEGINS <= local.time() < NIGHT_BEGINS

    def at_work(self, at: datetime) -> datetime:
        """The first instant from `at` on at which they work."""
        while not self.works(at):
            local = at.astimezone(self.zone)
            day = local.date() + timedelta(days=local.hour >= self.begins)
            at = datetime.combine(day, time(self.begins), self.zone).astimezone(at.tzinfo)
        return at


def company(count: int = len(NAMES)) -> list[Colleague]:
    """So many colleagues, zone by zone in turn; the first, in Berlin, is the host.

    One in London works late, one in New York from Sunday to Thursday.
    """
    habits, cities = list(Habit), list(ZONES)
    people = []
    for n, name in enumerate(NAMES[:count]):
        turn, place = divmod(n, len(cities))
        city, habit = cities[place], habits[(turn + place) % len(habits)]
        if city == "London" and turn == 1:
            people.append(Colleague(name, city, habit, begins=11, ends=19))
        elif city == "New York" and turn == 1:
            people.append(Colleague(name, city, habit, days=SUNDAY_TO_THURSDAY))
        else:
            people.append(Colleague(name, city, habit))
    return people


def moments(at: datetime, until: datetime) -> Iterator[datetime]:
    """`at`, and every quarter of an hour after it up to `until`."""
    yield at
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    while (quarter := quarter + STEP) <= until:
        yield quarter


def disturbs(people: Iterable[Colleague], at: datetime) -> int:
    """For how many of them it is night or a day off then."""
    return sum(not person.is_awake(at) for person in people)


def fewest(people: Sequence[Colleague], at: datetime, until: datetime) -> int:
    """How few of them a message between `at` and `until` can disturb at its best moment."""
    best = len(people)
    for moment in moments(at, until):
        best = min(best, disturbs(people, moment))
        if not best:
            break
    return best
