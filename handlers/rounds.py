"""A channel's rounds: the buttons around them, and the words behind `/coffee`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from slack_bolt import App

from bot.channels import hosts
from bot.channels import settings as channel_settings
from bot.channels.errors import NotStarted
from bot.people import standing
from bot.people.views import coffee as view
from bot.platform import directory
from bot.platform.services import Services
from bot.rounds import holding, ids
from bot.rounds.ids import FirstDayBack, NextRound
from bot.rounds.views import receipts, silences
from bot.views.carried import InChannel
from core.values import Channel, Place
from handlers.platform.door import button
from handlers.platform.visits import Visit

Press = Callable[[Visit, InChannel], None]


def register(app: App, services: Services) -> None:
    """Bind every button around a round."""
    for pressed, listener in (
        (ids.CHANNEL_JOIN, _for_channel(standing.join)),
        (ids.CHANNEL_LEAVE, _for_channel(standing.leave)),
        (ids.ROUND_PREVIEW, _pressed_for(lambda visit, channel: preview_of(visit, channel))),
        (ids.ROUND_RUN, _pressed_for(lambda visit, channel: run_in(visit, channel))),
        (ids.STATUS_HERE, here_anyway),
        (ids.QUIET_SLOWER, slower),
        (ids.QUIET_BIGGER, bigger),
        (ids.QUIET_PAUSE, take_break),
        (ids.QUIET_STOP, stop),
        (ids.QUIET_STAY, stay),
    ):
        button(app, services, pressed, listener)
    button(app, services, ids.CHANNEL_SKIP, skip_this)
    button(app, services, ids.CHANNEL_UNSKIP, unskip_this)
    button(app, services, ids.STATUS_AWAY, away_until_back)
    button(app, services, ids.STATUS_ALWAYS, go_by_status)


def join(visit: Visit, _rest: str) -> None:
    """Take part."""
    visit.answer(standing.join(visit.services, here(visit), visit.user_id))


def leave(visit: Visit, _rest: str) -> None:
    """Stop taking part."""
    visit.answer(standing.leave(visit.services, here(visit), visit.user_id))


def skip(visit: Visit, _rest: str) -> None:
    """Leave out the next round; again takes it back."""
    visit.answer(standing.skip(visit.services, here(visit), visit.user_id, toggle=True))


def skip_this(visit: Visit, pressed: NextRound) -> None:
    """ "Skip this one"."""
    visit.answer(standing.skip(visit.services, _next(visit, pressed), visit.user_id))


def unskip_this(visit: Visit, pressed: NextRound) -> None:
    """ "Be in it after all"."""
    visit.answer(standing.unskip(visit.services, _next(visit, pressed), visit.user_id))


def _next(visit: Visit, pressed: NextRound) -> Channel:
    """The channel, whose next round is the one that the button is about."""
    channel = channel_settings.reached(visit.services, visit.who, pressed.channel)
    ts = visit.message_ts
    drawn_at = datetime.fromtimestamp(float(ts), UTC) if ts else None
    standing.require_next(visit.services, channel, pressed.due, drawn_at)
    return channel


def preview(visit: Visit, _rest: str) -> None:
    """A dry run for hosts."""
    preview_of(visit, here(visit))


def preview_of(visit: Visit, channel: Channel) -> None:
    """A dry run of the channel's next round; nothing is sent or stored."""
    hosts.require_host(visit.services, channel, visit.user_id)
    shown = receipts.preview(channel, holding.preview(visit.services, channel))
    visit.answer(shown["text"], shown["blocks"])


def run(visit: Visit, _rest: str) -> None:
    """Hold a round now, for hosts."""
    run_in(visit, here(visit))


def run_in(visit: Visit, channel: Channel) -> None:
    """Hold a round of the channel now."""
    hosts.require_host(visit.services, channel, visit.user_id)
    if not channel.started:
        raise NotStarted(channel=channel.id)
    visit.answer(view.ran(holding.run_now(visit.services, channel)))


# -- the status hint, and three silences --------------------------------------


def away_until_back(visit: Visit, pressed: FirstDayBack) -> None:
    """ "Yes, until I am back"."""
    who, until = visit.who, pressed.back
    visit.replace(standing.away_until_back(visit.services, who, until))


def here_anyway(visit: Visit, _pressed: InChannel) -> None:
    """ "No, I am in"."""
    visit.replace(view.STATUS_IGNORED)


def go_by_status(visit: Visit, _pressed: FirstDayBack) -> None:
    """ "Always go by my status"."""
    visit.replace(standing.go_by_status(visit.services, visit.who))


def slower(visit: Visit, _pressed: InChannel) -> None:
    """ "Fewer rounds"."""
    standing.slower(visit.services, visit.who)
    visit.replace(silences.SLOWER)


def bigger(visit: Visit, _pressed: InChannel) -> None:
    """ "Bigger groups"."""
    standing.bigger(visit.services, visit.who)
    visit.replace(silences.BIGGER)


def take_break(visit: Visit, _pressed: InChannel) -> None:
    """ "A break"."""
    standing.take_break(visit.services, visit.who)
    visit.replace(silences.BREAK)


def stop(visit: Visit, pressed: InChannel) -> None:
    """ "Stop": out of the channel that the question was about."""
    channel = channel_settings.known(visit.services, Place(visit.team_id, pressed.channel))
    if directory.is_in(visit.services, channel, visit.user_id):
        standing.leave(visit.services, channel, visit.user_id)
    standing.fine(visit.services, visit.who)
    visit.replace(silences.STOPPED)


def stay(visit: Visit, _pressed: InChannel) -> None:
    """ "It is fine as it is"."""
    standing.fine(visit.services, visit.who)
    visit.replace(silences.STAYS)


# -- which channel ------------------------------------------------------------


def here(visit: Visit) -> Channel:
    """The channel that the command is about, for somebody who is in it or decides for it."""
    channel = standing.locate(visit.services, visit.who, visit.channel_id)
    channel_settings.require_reach(visit.services, channel, visit.user_id)
    return channel


def _for_channel(verb: Callable[[Services, Channel, str], str]) -> Press:
    return _pressed_for(
        lambda visit, channel: visit.answer(verb(visit.services, channel, visit.user_id))
    )


def _pressed_for(listener: Callable[[Visit, Channel], None]) -> Press:
    def press(visit: Visit, pressed: InChannel) -> None:
        # The very channel of the button: an old one must not act on another channel.
        listener(visit, channel_settings.reached(visit.services, visit.who, pressed.channel))

    return press
