"""`/coffee` and the buttons that do the same things."""

from __future__ import annotations

from slack_bolt import App

from bot.channels import settings as channel_settings
from bot.checkins.after import hands
from bot.people import ids, muting, overview, preferences, standing
from bot.people.views import coffee as view
from bot.platform.services import Services
from bot.views.carried import Nothing
from handlers import meetings, plans, rounds, second
from handlers.platform.commands import Command, Word, bind
from handlers.platform.door import button
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the command and its buttons."""
    bind(app, services, COFFEE)
    button(app, services, ids.PAUSE_END, pressed_resume)
    button(app, services, ids.MUTE, pressed_mute)
    button(app, services, ids.UNMUTE, pressed_unmute)


def show_status(visit: Visit, _rest: str) -> None:
    """Where the person stands."""
    shown = overview.status(visit.services, visit.who)
    visit.answer(shown["text"], shown["blocks"])


def show_help(visit: Visit, _rest: str) -> None:
    """Everything Kettle can do."""
    shown = view.help_text(COFFEE.lines())
    visit.answer(shown["text"], shown["blocks"])


def pause(visit: Visit, rest: str) -> None:
    """A break: with a date at once, without one by the modal."""
    if not rest:
        visit.open(preferences.pause_modal(visit.services, visit.who))
        return
    visit.answer(standing.pause(visit.services, visit.who, rest))


def resume(visit: Visit, _rest: str) -> None:
    """End the break."""
    visit.answer(standing.resume(visit.services, visit.who))


def pressed_resume(visit: Visit, _pressed: Nothing) -> None:
    """ "End the pause"."""
    resume(visit, "")


def mute(visit: Visit, _rest: str) -> None:
    """Only what the person needs, from now on (P24)."""
    visit.answer(muting.mute(visit.services, visit.who))


def pressed_mute(visit: Visit, _pressed: Nothing) -> None:
    """ "Mute"."""
    mute(visit, "")


def unmute(visit: Visit, _rest: str) -> None:
    """Everything again."""
    visit.answer(muting.unmute(visit.services, visit.who))


def pressed_unmute(visit: Visit, _pressed: Nothing) -> None:
    """ "Unmute"."""
    unmute(visit, "")


def hand(visit: Visit, rest: str) -> None:
    """Ask volunteers for a hand (C5)."""
    visit.answer(hands.offer_a_hand(visit.services, visit.who, rest))


def history(visit: Visit, _rest: str) -> None:
    """Whom the person met lately."""
    shown = overview.history(visit.services, visit.who)
    visit.answer(shown["text"], shown["blocks"])


def avoid(visit: Visit, rest: str) -> None:
    """The private list: by name at once, without one by the modal."""
    if not rest:
        visit.open(preferences.avoid_modal(visit.services, visit.who))
        return
    visit.answer(preferences.avoid(visit.services, visit.who, rest))


@opens
def open_preferences(visit: Visit, _rest: str) -> None:
    """The preferences modal."""
    visit.open(preferences.modal(visit.services, visit.who))


@opens
def settings(visit: Visit, _rest: str) -> None:
    """The channel's settings."""
    visit.open(channel_settings.modal(visit.services, rounds.here(visit), visit.user_id))


COFFEE = Command(
    "/coffee",
    (
        Word("join", "", "take part in this channel's rounds", rounds.join),
        Word("leave", "", "stop taking part", rounds.leave),
        Word("pause", "2w | until 12 Dec", "a break that ends by itself", pause),
        Word("resume", "", "end the break now", resume),
        Word("skip", "", "leave out the next round; again to be in it after all", rounds.skip),
        Word("mute", "", "only what you need: no nudges, questions or notices", mute),
        Word("unmute", "", "hear all of it again", unmute),
        Word("now", "[minutes | stop]", "a coffee with whoever has time now", meetings.now),
        Word("hand", "what with | stop", "ask volunteers for a hand with something", hand),
        Word("met", "[@name]", "you got to talk", meetings.met),
        Word("planning", "[@name]", "you are still planning to", meetings.planning),
        Word("not", "[@name]", "not this time", meetings.not_this_time),
        Word(
            "times",
            "[number]",
            "the times I proposed; with a number, that one suits you",
            meetings.times,
        ),
        Word("move", "[@name]", "ask for another time than the one you agreed on", plans.move),
        Word("cancel", "[@name]", "call off the time you agreed on", plans.cancel),
        Word(
            "second",
            "[@name | stop]",
            "look for somebody else as well, from the middle of the round on",
            second.typed,
        ),
        Word(
            "question",
            "[light | work | deep]",
            "another question to start with",
            meetings.question,
        ),
        Word("why", "[@name]", "why you were introduced to each other", meetings.why),
        Word("history", "", "whom you were introduced to", history),
        Word("avoid", "[@name]", "your private list of people not to be introduced to", avoid),
        Word("preferences", "", "pace, working hours, what to ask you about", open_preferences),
        Word("settings", "", "how this channel's rounds work; hosts can change it", settings),
        Word("preview", "", "for hosts: a dry run of the next round", rounds.preview),
        Word("run", "", "for hosts: hold a round now", rounds.run),
        Word("help", "", "this list", show_help),
    ),
    alone=show_status,
    unknown=view.unknown,
)
