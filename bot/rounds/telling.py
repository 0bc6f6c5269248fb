"""What hosts are told of their rounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.rounds import keys
from bot.rounds.views import notices
from bot.views.blocks import Message
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel
from storage.channels import channels
from storage.outbox import deliveries
from storage.people import memberships, people

MOST_ADMINS = 3  # who read what would be for hosts, where none is left


def hosts_of(tx: Session, channel: Channel) -> list[str]:
    """Whoever invited the bot, and the named hosts."""
    inviter = [channel.invited_by] if channel.invited_by else []
    return list(dict.fromkeys([*inviter, *channels.hosts(tx, channel.place)]))


def hosts_here(tx: Session, channel: Channel) -> list[str]:
    """Those of them who have not left the channel, or the company."""
    everyone = hosts_of(tx, channel)
    gone = memberships.left(tx, channel.place, everyone)
    known = people.some(tx, channel.team_id, everyone)
    gone |= {user_id for user_id, person in known.items() if person.deleted}
    return [user_id for user_id in everyone if user_id not in gone]


def readers(tx: Session, channel: Channel) -> list[str]:
    """Who reads what hosts are told: never a deactivated account, and somebody while there is one.

    The hosts who are there; else those who left the channel and not the company; else a few
    admins of the workspace, those in the channel first.
    """
    if here := hosts_here(tx, channel):
        return here
    everyone = hosts_of(tx, channel)
    known = people.some(tx, channel.team_id, everyone)
    if away := [u for u in everyone if not (u in known and known[u].deleted)]:
        return away
    admins = people.admins(tx, channel.team_id)
    inside = memberships.present(tx, channel.place, admins)
    return sorted(admins, key=lambda user_id: user_id not in inside)[:MOST_ADMINS]


def tell_hosts(
    tx: Session,
    channel: Channel,
    key: Key,
    kind: DeliveryKind,
    payload: Message,
    now: datetime,
) -> None:
    """A direct message to each of its `readers`; where there is none, the channel hears that."""
    told, hosts = readers(tx, channel), hosts_of(tx, channel)
    for user_id in told:
        mine = payload if user_id in hosts else notices.in_their_place(channel.id, payload)
        deliveries.put(
            tx,
            Outgoing(
                channel.team_id,
                keys.to_host(key, user_id),
                kind,
                mine,
                now,
                users=(user_id,),
                about=channel.id,
            ),
        )
    if not told:
        tell_nobody_hosts(tx, channel, now)


def tell_nobody_hosts(tx: Session, channel: Channel, now: datetime) -> None:
    """Nobody is left to be told anything: the channel hears so, once for the hosts that it had."""
    if not channel.active:
        return
    key = keys.hostless(channel, hosts_of(tx, channel))
    post = notices.hostless(channel.id)
    # Of no host and asked for by nobody: refused, it is not told about again.
    note = Outgoing(channel.team_id, key, DeliveryKind.UNSAID, post, now, channel_id=channel.id)
    deliveries.put(tx, note)


def tell_ended(tx: Session, channel: Channel, now: datetime) -> None:
    """Kettle is not in the channel any more: whoever answers for its rounds hears it, once."""
    channels.change(tx, channel.place, active=False)
    if channel.active and channel.started:
        key, payload = keys.ended(channel, now), notices.ended(channel.name)
        tell_hosts(tx, replace(channel, active=False), key, DeliveryKind.MISSED, payload, now)


def tell_hosts_missed(
    tx: Session, channel: Channel, first: datetime, last: datetime, now: datetime
) -> None:
    """The hosts read in one message why the rounds from `first` to `last` were not held."""
    payload = notices.not_held(channel.id, first, last, channel.settings.cadence.zone)
    tell_hosts(tx, channel, keys.missed(channel, last), DeliveryKind.MISSED, payload, now)
