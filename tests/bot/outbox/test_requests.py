"""Who is asked once more of those who agreed to be: a share a week, and each in their turn."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from bot.outbox import requests
from bot.policies import POLICIES
from core.ledger.budget import REQUESTS, WITHIN
from core.outbox.kinds import ENOUGH
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries, looking
from tests.still import TEAM, Still

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
OTHERS = ["UBO", "UCEM", "UDIA", "UELI"]


@pytest.fixture
def still(db):
    made = Still(db)
    for user_id in OTHERS:
        made.person(user_id, open_to_ask=True)
    return made


def laid(still, user_id, key, ago=timedelta(0), kind=Kind.ASKED, **more):
    """A request that was laid down for this person then, and waits."""
    at, key = still.at - ago, Key(f"{user_id}:{key}")
    with still.db.transaction() as tx:
        made = deliveries.put(tx, Outgoing(TEAM, key, kind, {}, at, users=(user_id,), **more))
    assert made is not None
    return made


def had(still, user_id, *agos, kind=Kind.ASKED):
    """This person read such requests so long ago."""
    for number, ago in enumerate(agos):
        made = laid(still, user_id, f"{kind}:{ago}:{number}", ago, kind)
        with still.db.transaction() as tx:
            deliveries.sent(tx, made, "D1", "1.1", still.at - ago)


def turn(still, *user_ids, chance=7):
    with still.db.transaction() as tx:
        return requests.in_turn(tx, TEAM, user_ids or OTHERS, still.at, Random(chance))


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_whoever_had_their_share_in_seven_days_is_left_out(still, limit):
    still.person("UBO", requests=limit)
    had(still, "UBO", *[DAY] * (limit - 1), WITHIN)
    assert "UBO" in turn(still)
    had(still, "UBO", WITHIN - SECOND)
    assert sorted(turn(still)) == OTHERS[1:]


def test_two_a_week_are_for_whoever_has_said_nothing_and_no_limit_is_none(still):
    for user_id in ("UBO", "UCEM"):
        had(still, user_id, *[DAY] * 2)
    still.person("UCEM", requests=None)
    assert sorted(turn(still)) == OTHERS[1:]


def test_coffees_and_hands_count_together_and_nothing_else_does(still):
    had(still, "UBO", DAY, kind=Kind.ASKED)
    had(still, "UBO", DAY, kind=Kind.HAND)
    for kind in set(Kind) - set(REQUESTS):
        had(still, "UCEM", DAY, kind=kind)
    assert sorted(turn(still)) == OTHERS[1:]


def test_what_waits_counts_already_and_what_nobody_will_read_does_not(still):
    for user_id in OTHERS:
        still.person(user_id, requests=1)
    laid(still, "UBO", "waits", expires_at=still.at + SECOND)
    gone, lost = laid(still, "UCEM", "gone"), laid(still, "UELI", "lost")
    laid(still, "UDIA", "late", DAY, expires_at=still.at)
    with still.db.transaction() as tx:
        deliveries.cancel(tx, gone)
        deliveries.fail(tx, lost, "account_inactive")
    assert sorted(turn(still)) == OTHERS[1:]


@pytest.mark.parametrize("looked_for", [True, False])
def test_what_perhaps_was_read_counts(still, looked_for):
    still.person("UBO", requests=1)
    maybe = laid(still, "UBO", "maybe", DAY, expires_at=still.at - SECOND)
    with still.db.transaction() as tx:
        [delivery] = looking.unsent(tx)
        deliveries.about_to_post(tx, delivery)
        if looked_for:
            deliveries.doubt(tx, maybe, "timeout")
    assert sorted(turn(still)) == OTHERS[1:]


def test_who_was_asked_longest_ago_comes_first_and_equals_come_by_chance(still):
    for user_id in OTHERS:
        still.person(user_id, requests=None)
    had(still, "UDIA", 20 * DAY, DAY)
    had(still, "UBO", 2 * DAY)
    found = [turn(still, chance=seed) for seed in range(20)]
    assert all(one[2:] == ["UBO", "UDIA"] for one in found)
    assert {one[0] for one in found} == {"UCEM", "UELI"}


def test_nobody_is_asked_where_nobody_is(still):
    assert turn(still, "UNOBODY") == []


@pytest.mark.parametrize("kind", REQUESTS)
@pytest.mark.parametrize(("limit", "why"), [(1, ENOUGH), (2, None), (None, None)])
def test_one_that_waited_is_left_out_where_its_reader_wants_fewer_by_then(still, kind, limit, why):
    had(still, "UBO", DAY, 8 * DAY)
    laid(still, "UBO", "waits", kind=kind)
    [delivery] = still.laid(kind)
    still.person("UBO", requests=limit)
    assert POLICIES[kind].spared(still.services, delivery) == why
    still.at += 6 * DAY
    assert POLICIES[kind].spared(still.services, delivery) is None


def test_two_that_wait_for_one_person_do_not_leave_each_other_out(still):
    still.person("UBO", requests=1)
    for key in ("one", "two"):
        laid(still, "UBO", key)
    found = [requests.spared(still.services, one) for one in still.laid(Kind.ASKED)]
    assert found == [None, None]
