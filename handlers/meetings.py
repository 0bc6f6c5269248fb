"""An introduction and the questions that follow it: the buttons, and the words behind `/coffee`."""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_bolt import App

from bot.channels import settings as channel_settings
from bot.meetings import introductions, outcomes
from bot.meetings.errors import NobodyNamed, NoSuchQuestion, NoSuchTime
from bot.meetings.views import followups
from bot.meetings.views import introductions as view
from bot.people import home, standing
from bot.platform.services import Services
from bot.views import ids
from core import words
from core.values import Meeting, Outcome
from handlers.platform.door import Visit, action

ANSWERS = {
    ids.MEETING_MET: Outcome.MET,
    ids.MEETING_PLANNING: Outcome.PLANNING,
    ids.MEETING_NOT: Outcome.NOT_THIS_TIME,
}


def register(app: App, services: Services) -> None:
    """Bind every button of a meeting."""
    for action_id, outcome in ANSWERS.items():
        action(app, services, action_id, _answering(outcome))
    action(app, services, ids.MEETING_SHUFFLE, pressed_another)
    action(app, services, ids.MEETING_TAG, chose_kind)
    action(app, services, ids.MEETING_WHY, asked_why)
    action(app, services, re.compile(rf"^{re.escape(ids.MEETING_TIME)}\."), picked_time)
    for action_id in followups.SILENCE_ANSWERS:
        action(app, services, action_id, answered_silence)
    # A button that opens a page also sends an action: it wants to be acknowledged, no more.
    action(app, services, re.compile(rf"^{re.escape(ids.LINK)}"), opened_link)


def _answering(outcome: Outcome) -> Callable[[Visit], None]:
    def answered(visit: Visit) -> None:
        meeting_id = ids.number(visit.value)
        said = outcomes.answer(visit.services, visit.team_id, meeting_id, visit.user_id, outcome)
        if visit.is_direct_message():
            visit.redraw(
                outcomes.asked_again(visit.services, visit.team_id, meeting_id, visit.user_id)
            )
        else:
            visit.answer(said)
        _show_the_others(visit, meeting_id)

    return answered


def _show_the_others(visit: Visit, meeting_id: int) -> None:
    """Their Home tabs show what one of them said or picked; the door redraws the person's own."""
    for user_id in outcomes.companions(visit.services, visit.team_id, meeting_id, visit.user_id):
        home.refresh_quietly(visit.services, visit.team_id, user_id)


def pressed_another(visit: Visit) -> None:
    """ "Another question"."""
    meeting_id = ids.number(visit.value)
    drawn = outcomes.shuffle(visit.services, visit.team_id, meeting_id, visit.user_id, None)
    visit.redraw(drawn.message)


def chose_kind(visit: Visit) -> None:
    """Light, about work, deeper."""
    meeting_id, tag = ids.pair(visit.value)
    drawn = outcomes.shuffle(visit.services, visit.team_id, meeting_id, visit.user_id, tag)
    visit.redraw(drawn.message)


def picked_time(visit: Visit) -> None:
    """ "Suits me"."""
    meeting_id, epoch = ids.pair(visit.value)
    drawn = outcomes.pick(
        visit.services, visit.team_id, meeting_id, visit.user_id, ids.number(epoch)
    )
    visit.redraw(drawn.message)
    _show_the_others(visit, meeting_id)


def asked_why(visit: Visit) -> None:
    """ "Why us?"."""
    meeting_id = ids.number(visit.value)
    visit.answer(outcomes.why(visit.services, visit.team_id, visit.user_id, meeting_id))


def answered_silence(visit: Visit) -> None:
    """One of the answers to three silences in a row."""
    pressed = str(visit.body["actions"][0]["action_id"])
    if pressed == ids.QUIET_STOP:
        channel = channel_settings.known(visit.services, visit.team_id, visit.value)
        standing.leave(visit.services, channel, visit.user_id)
        standing.fine(visit.services, visit.team_id, visit.user_id)
    else:
        verb = {
            ids.QUIET_SLOWER: standing.slower,
            ids.QUIET_BIGGER: standing.bigger,
            ids.QUIET_PAUSE: standing.take_break,
            ids.QUIET_STAY: standing.fine,
        }[pressed]
        verb(visit.services, visit.team_id, visit.user_id)
    visit.replace(followups.SILENCE_ANSWERS[pressed])


def opened_link(_visit: Visit) -> None:
    """Nothing to do: Slack opened the page."""


# -- by command ---------------------------------------------------------------


def _said(word: str, outcome: Outcome) -> Callable[[Visit, str], None]:
    def say(visit: Visit, rest: str) -> None:
        if not set(words.beside_mentions(rest).split()) <= SMALL_WORDS:
            raise NobodyNamed(rest, word)
        meeting = _meant(visit, word, rest)
        said = outcomes.answer(visit.services, visit.team_id, meeting.id, visit.user_id, outcome)
        visit.answer(said)
        _show_the_others(visit, meeting.id)

    return say


def why(visit: Visit, rest: str) -> None:
    """Why these people; the newest introduction if nothing says which."""
    meeting = _meant(visit, "", rest)
    visit.answer(outcomes.why(visit.services, visit.team_id, visit.user_id, meeting.id))


def question(visit: Visit, rest: str) -> None:
    """Another question, of the kind named."""
    kind = words.beside_mentions(rest)
    if kind and kind not in KINDS:
        raise NoSuchQuestion(rest)
    meeting = _meant(visit, "question", rest)
    drawn = outcomes.shuffle(
        visit.services, visit.team_id, meeting.id, visit.user_id, KINDS.get(kind)
    )
    outcomes.show(visit.services, drawn)
    if starter := introductions.starter_of(drawn.meeting):
        visit.answer(view.question_now(drawn.meeting, visit.user_id, starter))


def times(visit: Visit, rest: str) -> None:
    """The times proposed; with a number, that one suits, or does not any more."""
    meeting, number = _meant(visit, "times", rest), words.beside_mentions(rest)
    if number:
        places = {str(place): at for place, at in enumerate(meeting.proposals, start=1)}
        if number not in places:
            raise NoSuchTime(rest)
        epoch = int(places[number].timestamp())
        drawn = outcomes.pick(visit.services, visit.team_id, meeting.id, visit.user_id, epoch)
        outcomes.show(visit.services, drawn)
        _show_the_others(visit, meeting.id)
        meeting = drawn.meeting
    visit.answer(view.times_of(meeting, visit.user_id))


def _meant(visit: Visit, word: str, rest: str) -> Meeting:
    named = words.mentions(rest)
    return outcomes.which(
        visit.services, visit.team_id, visit.user_id, named, visit.channel_id, word
    )


SMALL_WORDS = {"and", "meet", "this", "time", "to", "with"}  # “not this time”, “met with @Bo”
KINDS = {
    "light": "light", "work": "work", "about work": "work", "deep": "deep", "deeper": "deep",
    "any": "any", "anything": "any",
}  # fmt: skip
COMMANDS: dict[str, Callable[[Visit, str], None]] = {
    "met": _said("met", Outcome.MET),
    "planning": _said("planning", Outcome.PLANNING),
    "not": _said("not", Outcome.NOT_THIS_TIME),
    "question": question,
    "times": times,
    "why": why,
}
