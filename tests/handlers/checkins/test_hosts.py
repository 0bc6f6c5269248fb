"""Prompts, schedules and what is planned: what hosts and askers change."""

import re
from datetime import date

from bot import trouble
from bot.checkins.asking.views import hosts
from bot.checkins.asking.views.form import FROM_LIBRARY, LATER
from bot.checkins.ids import (
    ANOTHER,
    ASK_FORM,
    PULSE_FORM,
    PULSE_OPEN,
    RESULTS,
)
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.kinds import name_of
from bot.library import shelf
from core.checkins import Kind
from core.outbox.kinds import DeliveryKind as Box
from core.values import Place
from storage.channels import channels
from storage.checkins import settings as checkin_settings
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.words import labels
from tests.words.reading import on_top, received

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
    ana.sees(f"{KICKOFF} in #team was not asked: I was not running, or could not reach Slack")
    ana.restricts(channel)
    ana.types("/checkin celebrate", in_=channel)
    assert ana.fills(ASK_FORM, {}) == {}
    town.forward(seconds=5)
    ana.sees(
        f"{CELEBRATED} in #team was not asked, and nobody has seen it. The channel lets only some"
    )
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


def test_a_pulse_that_was_turned_off_meanwhile_is_refused_with_who_can_turn_it_on(
    town, people, channel
):
    ana, bo = people[:2]
    turns_the_pulse_on(ana, channel)
    bo.types("/checkin pulse", in_=channel)
    ana.types("/checkin", in_=channel)
    ana.presses(PULSE_OPEN)
    assert ana.fills(PULSE_FORM, {labels.PULSE: hosts.OFF}) == {}
    bo.fills(ASK_FORM, {labels.LINE: "I go first."})
    off = trouble.sentence(Refused(Why.PULSE_OFF, hosts="")).strip()
    assert f"{off} Ask @Ana or" in bo.modal
    town.forward(seconds=5)
    assert received(town, bo, Box.CHECKIN) == []
