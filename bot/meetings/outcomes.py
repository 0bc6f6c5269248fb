"""What becomes of a meeting: answers, times that suit, another question to start with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.meetings import ids, introductions, slates, times
from bot.meetings.errors import (
    NoMeeting,
    NotIntroduced,
    NotYourMeeting,
    TimeGone,
    TimeTaken,
    WhichMeeting,
)
from bot.meetings.ids import Question
from bot.meetings.plans import agreeing
from bot.meetings.views import followups, past
from bot.outbox import policy
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from bot.views import blocks as b
from bot.views.blocks import Message
from core.matching import Explanation, Group, PairWhy, Plan, explain
from core.outbox.kinds import DeliveryKind
from core.starters import Tag
from core.values import Meeting, MeetingKind, Outcome, Who
from storage.meetings import meetings
from storage.outbox import deliveries, endings
from storage.outbox.deliveries import Delivery
from storage.people import people

log = get("outcomes")
TO_CORRECT = timedelta(hours=1)  # so long may an answer be put right where it was given
TO_LOOK = timedelta(hours=20)  # or somebody else be looked for, where that is offered beside it
# What asks one person whether they talked; the newest one stands for all.
QUESTIONS = (DeliveryKind.ASK, DeliveryKind.SEARCHED)
LOOKED_AT = 12  # newest meetings of a person, one of which a command can be about


@dataclass(frozen=True, slots=True)
class Drawn:
    """A meeting after something was pressed, and its introduction as it looks now."""

    meeting: Meeting
    message: Message


def which(
    services: Services,
    who: Who,
    named: Collection[str],
    conversation_id: str | None,
    word: str = "",
    agreed: bool = False,
) -> Meeting:
    """The introduction that a command is about.

    It is the newest one with the people named; else that of the conversation it is typed in; else
    the only one under way; where none is, the newest. Of several, `word`, the command, asks which,
    and without a word it is the newest. With `agreed`, those with a time to come are meant before
    others. Raises NoMeeting, NotIntroduced and WhichMeeting.
    """
    now = services.clock.now()
    with services.db.reading() as tx:
        latest = meetings.of_person(tx, who, LOOKED_AT)
    latest = [meeting for meeting in latest if len(meeting.people) > 1]
    latest = [one for one in latest if one.conversation_id is not None] or latest
    if not latest:
        raise NoMeeting()
    if named:
        found = [meeting for meeting in latest if set(named) <= set(meeting.user_ids)]
        if not found:
            raise NotIntroduced(people=sorted(named))
        return _first_meant(found, agreed, now)[0]
    here = [m for m in latest if conversation_id and m.conversation_id == conversation_id]
    current = _first_meant(here, agreed, now)[:1] or [m for m in latest if m.under_way(now)]
    current = _first_meant(current, agreed, now)
    if word and len(current) > 1:
        groups = [[u for u in meeting.user_ids if u != who.user] for meeting in current]
        raise WhichMeeting(groups=groups, word=word)
    return (current or latest)[0]


def _first_meant(found: list[Meeting], agreed: bool, now: datetime) -> list[Meeting]:
    """Those with a time to come, where one is asked for and there are any; else all of them."""
    if not agreed:
        return found
    return [one for one in found if one.agreed_at and one.agreed_at > now] or found


def answer(services: Services, who: Who, meeting_id: int, said: Outcome) -> str:
    """Record what this person says came of it, and return the word back.

    Pressing twice, late or on an old message converges: the last answer counts. Raises
    NotYourMeeting for anybody else.
    """
    with services.db.transaction() as tx:
        held(tx, who, meeting_id)
        meetings.unpack(tx, meeting_id)
        slates.clean(tx, who)  # before what they said: who agrees on a time comes in this order
        meetings.answer(tx, meeting_id, who.user, said)
        meeting = theirs(tx, who, meeting_id)
        _cancel_moot(tx, meeting, who.user, said)
        _end_answered(tx, meeting, who.user, services.clock.now())
    return followups.said_to(meeting, who.user, said)


def companions(services: Services, who: Who, meeting_id: int) -> tuple[str, ...]:
    """The other people of this person's meeting. Raises NotYourMeeting."""
    with services.db.reading() as tx:
        meeting = theirs(tx, who, meeting_id)
    return tuple(other for other in meeting.user_ids if other != who.user)


def shuffle(
    services: Services, who: Who, meeting_id: int, question: Question | None = None
) -> Drawn:
    """Another starter; `question` changes the kind, None keeps it."""
    with services.db.transaction() as tx:
        meeting = held(tx, who, meeting_id)
        kind = meeting.starter_tag
        if question is not None:
            kind = None if question is Question.ANY else Tag(question)
        starter = introductions.draw_starter(tx, meeting, kind)
        meetings.change(tx, meeting_id, starter_id=starter.id, starter_tag=kind)
        return drawn(tx, who, meeting_id)


def pick(services: Services, who: Who, meeting_id: int, instant: datetime) -> Drawn:
    """This time suits the person; pressed again, it does not. All picked: it is agreed.

    Raises TimeGone for one that is over, TimeTaken for one that they agreed to in another group.
    """
    now = services.clock.now()
    with services.db.transaction() as tx:
        meeting = held(tx, who, meeting_id)  # of two last ones, the second sees the first
        if meeting.agreed_at is None and instant <= now:
            raise TimeGone()
        if meeting.agreed_at is None and instant in meeting.proposals:
            people.hold_all(tx, who.team, meeting.user_ids)  # nobody promises them meanwhile
            tx.expire_all()
            meeting = theirs(tx, who, meeting_id)  # a pick may be gone: they agreed elsewhere
            elsewhere = times.taken(tx, who.team, meeting.user_ids, now, besides=meeting_id)
            if who.user == meeting.organiser:  # who picks a time needs no nudge
                deliveries.cancel_for_meeting(tx, meeting_id, (DeliveryKind.NUDGE,))
            own = next(set(p.picks) for p in meeting.people if p.user_id == who.user)
            if instant not in own and instant in elsewhere.agreed.get(who.user, ()):
                raise TimeTaken()
            meetings.pick(tx, meeting_id, who.user, own ^ {instant})
            meeting = theirs(tx, who, meeting_id)
            everyone = people.some(tx, who.team, meeting.user_ids).values()
            here = [person.id for person in everyone if not person.deleted]
            common = times.suits_all(meeting, here, elsewhere)
            if common is not None:
                agreeing.agree(tx, meeting, common, now)
        return drawn(tx, who, meeting_id)


def show(services: Services, now: Drawn) -> None:
    """Draw the introduction again where it is, for what was not pressed in it; never raises."""
    meeting = now.meeting
    if meeting.conversation_id is None or meeting.message_ts is None:
        return
    place = {"channel": meeting.conversation_id, "ts": meeting.message_ts}
    try:
        services.slack(meeting.team_id).call("chat.update", **place, **now.message)
    except SlackTrouble as trouble:  # it is stored, and shown when it is drawn next
        log.warning("introduction not redrawn meeting=%s trouble=%r", meeting.id, trouble)


def why(services: Services, who: Who, meeting_id: int | None = None) -> str:
    """Why the person was put together with these people; their newest meeting by default.

    Raises NoMeeting and NotYourMeeting.
    """
    with services.db.reading() as tx:
        if meeting_id is None:
            latest = meetings.of_person(tx, who, 1)
            if not latest:
                raise NoMeeting()
            meeting_id = latest[0].id
        meeting = theirs(tx, who, meeting_id)
        facts = meetings.why(tx, meeting_id)
        late = meeting.kind is MeetingKind.ROUND and meetings.round_of(tx, meeting_id) is None
        odd = meetings.is_odd(tx, meeting_id)
    planned = {user for fact in facts for user in (fact.a, fact.b)}
    changed = bool(facts) and planned != set(meeting.user_ids)
    return past.why(_explanation(meeting, facts, who.user, odd), meeting.kind, late, changed)


def held(tx: Session, who: Who, meeting_id: int) -> Meeting:
    """This person's meeting, to be changed: nobody else changes it before the transaction ends.

    Raises NotYourMeeting.
    """
    return _theirs(meetings.hold(tx, who.team, meeting_id), who)


def drawn(tx: Session, who: Who, meeting_id: int) -> Drawn:
    """The person's meeting as it is now, and its introduction. Raises NotYourMeeting."""
    meeting = theirs(tx, who, meeting_id)
    return Drawn(meeting, introductions.drawn(tx, meeting))


def theirs(tx: Session, who: Who, meeting_id: int) -> Meeting:
    """This person's meeting. Raises NotYourMeeting."""
    return _theirs(meetings.get(tx, who.team, meeting_id), who)


def _theirs(meeting: Meeting | None, who: Who) -> Meeting:
    if meeting is None or who.user not in meeting.user_ids:
        raise NotYourMeeting()
    return meeting


def _cancel_moot(tx: Session, meeting: Meeting, user_id: str, said: Outcome) -> None:
    if said is Outcome.MET:  # one word is enough for everyone
        deliveries.cancel_for_meeting(
            tx, meeting.id, (DeliveryKind.ASK, DeliveryKind.NUDGE, DeliveryKind.REMINDER)
        )
        return
    # Any other answer changes what its giver hears, and nothing that somebody else could miss.
    deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.NUDGE,), user_id)
    if said is Outcome.NOT_THIS_TIME:
        deliveries.cancel_for_meeting(tx, meeting.id, (DeliveryKind.ASK,), user_id)


def _end_answered(tx: Session, meeting: Meeting, giver: str, now: datetime) -> None:
    """What was asked of the meeting ends as it stands now: "met" ends it for everyone.

    Any other answer ends the questions to its giver alone. All wait for a while, so that a wrong
    press can be put right; then what is over no more goes on as before.
    """
    met, soon = any(p.outcome is Outcome.MET for p in meeting.people), now + TO_CORRECT
    for shown in endings.open_of_meeting(tx, meeting.id, DeliveryKind.INTRODUCTION):
        endings.end(tx, shown, _sooner(shown, soon) if met else agreeing.open_until(meeting))
    newest: dict[str, Delivery] = {}
    for asked in endings.open_of_meeting(tx, meeting.id, *QUESTIONS):
        newest[asked.users[0]] = asked  # the ones before are over already
    for user_id, asked in newest.items():
        if met:
            endings.end(tx, asked, _sooner(asked, soon))
        elif user_id == giver:
            offers = b.value_of(dict(asked.payload), ids.SECOND_FIND) is not None
            endings.end(tx, asked, _sooner(asked, now + TO_LOOK if offers else soon))
        elif meeting.answer_of(user_id) is None and asked.expires_at is not None:
            endings.end(tx, asked, _open_until(asked, asked.expires_at))


def _open_until(asked: Delivery, expires_at: datetime) -> datetime:
    """When a question that nobody answers is over; one that came late can be read first."""
    assert asked.posted_ts is not None, "only what was posted is open"
    read_at = datetime.fromtimestamp(float(asked.posted_ts), UTC)
    late = introductions.ASKED_LATE if asked.kind is DeliveryKind.ASK else timedelta(0)
    return policy.open_until(expires_at, read_at, late)


def _sooner(delivery: Delivery, at: datetime) -> datetime:
    """A second answer puts nothing off."""
    return min(delivery.ends_at or at, at)


def _explanation(
    meeting: Meeting, pairs: Sequence[PairWhy], user_id: str, odd: bool
) -> Explanation | None:
    present = tuple(p for p in pairs if {p.a, p.b} <= set(meeting.user_ids))
    group = Group(meeting.user_ids, meeting.organiser, odd, present)
    return explain(Plan((group,), (), None, False, 0), user_id) if present else None
