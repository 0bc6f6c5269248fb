"""No kind of message can draw something to press and have no end: real payloads of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.views import greeting, undelivered
from bot.checkins.after.views import hands
from bot.checkins.asking.views import ahead
from bot.checkins.views import items, loop, post
from bot.meetings.views import followups, impromptu, introductions, plans, second
from bot.outbox.policy import OPEN_FOR, TO_READ, Posted
from bot.policies import POLICIES
from bot.rounds.views import notices, silences
from bot.views import blocks as b
from core.actions import Item, ItemKind
from core.checkins import Audience, CheckIn, Contract, Phase, Question
from core.checkins import Kind as CheckInKind
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState, Method
from core.outbox.outgoing import Key
from core.values import Channel, ChannelSettings, Companion, Meeting, MeetingKind
from storage.outbox.deliveries import Delivery
from tests.still import MONDAY, WEEK

CHANNEL = Channel(
    "T1", "C1", "coffee", True, True, "U1", ChannelSettings(), MONDAY + WEEK, 1, None, True, None
)
PAIR = (Companion("U1"), Companion("U2"))
MEETING = Meeting(
    1, "T1", "C1", MeetingKind.ROUND, PAIR, "U1", MONDAY, MONDAY + WEEK, proposals=(MONDAY,)
)
RETRO = CheckIn(
    1, "T1", "C1", "U1", "Fine.", (Question("How was it?"),),
    Contract(CheckInKind.RETRO, True, Audience.ASKER, None), Phase.OPEN,
    MONDAY, MONDAY + WEEK, answers=3, posted_ts="1.1",
)  # fmt: skip
ACTION = Item("a1", ItemKind.ACTION, "Tidy up", owner="U2")
DAY = timedelta(days=1)
NOTHING = {"text": "Nothing to press."}
PRESSED: dict[Kind, list[b.Message]] = {
    Kind.INTRODUCTION: [introductions.introduction(MEETING, None, {})],
    Kind.ASK: [followups.ask(MEETING, "U1")],
    Kind.SEARCHED: [second.over(MEETING, "U1", None)],
    Kind.AGREED: [
        introductions.agreed(MEETING, MONDAY),
        plans.asks(MEETING, "U1", MONDAY, MONDAY + WEEK),
        plans.moved(MEETING, "U1", MONDAY, MONDAY + WEEK),
        plans.withdrawn(MEETING, "U1", MONDAY),
        plans.stands(MEETING, "U1", MONDAY, MONDAY + WEEK),
        plans.off(MEETING, "U1", MONDAY),
    ],
    Kind.ASKED: [impromptu.asked(15, MONDAY)],
    Kind.ALONE: [impromptu.waiting_again(MONDAY)],
    Kind.NOTICE: [notices.day_before(CHANNEL, MONDAY), notices.day_before_to(CHANNEL, MONDAY)],
    Kind.STATUS: [notices.status_hint(CHANNEL, MONDAY.date(), MONDAY)],
    Kind.SILENCES: [silences.three_silences("C1")],
    Kind.NEWCOMER: [notices.newcomer(CHANNEL, "U1", MONDAY, None)],
    Kind.WELCOME: [notices.welcome(CHANNEL, "U1", MONDAY)],
    Kind.GREETING: [greeting.greeting(CHANNEL, "U1"), greeting.welcome_back(CHANNEL, "U1")],
    Kind.OPENING: [greeting.opening(CHANNEL, MONDAY)],
    Kind.UNSAID: [undelivered.ungreeted("C1")],
    Kind.CHECKIN: [post.post(RETRO)],
    Kind.CHECKIN_DRAW: [post.post(RETRO), ahead.tomorrow(RETRO)],
    Kind.CHECKIN_NOTE: [loop.closed_for_asker(RETRO), loop.still_owed(RETRO)],
    Kind.CHECKIN_REMINDER: [post.reminder(RETRO), ahead.tomorrow(RETRO)],
    Kind.ITEM: [items.ask_owner(1, "C1", [ACTION])],
    Kind.TOOK_ON: [items.took_on(RETRO, [ACTION])],
    Kind.SAID: [impromptu.waiting(MONDAY)],
    Kind.HAND: [hands.wanted(1, "U1", "a draft"), hands.wanted(1, "U1", "")],
}
# Their post is drawn anew by the check-in itself, at its closing or before it opens.
DRAWN_ELSEWHERE = {Kind.CHECKIN, Kind.CHECKIN_DRAW}


@pytest.mark.parametrize("kind", sorted(PRESSED))
def test_whatever_can_be_pressed_has_an_end(kind):
    assert all(b.is_live(payload) for payload in PRESSED[kind])
    assert (POLICIES[kind].ending is None) == (kind in DRAWN_ELSEWHERE)


def test_what_has_no_ending_draws_nothing_to_press():
    plain = {kind for kind, policy in POLICIES.items() if policy.ending is None}
    assert plain & set(PRESSED) == DRAWN_ELSEWHERE
    said = [followups.nudge(MEETING, "U1"), introductions.reminder(MEETING, MONDAY)]
    said += [impromptu.expired(), notices.too_few("C1"), notices.no_introduction(CHANNEL)]
    said += [hands.nobody_found(), hands.what_with("U1", "a draft"), hands.told("U1", RETRO, "x")]
    said.append(loop.note("x"))
    assert not any(b.is_live(payload) for payload in said)


def message(kind: Kind, payload: b.Message) -> Delivery:
    return Delivery(
        id="1", team_id="T1", kind=kind, method=Method.POST, users=("U1",), channel_id=None,
        about="C1", asked_by=None, key=Key("k"), payload=payload, meeting_id=None, round_id=None,
        doubts=0, due_at=MONDAY, attempts=1, posted_channel="D1", posted_ts="1.1",
        state=DeliveryState.SENT, error=None, expires_at=MONDAY + WEEK, ends_at=None,
    )  # fmt: skip


@pytest.mark.parametrize("kind", sorted(set(PRESSED) - DRAWN_ELSEWHERE))
def test_it_ends_when_it_stops_helping_else_some_days_later(kind):
    policy, sent = POLICIES[kind], message(kind, PRESSED[kind][0])
    posted = Posted("D1", "1.1")
    assert policy.ending is not None
    helps = MONDAY + WEEK - policy.ending.sooner
    own = policy.ending.after  # what has one ends then, whether it helps for longer or not
    assert policy.ends_at(sent, posted, MONDAY) == (helps if own is None else MONDAY + own)
    later = policy.ends_at(replace(sent, expires_at=None), posted, MONDAY)
    assert later == MONDAY + (own or OPEN_FOR)
    assert policy.ends_at(replace(sent, payload=NOTHING), posted, MONDAY) is None
    assert policy.ends_at(sent, Posted("D1", ""), MONDAY) is None  # nobody knows where it stands


def test_a_question_that_comes_late_is_open_for_some_hours():
    policy, posted = POLICIES[Kind.ASK], Posted("D1", "1.1")
    late = replace(message(Kind.ASK, PRESSED[Kind.ASK][0]), expires_at=MONDAY + DAY)
    assert policy.ends_at(late, posted, MONDAY) == MONDAY + TO_READ
    assert policy.ends_at(late, posted, MONDAY + DAY - TO_READ / 2) == MONDAY + DAY
