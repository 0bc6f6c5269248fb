"""Who may decide for a channel: admins and owners, whoever invited the bot, and those they name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.errors import NotAHost, NotInChannel
from bot.platform import directory
from bot.platform.services import Services
from bot.platform.slack import SlackTrouble
from bot.rounds import telling
from core.values import Channel, Who
from storage.channels import channels
from storage.people import people


def hosted(services: Services, who: Who, known: Sequence[Channel]) -> list[Channel]:
    """Those of these channels whose settings this person may change now (H1), to show them.

    Nobody becomes a host because Slack did not answer. Where something is refused, ask `decides`.
    """
    own = _own(services, who, known)
    try:
        everywhere = len(own) < len(known) and _is_admin(services, who)
    except SlackTrouble:
        everywhere = False
    return list(known) if everywhere else own


def is_host(services: Services, channel: Channel, user_id: str) -> bool:
    """Whether this person may change the channel's settings now, to show it."""
    return bool(hosted(services, Who(channel.team_id, user_id), [channel]))


def decides(services: Services, channel: Channel, user_id: str) -> bool:
    """The same, to refuse it: nobody reads "you may not" because Slack did not answer.

    Raises SlackTrouble.
    """
    who = Who(channel.team_id, user_id)
    return bool(_own(services, who, [channel])) or _is_admin(services, who)


def require_host(services: Services, channel: Channel, user_id: str) -> None:
    """Raise NotAHost unless the person may change the channel's settings now, or SlackTrouble.

    Whoever is not in the channel reads that instead (NotInChannel), and not who its hosts are.
    """
    if decides(services, channel, user_id):
        return
    if not directory.is_in(services, channel, user_id):
        raise NotInChannel(channel=channel.id)
    raise NotAHost(named(services, channel))


def named(services: Services, channel: Channel) -> list[str]:
    """The inviter and the named hosts who are still there, for "ask one of them"."""
    with services.db.reading() as tx:
        return telling.hosts_here(tx, channel)


def _own(services: Services, who: Who, known: Sequence[Channel]) -> list[Channel]:
    with services.db.reading() as tx:
        named = channels.named_host_of(tx, who)
        person = people.get(tx, who)
    if person is not None and person.stranger:
        return []
    return [channel for channel in known if channel.invited_by == who.user or channel.id in named]


def _is_admin(services: Services, who: Who) -> bool:
    """Asked of Slack in each interaction: admin rights are taken away without notice.

    An admin of another company is none here, though Slack calls them one.
    """
    seen = services.slack(who.team).person(who.user)
    return seen.is_admin and not seen.columns["stranger"]
