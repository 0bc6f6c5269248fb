"""A channel gets another id: every row that holds the old one holds the new one from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Table, and_, delete, exists, func, or_, select, update
from sqlmodel import Session, SQLModel

from core.outbox.kinds import DeliveryState
from core.values import Place
from storage.channels.rows import ChannelMoveRow, ChannelRow
from storage.platform.claims import held

COLUMNS = ("channel_id", "about", "posted_channel")
"""The columns that hold a channel's id, in whatever table they are."""


def follow(tx: Session, place: Place, new_id: str) -> bool:
    """The channel is `new_id` now; False when that was known, or the channel never was.

    What was learned under the new id meanwhile is kept, where the old one has nothing to say.
    """
    team_id, old = place.team, place.channel
    if old == new_id or tx.get(ChannelMoveRow, (team_id, old)) is not None:
        return False
    before = held(tx, ChannelRow, (team_id, old))
    if before is None:
        return False
    since = held(tx, ChannelRow, (team_id, new_id))
    if since is not None:
        _merge(tx, before, since)
    tx.add(ChannelMoveRow(team_id=team_id, old_id=old, new_id=new_id))
    tx.flush()
    moves = SQLModel.metadata.tables["channel_moves"]
    own = and_(moves.c.team_id == team_id, moves.c.new_id == old)
    tx.connection().execute(update(moves).where(own).values(new_id=new_id))
    _readdress(tx, team_id, old, new_id)
    for table in SQLModel.metadata.sorted_tables:
        for name in COLUMNS:
            if name in table.c and table.name != "channel_moves":
                own = and_(table.c.team_id == team_id, table.c[name] == old)
                tx.connection().execute(update(table).where(own).values({name: new_id}))
    tx.expire_all()
    return True


def _merge(tx: Session, before: ChannelRow, since: ChannelRow) -> None:
    """Make room under the new id: of two rows about one thing, the older history stays."""
    team_id, old, new = before.team_id, before.channel_id, since.channel_id
    if since.started and not before.started:
        before.settings, before.started = since.settings, True
        before.next_due_at, before.announced = since.next_due_at, since.announced
        before.everyone_from = since.everyone_from
    before.active = True
    rounds = SQLModel.metadata.tables["rounds"]
    theirs = and_(rounds.c.team_id == team_id, rounds.c.channel_id == new)
    for round_id, number in (
        tx.connection()
        .execute(
            select(rounds.c.id, rounds.c.number).where(theirs).order_by(rounds.c.number.desc())
        )
        .all()
    ):
        later = {"number": number + before.round_count}
        tx.connection().execute(update(rounds).where(rounds.c.id == round_id).values(later))
    before.round_count += since.round_count
    tx.add(before)
    tx.flush()
    _keep_choices(tx, team_id, old, new)
    for table in SQLModel.metadata.sorted_tables:
        keys = [column.name for column in table.primary_key if column.name != "channel_id"]
        if "channel_id" in table.primary_key and len(keys) < len(table.primary_key):
            _drop_doubles(tx, table, (team_id, old, new), keys)
    tx.expire_all()


def _keep_choices(tx: Session, team_id: str, old: str, new: str) -> None:
    """What people chose under the new id is newer than what they chose under the old one."""
    members = SQLModel.metadata.tables["memberships"]
    there = and_(members.c.team_id == team_id, members.c.channel_id == new)
    for row in tx.connection().execute(select(members).where(there)).mappings().all():
        own = and_(
            members.c.team_id == team_id,
            members.c.channel_id == old,
            members.c.user_id == row["user_id"],
        )
        values = {"present": row["present"], "skipping": row["skipping"]}
        if row["opted"] is not None:
            values["opted"] = row["opted"]
        tx.connection().execute(update(members).where(own).values(values))


def _drop_doubles(
    tx: Session, table: Table, ids: tuple[str, str, str], keys: Sequence[str]
) -> None:
    team_id, old, new = ids
    twin = table.alias()
    same = [twin.c[name] == table.c[name] for name in keys]
    there = exists().where(twin.c.channel_id == old, *same)
    own = and_(table.c.team_id == team_id, table.c.channel_id == new)
    tx.connection().execute(delete(table).where(own, there))


def _readdress(tx: Session, team_id: str, old: str, new: str) -> None:
    """Messages are known by the new id, and those that wait name it."""
    sent = SQLModel.metadata.tables["deliveries"]
    about = or_(*(sent.c[name] == old for name in COLUMNS), sent.c.dedupe_key.contains(old))
    waiting = sent.c.state == DeliveryState.WAITING
    query = select(sent.c.id, sent.c.dedupe_key, sent.c.payload, sent.c.state)
    for row in tx.connection().execute(query.where(sent.c.team_id == team_id, or_(about, waiting))):
        payload = json.dumps(row.payload)
        if row.state == DeliveryState.WAITING and old in payload:
            changed = {"payload": json.loads(payload.replace(old, new))}
            tx.connection().execute(update(sent).where(sent.c.id == row.id).values(changed))
        key = row.dedupe_key.replace(old, new)
        twin = select(func.count()).where(sent.c.team_id == team_id, sent.c.dedupe_key == key)
        if key != row.dedupe_key and not tx.connection().scalar(twin):
            tx.connection().execute(update(sent).where(sent.c.id == row.id).values(dedupe_key=key))
