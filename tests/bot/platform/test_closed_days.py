"""Closed days: holidays of a country or a region, and a host's own dates."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.platform import closed_days
from bot.platform.closed_days import ClosedDaysError, closed_dates, countries, subdivisions
from core.cadence import Cadence, Every, next_dates
from core.values import Hours


def test_without_a_country_and_own_dates_nothing_is_closed():
    is_closed = closed_dates()
    assert not is_closed(date(2026, 12, 25))


def test_public_holidays_of_a_country_are_closed():
    is_closed = closed_dates("DE")
    assert is_closed(date(2026, 10, 3))
    assert is_closed(date(2031, 12, 25))
    assert not is_closed(date(2026, 12, 24))


def test_a_region_adds_its_own_holidays():
    epiphany = date(2026, 1, 6)
    assert closed_dates("DE", "BY")(epiphany)
    assert not closed_dates("DE", "BE")(epiphany)
    assert not closed_dates("DE")(epiphany)


def test_a_holiday_kept_on_another_weekday_is_closed_across_the_year_end():
    # 1 January 2022 was a Saturday, kept on Friday 31 December 2021 in the United States.
    assert closed_dates("US")(date(2021, 12, 31))


def test_own_dates_are_closed_alone_and_as_ranges_with_both_ends():
    is_closed = closed_dates(None, None, [date(2026, 5, 4), (date(2026, 8, 3), date(2026, 8, 14))])
    closed = [d for n in range(365) if is_closed(d := date(2026, 1, 1) + timedelta(days=n))]
    assert closed[0] == date(2026, 5, 4)
    assert (closed[1], closed[-1], len(closed)) == (date(2026, 8, 3), date(2026, 8, 14), 13)


def test_a_round_on_a_holiday_is_left_out_and_the_rhythm_goes_on():
    monday = Cadence(Every.WEEKS, weekdays=(0,), zone="Europe/Berlin")
    found = next_dates(monday, datetime(2026, 3, 31, tzinfo=UTC), 2, closed_dates("DE"))
    assert [at.date() for at in found] == [date(2026, 4, 13), date(2026, 4, 20)]


def test_threads_that_ask_at_once_get_the_same_answers():
    closed_days._holidays_of.cache_clear()
    is_closed = closed_dates("DE", "BY")
    days = [date(year, 12, 25) for year in range(2000, 2040)] * 4
    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(is_closed, days))


def test_countries_are_listed_by_name_with_their_codes():
    listed = dict(countries())
    assert (listed["DE"], listed["GB"], listed["XK"]) == ("Germany", "United Kingdom", "Kosovo")
    assert list(listed.values()) == sorted(listed.values())
    assert len(listed) > 200


def test_regions_are_listed_by_name_with_their_codes():
    assert ("BY", "Bayern") in subdivisions("DE")
    assert ("Augsburg", "Augsburg") in subdivisions("DE")


@pytest.mark.parametrize(
    ("place", "field", "sentence"),
    [
        (("XX", None), "country", "I know no holidays for “XX”."),
        (
            ("germani", None),
            "country",
            "I know no holidays for “germani”. Did you mean DE (Germany)?",
        ),
        (("DE", "ZZ"), "subdivision", "Germany has no region “ZZ” that I know."),
    ],
)
def test_an_unknown_place_is_refused_in_words(place, field, sentence):
    with pytest.raises(ClosedDaysError) as refused:
        closed_dates(*place)
    assert (refused.value.field, refused.value.sentence) == (field, sentence)


def test_regions_of_an_unknown_country_are_refused():
    with pytest.raises(ClosedDaysError):
        subdivisions("XX")


def test_own_dates_that_end_before_they_begin_are_refused():
    with pytest.raises(ClosedDaysError) as refused:
        closed_dates(blackout=[(date(2026, 8, 14), date(2026, 8, 3))])
    assert refused.value.field == "blackout"


GERMANS_ALONE, AMERICANS_ALONE = date(2026, 10, 3), date(2026, 7, 4)


@pytest.mark.parametrize(
    ("own", "off"), [(None, [AMERICANS_ALONE]), ("", []), ("DE", [GERMANS_ALONE])]
)
def test_a_person_keeps_the_holidays_of_their_own_choice_else_those_of_the_channel(own, off):
    closed = closed_days.of_person(Hours(holidays=own), closed_dates("US"))
    assert [day for day in (AMERICANS_ALONE, GERMANS_ALONE) if closed(day)] == off


def test_a_region_of_their_own_adds_its_holidays_and_a_hosts_dates_are_kept_too():
    epiphany, given = date(2026, 1, 6), date(2026, 1, 7)
    assert [closed_days.of_their_own("DE-BY")(day) for day in (epiphany, given)] == [True, False]
    assert closed_days.of_their_own("DE", (given,))(given)
    assert not closed_days.of_their_own("DE", (given,))(epiphany)


def test_hours_are_read_as_they_were_kept_before_anybody_chose_holidays():
    kept = {"start": "08:00", "end": "12:00", "weekdays": [0]}
    assert Hours.from_json(kept) == Hours(time(8), time(12), (0,))
    own = Hours(holidays="DE-BY")
    assert Hours.from_json(own.to_json()) == own
