"""Who waits in mid-round for somebody else of the channel, and how two of them are introduced.

Those who came late (P12), those for whom the round had no introduction, and those who look for a
second partner (P24) wait together: whoever is introduced to somebody cannot tell which they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.meetings import availability, introductions, times
from core.values import Channel, Membership, Outcome, Person, Who
from storage.meetings import meetings, searches
from storage.meetings.meetings import NewMeeting
from storage.meetings.searches import Search
from storage.people import memberships, people
from storage.rounds import history, rounds

LOOKED_AT = 12  # newest meetings of a person, of which some are under way


def partner(tx: Session, channel: Channel, user_id: str, now: datetime) -> str | None:
    """Who of those that wait is introduced to this person; None where there is nobody.

    Whom they were put together with least, then who has waited longest; nobody on a list of
    either, and nobody with whom they have an introduction under way.
    """
    waiting = _waiting(tx, channel, now)
    # What they choose just now is read once it is stored, and then it stays.
    people.hold_all(tx, channel.team_id, {user_id, *waiting})
    waiting.pop(user_id, None)
    current = together_now(tx, Who(channel.team_id, user_id), now)
    blocked = people.blocks(tx, channel.team_id, [user_id, *waiting])
    barred = current | {one for pair in blocked if user_id in pair for one in pair}
    known = people.some(tx, channel.team_id, waiting)
    there = memberships.of_channel(tx, channel.place)
    found = [
        (meetings.times_together(tx, Who(channel.team_id, user_id), [other]), at, other)
        for other, at in waiting.items()
        if other not in barred and takes_part(channel, known.get(other), there.get(other), now)
    ]
    return min(found)[-1] if found else None


def takes_part(
    channel: Channel, person: Person | None, here: Membership | None, now: datetime
) -> bool:
    """Whether somebody may be introduced in the channel just now, as far as it is up to them."""
    if person is None or here is None or not here.present or here.opted is False:
        return False
    ours = not (person.is_bot or person.deleted or person.stranger)
    welcome = channel.settings.guests or not person.guest
    return ours and welcome and not availability.paused(person, now)


def together_now(tx: Session, who: Who, now: datetime) -> set[str]:
    """Everybody with whom this person has an introduction under way."""
    latest = meetings.of_person(tx, who, LOOKED_AT)
    return {user for one in latest if one.under_way(now) for user in one.user_ids} - {who.user}


def introduce(
    tx: Session, channel: Channel, ends_at: datetime, pair: Sequence[str], now: datetime
) -> None:
    """These two, until the round ends: it counts like every introduction, and both wait no more."""
    people.hold_all(tx, channel.team_id, pair)
    members = [people.require(tx, Who(channel.team_id, user_id)) for user_id in pair]
    organiser = min(members, key=lambda person: (person.organised, person.id))
    people.add_organised(tx, channel.team_id, [organiser.id])
    begun = NewMeeting(tuple(pair), organiser.id, now, ends_at, channel_id=channel.id)
    meeting = meetings.add(tx, channel.team_id, begun)
    history.pack_meeting(tx, meeting, [person.number for person in members])
    for person in members:
        memberships.change(tx, channel.place, person.id, waiting_since=None)
        searches.found(tx, channel.place, person.id, meeting.id)
    begins = times.starts(members, channel, now, ends_at)
    meeting = introductions.prepare(tx, meeting, members, channel, begins)
    introductions.lay_introduction(tx, meeting, members, begins)


def is_wanted(tx: Session, search: Search) -> bool:
    """Whether the first introduction has come to nothing yet: no time, and nobody has met."""
    meeting = meetings.get(tx, search.who.team, search.meeting_id)
    if meeting is None or meeting.agreed_at is not None:
        return False
    return not any(person.outcome is Outcome.MET for person in meeting.people)


def _waiting(tx: Session, channel: Channel, now: datetime) -> dict[str, datetime]:
    """Everybody who waits in the channel, and since when; since a round before nobody does."""
    newest = rounds.latest(tx, channel.place, 1)
    begun = newest[0].held_at if newest else now
    late = {
        user_id: here.waiting_since
        for user_id, here in memberships.of_channel(tx, channel.place).items()
        if here.waiting_since and here.waiting_since >= begun
    }
    looking = searches.going_on(tx, channel.place, now)
    return {one.who.user: one.since for one in looking if is_wanted(tx, one)} | late
