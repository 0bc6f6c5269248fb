"""What is over looks so: redrawn short, a few at a time, and never with buttons again."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.endings import laying
from bot.meetings.ids import (
    MEETING_MET,
    MEETING_NOT,
    MEETING_SHUFFLE,
    MEETING_TIME,
    NOW_JOIN,
    PLAN_CHANGE,
)
from bot.meetings.introductions import ASKED_LATE
from bot.meetings.views import ended as view
from bot.meetings.views.followups import TOOK_PLACE
from bot.people.errors import NotTheNextRound
from bot.people.views.home import passed
from bot.policies import POLICIES
from bot.rounds.ids import CHANNEL_SKIP, QUIET_STAY
from bot.rounds.views import silences
from bot.trouble import sentence
from bot.views import blocks as b
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState
from core.outbox.outgoing import Key, Outgoing
from core.values import Outcome
from storage.outbox import deliveries
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel
from tests.words.reading import received, stands, stored


@pytest.fixture
def coffee(town):
    """Ana and Bo, introduced on a Monday."""
    channel, people = a_channel(town, 2)
    town.move_to("Monday 10:00")
    town.forward(minutes=1)
    return channel, people


def standing(town, *kinds):
    """The newest message of these kinds that was posted, as it stands in Slack."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(DeliveryRow.kind.in_(kinds))).all()
    row = max((row for row in rows if row.posted_ts), key=lambda row: row.posted_ts)
    return town.sim.world.conversations[row.posted_channel].messages[row.posted_ts]


def live(message):
    return b.is_live({"text": message.text, "blocks": message.blocks})


def rows_of(town, kind):
    with town.db.reading() as tx:
        return list(tx.exec(select(DeliveryRow).where(DeliveryRow.kind == kind)))


def test_a_week_later_nothing_of_the_round_before_can_be_pressed(town, coffee):
    _, (ana, bo) = coffee
    before = {m.ts for person in (ana, bo) for m in person.messages}
    town.forward(days=8)
    old = [m for person in (ana, bo) for m in person.messages if m.ts in before]
    kinds = {Kind.INTRODUCTION, Kind.NOTICE}
    ended = {row.posted_ts for row in rows_of(town, Kind.ENDED)}
    shown = {r.kind for k in kinds for r in rows_of(town, k) if r.posted_ts in ended}
    assert shown == kinds
    assert not any(live(m) for m in old if m.ts in ended)


def test_nobody_reads_what_another_answered_in_what_is_over(town, coffee):
    _, (ana, bo) = coffee
    town.move_to("Wednesday 18:00")
    bo.presses(MEETING_NOT)
    first = min(m.ts for m in town.sim.messages(town.group_of(ana)))
    town.forward(days=6)
    shown = town.sim.world.conversations[town.group_of(ana).id].messages[first]
    assert not live(shown)
    assert shown.text.endswith(view.LATER)
    assert TOOK_PLACE[Outcome.NOT_THIS_TIME] not in ana.transcript().lower()


def test_met_ends_everything_for_the_group_after_an_hour(town, coffee):
    _, (ana, _) = coffee
    town.move_to("Wednesday 18:00")
    ana.presses(MEETING_MET, in_=town.group_of(ana))
    town.forward(minutes=50)
    assert live(standing(town, Kind.INTRODUCTION))
    town.forward(minutes=20)
    assert not live(standing(town, Kind.INTRODUCTION))
    assert not live(standing(town, Kind.ASK))


def test_a_wrong_press_that_is_put_right_ends_nothing_early(town, coffee):
    _, (ana, _) = coffee
    ana.presses(MEETING_MET)
    town.forward(minutes=30)
    ana.types("/coffee planning")
    town.forward(days=1)
    assert live(standing(town, Kind.INTRODUCTION))


def test_not_this_time_ends_the_question_to_its_giver_alone(town, coffee):
    _, (ana, bo) = coffee
    town.move_to("Wednesday 18:00")
    bo.presses(MEETING_NOT)
    town.forward(hours=21)
    asked = {row.users[0]: row for row in rows_of(town, Kind.ASK) if row.posted_ts}
    assert asked[bo.id].ends_at is None
    assert asked[ana.id].ends_at == asked[ana.id].expires_at - ASKED_LATE
    assert live(standing(town, Kind.INTRODUCTION))


def test_what_has_ended_is_not_drawn_with_buttons_by_a_late_press(town, coffee):
    _, (ana, _) = coffee
    introduction = standing(town, Kind.INTRODUCTION)
    town.forward(days=8)
    assert not live(introduction)
    ana.presses_old(MEETING_SHUFFLE, introduction)
    assert not live(introduction)
    ana.presses_old(MEETING_MET, introduction)
    ana.types("/coffee question", in_=town.group_of(ana))
    town.forward(minutes=1)
    assert not live(introduction)


def test_an_old_skip_skips_no_newer_round(town, coffee):
    channel, (_, bo) = coffee
    town.move_to("Friday 18:00")
    old = standing(town, Kind.NOTICE)
    town.forward(days=4)
    assert not live(old)
    bo_said = bo.presses_old(CHANNEL_SKIP, old)
    upcoming = stored(town, channel).next_due_at
    assert bo_said == bo.text_of(sentence(NotTheNextRound(channel.id, upcoming)))
    assert not stands(town, bo, channel).skipping


def test_a_skip_drawn_by_the_version_before_skips_no_newer_round(town, coffee):
    channel, (_, bo) = coffee
    town.move_to("Friday 18:00")
    old = standing(town, Kind.NOTICE)
    for block in old.blocks:
        for element in block.get("elements", []):
            if element["action_id"] == CHANNEL_SKIP.id:
                element["value"] = channel.id
    bo.presses(CHANNEL_SKIP, message=old)
    assert stands(town, bo, channel).skipping
    bo.types("/coffee skip", in_=channel)
    town.forward(days=4)
    bo.presses_old(CHANNEL_SKIP, old)
    assert not stands(town, bo, channel).skipping


def test_an_answer_in_the_place_of_a_question_stays(town, coffee):
    channel, (_, bo) = coffee
    with town.db.transaction() as tx:
        asked = silences.three_silences(channel.id)
        now, team = town.clock.now(), town.parts.team_id
        deliveries.put(tx, Outgoing(team, Key("test"), Kind.SILENCES, asked, now, users=(bo.id,)))
    town.move_to("Tuesday 10:00")  # on Monday they are introduced
    bo.presses(QUIET_STAY)
    town.forward(days=15)
    assert received(town, bo, Kind.SILENCES) == [bo.text_of(silences.STAYS)]


def test_who_has_decided_has_no_welcome_to_answer(town, coffee):
    channel, _ = coffee
    town.move_to("Tuesday 10:00")
    eli = town.person("Eli")
    eli.joins(channel)
    town.forward(minutes=1)
    eli.types("/coffee join", in_=channel)
    town.forward(hours=2)
    assert not live(standing(town, Kind.WELCOME))
    assert eli.types("/coffee", in_=channel)


def test_what_is_over_is_drawn_a_few_at_a_time(town, coffee):
    services, team = town.parts.services, town.parts.team_id
    now = town.clock.now()
    with town.db.transaction() as tx:
        for number in range(3 * laying.AT_ONCE):
            word = Outgoing(team, Key(f"t{number}"), Kind.SILENCES, {"text": "?"}, now)
            laid = deliveries.put(tx, word)
            deliveries.sent(tx, laid, "D1", f"{number}.1", now, now)
    for _ in range(3):
        laying.run_due(services, POLICIES)
    assert len(rows_of(town, Kind.ENDED)) == laying.AT_ONCE
    town.forward(minutes=2)
    drawn = rows_of(town, Kind.ENDED)
    assert len(drawn) == 3 * laying.AT_ONCE
    assert {row.state for row in drawn} == {DeliveryState.CANCELLED}  # there is no such message
    assert len({row.due_at for row in drawn}) == 3


def test_an_agreed_time_that_has_passed_keeps_nothing_to_press(town):
    _, (ana, bo) = a_channel(town, 2)
    town.move_to("Monday 10:00")
    ana.presses(MEETING_TIME, n=1)
    bo.presses(MEETING_TIME, n=1)
    town.forward(minutes=1)
    agreed = standing(town, Kind.AGREED)
    assert live(agreed)
    town.forward(days=6)
    assert not live(agreed)
    with pytest.raises(AssertionError):
        ana.presses(PLAN_CHANGE, message=agreed)


def test_what_answers_a_press_on_home_ends_too(town, coffee):
    _, (ana, _) = coffee
    ana.opens_home()
    ana.presses(NOW_JOIN)
    waiting = ana.messages[-1]
    assert live(waiting)
    town.forward(hours=25)
    assert waiting.text == passed()["text"]
    assert not live(waiting)
