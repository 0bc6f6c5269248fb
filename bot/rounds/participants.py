"""Who takes part in a round: Slack's member list, refreshed flags, and each person's choices."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability
from bot.meetings.outcomes import TO_CORRECT
from bot.outbox.policy import Posted
from bot.platform import closed_days, directory
from bot.platform.log import get
from bot.platform.services import Services
from bot.rounds import keys
from bot.rounds.views import notices
from bot.views.blocks import Message
from core import eligibility
from core.eligibility import Participation, PersonState, Reason
from core.outbox.kinds import CHANGED, NOT_NEEDED, DeliveryKind, DeliveryState
from core.outbox.outgoing import Outgoing
from core.values import Channel, Membership, Person, Place, TakingPart
from storage.channels import channels
from storage.meetings import meetings
from storage.outbox import deliveries, endings, looking
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people

log = get("participants")
APART = timedelta(seconds=1)  # between the first words to two who came at once
CROWD = timedelta(minutes=10)  # who came as long ago, or reads it later than that, is not in turn
UNREAD = datetime(9999, 1, 1, tzinfo=UTC)  # told that everyone takes part: once it has gone out
HELD = timedelta(minutes=15)  # an introduction that waits longer than that is looked at again
WELCOME_FOR = timedelta(days=14)  # then somebody is not new any more
ANNOUNCED = timedelta(days=1)  # before the first round that somebody is in without a press (P6)


@dataclass(frozen=True, slots=True)
class Gathering:
    """Everyone in a channel and the decision on each of them."""

    people: dict[str, Person]
    memberships: dict[str, Membership]
    decision: Participation

    @property
    def taking_part(self) -> list[Person]:
        """The people of the round."""
        return [self.people[user_id] for user_id in self.decision.taking_part]


def reconcile(services: Services, channel: Channel) -> list[str]:
    """Take over Slack's member list and its word on each person; events can be lost.

    Returns those who are new in the channel; they are told what happens there. Raises
    SlackRefused, as Slack would for a private channel, when the bot is not in it any more.
    """
    present = directory.look(services, channel)
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place) or channel
        to_tell = directory.to_tell(fresh, channels.was_listed(tx, channel.place))
        new = memberships.reconcile(tx, channel.place, present, to_tell)
        channels.change(tx, channel.place, listed=True)
        tell_newcomers(tx, fresh, services.clock.now())
        return new


def tell_newcomers(tx: Session, channel: Channel, now: datetime) -> None:
    """Whoever waits to hear what happens in the channel does, once (P6, P24).

    Of many at once one a second: what others wait for goes out in between. Somebody for whom the
    rounds are not waits until they are.
    """
    waiting = memberships.untold(tx, channel.place) if channel.started else []
    at = _next_word(tx, channel, now) if waiting else now
    for user_id, person in sorted(people.some(tx, channel.team_id, waiting).items()):
        closed_to = person.stranger or (person.guest and not channel.settings.guests)
        if person.is_bot or person.deleted or closed_to:
            continue
        memberships.change(tx, channel.place, user_id, untold=False)
        if memberships.get(tx, channel.place, user_id).opted is not None:
            continue  # they have decided, so they know
        reads = availability.reached(person, at, closed_days.holidays_of(channel.settings))
        if deliveries.put(tx, _first_word(channel, user_id, reads)) is not None:
            if channel.settings.taking_part is TakingPart.EVERYONE:
                memberships.change(tx, channel.place, user_id, told_at=UNREAD)
            at += APART


def told(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """They have it from now on: a day later, rounds may take them in without a press (P6)."""
    if delivery.about is not None:
        place, now = Place(delivery.team_id, delivery.about), services.clock.now()
        memberships.change(tx, place, delivery.users[0], told_at=now)


def first_word(services: Services, delivery: Delivery) -> Message | None:
    """What somebody new reads, as it is true when they do."""
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(delivery.team_id, delivery.about or ""))
    if channel is None:
        return None  # of a version before, which did not note what it is about
    everyone = delivery.kind is DeliveryKind.NEWCOMER
    return _first_words(channel, delivery.users[0], services.clock.now(), everyone)


def knows_already(services: Services, delivery: Delivery) -> str | None:
    """Why somebody new is not told any more what happens in the channel.

    They have left it, it is over, or it goes another way since then, of which it was told.
    """
    with services.db.reading() as tx:
        channel = channels.get(tx, Place(delivery.team_id, delivery.about or ""))
        if channel is None:
            return None  # of a version before, which did not note what it is about
        here = memberships.get(tx, channel.place, delivery.users[0])
    everyone = channel.settings.taking_part is TakingPart.EVERYONE
    so_still = everyone == (delivery.kind is DeliveryKind.NEWCOMER)
    return None if channel.active and here.present and so_still else NOT_NEEDED


def _next_word(tx: Session, channel: Channel, now: datetime) -> datetime:
    """When the next newcomer's turn is, after those who came just before."""
    everyone = channel.settings.taking_part is TakingPart.EVERYONE
    prefix = keys.newcomers(channel, everyone)
    before = looking.newest_under(tx, channel.team_id, prefix, now + CROWD)
    return max(now, before + APART) if before is not None else now


def _first_word(channel: Channel, user_id: str, at: datetime) -> Outgoing:
    """For the instant at which they read it, and as it is true then."""
    everyone = channel.settings.taking_part is TakingPart.EVERYONE
    kind = DeliveryKind.NEWCOMER if everyone else DeliveryKind.WELCOME
    payload = _first_words(channel, user_id, at, everyone)
    key = keys.newcomer(channel, user_id, everyone)
    message = Outgoing(channel.team_id, key, kind, payload, at, users=(user_id,))
    until = None if everyone else at + WELCOME_FOR  # who is in it unasked has to be told
    return replace(message, about=channel.id, expires_at=until)


def _first_words(channel: Channel, user_id: str, at: datetime, everyone: bool) -> Message:
    if everyone:
        return notices.newcomer(channel, user_id, at, first_unasked(channel, at))
    return notices.welcome(channel, user_id, at)


def has_decided(tx: Session, channel: Channel, user_id: str, now: datetime) -> None:
    """They are in or out by their own word: what was to tell them how is not needed any more.

    What told them so is over, too; it waits for a while, so that they can think again.
    """
    told_how = [keys.newcomer(channel, user_id, everyone) for everyone in (True, False)]
    for shown in endings.open_under(tx, channel.team_id, told_how):
        soon = now + TO_CORRECT
        endings.end(tx, shown, min(shown.ends_at or soon, soon))
    memberships.change(tx, channel.place, user_id, untold=False)
    for key in told_how:
        told = deliveries.by_key(tx, channel.team_id, key)
        if told is not None and told.state is DeliveryState.WAITING:
            deliveries.cancel(tx, told.id)


def first_unasked(channel: Channel, now: datetime) -> datetime | None:
    """The next round, if somebody who hears only now that everyone takes part may be in it."""
    due = channel.next_due_at
    soonest = max(now + ANNOUNCED, channel.everyone_from or now)
    return due if due is not None and due >= soonest else None


def gather(
    services: Services,
    channel: Channel,
    at: datetime,
    present: Collection[str] | None = None,
    due_at: datetime | None = None,
) -> Gathering:
    """Decide who takes part in a round held at `at`, due at `due_at`, from what is stored.

    With `present`, these people are in the channel, whatever is stored about that.
    """
    with services.db.reading() as tx:
        members = memberships.of_channel(tx, channel.place)
        if present is not None:
            members |= {u: Membership(channel.id, u) for u in present if u not in members}
            there = set(present)
            members = {u: replace(m, present=u in there) for u, m in members.items()}
        known = people.some(tx, channel.team_id, members)
    states = [
        state(known[user_id], membership, channel.round_count + 1, at, due_at or at)
        for user_id, membership in members.items()
        if user_id in known
    ]
    rules = eligibility.Rules(channel.mode_at(due_at or at), channel.settings.guests)
    return Gathering(known, members, eligibility.who_takes_part(states, rules))


def state(
    person: Person,
    membership: Membership,
    round_number: int,
    at: datetime,
    due_at: datetime | None = None,
) -> PersonState:
    """What the decision on one person rests on, in a round held at `at` (due then or before)."""
    told = membership.told_at
    last, away = membership.last_round, availability.away_until(person, at)
    return PersonState(
        id=person.id,
        is_bot=person.is_bot,
        deleted=person.deleted,
        left_channel=not membership.present,
        stranger=person.stranger,
        guest=person.guest,
        opted=membership.opted,
        just_told=told is not None and (due_at or at) < told + ANNOUNCED,
        paused=availability.paused(person, at),
        skipping=membership.skipping,
        away=away is not None and availability.today(person, at) < away,
        obeys_status=person.obeys_status,
        pace=person.pace,
        rounds_since_last=None if last is None else round_number - last,
    )


def is_in(person: Person, membership: Membership, channel: Channel, due_at: datetime) -> bool:
    """Whether the person takes part in the channel's round of that time, as things are."""
    return person.id in of_next(person, membership, channel, due_at).taking_part


def of_next(
    person: Person, membership: Membership, channel: Channel, due_at: datetime
) -> Participation:
    """The decision on one person for the channel's next round, as things are."""
    own = state(person, membership, channel.round_count + 1, due_at)
    rules = eligibility.Rules(channel.mode_at(due_at), channel.settings.guests)
    return eligibility.who_takes_part([own], rules)


def out_of_next(
    person: Person, membership: Membership, channel: Channel, now: datetime
) -> Reason | None:
    """Why the person is not in the channel's next round, whether they skip it or not."""
    at = channel.next_due_at or now
    own = state(person, membership, channel.round_count + 1, at)
    rules = eligibility.Rules(channel.mode_at(at), channel.settings.guests)
    return eligibility.standing(replace(own, skipping=False), rules)


def other_channels(
    tx: Session, channel: Channel, user_ids: Collection[str]
) -> dict[str, frozenset[str]]:
    """Which other channels each person is in, of those Kettle is in; it knows of no others."""
    found: dict[str, set[str]] = {user_id: set() for user_id in user_ids}
    for other in channels.known(tx, channel.team_id):
        if other.id == channel.id:
            continue
        for user_id, membership in memberships.of_channel(
            tx, Place(channel.team_id, other.id)
        ).items():
            if membership.present and user_id in found:
                found[user_id].add(other.id)
    return {user_id: frozenset(ids) for user_id, ids in found.items()}


def overtaken(services: Services, delivery: Delivery) -> str | None:
    """Why the group is not introduced any more; None where nothing stands in its way.

    One reason for a private list, a pause and a leave, so that nobody can tell one by it.
    """
    if delivery.meeting_id is None:
        return None
    now, team_id = services.clock.now(), delivery.team_id
    with services.db.reading() as tx:
        meeting = meetings.get(tx, team_id, delivery.meeting_id)
        if meeting is None or meeting.channel_id is None or now - meeting.created_at < HELD:
            return None
        if people.blocks(tx, team_id, meeting.user_ids):
            return CHANGED
        for person in people.some(tx, team_id, meeting.user_ids).values():
            here = memberships.get(tx, Place(team_id, meeting.channel_id), person.id)
            if availability.paused(person, now) or here.opted is False or not here.present:
                return CHANGED
    return None
