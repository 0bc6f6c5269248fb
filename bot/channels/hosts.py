"""Who may decide for a channel: admins and owners, whoever invited the bot, and those they name."""

from __future__ import annotations

from bot.channels.errors import NotAHost
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from core.values import Channel
from storage.channels import channels


def is_host(services: Services, channel: Channel, user_id: str) -> bool:
    """Whether this person may change the channel's settings now (H1).

    Admin rights are asked of Slack each time: they are taken away without notice.
    """
    if user_id == channel.invited_by:
        return True
    with services.db.reading() as tx:
        if user_id in channels.hosts(tx, channel.team_id, channel.id):
            return True
    try:
        return services.slack(channel.team_id).person(user_id).is_admin
    except SlackTrouble:
        return False  # nobody becomes a host because Slack did not answer


def require_host(services: Services, channel: Channel, user_id: str) -> None:
    """Raise NotAHost unless the person may change the channel's settings now."""
    if not is_host(services, channel, user_id):
        raise NotAHost(named(services, channel))


def named(services: Services, channel: Channel) -> list[str]:
    """The inviter and the named hosts, for "ask one of them"."""
    with services.db.reading() as tx:
        others = channels.hosts(tx, channel.team_id, channel.id)
    return list(dict.fromkeys([*([channel.invited_by] if channel.invited_by else []), *others]))
