"""What follows a delivery: a meeting learns its place; a group that Slack refuses is re-planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import introductions, times
from bot.meetings import keys as meeting_keys
from bot.meetings.plans import agreeing
from bot.meetings.views import impromptu as impromptu_view
from bot.meetings.views import introductions as view
from bot.outbox.policy import Posted
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import SlackRefused
from bot.rounds import keys, latecomers, telling
from bot.rounds.views import notices, receipts
from core.outbox.kinds import DeliveryKind
from core.receipt import Failed, Regrouped
from core.values import Channel, Meeting, MeetingKind, Place, Who
from storage.channels import channels
from storage.meetings import meetings, queue, searches
from storage.outbox import deliveries, endings
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people
from storage.rounds import history, rounds

log = get("delivery")
# conversations.open fails as a whole when one of the people cannot be reached.
UNREACHABLE = {
    "user_disabled", "user_not_found", "user_not_visible", "invalid_user_combination",
    "cannot_dm_bot", "users_list_not_supplied", "not_enough_users",
}  # fmt: skip
GONE = {"user_not_found", "user_not_visible"}  # Slack's answers about one person
QUEUED_AGAIN = timedelta(minutes=15)


def arrived(services: Services, tx: Session, delivery: Delivery, posted: Posted) -> None:
    """The people were introduced: from now on it makes sense to ask what became of it."""
    if delivery.meeting_id is None:
        return
    meeting = meetings.hold(tx, delivery.team_id, delivery.meeting_id)
    if meeting is None:
        return
    now, where, ts = services.clock.now(), posted.channel, posted.ts or None
    for before in endings.open_of_meeting(tx, meeting.id, DeliveryKind.INTRODUCTION):
        endings.end(tx, before, now)  # the group was changed, and is introduced anew
    meetings.change(tx, meeting.id, conversation_id=where, message_ts=ts)
    meeting = replace(meeting, conversation_id=where, message_ts=ts)
    introductions.lay_follow_ups(tx, meeting, now)
    if meeting.agreed_at is not None:  # they were quicker than Slack's answer to us
        agreeing.confirm(tx, meeting, meeting.agreed_at, now)


def doubted(services: Services, tx: Session, delivery: Delivery, cause: str) -> None:
    """Nobody knows whether the introduction is there: nobody is asked about it, the hosts hear.

    It counts as a meeting until somebody has looked: a pair too many in the history costs less
    than introducing two people again next time as if for the first.
    """
    if delivery.meeting_id is None:
        return
    meeting = _hold(tx, delivery)
    round_id = meetings.round_of(tx, delivery.meeting_id)
    if meeting is None or round_id is None or not rounds.was_receipted(tx, round_id):
        return  # the receipt says so
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    if channel:
        payload = receipts.doubted_later(channel.id, Failed(meeting.user_ids, cause))
        key, now = keys.doubted(delivery.id), services.clock.now()
        telling.tell_hosts(tx, channel, key, DeliveryKind.RECEIPT, payload, now)


def lost(services: Services, tx: Session, delivery: Delivery, cause: str) -> None:
    """An introduction was given up: it never was, so nobody is asked and no pair is used up."""
    if delivery.meeting_id is None:
        return
    meeting = _hold(tx, delivery)
    if meeting is None:
        return
    meetings.drop(tx, meeting.id, meeting.user_ids)
    meetings.change(tx, meeting.id, closed=True)
    round_id = meetings.round_of(tx, meeting.id)
    now = services.clock.now()
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    searches.reopen(tx, meeting.id)
    deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.HAND_WISH,))
    _tell_each(tx, meeting, channel, now)
    if round_id is None:
        history.remove(tx, meeting.id)
        return
    history.rewrite(tx, round_id)
    if channel and rounds.was_receipted(tx, round_id):
        payload = receipts.failed_later(channel.id, Failed(meeting.user_ids, cause))
        key = keys.failed(delivery.id)
        telling.tell_hosts(tx, channel, key, DeliveryKind.RECEIPT, payload, now)


def _hold(tx: Session, delivery: Delivery) -> Meeting | None:
    """The meeting of an introduction, with its channel: its round and receipt change with it."""
    assert delivery.meeting_id is not None
    planned = meetings.get(tx, delivery.team_id, delivery.meeting_id)
    if planned is None:
        return None
    if planned.channel_id is not None:
        channels.hold(tx, Place(planned.team_id, planned.channel_id))
    round_id = meetings.round_of(tx, planned.id)
    if round_id is not None:  # whoever is left alone may join any group of the round
        meetings.hold_round(tx, round_id)
    meeting = meetings.hold(tx, planned.team_id, planned.id)
    history.hold(tx, planned.id, round_id)
    return meeting


def _tell_each(tx: Session, meeting: Meeting, channel: Channel | None, now: datetime) -> None:
    """Their group conversation could not be had; each of them alone may still hear it."""
    if meeting.kind is MeetingKind.CHECK_IN:
        payload = view.not_together()
    else:
        payload = notices.no_introduction(channel) if channel else impromptu_view.expired()
    for user_id in meeting.user_ids:
        if channel and latecomers.is_out(tx, channel, user_id, now):
            continue  # they have chosen to be, and are in no next one
        key = meeting_keys.never(meeting, user_id)
        deliveries.put(
            tx, latecomers.word(meeting, key, DeliveryKind.WITHOUT, payload, user_id, now)
        )
        if channel:
            memberships.change(tx, channel.place, user_id, waiting_since=now)


# -- somebody cannot be reached -----------------------------------------------


def replan(services: Services, delivery: Delivery, code: str) -> bool:
    """Find whom Slack refuses, and introduce the others all the same; False: found nobody."""
    if delivery.meeting_id is None or code not in UNREACHABLE:
        return False
    gone = _unreachable(services, delivery)
    if not gone:
        return False
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = _hold(tx, delivery)
        for user_id in sorted(gone):
            people.change(tx, Who(delivery.team_id, user_id), deleted=True)
        if meeting is not None:
            _regroup(tx, meeting, gone, code, now)
        deliveries.cancel(tx, delivery.id, code)
    log.warning("group re-planned meeting=%s error=%s", delivery.meeting_id, code)
    return True


def _unreachable(services: Services, delivery: Delivery) -> list[str]:
    slack = services.slack(delivery.team_id)
    gone = []
    for user_id in delivery.users:
        try:
            columns = slack.person(user_id).columns
        except SlackRefused as refusal:
            if refusal.code not in GONE:
                raise  # Slack's word is about us, not about this person
            gone.append(user_id)
            continue
        if columns["deleted"] or columns["is_bot"]:
            gone.append(user_id)
    return gone


def _regroup(tx: Session, meeting: Meeting, gone: list[str], code: str, now: datetime) -> None:
    left = [user_id for user_id in meeting.user_ids if user_id not in gone]
    meetings.drop(tx, meeting.id, gone)
    if meeting.organiser in gone and left:
        meetings.change(tx, meeting.id, organiser=left[0])
    changed: Meeting | None = None
    if len(left) > 1:
        changed = meetings.get(tx, meeting.team_id, meeting.id)
    else:
        meetings.change(tx, meeting.id, closed=True)
        if meeting.channel_id:  # outside a channel it came of no search, but of the queue
            searches.reopen(tx, meeting.id)
        if left:
            changed = _host_for(tx, meeting, left[0], now)
    deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.ASK, DeliveryKind.NUDGE))
    if changed:
        _introduce_again(tx, changed, now, gone)
    round_id = meetings.round_of(tx, meeting.id)
    if round_id is not None:
        history.rewrite(tx, round_id)
    elif changed is None:
        history.remove(tx, meeting.id)
    _note_in_receipt(tx, meeting, gone, changed, code, now)


def _host_for(tx: Session, meeting: Meeting, lonely: str, now: datetime) -> Meeting | None:
    """Another group of the round takes in whoever is left alone; without one, they are told."""
    host = _hosting(tx, meeting, lonely)
    if host is None:
        _console(tx, meeting, lonely, now)
        return None
    meetings.drop(tx, meeting.id, [lonely])
    meetings.join(tx, host.id, lonely)
    meetings.change(tx, host.id, odd=True)
    deliveries.cancel_for_meeting(
        tx, host.id, (DeliveryKind.INTRODUCTION, DeliveryKind.ASK, DeliveryKind.NUDGE)
    )
    return meetings.get(tx, meeting.team_id, host.id)


def _console(tx: Session, meeting: Meeting, lonely: str, now: datetime) -> None:
    """Nobody else is there: the one who is left hears it, and waits again where they waited."""
    if meeting.kind is MeetingKind.IMPROMPTU:
        until = now + QUEUED_AGAIN
        queue.join(tx, Who(meeting.team_id, lonely), now, until)
        payload = impromptu_view.waiting_again(until)
    elif meeting.kind is MeetingKind.CHECK_IN:
        payload = view.not_together()
    else:
        payload = view.nobody_left(meeting.channel_id)
    key = meeting_keys.alone(meeting, lonely)
    deliveries.put(tx, latecomers.word(meeting, key, DeliveryKind.ALONE, payload, lonely, now))
    if meeting.channel_id:  # for whoever looks for somebody in mid-round
        memberships.change(
            tx, Place(meeting.team_id, meeting.channel_id), lonely, waiting_since=now
        )


def _hosting(tx: Session, meeting: Meeting, lonely: str) -> Meeting | None:
    """The group of the same round that takes in somebody whose partner cannot be reached."""
    round_id = meetings.round_of(tx, meeting.id)
    if round_id is None:
        return None
    choices = []
    for other in meetings.of_round(tx, round_id):
        if other.id == meeting.id or other.closed or other.agreed_at or len(other.people) < 2:
            continue
        blocked = people.blocks(tx, meeting.team_id, [lonely, *other.user_ids])
        if any(lonely in pair for pair in blocked):
            continue
        met = meetings.times_together(tx, Who(meeting.team_id, lonely), other.user_ids)
        choices.append((other.conversation_id is not None, met, len(other.people), other.id))
    if not choices:
        return None
    return meetings.get(tx, meeting.team_id, min(choices)[-1])


def _introduce_again(tx: Session, meeting: Meeting, now: datetime, gone: list[str]) -> None:
    members = list(people.some(tx, meeting.team_id, meeting.user_ids).values())
    channel: Channel | None = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    begins = times.starts(members, channel, now, meeting.ends_at) if channel else now
    meeting = introductions.prepare(tx, meeting, members, channel, begins)
    introductions.lay_introduction(tx, meeting, members, begins, without=gone)


def _note_in_receipt(
    tx: Session,
    meeting: Meeting,
    gone: list[str],
    changed: Meeting | None,
    code: str,
    now: datetime,
) -> None:
    round_id = meetings.round_of(tx, meeting.id)
    found = rounds.get(tx, round_id) if round_id is not None else None
    if found is None:
        return
    instead = changed.user_ids if changed else ()
    regrouped = tuple(Regrouped(user_id, code, instead) for user_id in gone)
    together = [m for m in meetings.of_round(tx, found.id) if len(m.people) > 1]
    receipt = replace(
        found.receipt,
        groups=tuple(m.user_ids for m in together),
        odd=tuple(i for i, m in enumerate(together) if meetings.is_odd(tx, m.id)),
        replanned=found.receipt.replanned + regrouped,
    )
    rounds.keep_receipt(tx, found.id, receipt)
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    if channel and rounds.was_receipted(tx, found.id):  # they have read it without this
        payload = receipts.replanned_later(channel.id, regrouped)
        key = keys.replanned(meeting, gone)
        telling.tell_hosts(tx, channel, key, DeliveryKind.RECEIPT, payload, now)
