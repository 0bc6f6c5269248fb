"""At which instant a message reaches somebody: compared with looking at every minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger.hours import (
    AHEAD,
    Days,
    day_before,
    gathers,
    reaches,
    working_week,
)
from core.slots import WorkingHours
from tests import scale

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONES = (
    "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kolkata", "Asia/Riyadh",
    "America/St_Johns", "Pacific/Chatham", "UTC",
)  # fmt: skip
STEP = timedelta(minutes=15)

clock_times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
weeks = st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True).map(tuple)
working = st.builds(WorkingHours, clock_times, clock_times, weeks, st.sampled_from(ZONES))
closed = st.frozensets(st.dates(date(2026, 3, 20), date(2026, 4, 10)), max_size=4)
days = st.builds(Days, working, closed)
# Berlin's and Los Angeles' clocks change in these weeks.
instants = st.integers(0, 1500).map(lambda n: datetime(2026, 3, 20, tzinfo=UTC) + n * STEP)


def of(zone: str, start: int = 9, end: int = 17, weekdays=(0, 1, 2, 3, 4), off=()) -> Days:
    return Days(WorkingHours(time(start), time(end), weekdays, zone), off)


def works(one: Days, at: datetime) -> bool:
    """Said plainly, and unlike the code: the local clock is between start and end."""
    local = at.astimezone(ZoneInfo(one.hours.zone))
    start, end, now = one.hours.start, one.hours.end, local.time()
    today, before = local.date(), local.date() - timedelta(days=1)
    if start < end:
        return start <= now < end and begins(one, today)
    return (now >= start and begins(one, today)) or (now < end and begins(one, before))


def begins(one: Days, day: date) -> bool:
    return day.weekday() in one.hours.weekdays and day not in one.closed


def awake(one: Days, at: datetime) -> bool:
    local = at.astimezone(ZoneInfo(one.hours.zone))
    return time(8) <= local.time() < time(20) and begins(one, local.date())


@given(days, instants)
@settings(max_examples=scale.of(40, 2_000))
def test_a_message_reaches_somebody_in_the_first_of_their_hours(one: Days, at: datetime) -> None:
    found = reaches(one, at)
    assert found is not None
    assert found >= at
    assert works(one, found)
    passed = int((found - at) / STEP)
    assert not any(works(one, at + n * STEP) for n in range(passed) if at + n * STEP < found)


@given(st.lists(days, min_size=1, max_size=4), instants)
@settings(max_examples=scale.of(40, 2_000))
def test_a_group_starts_at_the_first_moment_that_disturbs_the_fewest(
    people: list[Days], at: datetime
) -> None:
    found = gathers(people, at)
    assert at <= found <= at + AHEAD
    cost = sum(not awake(one, found) for one in people)
    for n in range(int(AHEAD / STEP) + 1):
        moment = at + n * STEP
        other = sum(not awake(one, moment) for one in people)
        assert other > cost if moment < found else other >= cost


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (of("Europe/Berlin"), "2026-03-02 09:00"),  # at once: it is ten there
        (of("America/Los_Angeles"), "2026-03-02 17:00"),
        (of("Asia/Riyadh", weekdays=(6, 0, 1, 2, 3)), "2026-03-02 09:00"),
        (of("America/Los_Angeles", 22, 6, weekdays=(6,)), "2026-03-02 09:00"),  # still at work
        (of("Europe/Berlin", off={date(2026, 3, 2), date(2026, 3, 3)}), "2026-03-04 08:00"),
    ],
    ids=["now", "their morning", "sunday to thursday", "over midnight", "a holiday"],
)
def test_hours_over_midnight_other_weeks_and_holidays(one: Days, expected: str) -> None:
    found = reaches(one, MONDAY)
    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == expected


def test_whoever_never_works_is_never_reached() -> None:
    assert reaches(of("UTC", weekdays=()), MONDAY) is None
    assert reaches(Days(WorkingHours(), lambda _day: True), MONDAY) is None


def test_where_three_are_never_awake_together_the_fewest_are_disturbed() -> None:
    far = ("Pacific/Auckland", "Europe/London", "America/Los_Angeles")
    assert f"{gathers([of(zone) for zone in far], MONDAY):%H:%M}" == "19:00"  # eight in Auckland
    farther = [of(zone) for zone in (*far[:2], "Asia/Kolkata")]
    found = gathers(farther, MONDAY)
    assert [awake(one, found) for one in farther].count(False) == 1
    assert gathers([], MONDAY) == MONDAY


@pytest.mark.parametrize(
    ("due", "week", "off", "expected"),
    [
        ("2026-03-09 10:00", (0,), set(), "2026-03-06 10:00"),  # Monday: told on Friday
        ("2026-03-10 10:00", (1,), set(), "2026-03-09 10:00"),
        ("2026-04-07 10:00", (1,), {date(2026, 4, 3), date(2026, 4, 6)}, "2026-04-02 10:00"),
        ("2026-03-08 10:00", (6,), set(), "2026-03-05 10:00"),  # Sunday to Thursday
        ("2026-03-30 10:00", (0,), set(), "2026-03-27 10:00"),  # the clocks change in between
    ],
)
def test_a_notice_comes_on_the_last_worked_day_before(due, week, off, expected) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    due_at = datetime.fromisoformat(due).replace(tzinfo=berlin)
    found = day_before(due_at.astimezone(UTC), "Europe/Berlin", working_week(week), off)
    assert f"{found.astimezone(berlin):%Y-%m-%d %H:%M}" == expected


def test_where_every_day_is_off_a_notice_comes_the_day_before() -> None:
    assert day_before(MONDAY, "UTC", range(7), lambda _day: True) == MONDAY - timedelta(days=1)
