"""Asking for somebody to talk to, for a hand, or telling one person something by name (C5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message, ModalView
from bot.views.carried import Modal, Nothing
from bot.views.fields import Colleague, Lines
from core.checkins import CheckIn

TEXT_MAX = 600

ASKED_ALREADY = (
    "I'm looking for somebody for you already. As soon as somebody says yes, I introduce you two. "
    "`/coffee hand stop` ends it."
)
NOBODY = (
    "Nobody has agreed to be asked yet, so I cannot find anybody for you just now. "
    "`/coffee now 15` may find somebody who has a few minutes."
)
WHAT_WITH = "What do you need a hand with? Such as `/coffee hand a second pair of eyes on a draft`."
TOO_LONG = f"A little shorter, please: at most {TEXT_MAX} characters."
STOPPED = "I've stopped looking, and nobody is told."
NOT_ASKING = "I'm not looking for anybody for you just now."
CLOSED = "This one isn't open any more. Thank you all the same."
YOU_TWO = "Thank you. I'll introduce you two now."
IF_NOT = "If it does not arrive, you'll hear from me."
NOT_NOW = "That is fine. Nobody is told."
NOT_THEM = "Please choose a colleague who is not you and not a bot."
NOTHING = "Good. Thank you for answering."

WISH = Lines(id="text", label="I could use a hand with …", longest=TEXT_MAX, optional=False)
WHOM = Colleague(id="whom", label="To", wrong=NOT_THEM)
TASK = Lines(
    id="text",
    label="Which task, and why",
    longest=TEXT_MAX,
    wrong=checkin_words.WRITE_SOMETHING,
    too_long=checkin_words.too_long(TEXT_MAX),
)
WORD = replace(TASK, label="What to tell")


def asking(until: datetime) -> str:
    """To the seeker. Whether anybody could be asked is not told: it could say who could not."""
    return (
        "I'm looking for somebody among the colleagues who offered to be asked. The first who has "
        "time meets you in a group conversation with me. If somebody can, you'll hear from me by "
        f"{words.moment_for_all(until)}. `/coffee hand stop` ends it."
    )


def wanted(hand_id: int, seeker: str, wish: str) -> Message:
    """To a volunteer: somebody would like to talk (no name), or needs a hand (they said so)."""
    if wish:
        notice = f"{words.person(seeker)} is looking for a colleague."
        text = f"{words.person(seeker)} could use a hand with: {b.escape(wish)}"
    else:
        notice = "A colleague would like to talk to somebody."
        text = (
            "A colleague would like to talk to somebody, after a check-in. You offered to be "
            "asked. If you have an ear in the next days, I introduce you two; if not, nobody "
            "learns that you were asked."
        )
    row = b.actions(
        b.button("I have time", ids.HAND_YES, ids.OfHand(hand_id), style="primary"),
        b.button("Not now", ids.HAND_NO, ids.OfHand(hand_id)),
    )
    return b.message(notice, [b.section(text), row])


def what_with(seeker: str, wish: str) -> Message:
    """In the conversation of the two: what it is about, as the volunteer read it."""
    text = f"{words.person(seeker)} could use a hand with: {b.escape(wish)}"
    return b.message(f"What {words.person(seeker)} needs a hand with.", [b.section(text)])


def hand_form(asking: bool) -> ModalView:
    """ "I could use a hand…": with what, or that volunteers are being asked already."""
    if asking:
        stop = b.button("Stop asking", ids.HAND_STOP, Nothing())
        return b.modal("hand.asking", "A hand", [b.section(ASKED_ALREADY), b.actions(stop)])
    note = (
        "Colleagues who offered to be asked may read this, with your name. The first who has "
        "time meets you."
    )
    parts = [WISH.draw(""), b.small(note)]
    return b.modal(ids.HAND_FORM.id, "A hand", parts, submit="Ask", close="Cancel")


def nobody_found() -> Message:
    """To the seeker, a day later, whatever the cause was."""
    text = (
        "I found nobody for you this time. That says nothing about you: few people are asked, and "
        "their days are full. You can try once more, or `/coffee now 15` for a few minutes."
    )
    return b.message("I found nobody for you this time.", [b.section(text)])


def answered(text: str) -> Message:
    """The message to a volunteer after they pressed."""
    return b.message(text, [b.section(text)])


def move_form(checkin: CheckIn) -> ModalView:
    """Which task, and who might take it: goes to that person, with the name of the sender."""
    note = "This goes to the person you choose, with your name, and to nobody else."
    parts = [WHOM.draw(None), TASK.draw(""), b.small(note)]
    return _form(checkin, ids.MOVE_FORM, "Move a task", parts)


def tell_form(checkin: CheckIn) -> ModalView:
    """What the manager should know."""
    note = "This goes to the person you choose, with your name, and to nobody else."
    parts = [WHOM.draw(checkin.asker), WORD.draw(""), b.small(note)]
    return _form(checkin, ids.TELL_FORM, "Tell my manager", parts)


def _form(checkin: CheckIn, modal: Modal[ids.OfCheckIn], title: str, parts: Blocks) -> ModalView:
    return b.modal(
        modal.id,
        title,
        parts,
        submit="Send",
        close="Better not",
        private_metadata=ids.OfCheckIn(checkin.id).text(),
    )


def task(sender: str, checkin: CheckIn, text: str) -> Message:
    """To whom it was sent: a task that is too much."""
    said = (
        f"{words.person(sender)} asks whether you could take something off them, after "
        f"“{name_of(checkin.kind)}” in {words.channel(checkin.channel_id)}:\n"
        f"{_quoted(text)}\nPlease answer them directly; I only carry the message."
    )
    return b.message(f"{words.person(sender)} asks you to take a task.", [b.section(said)])


def told(sender: str, checkin: CheckIn, text: str) -> Message:
    """To the manager: what somebody chose to tell with their name."""
    said = (
        f"{words.person(sender)} chose to tell you something with their name, after "
        f"“{name_of(checkin.kind)}” in {words.channel(checkin.channel_id)}:\n"
        f"{_quoted(text)}\nPlease answer them directly; I only carry the message."
    )
    return b.message(f"{words.person(sender)} wants you to know something.", [b.section(said)])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in b.escape(text).splitlines())


def sent(whom: str) -> str:
    """The word back."""
    return f"It goes to {words.person(whom)}, with your name. {IF_NOT}"
