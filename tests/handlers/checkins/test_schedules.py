"""What is asked again and again: saved, stopped, worded anew, and asked in its turn."""

from bot import trouble
from bot.checkins.asking.views import hosts, news
from bot.checkins.ids import (
    ASK_FORM,
    LINE_FORM,
    PULSE_FORM,
    PULSE_OPEN,
    SCHEDULE_FORM,
    SCHEDULE_KIND,
    SCHEDULE_STOP,
    SKIP,
)
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.kinds import name_of
from core.checkins import Kind
from core.outbox.kinds import DeliveryKind as Box
from storage.checkins import schedules
from storage.moments import moments
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.races.racing import just_before
from tests.words import labels
from tests.words.reading import gist, received

CELEBRATE = name_of(Kind.CELEBRATE)
KICKOFF, CELEBRATED, LOOKING_BACK, OPEN = (
    f"“{name_of(kind)}”" for kind in (Kind.KICKOFF, Kind.CELEBRATE, Kind.RETRO, Kind.OPEN)
)


LINE, ZONE = {labels.LINE: "How are you?"}, {labels.AGAIN_ZONE: "Europe/Berlin"}
WEEKLY = {labels.AGAIN: "weeks:1", labels.AGAIN_AT: "09:30"}
TWO_DAYS = {labels.OPEN_FOR: "48"}


def saves(person, channel, **given):
    """The person plans a check-in of every week; what is wrong, beside each field."""
    person.types("/checkin schedule", in_=channel)
    return person.fills(SCHEDULE_FORM, {**LINE, **ZONE, **given})


def test_a_schedule_tells_what_is_wrong_beside_its_fields(people, channel):
    bo = people[1]
    assert f"{labels.AGAIN_ZONE}: {{Europe/Berlin}}" in bo.types("/checkin schedule", in_=channel)
    assert "unknown" not in str(bo.fills(SCHEDULE_FORM, {**LINE, labels.AGAIN_ZONE: "Berlin"}))
    daily = {**LINE, **ZONE, labels.AGAIN: "days:1", **TWO_DAYS}
    overlapping = "It would still be open when the next one comes: a shorter time, or a rarer "
    said = bo.fills(SCHEDULE_FORM, daily)
    assert said == {labels.OPEN_FOR: f"{overlapping}rhythm, please."}


def test_a_schedule_that_is_sent_twice_is_there_once_and_a_host_may_stop_it(people, channel):
    ana, bo, cem, *_ = people
    for _ in range(2):
        assert saves(bo, channel, **WEEKLY, **TWO_DAYS) == {}
    cem.types("/checkin schedule", in_=channel)
    assert cem.modal.count("on Monday at 09:30") == 1
    cem.presses(SCHEDULE_STOP)
    assert "Only a host of this channel can do that." in cem.modal
    ana.types("/checkin schedule", in_=channel)
    ana.presses(SCHEDULE_STOP)
    assert "on Monday" not in ana.modal


def test_what_breaks_while_it_is_planned_is_planned_again(town, people, channel):
    """The date moves with the check-in or not at all: a kill in between loses nothing."""

    def breaks():
        raise RuntimeError

    assert saves(people[1], channel, **WEEKLY) == {}
    with just_before(town.db, "INTO checkins ", breaks):
        town.move_to("Sunday 9:31")  # the second one is planned a day ahead
    town.move_to("Monday 9:31")
    assert channel.transcript().count(f"> {LINE[labels.LINE]}") == 2


def test_a_day_ahead_whoever_asks_may_word_their_line_anew(town, people, channel):
    bo = people[1]
    assert saves(bo, channel) == {}
    town.move_to("Sunday 10:01")
    town.move_to("Monday 9:01")  # planned on Sunday, and read in his hours
    bo.sees(f"{OPEN} in #team opens today, 10:00 AM. You go first:\n> How are you?")
    bo.presses("Another line")
    assert labels.LINE in bo.fills(LINE_FORM, {labels.LINE: " "})
    assert bo.fills(LINE_FORM, {labels.LINE: "Better than <last> week."}) == {}
    assert "stands, from now on:\n> Better than <last> week." in bo.modal
    bo.closes_modal()
    town.move_to("Monday 10:01")
    bo.sees("@Bo goes first:\n> Better than <last> week.", in_=channel)


def test_once_is_left_out_and_a_schedule_ends_with_its_asker(town, people, channel):
    ana, bo, cem, *_ = people
    assert saves(bo, channel) == {}
    town.move_to("Sunday 10:01")
    town.move_to("Monday 9:01")
    bo.presses(SKIP)
    bo.sees(f"{OPEN} in #team is left out this time.")
    bo.leaves(channel)
    town.forward(days=8)
    ana.sees(f"@Bo is not in #team any more, so {OPEN} is not asked there again.")
    assert len(received(town, cem, Box.CHECKIN)) == 1  # of the day it was saved
    assert bo.transcript().count("opens ") == 0
    with town.db.reading() as tx:
        assert schedules.running(tx) == []


def test_pulses_that_could_never_be_shown_cannot_be_scheduled(town, people, channel):
    ana = people[0]
    turns_the_pulse_on(ana, channel)
    ana.types("/checkin schedule", in_=channel)
    ana.chooses(SCHEDULE_KIND, Kind.PULSE)
    form = {labels.LINE: "I go first.", labels.AGAIN_ZONE: "Europe/Berlin"}
    days = {
        labels.AGAIN: "weekdays:1",
        "Weekdays, if several": ["0", "3"],
    }
    for often in ({labels.AGAIN: "days:1"}, days):
        problems = ana.fills(SCHEDULE_FORM, {**form, **often})
        assert problems[labels.AGAIN].startswith("Results of a pulse need six days between them")
    assert ana.fills(SCHEDULE_FORM, {labels.AGAIN: "weeks:2"}) == {}
    ana.types("/checkin schedule", in_=channel)
    ana.chooses(SCHEDULE_KIND, Kind.PULSE)
    problems = ana.fills(SCHEDULE_FORM, {**form, labels.AGAIN_ON: "3"})
    assert "A pulse is asked here every 2 weeks on Monday at 10:00" in problems[labels.AGAIN]
    with town.db.reading() as tx:
        assert len(schedules.running(tx)) == 1
    ana.closes_modal(everything=True)
    ana.types("/checkin", in_=channel)
    ana.presses(PULSE_OPEN)
    ana.fills(PULSE_FORM, {labels.PULSE: hosts.OFF})  # also for what is planned already
    town.forward(hours=2)
    ana.sees(trouble.sentence(Refused(Why.PULSE_OFF, hosts="")).strip())
    assert channel.transcript() == ""


def test_a_check_in_missed_by_more_than_a_day_is_not_asked_late(town, people, channel):
    ana = people[0]
    ana.types("/checkin schedule", in_=channel)
    filled = {labels.LINE: "How are you?", labels.AGAIN_ZONE: "Europe/Berlin"}
    assert ana.fills(SCHEDULE_FORM, filled) == {}
    town.clock.forward(days=10)
    town.parts.settle()
    assert town.sim.wait_for(lambda: received(town, ana, Box.MISSED, Box.CHECKIN_NOTE))
    assert received(town, ana, Box.CHECKIN) == []
    with town.db.reading() as tx:
        assert moments(tx).opening is None


def test_whoever_scheduled_what_cannot_be_asked_this_time_hears_why(town, people, channel):
    ana = people[0]
    turns_the_pulse_on(ana, channel)
    ana.types("/checkin schedule", in_=channel)
    ana.chooses(SCHEDULE_KIND, Kind.PULSE)
    form = {labels.LINE: "I go first.", labels.AGAIN_ZONE: "Europe/Berlin"}
    assert ana.fills(SCHEDULE_FORM, {**form, labels.AGAIN: "weeks:1"}) == {}
    town.move_to("Saturday 12:00")
    ana.types("/checkin pulse", in_=channel)
    assert ana.fills(ASK_FORM, {labels.LINE: "Early.", labels.OPEN_FOR: "48"}) == {}
    town.move_to("Monday 13:00")
    assert gist(news.refused) in "".join(received(town, ana, Box.CHECKIN_NOTE))
    assert len(received(town, ana, Box.CHECKIN)) == 2  # the first Monday, and Saturday
