"""The day before a round, the receipt after it, and silences: what the heartbeat says by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from bot import introductions, participants
from bot.after_delivery import UNREACHABLE
from bot.services import Services
from bot.views import channel_posts, followups, receipts
from core.values import Channel, Meeting, Notice
from storage import channels, deliveries, meetings, memberships, people, rounds

DAY_BEFORE = timedelta(hours=24)
SHORTEST = timedelta(hours=40)  # rounds closer together than this are not announced each time
RECEIPT_PATIENCE = timedelta(hours=2)  # a receipt waits this long for its introductions
SILENCES = 3  # rounds in a row without an answer (P10)


def give_notice(services: Services, channel: Channel) -> None:
    """The notice of the day before, once for each due time (P8)."""
    now, due_at = services.clock.now(), channel.next_due_at
    if due_at is None or channel.noticed_for == due_at or not now < due_at <= now + DAY_BEFORE:
        return
    with services.db.reading() as tx:
        latest = rounds.latest(tx, channel.team_id, channel.id, 1)
    often = bool(latest) and due_at - latest[0].due_at < SHORTEST
    gathering = participants.gather(services, channel, due_at)
    with services.db.transaction() as tx:
        channels.change(tx, channel.team_id, channel.id, noticed_for=due_at)
        if often:
            return
        _lay_notice(tx, channel, gathering.decision.taking_part, due_at, now)
        for user_id in gathering.decision.to_ask:
            until = participants.away_until(gathering.people[user_id], due_at)
            if until is not None:
                key = f"status:{channel.id}:{due_at.isoformat()}:{user_id}"
                payload = channel_posts.status_hint(channel, until, due_at)
                deliveries.put(
                    tx, channel.team_id, key, "status", payload, now, users=[user_id],
                    expires_at=due_at,
                )  # fmt: skip


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
            data = {**held.receipt, "failed": failures(sent)}
            _tell(tx, channel, held, data, now)
            rounds.mark_receipted(tx, held.id)


def failures(sent: list[deliveries.Delivery]) -> list[dict[str, object]]:
    """The introductions that did not arrive, with the cause; re-planned groups do not count."""
    return [
        {"users": list(delivery.users), "cause": delivery.error or "unsure"}
        for delivery in sent
        if delivery.state == "failed" and delivery.error not in UNREACHABLE
    ]


def _tell(
    tx: Session, channel: Channel, held: rounds.Round, data: dict[str, object], now: datetime
) -> None:
    zone = channel.settings.cadence.zone
    if data["groups"]:
        payload = receipts.receipt(channel.id, zone, held.due_at, data)
    else:
        payload = channel_posts.too_few(channel.id, int(str(data.get("present", 0))))
    introductions.tell_hosts(tx, channel, f"receipt:{held.id}", "receipt", payload, now)


def settle(services: Services, channel: Channel) -> None:
    """Close meetings whose time is over; count silences, and ask kindly after three of them."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        for meeting in meetings.unclosed_before(tx, channel.team_id, channel.id, now):
            meetings.change(tx, meeting.id, closed=True)
            for user_id in meeting.user_ids:
                _count_silence(tx, channel, meeting, user_id, now)


def _count_silence(
    tx: Session, channel: Channel, meeting: Meeting, user_id: str, now: datetime
) -> None:
    if meeting.outcome() is not None and meeting.answer_of(user_id) is None:
        return  # somebody answered for the group: that is no silence
    if meeting.answer_of(user_id) is not None:
        return
    silences = people.require(tx, channel.team_id, user_id).unanswered + 1
    standing = memberships.get(tx, channel.team_id, channel.id, user_id)
    people.change(tx, channel.team_id, user_id, unanswered=silences)
    if silences == SILENCES and standing.opted is not False and standing.present:
        key = f"silences:{user_id}:{meeting.id}"
        payload = followups.three_silences(channel.id)
        deliveries.put(tx, channel.team_id, key, "silences", payload, now, users=[user_id])
