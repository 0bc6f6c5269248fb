"""What people type for a date or a time to wait, and what it is taken for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.when import LONGEST, Trouble, WhenError, parse_minutes, parse_until

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("2w", "2026-12-09"),
        ("2 w", "2026-12-09"),
        ("2\u00a0w", "2026-12-09"),
        ("“2w”", "2026-12-09"),
        ("2w.", "2026-12-09"),
        ("3 days", "2026-11-28"),
        ("5d", "2026-11-30"),
        ("6 wks", "2027-01-06"),
        ("2 mos", "2027-01-25"),
        ("for three days", "2026-11-28"),
        ("a week", "2026-12-02"),
        ("a fortnight", "2026-12-09"),
        ("1 month", "2026-12-25"),
        ("in 3 months", "2027-02-25"),
        ("1y", "2027-11-25"),
        ("tomorrow", "2026-11-26"),
        ("the day after tomorrow", "2026-11-27"),
        ("next week", "2026-11-30"),
        ("the end of the week", "2026-11-30"),
        ("until the end of the month", "2026-12-01"),
        ("next month", "2026-12-01"),
        ("next year", "2027-01-01"),
        ("the end of the year", "2027-01-01"),
    ],
)
def test_lengths_and_common_phrases(typed, back):
    assert parse_until(typed, TODAY) == date.fromisoformat(back)


def test_numbers_are_read_as_words_up_to_a_dozen():
    words = "one two three four five six seven eight nine ten eleven twelve"
    back = [parse_until(f"{word} weeks", TODAY) for word in words.split()]
    assert back == [TODAY + timedelta(weeks=n) for n in range(1, 13)]
    assert parse_until("an year", TODAY) == parse_until("a year", TODAY) == date(2027, 11, 25)


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("until friday", "2026-11-27"),
        ("Fri", "2026-11-27"),
        ("this Thursday.", "2026-11-26"),
        ("wednesday", "2026-12-02"),
        ("monday", "2026-11-30"),
        ("coming tuesday", "2026-12-01"),
        ("saturday", "2026-11-28"),
        ("sunday", "2026-11-29"),
        ("next monday", "2026-11-30"),
        ("next friday", "2026-12-04"),
    ],
)
def test_weekdays_are_the_next_ones_and_next_means_of_next_week(typed, back):
    assert parse_until(typed, TODAY) == date.fromisoformat(back)


@pytest.mark.parametrize(
    ("typed", "back"),
    [
        ("until 12 Dec", "2026-12-12"),
        ("until\u00a012\u202fDec", "2026-12-12"),
        ("“until 12 Dec”.", "2026-12-12"),
        ("UNTIL  12   December!", "2026-12-12"),
        ("12th of December", "2026-12-12"),
        ("December 12th, 2026", "2026-12-12"),
        ("dec. 12", "2026-12-12"),
        ("12. Dez", None),
        ("3 January", "2027-01-03"),
        ("12.12.", "2026-12-12"),
        ("12.12", "2026-12-12"),
        ("1.3.2027", "2027-03-01"),
        ("01.03.27", "2027-03-01"),
        ("until 2026-12-12", "2026-12-12"),
        ("2026/12/12", "2026-12-12"),
        ("12/12", "2026-12-12"),
        ("13/12", "2026-12-13"),
        ("12/13/2026", "2026-12-13"),
        ("the 12th", "2026-12-12"),
        ("the 30th", "2026-11-30"),
        ("31st", "2026-12-31"),
    ],
)
def test_dates_as_people_write_them(typed, back):
    if back is None:
        assert trouble(typed) is Trouble.NOT_UNDERSTOOD
    else:
        assert parse_until(typed, TODAY) == date.fromisoformat(back)


def trouble(typed, today=TODAY):
    with pytest.raises(WhenError) as refused:
        parse_until(typed, today)
    assert refused.value.text == typed
    return refused.value.kind


@pytest.mark.parametrize(
    "typed",
    ["today", "tonight", "yesterday", "0 days", "1 Nov", "25.11.", "2026-11-25", "2020-1-1"],
)
def test_dates_in_the_past(typed):
    assert trouble(typed) is Trouble.PAST


def test_a_day_of_last_december_is_past_in_january():
    assert trouble("28 Dec", date(2027, 1, 3)) is Trouble.PAST


@pytest.mark.parametrize(
    "typed",
    [
        "until never",
        "forever",
        "for ever",
        "until further notice",
        "for good",
        "Always",
        "indefinitely",
        "until the end of time",
        "until I return",
        "till I am back",
        "until I'm back",
        "until I’m back",
    ],
)
def test_never_is_a_kind_of_its_own(typed):
    assert trouble(typed) is Trouble.NEVER


@pytest.mark.parametrize(
    "typed",
    ["2 years", "54 weeks", "1 Jan 2028", "999999999 days", "9999999 years", "9" * 5000 + "w"],
)
def test_more_than_a_year_is_too_far(typed):
    assert trouble(typed) is Trouble.TOO_FAR


def test_a_year_and_a_day_is_the_longest_whatever_the_year():
    longest, beyond = TODAY + timedelta(days=366), TODAY + timedelta(days=367)
    assert parse_until(f"{longest}", TODAY) == longest
    assert trouble(f"{beyond}") is Trouble.TOO_FAR


def test_a_date_of_the_last_two_months_is_past_and_an_older_one_is_of_next_year():
    assert trouble("27 Sep") is Trouble.PAST
    assert parse_until("26 Sep", TODAY) == date(2027, 9, 26)


def test_a_leap_day_years_away_is_too_far_and_a_near_one_is_not():
    assert trouble("29 Feb") is Trouble.TOO_FAR
    assert parse_until("29 Feb", date(2027, 11, 25)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "until",
        "soon",
        "2",
        "a few weeks",
        "3/4",
        "31 Nov",
        "30.2.",
        "2026-13-01",
        "last friday",
        "and",
        "32nd",
        "de 12",
        "12 mo 3",
        "mo",
    ],
)
def test_other_texts_are_not_guessed_at(typed):
    assert trouble(typed) is Trouble.NOT_UNDERSTOOD


def test_a_month_later_is_the_end_of_a_shorter_month():
    assert parse_until("1 month", date(2027, 1, 31)) == date(2027, 2, 28)
    assert parse_until("1 year", date(2028, 2, 29)) == date(2029, 2, 28)


days = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@given(days, st.integers(1, 365))
def test_every_date_of_the_next_year_is_read_back_in_every_spelling(today, ahead):
    day = today + timedelta(days=ahead)
    for spelling in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "until %b %d, %Y"):
        assert parse_until(day.strftime(spelling), today) == day


WORDS = ["until", "next", "for", "w", "days", "months", "y", "a", "friday", "Feb", "of", "never"]
SIGNS = [" ", "0", "2", "31", "999999999", "2027", "-", "/", ".", "th", "٣", "İ", "\n", "%"]
fragments = st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=6).map("".join)


@given(fragments, days)
def test_whatever_is_typed_gives_a_coming_date_or_a_kind_of_trouble(text, today):
    try:
        day = parse_until(text, today)
    except WhenError:
        return  # any other error would fail here
    assert today < day <= today + LONGEST


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("", 15),
        ("  ", 15),
        ("5", 5),
        ("15", 15),
        ("15m", 15),
        ("20 min", 20),
        ("for ten minutes", 10),
        ("half an hour", 30),
        ("1h", 60),
        ("an hour", 60),
        ("2 hours", 120),
    ],
)
def test_minutes_to_wait(typed, minutes):
    assert parse_minutes(typed) == minutes


def test_no_minutes_means_the_default():
    assert parse_minutes("", default=25) == 25


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("4", Trouble.TOO_SHORT),
        ("0", Trouble.TOO_SHORT),
        ("121", Trouble.TOO_LONG),
        ("3 hours", Trouble.TOO_LONG),
        ("a while", Trouble.NOT_UNDERSTOOD),
        ("several minutes", Trouble.NOT_UNDERSTOOD),
        ("-5", Trouble.NOT_UNDERSTOOD),
    ],
)
def test_minutes_that_cannot_be_are_refused_with_the_reason(typed, kind):
    with pytest.raises(WhenError) as refused:
        parse_minutes(typed)
    assert refused.value.kind is kind
