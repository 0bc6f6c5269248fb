"""Laying what is over: each once, none kept waiting by another, and no words kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.endings import laying
from bot.outbox.policy import Ending, Posted
from bot.policies import POLICIES
from bot.rounds.views import ended as view
from bot.rounds.views import silences
from bot.views import blocks as b
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState, Method
from storage.outbox import endings
from tests.bot.endings.posting import LATER, again, posted

ASKED = silences.three_silences("C1")


@pytest.fixture
def shown(still):
    """A question that is over, and one in another conversation that is, too."""
    asked = posted(still, Kind.SILENCES, ASKED)
    beside = posted(still, Kind.STATUS, ASKED, where="D2")
    still.at += LATER
    return asked, beside


def drawing(kind, looks):
    """The table, with other looks for one kind."""
    return {**POLICIES, kind: replace(POLICIES[kind], ending=Ending(looks))}


def redraws(still):
    """What is to be drawn, by what it is known by."""
    return {redraw.key: redraw for redraw in still.laid(Kind.ENDED)}


def test_what_cannot_be_drawn_only_loses_its_buttons_and_keeps_no_other(still, shown):
    def broken(services, tx, delivery):
        raise ZeroDivisionError

    laying.run_due(still.services, drawing(Kind.SILENCES, broken))
    laid = redraws(still)
    assert laid.keys() == {endings.key(one.id) for one in shown}
    redraw = laid[endings.key(shown[0].id)]
    assert redraw.payload == {**b.still(ASKED), "ts": shown[0].posted_ts}
    assert (redraw.channel_id, redraw.method) == ("D1", Method.UPDATE)


def test_what_was_settled_a_moment_ago_is_not_drawn(still, shown):
    def settles(services, tx, delivery):
        endings.settled(tx, shown[1])
        return b.still(ASKED)

    laying.run_due(still.services, drawing(Kind.SILENCES, settles))
    assert redraws(still).keys() == {endings.key(shown[0].id)}


def test_a_workspace_in_which_it_fails_keeps_no_other(still, shown):
    elsewhere = posted(still, Kind.STATUS, ASKED, team="T2", where="D3")
    still.at += LATER
    laying.run_due(still.services, {Kind.STATUS: POLICIES[Kind.STATUS]})
    assert redraws(still).keys() == {endings.key(elsewhere.id)}


def test_what_is_laid_says_what_is_so_then(still, shown):
    laying.run_due(still.services, POLICIES)
    assert redraws(still)[endings.key(shown[0].id)].payload["text"] == view.silences()["text"]


def test_once_slack_has_it_its_words_are_kept_there_alone(still, shown):
    laying.run_due(still.services, POLICIES)
    first, other = redraws(still).values()
    with still.db.transaction() as tx:
        POLICIES[Kind.ENDED].sent(still.services, tx, first, Posted("D1", "1.1"))
    assert again(still, first.key).payload == {}
    assert again(still, other.key).payload == other.payload


def test_what_is_gone_is_given_up_and_what_is_refused_otherwise_is_not(still, shown):
    laying.run_due(still.services, POLICIES)
    gone, refused = redraws(still).values()
    assert not laying.nothing_left(still.services, refused, "invalid_blocks")
    assert again(still, refused.key).state is DeliveryState.WAITING
    assert laying.nothing_left(still.services, gone, "message_not_found")
    now = again(still, gone.key)
    assert (now.state, now.payload) == (DeliveryState.CANCELLED, {})


def test_a_question_that_is_asked_again_ends_the_ones_before_to_its_reader_alone(still):
    pair = still.meeting("UANA", "UBO")
    before, other, newest = (
        posted(still, Kind.ASK, ASKED, users=(user,), meeting_id=pair.id, ts=ts)
        for user, ts in (("UANA", "1.1"), ("UBO", "1.2"), ("UANA", "1.3"))
    )
    with still.db.transaction() as tx:
        POLICIES[Kind.ASK].sent(still.services, tx, newest, Posted("D1", "1.3"))
    ends = [again(still, one.key).ends_at for one in (before, other, newest)]
    assert ends == [still.at, still.at + LATER, still.at + LATER]


def test_an_opening_ends_the_ones_before_it_in_its_channel_alone(still):
    before = posted(still, Kind.OPENING, ASKED, channel_id="C1", ts="1.1")
    elsewhere = posted(still, Kind.OPENING, ASKED, channel_id="C2", ts="1.2")
    newest = posted(still, Kind.OPENING, ASKED, channel_id="C1", ts="1.3")
    with still.db.transaction() as tx:
        POLICIES[Kind.OPENING].sent(still.services, tx, newest, Posted("C1", "1.3"))
    ends = [again(still, one.key).ends_at for one in (before, elsewhere, newest)]
    assert ends == [still.at, still.at + LATER, still.at + LATER]
