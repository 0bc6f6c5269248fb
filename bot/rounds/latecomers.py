"""Somebody who joins after a round began (P12): introduced to who waits, or told when."""

from __future__ import annotations

from datetime import datetime

from bot.meetings import availability
from bot.meetings.second import pool
from bot.platform.services import Services
from bot.rounds.views import notices
from core.values import Channel, Who
from storage.channels import channels
from storage.meetings import meetings
from storage.people import memberships, people
from storage.rounds import rounds


def welcome(services: Services, channel: Channel, user_id: str) -> str | None:
    """What a latecomer reads; None when no round is under way with more than half of it left."""
    now = services.clock.now()
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # of two latecomers at once, the second finds the first
        latest = rounds.latest(tx, channel.place, 1)
        if not latest or not _half_left(latest[0], now):
            return None
        in_round = {u for m in meetings.of_round(tx, latest[0].id) for u in m.user_ids}
        paused = availability.paused(people.require(tx, Who(channel.team_id, user_id)), now)
        if user_id in in_round or channel.next_due_at is None or paused:
            return None
        partner = pool.partner(tx, channel, user_id, now)
        if partner is None:
            memberships.change(tx, channel.place, user_id, waiting_since=now)
            return notices.latecomer_waits(channel.id, channel.next_due_at)
        pool.introduce(tx, channel, latest[0].ends_at, [partner, user_id], now)
    return notices.joined_late(channel)


def _half_left(latest: rounds.Round, now: datetime) -> bool:
    return latest.held_at <= now < latest.held_at + (latest.ends_at - latest.held_at) / 2
