"""The values that all rooms pass around: what is stored comes back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.cadence import Cadence, Every
from core.values import (
    ChannelSettings,
    Companion,
    Hours,
    Meeting,
    MeetingKind,
    Notice,
    Outcome,
    TakingPart,
    Window,
    joint_outcome,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("answers", "together"),
    [
        ([], None),
        ([None, None], None),
        ([None, Outcome.NOT_THIS_TIME], Outcome.NOT_THIS_TIME),
        ([Outcome.NOT_THIS_TIME, Outcome.PLANNING], Outcome.PLANNING),
        ([Outcome.NOT_THIS_TIME, Outcome.MET], Outcome.MET),
    ],
)
def test_people_met_as_soon_as_anyone_says_so(answers, together):
    assert joint_outcome(answers) is together


def meeting(*people):
    return Meeting(1, "T", "C", MeetingKind.ROUND, people, "U1", NOW, NOW)


def test_a_meeting_knows_what_each_person_answered():
    pair = meeting(Companion("U1", Outcome.PLANNING), Companion("U2"))
    assert pair.user_ids == ("U1", "U2")
    assert [pair.answer_of(u) for u in ("U1", "U2", "U9")] == [Outcome.PLANNING, None, None]


@pytest.mark.parametrize("own", [None, *Outcome])
@pytest.mark.parametrize("other", [None, *Outcome])
def test_somebody_is_told_their_own_answer_or_met_and_nothing_else(own, other):
    told = meeting(Companion("U1", own), Companion("U2", other)).told_to("U1")
    assert told is (Outcome.MET if other is Outcome.MET else own)


def test_a_meeting_is_under_way_until_it_ends_while_two_people_are_left():
    before = NOW - timedelta(seconds=1)
    pair = meeting(Companion("U1"), Companion("U2"))
    assert pair.under_way(before)
    assert not pair.under_way(NOW)
    assert not replace(pair, closed=True).under_way(before)
    assert not replace(pair, people=pair.people[:1]).under_way(before)


def test_settings_survive_being_stored():
    settings = ChannelSettings(
        cadence=Cadence(Every.MONTHLY, 1, (1,), -1, time(15, 30), "Asia/Tokyo", date(2026, 1, 1)),
        size=4,
        odd="sit_out",
        taking_part=TakingPart.EVERYONE,
        guests=True,
        notice=Notice.DM,
        country="DE",
        subdivision="BY",
        blackout=((date(2026, 12, 24), date(2027, 1, 2)),),
        window=Window(time(14), time(16), (1, 3)),
        prefer={"cross_team": 2},
    )
    assert ChannelSettings.from_json(settings.to_json()) == settings


def test_settings_of_an_older_version_are_filled_in():
    assert ChannelSettings.from_json({}) == ChannelSettings()
    assert ChannelSettings.from_json(ChannelSettings().to_json()) == ChannelSettings()


def test_what_an_older_version_wrote_and_nobody_knows_any_more_is_left_alone():
    assert ChannelSettings.from_json({"size": 3, "mood": "grim"}) == ChannelSettings(size=3)


@pytest.mark.parametrize("stored", [None, {}])
def test_without_a_word_people_work_from_nine_to_five(stored):
    assert Hours.from_json(stored) == Hours(time(9), time(17), (0, 1, 2, 3, 4))


def test_working_hours_survive_being_stored():
    hours = Hours(time(22), time(6, 30), (5, 6))
    assert Hours.from_json(hours.to_json()) == hours
