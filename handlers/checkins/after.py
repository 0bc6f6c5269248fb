"""After an answer: nothing, a colleague to talk to, a task, a word to the manager; and a hand."""

from __future__ import annotations

from functools import partial

from slack_bolt import App

from bot.checkins import ids
from bot.checkins.after import hands
from bot.checkins.after.views import hands as view
from bot.checkins.ids import OfCheckIn, OfHand
from bot.checkins.views import post
from bot.platform.services import Services
from bot.views.carried import Nothing
from handlers.checkins.told import redraw_modal, told
from handlers.platform.door import button, sent
from handlers.platform.visits import Visit, opens


def register(app: App, services: Services) -> None:
    """Bind the four choices, their forms, and the volunteers' buttons."""
    button(app, services, ids.AFTER_NOTHING, told(nothing))
    button(app, services, ids.AFTER_TALK, told(talk))
    button(app, services, ids.AFTER_MOVE, told(opens(partial(open_form, True))))
    button(app, services, ids.AFTER_TELL, told(opens(partial(open_form, False))))
    sent(app, services, ids.MOVE_FORM, told(partial(carry, True)))
    sent(app, services, ids.TELL_FORM, told(partial(carry, False)))
    button(app, services, ids.HAND_OPEN, told(open_hand))
    button(app, services, ids.HAND_STOP, told(stop_hand))
    sent(app, services, ids.HAND_FORM, told(ask_for_a_hand))
    button(app, services, ids.HAND_YES, told(accept))
    button(app, services, ids.HAND_NO, told(decline))


def nothing(visit: Visit, _: OfCheckIn) -> None:
    """ "Nothing, thank you"."""
    redraw_modal(visit, post.said("Thank you", view.NOTHING))


def talk(visit: Visit, after: OfCheckIn) -> None:
    """ "Talk to a colleague"."""
    said = hands.talk(visit.services, visit.who, after.checkin_id)
    redraw_modal(visit, post.said("Thank you", said))


def open_form(move: bool, visit: Visit, after: OfCheckIn) -> None:
    """ "Move a task" or "Tell my manager": the form, on top."""
    visit.open(hands.form(visit.services, visit.who, after.checkin_id, move))


def carry(move: bool, visit: Visit, after: OfCheckIn) -> None:
    """The form was sent: the message is carried, with the sender's name."""
    said = hands.carry(visit.services, visit.who, after.checkin_id, visit.values(), move)
    visit.ack(response_action="update", view=post.said("Thank you", said))


@opens
def open_hand(visit: Visit, _: Nothing) -> None:
    """ "I could use a hand…": what with."""
    visit.open(view.hand_form(hands.is_asking(visit.services, visit.who)))


def stop_hand(visit: Visit, _: Nothing) -> None:
    """ "Stop asking"."""
    said = hands.stop(visit.services, visit.who)
    redraw_modal(visit, post.said("A hand", said))


def ask_for_a_hand(visit: Visit, _: Nothing) -> None:
    """The form was sent: volunteers are asked."""
    wish = str(visit.values().get(view.WISH.id) or "")
    said = hands.offer_a_hand(visit.services, visit.who, wish)
    visit.ack(response_action="update", view=post.said("A hand", said))


def accept(visit: Visit, hand: OfHand) -> None:
    """A volunteer has time."""
    said = hands.accept(visit.services, visit.who, hand.hand_id)
    visit.redraw(view.answered(said))


def decline(visit: Visit, hand: OfHand) -> None:
    """A volunteer has no time."""
    said = hands.decline(visit.services, visit.who, hand.hand_id)
    visit.redraw(view.answered(said))
