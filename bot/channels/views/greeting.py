"""How Kettle comes into a channel: the word to whoever invited it, and the post that starts it."""

from __future__ import annotations

from datetime import datetime

from bot.channels.ids import SETTINGS_OPEN
from bot.rounds import ids as round_ids
from bot.rounds.views.notices import EACH_GROUP
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from bot.views.carried import InChannel
from core.values import Channel, TakingPart


def greeting(channel: Channel, inviter: str) -> Message:
    """To whoever invited the bot, and to nobody else."""
    channel_id = channel.id
    text = (
        f"Hello {words.person(inviter)}, thank you for inviting me to "
        f"{words.channel(channel_id)}. I introduce colleagues to each other for a short coffee: "
        "who has not met for longest meets next. That begins once you save the settings; until "
        "then I won't say anything in the channel by myself."
    )
    open_settings = b.button("Settings", SETTINGS_OPEN, InChannel(channel_id), style="primary")
    preview = b.button("Preview", round_ids.ROUND_PREVIEW, InChannel(channel_id))
    return b.message(
        f"Thank you for inviting me to {words.channel(channel_id)}.",
        [b.section(text), b.actions(open_settings, preview)],
    )


def welcome_back(channel: Channel, inviter: str) -> Message:
    """To whoever invited the bot again to a channel whose rounds were set up before."""
    due = channel.next_due_at
    upcoming = f" The next round is {words.moment_for_all(due)}." if due else ""
    text = (
        f"Hello {words.person(inviter)}, I am back in {words.channel(channel.id)}, and everything "
        f"is as it was: rounds {words.rhythm(channel.settings.cadence)}.{upcoming}"
    )
    row = b.actions(
        b.button("Settings", SETTINGS_OPEN, InChannel(channel.id), style="primary"),
        b.button("Preview", round_ids.ROUND_PREVIEW, InChannel(channel.id)),
    )
    return b.message(f"I am back in {words.channel(channel.id)}.", [b.section(text), row])


def opening(
    channel: Channel, first: datetime | None, everyone_from: datetime | None = None
) -> Message:
    """The post that starts a channel: "I'm in", or who is in and how to stay out (P6).

    Once more, after rounds were held, when everyone takes part from now on; `everyone_from`: the
    first round of all, where the next one is too soon.
    """
    settings, anew = channel.settings, channel.round_count > 0
    when = words.rhythm(settings.cadence)
    which = "next" if anew else "first"
    start = f" The {which} round is {words.moment_for_all(first)}. {EACH_GROUP}" if first else ""
    group = "two at a time" if settings.size == 2 else f"in groups of {settings.size}"
    if settings.taking_part is TakingPart.EVERYONE:
        introduce = "I introduce" if anew else "From now on I introduce"
        everyone = "From now on everyone" if anew else "Everyone"
        if first and everyone_from:
            everyone = f"From {words.moment_for_all(everyone_from)} on, everyone"
            start = (
                f" The {which} round, {words.moment_for_all(first)}, is for those who press *I'm "
                f"in*. {EACH_GROUP}"
            )
        text = (
            f"*Coffee introductions in {words.channel(channel.id)}*\n"
            f"{introduce} people to each other, {group}, {when}, for a short talk. "
            f"{everyone} in this channel takes part, unless you would rather not: one press and "
            f"you are out, and nobody is told.{start}"
        )
        row = b.actions(
            b.button("Not for me", round_ids.CHANNEL_LEAVE, InChannel(channel.id)),
            b.button("I'm in", round_ids.CHANNEL_JOIN, InChannel(channel.id)),
        )
    else:
        text = (
            f"*Coffee introductions in {words.channel(channel.id)}*\n"
            "Would you like to meet colleagues you rarely talk to? I introduce people to each "
            f"other, {group}, {when}, for a short talk. You can skip a round, pause or leave "
            f"whenever you like.{start}"
        )
        row = b.actions(
            b.button("I'm in", round_ids.CHANNEL_JOIN, InChannel(channel.id), style="primary")
        )
    note = "I cannot read messages, and I keep no scores. `/coffee help` says what I can do."
    said = "Everyone takes part from now on." if anew else "Coffee introductions start here."
    if anew and everyone_from:
        said = "Everyone will take part."
    return b.message(said, [b.section(text), row, b.small(note)])
