"""A call for a hand that two people end at once: volunteers, the seeker, the heartbeat."""

from functools import partial

import pytest
from sqlmodel import select

from bot.checkins.after import hands
from bot.checkins.after.views.hands import CLOSED, NOT_ASKING, asking, nobody_found
from bot.checkins.ids import HAND_NO, HAND_YES
from bot.meetings import impromptu
from core.ledger.budget import REQUESTS
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.checkins import hands as stored
from storage.outbox.rows import DeliveryRow
from storage.people import people
from tests.gathering import a_channel, newest
from tests.races.order import kept
from tests.races.racing import as_of, in_the_midst
from tests.words.reading import gist

ENDING = "UPDATE hands"
NOBODY = gist(nobody_found)


@pytest.fixture
def team(town):
    """Ana looks for a hand; Bo and Cem were asked."""
    everybody = ana, *asked = [town.person(name) for name in ("Ana", "Bo", "Cem")]
    with town.db.transaction() as tx:
        for one in asked:
            people.change(tx, who(town, one), open_to_ask=True)
    ana.types("/coffee hand a map")
    town.forward(seconds=5)
    assert all(newest(one).startswith("@Ana could use a hand") for one in asked)
    return everybody


def who(town, person):
    return Who(town.parts.team_id, person.id)


def pressing(town, team, verb, person):
    """What a volunteer's press comes to."""
    with town.db.reading() as tx:
        call = stored.waiting_of(tx, who(town, team[0]))
    return partial(verb, town.parts.services, who(town, person), call.id)


def test_of_two_volunteers_at_once_one_is_introduced(town, team):
    ana, bo, cem = team
    with in_the_midst(town.db, ENDING, pressing(town, team, hands.accept, cem)) as cems:
        bo.presses(HAND_YES)
    town.forward(seconds=5)
    assert cems.result() == CLOSED
    [group] = town.group_conversations()
    assert {ana.id, bo.id} <= set(group.members)
    assert cem.id not in group.members


def test_who_accepts_while_the_call_runs_out_was_too_late(town, team):
    ana, bo, _ = team
    in_time = as_of(town.parts.services, town.clock.now())
    accept = pressing(town, team, hands.accept, bo)
    with in_the_midst(town.db, ENDING, partial(accept.func, in_time, *accept.args[1:])) as bos:
        town.forward(days=1)
    town.forward(seconds=5)
    assert bos.result() == CLOSED
    assert ana.transcript().count(NOBODY) == 1
    assert town.group_conversations() == []


def test_a_call_that_is_accepted_does_not_run_out(town, team):
    ana, bo, _ = team

    def a_day_later():
        town.clock.forward(days=1)
        hands.expire(town.parts.services)

    with in_the_midst(town.db, ENDING, a_day_later):
        bo.presses(HAND_YES)
    town.forward(seconds=5)
    assert NOBODY not in ana.transcript()
    assert len(town.group_conversations()) == 1


def test_when_the_last_two_decline_at_once_the_seeker_hears_it_in_the_end_and_once(town, team):
    ana, bo, cem = team
    with in_the_midst(town.db, ENDING, pressing(town, team, hands.decline, cem)):
        bo.presses(HAND_NO)
    town.forward(hours=1)
    assert NOBODY not in ana.transcript()
    town.forward(days=1)
    assert ana.transcript().count(NOBODY) == 1


def test_who_stops_asking_while_somebody_accepts_reads_that_nobody_is_asked(town, team):
    ana, bo, _ = team
    stop = partial(hands.stop, town.parts.services, who(town, ana))
    with in_the_midst(town.db, ENDING, stop) as said:
        bo.presses(HAND_YES)
    town.forward(seconds=5)
    assert said.result() == NOT_ASKING
    assert len(town.group_conversations()) == 1


def laid_for(town, person):
    """What was laid down for this person, whatever became of it."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow)).all()
    return [row.kind for row in rows if row.users == [person.id] and row.kind in REQUESTS]


def test_of_two_who_call_one_volunteer_at_once_one_reaches_them(town, team):
    _, bo, cem = team
    dia = town.person("Dia")
    with town.db.transaction() as tx:
        people.change(tx, who(town, dia), open_to_ask=True, requests=1)
    beside = partial(hands.offer_a_hand, town.parts.services, who(town, cem), "a list")
    with in_the_midst(town.db, "INSERT INTO deliveries", beside) as said:
        bo.types("/coffee hand a draft")
    town.forward(seconds=5)
    assert gist(asking) in said.result()
    assert laid_for(town, dia) == [Kind.HAND]


def test_who_calls_for_a_hand_and_for_a_coffee_at_once_wait_in_one_order(town):
    _, (ana, bo, dia, _) = a_channel(town, 4)
    with town.db.transaction() as tx:
        people.change(tx, who(town, dia), open_to_ask=True, requests=1)
    beside = partial(impromptu.join, town.parts.services, who(town, ana), "15")
    with kept(town.db), in_the_midst(town.db, "INSERT INTO deliveries", beside):
        bo.types("/coffee hand a draft")
    town.forward(seconds=5)
    assert len(laid_for(town, dia)) == 1
