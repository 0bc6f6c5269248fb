"""Closing the loop: what the asker hears when a check-in is over, and says in return (C6)."""

from __future__ import annotations

from typing import Any

from slack_sdk.models.blocks import PlainTextInputElement

from bot.checkins import ids
from bot.checkins.views import words as checkin_words
from bot.views import blocks as b
from bot.views import words
from core.checkins import ARC, CheckIn, Reply

HEARD, WILL = "heard", "will"  # blocks of the reply
REPLY_MAX = 800


def note(text: str) -> dict[str, Any]:
    """A message that only says something."""
    return b.message(text.splitlines()[0][:150], [b.section(text)])


def closed_for_asker(checkin: CheckIn) -> dict[str, Any]:
    """To the asker: it has closed, and now they owe a word, if anybody said anything."""
    label, value = checkin_words.KINDS[checkin.kind], str(checkin.id)
    where = f"“{label}” in {words.channel(checkin.channel_id)} has closed"
    stand = b.loose_button("Where things stand", ids.ITEMS_OPEN, checkin.channel_id)
    if checkin.posted_ts is None:
        text = f"{where}, but Slack never took the post: nobody has seen the question."
        row = []
    elif checkin.answers == 0:
        text = (
            f"{where}, and nobody answered. That happens, and you owe no reply. Another question "
            "or another day may suit better, or a talk."
        )
        row = [stand] if checkin.kind in ARC else []
    else:
        counted = words.count(checkin.answers, "answer")
        text = f"{where} with {counted}. {_outcome(checkin)}\n{_owed(checkin)}"
        row = [
            b.loose_button("See the results", ids.RESULTS, value),
            b.loose_button("What I heard, what I will do", ids.REPLY_OPEN, value, style="primary"),
            *([stand] if checkin.kind in ARC else []),
        ]
    buttons = [b.actions(*row)] if row else []
    return b.message(f"“{label}” has closed.", [b.section(text), *buttons])


def _outcome(checkin: CheckIn) -> str:
    result = checkin.result or {}
    if result.get("shown"):
        return "The results are ready."
    return checkin_words.withheld(checkin.contract, str(result.get("why", "too_few_answers")))


def _owed(checkin: CheckIn) -> str:
    after = "the next check-in there shows your reply, or that none was given."
    if (checkin.result or {}).get("shown"):
        return (
            "People told you something. Tell them what you heard and what you will do, even if it "
            f"is little: {after}"
        )
    return (
        "People took the time all the same, and wait for a word. Say that you could not read the "
        f"answers, and what you will do now: {after}"
    )


def still_owed(checkin: CheckIn) -> dict[str, Any]:
    """To the asker, once, two days later."""
    label = checkin_words.KINDS[checkin.kind]
    text = (
        f"People in {words.channel(checkin.channel_id)} have not heard from you yet about "
        f"“{label}”. Two sentences are enough. I will not ask again."
    )
    button = b.loose_button("What I heard, what I will do", ids.REPLY_OPEN, str(checkin.id))
    return b.message("A word is still owed.", [b.section(text), b.actions(button)])


def reply_text(checkin: CheckIn, reply: Reply) -> str:
    """The asker's reply."""
    return (
        f"*What {words.person(checkin.asker)} heard:* {b.escape(reply.heard)}\n"
        f"*What follows:* {b.escape(reply.will)}"
    )


def reply_post(checkin: CheckIn, reply: Reply) -> dict[str, Any]:
    """The reply in the channel, under the check-in."""
    label = checkin_words.KINDS[checkin.kind]
    parts = [b.section(f"*{label}*\n{reply_text(checkin, reply)}")]
    return b.message(f"{label}: what was heard, what follows.", parts)


def reply_form(checkin: CheckIn) -> dict[str, Any]:
    """The modal "What I heard, what I will do"."""
    given = checkin.reply
    heard = PlainTextInputElement(
        action_id=HEARD,
        multiline=True,
        max_length=REPLY_MAX,
        initial_value=given.heard if given else None,
    )
    will = PlainTextInputElement(
        action_id=WILL,
        multiline=True,
        max_length=REPLY_MAX,
        initial_value=given.will if given else None,
    )
    hint = "One small thing that you really do is worth more than a plan."
    parts = [
        b.section(f"Posted in {words.channel(checkin.channel_id)}, under your name."),
        b.field(HEARD, "What I heard", heard),
        b.field(WILL, "What I will do", will, hint),
    ]
    return b.modal(
        ids.REPLY_FORM,
        "Close the loop",
        parts,
        submit="Post",
        close="Cancel",
        private_metadata=str(checkin.id),
    )
