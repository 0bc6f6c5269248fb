"""The worker that speaks, and everything Slack can do to it: nothing is lost, little is doubled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.meetings.errors import NoMeeting
from bot.policies import POLICIES
from bot.rounds.views.receipts import ON_THEIR_WAY, failed_later
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind, Method
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries
from tests.gathering import a_channel, introduced
from tests.words.reading import gist, received

POST, OPEN = "chat.postMessage", "conversations.open"


@pytest.fixture
def four(town):
    """Four people in a channel, a minute before their round."""
    coffee, people = a_channel(town, 4)
    town.move_to("Monday 9:59")
    town.channel_of_test = coffee
    return people


def everyone_once(town):
    groups = introduced(town)
    assert len(groups) == 2
    assert set.union(*groups) == {"Ana", "Bo", "Cem", "Dia"}


def test_each_group_is_introduced_once(town, four):
    town.move_to("Monday 10:00")
    everyone_once(town)


def test_a_lost_answer_is_looked_up_where_the_token_may_read(town, four):
    town.sim.grant(["mpim:history"])
    town.sim.faults.lose_next_answer(POST)
    town.move_to("Monday 10:05")
    everyone_once(town)


def test_a_lost_answer_is_followed_by_one_more_post_where_it_may_not(town, four):
    town.sim.faults.lose_next_answer(POST)
    town.move_to("Monday 10:05")
    assert len(introduced(town)) == 3  # a rare double beats a lost introduction
    four[0].sees("Round 1 of #coffee")


def test_of_all_that_waits_one_message_is_in_doubt_and_the_others_are_not_tried(town, four):
    town.sim.faults.lose_next_answer(POST, n=4)
    town.move_to("Wednesday 10:05")
    assert len(introduced(town)) == 3
    for person in four:
        assert len(received(town, person, DeliveryKind.ASK)) == 1


def test_when_slack_asks_to_wait_the_introduction_comes_after_the_pause(town, four):
    town.sim.faults.rate_limit(OPEN, 40)
    town.move_to("Monday 10:00")
    assert introduced(town) == []  # both wait: the limit is of the method
    town.forward(seconds=41)
    everyone_once(town)


def test_posting_too_fast_is_waited_out_too(town, four):
    town.sim.faults.rate_limit(POST, 30)
    town.move_to("Monday 10:02")
    everyone_once(town)


def test_a_server_error_is_tried_again(town, four):
    town.sim.faults.server_error_next(OPEN)
    town.move_to("Monday 10:02")
    everyone_once(town)


def test_a_dropped_socket_loses_nothing_that_is_on_its_way_out(town, four):
    town.sim.faults.drop_socket()
    town.move_to("Monday 10:02")
    everyone_once(town)


def test_what_slack_refuses_is_in_the_receipt_with_the_cause_and_never_was(town, four):
    town.sim.faults.fail_next(POST, "restricted_action")
    town.move_to("Monday 10:02")
    ana = four[0]
    assert len(introduced(town)) == 1
    assert "restricted_action" in received(town, ana, DeliveryKind.RECEIPT)[-1]
    told = introduced(town)[0]
    lonely = next(person for person in four if person.name not in told)
    assert lonely.types("/coffee why") == sentence(NoMeeting())
    town.move_to("Monday 9:00")
    assert received(town, lonely, DeliveryKind.ASK, DeliveryKind.NUDGE) == []


def test_people_whose_introduction_failed_meet_in_the_next_round(town, four):
    town.sim.faults.fail_next(POST, "restricted_action")
    town.move_to("Monday 10:02")
    failed = {p.name for p in four} - introduced(town)[0]
    for _ in range(3):
        town.move_to("Monday 10:02")
    assert failed in introduced(town)


def test_a_revoked_token_that_is_mended_in_time_loses_nothing(town, four):
    town.sim.faults.fail_next(OPEN, "token_revoked", n=5)
    town.sim.faults.fail_next(POST, "token_revoked", n=5)
    town.move_to("Monday 13:00")
    everyone_once(town)
    four[0].sees("2 introductions, 4 people.")


def test_an_introduction_that_waited_until_the_round_was_over_is_reported(town):
    _, (ana, *_) = a_channel(town, 4, often="days:1")
    town.sim.faults.rate_limit(OPEN, seconds=86_400, n=1)
    town.move_to("Tuesday 9:55")
    assert introduced(town) == []
    ana.sees(f"{ON_THEIR_WAY}: 2 introductions")
    town.forward(minutes=30)
    assert len(introduced(town)) == 2  # those of the second round
    ana.sees(gist(failed_later))
    ana.sees("because Slack had no room for it in time")


def test_the_socket_may_be_down_while_a_round_is_held(town, four):
    town.sim.faults.drop_socket()
    town.sim.faults.refuse_sockets(2)
    town.move_to("Monday 10:05")
    everyone_once(town)


def test_a_message_to_nobody_is_given_up_and_the_others_go_on(town, four):
    now = town.clock.now()
    with town.db.transaction() as tx:
        payload = {"text": "Hello?", "blocks": []}
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id, Key("x"), DeliveryKind.RECEIPT, payload, now, users=("U_NOBODY",)
            ),
        )
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id, Key("y"), DeliveryKind.RECEIPT, payload, now, users=(four[1].id,)
            ),
        )
    town.forward(seconds=1)
    four[1].sees("Hello?")
    with town.db.reading() as tx:
        assert deliveries.by_key(tx, town.sim.team_id, "x").state == "failed"


def test_one_broken_message_does_not_silence_the_rest_and_is_given_up_in_the_end(town, four):
    now = town.clock.now()
    with town.db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id,
                Key("bad"),
                DeliveryKind.CHECKIN_FILE,
                {"filename": "x"},
                now,
                channel_id=town.channel_of_test.id,
                method=Method.FILE,
            ),
        )
    town.move_to("Monday 10:05")
    everyone_once(town)
    town.forward(hours=8)
    with town.db.reading() as tx:
        bad = deliveries.by_key(tx, town.sim.team_id, "bad")
    assert (bad.state, bad.error) == ("failed", "internal")


def test_a_message_that_cannot_be_noted_down_is_said_twice_at_most(town, four, monkeypatch):
    def noter(*_):
        raise RuntimeError("a bug")

    broken = replace(POLICIES[DeliveryKind.RECEIPT], sent=noter)
    monkeypatch.setitem(POLICIES, DeliveryKind.RECEIPT, broken)
    now = town.clock.now()
    with town.db.transaction() as tx:
        payload = {"text": "Hello?", "blocks": []}
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id,
                Key("odd"),
                DeliveryKind.RECEIPT,
                payload,
                now,
                users=(four[1].id,),
            ),
        )
    town.forward(hours=8)
    assert four[1].transcript().count("Hello?") == 2
    with town.db.reading() as tx:
        odd = deliveries.by_key(tx, town.sim.team_id, "odd")
    assert (odd.state, odd.error) == ("in_doubt", "unsure")


def test_a_message_that_is_moot_by_now_is_not_sent(town, four):
    now = town.clock.now()
    with town.db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id,
                Key("old"),
                DeliveryKind.RECEIPT,
                {"text": "Hello?", "blocks": []},
                now,
                users=(four[1].id,),
                expires_at=now,
            ),
        )
    town.forward(seconds=1)
    four[1].does_not_see("Hello?")


def test_two_workers_send_one_message(town, four):
    now = town.clock.now()
    with town.db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                town.sim.team_id,
                Key("one"),
                DeliveryKind.RECEIPT,
                {"text": "Hello?", "blocks": []},
                now,
                users=(four[1].id,),
            ),
        )
        found = deliveries.by_key(tx, town.sim.team_id, Key("one"))
    with town.db.transaction() as tx:
        assert deliveries.claim(tx, found, now)
        assert not deliveries.claim(tx, found, now)
        assert not deliveries.claim(tx, found, now + timedelta(hours=1))  # it was held before


def test_a_fault_of_ours_after_the_post_is_a_doubt_and_no_reason_to_go_on_posting(
    town, four, monkeypatch
):
    slack = town.parts.services.slack(town.sim.team_id)
    working = slack.call

    def broken(method, **arguments):
        working(method, **arguments)
        raise RuntimeError("a bug")

    monkeypatch.setattr(slack, "call", broken)
    payload, now = {"text": "Hello?", "blocks": []}, town.clock.now()
    laid = Outgoing(
        town.sim.team_id, Key("odd"), DeliveryKind.RECEIPT, payload, now, users=(four[1].id,)
    )
    with town.db.transaction() as tx:
        deliveries.put(tx, laid)
    town.forward(hours=8)
    assert four[1].transcript().count("Hello?") == 2
    with town.db.reading() as tx:
        assert deliveries.by_key(tx, town.sim.team_id, Key("odd")).state == "in_doubt"
