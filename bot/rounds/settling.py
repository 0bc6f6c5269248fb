"""Meetings whose time is over are closed; silences are counted, and asked about kindly (P10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.meetings import availability, keys
from bot.platform.services import Services
from bot.rounds.views import silences
from core.ledger import budget
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Meeting, Who
from storage.channels import channels
from storage.meetings import meetings, searches
from storage.outbox import deliveries, looking
from storage.people import memberships, people

TO_ANSWER = timedelta(hours=4)  # whoever was asked later than that before the end had no time


def settle(services: Services, channel: Channel) -> None:
    """Close meetings whose time is over; count silences, and ask kindly after three of them."""
    now = services.clock.now()
    with services.db.reading() as tx:
        if not meetings.any_unclosed_before(tx, channel.place, now):
            return
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)
        over = meetings.hold_unclosed_before(tx, channel.place, now)
        for meeting in over:
            meetings.change(tx, meeting.id, closed=True)
        # Whoever was not asked is not silent: it never arrived, was called off late, or the
        # question waited for their hours. "Met" is enough for a group; any other answer counts for
        # its giver alone, so that nobody can tell it by what they hear.
        quiet = [(m, u) for m in over for u in m.user_ids if m.told_to(u) is None]
        about = {meeting.id for meeting, _ in quiet}
        asked = looking.had_in_time(tx, about, DeliveryKind.ASK, now - TO_ANSWER)
        # Whoever looked for somebody else has said something; what, is theirs.
        looked = searches.beside(tx, about)
        silent = [(m, u) for m, u in quiet if (m.id, u) in asked - looked]
        people.hold_all(tx, channel.team_id, {user_id for _, user_id in silent})
        for meeting, user_id in silent:
            _count_silence(tx, channel, meeting, user_id, now)


def _count_silence(
    tx: Session, channel: Channel, meeting: Meeting, user_id: str, now: datetime
) -> None:
    person = people.require(tx, Who(channel.team_id, user_id))
    standing = memberships.get(tx, channel.place, user_id)
    paused = availability.paused(person, now)
    if person.deleted or paused or standing.opted is False or not standing.present:
        return  # gone, on a break, or out by their own wish
    if person.muted:
        return  # what they were asked before is not asked any more
    people.change(tx, Who(channel.team_id, user_id), unanswered=person.unanswered + 1)
    if person.unanswered + 1 == budget.SILENT:
        key = keys.silences(meeting, user_id)
        payload = silences.three_silences(channel.id)
        word = Outgoing(channel.team_id, key, DeliveryKind.SILENCES, payload, now, users=(user_id,))
        deliveries.put(tx, replace(word, about=channel.id))
