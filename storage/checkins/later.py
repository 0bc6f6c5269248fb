"""What later check-ins of a channel take from earlier ones, and what is left of those in Slack."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from core.checkins import ARC, Phase, Result
from core.values import Place
from storage.checkins.rows import CheckInPersonRow, CheckInRow
from storage.outbox.rows import DeliveryRow


def over(tx: Session, place: Place) -> set[str]:
    """The ids of the finished worries and actions that a check-in of the channel has told.

    Only those whose answers are still kept are asked: what older ones told is deleted.
    """
    query = select(CheckInRow.result).where(
        CheckInRow.team_id == place.team,
        CheckInRow.channel_id == place.channel,
        CheckInRow.phase == Phase.CLOSED,
        col(CheckInRow.kind).in_(list(ARC)),
        col(CheckInRow.emptied).is_(False),
    )
    results = [Result.from_json(result) for result in tx.exec(query) if result is not None]
    return {item_id for result in results if result.told for item_id in result.told.over}


def receipts(tx: Session, checkin_id: int) -> int:
    """How many were asked without names: whoever joined later has a receipt too."""
    query = select(func.count()).where(CheckInPersonRow.checkin_id == checkin_id)
    return tx.exec(query).one()


def touch_followers(tx: Session, checkin_id: int) -> None:
    """The check-ins that tell what became of this one show something that has changed."""
    tx.connection().execute(
        update(CheckInRow)
        .where(col(CheckInRow.before_id) == checkin_id)
        .values(changes=CheckInRow.changes + 1)
    )


def wipe(tx: Session, delivery_id: str) -> None:
    """Forget what a message that was sent said."""
    tx.get_one(DeliveryRow, delivery_id).payload = {}
    tx.flush()
