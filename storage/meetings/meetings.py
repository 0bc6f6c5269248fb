"""Meetings and what came of them. This is the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypedDict, Unpack

from sqlalchemy import insert, update
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from core.matching import PairWhy
from core.starters import Tag
from core.values import Companion, Meeting, MeetingKind, Outcome, Place, Who
from storage.meetings.rows import MeetingPersonRow, MeetingRow
from storage.platform.claims import held, held_all
from storage.rounds.rows import RoundPack

_NEVER = datetime.min.replace(tzinfo=UTC)  # every group says when
_BLANK = MeetingRow(team_id="", created_at=_NEVER, ends_at=_NEVER).model_dump(exclude={"id"})


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A group that is put together now; instants are UTC."""

    people: tuple[str, ...]
    organiser: str
    created_at: datetime
    ends_at: datetime
    kind: MeetingKind = MeetingKind.ROUND
    channel_id: str | None = None
    round_id: int | None = None
    position: int = 0  # the group's place in the packed round
    odd: bool = False
    why: tuple[PairWhy, ...] = ()
    starter_id: str | None = None
    proposals: tuple[datetime, ...] = ()


class MeetingChanges(TypedDict, total=False):
    """What may change about a meeting, by the names of MeetingRow."""

    organiser: str
    odd: bool
    conversation_id: str | None
    message_ts: str | None
    starter_id: str
    starter_tag: Tag | None
    proposals: tuple[datetime, ...]
    agreed_at: datetime | None
    closed: bool


def add(tx: Session, team_id: str, new: NewMeeting) -> Meeting:
    """Put these people together."""
    return add_many(tx, team_id, [new])[0]


def add_many(tx: Session, team_id: str, groups: Sequence[NewMeeting]) -> list[Meeting]:
    """Put many groups together at once."""
    if not groups:
        return []
    tx.flush()
    query = insert(MeetingRow).returning(col(MeetingRow.id), sort_by_parameter_order=True)
    made = list(tx.execute(query, [_columns(team_id, new) for new in groups]).scalars())
    seats = [
        {
            "meeting_id": meeting_id, "team_id": team_id, "user_id": user_id, "place": place,
            "outcome": None, "picks": [],
        }
        for meeting_id, new in zip(made, groups, strict=True)
        for place, user_id in enumerate(new.people)
    ]  # fmt: skip
    tx.execute(insert(MeetingPersonRow), seats)
    return [_begun(meeting_id, team_id, new) for meeting_id, new in zip(made, groups, strict=True)]


def _columns(team_id: str, new: NewMeeting) -> dict[str, object]:
    return {
        **_BLANK,
        "team_id": team_id,
        "organiser": new.organiser,
        "created_at": new.created_at,
        "ends_at": new.ends_at,
        "kind": new.kind,
        "channel_id": new.channel_id,
        "round_id": new.round_id,
        "position": new.position,
        "odd": new.odd,
        "why": [pair._asdict() for pair in new.why],
        "starter_id": new.starter_id,
        "proposals": _texts(new.proposals),
    }


def _begun(meeting_id: int, team_id: str, new: NewMeeting) -> Meeting:
    return Meeting(
        id=meeting_id,
        team_id=team_id,
        channel_id=new.channel_id,
        kind=new.kind,
        people=tuple(Companion(user_id) for user_id in new.people),
        organiser=new.organiser,
        created_at=new.created_at,
        ends_at=new.ends_at,
        starter_id=new.starter_id,
        proposals=new.proposals,
    )


def get(tx: Session, team_id: str, meeting_id: int) -> Meeting | None:
    """The meeting, if it is of this workspace."""
    row = tx.get(MeetingRow, meeting_id)
    if row is None or row.team_id != team_id:
        return None
    return _with_people(tx, [row])[0]


def hold(tx: Session, team_id: str, meeting_id: int) -> Meeting | None:
    """The meeting as it is now, with its people's answers, for who is about to change it."""
    row = held(tx, MeetingRow, meeting_id)
    return _with_people(tx, [row])[0] if row is not None and row.team_id == team_id else None


def why(tx: Session, meeting_id: int) -> list[PairWhy]:
    """The facts about each pair of the meeting, as the matcher gave them."""
    return [PairWhy(**fact) for fact in tx.get_one(MeetingRow, meeting_id).why]


def is_odd(tx: Session, meeting_id: int) -> bool:
    """Whether the group is of another size than the host chose."""
    return tx.get_one(MeetingRow, meeting_id).odd


def round_of(tx: Session, meeting_id: int) -> int | None:
    """The round the meeting belongs to; None for an impromptu one."""
    return tx.get_one(MeetingRow, meeting_id).round_id


def change(tx: Session, meeting_id: int, **columns: Unpack[MeetingChanges]) -> None:
    """Set columns of one meeting, by the names of MeetingRow."""
    row = tx.get_one(MeetingRow, meeting_id)
    for name, value in columns.items():
        setattr(row, name, _texts(columns["proposals"]) if name == "proposals" else value)
    tx.add(row)
    tx.flush()


def answer(tx: Session, meeting_id: int, user_id: str, outcome: Outcome) -> None:
    """Record what this person says came of it; the packed round is stale from now on."""
    row = tx.get_one(MeetingPersonRow, (meeting_id, user_id))
    row.outcome = outcome
    tx.add(row)
    tx.flush()
    unpack(tx, meeting_id)


def unpack(tx: Session, meeting_id: int) -> None:
    """The packed round that it is in is stale from now on."""
    meeting = tx.get_one(MeetingRow, meeting_id)
    own = (
        col(RoundPack.round_id) == meeting.round_id
        if meeting.round_id is not None
        else col(RoundPack.meeting_id) == meeting_id
    )
    tx.connection().execute(update(RoundPack).where(own).values(stale=True))


def pick(tx: Session, meeting_id: int, user_id: str, picks: Iterable[datetime]) -> None:
    """Record which proposed times suit this person."""
    row = tx.get_one(MeetingPersonRow, (meeting_id, user_id))
    row.picks = _texts(sorted(picks))
    tx.add(row)
    tx.flush()


def drop(tx: Session, meeting_id: int, user_ids: Iterable[str]) -> None:
    """These people are not part of the meeting after all."""
    for user_id in user_ids:
        row = tx.get(MeetingPersonRow, (meeting_id, user_id))
        if row is not None:
            tx.delete(row)
    tx.flush()


def join(tx: Session, meeting_id: int, user_id: str) -> None:
    """One more person in the meeting."""
    meeting = tx.get_one(MeetingRow, meeting_id)
    tx.add(
        MeetingPersonRow(meeting_id=meeting_id, team_id=meeting.team_id, user_id=user_id, place=99)
    )
    tx.flush()


def times_together(tx: Session, who: Who, others: Iterable[str]) -> int:
    """How often this person was in a meeting with any of the others."""
    own = select(MeetingPersonRow.meeting_id).where(
        MeetingPersonRow.team_id == who.team, MeetingPersonRow.user_id == who.user
    )
    query = select(func.count()).where(
        col(MeetingPersonRow.meeting_id).in_(own),
        col(MeetingPersonRow.user_id).in_(list(others)),
        col(MeetingPersonRow.user_id) != who.user,
    )
    return int(tx.exec(query).one())


def of_round(tx: Session, round_id: int) -> list[Meeting]:
    """The meetings of a round, in the order of its groups."""
    query = select(MeetingRow).where(MeetingRow.round_id == round_id)
    return _with_people(tx, list(tx.exec(query.order_by(col(MeetingRow.position)))))


def hold_round(tx: Session, round_id: int) -> list[Meeting]:
    """The same as they are now, for who is about to change some of them."""
    query = select(MeetingRow).where(MeetingRow.round_id == round_id)
    rows = held_all(tx, query.order_by(col(MeetingRow.id)))
    return _with_people(tx, sorted(rows, key=lambda row: row.position))


def of_person(tx: Session, who: Who, count: int = 10) -> list[Meeting]:
    """The person's newest meetings, newest first."""
    query = (
        select(MeetingRow)
        .join(MeetingPersonRow, col(MeetingPersonRow.meeting_id) == col(MeetingRow.id))
        .where(MeetingPersonRow.team_id == who.team, MeetingPersonRow.user_id == who.user)
        .order_by(col(MeetingRow.created_at).desc(), col(MeetingRow.id).desc())
        .limit(count)
    )
    return _with_people(tx, list(tx.exec(query)))


def any_unclosed_before(tx: Session, place: Place, now: datetime) -> bool:
    """Whether the channel has meetings whose time is over and which were not settled yet."""
    return tx.exec(_unclosed(place, now).limit(1)).first() is not None


def hold_unclosed_before(tx: Session, place: Place, now: datetime) -> list[Meeting]:
    """These meetings as they are now, for who is about to settle them."""
    return _with_people(tx, held_all(tx, _unclosed(place, now).order_by(col(MeetingRow.id))))


def _unclosed(place: Place, now: datetime) -> SelectOfScalar[MeetingRow]:
    return select(MeetingRow).where(
        MeetingRow.team_id == place.team,
        MeetingRow.channel_id == place.channel,
        col(MeetingRow.closed).is_(False),
        col(MeetingRow.ends_at) <= now,
    )


def _with_people(tx: Session, rows: Sequence[MeetingRow]) -> list[Meeting]:
    people: dict[int, list[Companion]] = {row.id: [] for row in rows if row.id is not None}
    ids = sorted(people)
    for i in range(0, len(ids), 500):
        query = select(MeetingPersonRow).where(
            col(MeetingPersonRow.meeting_id).in_(ids[i : i + 500])
        )
        for person in tx.exec(query.order_by(col(MeetingPersonRow.place))):
            people[person.meeting_id].append(_companion(person))
    return [_value(row, people[row.id or 0]) for row in rows]


def _companion(row: MeetingPersonRow) -> Companion:
    return Companion(
        row.user_id,
        row.outcome,
        tuple(datetime.fromisoformat(text) for text in row.picks),
    )


def _texts(instants: Sequence[datetime]) -> list[str]:
    return [instant.isoformat() for instant in instants]


def _value(row: MeetingRow, people: Sequence[Companion]) -> Meeting:
    assert row.id is not None
    return Meeting(
        id=row.id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        kind=row.kind,
        people=tuple(people),
        organiser=row.organiser,
        created_at=row.created_at,
        ends_at=row.ends_at,
        conversation_id=row.conversation_id,
        message_ts=row.message_ts,
        starter_id=row.starter_id,
        starter_tag=row.starter_tag,
        proposals=tuple(datetime.fromisoformat(text) for text in row.proposals),
        agreed_at=row.agreed_at,
        closed=row.closed,
    )
