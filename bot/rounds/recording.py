"""Recording a round that was decided: history, messages and receipt in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import introductions
from bot.platform.log import get
from bot.platform.services import Services
from bot.rounds.participants import Gathering
from core.matching import Odd, Plan, credit_changes
from core.receipt import Receipt
from core.values import Channel, Person
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings.meetings import NewMeeting
from storage.outbox import deliveries
from storage.people import memberships, people
from storage.rounds import history, rounds
from storage.rounds.rounds import NewRound

log = get("rounds")
LATE = timedelta(minutes=30)  # a round held so much later is told to be late


@dataclass(frozen=True, slots=True)
class Decision:
    """A round that was decided and not recorded yet."""

    gathering: Gathering
    plan: Plan
    people: Mapping[str, Person]

    def groups(self) -> list[list[Person]]:
        """The people of each group."""
        return [[self.people[user_id] for user_id in group.people] for group in self.plan.groups]


@dataclass(frozen=True, slots=True)
class Times:
    """When a round was due, when it ends, and when the next one is due."""

    due_at: datetime
    ends_at: datetime
    upcoming: datetime | None


def record(
    services: Services, channel: Channel, decision: Decision, times: Times, asked_for: bool = False
) -> bool:
    """Write the round, its meetings and its messages, or nothing.

    False if it is held already, or if what it was decided on has changed since: another round,
    another rhythm. `asked_for`: a host wanted it out of turn; whoever skips the next one still
    does.
    """
    now = services.clock.now()
    team_id, plan = channel.team_id, decision.plan
    with services.db.transaction() as tx:
        fresh = channels.hold(tx, channel.place)
        if fresh is None or not _as_decided(channel, fresh, asked_for):
            return False
        number = fresh.round_count + 1
        new = NewRound(number, times.due_at, now, times.ends_at, plan.seed)
        round_id = rounds.open_round(tx, channel.place, new)
        if round_id is None:
            return False
        if plan.groups:
            _introduce(tx, channel, decision, round_id, new)
        _book(tx, channel, plan)
        _keep_count(tx, channel, plan, number)
        if not asked_for:
            _go_on(tx, channel, times.upcoming)
        late_by = timedelta(0) if asked_for else now - times.due_at
        rounds.keep_receipt(tx, round_id, receipt(decision, number, late_by))
    log.info("round held team=%s channel=%s groups=%d", team_id, channel.id, len(plan.groups))
    return True


def _as_decided(channel: Channel, fresh: Channel, asked_for: bool) -> bool:
    """Whether a beat may go by what it read of the channel; it comes again, and reads anew."""
    if fresh.round_count != channel.round_count:
        return False
    calendars = [(c.settings, c.quiet_until, c.next_due_at) for c in (channel, fresh)]
    return asked_for or calendars[0] == calendars[1]


def receipt(decision: Decision, number: int, late_by: timedelta) -> Receipt:
    """The account of a round."""
    left_out: dict[str, list[str]] = {}
    for user_id, reason in decision.gathering.decision.left_out:
        left_out.setdefault(reason.value, []).append(user_id)
    for left in decision.plan.left_out:
        left_out.setdefault(left.reason.value, []).append(left.person)
    return Receipt(
        number=number,
        groups=tuple(group.people for group in decision.plan.groups),
        odd=tuple(i for i, group in enumerate(decision.plan.groups) if group.odd),
        left_out={reason: tuple(users) for reason, users in left_out.items()},
        late=late_by >= LATE,
        capped=decision.plan.capped,
        present=len(decision.gathering.decision.taking_part),
    )


def _introduce(
    tx: Session, channel: Channel, decision: Decision, round_id: int, new: NewRound
) -> None:
    """The meetings and their introductions, all at once: a large channel has thousands."""
    plan, groups, now = decision.plan, decision.groups(), new.held_at
    prepared = introductions.prepare_many(tx, channel, groups, now, new.ends_at, plan.seed)
    begun = [
        NewMeeting(
            group.people,
            group.organiser,
            created_at=now,
            ends_at=new.ends_at,
            channel_id=channel.id,
            round_id=round_id,
            position=position,
            odd=group.odd,
            why=group.why,
            starter_id=start.starter_id,
            proposals=start.proposals,
        )
        for position, (group, start) in enumerate(zip(plan.groups, prepared, strict=True))
    ]
    numbers = [[person.number for person in group] for group in groups]
    history.pack_round(tx, channel.place, round_id, numbers, now)
    found = meetings.add_many(tx, channel.team_id, begun)
    rows = [
        introductions.introduction(meeting, group, start.begins, round_id)
        for meeting, group, start in zip(found, groups, prepared, strict=True)
    ]
    deliveries.put_new(tx, rows)


def _book(tx: Session, channel: Channel, plan: Plan) -> None:
    """Whose turn it was: organisers, and credit for being in the odd group."""
    organisers = [group.organiser for group in plan.groups]
    changes = credit_changes(plan, Odd(channel.settings.odd))
    people.hold_all(tx, channel.team_id, {*organisers, *changes})
    people.add_organised(tx, channel.team_id, organisers)
    people.add_credit(tx, channel.team_id, changes)


def _keep_count(tx: Session, channel: Channel, plan: Plan, number: int) -> None:
    """Who was introduced, and how many rounds there were; what is proven of the next ones."""
    introduced = [user_id for group in plan.groups for user_id in group.people]
    memberships.introduced(tx, channel.place, introduced, number)
    kept = plan.kept.to_json() if plan.kept else None
    channels.change(tx, channel.place, round_count=number, kept=kept)


def _go_on(tx: Session, channel: Channel, upcoming: datetime | None) -> None:
    """The round that was due is held: nobody skips it any more, and the next one comes."""
    memberships.clear_skips(tx, channel.place)
    channels.change(tx, channel.place, next_due_at=upcoming)
