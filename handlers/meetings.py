"""An introduction and the questions that follow it: the buttons, and the words behind `/coffee`."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt import App

from bot.meetings import ids, impromptu, introductions, outcomes
from bot.meetings.errors import NobodyNamed, NoSuchQuestion, NoSuchTime
from bot.meetings.ids import AtTime, Minutes, OfKind, OfMeeting, Question, Until
from bot.meetings.second import searching
from bot.meetings.views import introductions as view
from bot.people import home
from bot.platform.services import Services
from bot.views.carried import Nothing
from core import words
from core.values import Meeting, Outcome, Who
from handlers.platform.door import button
from handlers.platform.visits import Visit


def register(app: App, services: Services) -> None:
    """Bind every button of a meeting, and of a coffee right now."""
    for pressed, outcome in (
        (ids.MEETING_MET, Outcome.MET),
        (ids.MEETING_PLANNING, Outcome.PLANNING),
        (ids.MEETING_NOT, Outcome.NOT_THIS_TIME),
    ):
        button(app, services, pressed, _answering(outcome))
    button(app, services, ids.MEETING_SHUFFLE, pressed_another)
    button(app, services, ids.MEETING_TAG, chose_kind)
    button(app, services, ids.MEETING_WHY, asked_why)
    button(app, services, ids.MEETING_TIME, picked_time, several=True)
    button(app, services, ids.NOW_JOIN, pressed_now)
    button(app, services, ids.NOW_LEAVE, stop_waiting)
    button(app, services, ids.NOW_ACCEPT, accept)
    # A button that opens a page also sends an action: it wants to be acknowledged, no more.
    button(app, services, ids.LINK, opened_link, several=True)


def _answering(outcome: Outcome) -> Callable[[Visit, OfMeeting], None]:
    def answered(visit: Visit, pressed: OfMeeting) -> None:
        said = outcomes.answer(visit.services, visit.who, pressed.meeting, outcome)
        if visit.is_direct_message():
            visit.redraw(searching.asked_again(visit.services, visit.who, pressed.meeting))
        else:
            visit.answer(said)
        show_the_others(visit, pressed.meeting)

    return answered


def show_the_others(visit: Visit, meeting_id: int) -> None:
    """Their Home tabs show what one of them said or picked; the door redraws the person's own."""
    for user_id in outcomes.companions(visit.services, visit.who, meeting_id):
        home.refresh_quietly(visit.services, Who(visit.team_id, user_id))


def pressed_another(visit: Visit, pressed: OfMeeting) -> None:
    """ "Another question"."""
    visit.redraw(outcomes.shuffle(visit.services, visit.who, pressed.meeting).message)


def chose_kind(visit: Visit, chosen: OfKind) -> None:
    """Light, about work, deeper."""
    drawn = outcomes.shuffle(visit.services, visit.who, chosen.meeting, chosen.question)
    visit.redraw(drawn.message)


def picked_time(visit: Visit, picked: AtTime) -> None:
    """ "Suits me"."""
    visit.redraw(outcomes.pick(visit.services, visit.who, picked.meeting, picked.at).message)
    show_the_others(visit, picked.meeting)


def asked_why(visit: Visit, pressed: OfMeeting) -> None:
    """ "Why us?"."""
    visit.answer(outcomes.why(visit.services, visit.who, pressed.meeting))


def opened_link(_visit: Visit, _pressed: Nothing) -> None:
    """Nothing to do: Slack opened the page."""


# -- a coffee right now -------------------------------------------------------


def pressed_now(visit: Visit, pressed: Minutes) -> None:
    """ "A coffee now"."""
    _wait(visit, str(pressed.minutes))


def stop_waiting(visit: Visit, _pressed: Nothing) -> None:
    """Out of the queue."""
    visit.answer(impromptu.leave(visit.services, visit.who))


def accept(visit: Visit, pressed: Until) -> None:
    """ "I have time"."""
    shown = impromptu.accept(visit.services, visit.who, pressed.until)
    visit.answer(shown["text"], shown["blocks"])


def now(visit: Visit, rest: str) -> None:
    """A coffee now, for so many minutes; or not any more."""
    if words.alone(rest) in STOP:
        visit.answer(impromptu.leave(visit.services, visit.who))
    else:
        _wait(visit, rest)


def _wait(visit: Visit, minutes: str) -> None:
    shown = impromptu.join(visit.services, visit.who, minutes)
    visit.answer(shown["text"], shown["blocks"])


# -- by command ---------------------------------------------------------------


def met(visit: Visit, rest: str) -> None:
    """They got to talk."""
    _said(visit, rest, "met", Outcome.MET)


def planning(visit: Visit, rest: str) -> None:
    """They are still planning to."""
    _said(visit, rest, "planning", Outcome.PLANNING)


def not_this_time(visit: Visit, rest: str) -> None:
    """Not this time."""
    _said(visit, rest, "not", Outcome.NOT_THIS_TIME)


def why(visit: Visit, rest: str) -> None:
    """Why these people; the newest introduction if nothing says which."""
    meeting = _meant(visit, "", rest)
    visit.answer(outcomes.why(visit.services, visit.who, meeting.id))


def question(visit: Visit, rest: str) -> None:
    """Another question, of the kind named."""
    kind = words.beside_mentions(rest)
    if kind and kind not in KINDS:
        raise NoSuchQuestion(rest)
    meeting = _meant(visit, "question", rest)
    drawn = outcomes.shuffle(visit.services, visit.who, meeting.id, KINDS.get(kind))
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
        drawn = outcomes.pick(visit.services, visit.who, meeting.id, places[number])
        outcomes.show(visit.services, drawn)
        show_the_others(visit, meeting.id)
        meeting = drawn.meeting
    visit.answer(view.times_of(meeting, visit.user_id))


def _said(visit: Visit, rest: str, word: str, outcome: Outcome) -> None:
    if not set(words.beside_mentions(rest).split()) <= SMALL_WORDS:
        raise NobodyNamed(rest, word)
    meeting = _meant(visit, word, rest)
    visit.answer(outcomes.answer(visit.services, visit.who, meeting.id, outcome))
    show_the_others(visit, meeting.id)


def _meant(visit: Visit, word: str, rest: str) -> Meeting:
    named = words.mentions(rest)
    return outcomes.which(visit.services, visit.who, named, visit.channel_id, word)


SMALL_WORDS = {"and", "meet", "this", "time", "to", "with"}  # “not this time”, “met with @Bo”
STOP = {"stop", "cancel", "off"}  # behind `/coffee now`
KINDS = {
    **{kind.value: kind for kind in Question},
    "about work": Question.WORK,
    "deeper": Question.DEEP,
    "anything": Question.ANY,
}
