"""Join, leave, pause, resume, skip: what people decide for themselves; each verb answers."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.channels.errors import NotHere, NotInChannel
from bot.meetings import availability, slates
from bot.meetings.errors import CannotTakePart
from bot.people.errors import NoPause, NothingToSkip, NotTheNextRound, WhichChannel
from bot.people.views import coffee as view
from bot.platform import directory, zones
from bot.platform.errors import OtherCompany
from bot.platform.services import Services
from bot.platform.slack import SlackRefused
from bot.rounds import latecomers, participants
from core import when
from core.eligibility import Reason
from core.outbox.kinds import DeliveryKind
from core.values import Channel, Meeting, Membership, Person, Place, TakingPart, Who
from storage.channels import channels
from storage.meetings import meetings, queue
from storage.outbox import deliveries
from storage.people import memberships, people
from storage.rounds import rounds

LOOKED_AT = 6  # newest meetings of a person, of which some are under way
BREAK = timedelta(weeks=4)  # "a break", offered after three silences


def locate(services: Services, who: Who, channel_id: str | None) -> Channel:
    """The channel that a command is about: this one, or the only one the person is in.

    Raises NotHere or WhichChannel.
    """
    with services.db.reading() as tx:
        here = channels.get(tx, Place(who.team, channel_id)) if channel_id else None
        if here and here.active:
            return here
        own = [m.channel_id for m in memberships.of_person(tx, who)]
        found = [c for c in channels.known(tx, who.team) if c.id in own]
    if not found:
        raise NotHere()
    if len(found) > 1:
        raise WhichChannel(channels=[channel.id for channel in found])
    return found[0]


def join(services: Services, channel: Channel, user_id: str) -> str:
    """Take part from the next round on; a latecomer may be introduced at once (P12)."""
    person = directory.meet(services, Who(channel.team_id, user_id))
    if person.stranger:
        raise OtherCompany()
    if person.guest and not channel.settings.guests:
        raise CannotTakePart()
    if not _membership(services, channel, user_id).present:
        raise NotInChannel(channel=channel.id)
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # a second press finds the first
        before = memberships.get(tx, channel.place, user_id)
        memberships.change(tx, channel.place, user_id, opted=True, present=True, skipping=False)
        participants.has_decided(tx, channel, user_id, services.clock.now())
    if before.opted and before.present and not before.skipping:
        said = view.already_in(channel)
    else:
        said = latecomers.welcome(services, channel, user_id) or view.joined(channel)
    if back := person.pause(availability.today(person, services.clock.now())):
        said += view.joined_on_pause(back)
    return said


def leave(services: Services, channel: Channel, user_id: str) -> str:
    """Stop taking part; what is under way stays."""
    directory.meet(services, Who(channel.team_id, user_id))
    now = services.clock.now()
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # not while somebody is introduced to them
        before = memberships.get(tx, channel.place, user_id)
        memberships.change(
            tx, channel.place, user_id, present=before.present, opted=False,
            skipping=False, waiting_since=None,
        )  # fmt: skip
        participants.has_decided(tx, channel, user_id, now)
        slates.clean(tx, Who(channel.team_id, user_id))
        current = _under_way(tx, Who(channel.team_id, user_id), now)
    here = any(meeting.channel_id == channel.id for meeting in current)
    return view.left(channel) + (view.left_with_meeting() if here else "")


def pause(services: Services, who: Who, text: str) -> str:
    """A break until the date that the text names. Raises NoPause."""
    try:
        until = when.parse_until(text, today(services, who))
    except when.WhenError as error:
        raise NoPause(error.kind, error.text) from error
    return pause_until(services, who, until)


def pause_until(services: Services, who: Who, until: date) -> str:
    """A break until this first day back; what is under way stays, and is not asked about."""
    person = directory.meet(services, who)
    back = datetime.combine(until, time(), ZoneInfo(zones.known(person.zone)))
    with services.db.transaction() as tx:
        slates.clean(tx, who)
        people.change(tx, who, paused_until=until)
        queue.leave(tx, who)
        current = _under_way(tx, who, services.clock.now())
        for meeting in current:
            _ask_nothing_before(tx, meeting, who.user, back)
    return view.paused(until) + (view.paused_with_meeting() if current else "")


def _ask_nothing_before(tx: Session, meeting: Meeting, user_id: str, back: datetime) -> None:
    for kind in (DeliveryKind.NUDGE, DeliveryKind.ASK):
        for delivery in deliveries.waiting_for_meeting(tx, meeting.id, kind):
            if delivery.users == (user_id,) and delivery.due_at < back:
                deliveries.cancel(tx, delivery.id)


def _under_way(tx: Session, who: Who, now: datetime) -> list[Meeting]:
    latest = meetings.of_person(tx, who, LOOKED_AT)
    return [one for one in latest if one.under_way(now) and one.conversation_id is not None]


def resume(services: Services, who: Who) -> str:
    """End the break now."""
    was = directory.meet(services, who)
    on_break = availability.paused(was, services.clock.now())
    with services.db.transaction() as tx:
        people.change(tx, who, paused_until=None)
    return view.resumed(on_break)


def skip(services: Services, channel: Channel, user_id: str, toggle: bool = False) -> str:
    """Leave out the next round; with `toggle` a second time takes it back."""
    membership = _membership(services, channel, user_id)
    out = _out_of_next(services, channel, membership)
    skipping = not (toggle and membership.skipping)
    with services.db.transaction() as tx:
        memberships.change(tx, channel.place, user_id, skipping=skipping)
    return view.skipped(channel, out) if skipping else view.unskipped(channel, out)


def require_next(
    services: Services, channel: Channel, due: datetime | None, drawn_at: datetime | None
) -> None:
    """What was pressed is about the channel's next round, and no other (P17).

    `due`: the round it names. What names none was drawn at `drawn_at`, if that is known: a round
    held since then is the one it meant. Raises NotTheNextRound.
    """
    with services.db.reading() as tx:
        latest = rounds.latest(tx, channel.place, 1)
    if due is not None:
        other = channel.next_due_at is None or int((channel.next_due_at - due).total_seconds()) != 0
    else:
        other = bool(latest and drawn_at) and latest[0].held_at > (drawn_at or latest[0].held_at)
    if other:
        raise NotTheNextRound(channel.id, channel.next_due_at)


def unskip(services: Services, channel: Channel, user_id: str) -> str:
    """Be in the next round after all."""
    out = _out_of_next(services, channel, _membership(services, channel, user_id))
    with services.db.transaction() as tx:
        memberships.change(tx, channel.place, user_id, skipping=False)
    return view.unskipped(channel, out)


def _out_of_next(services: Services, channel: Channel, membership: Membership) -> Reason | None:
    """Why somebody in the rounds is not in the next one all the same; refuses everybody else."""
    person = directory.meet(services, Who(channel.team_id, membership.user_id))
    out = participants.out_of_next(person, membership, channel, services.clock.now())
    match out:
        case Reason.STRANGER:
            raise OtherCompany()
        case Reason.GUEST:
            raise CannotTakePart()
        case Reason.LEFT_CHANNEL:
            raise NotInChannel(channel=channel.id)
        case Reason.OPTED_OUT | Reason.NOT_OPTED_IN:
            raise NothingToSkip()
    return out


def go_by_status(services: Services, who: Who) -> str:
    """From now on the Slack status counts without being asked (P5)."""
    directory.meet(services, who)
    with services.db.transaction() as tx:
        people.change(tx, who, obeys_status=True)
    return view.STATUS_ALWAYS


def away_until_back(services: Services, who: Who, until: date) -> str:
    """Yes, the status is right: a break until its first day back; not for one that is over."""
    if until <= today(services, who):
        return view.STATUS_OVER
    pause_until(services, who, until)
    return view.status_followed(until)


def slower(services: Services, who: Who) -> None:
    """At most every second round."""
    directory.meet(services, who)
    with services.db.transaction() as tx:
        people.change(tx, who, pace=max(2, slates.clean(tx, who).pace))


def bigger(services: Services, who: Who) -> None:
    """Bigger groups, where the group allows."""
    directory.meet(services, who)
    with services.db.transaction() as tx:
        people.change(tx, who, size=max(3, slates.clean(tx, who).size or 0))


def fine(services: Services, who: Who) -> None:
    """Everything stays; the count of silences begins anew."""
    with services.db.transaction() as tx:
        slates.clean(tx, who)


def take_break(services: Services, who: Who) -> None:
    """Four weeks off."""
    pause_until(services, who, today(services, who) + BREAK)


def overview(services: Services, who: Who) -> list[view.Standing]:
    """Where the person stands in each channel they share with Kettle; their own rounds first."""
    person = directory.meet(services, who)
    with services.db.reading() as tx:
        own = {m.channel_id: m for m in memberships.of_person(tx, who)}
        known = [channel for channel in channels.known(tx, who.team) if channel.id in own]
    now = services.clock.now()
    standings = [
        view.Standing(
            channel,
            takes_part(channel, own[channel.id]),
            own[channel.id].skipping,
            own[channel.id].opted is False,
            participants.out_of_next(person, own[channel.id], channel, now),
        )
        for channel in known
    ]
    return sorted(standings, key=lambda standing: not standing.takes_part)


def takes_part(channel: Channel, membership: Membership) -> bool:
    """Whether the person is in the channel's rounds as such (not: in the next one)."""
    if not membership.present or membership.opted is False:
        return False
    return bool(membership.opted) or channel.settings.taking_part is TakingPart.EVERYONE


def today(services: Services, who: Who) -> date:
    """The date on the person's own calendar."""
    person: Person = directory.meet(services, who)
    return availability.today(person, services.clock.now())


def _membership(services: Services, channel: Channel, user_id: str) -> Membership:
    with services.db.reading() as tx:
        found = memberships.get(tx, channel.place, user_id)
    if found.present:
        return found
    try:  # an event may have been lost: Slack knows better
        there = user_id in services.slack(channel.team_id).members(channel.id)
    except SlackRefused:
        there = False
    return Membership(channel.id, user_id, present=there, opted=found.opted)
