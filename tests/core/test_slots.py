"""Times to meet: inside everyone's hours, in their own zones, on different days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.slots import (
    LEAD,
    ConnectionWindow,
    Limits,
    PersonHours,
    Slot,
    WorkingHours,
    agreed,
    overlap_mask,
    propose,
)
from core.values import Hours, Window
from tests import scale

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
TWO_WEEKS = MONDAY + timedelta(days=14)


def works(person, zone="UTC", start=9, end=17, weekdays=(0, 1, 2, 3, 4)):
    return PersonHours(person, WorkingHours(time(start), time(end), weekdays, zone))


def texts(slots, zone="UTC"):
    return [slot.start.astimezone(ZoneInfo(zone)).strftime("%a %d %b %H:%M") for slot in slots]


def test_three_days_with_morning_and_afternoon_in_turn():
    slots = propose([works("ana"), works("bo")], MONDAY, TWO_WEEKS)
    assert texts(slots) == ["Mon 02 Mar 10:30", "Tue 03 Mar 14:30", "Wed 04 Mar 10:30"]
    assert {slot.end - slot.start for slot in slots} == {timedelta(minutes=30)}


def test_berlin_and_new_york_meet_in_their_common_hours():
    people = [works("ana", "Europe/Berlin"), works("bo", "America/New_York")]
    slots = propose(people, MONDAY, TWO_WEEKS)
    assert texts(slots, "Europe/Berlin") == [
        "Mon 02 Mar 15:30",
        "Tue 03 Mar 15:30",
        "Wed 04 Mar 15:30",
    ]


def test_the_weeks_when_only_one_side_changed_its_clocks_are_told_apart():
    """From 8 to 29 March 2026 Berlin and New York are five hours apart, otherwise six."""
    people = [works("ana", "Europe/Berlin", 9, 16), works("bo", "America/New_York", 9, 10)]
    before = propose(people, MONDAY, TWO_WEEKS, count=1)
    between = propose(people, MONDAY + timedelta(days=7), TWO_WEEKS + timedelta(days=7), count=1)
    assert texts(before, "Europe/Berlin") == ["Mon 02 Mar 15:00"]
    assert texts(between, "Europe/Berlin") == ["Mon 09 Mar 14:00"]


def test_people_whose_days_never_meet_get_no_times():
    people = [works("ana", "Europe/Berlin"), works("bo", "Pacific/Auckland")]
    assert propose(people, MONDAY, TWO_WEEKS) == []
    assert propose([works("ana"), works("bo", weekdays=(5, 6))], MONDAY, TWO_WEEKS) == []
    assert propose([], MONDAY, TWO_WEEKS) == []
    assert propose(people[:1], MONDAY, TWO_WEEKS, count=0) == []


def test_nothing_is_proposed_too_soon_or_too_late():
    afternoon = MONDAY.replace(hour=14, minute=10)
    slots = propose([works("ana"), works("bo")], afternoon, afternoon + timedelta(days=1))
    assert texts(slots) == ["Mon 02 Mar 16:30", "Tue 03 Mar 10:30", "Tue 03 Mar 13:30"]
    assert slots[0].start >= afternoon + LEAD


def test_with_one_day_left_the_times_are_on_that_day_and_do_not_overlap():
    slots = propose([works("ana"), works("bo")], MONDAY, MONDAY.replace(hour=17))
    assert texts(slots) == ["Mon 02 Mar 10:00", "Mon 02 Mar 10:30", "Mon 02 Mar 14:30"]


def test_the_channels_window_is_kept():
    window = ConnectionWindow.of(Window(time(14), time(15), (2,)), "Europe/Berlin")
    people = [works("ana", "Europe/Berlin"), works("bo", "Europe/London")]
    slots = propose(people, MONDAY, TWO_WEEKS, limits=Limits(window))
    assert texts(slots, "Europe/Berlin") == [
        "Wed 04 Mar 14:00",
        "Wed 04 Mar 14:30",
        "Wed 11 Mar 14:30",
    ]


def test_closed_dates_are_left_out_on_each_persons_own_calendar():
    closed = {date(2026, 3, 2), date(2026, 3, 4)}
    slots = propose([works("ana"), works("bo")], MONDAY, TWO_WEEKS, limits=Limits(closed=closed))
    assert texts(slots) == ["Tue 03 Mar 10:30", "Thu 05 Mar 14:30", "Fri 06 Mar 10:30"]
    never = Limits(closed=lambda day: True)
    assert propose([works("ana")], MONDAY, TWO_WEEKS, limits=never) == []


def test_a_day_that_is_taken_is_passed_over_and_another_time_of_a_day_is_found():
    first, second, _ = propose([works("ana")], MONDAY, TWO_WEEKS)
    tuesday = Slot(second.start.replace(hour=0), second.start.replace(hour=23))
    slots = propose([works("ana")], MONDAY, TWO_WEEKS, limits=Limits(taken=[first, tuesday]))
    assert texts(slots) == ["Mon 02 Mar 14:30", "Wed 04 Mar 10:30", "Thu 05 Mar 14:30"]


def test_a_day_that_has_begun_over_there_has_its_times():
    """Nine to noon of Tuesday in Auckland, while it is Monday in London."""
    ends = datetime(2026, 3, 2, 23, tzinfo=UTC)
    slots = propose([works("ana", "Pacific/Auckland")], MONDAY, ends, count=1)
    assert texts(slots, "Pacific/Auckland") == ["Tue 03 Mar 10:30"]


def test_the_end_of_a_long_night_is_on_the_day_after():
    """From Monday afternoon to Tuesday afternoon in Honolulu, where London has Wednesday."""
    night = WorkingHours(time(16), time(15, 30), (0,), "Pacific/Honolulu")
    after = datetime(2026, 3, 4, 0, 10, tzinfo=UTC) - LEAD
    slots = propose([PersonHours("ana", night)], after, TWO_WEEKS, count=1)
    assert [slot.start.day for slot in slots] == [4]


def test_people_who_work_at_night_meet_at_night():
    night = [works("ana", start=22, end=6), works("bo", start=22, end=6)]
    slots = propose(night, MONDAY, TWO_WEEKS, count=2)
    assert texts(slots) == ["Mon 02 Mar 23:30", "Wed 04 Mar 03:30"]


@pytest.mark.parametrize(
    ("until", "found"), [(time(9, 29), []), (time(9, 30), ["Tue 03 Mar 09:00"])]
)
def test_a_talk_needs_half_an_hour_in_common(until, found):
    early = PersonHours("ana", WorkingHours(time(8), until))
    assert texts(propose([early, works("bo")], MONDAY, TWO_WEEKS, count=1)) == found


def test_stored_hours_are_read_in_a_zone():
    hours = WorkingHours.of(Hours(time(8), time(12), (0,)), "Asia/Tokyo")
    assert hours == WorkingHours(time(8), time(12), (0,), "Asia/Tokyo")


@pytest.mark.parametrize(
    ("hours", "half_hours"),
    [
        (WorkingHours(), range(18, 34)),
        (WorkingHours(zone="Asia/Kathmandu"), range(7, 22)),  # 3:15 to 11:15 UTC
        (WorkingHours(time(22), time(6)), [*range(12), *range(44, 48)]),
        (WorkingHours(time(0), time(0)), range(48)),
        (WorkingHours(zone="Pacific/Auckland"), [*range(8), *range(40, 48)]),
        (WorkingHours(weekdays=()), []),
    ],
)
def test_working_hours_as_half_hours_of_a_utc_day(hours, half_hours):
    assert overlap_mask(hours, date(2026, 3, 3)) == sum(1 << n for n in half_hours)


def test_a_day_off_has_no_half_hours():
    assert overlap_mask(WorkingHours(), date(2026, 3, 7)) == 0


def test_the_earliest_time_that_everyone_picked_is_agreed():
    first, second = propose([works("ana")], MONDAY, TWO_WEEKS, count=2)
    people = ["ana", "bo"]
    assert agreed({"ana": {second, first}, "bo": {first, second}}, people) == first
    assert agreed({"ana": {first}, "bo": {second}}, people) is None
    assert agreed({"ana": {first}}, people) is None
    assert agreed({"ana": {first}, "gone": {second}}, ["ana"]) == first
    assert agreed({"ana": [second.start], "bo": [second.start]}, people) == second.start
    nobody: dict[str, set[Slot]] = {}
    assert agreed(nobody, []) is None


ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Kathmandu"]
ZONES += ["Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Chatham"]
people_in_zones = st.lists(
    st.builds(
        WorkingHours,
        st.integers(0, 23).map(time),
        st.integers(0, 23).map(time),
        st.lists(st.integers(0, 6), min_size=1, max_size=7).map(tuple),
        st.sampled_from(ZONES),
    ),
    min_size=1,
    max_size=4,
).map(lambda hours: [PersonHours(f"person {n}", one) for n, one in enumerate(hours)])
moments = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  hypothesis adds the zone
    datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def is_at_work(hours, instant):
    """Whether somebody works at an instant, read from the clock on their wall."""
    wall = instant.astimezone(ZoneInfo(hours.zone))
    if hours.start < hours.end:
        return wall.weekday() in hours.weekdays and hours.start <= wall.time() < hours.end
    began_today = wall.time() >= hours.start and wall.weekday() in hours.weekdays
    return began_today or (wall.time() < hours.end and (wall.weekday() - 1) % 7 in hours.weekdays)


@given(people_in_zones, moments)
@settings(max_examples=scale.of(60, 3_000))
def test_every_time_proposed_is_inside_everyones_working_hours(people, after):
    until = after + timedelta(days=9)
    slots = propose(people, after, until)
    assert slots == sorted(set(slots))
    for slot in slots:
        assert after + LEAD <= slot.start < slot.end <= until
        assert slot.start.minute in (0, 30)
        for minute in (0, 15, 29):
            moment = slot.start + timedelta(minutes=minute)
            assert all(is_at_work(person.hours, moment) for person in people)
    if not slots:
        start = after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=3)
        for half_hour in range(2 * 24 * 8):
            moment = start + half_hour * timedelta(minutes=30)
            whole = [moment + timedelta(minutes=n) for n in (0, 15, 29)]
            assert not all(is_at_work(p.hours, at) for p in people for at in whole)
