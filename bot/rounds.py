"""Holding a round: read, decide, record; what was recorded is spoken later by the outbox."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import closed_days, introductions, participants
from bot.errors import NobodyAvailable
from bot.log import get
from bot.participants import Gathering
from bot.services import Services
from core.cadence import Closed, missed, next_dates, next_due
from core.matching import (
    Candidate,
    Group,
    History,
    KeptPlan,
    Odd,
    Plan,
    Preferences,
    Rules,
    forecast,
    plan_round,
)
from core.values import Channel, Person
from storage import channels, history, meetings, memberships, people, rounds

log = get("rounds")
LATE = timedelta(days=1)  # a round missed by less than this is held late, once
FALLBACK_LENGTH = timedelta(days=7)  # of a round after which none is planned


@dataclass(frozen=True, slots=True)
class Decision:
    """A round that was decided and not recorded yet."""

    gathering: Gathering
    plan: Plan
    people: Mapping[str, Person]


def closed_dates(channel: Channel) -> Closed:
    """The dates on which the channel holds no round: holidays and blackout dates."""
    settings = channel.settings
    return closed_days.closed_dates(settings.country, settings.subdivision, settings.blackout)


def due_after(channel: Channel, after: datetime) -> datetime | None:
    """When the channel's next round is due; slower while it is under pressure (C10)."""
    due = next_due(channel.settings.cadence, after, closed_dates(channel))
    if due and channel.quiet_until and due.date() < channel.quiet_until:
        return next_due(channel.settings.cadence, due, closed_dates(channel))  # every second one
    return due


def run_due(services: Services, channel: Channel) -> None:
    """Hold the channel's round if it is due: on time, late once, or not at all when too late."""
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or due_at > now:
        return
    newest = missed(channel.settings.cadence, due_at - timedelta(seconds=1), now)
    due_at = max(due_at, newest) if newest else due_at
    if now - due_at >= LATE:
        with services.db.transaction() as tx:
            channels.change(tx, channel.team_id, channel.id, next_due_at=due_after(channel, now))
            introductions.tell_hosts_missed(tx, channel, due_at, now)
        log.warning("round skipped, too late team=%s channel=%s", channel.team_id, channel.id)
        return
    hold_round(services, channel, due_at)


def run_now(services: Services, channel: Channel) -> int:
    """Hold a round at once because a host asked; returns its number of groups.

    Raises NobodyAvailable when there are not two people to introduce.
    """
    decision = decide(services, channel, services.clock.now(), seed=_seed())
    if not decision.plan.groups:
        raise NobodyAvailable(count=len(decision.gathering.taking_part))
    record(services, channel, decision, services.clock.now(), asked_for=True)
    return len(decision.plan.groups)


def hold_round(services: Services, channel: Channel, due_at: datetime) -> None:
    """One pairing of one channel at one due time. Holding it again does nothing."""
    decision = decide(services, channel, services.clock.now(), seed=_seed())
    record(services, channel, decision, due_at)


def decide(services: Services, channel: Channel, at: datetime, seed: int) -> Decision:
    """Read Slack and the history, and plan; nothing is written but Slack's member list."""
    participants.reconcile(services, channel)
    gathering = participants.gather(services, channel, at)
    with services.db.transaction() as tx:
        history.repack(tx, channel.team_id)
    with services.db.reading() as tx:
        user_ids = gathering.decision.taking_part
        past = History(
            numbers={person.id: person.number for person in gathering.taking_part},
            rounds=history.load(tx, channel.team_id, channel.id),
            kept=_kept(channels.kept_plan(tx, channel.team_id, channel.id)),
        )
        rules = Rules(
            size=channel.settings.size,
            odd=Odd(channel.settings.odd),
            blocks=people.blocks(tx, channel.team_id, user_ids),
            prefer=Preferences(**channel.settings.prefer),
        )
    candidates = [candidate(person, at) for person in gathering.taking_part]
    plan = plan_round(candidates, past, rules, seed)
    return Decision(gathering, plan, gathering.people)


def candidate(person: Person, at: datetime) -> Candidate:
    """A person as the matcher sees them."""
    return Candidate(
        id=person.id,
        team=person.team,
        hours=participants.hours_mask(person, at.date()),
        mode=person.mode,
        size=person.size,
        credit=person.credit,
        organised=person.organised,
    )


def record(
    services: Services,
    channel: Channel,
    decision: Decision,
    due_at: datetime,
    asked_for: bool = False,
) -> bool:
    """Write the round, its meetings and its messages, or nothing; False if it is held already."""
    now = services.clock.now()
    upcoming = channel.next_due_at if asked_for else due_after(channel, now)
    ends_at = upcoming or now + FALLBACK_LENGTH
    number = channel.round_count + 1
    team_id, plan = channel.team_id, decision.plan
    with services.db.transaction() as tx:
        round_id = rounds.open_round(
            tx, team_id, channel.id, number, due_at, now, ends_at, plan.seed
        )
        if round_id is None:
            return False
        for position, group in enumerate(plan.groups):
            _record_group(tx, channel, decision, group, round_id, position, now, ends_at)
        numbers = [[decision.people[u].number for u in g.people] for g in plan.groups]
        if numbers:
            history.pack(tx, team_id, numbers, now, channel_id=channel.id, round_id=round_id)
        _book(tx, team_id, plan)
        _settle_channel(tx, channel, plan, number, upcoming)
        rounds.keep_receipt(tx, round_id, receipt(decision, number, now - due_at))
    log.info("round held team=%s channel=%s groups=%d", team_id, channel.id, len(plan.groups))
    return True


def receipt(decision: Decision, number: int, late_by: timedelta) -> dict[str, Any]:
    """The account of a round as plain data; names only where they are not private."""
    left_out: dict[str, list[str]] = {}
    for user_id, reason in decision.gathering.decision.left_out:
        left_out.setdefault(reason.value, []).append(user_id)
    for left in decision.plan.left_out:
        left_out.setdefault(left.reason.value, []).append(left.person)
    return {
        "number": number,
        "groups": [list(group.people) for group in decision.plan.groups],
        "odd": [i for i, group in enumerate(decision.plan.groups) if group.odd],
        "left_out": left_out,
        "late": late_by >= timedelta(minutes=30),
        "capped": decision.plan.capped,
        "present": len(decision.gathering.decision.taking_part),
    }


def preview(services: Services, channel: Channel) -> dict[str, Any]:
    """A dry run with a forecast: nothing is sent, no round is stored (P14)."""
    now = services.clock.now()
    decision = decide(services, channel, now, seed=_seed())
    data = receipt(decision, channel.round_count + 1, timedelta(0))
    present = len(decision.gathering.decision.taking_part)
    rules = Rules(size=channel.settings.size, odd=Odd(channel.settings.odd))
    rounds_needed = forecast(present, rules) if present > 1 else None
    dates = next_dates(channel.settings.cadence, now, 5, closed_dates(channel))
    return {**data, "rounds_needed": rounds_needed, "dates": dates}


def _record_group(
    tx: Session,
    channel: Channel,
    decision: Decision,
    group: Group,
    round_id: int,
    position: int,
    now: datetime,
    ends_at: datetime,
) -> None:
    members = [decision.people[user_id] for user_id in group.people]
    meeting = meetings.add(
        tx,
        channel.team_id,
        group.people,
        created_at=now,
        ends_at=ends_at,
        organiser=group.organiser,
        channel_id=channel.id,
        round_id=round_id,
        position=position,
        odd=group.odd,
        why=[asdict(pair) for pair in group.why],
    )
    introductions.introduce(tx, channel, meeting, members, now)


def _book(tx: Session, team_id: str, plan: Plan) -> None:
    """Whose turn it was: organisers, and credit for being in the odd group."""
    for group in plan.groups:
        organiser = people.require(tx, team_id, group.organiser)
        people.change(tx, team_id, group.organiser, organised=organiser.organised + 1)
    everyone = [user_id for group in plan.groups for user_id in group.people]
    in_odd = {user_id for group in plan.groups if group.odd for user_id in group.people}
    in_odd |= {left.person for left in plan.left_out if left.reason == "sits_out"}
    present = sorted({*everyone, *in_odd})
    if in_odd:
        share = len(in_odd) / len(present)
        people.add_credit(tx, team_id, {u: (u in in_odd) - share for u in present})


def _settle_channel(
    tx: Session, channel: Channel, plan: Plan, number: int, upcoming: datetime | None
) -> None:
    introduced = [user_id for group in plan.groups for user_id in group.people]
    memberships.introduced(tx, channel.team_id, channel.id, introduced, number)
    channels.change(
        tx,
        channel.team_id,
        channel.id,
        next_due_at=upcoming,
        round_count=number,
        kept=plan.kept.to_json() if plan.kept else None,
    )


def _kept(text: str | None) -> KeptPlan | None:
    return KeptPlan.from_json(text) if text else None


def _seed() -> int:
    # Chance enters here and nowhere else; the seed is stored with the round, to replay it.
    return random.SystemRandom().randrange(2**31)


def latest_receipts(services: Services, channel: Channel, count: int) -> Sequence[rounds.Round]:
    """The channel's newest rounds with their receipts."""
    with services.db.reading() as tx:
        return rounds.latest(tx, channel.team_id, channel.id, count)
