"""Who meets whom among those who come late, to the instant (P12)."""

from datetime import date, timedelta

import pytest

from bot.rounds import latecomers
from bot.rounds.views import notices
from core.outbox.kinds import DeliveryKind as Kind
from storage.people import memberships, people
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound
from tests.still import MONDAY, PLACE, TEAM, WEEK, Still
from tests.words.reading import gist

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
WAITS, MEETS = gist(notices.latecomer_waits), gist(notices.joined_late)


@pytest.fixture
def still(db):
    """A round of a week began a minute ago; Ana, Bo and Cem were not in it."""
    made = Still(db)
    with db.transaction() as tx:
        rounds.open_round(tx, PLACE, NewRound(1, MONDAY, MONDAY, MONDAY + WEEK, seed=7))
    for user_id in ("UANA", "UBO", "UCEM"):
        made.person(user_id)
        made.joins(user_id)
    made.at += MINUTE
    return made


def comes(still, user_id):
    return latecomers.welcome(still.services, still.channel, user_id) or ""


def waits(still, user_id, since):
    still.stands(user_id, waiting_since=since)


def test_the_first_waits_and_the_second_meets_them(still):
    assert WAITS in comes(still, "UANA")
    assert MEETS in comes(still, "UBO")
    [said] = still.laid(Kind.INTRODUCTION)
    assert said.users == ("UANA", "UBO")
    assert said.expires_at == MONDAY + WEEK
    with still.db.reading() as tx:
        there = memberships.of_channel(tx, PLACE)
        [past] = history.load(tx, TEAM, "C1")
    assert there["UANA"].waiting_since is there["UBO"].waiting_since is None
    assert sorted(past.members) == [0, 1]  # the numbers of Ana and Bo


@pytest.mark.parametrize(("at", "late"), [(WEEK / 2 - SECOND, True), (WEEK / 2, False)])
def test_more_than_half_of_the_round_must_be_left(still, at, late):
    still.at = MONDAY + at
    assert (WAITS in comes(still, "UANA")) is late


def test_before_the_round_begins_nobody_is_late(still):
    still.at = MONDAY - SECOND
    assert comes(still, "UANA") == ""


def test_who_has_waited_longest_comes_first(still):
    waits(still, "UBO", MONDAY + SECOND)
    waits(still, "UCEM", MONDAY)
    assert MEETS in comes(still, "UANA")
    assert still.laid(Kind.INTRODUCTION)[0].users == ("UCEM", "UANA")


def test_who_has_organised_less_often_gets_it_going(still):
    still.person("UBO", organised=2)
    waits(still, "UBO", MONDAY)
    still.person("UANA", organised=1)
    comes(still, "UANA")
    with still.db.reading() as tx:
        found = people.some(tx, TEAM, ["UANA", "UBO"])
    assert (found["UANA"].organised, found["UBO"].organised) == (2, 2)


@pytest.mark.parametrize(
    "change", [{"deleted": True}, {"paused_until": date(2026, 3, 9)}], ids=["gone", "away"]
)
def test_somebody_who_is_gone_or_away_is_not_introduced(still, change):
    waits(still, "UBO", MONDAY)
    still.person("UBO", **change)
    assert WAITS in comes(still, "UANA")
    assert still.laid(Kind.INTRODUCTION) == []


@pytest.mark.parametrize("change", [{"opted": False}, {"present": False}])
def test_somebody_who_has_left_is_not_introduced(still, change):
    waits(still, "UBO", MONDAY)
    still.stands("UBO", **change)
    assert WAITS in comes(still, "UANA")


def test_who_waited_before_this_round_waits_no_more(still):
    waits(still, "UBO", MONDAY - SECOND)
    assert WAITS in comes(still, "UANA")


def test_who_comes_while_on_a_pause_is_no_latecomer(still):
    still.person("UANA", paused_until=date(2026, 3, 9))
    assert comes(still, "UANA") == ""
    with still.db.reading() as tx:
        assert memberships.get(tx, PLACE, "UANA").waiting_since is None


def test_nobody_is_introduced_to_themselves(still):
    assert WAITS in comes(still, "UANA")
    assert WAITS in comes(still, "UANA")
    assert still.laid(Kind.INTRODUCTION) == []
