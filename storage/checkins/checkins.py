"""Check-ins: planned, open, closed, and everything about them but the answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import ColumnElement, CursorResult, Update, bindparam, update
from sqlmodel import Session, col, select

from core.checkins import (
    Before,
    CheckIn,
    Contract,
    Draft,
    Kind,
    Phase,
    Question,
    Reply,
    Result,
)
from core.values import Place
from storage.checkins.rows import CheckInChanges, CheckInRow
from storage.platform.claims import claim, held

# Built once: thousands may answer within seconds.
_COUNT_ANSWER = (
    update(CheckInRow)
    .where(
        col(CheckInRow.id) == bindparam("of"),
        col(CheckInRow.phase) == Phase.OPEN,
        col(CheckInRow.closes_at) > bindparam("now"),
    )
    .values(answers=CheckInRow.answers + 1, changes=CheckInRow.changes + 1)
)


def plan(tx: Session, place: Place, draft: Draft) -> CheckIn | None:
    """Record a check-in that opens later (or now).

    None when its schedule has it already, and for a second pulse of a channel.
    """
    row = CheckInRow(
        team_id=place.team,
        channel_id=place.channel,
        kind=draft.contract.kind,
        asker=draft.asker,
        line=draft.line,
        questions=[question.to_json() for question in draft.questions],
        contract=draft.contract.to_json(),
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        schedule_id=draft.schedule_id,
    )
    return _value(tx, row) if claim(tx, row) else None


def scheduled_at(tx: Session, schedule_id: int, opens_at: datetime) -> bool:
    """Whether the schedule's check-in of that instant is recorded already."""
    query = select(CheckInRow.id).where(
        CheckInRow.schedule_id == schedule_id, CheckInRow.opens_at == opens_at
    )
    return tx.exec(query).first() is not None


def get(tx: Session, team_id: str, checkin_id: int) -> CheckIn | None:
    """The check-in, if it is of this workspace."""
    row = tx.get(CheckInRow, checkin_id)
    return _value(tx, row) if row is not None and row.team_id == team_id else None


def hold(tx: Session, team_id: str, checkin_id: int) -> CheckIn | None:
    """The check-in as it is now, for who is about to change it; whoever else wants to waits."""
    row = held(tx, CheckInRow, checkin_id)
    return _value(tx, row) if row is not None and row.team_id == team_id else None


def open_it(
    tx: Session, checkin_id: int, invited: int, items: Sequence[str], before_id: int | None
) -> bool:
    """From planned to open: who is asked, what came back, and the one before; False if not so."""
    columns = {"invited": invited, "items": list(items), "before_id": before_id}
    return _move(tx, checkin_id, Phase.PLANNED, Phase.OPEN, columns)


def close_it(tx: Session, checkin_id: int, result: Result, traced: bool) -> bool:
    """From open to closed, with what is shown from now on; False when it was not open."""
    columns = {
        "result": result.to_json(),
        "traced": traced,
        "changes": CheckInRow.changes + 1,
    }
    return _move(tx, checkin_id, Phase.OPEN, Phase.CLOSED, columns)


def cancel(tx: Session, checkin_id: int, before: Phase = Phase.PLANNED) -> bool:
    """From planned (or `before`) to cancelled: it is never posted."""
    return _move(tx, checkin_id, before, Phase.CANCELLED, {})


def count_answer(tx: Session, checkin_id: int, now: datetime) -> bool:
    """One more answer, if the check-in takes any now."""
    result = tx.connection().execute(_COUNT_ANSWER, {"of": checkin_id, "now": now})
    return result.rowcount == 1


def hold_open(tx: Session, checkin_id: int, now: datetime) -> bool:
    """Whether it takes answers now; then it is not closed before this transaction has ended."""
    query = select(CheckInRow.id).where(
        CheckInRow.id == checkin_id, CheckInRow.phase == Phase.OPEN, CheckInRow.closes_at > now
    )
    return tx.exec(query.with_for_update()).first() is not None


def of_delivery(tx: Session, delivery_id: str) -> int | None:
    """The id of the check-in whose post this delivery is."""
    return tx.exec(select(CheckInRow.id).where(CheckInRow.delivery_id == delivery_id)).first()


def touch(tx: Session, checkin_id: int) -> None:
    """The post shows something that has changed."""
    _one(
        tx,
        update(CheckInRow)
        .where(col(CheckInRow.id) == checkin_id)
        .values(changes=CheckInRow.changes + 1),
    )


def change(tx: Session, checkin_id: int, **columns: Unpack[CheckInChanges]) -> None:
    """Set columns of one check-in."""
    row = tx.get_one(CheckInRow, checkin_id)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def planned_until(tx: Session, moment: datetime) -> list[CheckIn]:
    """Planned check-ins whose time to open has come, the oldest first."""
    return _in_phase(tx, Phase.PLANNED, col(CheckInRow.opens_at) <= moment)


def open_until(tx: Session, moment: datetime) -> list[CheckIn]:
    """Open check-ins that close by then, in the order of closing."""
    return _in_phase(tx, Phase.OPEN, col(CheckInRow.closes_at) <= moment)


def open_now(tx: Session) -> list[CheckIn]:
    """Every open check-in."""
    return _in_phase(tx, Phase.OPEN, col(CheckInRow.id).is_not(None))


def stale_posts(tx: Session, not_since: datetime) -> list[CheckIn]:
    """Posted check-ins whose post shows less than is known and was not redrawn since then."""
    query = select(CheckInRow).where(
        col(CheckInRow.posted_ts).is_not(None),
        col(CheckInRow.changes) > col(CheckInRow.shown),
        (col(CheckInRow.refreshed_at).is_(None)) | (col(CheckInRow.refreshed_at) <= not_since),
    )
    return [_value(tx, row) for row in tx.exec(query.order_by(col(CheckInRow.id)))]


def redrawn(tx: Session, checkin_id: int, now: datetime) -> int | None:
    """The post is drawn with all that is known now; returns how many changes that are.

    None when it shows all of them already.
    """
    row = held(tx, CheckInRow, checkin_id)
    if row is None or row.shown == row.changes:
        return None
    row.shown, row.refreshed_at = row.changes, now
    tx.add(row)
    tx.flush()
    return row.changes


def due_reminders(tx: Session) -> list[CheckIn]:
    """Open, posted check-ins of which nobody was reminded yet."""
    query = select(CheckInRow).where(
        CheckInRow.phase == Phase.OPEN,
        col(CheckInRow.reminded).is_(False),
        col(CheckInRow.posted_ts).is_not(None),
    )
    return [_value(tx, row) for row in tx.exec(query.order_by(col(CheckInRow.id)))]


def closed_before(tx: Session, moment: datetime) -> list[CheckIn]:
    """Closed check-ins whose answers were not deleted yet, closed by then."""
    query = select(CheckInRow).where(
        CheckInRow.phase == Phase.CLOSED,
        col(CheckInRow.emptied).is_(False),
        col(CheckInRow.closes_at) <= moment,
    )
    return [_value(tx, row) for row in tx.exec(query.order_by(col(CheckInRow.id)))]


def traced(tx: Session, team_id: str) -> list[CheckIn]:
    """Shown pulses of the workspace whose receipts are still kept."""
    query = select(CheckInRow).where(CheckInRow.team_id == team_id, col(CheckInRow.traced))
    return [_value(tx, row) for row in tx.exec(query.order_by(col(CheckInRow.id)))]


def all_traced(tx: Session) -> list[CheckIn]:
    """The same over all workspaces."""
    query = select(CheckInRow).where(col(CheckInRow.traced))
    return [_value(tx, row) for row in tx.exec(query.order_by(col(CheckInRow.id)))]


def of_channel(
    tx: Session,
    place: Place,
    phases: Sequence[Phase],
    kind: Kind | None = None,
    count: int = 10,
) -> list[CheckIn]:
    """The channel's newest check-ins in these phases, newest first."""
    query = select(CheckInRow).where(
        CheckInRow.team_id == place.team,
        CheckInRow.channel_id == place.channel,
        col(CheckInRow.phase).in_(list(phases)),
    )
    if kind is not None:
        query = query.where(CheckInRow.kind == kind)
    ordered = query.order_by(col(CheckInRow.opens_at).desc(), col(CheckInRow.id).desc())
    return [_value(tx, row) for row in tx.exec(ordered.limit(count))]


def used_prompts(tx: Session, place: Place, kind: Kind) -> list[str]:
    """The ids of the prompts this channel has had for a kind, oldest first."""
    query = select(CheckInRow.questions).where(
        CheckInRow.team_id == place.team,
        CheckInRow.channel_id == place.channel,
        CheckInRow.kind == kind,
        CheckInRow.phase != Phase.CANCELLED,
    )
    rows = tx.exec(query.order_by(col(CheckInRow.opens_at), col(CheckInRow.id)))
    return [q["prompt_id"] for questions in rows for q in questions if q.get("prompt_id")]


def _move(
    tx: Session, checkin_id: int, before: Phase, after: Phase, columns: Mapping[str, Any]
) -> bool:
    query = (
        update(CheckInRow)
        .where(col(CheckInRow.id) == checkin_id, col(CheckInRow.phase) == before)
        .values(phase=after, **columns)
    )
    moved = _one(tx, query)
    tx.expire_all()
    return moved


def _one(tx: Session, query: Update) -> bool:
    result = tx.connection().execute(query)
    assert isinstance(result, CursorResult)
    return result.rowcount == 1


def _in_phase(tx: Session, phase: Phase, condition: ColumnElement[bool]) -> list[CheckIn]:
    query = select(CheckInRow).where(CheckInRow.phase == phase, condition)
    ordered = query.order_by(col(CheckInRow.closes_at), col(CheckInRow.id))
    return [_value(tx, row) for row in tx.exec(ordered)]


def _value(tx: Session, row: CheckInRow) -> CheckIn:
    assert row.id is not None
    return CheckIn(
        id=row.id,
        team_id=row.team_id,
        channel_id=row.channel_id,
        asker=row.asker,
        line=row.line,
        questions=tuple(Question.from_json(question) for question in row.questions),
        contract=Contract.from_json(row.contract),
        phase=row.phase,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        invited=row.invited,
        answers=row.answers,
        posted_ts=row.posted_ts,
        schedule_id=row.schedule_id,
        before=_before(tx, row.before_id),
        items=tuple(row.items),
        result=Result.from_json(row.result) if row.result is not None else None,
        reply=_reply(row.reply),
    )


def _before(tx: Session, checkin_id: int | None) -> Before | None:
    row = tx.get(CheckInRow, checkin_id) if checkin_id is not None else None
    if row is None:
        return None
    return Before(row.asker, row.kind, row.closes_at, _reply(row.reply))


def _reply(stored: Mapping[str, Any] | None) -> Reply | None:
    return Reply(stored["heard"], stored["will"]) if stored else None
