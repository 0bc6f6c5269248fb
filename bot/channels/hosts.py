"""Who may decide for a channel: admins and owners, whoever invited the bot, and those they name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.errors import NotAHost
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from core.values import Channel, Who
from storage.channels import channels


def hosted(services: Services, who: Who, known: Sequence[Channel]) -> list[Channel]:
    """Those of these channels whose settings this person may change now (H1).

    Admin rights are asked of Slack in each interaction, and only where nothing else makes a host:
    they are taken away without notice.
    """
    with services.db.reading() as tx:
        named = channels.named_host_of(tx, who)
    own = [channel for channel in known if channel.invited_by == who.user or channel.id in named]
    if len(own) < len(known) and _is_admin(services, who):
        return list(known)
    return own


def is_host(services: Services, channel: Channel, user_id: str) -> bool:
    """Whether this person may change the channel's settings now."""
    return bool(hosted(services, Who(channel.team_id, user_id), [channel]))


def require_host(services: Services, channel: Channel, user_id: str) -> None:
    """Raise NotAHost unless the person may change the channel's settings now."""
    if not is_host(services, channel, user_id):
        raise NotAHost(named(services, channel))


def named(services: Services, channel: Channel) -> list[str]:
    """The inviter and the named hosts, for "ask one of them"."""
    with services.db.reading() as tx:
        others = channels.hosts(tx, channel.place)
    return list(dict.fromkeys([*([channel.invited_by] if channel.invited_by else []), *others]))


def _is_admin(services: Services, who: Who) -> bool:
    try:
        return services.slack(who.team).person(who.user).is_admin
    except SlackTrouble:
        return False  # nobody becomes a host because Slack did not answer
