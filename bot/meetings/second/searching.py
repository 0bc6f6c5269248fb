"""A second partner in this round: offered in mid-round to all alike, and looked for (P24).

The offer stands in the question that everybody without an agreed time is asked in mid-round, so
that it comes at one moment, in one sentence, whatever the other one does or has chosen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import introductions, keys, outcomes, slates
from bot.meetings.errors import NoSecond, NotYourMeeting, OutOfRounds, TimeFound, TooSoon
from bot.meetings.second import pool
from bot.meetings.views import followups
from bot.meetings.views import second as view
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from bot.views.blocks import Blocks, Message
from core.outbox.kinds import NOT_NEEDED, DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Meeting, Outcome, Place, Who
from storage.channels import channels
from storage.meetings import meetings, searches
from storage.meetings.searches import Search
from storage.outbox import deliveries, looking
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people

log = get("second")
SKEW = timedelta(minutes=5)  # between Slack's clock, which dates an introduction, and ours


@dataclass(frozen=True, slots=True)
class Window:
    """From when a second partner can be looked for beside a meeting, and until when (UTC)."""

    opens: datetime
    closes: datetime


def begin(services: Services, who: Who, meeting_id: int) -> Message:
    """Look for somebody else for this person; who waits already is introduced to them at once.

    Pressed again, it is the same search. Raises NotYourMeeting, TooSoon, NoSecond, TimeFound and
    OutOfRounds.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        channel = _hold_channel(tx, who, meeting_id)
        meeting = outcomes.held(tx, who, meeting_id)
        before = searches.get(tx, meeting_id, who.user)
        if before is not None and before.found_id is not None:
            return view.found(meeting, who.user, _introduced(tx, before))
        if before is not None and not before.ended and before.until > now:
            return view.looking(meeting, who.user, before.until)
        window = _require(tx, channel, meeting, who, now)
        other = pool.partner(tx, channel, who.user, now)
        searches.begin(tx, Search(meeting_id, who, channel.place, now, window.closes))
        if other is not None:
            pool.introduce(tx, channel, meeting.ends_at, [other, who.user], now)
        slates.clean(tx, who)
        # They have told what became of it so far: at the end of the search they hear more.
        deliveries.cancel_for_meeting(
            tx, meeting_id, (DeliveryKind.ASK, DeliveryKind.NUDGE), who.user
        )
    if other is not None:
        return view.found(meeting, who.user, introduced=False)
    return view.looking(meeting, who.user, window.closes)


def stop(services: Services, who: Who, meeting_id: int) -> str:
    """They look no more; pressed late or twice, they read what is so already.

    Raises NotYourMeeting.
    """
    with services.db.transaction() as tx:
        _hold_channel(tx, who, meeting_id)
        outcomes.held(tx, who, meeting_id)
        if searches.end(tx, meeting_id, who.user):
            return view.STOPPED
        search = searches.get(tx, meeting_id, who.user)
    found = search is not None and search.found_id is not None
    return view.FOUND_ALREADY if found else view.NOT_LOOKING


def asked_again(services: Services, who: Who, meeting_id: int) -> Message:
    """The question to one person, drawn from what is stored now. Raises NotYourMeeting."""
    now = services.clock.now()
    with services.db.reading() as tx:
        meeting = outcomes.theirs(tx, who, meeting_id)
        return followups.ask(meeting, who.user, _beside(tx, meeting, who, now))


def as_asked(services: Services, delivery: Delivery) -> Message | None:
    """The question as it is true when it goes out: with an offer only where one is open then."""
    if delivery.meeting_id is None:
        return None
    who, now = Who(delivery.team_id, delivery.users[0]), services.clock.now()
    with services.db.reading() as tx:
        try:
            meeting = outcomes.theirs(tx, who, delivery.meeting_id)
        except NotYourMeeting:  # they are in another group of the round by now
            return None
        had = looking.sent_for_meeting(tx, meeting.id, DeliveryKind.ASK)[who.user]
        return followups.question(meeting, who.user, _beside(tx, meeting, who, now), had > 0)


def run_due(services: Services) -> None:
    """Searches whose time is over end, with a word to who still waits for one."""
    now = services.clock.now()
    with services.db.reading() as tx:
        over = searches.over(tx, now)
    for search in over:
        with tried(log, "searching", f"meeting={search.meeting_id}"):
            _end(services, search, now)


def _end(services: Services, search: Search, now: datetime) -> None:
    with services.db.transaction() as tx:
        channel = channels.hold(tx, search.place)
        meeting = meetings.hold(tx, search.who.team, search.meeting_id)
        if not searches.end(tx, search.meeting_id, search.who.user):
            return  # stopped, found, or told by another beat
        if channel is not None and meeting is not None:
            _tell_over(tx, channel, meeting, search, now)


def _tell_over(
    tx: Session, channel: Channel, meeting: Meeting, search: Search, now: datetime
) -> None:
    if not channel.active or not _is_in(tx, channel, search.who, now):
        return  # there is no next round for them
    if meeting.ends_at <= now or not pool.is_wanted(tx, search):
        return
    deliveries.put(
        tx,
        Outgoing(
            search.who.team,
            keys.searched(meeting, search.who.user, search.since),
            DeliveryKind.SEARCHED,
            view.over(meeting, search.who.user, channel.next_due_at),
            now,
            users=(search.who.user,),
            meeting_id=meeting.id,
            expires_at=meeting.ends_at + introductions.ASKED_LATE,
        ),
    )


def _introduced(tx: Session, search: Search) -> bool:
    """Whether the conversation that the search has led to has started."""
    found = meetings.get(tx, search.who.team, search.found_id) if search.found_id else None
    return found is not None and found.conversation_id is not None


def as_over(services: Services, delivery: Delivery) -> Message | None:
    """That a search is over, with the round that is the next one when it is read."""
    with services.db.reading() as tx:
        meeting, channel = _meeting_of(tx, delivery)
        if meeting is None or channel is None:
            return None
        return view.over(meeting, delivery.users[0], channel.next_due_at)


def wants_no_more(services: Services, delivery: Delivery) -> str | None:
    """Why the end of a search is not told: they met, agreed on a time, or are out of the rounds."""
    now = services.clock.now()
    with services.db.reading() as tx:
        meeting, channel = _meeting_of(tx, delivery)
        if meeting is None or channel is None:
            return None
        who = Who(delivery.team_id, delivery.users[0])
        out = not channel.active or not _is_in(tx, channel, who, now)
        return NOT_NEEDED if out or _settled(meeting) else None


def _meeting_of(tx: Session, delivery: Delivery) -> tuple[Meeting | None, Channel | None]:
    found = meetings.get(tx, delivery.team_id, delivery.meeting_id or 0)
    if found is None or found.channel_id is None:
        return found, None
    return found, channels.get(tx, Place(found.team_id, found.channel_id))


def _hold_channel(tx: Session, who: Who, meeting_id: int) -> Channel:
    """The channel of this person's meeting: of two who press at once the second finds the first."""
    meeting = outcomes.theirs(tx, who, meeting_id)
    channel = channels.hold(tx, Place(who.team, meeting.channel_id or ""))
    if channel is None:
        raise NoSecond(due=None)  # no round brought them together
    return channel


def _require(tx: Session, channel: Channel, meeting: Meeting, who: Who, now: datetime) -> Window:
    window = _window(tx, channel, meeting)
    due = channel.next_due_at if channel.active else None
    if window is None or now >= window.closes or _had_one(tx, meeting, who):
        raise NoSecond(due)
    if _settled(meeting):
        raise TimeFound()
    if now + SKEW < window.opens:
        raise TooSoon(window.opens)
    if not channel.active or not _is_in(tx, channel, who, now):
        raise OutOfRounds()
    return window


def _beside(tx: Session, meeting: Meeting, who: Who, now: datetime) -> Blocks:
    """What stands under the question: the offer, or what became of it."""
    search = searches.get(tx, meeting.id, who.user)
    if search is not None and search.found_id is not None:
        return view.found_beside(_introduced(tx, search))
    if _settled(meeting):
        return []
    if search is not None and not search.ended and search.until > now:
        return view.looking_beside(meeting, search.until)
    channel = channels.get(tx, Place(who.team, meeting.channel_id or ""))
    window = _window(tx, channel, meeting) if channel else None
    if window is None or not window.opens <= now + SKEW or now >= window.closes:
        return []
    if _had_one(tx, meeting, who):
        return []
    return view.offer(meeting, who.user)


def _window(tx: Session, channel: Channel, meeting: Meeting) -> Window | None:
    """From the question in mid-round to the one at its end; None where a round has no two."""
    asked = introductions.asked_when(meeting, channel)
    if asked.first is None or meetings.round_of(tx, meeting.id) is None:
        return None
    return Window(asked.first, asked.last)


def _had_one(tx: Session, meeting: Meeting, who: Who) -> bool:
    place = Place(meeting.team_id, meeting.channel_id or "")
    return searches.found_since(tx, place, who.user, meeting.created_at)


def _settled(meeting: Meeting) -> bool:
    met = any(person.outcome is Outcome.MET for person in meeting.people)
    return met or meeting.agreed_at is not None


def _is_in(tx: Session, channel: Channel, who: Who, now: datetime) -> bool:
    here = memberships.get(tx, channel.place, who.user)
    return pool.takes_part(channel, people.get(tx, who), here, now)
