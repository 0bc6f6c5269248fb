"""Messages that two workers see at once."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.outbox import doubts
from bot.outbox.doubts import Found
from bot.outbox.errors import NotInDoubt
from bot.outbox.worker import Worker
from bot.platform.pacing import Pacer
from bot.policies import POLICIES
from core.outbox.kinds import UNSURE, DeliveryKind, DeliveryState
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries
from tests.gathering import newest
from tests.races.racing import LOOKING, AfterLook, in_the_midst, just_before
from tests.still import TEAM

KEY = Key("expired:UANA")


def lay(db, team_id, user_id, at, **columns):
    message = Outgoing(
        team_id, KEY, DeliveryKind.REMINDER, {"text": "In ten minutes."}, at,
        users=(user_id,), **columns,
    )  # fmt: skip
    with db.transaction() as tx:
        deliveries.put(tx, message)


def found(still):
    with still.db.reading() as tx:
        return deliveries.by_key(tx, TEAM, KEY)


def test_of_two_who_decide_about_a_message_in_doubt_the_second_hears_that_it_is_decided(still):
    lay(still.db, TEAM, "UANA", still.at)
    with still.db.transaction() as tx:
        deliveries.doubt(tx, found(still).id, UNSURE)
    decide = partial(doubts.settle, still.services, POLICIES, found(still).id)
    with just_before(still.db, LOOKING, partial(decide, Found.ARRIVED)), pytest.raises(NotInDoubt):
        decide(Found.AGAIN)
    assert found(still).state is DeliveryState.SENT


def test_two_workers_say_a_message_once(town):
    ana = town.person("Ana")
    lay(town.db, town.parts.team_id, ana.id, town.clock.now())
    other = Worker(town.parts.services, POLICIES)
    with in_the_midst(town.db, "UPDATE deliveries", other.deliver_due):
        town.forward(seconds=5)
    assert newest(ana) == "In ten minutes."
    assert ana.transcript().count("In ten minutes.") == 1


@pytest.mark.parametrize("paced", [True, False])
def test_a_message_that_another_worker_is_saying_is_left_to_it(any_still, paced):
    at = any_still.at
    expires = at + timedelta(days=1) if paced else at
    lay(any_still.db, TEAM, "UANA", at, expires_at=expires)

    def claim():
        with any_still.db.transaction() as tx:
            assert deliveries.claim(tx, found(any_still), at, posting=True)

    busy = Pacer()
    busy.block(TEAM, "chat.postMessage", at + timedelta(minutes=1))
    late = replace(any_still.services, db=AfterLook(any_still.db, claim), pacer=busy)
    assert Worker(late, POLICIES).deliver_due() == 0
    assert (found(any_still).state, found(any_still).due_at) == (DeliveryState.WAITING, at)
    with any_still.db.reading() as tx:
        assert deliveries.due(tx, at + timedelta(minutes=1), 5) == []
