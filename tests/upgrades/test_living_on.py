"""The app on a database of the version before: nobody notices that it was upgraded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
from sqlmodel import select

from bot.endings import laying
from bot.rounds.views.receipts import NOT_IN_IT
from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.outgoing import Key, Outgoing
from core.values import TakingPart, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.outbox import deliveries, endings
from storage.outbox.rows import DeliveryRow
from storage.people import memberships
from storage.platform.database import Database
from tests.gathering import introduced, newest
from tests.town import Town
from tests.upgrades.rows import Version
from tests.upgrades.slack import furnish
from tests.words.reading import received, stored


@pytest.fixture
def town(upgraded: Database, before: Version):
    """The company of that version, a moment later, with the app as it is now."""
    url = upgraded.url.render_as_string(hide_password=False)
    it = Town(url, start=before.at, db=upgraded, connected=False)
    furnish(it.sim, before)
    it.connect()
    yield it
    it.close()


@pytest.fixture
def ask(town: Town, before: Version):
    return {person["name"]: town.sim.person(person["id"]) for person in before.slack["people"]}


def test_what_waited_in_the_outbox_is_delivered(town: Town, ask):
    town.forward(hours=1, minutes=5)
    ask["Eli"].sees("@Gus could use a hand with: a second pair of eyes")
    ask["Dia"].does_not_see("a second pair of eyes")  # it is Friday, on which she does not work
    ask["Eli"].presses("I have time")
    town.forward(minutes=1)
    assert "a second pair of eyes" in town.group_of(ask["Gus"]).transcript()


def test_what_the_version_before_has_posted_ends(town: Town, ask):
    town.forward(hours=3)
    with town.db.reading() as tx:
        drawn = tx.exec(select(DeliveryRow).where(DeliveryRow.kind == DeliveryKind.ENDED)).all()
        assert endings.teams(tx, town.clock.now()) == []
    assert len(drawn) > laying.AT_ONCE
    assert {row.state for row in drawn} == {DeliveryState.SENT}


def test_the_next_round_is_held_with_those_who_take_part(town: Town, ask):
    before = len(introduced(town))
    town.move_to("Monday 14:05")  # when it is day in New York, too
    met = introduced(town)[before:]
    away = {"Eli", "Fay", "Gus", "Hui", "Kim"}  # by status, on a pause, skipping, gone
    assert set().union(*met) == ask.keys() - away
    assert [len(group) for group in met] == [2, 2, 2]
    receipt = newest(ask["Ana"])
    assert receipt.startswith("*Round 5 of #coffee, Monday 30 March, 10:00*")
    assert f"{NOT_IN_IT}: 3 people" in receipt


def test_where_everyone_took_part_they_go_on_without_being_told_again(town: Town, ask):
    studio = stored(town, town.sim.channel("studio"))
    assert studio.mode_at(town.clock.now()) is TakingPart.EVERYONE
    before = len(introduced(town))
    with town.db.transaction() as tx:
        channels.change(tx, studio.place, next_due_at=town.clock.now())
    town.forward(minutes=1)
    with town.db.reading() as tx:
        here = memberships.of_channel(tx, studio.place)
    unasked = {user_id for user_id, m in here.items() if m.opted is None and m.present}
    assert unasked & {ask[name].id for name in set().union(*introduced(town)[before:])}


def test_the_open_pulse_is_closed_with_its_answers(town: Town, ask):
    town.move_to("Tuesday 10:05")
    ask["Ana"].presses("See the results")
    assert "6 answers of 9 people asked" in ask["Ana"].modal
    assert "Together it feels *even*." in ask["Ana"].modal


def test_buttons_that_the_version_before_drew_mean_what_they_meant(town: Town, ask):
    gus, cem, eli = ask["Gus"], ask["Cem"], ask["Eli"]
    gus.presses("We met")
    assert "@Fay – met" in gus.types("/coffee history")
    cem.presses("Done")
    assert "• Write the plan (done)" in cem.transcript()
    eli.presses("Answer", in_=town.sim.channel("studio"))
    assert eli.fills("Celebrate", {"Your answer": "The printer works"}) == {}
    eli.closes_modal(everything=True)
    town.move_to("Sunday 11:00")
    assert "@Eli The printer works" in town.sim.channel("studio").transcript()


def test_a_time_that_the_version_before_agreed_on_can_be_called_off(town: Town, ask):
    gus, at = ask["Gus"], town.clock.now() + timedelta(days=2)
    with town.db.transaction() as tx:  # as that version left it: the number of its plan is 0
        meeting = meetings.of_person(tx, Who(town.sim.team_id, gus.id), 1)[0]
        meetings.change(tx, meeting.id, agreed_at=at)
        key, text = Key(f"reminder:{meeting.id}"), {"text": "Soon."}
        told = Outgoing(
            meeting.team_id, key, DeliveryKind.REMINDER, text, at, meeting_id=meeting.id
        )
        deliveries.put(tx, replace(told, channel_id=meeting.conversation_id))
    gus.types("/coffee cancel")
    town.forward(days=3)
    [event] = icalendar.Calendar.from_ical(gus.files[-1].content).walk("VEVENT")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert received(town, gus, DeliveryKind.REMINDER) == []


def test_who_waited_for_a_coffee_meets_whoever_has_time_next(town: Town, ask):
    ask["Cem"].types("/coffee now 30")
    town.forward(minutes=1)
    assert "Hello @Ana and @Cem" in town.group_of(ask["Cem"]).transcript()
