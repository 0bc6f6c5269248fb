"""Colleagues: what Slack says of them, what they chose, and whom they would rather not meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Unpack

from sqlalchemy import update
from sqlmodel import Session, col, delete, select

from core.values import Hours, Person, Who
from storage.people.rows import NotWithRow, PersonChanges, PersonRow, Seen
from storage.platform.claims import add_new, claim, found_or_new, held, held_all
from storage.platform.rows import Workspace
from storage.platform.slices import slices


def workspace(tx: Session, team_id: str) -> Workspace:
    """The workspace's row, made when it is new."""
    return found_or_new(tx, Workspace(team_id=team_id))


def bot_user_id(tx: Session, team_id: str) -> str:
    """The bot's own user id; empty when it is not known yet."""
    row = tx.get(Workspace, team_id)
    return row.bot_user_id if row else ""


def installed(tx: Session, team_ids: Iterable[str]) -> str:
    """The first of these workspaces that Kettle lives in; else the only one there is, or ""."""
    known = [row.team_id for row in tx.exec(select(Workspace)) if row.bot_user_id]
    named = [team_id for team_id in team_ids if team_id in known]
    return named[0] if named else known[0] if len(known) == 1 else ""


def get(tx: Session, who: Who) -> Person | None:
    """The person, or None when Kettle never met them."""
    row = tx.get(PersonRow, (who.team, who.user))
    return _value(row) if row else None


def require(tx: Session, who: Who) -> Person:
    """The person; known from now on."""
    return _value(_row(tx, who))


def hold(tx: Session, who: Who) -> Person:
    """The person as they are now, for who is about to change them; known from now on."""
    _row(tx, who)
    row = held(tx, PersonRow, (who.team, who.user))
    assert row is not None
    return _value(row)


def hold_all(tx: Session, team_id: str, user_ids: Iterable[str]) -> None:
    """Those of them that are known, one after another in the order of their ids."""
    for part in slices(set(user_ids)):
        query = select(PersonRow).where(
            PersonRow.team_id == team_id, col(PersonRow.user_id).in_(part)
        )
        held_all(tx, query.order_by(col(PersonRow.user_id)))


def some(tx: Session, team_id: str, user_ids: Iterable[str]) -> dict[str, Person]:
    """The people among these ids that are known, by id."""
    found: dict[str, Person] = {}
    for part in slices(user_ids):
        query = select(PersonRow).where(
            PersonRow.team_id == team_id, col(PersonRow.user_id).in_(part)
        )
        found.update((row.user_id, _value(row)) for row in tx.exec(query))
    return found


def change(tx: Session, who: Who, **columns: Unpack[PersonChanges]) -> Person:
    """Set columns of one person."""
    row = _row(tx, who)
    for name, value in {**columns, **_gone(columns)}.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()
    return _value(row)


def admins(tx: Session, team_id: str) -> list[str]:
    """The admins and owners of the workspace whom Kettle knows, as far as it knows."""
    query = select(PersonRow.user_id).where(
        PersonRow.team_id == team_id, col(PersonRow.admin), col(PersonRow.deleted).is_(False)
    )
    return list(tx.exec(query.order_by(PersonRow.user_id)))


def refresh(tx: Session, team_id: str, seen: Mapping[str, Seen], at: datetime) -> None:
    """Take over what Slack says of these people, as of `at`."""
    known: set[str] = set()
    for part in slices(seen):
        query = select(PersonRow.user_id).where(
            PersonRow.team_id == team_id, col(PersonRow.user_id).in_(part)
        )
        known.update(tx.exec(query))
    new = sorted(set(seen) - known)
    blank = PersonRow(team_id=team_id, user_id="", number=0, seen_at=at).model_dump()
    first = _next_number(tx, team_id, len(new)) if new else 0
    if new:
        rows = [
            {**blank, **seen[user_id], "user_id": user_id, "number": first + i}
            for i, user_id in enumerate(new)
        ]
        add_new(tx, PersonRow, rows)
    if known:
        where = {"team_id": team_id, "seen_at": at}
        changed = [{**where, "user_id": u, **seen[u], **_gone(seen[u])} for u in sorted(known)]
        tx.execute(update(PersonRow), changed)
        tx.expire_all()


def stale(tx: Session, team_id: str, user_ids: Iterable[str], before: datetime) -> set[str]:
    """Those of the ids that Slack was not asked about since `before`."""
    wanted = set(user_ids)
    for part in slices(wanted.copy()):
        query = select(PersonRow.user_id).where(
            PersonRow.team_id == team_id,
            col(PersonRow.user_id).in_(part),
            col(PersonRow.seen_at) >= before,
        )
        wanted.difference_update(str(user_id) for user_id in tx.exec(query))
    return wanted


def add_credit(tx: Session, team_id: str, amounts: Mapping[str, float]) -> None:
    """Book times in the odd group minus the fair share (the matcher's credit)."""
    alike: dict[float, list[str]] = {}
    for user_id, amount in amounts.items():
        if amount:
            alike.setdefault(amount, []).append(user_id)
    for amount, user_ids in alike.items():
        _add(tx, team_id, user_ids, {"credit": PersonRow.credit + amount})


def add_organised(tx: Session, team_id: str, user_ids: Iterable[str]) -> None:
    """These people get their group going this time."""
    _add(tx, team_id, user_ids, {"organised": PersonRow.organised + 1})


def blocks(tx: Session, team_id: str, user_ids: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The pairs among these people that must not be introduced."""
    ids = set(user_ids)
    pairs: set[tuple[str, str]] = set()
    for part in slices(ids):
        query = select(NotWithRow).where(
            NotWithRow.team_id == team_id, col(NotWithRow.user_id).in_(part)
        )
        pairs.update((row.user_id, row.other_id) for row in tx.exec(query) if row.other_id in ids)
    return frozenset(pairs)


def not_with(tx: Session, who: Who) -> list[str]:
    """The person's own list; for their eyes only."""
    query = select(NotWithRow.other_id).where(
        NotWithRow.team_id == who.team, NotWithRow.user_id == who.user
    )
    return sorted(tx.exec(query))


def set_not_with(tx: Session, who: Who, others: Iterable[str]) -> None:
    """The person's whole list from now on."""
    held(tx, PersonRow, (who.team, who.user))  # of two lists at once the later one stands
    tx.exec(
        delete(NotWithRow).where(
            col(NotWithRow.team_id) == who.team, col(NotWithRow.user_id) == who.user
        )
    )
    for other in sorted(set(others) - {who.user}):
        tx.add(NotWithRow(team_id=who.team, user_id=who.user, other_id=other))
    tx.flush()


def _gone(columns: Seen) -> PersonChanges:
    """What is forgotten of somebody who has left the company."""
    return {"muted": False} if columns.get("deleted") else {}


def _row(tx: Session, who: Who) -> PersonRow:
    row = tx.get(PersonRow, (who.team, who.user))
    if row is None:
        row = PersonRow(team_id=who.team, user_id=who.user, number=_next_number(tx, who.team))
        if not claim(tx, row):
            return tx.get_one(PersonRow, (who.team, who.user))
    return row


def _add(tx: Session, team_id: str, user_ids: Iterable[str], values: dict[str, Any]) -> None:
    for part in slices(user_ids):
        where = (col(PersonRow.team_id) == team_id, col(PersonRow.user_id).in_(part))
        tx.connection().execute(update(PersonRow).where(*where).values(**values))
    tx.expire_all()


def _next_number(tx: Session, team_id: str, count: int = 1) -> int:
    """The first of so many new numbers."""
    workspace(tx, team_id)
    # One statement, so that two processes never hand out the same number.
    query = (
        update(Workspace)
        .where(col(Workspace.team_id) == team_id)
        .values(next_person_number=Workspace.next_person_number + count)
        .returning(col(Workspace.next_person_number))
    )
    return int(tx.connection().execute(query).scalar_one()) - count


def _value(row: PersonRow) -> Person:
    return Person(
        id=row.user_id,
        number=row.number,
        zone=row.zone,
        is_bot=row.is_bot,
        deleted=row.deleted,
        guest=row.guest,
        stranger=row.stranger,
        team=row.department,
        status_emoji=row.status_emoji,
        status_text=row.status_text,
        status_until=row.status_until,
        paused_until=row.paused_until,
        pace=row.pace,
        hours=Hours.from_json(row.hours),
        mode=row.mode,
        size=row.size,
        ask_about=row.ask_about,
        obeys_status=row.obeys_status,
        open_to_ask=row.open_to_ask,
        requests=row.requests,
        muted=row.muted,
        credit=row.credit,
        organised=row.organised,
        unanswered=row.unanswered,
    )
