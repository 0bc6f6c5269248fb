"""Ask and offer: a volunteer to talk to, a task to move, a word to the manager (C5)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import access, keys
from bot.checkins.after.views import hands as view
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import words as checkin_words
from bot.meetings import availability, introductions
from bot.outbox import requests
from bot.platform import directory
from bot.platform.log import get
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.forms import Reading, Values
from core.checkins import CheckIn, HandState
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import MeetingKind, Who
from core.words import alone, digest
from storage.checkins import hands
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.outbox import deliveries
from storage.people import people
from storage.rounds import history

log = get("checkins")
ASKED_AT_ONCE = 3
SEARCH = timedelta(days=1)  # from the seeker's own next working hours on: see _seek
STOP = "stop"  # `/coffee hand stop`
AFTER_HELLO = timedelta(seconds=2)
OPEN_FOR = timedelta(days=7)  # how long such a meeting can be answered for


def offer_a_hand(services: Services, who: Who, text: str) -> str:
    """ "I could use a hand with …": ask a few volunteers; returns the word to the person."""
    wish = text.strip()
    if alone(wish) == STOP:
        return stop(services, who)
    if not wish:
        return view.ASKED_ALREADY if is_asking(services, who) else view.WHAT_WITH
    if len(wish) > view.TEXT_MAX:
        return view.TOO_LONG
    person = directory.meet(services, who)
    if not access.belongs(person, guests=False):
        return checkin_words.refusal(Why.GUEST, {})
    return _seek(services, who, wish)


def is_asking(services: Services, who: Who) -> bool:
    """Whether volunteers are being asked for this person."""
    with services.db.reading() as tx:
        return hands.waiting_of(tx, who) is not None


def stop(services: Services, who: Who) -> str:
    """Nobody is asked any more; returns the word to the person."""
    with services.db.transaction() as tx:
        found = hands.waiting_of(tx, who)
        hand = found and hands.hold(tx, who.team, found.id)
        if hand is None or hand.state is not HandState.WAITING:
            return view.NOT_ASKING
        hands.change(tx, hand.id, state=HandState.OVER)
        deliveries.cancel_by_key(tx, who.team, keys.calls(hand.id))
    return view.STOPPED


def talk(services: Services, who: Who, checkin_id: int) -> str:
    """After a check-in: find a volunteer to talk to. Raises Refused."""
    _member_of(services, who, checkin_id)
    return _seek(services, who, "")


def _seek(services: Services, who: Who, wish: str) -> str:
    now, team_id, user_id = services.clock.now(), who.team, who.user
    with services.db.transaction() as tx:
        if hands.waiting_of(tx, who) is not None:
            return view.ASKED_ALREADY
        around = set(hands.volunteers(tx, team_id)) - {user_id}
        if not around:
            return view.NOBODY
        # Volunteers are asked in their hours; the seeker's own say how long that may take, since
        # anybody else's would tell who is asked.
        until = availability.reached(people.require(tx, who), now) + SEARCH
        hand = hands.add(tx, who, wish, [], until)
        if hand is None:  # the same was pressed a moment ago, too
            return view.ASKED_ALREADY
        _call(tx, hand, around, now)
    return view.asking(hand.until)


def _call(tx: Session, hand: hands.Hand, around: set[str], now: datetime) -> None:
    """Ask some of these volunteers.

    Whether a list, a pause, a mute or what they were asked already leaves nobody to ask is not
    told, and ends as late.
    """
    free = _free(tx, hand.who, around, now)
    turn = requests.in_turn(tx, hand.team_id, free, now, random.SystemRandom())
    asked = sorted(turn[:ASKED_AT_ONCE])
    hands.change(tx, hand.id, asked=asked)
    for volunteer in asked:
        deliveries.put(
            tx,
            Outgoing(
                hand.team_id,
                keys.call(hand.id, volunteer),
                DeliveryKind.HAND,
                view.wanted(hand.id, hand.user_id, hand.wish),
                now,
                users=(volunteer,),
                expires_at=hand.until,
            ),
        )


def _free(tx: Session, seeker: Who, around: set[str], now: datetime) -> set[str]:
    """Whom of these volunteers this person may meet, and who is not on a pause and not muted."""
    blocked = people.blocks(tx, seeker.team, {*around, seeker.user})
    avoided = {one for pair in blocked if seeker.user in pair for one in pair}
    known = people.some(tx, seeker.team, around - avoided)
    return {u for u, p in known.items() if not (p.muted or availability.paused(p, now))}


def accept(services: Services, who: Who, hand_id: int) -> str:
    """A volunteer has time: the two are introduced, unless somebody was faster. Raises Refused."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        hand = hands.hold(tx, who.team, hand_id)
        if hand is None or who.user not in hand.asked:
            raise Refused(Why.GONE)
        pair = [hand.user_id, who.user]
        over = hand.state is not HandState.WAITING or hand.until <= now
        if over or people.blocks(tx, who.team, pair):
            return view.CLOSED  # also for who has come onto a private list since
        hands.change(tx, hand.id, state=HandState.MET)
        deliveries.cancel_by_key(tx, who.team, keys.calls(hand.id))
        _introduce(tx, hand, pair, now)
    return view.YOU_TWO


def _introduce(tx: Session, hand: hands.Hand, pair: list[str], now: datetime) -> None:
    begun = NewMeeting(tuple(pair), pair[1], now, now + OPEN_FOR, MeetingKind.CHECK_IN)
    meeting = meetings.add(tx, hand.team_id, begun)
    members = [people.require(tx, Who(hand.team_id, one)) for one in pair]
    history.pack_meeting(tx, meeting, [person.number for person in members])
    meeting = introductions.prepare(tx, meeting, members, None, now)
    introductions.lay_introduction(tx, meeting, members, now)
    hands.change(tx, hand.id, meeting_id=meeting.id)
    if hand.wish:  # the volunteer has read it already
        said = view.what_with(hand.user_id, hand.wish)
        key, at = keys.wish(hand.id), now + AFTER_HELLO
        wish = Outgoing(hand.team_id, key, DeliveryKind.HAND_WISH, said, at, users=tuple(pair))
        deliveries.put(tx, replace(wish, meeting_id=meeting.id))


def decline(services: Services, who: Who, hand_id: int) -> str:
    """A volunteer has no time; the seeker hears nothing of it, nor any sooner that nobody had."""
    with services.db.transaction() as tx:
        hand = hands.hold(tx, who.team, hand_id)
        if hand is None or who.user not in hand.asked:
            raise Refused(Why.GONE)
        hands.change(tx, hand.id, asked=[one for one in hand.asked if one != who.user])
    return view.NOT_NOW


def expire(services: Services) -> None:
    """Tell those for whom nobody was found."""
    with services.db.reading() as tx:
        over = hands.over(tx, services.clock.now())
    for found in over:
        with services.db.transaction() as tx:
            hand = hands.hold(tx, found.team_id, found.id)
            if hand and hand.state is HandState.WAITING:  # nobody accepted just now
                _give_up(services, tx, hand)


def _give_up(services: Services, tx: Session, hand: hands.Hand) -> None:
    hands.change(tx, hand.id, state=HandState.OVER)
    deliveries.put(
        tx,
        Outgoing(
            hand.team_id,
            keys.nobody(hand.id),
            DeliveryKind.HAND_OVER,
            view.nobody_found(),
            services.clock.now(),
            users=(hand.user_id,),
        ),
    )


def form(services: Services, who: Who, checkin_id: int, move: bool) -> ModalView:
    """The modal of "Move a task" or "Tell my manager". Raises Refused."""
    checkin = _member_of(services, who, checkin_id)
    return view.move_form(checkin) if move else view.tell_form(checkin)


def carry(services: Services, who: Who, checkin_id: int, values: Values, move: bool) -> str:
    """Carry a message with its sender's name, because they chose so. Raises Refused, Beside."""
    checkin, reading = _member_of(services, who, checkin_id), Reading(values)
    text = reading.take(view.TASK if move else view.WORD, "")
    whom = reading.take(view.WHOM, None) or ""
    if not whom or not _may_be_written_to(services, who, whom):
        reading.refuse(view.WHOM, view.NOT_THEM)
    reading.finish()
    now = services.clock.now()
    drawn = (view.task if move else view.told)(who.user, checkin, text)
    # The same words twice are one message, whatever sent the form again.
    key = keys.carried(checkin, who, whom, digest(str(move), text))
    with services.db.transaction() as tx:
        message = Outgoing(who.team, key, DeliveryKind.CARRIED, drawn, now, users=(whom,))
        deliveries.put(tx, replace(message, asked_by=who.user))
    return view.sent(whom)


def _may_be_written_to(services: Services, sender: Who, whom: str) -> bool:
    person = directory.meet(services, Who(sender.team, whom))
    return whom != sender.user and not (person.is_bot or person.deleted or person.stranger)


def _member_of(services: Services, who: Who, checkin_id: int) -> CheckIn:
    checkin = access.checkin_of(services, who.team, checkin_id)
    channel = access.channel_of(services, checkin.place)
    access.require_member(services, channel, who.user, ask_slack=False)
    return checkin
