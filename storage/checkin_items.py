"""Worries and actions of a channel, which come back until they are settled (C7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import uuid4

from sqlmodel import Session, col, select

from core.actions import Item, ItemKind, State
from storage.checkin_models import CheckInItemRow


def add(
    tx: Session,
    team_id: str,
    channel_id: str,
    kind: ItemKind,
    text: str,
    owner: str | None = None,
    checkin_id: int | None = None,
) -> Item:
    """A new worry or action. Its id is chance, so that the order of ids says nothing."""
    row = CheckInItemRow(
        id=uuid4().hex,
        team_id=team_id,
        channel_id=channel_id,
        checkin_id=checkin_id,
        kind=kind.value,
        text=text,
        owner=owner,
    )
    tx.add(row)
    tx.flush()
    return _value(row)


def unfinished(tx: Session, team_id: str, channel_id: str) -> list[Item]:
    """Everything of the channel that is neither done nor dropped, longest carried first."""
    query = select(CheckInItemRow).where(
        CheckInItemRow.team_id == team_id,
        CheckInItemRow.channel_id == channel_id,
        col(CheckInItemRow.state).in_([State.OPEN.value, State.STILL_OPEN.value]),
    )
    ordered = query.order_by(col(CheckInItemRow.carried).desc(), col(CheckInItemRow.id))
    return [_value(row) for row in tx.exec(ordered)]


def some(tx: Session, item_ids: Sequence[str]) -> list[Item]:
    """These items, in the order given; those that are gone are left out."""
    query = select(CheckInItemRow).where(col(CheckInItemRow.id).in_(list(item_ids)))
    found = {row.id: _value(row) for row in tx.exec(query)}
    return [found[item_id] for item_id in item_ids if item_id in found]


def get(tx: Session, team_id: str, item_id: str) -> tuple[Item, str] | None:
    """The item and its channel, if it is of this workspace."""
    row = tx.get(CheckInItemRow, item_id)
    return (_value(row), row.channel_id) if row and row.team_id == team_id else None


def save(tx: Session, items: Iterable[Item]) -> None:
    """Store the items as they stand now."""
    for item in items:
        row = tx.get_one(CheckInItemRow, item.id)
        row.owner, row.state = item.owner, item.state.value
        row.carried, row.asked = item.carried, item.asked
        tx.add(row)
    tx.flush()


def of_owner(tx: Session, team_id: str, user_id: str) -> list[Item]:
    """Everything this person took on."""
    query = select(CheckInItemRow).where(
        CheckInItemRow.team_id == team_id, CheckInItemRow.owner == user_id
    )
    return [_value(row) for row in tx.exec(query.order_by(col(CheckInItemRow.id)))]


def _value(row: CheckInItemRow) -> Item:
    return Item(
        id=row.id,
        kind=ItemKind(row.kind),
        text=row.text,
        owner=row.owner,
        state=State(row.state),
        carried=row.carried,
        asked=row.asked,
    )
