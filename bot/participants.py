"""Who takes part in a round: Slack's member list, refreshed flags, and each person's choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import zones
from bot.services import Services
from bot.slack import Seen, SlackRefused
from core import eligibility
from core.eligibility import Participation, PersonState
from core.slots import WorkingHours, overlap_mask
from core.values import Channel, Membership, Person
from storage import channels, memberships, people

FRESH = timedelta(hours=6)  # how old Slack's word on a person may be when a round is held
ONE_BY_ONE = 40  # above this many unknown people, the whole list is read in pages instead


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


def reconcile(services: Services, channel: Channel) -> None:
    """Take over Slack's member list and its word on each person; events can be lost."""
    slack = services.slack(channel.team_id)
    present = slack.members(channel.id)
    now = services.clock.now()
    with services.db.reading() as tx:
        stale = people.stale(tx, channel.team_id, present, now - FRESH)
    fresh = {seen.id: seen.columns for seen in _ask(services, channel.team_id, stale)}
    with services.db.transaction() as tx:
        people.refresh(tx, channel.team_id, fresh, now)
        memberships.reconcile(tx, channel.team_id, channel.id, present)


def gather(services: Services, channel: Channel, at: datetime) -> Gathering:
    """Decide who takes part in a round held at `at`, from what is stored."""
    with services.db.reading() as tx:
        members = memberships.of_channel(tx, channel.team_id, channel.id)
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


def hours_mask(person: Person, on: date) -> int:
    """The person's working half hours of that UTC date, for the matcher."""
    return overlap_mask(WorkingHours.of(person.hours, zones.known(person.zone)), on)


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


def _ask(services: Services, team_id: str, user_ids: set[str]) -> Iterable[Seen]:
    slack = services.slack(team_id)
    if len(user_ids) <= ONE_BY_ONE:
        return [seen for user_id in sorted(user_ids) if (seen := _one(services, team_id, user_id))]
    found = {seen.id: seen for seen in slack.people() if seen.id in user_ids}
    missing = sorted(user_ids - found.keys())  # people of other workspaces are not in the list
    found.update((i, s) for i in missing if (s := _one(services, team_id, i)))
    return found.values()


def _one(services: Services, team_id: str, user_id: str) -> Seen | None:
    try:
        return services.slack(team_id).person(user_id)
    except SlackRefused as refusal:
        if refusal.code not in {"user_not_found", "user_not_visible"}:
            raise
        return Seen(user_id, is_admin=False, columns={"deleted": True})
