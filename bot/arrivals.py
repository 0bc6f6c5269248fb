"""The bot, and people, come to channels and leave them. Every verb may be called again."""

from __future__ import annotations

from typing import Any

from bot import participants
from bot.services import Services
from bot.slack import SlackTrouble, seen
from bot.views import channel_posts
from storage import channels, deliveries, memberships, people


def invited(services: Services, team_id: str, channel_id: str, inviter: str | None) -> None:
    """The bot is in a channel: the inviter, and nobody else, is greeted privately."""
    try:
        name = str(services.slack(team_id).channel(channel_id).get("name", ""))
    except SlackTrouble:
        name = ""  # the name is a comfort only; the settings work without it
    now = services.clock.now()
    with services.db.transaction() as tx:
        channels.add(tx, team_id, channel_id, name, inviter)
        if inviter:
            key = f"greeting:{channel_id}:{inviter}:{now:%Y-%m-%d}"
            payload = channel_posts.greeting(channel_id, inviter)
            deliveries.put(tx, team_id, key, "greeting", payload, now, users=[inviter])
    channel = participants.is_channel_known(services, team_id, channel_id)
    if channel:
        participants.reconcile(services, channel)


def removed(services: Services, team_id: str, channel_id: str) -> None:
    """The bot is out of the channel: nothing more is held there; settings are kept."""
    with services.db.transaction() as tx:
        if channels.get(tx, team_id, channel_id):
            channels.change(tx, team_id, channel_id, active=False)


def returned(services: Services, team_id: str, channel_id: str) -> None:
    """An archived channel is open again; the bot is in it if Slack says so."""
    with services.db.reading() as tx:
        known = channels.get(tx, team_id, channel_id)
    if known and services.slack(team_id).channel(channel_id).get("is_member"):
        with services.db.transaction() as tx:
            channels.change(tx, team_id, channel_id, active=True)


def renamed(services: Services, team_id: str, channel_id: str, name: str) -> None:
    """The channel has another name."""
    with services.db.transaction() as tx:
        if channels.get(tx, team_id, channel_id):
            channels.change(tx, team_id, channel_id, name=name)


def came(services: Services, team_id: str, channel_id: str, user_id: str) -> None:
    """A person is in the channel. Nobody is enrolled by that alone (P6)."""
    if participants.is_channel_known(services, team_id, channel_id) is None:
        return
    participants.meet(services, team_id, user_id)
    with services.db.transaction() as tx:
        memberships.change(tx, team_id, channel_id, user_id, present=True)


def went(services: Services, team_id: str, channel_id: str, user_id: str) -> None:
    """A person left the channel; their wish to take part is kept for when they return."""
    if participants.is_channel_known(services, team_id, channel_id) is None:
        return
    with services.db.transaction() as tx:
        memberships.change(tx, team_id, channel_id, user_id, present=False, waiting_since=None)


def changed(services: Services, team_id: str, user: dict[str, Any]) -> None:
    """Slack's word on a person changed; somebody Kettle never met stays unknown."""
    told = seen(user, team_id)
    with services.db.transaction() as tx:
        if people.get(tx, team_id, told.id) is not None:
            people.refresh(tx, team_id, {told.id: told.columns}, services.clock.now())
