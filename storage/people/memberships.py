"""Who is in which channel's rounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Unpack

from sqlalchemy import and_, bindparam, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from core.values import Membership, Place, Who
from storage.people.rows import MembershipChanges, MembershipRow, PersonRow
from storage.platform.claims import add_new, found_or_new

# Built once: thousands may answer a check-in within seconds.
_STANDING = (
    select_columns(
        col(PersonRow.is_bot),
        col(PersonRow.deleted),
        col(PersonRow.stranger),
        col(PersonRow.guest),
        func.coalesce(col(MembershipRow.present), False),
    )
    .outerjoin(
        MembershipRow,
        and_(
            col(MembershipRow.team_id) == col(PersonRow.team_id),
            col(MembershipRow.user_id) == col(PersonRow.user_id),
            col(MembershipRow.channel_id) == bindparam("channel"),
        ),
    )
    .where(
        col(PersonRow.team_id) == bindparam("team"), col(PersonRow.user_id) == bindparam("person")
    )
)


class ToTell(NamedTuple):
    """Who is to hear what happens in a channel: whoever is new there, and whoever is back there.

    Back again, nobody hears it who was told before that everyone takes part, or has decided.
    """

    new: bool
    back: bool


TELL_NOBODY = ToTell(new=False, back=False)


class Standing(NamedTuple):
    """What Slack said of a person, and whether they are in the channel now."""

    is_bot: bool
    deleted: bool
    stranger: bool
    guest: bool
    present: bool


def standing(tx: Session, place: Place, user_id: str) -> Standing | None:
    """The person's standing in the channel, in one query; None for somebody never heard of."""
    where = {"team": place.team, "channel": place.channel, "person": user_id}
    found = tx.connection().execute(_STANDING, where).first()
    return Standing(*found) if found is not None else None


def get(tx: Session, place: Place, user_id: str) -> Membership:
    """The person's standing in the channel; the plain default when nothing is stored."""
    row = tx.get(MembershipRow, (place.team, place.channel, user_id))
    return _value(row) if row else Membership(place.channel, user_id, present=False)


def left(tx: Session, place: Place, user_ids: Iterable[str]) -> set[str]:
    """Those of them who were in the channel once and are not any more."""
    query = select(MembershipRow.user_id).where(
        MembershipRow.team_id == place.team,
        MembershipRow.channel_id == place.channel,
        col(MembershipRow.user_id).in_(list(user_ids)),
        col(MembershipRow.present).is_(False),
    )
    return set(tx.exec(query))


def present(tx: Session, place: Place, user_ids: Iterable[str]) -> set[str]:
    """Those of them who are in the channel."""
    query = select(MembershipRow.user_id).where(
        MembershipRow.team_id == place.team,
        MembershipRow.channel_id == place.channel,
        col(MembershipRow.user_id).in_(list(user_ids)),
        col(MembershipRow.present),
    )
    return set(tx.exec(query))


def of_channel(tx: Session, place: Place) -> dict[str, Membership]:
    """Everyone who ever was in the channel, by user id."""
    query = select(MembershipRow).where(
        MembershipRow.team_id == place.team, MembershipRow.channel_id == place.channel
    )
    return {row.user_id: _value(row) for row in tx.exec(query)}


def of_person(tx: Session, who: Who) -> list[Membership]:
    """The channels the person is in now, in the order of their ids."""
    query = select(MembershipRow).where(
        MembershipRow.team_id == who.team, MembershipRow.user_id == who.user
    )
    rows = tx.exec(query.order_by(MembershipRow.channel_id))
    return [_value(row) for row in rows if row.present]


def change(
    tx: Session,
    place: Place,
    user_id: str,
    **columns: Unpack[MembershipChanges],
) -> None:
    """Set columns of one membership; made when new."""
    blank = MembershipRow(team_id=place.team, channel_id=place.channel, user_id=user_id)
    row = found_or_new(tx, blank)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def arrive(tx: Session, place: Place, user_id: str, to_tell: ToTell = TELL_NOBODY) -> None:
    """The person is in the channel; whoever is to be told what happens there waits for that."""
    blank = MembershipRow(
        team_id=place.team, channel_id=place.channel, user_id=user_id, present=False
    )
    known = tx.get(MembershipRow, (place.team, place.channel, user_id)) is not None
    row = found_or_new(tx, blank)
    if not known:
        row.present, row.untold = True, to_tell.new
    elif not row.present:
        _returns(row, to_tell)
    tx.add(row)
    tx.flush()


def untold(tx: Session, place: Place) -> list[str]:
    """Who is in the channel now and has to hear yet what happens there, by id."""
    query = select(MembershipRow.user_id).where(
        MembershipRow.team_id == place.team,
        MembershipRow.channel_id == place.channel,
        col(MembershipRow.untold),
        col(MembershipRow.present),
    )
    return list(tx.exec(query.order_by(MembershipRow.user_id)))


def _returns(row: MembershipRow, to_tell: ToTell) -> None:
    row.present = True
    if to_tell.back and row.opted is None and row.told_at is None:
        row.untold = True


def reconcile(
    tx: Session, place: Place, present: Iterable[str], to_tell: ToTell = TELL_NOBODY
) -> list[str]:
    """Slack's list is the truth: events can be lost. Returns those who are new in the channel."""
    now_there = set(present)
    query = select(MembershipRow).where(
        MembershipRow.team_id == place.team, MembershipRow.channel_id == place.channel
    )
    for row in tx.exec(query):
        if row.present != (row.user_id in now_there):
            if row.present:
                row.present = False
            else:
                _returns(row, to_tell)
            tx.add(row)
        now_there.discard(row.user_id)
    tx.flush()
    new = sorted(now_there)
    blank = MembershipRow(
        team_id=place.team, channel_id=place.channel, user_id="", untold=to_tell.new
    ).model_dump()
    add_new(tx, MembershipRow, [{**blank, "user_id": user_id} for user_id in new])
    return new


def clear_skips(tx: Session, place: Place) -> None:
    """The round that some people wanted to skip is over."""
    where = (
        col(MembershipRow.team_id) == place.team,
        col(MembershipRow.channel_id) == place.channel,
    )
    tx.connection().execute(update(MembershipRow).where(*where).values(skipping=False))
    tx.expire_all()


def introduced(tx: Session, place: Place, user_ids: Iterable[str], number: int) -> None:
    """These people are in round `number` of the channel; nobody waits any more."""
    where = (
        col(MembershipRow.team_id) == place.team,
        col(MembershipRow.channel_id) == place.channel,
    )
    tx.connection().execute(update(MembershipRow).where(*where).values(waiting_since=None))
    ids = sorted(user_ids)
    for i in range(0, len(ids), 500):
        tx.connection().execute(
            update(MembershipRow)
            .where(*where, col(MembershipRow.user_id).in_(ids[i : i + 500]))
            .values(last_round=number)
        )
    tx.expire_all()


def _value(row: MembershipRow) -> Membership:
    return Membership(
        channel_id=row.channel_id,
        user_id=row.user_id,
        present=row.present,
        opted=row.opted,
        skipping=row.skipping,
        waiting_since=row.waiting_since,
        last_round=row.last_round,
        told_at=row.told_at,
    )
