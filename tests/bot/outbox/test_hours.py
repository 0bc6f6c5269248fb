"""What reaches people when: their own hours and days, those of a group, and a channel's (P16)."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.channels.ids import SETTINGS_DETAIL, SETTINGS_MORE
from bot.checkins.ids import ASK_FORM
from bot.rounds.views import notices
from bot.rounds.views.receipts import ON_THEIR_WAY
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Notice, TakingPart
from tests.gathering import a_channel, introduced, opened
from tests.words import labels
from tests.words.reading import received, stored

AUCKLAND, LONDON, ANGELES = "Pacific/Auckland", "Europe/London", "America/Los_Angeles"


def is_day(message, zone):
    """Whether it came between eight and eight on a working day there."""
    at = datetime.fromtimestamp(float(message.ts), ZoneInfo(zone))
    return at.weekday() < 5 and time(8) <= at.time() < time(20)


def test_somebody_far_away_reads_nothing_at_night_or_on_a_sunday(town):
    ana, lea = town.person("Ana"), town.person("Lea", tz=ANGELES)
    opened(town, [ana, lea], notice=Notice.DM)
    for _ in range(4):  # the question after three silences is part of what comes
        town.move_to("Monday 10:01")
    town.move_to("Wednesday 10:01")
    for kind in (Kind.INTRODUCTION, Kind.NOTICE, Kind.ASK, Kind.SILENCES):
        assert received(town, lea, kind) != [], kind
    assert [one.text for one in lea.messages[1:] if not is_day(one, ANGELES)] == []


def test_a_group_begins_when_nobody_in_it_is_asleep(town):
    zones = {"Aroha": AUCKLAND, "Bo": LONDON, "Lea": ANGELES}
    opened(town, [town.person(name, tz=zone) for name, zone in zones.items()], size="3")
    town.move_to("Monday 19:59")
    assert introduced(town) == []
    town.move_to("Monday 20:01")  # eight in Auckland, seven in London, eleven in Los Angeles
    assert introduced(town) == [set(zones)]


def test_the_times_on_offer_lie_behind_the_moment_at_which_a_group_begins(town):
    ana, lea = town.person("Ana"), town.person("Lea", tz=ANGELES)
    opened(town, [ana, lea])
    town.move_to("Monday 17:01")
    assert introduced(town) == [{"Ana", "Lea"}]
    assert "today" not in town.group_of(lea).transcript()


def test_the_notice_comes_once_on_the_last_working_day_before(town):
    _, (_, bo) = a_channel(town, 2)
    town.move_to("Monday 10:01")
    town.move_to("Friday 9:59")
    assert received(town, bo, Kind.NOTICE) == []
    town.move_to("Friday 10:01")
    assert len(received(town, bo, Kind.NOTICE)) == 1
    town.move_to("Monday 9:59")
    assert len(received(town, bo, Kind.NOTICE)) == 1


def test_a_holiday_saved_later_moves_the_notice(town):
    coffee, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:01")
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    assert ana.fills(SETTINGS_DETAIL, {labels.DAYS_OFF: "2026-03-06"}) == {}  # that Friday
    ana.closes_modal(everything=True)
    town.move_to("Thursday 10:01")
    assert len(received(town, bo, Kind.NOTICE)) == 1


def test_who_presses_at_night_is_answered_at_night(town):
    coffee, (ana, _) = a_channel(town, 2)
    town.move_to("Saturday 23:00")
    ana.types("/checkin open", in_=coffee)
    assert ana.fills(ASK_FORM, {labels.LINE: "I cannot sleep."}) == {}
    town.forward(seconds=5)
    assert len(received(town, ana, Kind.CHECKIN_NOTE)) == 1
    town.move_to("Sunday 23:30")  # it has closed, with nobody's answer: that can wait
    assert len(received(town, ana, Kind.CHECKIN_NOTE)) == 1
    town.move_to("Monday 9:01")
    assert len(received(town, ana, Kind.CHECKIN_NOTE)) == 2


@pytest.fixture
def apart(town):
    """Ana in Berlin and Lea in Los Angeles, whose group begins when it is eight for Lea."""
    ana, lea = town.person("Ana"), town.person("Lea", tz=ANGELES)
    coffee = opened(town, [ana, lea])
    town.move_to("Monday 10:01")
    return coffee, ana, lea


@pytest.mark.parametrize("word", ["avoid {}", "pause 2w", "leave"])
def test_who_chose_otherwise_before_the_group_began_is_not_introduced(town, apart, word):
    coffee, ana, lea = apart
    town.move_to("Monday 12:00")
    lea.types(f"/coffee {word}".format(f"<@{ana.id}>"))
    town.move_to("Tuesday 10:01")
    assert introduced(town) == []
    [said] = received(town, ana, Kind.WITHOUT)
    same = notices.no_introduction(stored(town, coffee))["blocks"][0]["text"]["text"]
    assert said == ana.text_of(same)  # whichever of the three it was
    assert len(received(town, lea, Kind.WITHOUT)) == (word == "avoid {}")


def test_the_receipt_of_a_group_that_begins_later_comes_after_two_hours(town, apart):
    _, ana, _ = apart
    town.move_to("Monday 16:00")
    [said] = [one for one in ana.messages if ON_THEIR_WAY in str(one.blocks)]
    assert datetime.fromtimestamp(float(said.ts), UTC).hour == 11  # noon in Berlin


@pytest.mark.parametrize("taking_part", TakingPart)
def test_somebody_new_reads_it_in_their_own_morning(town, taking_part):
    ana, bo, lea = town.person("Ana"), town.person("Bo"), town.person("Lea", tz=ANGELES)
    coffee = opened(town, [ana, bo], taking_part=taking_part)
    lea.joins(coffee)
    town.move_to("Monday 8:59", zone=ANGELES)
    before = received(town, lea, Kind.NEWCOMER, Kind.WELCOME)
    town.move_to("Monday 9:01", zone=ANGELES)
    assert (len(before), len(received(town, lea, Kind.NEWCOMER, Kind.WELCOME))) == (0, 1)


def test_a_round_takes_nobody_in_who_has_not_had_a_day_to_say_no(town):
    ana, bo, lea = town.person("Ana"), town.person("Bo"), town.person("Lea", tz=ANGELES)
    coffee = opened(town, [ana, bo], taking_part=TakingPart.EVERYONE)
    town.move_to("Saturday 12:00")
    lea.joins(coffee)  # reads it on Monday evening, when the round has begun
    town.move_to("Tuesday 10:00")
    assert introduced(town) == [{"Ana", "Bo"}] * 2
    town.move_to("Monday 19:01")
    assert introduced(town)[2:] == [{"Ana", "Bo", "Lea"}]


def test_a_holiday_of_the_channel_is_nobodys_day_for_a_question(town):
    coffee, (ana, bo) = a_channel(town, 2)
    ana.types("/coffee settings", in_=coffee)
    ana.presses(SETTINGS_MORE)
    assert ana.fills(SETTINGS_DETAIL, {labels.HOLIDAYS: "Germany"}) == {}
    ana.closes_modal(everything=True)
    for _ in range(4):  # who never says anything is asked no more
        town.move_to("Monday 10:01")
        bo.types("/coffee planning")
    town.move_to(datetime(2026, 4, 2, 22, tzinfo=UTC))
    asked = received(town, bo, Kind.ASK)
    town.move_to(datetime(2026, 4, 6, 21, tzinfo=UTC))  # Good Friday, Sunday, Easter Monday
    assert received(town, bo, Kind.ASK) == asked
    town.move_to(datetime(2026, 4, 7, 10, tzinfo=UTC))
    assert len(received(town, bo, Kind.ASK)) > len(asked)


def test_somebody_who_speaks_before_the_question_about_silences_is_read_is_not_asked(town):
    ana, lea = town.person("Ana"), town.person("Lea", tz=ANGELES)
    opened(town, [ana, lea])
    for _ in range(4):
        town.move_to("Monday 10:01")
    lea.types("/coffee met")
    town.move_to("Wednesday 10:01")
    assert received(town, lea, Kind.SILENCES) == []
    assert len(received(town, ana, Kind.SILENCES)) == 1


def test_a_reminder_in_the_channel_keeps_the_channels_hours(town):
    coffee, (ana, *_) = a_channel(town, 3)
    town.move_to("Tuesday 11:03")
    ana.types("/checkin open", in_=coffee)
    assert ana.fills(ASK_FORM, {labels.LINE: "I cannot sleep."}) == {}  # for a day: until 11:03
    town.move_to("Wednesday 7:59")  # three quarters of it were over at five
    assert received(town, ana, Kind.CHECKIN_REMINDER) == []
    town.move_to("Wednesday 8:01")
    assert len(received(town, ana, Kind.CHECKIN_REMINDER)) == 1
