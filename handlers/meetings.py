"""The buttons of an introduction and of the questions that follow it."""

from __future__ import annotations

import re
from collections.abc import Callable

from slack_bolt import App

from bot import home, ids, outcomes, standing
from bot.services import Services
from bot.views import followups
from core.values import Outcome
from handlers.door import Visit, action

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
        channel = standing.locate(visit.services, visit.team_id, visit.user_id, visit.value)
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
