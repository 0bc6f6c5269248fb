"""When people are asked: on working days, early and late, never before a talk was possible."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.followup import SETTLED, SHORT, follow_ups

BERLIN = "Europe/Berlin"


def berlin(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(BERLIN)).astimezone(UTC)


def said(times):
    return [t and f"{t.astimezone(ZoneInfo(BERLIN)):%a %d %H:%M}" for t in times]


def asked(begins, ends):
    found = follow_ups(berlin(begins), berlin(ends), BERLIN)
    return said([found.nudge, found.first, found.last])


def test_in_a_week_the_nudge_comes_on_tuesday_and_the_questions_on_wednesday_and_friday():
    assert asked("2026-03-02T10:00", "2026-03-09T10:00") == [
        "Tue 03 10:00",
        "Wed 04 10:00",
        "Fri 06 10:00",
    ]


def test_the_week_in_which_clocks_change_is_a_week_like_any_other():
    assert asked("2026-03-23T10:00", "2026-03-30T10:00") == [
        "Tue 24 10:00",
        "Wed 25 10:00",
        "Fri 27 10:00",
    ]


def test_four_weeks_leave_more_time_for_everything():
    assert asked("2026-03-02T10:00", "2026-03-30T10:00") == [
        "Mon 09 10:00",
        "Fri 13 10:00",
        "Fri 27 10:00",
    ]


def test_two_days_leave_one_question_the_day_after():
    assert asked("2026-03-02T10:00", "2026-03-04T10:00") == [None, None, "Tue 03 10:00"]


def test_over_a_weekend_people_are_asked_on_friday_afternoon():
    assert asked("2026-03-06T10:00", "2026-03-09T10:00") == [None, None, "Fri 06 16:00"]


def test_a_round_of_a_day_asks_once_in_the_afternoon_and_not_at_night():
    assert asked("2026-03-02T10:00", "2026-03-03T10:00") == [None, None, "Mon 02 16:00"]


def test_a_round_that_begins_in_the_evening_asks_the_next_afternoon():
    assert asked("2026-03-02T18:00", "2026-03-03T18:00") == [None, None, "Tue 03 16:00"]


def test_an_hour_without_an_afternoon_asks_when_most_of_it_is_over():
    assert asked("2026-03-02T10:00", "2026-03-02T11:00") == [None, None, "Mon 02 10:45"]


def test_a_short_round_on_a_weekend_has_no_working_afternoon():
    assert asked("2026-03-07T10:00", "2026-03-08T10:00") == [None, None, "Sun 08 04:00"]


@given(
    begins=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
    length=st.timedeltas(timedelta(minutes=20), timedelta(days=70)),
    zone=st.sampled_from([BERLIN, "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_whatever_the_round_people_are_asked_inside_it_and_in_order(begins, length, zone):
    begins = begins.replace(tzinfo=UTC)
    found = follow_ups(begins, begins + length, zone)
    asked = [t for t in (found.nudge, found.first, found.last) if t]
    assert begins < asked[0]
    assert asked == sorted(set(asked))
    assert asked[-1] < begins + length
    if length >= SHORT and found.first:
        assert found.first - begins >= SETTLED
        assert found.first.astimezone(ZoneInfo(zone)).weekday() < 5
