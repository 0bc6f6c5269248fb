"""Rhythms by example: what the next dates are, in real zones and on awkward days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from core.cadence import (
    LAST,
    Cadence,
    CadenceError,
    Every,
    anchored,
    due_between,
    missed,
    next_dates,
    next_due,
)

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def days(cadence, after, count=5, closed=()):
    """The next dates, on the calendar of the cadence's own zone."""
    zone = ZoneInfo(cadence.zone)
    found = next_dates(cadence, utc(after), count, closed)
    return [at.astimezone(zone).strftime("%a %d %b %H:%M") for at in found]


def test_later_today_counts_and_the_very_moment_does_not():
    daily = Cadence(Every.DAYS)
    assert next_due(daily, utc("2026-03-02T09:59")) == utc("2026-03-02T10:00")
    assert next_due(daily, utc("2026-03-02T10:00")) == utc("2026-03-03T10:00")


def test_every_few_days_counts_from_the_anchor():
    third = Cadence(Every.DAYS, 3, anchor=date(2026, 3, 1))
    assert days(third, "2026-03-02T00:00", 2) == ["Wed 04 Mar 10:00", "Sat 07 Mar 10:00"]


def test_the_phase_reaches_back_before_the_anchor():
    third = Cadence(Every.DAYS, 3, anchor=date(2026, 3, 10))
    assert days(third, "2026-03-02T00:00", 1) == ["Wed 04 Mar 10:00"]


def test_several_weekdays_a_week_come_in_order_and_once_each():
    cadence = Cadence(Every.WEEKDAYS, weekdays=(THU, MON, THU))
    assert cadence.weekdays == (MON, THU)
    assert days(cadence, "2026-03-03T00:00", 3) == [
        "Thu 05 Mar 10:00",
        "Mon 09 Mar 10:00",
        "Thu 12 Mar 10:00",
    ]


def test_biweekly_stays_in_phase_after_weeks_of_downtime():
    cadence = Cadence(Every.WEEKS, 2, (WED,), anchor=date(2026, 1, 5))
    assert days(cadence, "2026-01-01T00:00", 2) == ["Wed 07 Jan 10:00", "Wed 21 Jan 10:00"]
    assert days(cadence, "2026-02-11T12:00", 2) == ["Wed 18 Feb 10:00", "Wed 04 Mar 10:00"]


def test_the_fourth_friday_is_not_the_fifth_and_the_last_is():
    fourth = Cadence(Every.MONTHLY, 1, (FRI,), 4)
    last = replace(fourth, nth=LAST)
    assert days(fourth, "2026-01-01T00:00", 2) == ["Fri 23 Jan 10:00", "Fri 27 Feb 10:00"]
    assert days(last, "2026-01-01T00:00", 2) == ["Fri 30 Jan 10:00", "Fri 27 Feb 10:00"]


def test_the_last_weekday_can_be_the_leap_day_and_the_end_of_the_year():
    last_thursday = Cadence(Every.MONTHLY, 1, (THU,), LAST)
    assert days(last_thursday, "2024-02-01T00:00", 1) == ["Thu 29 Feb 10:00"]
    assert days(last_thursday, "2026-12-01T00:00", 2) == ["Thu 31 Dec 10:00", "Thu 28 Jan 10:00"]


def test_the_first_weekday_can_be_the_first_of_the_month():
    first_sunday = Cadence(Every.MONTHLY, 1, (SUN,), 1)
    assert days(first_sunday, "2026-02-01T00:00", 2) == ["Sun 01 Feb 10:00", "Sun 01 Mar 10:00"]


def test_every_third_month_keeps_its_months_across_the_years():
    quarterly = Cadence(Every.MONTHLY, 3, (TUE,), 2, anchor=date(2025, 11, 20))
    assert days(quarterly, "2026-01-01T00:00", 5) == [
        "Tue 10 Feb 10:00",
        "Tue 12 May 10:00",
        "Tue 11 Aug 10:00",
        "Tue 10 Nov 10:00",
        "Tue 09 Feb 10:00",
    ]


def test_every_day_counts_the_leap_day():
    daily = Cadence(Every.DAYS)
    assert days(daily, "2028-02-28T12:00", 2) == ["Tue 29 Feb 10:00", "Wed 01 Mar 10:00"]


def test_ten_oclock_in_berlin_stays_ten_oclock_through_the_year():
    weekly = Cadence(Every.WEEKS, weekdays=(MON,), zone="Europe/Berlin")
    assert next_dates(weekly, utc("2026-03-22T00:00"), 2) == [
        utc("2026-03-23T09:00"),
        utc("2026-03-30T08:00"),
    ]


@pytest.mark.parametrize(
    ("zone", "at", "day", "held"),
    [
        # Spring: 2:00 to 3:00 does not exist, so half past two is held at half past three.
        ("Europe/Berlin", time(2, 30), "2026-03-29", "2026-03-29T01:30"),
        # Autumn: half past two comes twice; the first is summer time.
        ("Europe/Berlin", time(2, 30), "2026-10-25", "2026-10-25T00:30"),
        # Half an hour of daylight saving: 2:00 to 2:30 does not exist.
        ("Australia/Lord_Howe", time(2, 15), "2026-10-04", "2026-10-03T15:45"),
        ("Australia/Lord_Howe", time(1, 45), "2026-04-05", "2026-04-04T14:45"),
        # Morocco goes back for Ramadan and forward after it.
        ("Africa/Casablanca", time(2, 30), "2024-03-10", "2024-03-10T01:30"),
        ("Africa/Casablanca", time(2, 30), "2024-04-14", "2024-04-14T02:30"),
        # Midnight itself is missing.
        ("America/Santiago", time(0, 0), "2026-09-06", "2026-09-06T04:00"),
        # Moved by the gap over midnight, into the next date.
        ("America/Toronto", time(23, 45), "1919-03-30", "1919-03-31T04:45"),
    ],
)
def test_a_missing_hour_moves_on_and_a_doubled_hour_is_held_once(zone, at, day, held):
    daily = Cadence(Every.DAYS, at=at, zone=zone)
    start = utc(held) - timedelta(hours=30)
    found = due_between(daily, start, start + timedelta(hours=54))
    assert utc(held) in found
    assert len(found) == len(set(found)) <= 3
    assert utc(held) == daily_on(daily, date.fromisoformat(day))


def daily_on(cadence, day):
    """When a daily cadence is held first if every date before that day is closed."""
    return next_due(cadence, utc(f"{day}T00:00") - timedelta(days=2), lambda d: d < day)


def test_the_day_apia_skipped_is_held_once_with_the_day_after():
    daily = Cadence(Every.DAYS, zone="Pacific/Apia")
    assert days(daily, "2011-12-28T21:00", 3) == [
        "Thu 29 Dec 10:00",
        "Sat 31 Dec 10:00",
        "Sun 01 Jan 10:00",
    ]


def test_a_friday_that_apia_skipped_is_held_a_day_later_and_the_rhythm_goes_on():
    fridays = Cadence(Every.WEEKS, weekdays=(FRI,), zone="Pacific/Apia")
    assert days(fridays, "2011-12-25T00:00", 2) == ["Sat 31 Dec 10:00", "Fri 06 Jan 10:00"]
    # Asked in the hours after the gap, the moved date still counts.
    assert days(fridays, "2011-12-30T12:00", 1) == ["Sat 31 Dec 10:00"]


@pytest.mark.parametrize("closed", [date(2011, 12, 30), date(2011, 12, 31)])
def test_a_moved_date_is_left_out_if_either_day_is_closed(closed):
    fridays = Cadence(Every.WEEKS, weekdays=(FRI,), zone="Pacific/Apia")
    assert days(fridays, "2011-12-25T00:00", 1, {closed}) == ["Fri 06 Jan 10:00"]


def test_a_closed_date_is_left_out_and_not_moved():
    weekly = Cadence(Every.WEEKS, weekdays=(MON,))
    holidays = [date(2026, 4, 6)]
    assert days(weekly, "2026-04-01T00:00", 2, holidays) == ["Mon 13 Apr 10:00", "Mon 20 Apr 10:00"]
    by_question = days(weekly, "2026-04-01T00:00", 1, lambda day: day.month == 4)
    assert by_question == ["Mon 04 May 10:00"]


def test_a_cadence_closed_forever_has_no_next_date():
    daily = Cadence(Every.DAYS)
    assert next_due(daily, utc("2026-01-01T00:00"), lambda day: True) is None
    assert next_dates(daily, utc("2026-01-01T00:00"), 5, lambda day: day.year > 2026) != []
    assert missed(daily, utc("1990-01-01T00:00"), utc("2026-01-01T00:00"), lambda day: True) is None


def test_the_end_of_the_calendar_is_not_an_error():
    assert len(next_dates(Cadence(Every.MONTHLY, nth=LAST), utc("9999-09-15T00:00"))) == 2


def test_missed_is_the_newest_due_moment_since_the_last_look():
    weekly = Cadence(Every.WEEKS, weekdays=(MON,))
    now = utc("2026-03-11T10:00")
    assert missed(weekly, utc("2026-03-09T10:00"), now) is None
    assert missed(weekly, utc("2026-03-09T09:59"), now) == utc("2026-03-09T10:00")
    assert missed(weekly, utc("2026-01-01T00:00"), now) == utc("2026-03-09T10:00")
    assert missed(weekly, utc("2026-03-09T09:00"), utc("2026-03-09T10:00")) == utc(
        "2026-03-09T10:00"
    )


def test_missed_looks_far_back_for_a_rare_rhythm():
    yearly = Cadence(Every.MONTHLY, 12, (MON,), 1)
    assert missed(yearly, utc("2020-01-01T00:00"), utc("2026-12-01T00:00")) == utc(
        "2026-01-05T10:00"
    )


def test_a_late_round_does_not_cancel_the_next_one():
    weekly = Cadence(Every.WEEKS, weekdays=(MON,))
    held_late_at = utc("2026-03-10T09:55")
    assert next_due(weekly, held_late_at) == utc("2026-03-16T10:00")


def test_a_new_fortnight_begins_as_soon_as_it_can():
    fortnight = Cadence(Every.WEEKS, 2, (MON,))
    for today in ("2026-03-04T12:00", "2026-03-11T12:00"):
        first = next_due(anchored(fortnight, utc(today)), utc(today))
        assert first == next_due(Cadence(Every.WEEKS), utc(today))


def test_a_new_rhythm_with_every_date_closed_keeps_its_anchor():
    daily = Cadence(Every.DAYS, 2)
    assert anchored(daily, utc("2026-03-04T12:00"), lambda day: True) == daily


def test_a_cadence_survives_the_database():
    cadence = Cadence(Every.MONTHLY, 2, (FRI,), LAST, time(9, 30), "Asia/Kathmandu")
    assert Cadence.from_json(cadence.to_json()) == cadence
    assert cadence.to_json()["at"] == "09:30"
    weekly = Cadence(Every.WEEKS)
    assert Cadence.from_json(weekly.to_json()) == weekly


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"kind": "hourly"}, "cadence"),
        ({"interval": None}, "cadence"),
        ({"at": "25:00"}, "cadence"),
        ({"zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_a_stored_cadence_that_makes_no_sense_is_refused(broken, field):
    with pytest.raises(CadenceError) as refused:
        Cadence.from_json(Cadence(Every.WEEKS).to_json() | broken)
    assert refused.value.field == field
    with pytest.raises(CadenceError):
        Cadence.from_json({})


@pytest.mark.parametrize(
    ("field", "settings"),
    [
        ("interval", {"kind": Every.WEEKS, "interval": 0}),
        ("interval", {"kind": Every.WEEKS, "interval": 53}),
        ("weekdays", {"kind": Every.WEEKS, "weekdays": (0, 1)}),
        ("weekdays", {"kind": Every.WEEKDAYS, "weekdays": ()}),
        ("weekdays", {"kind": Every.WEEKDAYS, "weekdays": (7,)}),
        ("weekdays", {"kind": Every.WEEKDAYS, "weekdays": (0, 7)}),
        ("nth", {"kind": Every.MONTHLY}),
        ("nth", {"kind": Every.MONTHLY, "nth": 5}),
        ("nth", {"kind": Every.WEEKS, "nth": 1}),
        ("at", {"kind": Every.DAYS, "at": time(10, 0, 5)}),
        ("at", {"kind": Every.DAYS, "at": time(10, 0, tzinfo=UTC)}),
        ("zone", {"kind": Every.DAYS, "zone": "../etc/passwd"}),
        ("zone", {"kind": Every.DAYS, "zone": "Europe"}),
        ("zone", {"kind": Every.DAYS, "zone": ""}),
    ],
)
def test_settings_that_make_no_rhythm_are_refused_by_field(field, settings):
    with pytest.raises(CadenceError) as refused:
        Cadence(**settings)
    assert refused.value.field == field
    assert refused.value.sentence.endswith(".")


def test_an_instant_without_a_zone_is_refused():
    naive = datetime(2026, 1, 1)  # noqa: DTZ001  the mistake under test
    with pytest.raises(ValueError, match="time zone"):
        next_due(Cadence(Every.DAYS), naive)
