"""Channels and their hosts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Unpack

from sqlmodel import Session, col, delete, select

from core.values import Channel, ChannelSettings, Place, Who
from storage.channels.rows import ChannelChanges, ChannelMoveRow, ChannelRow, HostRow
from storage.platform.claims import found_or_new, held

MOVING_A_NOTICE = {"next_due_at", "settings"}  # the date of the round, or the channel's days off


def get(tx: Session, place: Place) -> Channel | None:
    """The channel, or None when Kettle never was in it; by an id that it had before, too."""
    row = tx.get(ChannelRow, _key(tx, place))
    return _value(row) if row else None


def hold(tx: Session, place: Place) -> Channel | None:
    """The channel as it is now; whoever else wants to hold it waits until this transaction ends.

    For what is exclusive in a channel and has no key of its own: look after this, then write.
    """
    row = held(tx, ChannelRow, _key(tx, place))
    return _value(row) if row else None


def known(tx: Session, team_id: str) -> list[Channel]:
    """Every channel the bot is in now, by name."""
    query = select(ChannelRow).where(ChannelRow.team_id == team_id, col(ChannelRow.active))
    return [_value(row) for row in tx.exec(query.order_by(ChannelRow.name, ChannelRow.channel_id))]


def running(tx: Session) -> list[Channel]:
    """Every channel of every workspace in which rounds are held."""
    query = select(ChannelRow).where(col(ChannelRow.active), col(ChannelRow.started))
    return [_value(row) for row in tx.exec(query.order_by(col(ChannelRow.next_due_at)))]


def add(tx: Session, place: Place, name: str, invited_by: str | None) -> Channel:
    """The bot is in this channel (again); what a host decided before is kept.

    Whoever invited it first stays host, and so becomes who invites it again (H1).
    """
    team_id, channel_id = _key(tx, place)
    row = found_or_new(tx, ChannelRow(team_id=team_id, channel_id=channel_id, settings={}))
    row.active = True
    row.name = name or row.name
    row.invited_by = row.invited_by or invited_by
    if invited_by and invited_by != row.invited_by:
        found_or_new(tx, HostRow(team_id=team_id, channel_id=channel_id, user_id=invited_by))
    tx.add(row)
    tx.flush()
    return _value(row)


def decide(
    tx: Session,
    place: Place,
    settings: ChannelSettings,
    next_due_at: datetime | None,
) -> Channel:
    """A host saved the settings: rounds are held from now on."""
    row = _row(tx, place)
    _reckon_anew(row, settings=settings.to_json(), next_due_at=next_due_at)
    row.settings = settings.to_json()
    row.started = True
    row.next_due_at = next_due_at
    tx.add(row)
    tx.flush()
    return _value(row)


def change(tx: Session, place: Place, **columns: Unpack[ChannelChanges]) -> None:
    """Set columns of one channel."""
    row = _row(tx, place)
    _reckon_anew(row, **columns)
    for name, value in columns.items():
        setattr(row, name, value)
    tx.add(row)
    tx.flush()


def quieten(tx: Session, place: Place, until: date | None) -> None:
    """Mark the channel as under pressure until this day (C10); None lifts it."""
    change(tx, place, quiet_until=until)


def was_listed(tx: Session, place: Place) -> bool:
    """Whether Slack's list of who is in the channel has been read before."""
    return _row(tx, place).listed


def kept_plan(tx: Session, place: Place) -> str | None:
    """The proven rest of the matcher's cycle, as the last round left it."""
    return _row(tx, place).kept


def hosts(tx: Session, place: Place) -> list[str]:
    """The people named host of this channel, without admins, owners and the inviter."""
    query = select(HostRow.user_id).where(
        HostRow.team_id == place.team, HostRow.channel_id == place.channel
    )
    return list(tx.exec(query.order_by(HostRow.user_id)))


def named_host_of(tx: Session, who: Who) -> set[str]:
    """The channels of which this person is a named host."""
    query = select(HostRow.channel_id).where(
        HostRow.team_id == who.team, HostRow.user_id == who.user
    )
    return set(tx.exec(query))


def name_hosts(tx: Session, place: Place, user_ids: list[str]) -> None:
    """These, and no others, are the named hosts from now on."""
    hold(tx, place)
    tx.exec(
        delete(HostRow).where(
            col(HostRow.team_id) == place.team, col(HostRow.channel_id) == place.channel
        )
    )
    for user_id in sorted(set(user_ids)):
        tx.add(HostRow(team_id=place.team, channel_id=place.channel, user_id=user_id))
    tx.flush()


def _key(tx: Session, place: Place) -> tuple[str, str]:
    """The key of the channel's row, whichever of its ids is asked for."""
    moved = tx.get(ChannelMoveRow, (place.team, place.channel))
    return place.team, moved.new_id if moved else place.channel


def _reckon_anew(row: ChannelRow, **columns: Unpack[ChannelChanges]) -> None:
    """Another date, or other days off: when the round is announced is reckoned at the next beat."""
    for name in MOVING_A_NOTICE & columns.keys():
        if getattr(row, name) != columns.get(name):
            row.notice_at = None


def _row(tx: Session, place: Place) -> ChannelRow:
    row = tx.get(ChannelRow, _key(tx, place))
    if row is None:
        raise LookupError(f"channel {place.channel} is not known")
    return row


def _value(row: ChannelRow) -> Channel:
    return Channel(
        team_id=row.team_id,
        id=row.channel_id,
        name=row.name,
        active=row.active,
        started=row.started,
        invited_by=row.invited_by,
        settings=ChannelSettings.from_json(row.settings),
        next_due_at=row.next_due_at,
        round_count=row.round_count,
        noticed_for=row.noticed_for,
        announced=row.announced,
        quiet_until=row.quiet_until,
        everyone_from=row.everyone_from,
        notice_at=row.notice_at,
    )
