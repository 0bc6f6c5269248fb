"""What Slack tells by itself: the bot comes and goes, people come, go and change."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, wait
from typing import Any

from slack_bolt import App, BoltContext
from slack_bolt.response import BoltResponse

from bot.channels import arrivals
from bot.platform import log as logs
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from core.values import Place

log = logs.get("handlers")
Listener = Callable[[Services, str, dict[str, Any], str | None], None]


# Slack sends an event again that is not acknowledged within 3 s (Events API, "Retries").
IN_TIME = 2.5


def register(app: App, services: Services) -> None:
    """Bind every event in the manifest but `app_home_opened`, which handlers.home has."""
    threads = app.listener_runner.listener_executor
    for name, listener in EVENTS.items():
        # Bolt acknowledges an event before its listener runs: one that dies in there would be
        # lost. Middleware comes before; what does not go on from there is not acknowledged.
        app.event(name, middleware=[_stored_first(threads, _bound(services, listener))])(_done)


def _done() -> None:
    """All is done by now: Bolt acknowledges."""


def someone_joined(
    services: Services, team_id: str, event: dict[str, Any], bot_user_id: str | None
) -> None:
    """A person, or the bot itself, is in a channel."""
    if event["user"] == bot_user_id:
        arrivals.invited(services, Place(team_id, event["channel"]), event.get("inviter"))
    else:
        arrivals.came(services, Place(team_id, event["channel"]), event["user"])


def someone_left(
    services: Services, team_id: str, event: dict[str, Any], bot_user_id: str | None
) -> None:
    """A person left a channel; the bot's own going may arrive here or as channel_left."""
    if event["user"] == bot_user_id:
        arrivals.removed(services, Place(team_id, event["channel"]))
    else:
        arrivals.went(services, Place(team_id, event["channel"]), event["user"])


def channel_gone(services: Services, team_id: str, event: dict[str, Any], _bot: str | None) -> None:
    """The bot was removed, or the channel was archived or deleted."""
    arrivals.removed(services, Place(team_id, event["channel"]))


def channel_back(services: Services, team_id: str, event: dict[str, Any], _bot: str | None) -> None:
    """An archived channel is open again."""
    arrivals.returned(services, Place(team_id, event["channel"]))


def channel_renamed(
    services: Services, team_id: str, event: dict[str, Any], _bot: str | None
) -> None:
    """The channel has another name."""
    arrivals.renamed(services, Place(team_id, event["channel"]["id"]), event["channel"]["name"])


def channel_moved(
    services: Services, team_id: str, event: dict[str, Any], _bot: str | None
) -> None:
    """The channel has another id."""
    arrivals.moved(services, Place(team_id, event["old_channel_id"]), event["new_channel_id"])


def person_changed(
    services: Services, team_id: str, event: dict[str, Any], _bot: str | None
) -> None:
    """A new colleague, or another zone, status or standing."""
    arrivals.changed(services, team_id, event["user"])


def _stored_first(
    threads: Executor, handle: Callable[[dict[str, Any], BoltContext, dict[str, Any]], None]
) -> Callable[..., BoltResponse | None]:
    def store(
        event: dict[str, Any],
        context: BoltContext,
        body: dict[str, Any],
        next: Callable[[], BoltResponse],
    ) -> BoltResponse | None:
        working = threads.submit(handle, event, context, body)
        wait([working], IN_TIME)
        # A long list of members takes longer: it goes on, and the heart reads it again.
        try:
            if working.done():
                working.result()
        except Exception:  # not stored: Slack sends it again; every verb may be called again
            log.exception("event failed type=%s", event.get("type"))
            return BoltResponse(status=503)
        return next()

    return store


def _bound(
    services: Services, listener: Listener
) -> Callable[[dict[str, Any], BoltContext, dict[str, Any]], None]:
    def handle(event: dict[str, Any], context: BoltContext, body: dict[str, Any]) -> None:
        team_id = str(context.team_id or body.get("team_id") or "")
        try:
            listener(services, team_id, event, context.bot_user_id)
        except SlackTrouble as trouble:  # what was left is made up for when members are read
            log.warning("event half done type=%s trouble=%r", event.get("type"), trouble)

    return handle


EVENTS: dict[str, Listener] = {
    "member_joined_channel": someone_joined,
    "member_left_channel": someone_left,
    "channel_left": channel_gone,
    "group_left": channel_gone,
    "channel_archive": channel_gone,
    "group_archive": channel_gone,
    "channel_deleted": channel_gone,
    "group_deleted": channel_gone,
    "channel_unarchive": channel_back,
    "group_unarchive": channel_back,
    "channel_rename": channel_renamed,
    "group_rename": channel_renamed,
    "channel_id_changed": channel_moved,
    "team_join": person_changed,
    "user_change": person_changed,
}
