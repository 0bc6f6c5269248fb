"""Rhythms by property: what holds for any cadence, zone, year and set of closed dates."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.cadence import LAST, Cadence, Every, due_between, missed, next_dates, next_due
from tests import scale

ZONES = [
    "UTC",
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Lisbon",
    "America/New_York",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/St_Johns",
    "America/Havana",
    "America/Asuncion",
    "America/Scoresbysund",
    "America/Nuuk",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Asia/Gaza",
    "Asia/Beirut",
    "Asia/Amman",
    "Asia/Pyongyang",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Africa/El_Aaiun",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Australia/Eucla",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
    "Pacific/Marquesas",
    "Pacific/Norfolk",
    "Antarctica/Troll",
    "Antarctica/Casey",
]

weekday = st.integers(0, 6)
common = {
    "at": st.times(timezones=st.none()).map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    "zone": st.sampled_from(ZONES),
    "anchor": st.dates(date(1990, 1, 1), date(2040, 1, 1)),
}
one_day = st.tuples(weekday)
cadences = st.one_of(
    st.builds(Cadence, st.just(Every.DAYS), st.integers(1, 40), **common),
    st.builds(Cadence, st.just(Every.WEEKS), st.integers(1, 6), one_day, **common),
    st.builds(
        Cadence,
        st.just(Every.WEEKDAYS),
        st.integers(1, 3),
        st.lists(weekday, min_size=1).map(tuple),
        **common,
    ),
    st.builds(
        Cadence,
        st.just(Every.MONTHLY),
        st.integers(1, 12),
        one_day,
        st.sampled_from([1, 2, 3, 4, LAST]),
        **common,
    ),
)
instants = st.datetimes(
    datetime(1991, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    datetime(2050, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def exists(day, at, zone):
    """Whether a wall-clock time occurs on a date: it survives the way to UTC and back."""
    wall = datetime.combine(day, at)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall


def named(cadence, day):
    """Whether the rhythm names a date, said plainly and unlike the code under test."""
    if cadence.kind is Every.DAYS:
        return (day - cadence.anchor).days % cadence.interval == 0
    if day.weekday() not in cadence.weekdays:
        return False
    if cadence.kind is Every.MONTHLY:
        months = (day.year - cadence.anchor.year) * 12 + day.month - cadence.anchor.month
        last = (day + timedelta(days=7)).month != day.month
        is_nth = last if cadence.nth == LAST else (day.day - 1) // 7 + 1 == cadence.nth
        return months % cadence.interval == 0 and is_nth
    weeks = [d - timedelta(days=d.weekday()) for d in (day, cadence.anchor)]
    return (weeks[0] - weeks[1]).days // 7 % cadence.interval == 0


@given(cadences, instants)
@settings(max_examples=scale.of(60, 3_000))
def test_dates_strictly_increase_and_fall_where_the_rhythm_says(cadence, after):
    zone = ZoneInfo(cadence.zone)
    found = next_dates(cadence, after, 4)
    assert len(found) == 4
    assert after < found[0]
    assert found == sorted(set(found))
    for instant in found:
        wall = instant.astimezone(zone)
        if named(cadence, wall.date()) and exists(wall.date(), cadence.at, zone):
            assert (wall.hour, wall.minute, wall.fold) == (cadence.at.hour, cadence.at.minute, 0)
        else:  # only a gap moves a time: never on a date where the time exists
            moved = [wall.date(), wall.date() - timedelta(days=1)]
            assert any(named(cadence, d) and not exists(d, cadence.at, zone) for d in moved)


@given(cadences, instants)
@settings(max_examples=scale.of(40, 3_000))
def test_no_date_the_rhythm_names_is_lost(cadence, after):
    zone = ZoneInfo(cadence.zone)
    until = after + timedelta(days=60)
    start = after.astimezone(zone).date()
    expected = {
        held
        for day in (start + timedelta(days=n) for n in range(-2, 63))
        if named(cadence, day)
        and after < (held := datetime.combine(day, cadence.at, zone).astimezone(UTC)) <= until
    }
    assert due_between(cadence, after, until) == sorted(expected)


@given(st.sampled_from(ZONES), st.times(), st.integers(1991, 2049))
@example("Pacific/Apia", time(10, 0), 2011)
@example("Europe/Berlin", time(2, 30), 2026)
@settings(max_examples=scale.of(15, 3_000))
def test_every_date_of_a_year_that_exists_is_held_exactly_once(zone_name, at, year):
    zone = ZoneInfo(zone_name)
    daily = Cadence(Every.DAYS, at=at.replace(second=0, microsecond=0, fold=0), zone=zone_name)
    start = datetime(year, 1, 3, tzinfo=UTC)
    found = due_between(daily, start, datetime(year, 12, 29, tzinfo=UTC))
    held = [instant.astimezone(zone).date() for instant in found]
    moved_over_midnight = len(held) - len(set(held))
    assert moved_over_midnight <= 1
    calendar = {held[0] + timedelta(days=n) for n in range((held[-1] - held[0]).days + 1)}
    assert all(not exists(day, daily.at, zone) for day in calendar - set(held))


@given(cadences, instants, st.sets(weekday, max_size=3), st.integers(0, 400))
@settings(max_examples=scale.of(40, 3_000))
def test_nothing_is_held_on_a_closed_date_and_the_rest_stays(cadence, after, weekdays, length):
    zone = ZoneInfo(cadence.zone)
    until = after + timedelta(days=200)
    begin = after.astimezone(zone).date() + timedelta(days=10)

    def closed(day):
        return day.weekday() in weekdays or begin <= day < begin + timedelta(days=length)

    found = due_between(cadence, after, until, closed)
    assert not [at for at in found if closed(at.astimezone(zone).date())]
    open_anyway = [
        at
        for at in due_between(cadence, after, until)
        if exists(at.astimezone(zone).date(), cadence.at, zone)
        and not closed(at.astimezone(zone).date())
    ]
    assert set(open_anyway) <= set(found)


@given(cadences, instants, st.timedeltas(timedelta(0), timedelta(days=900)))
@settings(max_examples=scale.of(40, 3_000))
def test_downtime_never_shifts_the_phase(cadence, after, downtime):
    back = after + downtime
    everything = due_between(cadence, after, back)
    assert missed(cadence, after, back) == (everything[-1] if everything else None)
    upcoming = next_due(cadence, back)
    assert upcoming == next_due(cadence, everything[-1] if everything else after)
    again = Cadence.from_json(cadence.to_json())
    assert next_due(replace(again), back) == upcoming
