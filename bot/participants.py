"""Who takes part in a round: Slack's member list, refreshed flags, and each person's choices."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import newcomers, zones
from bot.log import get
from bot.services import Services
from bot.slack import Seen, SlackBusy, SlackRefused
from core import eligibility
from core.eligibility import Participation, PersonState
from core.slots import WorkingHours, overlap_mask
from core.values import Channel, Hours, Membership, Person
from storage import channels, memberships, people

log = get("participants")
FRESH = timedelta(hours=6)  # how old Slack's word on a person may be when a round is held
ONE_BY_ONE = 40  # above this many unknown people, the whole list is read in pages instead
AT_ONCE = 10  # what was learned of so many people is kept, whatever happens next


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
    present = look(services, channel)
    with services.db.transaction() as tx:
        new = memberships.reconcile(tx, channel.team_id, channel.id, present)
        newcomers.tell(tx, channel, new, services.clock.now())
        return new


def look(services: Services, channel: Channel) -> list[str]:
    """Slack's member list; its word on each person is kept, the list is not.

    Raises SlackRefused when the bot is not in the channel any more.
    """
    present = services.slack(channel.team_id).members(channel.id)
    with services.db.reading() as tx:
        bot = people.bot_user_id(tx, channel.team_id)
    if bot and bot not in present:
        raise SlackRefused("not_in_channel")
    _refresh(services, channel.team_id, present)
    return present


def _refresh(services: Services, team_id: str, user_ids: list[str]) -> None:
    now = services.clock.now()
    with services.db.reading() as tx:
        stale = people.stale(tx, team_id, user_ids, now - FRESH)
    try:
        for part in _ask(services, team_id, stale):
            with services.db.transaction() as tx:
                people.refresh(tx, team_id, {seen.id: seen.columns for seen in part}, now)
    except SlackBusy:
        with services.db.reading() as tx:
            known = people.some(tx, team_id, user_ids)
        if not known.keys() >= set(user_ids):
            raise  # the heartbeat comes again, and goes on where this one stopped
        log.warning("slack is busy: went on with what is known team=%s", team_id)


def gather(
    services: Services, channel: Channel, at: datetime, present: Collection[str] | None = None
) -> Gathering:
    """Decide who takes part in a round held at `at`, from what is stored.

    With `present`, these people are in the channel, whatever is stored about that.
    """
    with services.db.reading() as tx:
        members = memberships.of_channel(tx, channel.team_id, channel.id)
        if present is not None:
            members |= {u: Membership(channel.id, u) for u in present if u not in members}
            there = set(present)
            members = {u: replace(m, present=u in there) for u, m in members.items()}
        known = people.some(tx, channel.team_id, members)
    on = at.astimezone(ZoneInfo(channel.settings.cadence.zone)).date()
    states = [
        state(known[user_id], membership, channel.round_count + 1, at)
        for user_id, membership in members.items()
        if user_id in known
    ]
    rules = eligibility.Rules(on, channel.settings.taking_part, channel.settings.guests)
    return Gathering(known, members, eligibility.who_takes_part(states, rules))


def state(person: Person, membership: Membership, round_number: int, at: datetime) -> PersonState:
    """What the decision on one person rests on."""
    last = membership.last_round
    return PersonState(
        id=person.id,
        is_bot=person.is_bot,
        deleted=person.deleted,
        left_channel=not membership.present,
        stranger=person.stranger,
        guest=person.guest,
        opted=membership.opted,
        paused_until=person.paused_until,
        skipping=membership.skipping,
        away_until=away_until(person, at),
        obeys_status=person.obeys_status,
        pace=person.pace,
        rounds_since_last=None if last is None else round_number - last,
    )


def away_until(person: Person, at: datetime) -> date | None:
    """The first day back that the Slack status hints at, in the person's own zone."""
    expires = int(person.status_until.timestamp()) if person.status_until else 0
    now = at.astimezone(ZoneInfo(zones.known(person.zone)))
    return eligibility.away_hint(person.status_emoji, person.status_text, expires, now)


def other_channels(
    tx: Session, channel: Channel, user_ids: Collection[str]
) -> dict[str, frozenset[str]]:
    """Which other channels each person is in, of those Kettle is in; it knows of no others."""
    found: dict[str, set[str]] = {user_id: set() for user_id in user_ids}
    for other in channels.known(tx, channel.team_id):
        if other.id == channel.id:
            continue
        for user_id, membership in memberships.of_channel(tx, channel.team_id, other.id).items():
            if membership.present and user_id in found:
                found[user_id].add(other.id)
    return {user_id: frozenset(ids) for user_id, ids in found.items()}


def hours_mask(person: Person, on: date) -> int:
    """The person's working half hours of that UTC date, for the matcher."""
    return _mask(person.hours, person.zone, on)


@lru_cache(maxsize=4096)
def _mask(hours: Hours, zone: str, on: date) -> int:
    return overlap_mask(WorkingHours.of(hours, zones.known(zone)), on)


def is_channel_known(services: Services, team_id: str, channel_id: str) -> Channel | None:
    """The channel, if Kettle is in it now."""
    with services.db.reading() as tx:
        found = channels.get(tx, team_id, channel_id)
    return found if found and found.active else None


def meet(services: Services, team_id: str, user_id: str) -> Person:
    """The person as stored; Slack is asked about somebody new."""
    with services.db.reading() as tx:
        found = people.get(tx, team_id, user_id)
    if found is not None:
        return found
    seen = services.slack(team_id).person(user_id)
    with services.db.transaction() as tx:
        people.refresh(tx, team_id, {user_id: seen.columns}, services.clock.now())
        return people.require(tx, team_id, user_id)


def _ask(services: Services, team_id: str, user_ids: set[str]) -> Iterator[list[Seen]]:
    """Slack's word on these people, in parts."""
    missing = set(user_ids)
    if len(missing) > ONE_BY_ONE:
        for page in services.slack(team_id).people():
            if found := [seen for seen in page if seen.id in missing]:
                missing -= {seen.id for seen in found}
                yield found
    rest = sorted(missing)  # people of other workspaces are not in the list
    for i in range(0, len(rest), AT_ONCE):
        yield [_one(services, team_id, user_id) for user_id in rest[i : i + AT_ONCE]]


def _one(services: Services, team_id: str, user_id: str) -> Seen:
    try:
        return services.slack(team_id).person(user_id)
    except SlackRefused as refusal:
        if refusal.code not in {"user_not_found", "user_not_visible"}:
            raise
        return Seen(user_id, is_admin=False, columns={"deleted": True})
