"""What is said when Slack refuses a message for good: what is missing, why, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.ids import SETTINGS_OPEN
from bot.rounds.views.receipts import CAUSES
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from bot.views.carried import InChannel
from core.outbox.kinds import DeliveryKind as Kind

# What did not get into a channel, as its hosts know it.
POSTS: Mapping[Kind, str] = {
    Kind.OPENING: "the word that starts my rounds there",
    Kind.SUPPORT: "the line of support",
    Kind.NOTICE: "the notice of the next round",
    Kind.CHECKIN_REMINDER: "the reminder of a check-in",
    Kind.CHECKIN_RESULTS: "the results of a check-in",
    Kind.CHECKIN_REPLY: "the reply to a check-in",
}
# What whoever pressed can do about it, once it is mended.
AGAIN: Mapping[Kind, str] = {
    Kind.OPENING: "Then save the settings once more, and I'll try again. Until then people join "
    "with `/coffee join` in the channel.",
    Kind.CHECKIN_RESULTS: "Then press *Post in the channel* once more. Whoever may see the results "
    "finds them with `/checkin results`.",
    Kind.CHECKIN_REPLY: "Then press *Post* once more. What you wrote is kept, and stands in the "
    "next check-in there.",
}
CLOSED = (
    "the channel lets only some people post",
    "Whoever manages the channel can let me post there; or invite me to another one.",
)
ARCHIVED = ("the channel is archived", "Open it again, or invite me to another one.")
OUTSIDE = (
    "I am not in the channel any more",
    "Type `/invite @Kettle` in the channel, if it is still there.",
)
NO_FILES = (
    "this workspace takes no files from me",
    "A workspace admin can say more: Slack gives `{code}` as the reason.",
)
PLACES: Mapping[str, tuple[str, str]] = {
    "restricted_action": CLOSED,
    "restricted_action_read_only_channel": CLOSED,
    "restricted_action_thread_only_channel": CLOSED,
    "restricted_action_non_threadable_channel": CLOSED,
    "no_permission": CLOSED,
    "is_archived": ARCHIVED,
    "is_inactive": ARCHIVED,
    "not_in_channel": OUTSIDE,
    "channel_not_found": OUTSIDE,
    "file_uploads_disabled": NO_FILES,
    "storage_limit_reached": NO_FILES,
}
OTHERWISE = "Whoever runs Kettle finds more in `kettle outbox`."


def why(code: str) -> str:
    """The cause in a sentence of its own, and what to do about it."""
    cause, remedy = PLACES.get(code) or (CAUSES.get(code, f"Slack said `{code}`"), OTHERWISE)
    return f"{_sentence(cause)} {remedy.format(code=code)}"


def not_posted(channel_id: str, kind: Kind, code: str, asked: bool) -> Message:
    """To a host: something did not get into their channel; `asked`: it was they who pressed."""
    where = words.channel(channel_id)
    more = AGAIN.get(kind, "") if asked else "You'll hear this once, not for every message."
    text = f"I could not post {POSTS[kind]} in {where}. {why(code)} {more}".rstrip()
    return b.message(f"I could not post in {where}.", [b.section(text)])


def file_missing(title: str, code: str) -> Message:
    """To whoever asked for a file."""
    text = f"I could not bring you the file “{b.escape(title)}”. {why(code)}"
    return b.message(f"I could not bring you “{b.escape(title)}”.", [b.section(text)])


def not_carried(whom: str, code: str) -> Message:
    """To whoever had a message carried: nobody has read it."""
    cause = CAUSES.get(code, "") if code not in PLACES else ""
    because = f" {_sentence(cause)}" if cause else ""
    text = (
        f"Your message did not reach {words.person(whom)}, and nobody has read it.{because} Please "
        "tell them yourself, or choose somebody else."
    )
    return b.message(f"Your message did not reach {words.person(whom)}.", [b.section(text)])


def asker_unreached(channel_id: str, asker: str) -> Message:
    """To hosts: what there was to say to an asker has nobody to read it."""
    text = (
        f"I could not reach {words.person(asker)} about a check-in they asked in "
        f"{words.channel(channel_id)}. If they have left, their recurring check-ins end by "
        "themselves; anybody there can ask a new one with `/checkin`."
    )
    notice = f"I could not reach {words.person(asker)} about a check-in."
    return b.message(notice, [b.section(text)])


def ungreeted(channel_id: str) -> Message:
    """How it begins, to somebody else than whoever invited Kettle, or in the channel."""
    text = (
        f"Somebody invited me to {words.channel(channel_id)}, but I can't message them. I "
        "introduce colleagues to each other for a short coffee, once a host has saved the "
        "settings: a workspace admin is one. Until then I say nothing more here."
    )
    row = b.actions(b.button("Settings", SETTINGS_OPEN, InChannel(channel_id), style="primary"))
    return b.message(f"I was invited to {words.channel(channel_id)}.", [b.section(text), row])


def _sentence(cause: str) -> str:
    return f"{cause[:1].upper()}{cause[1:]}."
