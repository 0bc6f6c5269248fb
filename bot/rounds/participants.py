"""Who takes part in a round: Slack's member list, refreshed flags, and each person's choices."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability
from bot.platform import directory
from bot.platform.log import get
from bot.platform.services import Services
from bot.rounds import keys
from bot.rounds.views import notices
from core import eligibility
from core.eligibility import Participation, PersonState, Reason
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Membership, Person, Place, TakingPart
from storage.channels import channels
from storage.outbox import deliveries
from storage.people import memberships, people

log = get("participants")
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

    Returns those who are new in the channel; they are told, where everyone takes part. Raises
    SlackRefused, as Slack would for a private channel, when the bot is not in it any more.
    """
    present = directory.look(services, channel)
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)
        new = memberships.reconcile(tx, channel.place, present)
        tell_newcomers(tx, channel, new, services.clock.now())
        return new


def tell_newcomers(tx: Session, channel: Channel, user_ids: Iterable[str], now: datetime) -> None:
    """Whoever is new where everyone takes part is told, once: nobody is enrolled silently (P6)."""
    if not channel.started or channel.settings.taking_part is not TakingPart.EVERYONE:
        return
    for user_id, person in people.some(tx, channel.team_id, user_ids).items():
        standing = memberships.get(tx, channel.place, user_id)
        closed_to = person.stranger or (person.guest and not channel.settings.guests)
        if standing.opted is None and not (person.is_bot or person.deleted or closed_to):
            key = keys.newcomer(channel, user_id)
            payload = notices.newcomer(channel, user_id, first_unasked(channel, now))
            told = Outgoing(
                channel.team_id, key, DeliveryKind.NEWCOMER, payload, now, users=(user_id,)
            )
            if deliveries.put(tx, told) is not None:
                memberships.change(tx, channel.place, user_id, told_at=now)


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
