"""`/coffee` and the buttons that do the same things."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import App

from bot.channels import hosts
from bot.channels import settings as channel_settings
from bot.channels.errors import NotStarted
from bot.checkins.after import hands
from bot.meetings import impromptu
from bot.people import ids as own
from bot.people import overview, preferences, standing
from bot.people.views import coffee as view
from bot.platform.services import Services
from bot.rounds import holding
from bot.rounds.views import receipts
from bot.views import ids
from bot.views.carried import Nothing
from core import words
from core.values import Channel
from handlers import meetings
from handlers.platform.door import Visit, action, button, command


def register(app: App, services: Services) -> None:
    """Bind the command and its buttons."""
    command(app, services, "/coffee", coffee_command)
    for action_id, listener in (
        (ids.CHANNEL_JOIN, _for_channel(standing.join)),
        (ids.CHANNEL_LEAVE, _for_channel(standing.leave)),
        (ids.CHANNEL_SKIP, _for_channel(standing.skip)),
        (ids.CHANNEL_UNSKIP, _for_channel(standing.unskip)),
        (ids.NOW_JOIN, now),
        (ids.NOW_LEAVE, stop_waiting),
        (ids.NOW_ACCEPT, accept),
        (ids.ROUND_PREVIEW, _pressed_for(lambda visit, channel: preview_of(visit, channel))),
        (ids.ROUND_RUN, _pressed_for(lambda visit, channel: run_in(visit, channel))),
        (ids.STATUS_AWAY, away_until_back),
        (ids.STATUS_HERE, here_anyway),
        (ids.STATUS_ALWAYS, go_by_status),
    ):
        action(app, services, action_id, listener)
    button(app, services, own.PAUSE_END, pressed_resume)


def coffee_command(visit: Visit) -> None:
    """`/coffee …`: the word decides; an unknown one gets the nearest and help."""
    word, rest = words.split(visit.value)
    listener = COMMANDS.get(word)
    if listener is None:
        visit.answer(view.unknown(word, words.nearest(word, view.COMMANDS)))
        return
    listener(visit, rest)


def show_status(visit: Visit, _rest: str) -> None:
    """Where the person stands."""
    shown = overview.status(visit.services, visit.team_id, visit.user_id)
    visit.answer(shown["text"], shown["blocks"])


def show_help(visit: Visit, _rest: str) -> None:
    """Everything Kettle can do."""
    shown = view.help_text()
    visit.answer(shown["text"], shown["blocks"])


def join(visit: Visit, _rest: str) -> None:
    """Take part."""
    visit.answer(standing.join(visit.services, here(visit), visit.user_id))


def leave(visit: Visit, _rest: str) -> None:
    """Stop taking part."""
    visit.answer(standing.leave(visit.services, here(visit), visit.user_id))


def pause(visit: Visit, rest: str) -> None:
    """A break: with a date at once, without one by the modal."""
    if not rest:
        visit.open(preferences.pause_modal(visit.services, visit.team_id, visit.user_id))
        return
    visit.answer(standing.pause(visit.services, visit.team_id, visit.user_id, rest))


def pressed_resume(visit: Visit, _pressed: Nothing) -> None:
    """ "End the pause"."""
    resume(visit, "")


def resume(visit: Visit, _rest: str) -> None:
    """End the break."""
    visit.answer(standing.resume(visit.services, visit.team_id, visit.user_id))


def skip(visit: Visit, _rest: str) -> None:
    """Leave out the next round; again takes it back."""
    visit.answer(standing.skip(visit.services, here(visit), visit.user_id, toggle=True))


def now(visit: Visit, rest: str | None = None) -> None:
    """A coffee now: `rest` behind the command, or the minutes in the button."""
    text = visit.value if rest is None else rest
    if text.casefold() in STOP:
        stop_waiting(visit)
        return
    shown = impromptu.join(visit.services, visit.team_id, visit.user_id, text)
    visit.answer(shown["text"], shown["blocks"])


def stop_waiting(visit: Visit) -> None:
    """Out of the queue."""
    visit.answer(impromptu.leave(visit.services, visit.team_id, visit.user_id))


def accept(visit: Visit) -> None:
    """ "I have time"."""
    shown = impromptu.accept(visit.services, visit.team_id, visit.user_id, ids.number(visit.value))
    visit.answer(shown["text"], shown["blocks"])


def hand(visit: Visit, rest: str) -> None:
    """Ask volunteers for a hand (C5)."""
    visit.answer(hands.offer_a_hand(visit.services, visit.team_id, visit.user_id, rest))


def history(visit: Visit, _rest: str) -> None:
    """Whom the person met lately."""
    shown = overview.history(visit.services, visit.team_id, visit.user_id)
    visit.answer(shown["text"], shown["blocks"])


def avoid(visit: Visit, rest: str) -> None:
    """The private list: by name at once, without one by the modal."""
    if not rest:
        visit.open(preferences.avoid_modal(visit.services, visit.team_id, visit.user_id))
        return
    visit.answer(preferences.avoid(visit.services, visit.team_id, visit.user_id, rest))


def open_preferences(visit: Visit, _rest: str) -> None:
    """The preferences modal."""
    visit.open(preferences.modal(visit.services, visit.team_id, visit.user_id))


def settings(visit: Visit, _rest: str) -> None:
    """The channel's settings."""
    visit.open(channel_settings.modal(visit.services, here(visit), visit.user_id))


def preview(visit: Visit, _rest: str) -> None:
    """A dry run for hosts."""
    preview_of(visit, here(visit))


def preview_of(visit: Visit, channel: Channel) -> None:
    """A dry run of the channel's next round; nothing is sent or stored."""
    hosts.require_host(visit.services, channel, visit.user_id)
    data = holding.preview(visit.services, channel)
    zone = channel.settings.cadence.zone
    shown = receipts.preview(channel.id, zone, channel.next_due_at, channel.settings.size, data)
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


def away_until_back(visit: Visit) -> None:
    """ "Yes, until I am back"."""
    until = ids.day(visit.value)
    said = standing.away_until_back(visit.services, visit.team_id, visit.user_id, until)
    visit.replace(said)


def here_anyway(visit: Visit) -> None:
    """ "No, I am in"."""
    visit.replace(view.STATUS_IGNORED)


def go_by_status(visit: Visit) -> None:
    """ "Always go by my status"."""
    visit.replace(standing.go_by_status(visit.services, visit.team_id, visit.user_id))


def here(visit: Visit) -> Channel:
    """The channel that the command is about."""
    return standing.locate(visit.services, visit.team_id, visit.user_id, visit.channel_id)


def _for_channel(verb: Callable[[Services, Channel, str], str]) -> Callable[[Visit], None]:
    return _pressed_for(
        lambda visit, channel: visit.answer(verb(visit.services, channel, visit.user_id))
    )


def _pressed_for(listener: Callable[[Visit, Channel], None]) -> Callable[[Visit], None]:
    def pressed(visit: Visit) -> None:
        # The very channel of the button: an old one must not act on another channel.
        listener(visit, channel_settings.known(visit.services, visit.team_id, visit.value))

    return pressed


STOP = {"stop", "cancel", "off"}  # behind `/coffee now`
COMMANDS: dict[str, Callable[[Visit, str], None]] = {
    "": show_status,
    "join": join,
    "leave": leave,
    "pause": pause,
    "resume": resume,
    "skip": skip,
    "now": now,
    "hand": hand,
    **meetings.COMMANDS,
    "history": history,
    "avoid": avoid,
    "preferences": open_preferences,
    "settings": settings,
    "preview": preview,
    "run": run,
    "help": show_help,
}
