"""After an answer: nothing, a colleague to talk to, a task, a word to the manager; and a hand."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.checkins import ids
from bot.checkins.after import hands
from bot.checkins.after.views import hands as view
from bot.checkins.views import post
from bot.platform.services import Services
from bot.views.ids import number
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import Visit, action, submission


def register(app: App, services: Services) -> None:
    """Bind the four choices, their forms, and the volunteers' buttons."""
    action(app, services, ids.AFTER_NOTHING, told(nothing))
    action(app, services, ids.AFTER_TALK, told(talk))
    action(app, services, ids.AFTER_MOVE, told(partial(open_form, True)))
    action(app, services, ids.AFTER_TELL, told(partial(open_form, False)))
    submission(app, services, ids.MOVE_FORM, told(partial(carry, True)))
    submission(app, services, ids.TELL_FORM, told(partial(carry, False)))
    action(app, services, ids.HAND_OPEN, told(open_hand))
    action(app, services, ids.HAND_STOP, told(stop_hand))
    submission(app, services, ids.HAND_FORM, told(ask_for_a_hand))
    action(app, services, ids.HAND_YES, told(accept))
    action(app, services, ids.HAND_NO, told(decline))


def nothing(visit: Visit) -> None:
    """ "Nothing, thank you"."""
    redraw_modal(visit, post.said("Thank you", view.NOTHING))


def talk(visit: Visit) -> None:
    """ "Talk to a colleague"."""
    said = hands.talk(visit.services, visit.team_id, number(visit.value), visit.user_id)
    redraw_modal(visit, post.said("Thank you", said))


def open_form(move: bool, visit: Visit) -> None:
    """ "Move a task" or "Tell my manager": the form, on top."""
    where = (visit.services, visit.team_id, number(visit.value), visit.user_id)
    visit.open(hands.form(*where, move))


def carry(move: bool, visit: Visit) -> None:
    """The form was sent: the message is carried, with the sender's name."""
    values = visit.values()
    said = hands.carry(
        visit.services,
        visit.team_id,
        number(visit.metadata),
        visit.user_id,
        str(values.get(view.WHOM) or ""),
        str(values.get(view.TEXT) or ""),
        move,
    )
    visit.ack(response_action="update", view=post.said("Thank you", said))


def open_hand(visit: Visit) -> None:
    """ "I could use a hand…": what with."""
    visit.open(view.hand_form(hands.is_asking(visit.services, visit.team_id, visit.user_id)))


def stop_hand(visit: Visit) -> None:
    """ "Stop asking"."""
    said = hands.stop(visit.services, visit.team_id, visit.user_id)
    redraw_modal(visit, post.said("A hand", said))


def ask_for_a_hand(visit: Visit) -> None:
    """The form was sent: volunteers are asked."""
    wish = str(visit.values().get(view.TEXT) or "")
    said = hands.offer_a_hand(visit.services, visit.team_id, visit.user_id, wish)
    visit.ack(response_action="update", view=post.said("A hand", said))


def accept(visit: Visit) -> None:
    """A volunteer has time."""
    said = hands.accept(visit.services, visit.team_id, visit.user_id, number(visit.value))
    visit.redraw(view.answered(said))


def decline(visit: Visit) -> None:
    """A volunteer has no time."""
    said = hands.decline(visit.services, visit.team_id, visit.user_id, number(visit.value))
    visit.redraw(view.answered(said))
