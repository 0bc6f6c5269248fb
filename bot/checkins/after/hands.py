"""Ask and offer: a volunteer to talk to, a task to move, a word to the manager (C5)."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.checkins import access
from bot.checkins.after.views import hands as view
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import words as checkin_words
from bot.meetings import availability, introductions
from bot.platform import directory
from bot.platform.errors import Beside
from bot.platform.log import get
from bot.platform.services import Services
from core.checkins import CheckIn, HandState
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import MeetingKind
from core.words import digest
from storage.checkins import hands
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.outbox import deliveries
from storage.people import people
from storage.rounds import history

log = get("checkins")
ASKED_AT_ONCE = 3
SEARCH = timedelta(days=1)
STOP = "stop"  # `/coffee hand stop`
AFTER_HELLO = timedelta(seconds=2)
OPEN_FOR = timedelta(days=7)  # how long such a meeting can be answered for


def offer_a_hand(services: Services, team_id: str, user_id: str, text: str) -> str:
    """ "I could use a hand with …": ask a few volunteers; returns the word to the person."""
    wish = text.strip()
    if wish.casefold() == STOP:
        return stop(services, team_id, user_id)
    if not wish:
        return view.ASKED_ALREADY if is_asking(services, team_id, user_id) else view.WHAT_WITH
    if len(wish) > view.TEXT_MAX:
        return view.TOO_LONG
    person = directory.meet(services, team_id, user_id)
    if not access.belongs(person, guests=False):
        return checkin_words.refusal(Why.GUEST, {})
    return _seek(services, team_id, user_id, wish)


def is_asking(services: Services, team_id: str, user_id: str) -> bool:
    """Whether volunteers are being asked for this person."""
    with services.db.reading() as tx:
        return hands.waiting_of(tx, team_id, user_id) is not None


def stop(services: Services, team_id: str, user_id: str) -> str:
    """Nobody is asked any more; returns the word to the person."""
    with services.db.transaction() as tx:
        hand = hands.waiting_of(tx, team_id, user_id)
        if hand is None:
            return view.NOT_ASKING
        hands.change(tx, hand.id, state=HandState.OVER)
        deliveries.cancel_by_key(tx, team_id, f"hand:{hand.id}:")
    return view.STOPPED


def talk(services: Services, team_id: str, checkin_id: int, user_id: str) -> str:
    """After a check-in: find a volunteer to talk to. Raises Refused."""
    _member_of(services, team_id, checkin_id, user_id)
    return _seek(services, team_id, user_id, "")


def _seek(services: Services, team_id: str, user_id: str, wish: str) -> str:
    now = services.clock.now()
    with services.db.transaction() as tx:
        if hands.waiting_of(tx, team_id, user_id) is not None:
            return view.ASKED_ALREADY
        around = set(hands.volunteers(tx, team_id)) - {user_id}
        blocked = people.blocks(tx, team_id, {*around, user_id})
        around -= {one for pair in blocked if user_id in pair for one in pair}
        known = people.some(tx, team_id, around)
        free = sorted(u for u, person in known.items() if not availability.paused(person, now))
        if not free:
            return view.NOBODY
        asked = random.SystemRandom().sample(free, min(ASKED_AT_ONCE, len(free)))
        hand = hands.add(tx, team_id, user_id, wish, sorted(asked), now + SEARCH)
        for volunteer in hand.asked:
            deliveries.put(
                tx,
                Outgoing(
                    team_id,
                    Key(f"hand:{hand.id}:{volunteer}"),
                    DeliveryKind.HAND,
                    view.wanted(hand.id, user_id, wish),
                    now,
                    users=(volunteer,),
                    expires_at=hand.until,
                ),
            )
    return view.ASKING


def accept(services: Services, team_id: str, user_id: str, hand_id: int) -> str:
    """A volunteer has time: the two are introduced, unless somebody was faster. Raises Refused."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        hand = hands.get(tx, team_id, hand_id)
        if hand is None or user_id not in hand.asked:
            raise Refused(Why.GONE)
        pair = [hand.user_id, user_id]
        if (
            hand.state is not HandState.WAITING
            or hand.until <= now
            or people.blocks(tx, team_id, pair)
        ):
            return view.TAKEN  # also for who has come onto a private list since
        hands.change(tx, hand.id, state=HandState.MET)
        deliveries.cancel_by_key(tx, team_id, f"hand:{hand.id}:")
        _introduce(tx, hand, pair, now)
    return view.YOU_TWO


def _introduce(tx: Session, hand: hands.Hand, pair: list[str], now: datetime) -> None:
    begun = NewMeeting(tuple(pair), pair[1], now, now + OPEN_FOR, MeetingKind.CHECK_IN)
    meeting = meetings.add(tx, hand.team_id, begun)
    members = [people.require(tx, hand.team_id, one) for one in pair]
    history.pack_meeting(tx, meeting, [person.number for person in members])
    meeting = introductions.prepare(tx, meeting, members, None)
    introductions.lay_introduction(tx, meeting, members, now)
    hands.change(tx, hand.id, meeting_id=meeting.id)
    if hand.wish:  # the volunteer has read it already
        said = view.what_with(hand.user_id, hand.wish)
        key, at = Key(f"hand:{hand.id}:wish"), now + AFTER_HELLO
        deliveries.put(
            tx, Outgoing(hand.team_id, key, DeliveryKind.HAND_WISH, said, at, users=tuple(pair))
        )


def decline(services: Services, team_id: str, user_id: str, hand_id: int) -> str:
    """A volunteer has no time; when all have none, the seeker is told at once."""
    with services.db.transaction() as tx:
        hand = hands.get(tx, team_id, hand_id)
        if hand is None or user_id not in hand.asked:
            raise Refused(Why.GONE)
        left = [one for one in hand.asked if one != user_id]
        hands.change(tx, hand.id, asked=left)
        if not left and hand.state is HandState.WAITING:
            _give_up(services, tx, hand)
    return view.NOT_NOW


def expire(services: Services) -> None:
    """Tell those for whom nobody had time."""
    with services.db.reading() as tx:
        over = hands.over(tx, services.clock.now())
    for hand in over:
        with services.db.transaction() as tx:
            _give_up(services, tx, hand)


def _give_up(services: Services, tx: Session, hand: hands.Hand) -> None:
    hands.change(tx, hand.id, state=HandState.OVER)
    deliveries.put(
        tx,
        Outgoing(
            hand.team_id,
            Key(f"hand:{hand.id}:over"),
            DeliveryKind.HAND_OVER,
            view.nobody_had_time(hand.wish),
            services.clock.now(),
            users=(hand.user_id,),
        ),
    )


def form(
    services: Services, team_id: str, checkin_id: int, user_id: str, move: bool
) -> dict[str, Any]:
    """The modal of "Move a task" or "Tell my manager". Raises Refused."""
    checkin = _member_of(services, team_id, checkin_id, user_id)
    return view.move_form(checkin) if move else view.tell_form(checkin)


def carry(
    services: Services,
    team_id: str,
    checkin_id: int,
    sender: str,
    whom: str,
    text: str,
    move: bool,
) -> str:
    """Carry a message with its sender's name, because they chose so. Raises Refused, Beside."""
    checkin = _member_of(services, team_id, checkin_id, sender)
    problems = {}
    if not text.strip():
        problems[view.TEXT] = checkin_words.WRITE_SOMETHING
    if len(text) > view.TEXT_MAX:
        problems[view.TEXT] = checkin_words.too_long(view.TEXT_MAX)
    person = directory.meet(services, team_id, whom) if whom else None
    if person is None or whom == sender or person.is_bot or person.deleted or person.stranger:
        problems[view.WHOM] = view.NOT_THEM
    if problems:
        raise Beside(problems)
    now = services.clock.now()
    drawn = (view.task if move else view.told)(sender, checkin, text.strip())
    with services.db.transaction() as tx:
        # The same words twice are one message, whatever sent the form again.
        key = Key(f"carried:{checkin.id}:{sender}:{whom}:{digest(str(move), text.strip())}")
        deliveries.put(tx, Outgoing(team_id, key, DeliveryKind.CARRIED, drawn, now, users=(whom,)))
    return view.sent(whom)


def _member_of(services: Services, team_id: str, checkin_id: int, user_id: str) -> CheckIn:
    checkin = access.checkin_of(services, team_id, checkin_id)
    channel = access.channel_of(services, team_id, checkin.channel_id)
    access.require_member(services, channel, user_id, ask_slack=False)
    return checkin
