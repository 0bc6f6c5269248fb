"""A host's decisions: what the fields mean, what is refused, and when the next round is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from bot.channels import detail as settings_detail
from bot.channels import settings as channel_settings
from bot.channels.ids import OverDraft
from bot.channels.views import detail as detail_view
from bot.channels.views import form
from bot.channels.views.detail import Detail
from bot.channels.views.form import Draft
from bot.platform.errors import Beside
from bot.views import words
from bot.views.carried import StaleValue
from bot.views.forms import Reading
from bot.views.rhythm import RhythmDraft
from core.cadence import Cadence, Every
from core.values import Channel, ChannelSettings, Window

TWO_DAYS = "every week on Tuesday and Thursday at 10:00 (UTC)"
EVERY_OTHER = "every 2 weeks on Tuesday and Thursday at 10:00 (UTC)"
UNREAD = detail_view.unreadable_day("{}")
WEDNESDAY = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
TODAY = WEDNESDAY.date()
BERLIN = RhythmDraft(zone="Europe/Berlin")


def channel(cadence: Cadence | None = None, **columns) -> Channel:
    """A channel with rounds, unless told otherwise."""
    settings = ChannelSettings(cadence=cadence) if cadence else ChannelSettings()
    settings = replace(settings, **columns.pop("settings", {}))
    made = Channel("T1", "C1", "coffee", True, True, "U1", settings, None, 0, None, True, None)
    return replace(made, **columns)


@pytest.mark.parametrize(
    ("draft", "rhythm"),
    [
        (RhythmDraft("days:1"), "every day at 10:00 (UTC)"),
        (RhythmDraft("days", every="3"), "every 3 days at 10:00 (UTC)"),
        (RhythmDraft("weeks:1", weekday="4"), "every week on Friday at 10:00 (UTC)"),
        (RhythmDraft("weeks:4", at=time(9, 30)), "every 4 weeks on Monday at 09:30 (UTC)"),
        (RhythmDraft("weeks", every="6"), "every 6 weeks on Monday at 10:00 (UTC)"),
        (RhythmDraft("weekdays:1", weekdays=("1", "3")), TWO_DAYS),
        (RhythmDraft("weekdays", every="2", weekdays=("1", "3")), EVERY_OTHER),
        (
            RhythmDraft("monthly", every="2", nth="3"),
            "on the third Monday of every 2 months at 10:00 (UTC)",
        ),
        (RhythmDraft("monthly:1", nth="-1"), "on the last Monday of every month at 10:00 (UTC)"),
    ],
)
def test_the_fields_mean_a_rhythm(draft, rhythm):
    assert words.rhythm(form.cadence_of(Draft(draft))) == rhythm


@pytest.mark.parametrize("often", [often.value for often in form.OFTEN])
def test_a_saved_rhythm_comes_back_into_the_same_fields(often):
    filled_in = replace(BERLIN, often=often, every="5", nth="2", weekday="2", weekdays=("2",))
    settings = form.read(ChannelSettings(), Draft(filled_in))
    again = form.read(settings, form.draft_of(settings))
    assert again == settings


def test_every_problem_is_told_at_once_beside_its_field():
    rhythm = RhythmDraft("monthly:1", nth="9", weekday="", at=None, zone="Berlyn")
    with pytest.raises(Beside) as refused:
        form.read(ChannelSettings(), Draft(rhythm, size="7"))
    assert refused.value.problems == {
        "settings.nth": "Please choose one.",
        "settings.weekday": "Choose at least one weekday.",
        "settings.time": "Choose a time of day, such as 10:00.",
        "settings.zone": "I know no time zone “Berlyn”. Did you mean Europe/Berlin?",
        form.SIZE.id: "Please choose one.",
    }


@pytest.mark.parametrize("every", ["", "0", "-2", "two", "1.5", "367", "9" * 5000, "²"])
def test_a_number_of_days_that_makes_no_sense_is_refused(every):
    with pytest.raises(Beside) as refused:
        form.cadence_of(Draft(RhythmDraft("days", every=every)))
    assert refused.value.problems == {"settings.every": "Write a whole number from 1 to 366."}


def test_a_zone_in_small_letters_is_understood():
    assert form.cadence_of(Draft(RhythmDraft(zone="europe/berlin"))).zone == "Europe/Berlin"


def test_a_nameless_zone_gets_an_example_instead_of_a_guess():
    with pytest.raises(Beside) as refused:
        form.cadence_of(Draft(RhythmDraft(zone="xqzv")))
    assert "Try a large city, such as Europe/Berlin." in refused.value.problems["settings.zone"]


def test_a_new_fortnight_begins_as_soon_as_it_can():
    dates = channel_settings.shown_dates(
        channel(started=False), Draft(replace(BERLIN, often="weeks:2")), WEDNESDAY
    )
    assert [str(instant.date()) for instant in dates[:2]] == ["2026-03-09", "2026-03-23"]


def test_another_time_of_day_keeps_the_phase_of_a_fortnight():
    resting = Cadence(Every.WEEKS, 2, (0,), zone="Europe/Berlin", anchor=date(2026, 3, 2))
    later = Draft(replace(BERLIN, often="weeks:2", at=time(15)))
    dates = channel_settings.shown_dates(channel(resting), later, WEDNESDAY)
    assert dates[0] == datetime(2026, 3, 16, 14, 0, tzinfo=UTC)


def test_another_group_size_moves_no_round():
    before = channel(next_due_at=datetime(2026, 3, 30, 10, 0, tzinfo=UTC))
    after = replace(before, settings=replace(before.settings, size=3))
    assert channel_settings.next_due(before, after, WEDNESDAY) == before.next_due_at


def test_a_round_that_is_due_this_minute_is_not_lost_by_saving():
    due = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    before = channel(next_due_at=due)
    assert channel_settings.next_due(before, before, due.replace(second=30)) == due


def test_under_pressure_every_second_round_is_left_out():
    quiet = channel(quiet_until=date(2026, 3, 24))
    dates = channel_settings.upcoming(channel(), quiet, WEDNESDAY)
    assert [instant.day for instant in dates] == [16, 30, 6, 13, 20]


def read(detail: Detail, saved: ChannelSettings | None = None) -> tuple[ChannelSettings, dict]:
    reading, problems = Reading(), {}
    settings = settings_detail.read(saved or ChannelSettings(), detail, TODAY, reading)
    try:
        reading.finish()
    except Beside as beside:
        problems = beside.problems
    return settings, problems


def test_days_off_are_read_one_a_line():
    text = "2026-12-24 – 2027-01-02\n\n 2026-05-01 \n2026-05-01\n2026-7-6 to 2026-07-10"
    settings, problems = read(Detail(blackout=text))
    assert problems == {}
    assert settings.blackout == (
        (date(2026, 5, 1), date(2026, 5, 1)),
        (date(2026, 7, 6), date(2026, 7, 10)),
        (date(2026, 12, 24), date(2027, 1, 2)),
    )


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("Christmas", UNREAD.format("Christmas")),
        ("2026-02-30", UNREAD.format("2026-02-30")),
        ("2026-03-03", "“2026-03-03” has passed already."),
        ("2026-05-02 - 2026-05-01", "“2026-05-02 - 2026-05-01” ends before it begins."),
        ("2026-05-02 - 2028-05-01", "“2026-05-02 - 2028-05-01” is longer than a year."),
    ],
)
def test_a_day_off_that_makes_no_sense_is_told(line, complaint):
    assert read(Detail(blackout=f"2026-12-24\n{line}"))[1] == {detail_view.BLACKOUT.id: complaint}


def test_a_country_and_a_region_that_do_not_exist_are_told():
    assert list(read(Detail(country="ZZ"))[1]) == ["settings.country"]
    assert list(read(Detail(country="DE", region="ZZ"))[1]) == ["detail.region.DE"]


def test_the_hours_kept_free_need_a_beginning_an_end_and_a_day():
    whole = Detail(window_from=time(13), window_until=time(15), window_days=("1", "2"))
    window = Window(time(13), time(15), (1, 2))
    assert read(whole)[0].window == window
    assert list(read(replace(whole, window_until=None))[1]) == [detail_view.WINDOW_UNTIL.id]
    assert list(read(replace(whole, window_days=()))[1]) == [detail_view.WINDOW_DAYS.id]
    assert list(read(replace(whole, window_until=time(13, 15)))[1]) == [detail_view.WINDOW_UNTIL.id]
    assert read(replace(whole, window_until=time(0)))[1] == {}
    without_days = replace(whole, window_days=())
    assert read(without_days, ChannelSettings(window=window)) == (ChannelSettings(), {})


def test_wishes_are_weighed_and_contradictions_told():
    settings, problems = read(Detail(prefer=("cross_team", "hours")))
    assert (settings.prefer, problems) == ({"cross_team": 1, "hours": 1}, {})
    assert list(read(Detail(prefer=("cross_team", "within_team")))[1]) == [detail_view.PREFER.id]


def test_the_draft_below_the_second_modal_comes_back_as_it_was():
    draft = Draft(RhythmDraft("weekdays:1", weekdays=("1", "3"), at=None, zone="Berlyn"), size="4")
    assert OverDraft.read(OverDraft("C1", draft).text()) == OverDraft("C1", draft)


def test_a_draft_of_the_first_version_is_read():
    text = (
        '{"channel": "C1", "draft": {"often": "weeks:2", "every": "2", "weekday": null, '
        '"weekdays": ["0"], "nth": "1", "time": "09:30", "zone": "UTC", "size": "3", '
        '"odd": "larger", "taking_part": "opt_in", "notice": "dm"}}'
    )
    rhythm = RhythmDraft("weeks:2", "2", "", ("0",), "1", time(9, 30), "UTC")
    assert OverDraft.read(text) == OverDraft("C1", Draft(rhythm, "3", notice="dm"))


@pytest.mark.parametrize(
    "text", ["-", "[]", '{"channel": "C1"}', '{"channel": "C1", "draft": {"colour": "red"}}']
)
def test_a_forged_draft_is_refused(text):
    with pytest.raises(StaleValue):
        OverDraft.read(text)
