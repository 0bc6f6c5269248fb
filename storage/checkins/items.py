"""Worries and actions of a channel, which come back until they are settled (C7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, delete, or_, select

from core.actions import Item, ItemKind
from core.checkins import Phase
from core.values import Place
from storage.checkins.rows import CheckInItemRow, CheckInRow
from storage.platform.claims import held_all


def add(
    tx: Session,
    place: Place,
    kind: ItemKind,
    text: str,
    owner: str | None = None,
    checkin_id: int | None = None,
) -> Item:
    """A new worry or action. Its id is chance, so that the order of ids says nothing."""
    row = CheckInItemRow(
        id=uuid4().hex,
        team_id=place.team,
        channel_id=place.channel,
        checkin_id=checkin_id,
        kind=kind,
        text=text,
        owner=owner,
    )
    tx.add(row)
    tx.flush()
    return _value(row)


def of_channel(tx: Session, place: Place) -> list[Item]:
    """The channel's worries and actions, longest carried first; none of an open check-in yet.

    What is said in a check-in is seen when it has closed, by nobody before.
    """
    still_open = select(CheckInRow.id).where(CheckInRow.phase == Phase.OPEN)
    query = select(CheckInItemRow).where(
        CheckInItemRow.team_id == place.team,
        CheckInItemRow.channel_id == place.channel,
        or_(
            col(CheckInItemRow.checkin_id).is_(None),
            col(CheckInItemRow.checkin_id).not_in(still_open),
        ),
    )
    ordered = query.order_by(col(CheckInItemRow.carried).desc(), col(CheckInItemRow.id))
    return [_value(row) for row in tx.exec(ordered)]


def of_checkin(tx: Session, checkin_id: int) -> list[Item]:
    """The worries and actions that came of this check-in."""
    query = select(CheckInItemRow).where(CheckInItemRow.checkin_id == checkin_id)
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInItemRow.id)))]


def some(tx: Session, item_ids: Sequence[str]) -> list[Item]:
    """These items, in the order given; those that are gone are left out."""
    query = select(CheckInItemRow).where(col(CheckInItemRow.id).in_(list(item_ids)))
    found = {row.id: _value(row) for row in tx.exec(query)}
    return [found[item_id] for item_id in item_ids if item_id in found]


def hold(tx: Session, item_ids: Iterable[str]) -> list[Item]:
    """These items as they are now, for who is about to save them; in the order of their ids."""
    query = select(CheckInItemRow).where(col(CheckInItemRow.id).in_(list(item_ids)))
    return [_value(row) for row in held_all(tx, query.order_by(col(CheckInItemRow.id)))]


def get(tx: Session, team_id: str, item_id: str) -> tuple[Item, Place] | None:
    """The item and its channel, if it is of this workspace."""
    row = tx.get(CheckInItemRow, item_id)
    if row is None or row.team_id != team_id:
        return None
    return _value(row), Place(row.team_id, row.channel_id)


def save(tx: Session, items: Iterable[Item]) -> None:
    """Store the items as they stand now."""
    for item in items:
        row = tx.get_one(CheckInItemRow, item.id)
        row.owner, row.state = item.owner, item.state
        row.carried, row.asked = item.carried, item.asked
        tx.add(row)
    tx.flush()


def drop(tx: Session, item_ids: Iterable[str]) -> None:
    """Delete these items."""
    tx.exec(delete(CheckInItemRow).where(col(CheckInItemRow.id).in_(list(item_ids))))


def older_than(tx: Session, moment: datetime) -> list[str]:
    """The ids of items whose check-in closed before then."""
    old = select(CheckInRow.id).where(
        CheckInRow.phase == Phase.CLOSED, col(CheckInRow.closes_at) < moment
    )
    return list(tx.exec(select(CheckInItemRow.id).where(col(CheckInItemRow.checkin_id).in_(old))))


def _value(row: CheckInItemRow) -> Item:
    return Item(
        id=row.id,
        kind=row.kind,
        text=row.text,
        owner=row.owner,
        state=row.state,
        carried=row.carried,
        asked=row.asked,
    )
