"""The day before a round, the receipt after it, and silences: what the heartbeat says by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import introductions, participants
from bot.services import Services
from bot.views import channel_posts, followups, receipts
from core.matching import Reason
from core.values import Channel, Meeting, Notice, Person
from storage import channels, deliveries, meetings, memberships, people, rounds

DAY_BEFORE = timedelta(hours=24)
SHORTEST = timedelta(hours=40)  # rounds closer together than this are not announced each time
RECEIPT_PATIENCE = timedelta(hours=2)  # a receipt waits this long for its introductions
WITHOUT = (Reason.SITS_OUT, Reason.ALONE, Reason.NO_PARTNER)
SILENCES = 3  # rounds in a row without an answer (P10)


def give_notice(services: Services, channel: Channel) -> None:
    """The notice of the day before, once for each due time (P8)."""
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or channel.noticed_for == due_at or not now < due_at <= now + DAY_BEFORE:
        return
    with services.db.reading() as tx:
        redundant = _knows_already(tx, channel, due_at, now)
    gathering = participants.gather(services, channel, due_at)
    with services.db.transaction() as tx:
        channels.change(tx, channel.team_id, channel.id, noticed_for=due_at)
        if not redundant and gathering.decision.taking_part:
            _lay_notice(tx, channel, gathering.decision.taking_part, due_at, now)
        for user_id in gathering.decision.to_ask:
            _ask_about_status(tx, channel, gathering.people[user_id], due_at, now)


def _knows_already(tx: Session, channel: Channel, due_at: datetime, now: datetime) -> bool:
    """Rounds come every day or so, or the channel has just been told of the first one."""
    latest = rounds.latest(tx, channel.team_id, channel.id, 1)
    if latest:
        return due_at - latest[0].due_at < SHORTEST
    mode = channel.settings.taking_part.value
    opening = deliveries.by_key(tx, channel.team_id, f"opening:{channel.id}:{mode}:0")
    return opening is not None and opening.due_at > now - DAY_BEFORE


def _ask_about_status(
    tx: Session, channel: Channel, person: Person, due_at: datetime, now: datetime
) -> None:
    until = participants.away_until(person, due_at)
    if until is None:
        return
    # Once for each absence, however many rounds and channels it touches.
    key = f"status:{person.id}:{until.isoformat()}"
    payload = channel_posts.status_hint(channel, until, due_at)
    deliveries.put(
        tx, channel.team_id, key, "status", payload, now, users=[person.id], expires_at=due_at
    )


def _lay_notice(
    tx: Session, channel: Channel, user_ids: tuple[str, ...], due_at: datetime, now: datetime
) -> None:
    key = f"notice:{channel.id}:{due_at.isoformat()}"
    if channel.settings.notice is Notice.CHANNEL:
        payload = channel_posts.day_before(channel, due_at)
        deliveries.put(
            tx, channel.team_id, key, "notice", payload, now, channel_id=channel.id,
            expires_at=due_at,
        )  # fmt: skip
    elif channel.settings.notice is Notice.DM:
        payload = channel_posts.day_before_to(channel, due_at)
        for user_id in user_ids:
            deliveries.put(
                tx, channel.team_id, f"{key}:{user_id}", "notice", payload, now,
                users=[user_id], expires_at=due_at,
            )  # fmt: skip


def send_receipts(services: Services, channel: Channel) -> None:
    """Tell the hosts what a round did, once its introductions are out (P15)."""
    now = services.clock.now()
    with services.db.reading() as tx:
        open_rounds = rounds.unreceipted(tx, channel.team_id, channel.id)
    for held in open_rounds:
        with services.db.transaction() as tx:
            sent = deliveries.of_round(tx, held.id, "introduction")
            waiting = any(delivery.state == "waiting" for delivery in sent)
            if waiting and now - held.held_at < RECEIPT_PATIENCE:
                continue
            late = sum(delivery.state == "waiting" for delivery in sent)
            data = {**held.receipt, "failed": failures(sent), "on_their_way": late}
            _tell_those_without(tx, channel, held, now)
            _tell(tx, channel, held, data, now)
            rounds.mark_receipted(tx, held.id)


def failures(sent: list[deliveries.Delivery]) -> list[dict[str, object]]:
    """The introductions that did not arrive, with the cause; re-planned groups do not count."""
    return [
        {"users": list(delivery.users), "cause": delivery.error or "unsure"}
        for delivery in sent
        if delivery.state == "failed"
    ]


def _tell(
    tx: Session, channel: Channel, held: rounds.Round, data: dict[str, object], now: datetime
) -> None:
    zone = channel.settings.cadence.zone
    if data["groups"] or data.get("replanned"):
        payload = receipts.receipt(channel.id, zone, held.due_at, data)
    else:
        payload = channel_posts.too_few(channel.id, int(str(data.get("present", 0))))
    introductions.tell_hosts(tx, channel, f"receipt:{held.id}", "receipt", payload, now)


def _tell_those_without(tx: Session, channel: Channel, held: rounds.Round, now: datetime) -> None:
    """Nobody is forgotten: who was there and is in no group hears it, whatever the cause was."""
    payload = channel_posts.no_introduction(channel)
    for reason in WITHOUT:
        for user_id in held.receipt["left_out"].get(reason.value, ()):
            key = f"without:{held.id}:{user_id}"
            deliveries.put(tx, channel.team_id, key, "without", payload, now, users=[user_id])


def settle(services: Services, channel: Channel) -> None:
    """Close meetings whose time is over; count silences, and ask kindly after three of them."""
    now = services.clock.now()
    with services.db.reading() as tx:
        if not meetings.unclosed_before(tx, channel.team_id, channel.id, now):
            return
    with services.db.transaction() as tx:
        over = meetings.unclosed_before(tx, channel.team_id, channel.id, now)
        for meeting in over:
            meetings.change(tx, meeting.id, closed=True)
            if meeting.conversation_id is not None and meeting.outcome() is None:
                # An introduction that never arrived is nobody's silence, and one answer is
                # enough for a group.
                for user_id in meeting.user_ids:
                    _count_silence(tx, channel, meeting, user_id, now)


def _count_silence(
    tx: Session, channel: Channel, meeting: Meeting, user_id: str, now: datetime
) -> None:
    person = people.require(tx, channel.team_id, user_id)
    standing = memberships.get(tx, channel.team_id, channel.id, user_id)
    paused = person.paused_until is not None and now.date() < person.paused_until
    if person.deleted or paused or standing.opted is False or not standing.present:
        return  # gone, on a break, or out by their own wish
    people.change(tx, channel.team_id, user_id, unanswered=person.unanswered + 1)
    if person.unanswered + 1 == SILENCES:
        key = f"silences:{user_id}:{meeting.id}"
        payload = followups.three_silences(channel.id)
        deliveries.put(tx, channel.team_id, key, "silences", payload, now, users=[user_id])
