"""Introducing groups: their starters, their times, and the messages that follow later."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.library import shelf
from bot.meetings import availability, keys, times
from bot.meetings.views import ended, followups, second
from bot.meetings.views import introductions as view
from bot.views.blocks import Blocks, Message
from core import starters
from core.followup import FollowUps, follow_ups
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.starters import Starter, Tag
from core.values import Channel, Meeting, MeetingKind, Outcome, Person, Place
from storage.channels import channels
from storage.meetings import meetings
from storage.meetings import starters as seen
from storage.outbox import deliveries, endings, looking
from storage.people import people

MID_ROUND = "first"  # of the questions about a meeting in a round
ASKED_LATE = timedelta(days=1)  # after the end, where it waits for somebody's hours
MOST_ASKS = 2  # "Did you get to talk?", to one person about one meeting (P10)


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a group starts with."""

    starter_id: str
    proposals: tuple[datetime, ...]
    begins: datetime  # when their conversation starts


def prepare_many(
    tx: Session,
    channel: Channel,
    groups: Sequence[Sequence[Person]],
    now: datetime,
    until: datetime,
    seed: int,
) -> list[Prepared]:
    """For each group when it starts, a starter that is new to it, marked as had, and times."""
    had = seen.seen_by_many(tx, channel.team_id, {p.id for group in groups for p in group})
    given: set[tuple[str, str]] = set()
    everybody = [person.id for group in groups for person in group]
    # Of two rounds at once, the second one waits here, and reads what the first one offered.
    people.hold_all(tx, channel.team_id, everybody)
    taken = times.taken(tx, channel.team_id, everybody, now)
    prepared = []
    for position, group in enumerate(groups):
        own = [had[person.id] for person in group]
        starter = starters.choose(shelf.starters(), own, None, f"{seed}:{position}")
        for person in group:
            if starter.id in had[person.id]:
                _begin_anew(tx, channel.team_id, person.id, had[person.id], None)
            given.add((person.id, starter.id))
        begins = times.starts(group, channel, now, until)
        found = times.propose(group, channel, begins, until, taken)
        prepared.append(Prepared(starter.id, found, begins))
    known = {(user_id, starter_id) for user_id, ids in had.items() for starter_id in ids}
    seen.mark_seen(tx, channel.team_id, given - known)
    return prepared


def prepare(
    tx: Session,
    meeting: Meeting,
    members: Sequence[Person],
    channel: Channel | None,
    begins: datetime,
) -> Meeting:
    """Choose the meeting's starter, and times after it `begins`; store them."""
    starter_id = meeting.starter_id or draw_starter(tx, meeting, None).id
    found: tuple[datetime, ...] = ()
    if meeting.kind is not MeetingKind.IMPROMPTU:  # these have time just now
        taken = times.taken(tx, meeting.team_id, meeting.user_ids, begins, besides=meeting.id)
        found = times.propose(members, channel, begins, meeting.ends_at, taken)
    meetings.change(tx, meeting.id, starter_id=starter_id, proposals=found)
    return replace(meeting, starter_id=starter_id, proposals=found)


def draw_starter(tx: Session, meeting: Meeting, tag: Tag | None) -> Starter:
    """A starter that nobody of the group has had while there is one; marked as had."""
    had = seen.seen_by_many(tx, meeting.team_id, meeting.user_ids)
    shown = [meeting.starter_id] if meeting.starter_id else []
    seed = f"{meeting.id}:{sum(map(len, had.values()))}"
    chosen = starters.choose(shelf.starters(), list(had.values()), tag, seed, shown)
    for user_id, ids in had.items():
        if chosen.id in ids:
            _begin_anew(tx, meeting.team_id, user_id, ids, tag)
    new = [(user_id, chosen.id) for user_id, ids in had.items() if chosen.id not in ids]
    seen.mark_seen(tx, meeting.team_id, new)
    return chosen


def _begin_anew(tx: Session, team_id: str, user_id: str, had: set[str], tag: Tag | None) -> None:
    """When a person has had the whole list (of a kind), it begins anew for them."""
    whole = {starter.id for starter in shelf.starters() if tag in (None, starter.tag)}
    if whole <= had:
        seen.forget(tx, team_id, user_id, whole)
        had -= whole


def starter_of(meeting: Meeting) -> Starter | None:
    """What the meeting starts with; None when the library has it no more."""
    found = (s for s in shelf.starters() if s.id == meeting.starter_id)
    return next(found, None)


# -- messages -----------------------------------------------------------------


def drawn(tx: Session, meeting: Meeting) -> Message:
    """The introduction as it should look now, from what is stored: what is over stays over."""
    if is_over(tx, meeting):
        return ended.introduction(meeting, introduced_at(meeting))
    members = people.some(tx, meeting.team_id, meeting.user_ids)
    return render(meeting, list(members.values()))


def is_over(tx: Session, meeting: Meeting) -> bool:
    """Whether its introduction is drawn as over."""
    if meeting.conversation_id is None or meeting.message_ts is None:
        return False
    place = Place(meeting.team_id, meeting.conversation_id)
    standing = endings.standing_at(tx, place, meeting.message_ts)
    if standing is None:  # tidied away long ago
        return meeting.closed
    return endings.is_over(tx, standing)


def render(meeting: Meeting, members: Sequence[Person], changed: bool = False) -> Message:
    """The introduction; `changed` when these people were not the ones planned first."""
    lines = {person.id: person.ask_about for person in members}
    overlap = bool(meeting.proposals) or times.hours_meet(members, meeting.created_at)
    starter = starter_of(meeting)
    return view.introduction(meeting, starter, lines, overlap=overlap, changed=changed)


def introduction(
    meeting: Meeting,
    members: Sequence[Person],
    at: datetime,
    round_id: int | None,
    without: Sequence[str] = (),
) -> Outgoing:
    """One introduction, to be said at this instant; it is of no use when the round is over."""
    return Outgoing(
        meeting.team_id,
        keys.introduction(meeting, without),
        DeliveryKind.INTRODUCTION,
        render(meeting, members, changed=bool(without)),
        at,
        users=meeting.user_ids,
        meeting_id=meeting.id,
        round_id=round_id,
        expires_at=meeting.ends_at,
    )


def lay_introduction(
    tx: Session,
    meeting: Meeting,
    members: Sequence[Person],
    at: datetime,
    without: Sequence[str] = (),
) -> None:
    """One introduction at an instant; `without` those who were planned and not reached."""
    round_id = meetings.round_of(tx, meeting.id)
    deliveries.put(tx, introduction(meeting, members, at, round_id, without))


def lay_follow_ups(tx: Session, meeting: Meeting, now: datetime) -> None:
    """What is asked after an introduction that has arrived; moot ones are cancelled later."""
    if meeting.kind is MeetingKind.IMPROMPTU:
        _lay_asks(tx, meeting, "last", now + timedelta(hours=2))
        return
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    if channel is None:
        return  # after a check-in: what two people talk about is theirs
    later = follow_ups(now, meeting.ends_at, channel.settings.cadence.zone)
    # Whoever looked for it has heard enough in this round; who came late is not told apart.
    if meetings.round_of(tx, meeting.id) is None:
        _lay_asks(tx, meeting, "last", later.last)
        return
    if later.nudge and meeting.organiser not in _on_pause(tx, meeting, later.nudge):
        deliveries.put(
            tx,
            Outgoing(
                meeting.team_id,
                keys.nudge(meeting),
                DeliveryKind.NUDGE,
                followups.nudge(meeting, meeting.organiser),
                later.nudge,
                users=(meeting.organiser,),
                meeting_id=meeting.id,
                expires_at=meeting.ends_at,
            ),
        )
    if later.first:
        _lay_asks(tx, meeting, MID_ROUND, later.first)
    _lay_asks(tx, meeting, "last", later.last)


def asked_when(meeting: Meeting, channel: Channel) -> FollowUps:
    """When the people of a meeting in the channel are asked about it, reckoned anew."""
    begun = introduced_at(meeting)
    return follow_ups(begun, meeting.ends_at, channel.settings.cadence.zone)


def ask_after(tx: Session, meeting: Meeting, at: datetime, plan: int = 0) -> None:
    """A time is agreed: nobody is asked before it is over; two questions in all, as ever.

    `plan`: how often what is agreed has changed.
    """
    over = at + view.LENGTH
    # Each by what they were asked themselves: what a partner was asked may be theirs alone.
    had = looking.sent_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    waiting = deliveries.waiting_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    latest = max((ask.due_at for ask in waiting), default=at)
    for ask in waiting:
        if had[ask.users[0]] or ask.due_at < max(latest, over + timedelta(hours=2)):
            deliveries.cancel(tx, ask.id)
    _lay_asks(tx, meeting, _again("after", plan), over + timedelta(minutes=30))


def ask_as_usual(tx: Session, meeting: Meeting, now: datetime, plan: int) -> None:
    """What was agreed is off: the questions are those of a round in which nothing was."""
    had = looking.sent_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.ASK,))
    channel = channels.get(tx, Place(meeting.team_id, meeting.channel_id or ""))
    if channel is None:
        return
    later = asked_when(meeting, channel)
    if later.first and later.first > now:
        _lay_asks(tx, meeting, _again(MID_ROUND, plan), later.first, besides=set(had))
    if later.last > now:
        _lay_asks(tx, meeting, _again("last", plan), later.last)


def introduced_at(meeting: Meeting) -> datetime:
    """When its introduction arrived: Slack's name for a message is the second it was posted in."""
    if meeting.message_ts is None:
        return meeting.created_at
    return datetime.fromtimestamp(float(meeting.message_ts), UTC)


def _again(which: str, plan: int) -> str:
    return f"{which}:{plan}" if plan else which


def _lay_asks(
    tx: Session, meeting: Meeting, which: str, at: datetime, besides: Set[str] = frozenset()
) -> None:
    if any(person.outcome is Outcome.MET for person in meeting.people):
        return  # one word is enough for everyone
    had = looking.sent_for_meeting(tx, meeting.id, DeliveryKind.ASK)
    enough = {user_id for user_id, times_asked in had.items() if times_asked >= MOST_ASKS}
    asked_no_more = enough | _on_pause(tx, meeting, at) | besides
    for person in meeting.people:
        if person.outcome in (None, Outcome.PLANNING) and person.user_id not in asked_no_more:
            deliveries.put(
                tx,
                Outgoing(
                    meeting.team_id,
                    keys.ask(meeting, which, person.user_id),
                    DeliveryKind.ASK,
                    followups.ask(meeting, person.user_id, _more(meeting, which, person.user_id)),
                    at,
                    users=(person.user_id,),
                    meeting_id=meeting.id,
                    expires_at=meeting.ends_at + ASKED_LATE,
                ),
            )


def _more(meeting: Meeting, which: str, user_id: str) -> Blocks:
    """In mid-round, all that have no time yet are offered somebody else too, in one sentence."""
    return second.offer(meeting, user_id) if which.startswith(MID_ROUND) else []


def _on_pause(tx: Session, meeting: Meeting, at: datetime) -> set[str]:
    """Those of the meeting who are on a pause at that instant: they are asked nothing then."""
    members = people.some(tx, meeting.team_id, meeting.user_ids)
    return {user_id for user_id, one in members.items() if availability.paused(one, at)}
