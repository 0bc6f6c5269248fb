"""The bot, and people, come to channels and leave them. Every verb may be called again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.channels import keys
from bot.channels.views import greeting
from bot.platform import directory
from bot.platform.services import Services
from bot.platform.slack import SlackJSON, SlackTrouble, seen
from bot.rounds import holding, participants, telling
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, Place, Who
from storage.channels import channels, moving
from storage.outbox import deliveries
from storage.people import memberships, people


def invited(services: Services, place: Place, inviter: str | None) -> None:
    """The bot is in a channel: the inviter, and nobody else, is greeted privately."""
    try:
        name = str(services.slack(place.team).channel(place.channel).get("name", ""))
    except SlackTrouble:
        name = ""  # the name is a comfort only; the settings work without it
    now = services.clock.now()
    with services.db.transaction() as tx:
        before = channels.hold(tx, place)
        channels.add(tx, place, name, inviter)
        channel = _go_on(tx, place, now)
        if inviter:
            anew = before is None or not before.active
            view = greeting.welcome_back if channel.started else greeting.greeting
            key = keys.greeting(channel, inviter, now, anew)
            payload = view(channel, inviter)
            message = Outgoing(
                place.team,
                key,
                DeliveryKind.GREETING,
                payload,
                now,
                users=(inviter,),
                about=place.channel,
            )
            deliveries.put(tx, message)
    participants.reconcile(services, channel)


def removed(services: Services, place: Place) -> None:
    """The bot is out of the channel: nothing more is held there; settings are kept."""
    with services.db.transaction() as tx:
        known = channels.hold(tx, place)  # of two who hear of it at once, one tells
        if known is not None and known.place == place:  # else it goes on, under another id
            telling.tell_ended(tx, known, services.clock.now())


def returned(services: Services, place: Place) -> None:
    """An archived channel is open again; the bot is in it if Slack says so."""
    with services.db.reading() as tx:
        known = channels.get(tx, place)
    if known and services.slack(place.team).channel(place.channel).get("is_member"):
        with services.db.transaction() as tx:
            channels.change(tx, place, active=True)
            _go_on(tx, place, services.clock.now())


def _go_on(tx: Session, place: Place, now: datetime) -> Channel:
    """Rounds that came due while the bot was out are not made up for."""
    channel = channels.hold(tx, place)
    assert channel is not None
    if not channel.started or (channel.next_due_at and channel.next_due_at > now):
        return channel
    due = holding.due_after(channel, now)
    channels.change(tx, place, next_due_at=due)
    return channels.get(tx, place) or channel


def renamed(services: Services, place: Place, name: str) -> None:
    """The channel has another name."""
    with services.db.transaction() as tx:
        if channels.get(tx, place):
            channels.change(tx, place, name=name)


def moved(services: Services, place: Place, new_id: str) -> None:
    """The channel has another id; rounds that ended under the old one go on."""
    with services.db.transaction() as tx:
        moving.follow(tx, place, new_id)
        found = channels.get(tx, place)
    if found is not None and not found.active:
        returned(services, found.place)


def came(services: Services, place: Place, user_id: str) -> None:
    """A person is in the channel: somebody new hears once what happens there (P6, P24)."""
    channel = directory.is_channel_known(services, place)
    if channel is None:
        return
    with services.db.transaction() as tx:  # first of all: Slack may be away just now
        directory.arrives(tx, channel, user_id)
    directory.meet(services, Who(place.team, user_id))
    with services.db.transaction() as tx:
        participants.tell_newcomers(tx, channel, services.clock.now())


def went(services: Services, place: Place, user_id: str) -> None:
    """A person left the channel; their wish to take part is kept for when they return."""
    channel = directory.is_channel_known(services, place)
    if channel is None:
        return
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # not while somebody is introduced to them
        memberships.change(tx, channel.place, user_id, present=False, waiting_since=None)


def changed(services: Services, team_id: str, user: SlackJSON) -> None:
    """Slack's word on a person changed; somebody Kettle never met stays unknown."""
    told = seen(user, team_id)
    with services.db.transaction() as tx:
        if people.get(tx, Who(team_id, told.id)) is not None:
            people.refresh(tx, team_id, {told.id: told.columns}, services.clock.now())
