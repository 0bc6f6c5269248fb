"""Prompts, schedules and what is planned: what hosts and askers change."""

import re
from datetime import date

from bot import trouble
from bot.checkins.asking.views import hosts, news
from bot.checkins.asking.views.form import FROM_LIBRARY, LATER
from bot.checkins.ids import (
    ANOTHER,
    ASK_FORM,
    LINE_FORM,
    PULSE_FORM,
    PULSE_OPEN,
    RESULTS,
    SCHEDULE_FORM,
    SCHEDULE_KIND,
    SCHEDULE_STOP,
    SKIP,
)
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.kinds import name_of
from bot.library import shelf
from core.checkins import Kind
from core.outbox.kinds import DeliveryKind as Box
from core.values import Place
from storage.channels import channels
from storage.checkins import schedules
from storage.checkins import settings as checkin_settings
from storage.moments import moments
from tests.words import labels
from tests.words.reading import gist, on_top, received

CELEBRATE = name_of(Kind.CELEBRATE)
KICKOFF, CELEBRATED, LOOKING_BACK, OPEN = (
    f"“{name_of(kind)}”" for kind in (Kind.KICKOFF, Kind.CELEBRATE, Kind.RETRO, Kind.OPEN)
)


def test_a_host_adds_edits_and_retires_prompts(town, people, channel):
    ana, bo = people[:2]
    ana.types("/checkin celebrate", in_=channel)
    ana.presses("Prompts")
    ana.presses("Add one")
    assert ana.fills("Add a prompt", {CELEBRATE: "<!here> cheer up"}) == {
        CELEBRATE: "Without @here, @channel or @names, please: nobody should be called out."
    }
    assert ana.fills("Add a prompt", {CELEBRATE: "Which bug is finally gone?"}) == {}
    assert "Which bug is finally gone?  _(ours)_" in ana.modal
    ana.presses("Edit")
    assert ana.fills("Edit a prompt", {CELEBRATE: "Which old bug is gone for good?"}) == {}
    assert "Which old bug is gone for good?  _(ours)_" in ana.modal
    ana.presses("Retire")
    assert "~Which old bug is gone for good?~  _(ours, retired)_" in ana.modal
    ana.presses("Bring back")
    assert "retired" not in ana.modal
    bo.types("/checkin celebrate", in_=channel)
    bo.presses("Prompts")
    assert "Which old bug is gone for good?" in bo.modal
    assert "[Retire]" not in bo.modal
    bo.closes_modal(everything=True)
    with town.db.transaction() as tx:
        for prompt in shelf.load("open"):
            place = Place(town.parts.team_id, channel.id)
            checkin_settings.retire(tx, place, Kind.OPEN, prompt, True)
    assert "hosts have retired them" in bo.types("/checkin open", in_=channel)
    assert ANOTHER.id not in str(town.sim.world.top_view(bo.id).blocks)
    line = {labels.LINE: "I am fine."}
    assert "Or in your own words" in bo.fills(ASK_FORM, line)
    assert bo.fills(ASK_FORM, {**line, "Or in your own words": "What now?"}) == {}
    bo.sees("*Question:* What now?", in_=channel)


def question(person):
    return re.search(rf"\*{FROM_LIBRARY}:\* (.*)", person.modal).group(1)


def test_every_shortcut_opens_its_form_and_no_question_is_asked_twice(town, people, channel):
    ana, bo = people[:2]
    for kind in Kind:
        if kind is not Kind.PULSE:
            shown = bo.types(f"/checkin {kind}", in_=channel)
            assert on_top(bo) == ASK_FORM.id
            assert "[Another one]" in shown
            bo.closes_modal()
    ana.types("/checkin motivation", in_=channel)
    seen = set()
    for _ in range(8):
        seen.add(question(ana))
        ana.presses("Another one")
    assert len(seen) == 8
    ana.closes_modal()
    for person in (ana, bo):  # both have the same question in front of them
        person.types("/checkin motivation", in_=channel)
    assert (drawn := question(ana)) == question(bo)
    assert ana.fills(ASK_FORM, {}) == {}
    assert bo.fills(ASK_FORM, {labels.LINE: "What drives me"}) == {}
    assert "Somebody asked that question here a moment ago" in bo.modal
    assert question(bo) != drawn
    assert bo.submits() == {}
    town.forward(seconds=5)
    shown = channel.transcript()
    assert shown.count(drawn) == 1
    assert shown.count("*What moves us*") == 2
    assert "> What drives me" in shown


def test_a_schedule_is_stopped_by_its_asker_or_a_host_alone_and_ends_with_its_asker(
    town, people, channel
):
    ana, bo, cem, *_ = people
    assert f"{labels.AGAIN_ZONE}: {{Europe/Berlin}}" in bo.types("/checkin schedule", in_=channel)
    line = {labels.LINE: "How are you?"}
    assert "unknown" not in str(bo.fills(SCHEDULE_FORM, {**line, labels.AGAIN_ZONE: "Berlin"}))
    zone = {labels.AGAIN_ZONE: "Europe/Berlin"}
    daily = {**line, **zone, labels.AGAIN: "days:1", "Open for": "2 days"}
    overlapping = "It would still be open when the next one comes: a shorter time, or a rarer "
    assert bo.fills("Recurring check-ins", daily) == {"Open for": f"{overlapping}rhythm, please."}
    weekly = {labels.AGAIN: "weeks:1", labels.AGAIN_AT: "09:30"}
    assert bo.fills(SCHEDULE_FORM, weekly) == {}
    bo.types("/checkin schedule", in_=channel)
    again = {**line, **weekly, **zone, "Open for": "2 days"}
    assert bo.fills(SCHEDULE_FORM, again) == {}  # sent twice: it is there already
    cem.types("/checkin schedule", in_=channel)
    assert cem.modal.count("on Monday at 09:30") == 1
    cem.presses(SCHEDULE_STOP)
    assert "Only a host of this channel can do that." in cem.modal
    ana.types("/checkin schedule", in_=channel)
    ana.presses(SCHEDULE_STOP)
    assert "on Monday" not in ana.modal
    ana.closes_modal(everything=True)
    bo.closes_modal(everything=True)
    bo.types("/checkin schedule", in_=channel)
    assert bo.fills(SCHEDULE_FORM, {**line, **zone}) == {}
    town.move_to("Sunday 10:01")
    bo.sees(f"{OPEN} in #team opens tomorrow, 10:00 AM. You go first:\n> How are you?")
    bo.presses("Another line")
    assert labels.LINE in bo.fills(LINE_FORM, {labels.LINE: " "})
    assert bo.fills(LINE_FORM, {labels.LINE: "Better than <last> week."}) == {}
    assert "stands, from now on:\n> Better than <last> week." in bo.modal
    bo.closes_modal()
    town.move_to("Monday 10:01")
    bo.sees("@Bo goes first:\n> Better than <last> week.", in_=channel)
    town.move_to("Sunday 10:01")
    bo.presses("Another line", n=0)
    assert "Better than <last> week." in bo.modal
    bo.closes_modal()
    bo.presses(SKIP)
    bo.sees(f"{OPEN} in #team is left out this time.")
    bo.leaves(channel)
    town.forward(days=8)
    ana.sees(f"@Bo is not in #team any more, so {OPEN} is not asked there again.")
    assert len(received(town, cem, Box.CHECKIN)) == 2
    assert bo.transcript().count("opens ") == 1
    with town.db.reading() as tx:
        assert schedules.running(tx) == []


def test_pulses_that_could_never_be_shown_cannot_be_scheduled(town, people, channel):
    ana = people[0]
    ana.types("/checkin pulse", in_=channel)
    ana.fills(PULSE_FORM, {labels.PULSE: hosts.ON})
    ana.closes_modal(everything=True)
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


def test_what_is_planned_can_be_taken_back_and_what_slack_refuses_is_told(town, people, channel):
    ana, bo = people[:2]
    bo.types("/checkin kickoff", in_=channel)
    assert bo.fills(ASK_FORM, {"When": LATER}) == {}
    ana.types("/checkin schedule", in_=channel)
    assert f"{KICKOFF} opens tomorrow, 9:00 AM. By @Bo." in ana.modal
    ana.presses("Take back")
    assert f"{KICKOFF} opens" not in ana.modal
    town.forward(seconds=3)
    bo.sees(f"{KICKOFF} in #team is not asked: @Ana has taken it back.")
    ana.closes_modal()
    ana.types("/checkin kickoff", in_=channel)
    assert ana.fills(ASK_FORM, {labels.WHEN: LATER}) == {}
    town.clock.forward(days=5)  # nobody is running it
    town.parts.settle()
    ana.sees(f"{KICKOFF} in #team was not asked: I was not running until its time was over.")
    ana.restricts(channel)
    ana.types("/checkin celebrate", in_=channel)
    assert ana.fills(ASK_FORM, {}) == {}
    town.forward(seconds=5)
    ana.sees(f"{CELEBRATED} in #team was not asked: Slack does not let me post there")
    town.forward(days=2)
    assert RESULTS.id not in str([message.blocks for message in ana.messages])
    assert CELEBRATE not in channel.transcript()
    ana.types("/checkin retro", in_=channel)
    assert ana.fills(ASK_FORM, {labels.WHEN: LATER}) == {}
    ana.removes_bot(channel)
    town.forward(days=1, minutes=1)
    ana.sees(f"{LOOKING_BACK} in #team was not asked: I am not in that channel any more.")


def test_a_channel_under_pressure_gets_calm_questions_and_no_reminder(town, people, channel):
    ana = people[0]
    with town.db.transaction() as tx:
        channels.quieten(tx, Place(town.parts.team_id, channel.id), date(2026, 3, 20))
    calm = {prompt.text for prompt in shelf.load("celebrate") if prompt.quiet}
    ana.types("/checkin celebrate", in_=channel)
    assert "#team is under pressure until Friday 20 March: only calm questions" in ana.modal
    drawn = []
    for _ in range(len(calm)):
        drawn.append(question(ana))
        ana.presses(ANOTHER)
    assert set(drawn) == calm
    assert ana.fills(ASK_FORM, {}) == {}
    town.forward(days=1, minutes=1)
    shown = channel.transcript()
    assert "Closed. No answers." in shown
    assert received(town, ana, Box.CHECKIN_REMINDER) == []


def test_whoever_scheduled_what_cannot_be_asked_this_time_hears_why(town, people, channel):
    ana = people[0]
    ana.types("/checkin pulse", in_=channel)
    ana.fills(PULSE_FORM, {labels.PULSE: hosts.ON})
    ana.closes_modal(everything=True)
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


def test_a_pulse_that_was_turned_off_meanwhile_is_refused_with_who_can_turn_it_on(
    town, people, channel
):
    ana, bo = people[:2]
    ana.types("/checkin pulse", in_=channel)
    assert ana.fills(PULSE_FORM, {labels.PULSE: hosts.ON}) == {}
    ana.closes_modal(everything=True)
    bo.types("/checkin pulse", in_=channel)
    ana.types("/checkin", in_=channel)
    ana.presses(PULSE_OPEN)
    assert ana.fills(PULSE_FORM, {labels.PULSE: hosts.OFF}) == {}
    bo.fills(ASK_FORM, {labels.LINE: "I go first."})
    off = trouble.sentence(Refused(Why.PULSE_OFF, hosts="")).strip()
    assert f"{off} Ask @Ana or" in bo.modal
    town.forward(seconds=5)
    assert received(town, bo, Box.CHECKIN) == []
