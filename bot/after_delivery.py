"""What follows a delivery: a meeting learns its place; a group that Slack refuses is re-planned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

from bot import introductions
from bot.log import get
from bot.services import Services
from bot.slack import SlackRefused
from core.values import Channel, Meeting
from storage import channels, deliveries, history, meetings, people, rounds
from storage.deliveries import Delivery

log = get("delivery")
# conversations.open fails as a whole when one of the people cannot be reached.
UNREACHABLE = {
    "user_disabled", "user_not_found", "user_not_visible", "invalid_user_combination",
    "cannot_dm_bot", "users_list_not_supplied", "not_enough_users",
}  # fmt: skip


def note(tx: Session, delivery: Delivery, channel: str, ts: str) -> None:
    """The message is in Slack: remember where, for what is said in that place later."""
    if delivery.kind == "introduction" and delivery.meeting_id is not None:
        meetings.change(tx, delivery.meeting_id, conversation_id=channel, message_ts=ts)
    elif delivery.kind in _NOTERS:
        _NOTERS[delivery.kind](tx, delivery, channel, ts)


Noter = Callable[[Session, Delivery, str, str], None]
_NOTERS: dict[str, Noter] = {}


def when_sent(kind: str, noter: Noter) -> None:
    """Call `noter(tx, delivery, channel, ts)` in the transaction that marks such a message sent."""
    _NOTERS[kind] = noter


def replan(services: Services, delivery: Delivery, code: str) -> None:
    """Somebody cannot be reached: find them, and introduce the others all the same."""
    assert delivery.meeting_id is not None
    gone = _unreachable(services, delivery)
    with services.db.transaction() as tx:
        deliveries.fail(tx, delivery.id, code)
        meeting = meetings.get(tx, delivery.team_id, delivery.meeting_id)
        if meeting is None or not gone:
            return
        for user_id in gone:
            people.change(tx, delivery.team_id, user_id, deleted=True)
        left = [user_id for user_id in meeting.user_ids if user_id not in gone]
        _regroup(services, tx, meeting, gone, left, code)
    log.warning("group re-planned meeting=%s error=%s", delivery.meeting_id, code)


def _unreachable(services: Services, delivery: Delivery) -> list[str]:
    slack = services.slack(delivery.team_id)
    gone = []
    for user_id in delivery.users:
        try:
            seen = slack.person(user_id)
        except SlackRefused:
            gone.append(user_id)
            continue
        if seen.columns["deleted"] or seen.columns["is_bot"]:
            gone.append(user_id)
    return gone


def _regroup(
    services: Services,
    tx: Session,
    meeting: Meeting,
    gone: list[str],
    left: list[str],
    code: str,
) -> None:
    now = services.clock.now()
    channel = channels.get(tx, meeting.team_id, meeting.channel_id or "")
    deliveries.cancel_for_meeting(tx, meeting.id, ("ask", "nudge"))
    meetings.drop(tx, meeting.id, gone)
    target = meeting.id
    if len(left) == 1:
        host = _hosting(tx, meeting, left[0])
        meetings.change(tx, meeting.id, closed=True)
        if host is None:
            left = []
        else:
            meetings.drop(tx, meeting.id, left)
            meetings.join(tx, host.id, left[0])
            deliveries.cancel_for_meeting(tx, host.id, ("introduction", "ask", "nudge"))
            target = host.id
    changed = meetings.get(tx, meeting.team_id, target)
    if changed and len(left) and channel:
        _introduce_again(tx, channel, changed, now, gone)
    _note_in_receipt(tx, meeting, gone, changed if left else None, code)


def _hosting(tx: Session, meeting: Meeting, lonely: str) -> Meeting | None:
    """The group of the same round that takes in somebody whose partner cannot be reached."""
    round_id = meetings.round_of(tx, meeting.id)
    if round_id is None:
        return None
    choices = []
    for other in meetings.of_round(tx, round_id):
        blocked = people.blocks(tx, meeting.team_id, [lonely, *other.user_ids])
        if other.id == meeting.id or other.closed or any(lonely in pair for pair in blocked):
            continue
        met = meetings.times_together(tx, meeting.team_id, lonely, other.user_ids)
        choices.append((other.conversation_id is not None, met, len(other.people), other.id))
    if not choices:
        return None
    return meetings.get(tx, meeting.team_id, min(choices)[-1])


def _introduce_again(
    tx: Session, channel: Channel, meeting: Meeting, now: datetime, gone: list[str]
) -> None:
    members = list(people.some(tx, meeting.team_id, meeting.user_ids).values())
    meeting = introductions.prepare(tx, meeting, members, channel)
    again = f":without:{','.join(sorted(gone))}"
    introductions.lay_introduction(tx, meeting, members, now, again)
    introductions.lay_follow_ups(tx, channel, meeting, now)
    round_id = meetings.round_of(tx, meeting.id)
    if round_id is not None:
        history.rewrite(tx, round_id)


def _note_in_receipt(
    tx: Session, meeting: Meeting, gone: list[str], now: Meeting | None, code: str
) -> None:
    round_id = meetings.round_of(tx, meeting.id)
    found = rounds.get(tx, round_id) if round_id is not None else None
    if found is None:
        return
    regrouped = [
        {"gone": user_id, "cause": code, "now": list(now.user_ids) if now else []}
        for user_id in gone
    ]
    groups = [list(m.user_ids) for m in meetings.of_round(tx, found.id) if len(m.people) > 1]
    receipt = {**found.receipt, "groups": groups, "odd": []}
    receipt["replanned"] = [*found.receipt.get("replanned", []), *regrouped]
    rounds.keep_receipt(tx, found.id, receipt)
