"""An agreed time is moved or called off: by anybody of the group, and agreed to by all of it.

The agreed time stands while another one is only asked for. Calling it off frees it at once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.meetings import outcomes, times
from bot.meetings.errors import (
    NotAgreed,
    NotAsked,
    NotFree,
    PlanMoved,
    PlanOver,
    TimeGone,
    TimeTaken,
)
from bot.meetings.ids import Anew
from bot.meetings.outcomes import Drawn
from bot.meetings.plans import agreeing
from bot.meetings.views import plans as view
from bot.platform.services import Services
from bot.views.blocks import Message
from core.slots import LENGTH
from core.values import Channel, Meeting, Person, Place, Who
from storage.channels import channels
from storage.meetings import meetings, plans
from storage.outbox import deliveries
from storage.people import people


def choices(services: Services, who: Who, meeting_id: int, at: datetime | None = None) -> Message:
    """What this person can do about the time `at` (UTC) that is agreed; None: whichever it is.

    Raises NotYourMeeting, NotAgreed, PlanMoved and PlanOver.
    """
    now = services.clock.now()
    with services.db.reading() as tx:
        meeting = outcomes.drawn(tx, who, meeting_id).meeting
        agreed, plan = _standing(meeting, at, now), plans.of(tx, meeting_id)
        free = _room(tx, meeting, now).free(now, [agreed, plan.wanted_at])
    others = plan.wanted_by not in (None, who.user)
    asked = plan.wanted_at if others and plan.wanted_at and plan.wanted_at > now else None
    shown = view.asks_already(meeting, plan.wanted_by or "", asked) if asked else []
    return view.choices(meeting, who.user, agreed, free, shown)


def ask(services: Services, who: Who, meeting_id: int, at: datetime, to: datetime) -> Drawn:
    """Ask the others for the time `to` instead of `at`, which stands until all have agreed.

    Where somebody asks for the same already, this agrees; for another one, the newer counts.
    Raises TimeGone and NotFree, and as `choices` does.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = outcomes.held(tx, who, meeting_id)
        agreed, plan = _standing(meeting, at, now), plans.of(tx, meeting_id)
        if to <= now:
            raise TimeGone()
        people.hold_all(tx, who.team, meeting.user_ids)
        if plan.wanted_at == to:
            _suits(tx, who, meeting, to, now)
            return outcomes.drawn(tx, who, meeting_id)
        if not _room(tx, meeting, now).fits(to, agreed):
            raise NotFree()
        others = [user_id for user_id in meeting.user_ids if user_id != who.user]
        plan = plans.want(tx, meeting_id, to, who.user, others)
        meeting = outcomes.drawn(tx, who, meeting_id).meeting
        _say(tx, meeting, plan.number, view.asks(meeting, who.user, agreed, to), now, to)
        return outcomes.drawn(tx, who, meeting_id)


def agree(services: Services, who: Who, meeting_id: int, to: datetime) -> tuple[Drawn, Message]:
    """The time that is asked for suits this person; once it suits all, it is the agreed one.

    Also after the old one has gone by, as long as this one is to come. Gives what stands in the
    request's place from now on. Raises NotYourMeeting, NotAgreed, NotAsked, TimeGone, TimeTaken
    and NotFree.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = outcomes.held(tx, who, meeting_id)
        plan = plans.of(tx, meeting_id)
        agreed = _wanted(meeting, plan, to)
        if agreed != to:
            if to <= now:
                raise TimeGone()
            people.hold_all(tx, who.team, meeting.user_ids)
            _suits(tx, who, meeting, to, now)
        drawn = outcomes.drawn(tx, who, meeting_id)
    if drawn.meeting.agreed_at == to:
        return drawn, view.answered(to)
    return drawn, view.asks(drawn.meeting, plan.wanted_by or who.user, agreed, to)


def decline(services: Services, who: Who, meeting_id: int, to: datetime) -> Message:
    """The time that is asked for does not suit this person: the agreed one stands.

    Gives what stands in the request's place. Raises NotYourMeeting, NotAgreed, NotAsked and
    PlanOver.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = outcomes.held(tx, who, meeting_id)
        plan = plans.of(tx, meeting_id)
        agreed = _wanted(meeting, plan, to)
        if agreed == to:
            raise NotAsked(agreed)
        if agreed <= now:
            raise PlanOver()
        asker = plan.wanted_by
        plan = plans.unwant(tx, meeting_id)
        if asker == who.user:
            said = view.withdrawn(meeting, who.user, agreed)
        else:
            said = view.stands(meeting, who.user, agreed, to)
        _say(tx, meeting, plan.number, said, now, agreed)
    return view.answered(agreed)


def call_off(
    services: Services, who: Who, meeting_id: int, at: datetime | None = None
) -> tuple[Drawn, str]:
    """Nothing is agreed any more; other times are proposed. Gives the word back.

    Of two at once the second one reads that it is off. Raises as `choices` does.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = outcomes.held(tx, who, meeting_id)
        was = _standing(meeting, at, now)
        people.hold_all(tx, who.team, meeting.user_ids)
        plan = plans.of(tx, meeting_id)
        free = _room(tx, meeting, now).free(now, [was, plan.wanted_at])
        plans.call_off(tx, meeting_id, meeting.user_ids, free)
        drawn = outcomes.drawn(tx, who, meeting_id)
        agreeing.end(tx, drawn.meeting, was, now, view.off(drawn.meeting, who.user, was))
    return drawn, view.called_off(meeting, who.user, was)


def again(services: Services, who: Who, anew: Anew) -> tuple[Drawn, Message]:
    """A time proposed after another one was called off suits this person, or does not any more.

    Gives the word about that as it looks now. Raises as `outcomes.pick` does.
    """
    drawn = outcomes.pick(services, who, anew.meeting, anew.at)
    return drawn, view.off(drawn.meeting, anew.by, anew.was)


def _standing(meeting: Meeting, at: datetime | None, now: datetime) -> datetime:
    """The agreed time, where it is the one meant and still to come."""
    agreed = _agreed(meeting)
    if at not in (None, agreed):
        raise PlanMoved(agreed)
    if agreed <= now:
        raise PlanOver()
    return agreed


def _wanted(meeting: Meeting, plan: plans.Plan, to: datetime) -> datetime:
    """The agreed time, where this one is asked for instead of it, or is it already."""
    agreed = _agreed(meeting)
    if to not in (agreed, plan.wanted_at):
        raise NotAsked(agreed)
    return agreed


def _agreed(meeting: Meeting) -> datetime:
    if meeting.agreed_at is None:
        raise NotAgreed()
    if meeting.closed:
        raise PlanOver()
    return meeting.agreed_at


def _suits(tx: Session, who: Who, meeting: Meeting, to: datetime, now: datetime) -> None:
    """It suits this person too; once it suits everyone who is still there, it is agreed."""
    room, was, plan = _room(tx, meeting, now), _agreed(meeting), plans.of(tx, meeting.id)
    if to in room.elsewhere.agreed.get(who.user, ()):
        raise TimeTaken()
    meetings.pick(tx, meeting.id, who.user, [to])
    yes = {person.user_id for person in meeting.people if to in person.picks} | {who.user}
    if not {member.id for member in room.members} <= yes:
        return
    if any(to in room.elsewhere.agreed.get(user_id, ()) for user_id in yes):
        raise NotFree()
    said = view.moved(meeting, plan.wanted_by or who.user, was, to)
    agreeing.agree(tx, meeting, to, now, said)


def _say(
    tx: Session, meeting: Meeting, number: int, said: Message, now: datetime, until: datetime
) -> None:
    if meeting.conversation_id is not None:
        deliveries.put(tx, agreeing.word(meeting, number, said, now, until))


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a meeting can go: those of it who are still there, and what is taken elsewhere."""

    meeting: Meeting
    members: Sequence[Person]
    channel: Channel | None
    elsewhere: times.Taken

    def free(self, now: datetime, besides: Collection[datetime | None]) -> tuple[datetime, ...]:
        """Times to offer, in everyone's hours; none of `besides`.

        Whoever is on a break is not left out of the reckoning, for that would tell of it, and to
        the day; they say no, or nothing.
        """
        if len(self.members) < 2:
            return ()
        own = [instant for instant in besides if instant is not None]
        elsewhere = self.elsewhere.with_agreed(self.meeting.user_ids, own)
        return times.propose(self.members, self.channel, now, self.meeting.ends_at, elsewhere)

    def fits(self, to: datetime, agreed: datetime) -> bool:
        """Whether this time is one that could be offered instead of the agreed one."""
        soon_enough = to + LENGTH <= self.meeting.ends_at
        elsewhere = self.elsewhere.with_agreed(self.meeting.user_ids, [agreed])
        return soon_enough and times.fits(self.members, self.channel, to, elsewhere)


def _room(tx: Session, meeting: Meeting, now: datetime) -> _Room:
    everyone = people.some(tx, meeting.team_id, meeting.user_ids).values()
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    elsewhere = times.taken(tx, meeting.team_id, meeting.user_ids, now, besides=meeting.id)
    here = [person for person in everyone if not person.deleted]
    return _Room(meeting, here, channel, elsewhere)
