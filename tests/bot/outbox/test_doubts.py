"""An introduction of which nobody knows whether it arrived: nobody is asked, somebody looks."""

import pytest

from bot.checkins.asking.views import news
from bot.meetings.errors import NoMeeting
from bot.outbox import doubts
from bot.outbox.doubts import Found
from bot.outbox.errors import NotInDoubt
from bot.policies import POLICIES
from bot.trouble import sentence
from core.checkins import Kind as CheckInKind
from core.outbox.kinds import DeliveryKind, DeliveryState
from core.outbox.kinds import DeliveryKind as Kind
from storage.outbox import deliveries, looking
from tests.gathering import a_channel, introduced
from tests.handlers.checkins.asking import asked
from tests.words.reading import gist, received

POST = "chat.postMessage"


@pytest.fixture
def two(town):
    """Ana and Bo, in a round whose introduction was twice on its way when the app was killed."""
    _, people = a_channel(town, 2)
    town.move_to("Monday 9:59")
    town.sim.faults.outage("unavailable", "conversations.open")
    town.move_to("Monday 10:01")
    with town.db.transaction() as tx:
        [waiting] = [one for one in looking.unsent(tx) if one.kind is Kind.INTRODUCTION]
        deliveries.postpone(tx, waiting.id, waiting.due_at, None, doubts=2)
    town.sim.faults.over()
    town.move_to("Monday 12:30")
    return people


def settle(town, found, start=None):
    if start is None:
        with town.db.reading() as tx:
            [it] = looking.in_doubt(tx, "")
        start = it.id[:8]
    settled = doubts.settle(town.parts.services, POLICIES, start, found)
    town.parts.settle()
    return settled


def test_it_is_not_said_a_third_time_and_the_host_hears(town, two):
    ana, bo = two
    assert introduced(town) == []
    ana.sees("Perhaps not delivered: @Ana and @Bo.")
    town.move_to("Monday 9:00")
    assert [received(town, person, DeliveryKind.ASK) for person in (ana, bo)] == [[], []]


def test_who_has_looked_sends_it_again(town, two):
    settle(town, Found.AGAIN)
    assert introduced(town) == [{"Ana", "Bo"}]
    town.move_to("Monday 9:00")
    assert received(town, two[0], DeliveryKind.ASK) != []


def test_who_has_found_it_lets_things_go_on(town, two):
    assert settle(town, Found.ARRIVED).kind is Kind.INTRODUCTION
    assert introduced(town) == []
    town.move_to("Monday 9:00")
    assert received(town, two[0], DeliveryKind.ASK) != []


def test_what_never_arrived_never_was(town, two):
    settle(town, Found.NEVER)
    town.move_to("Monday 9:00")
    two[0].sees("was not delivered after all: @Ana and @Bo, because somebody has looked")
    assert received(town, two[0], DeliveryKind.ASK) == []
    assert two[1].types("/coffee why") == sentence(NoMeeting())


def test_whoever_asked_for_a_check_in_hears_that_its_post_may_be_missing_and_then_that_it_is(town):
    channel, (ana, *_) = a_channel(town, 3)
    town.sim.faults.outage("unavailable", "chat.postMessage")
    asked(town, channel, ana, CheckInKind.OPEN)
    with town.db.transaction() as tx:
        [waiting] = [one for one in looking.unsent(tx) if one.kind is Kind.CHECKIN]
        deliveries.postpone(tx, waiting.id, waiting.due_at, None, doubts=2)
    town.sim.faults.over()
    town.forward(minutes=10)
    ana.sees(gist(news.doubted))
    settle(town, Found.NEVER)
    town.forward(minutes=1)
    ana.sees("was not asked: its post never arrived. Nobody has seen it.")


def test_history_that_does_not_answer_holds_up_what_may_be_there_and_nothing_else(town):
    a_channel(town, 4)
    town.sim.grant(["mpim:history"])
    town.move_to("Monday 9:59")
    town.sim.faults.lose_next_answer(POST)
    town.sim.faults.outage("server_error", "conversations.history")
    town.move_to("Monday 10:03")
    assert len(introduced(town)) == 2
    outages = town.parts.worker.outages
    assert outages.is_silent(town.sim.team_id, "conversations.history")
    assert not outages.is_silent(town.sim.team_id, POST)
    town.sim.faults.over()
    town.move_to("Monday 11:00")
    assert len(introduced(town)) == 2
    with town.db.reading() as tx:
        assert looking.unsent(tx, 1)[0].kind is not Kind.INTRODUCTION


@pytest.mark.parametrize("start", ["", "nothing-like-it"])
def test_only_a_message_in_doubt_is_decided_about(town, two, start):
    with pytest.raises(NotInDoubt):
        settle(town, Found.AGAIN, start)
    with town.db.reading() as tx:
        assert looking.counts(tx)[DeliveryState.IN_DOUBT] == 1
