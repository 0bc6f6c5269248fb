"""Closing the loop: what the asker hears when a check-in is over, and says in return (C6)."""

from __future__ import annotations

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message, ModalView
from bot.views.carried import InChannel
from bot.views.fields import Lines
from core.checkins import CheckIn, Reply
from core.pulse import Withheld

REPLY_MAX = 800
TOO_LONG = checkin_words.too_long(REPLY_MAX)
HEARD = Lines(
    id="heard",
    label="What I heard",
    longest=REPLY_MAX,
    wrong=checkin_words.WRITE_SOMETHING,
    too_long=TOO_LONG,
)
WILL = Lines(
    id="will",
    label="What I will do",
    hint="One small thing that you really do is worth more than a plan.",
    longest=REPLY_MAX,
    wrong=checkin_words.WRITE_SOMETHING,
    too_long=TOO_LONG,
)


def note(text: str) -> Message:
    """A message that only says something."""
    return b.message(text.splitlines()[0][:150], [b.section(text)])


def closed_for_asker(checkin: CheckIn) -> Message:
    """To the asker: it has closed, and now they owe a word, if anybody said anything."""
    label, value = name_of(checkin.kind), ids.OfCheckIn(checkin.id)
    where = f"“{label}” in {words.channel(checkin.channel_id)} has closed"
    stand = b.button("Where things stand", ids.ITEMS_OPEN, InChannel(checkin.channel_id))
    if checkin.posted_ts is None:
        text = f"{where}, but Slack never took the post: nobody has seen the question."
        row = []
    elif checkin.answers == 0:
        text = (
            f"{where}, and nobody answered. That happens, and you owe no reply. Another question "
            "or another day may suit better, or a talk."
        )
        row = [stand] if checkin.kind.rules.occasion else []
    else:
        counted = words.count(checkin.answers, "answer")
        text = f"{where} with {counted}. {_outcome(checkin)}\n{_owed(checkin)}"
        row = [
            b.button("See the results", ids.RESULTS, value),
            b.button("What I heard, what I will do", ids.REPLY_OPEN, value, style="primary"),
            *([stand] if checkin.kind.rules.occasion else []),
        ]
    buttons = [b.actions(*row)] if row else []
    return b.message(f"{where}.", [b.section(text), *buttons])


def _outcome(checkin: CheckIn) -> str:
    withheld = checkin.result.withheld if checkin.result else Withheld.TOO_FEW_ANSWERS
    if withheld is None:
        return "The results are ready."
    return checkin_words.withheld(checkin.contract, withheld)


def _owed(checkin: CheckIn) -> str:
    after = "the next check-in there shows your reply, or that none was given."
    if checkin.is_shown:
        return (
            "People told you something. Tell them what you heard and what you will do, even if it "
            f"is little: {after}"
        )
    return (
        "People took the time all the same, and wait for a word. Say that you could not read the "
        f"answers, and what you will do now: {after}"
    )


def still_owed(checkin: CheckIn) -> Message:
    """To the asker, once, two days later."""
    where, label = words.channel(checkin.channel_id), name_of(checkin.kind)
    text = (
        f"People in {where} have not heard from you yet about “{label}”. Two sentences are "
        "enough. I will not ask again."
    )
    button = b.button("What I heard, what I will do", ids.REPLY_OPEN, ids.OfCheckIn(checkin.id))
    notice = f"{where} hasn't heard back from you about “{label}”."
    return b.message(notice, [b.section(text), b.actions(button)])


def reply_text(checkin: CheckIn, reply: Reply) -> str:
    """The asker's reply."""
    return (
        f"*What {words.person(checkin.asker)} heard:* {b.escape(reply.heard)}\n"
        f"*What follows:* {b.escape(reply.will)}"
    )


def reply_post(checkin: CheckIn, reply: Reply) -> Message:
    """The reply in the channel, under the check-in."""
    label = name_of(checkin.kind)
    parts = [b.section(f"*{label}*\n{reply_text(checkin, reply)}")]
    return b.message(f"{label}: what was heard, what follows.", parts)


def reply_form(checkin: CheckIn) -> ModalView:
    """The modal "What I heard, what I will do"."""
    given = checkin.reply
    parts = [
        b.section(f"It goes to {words.channel(checkin.channel_id)}, under your name."),
        HEARD.draw(given.heard if given else ""),
        WILL.draw(given.will if given else ""),
    ]
    return b.modal(
        ids.REPLY_FORM.id,
        "Close the loop",
        parts,
        submit="Post",
        close="Cancel",
        private_metadata=ids.OfCheckIn(checkin.id).text(),
    )
