"""What Kettle posts in a channel and to whoever invited it: greeting, "I'm in", the day before."""

from __future__ import annotations

from datetime import date, datetime

from bot.rounds import ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, Message
from bot.views.carried import InChannel, Nothing
from core.values import Channel

OWN_LIST = (
    "Everyone who was there is on your own “Not with” list, which only you see; `/coffee avoid` "
    "changes it."
)
EACH_GROUP = "Each group starts at the first good moment for everyone in it."
UNTIL_THEN = "If somebody else has room for a coffee before that, I may introduce you two."


def day_before(channel: Channel, due_at: datetime) -> Message:
    """The notice of the day before, in the channel (P8)."""
    text = (
        f"The next coffee introductions in {words.channel(channel.id)} are "
        f"{words.moment_for_all(due_at)}. {EACH_GROUP} Can't make it? Skip it; nobody is told."
    )
    return b.message(_soon(channel, due_at), [b.section(text), _skip_row(channel, due_at)])


def day_before_to(channel: Channel, due_at: datetime) -> Message:
    """The same notice as a direct message to one person."""
    text = (
        f"You are in the next round of {words.channel(channel.id)}: "
        f"{words.moment_for_all(due_at)}. {EACH_GROUP} Can't make it? Skip it; nobody is told."
    )
    return b.message(_soon(channel, due_at), [b.section(text), _skip_row(channel, due_at)])


def _soon(channel: Channel, due_at: datetime) -> str:
    return f"Coffee introductions in {words.channel(channel.id)}: {words.moment_for_all(due_at)}."


def _skip_row(channel: Channel, due_at: datetime) -> Block:
    return b.actions(
        b.button("Skip this one", ids.CHANNEL_SKIP, ids.NextRound(channel.id, due_at)),
        b.button("Away until…", ids.PAUSE_OPEN, Nothing()),
    )


def status_hint(channel: Channel, until: date, due_at: datetime) -> Message:
    """Asks somebody whose Slack status says that they are away (P5: a hint, not a fact)."""
    due = f"The next round of {words.channel(channel.id)} is {words.moment_for_all(due_at)}."
    text = (
        f"Your Slack status says that you are away until {words.day(until)}. {due} Shall I leave "
        "you out until you are back?"
    )
    back = ids.FirstDayBack(until)
    row = b.actions(
        b.button("Yes, until I am back", ids.STATUS_AWAY, back, style="primary"),
        b.button("No, I am in", ids.STATUS_HERE, InChannel(channel.id)),
        b.button("Always go by my status", ids.STATUS_ALWAYS, back),
    )
    return b.message(f"Away until {words.day(until)}? {due}", [b.section(text), row])


def not_held(channel_id: str, first: datetime, last: datetime, zone: str) -> Message:
    """To the host: one round or several were missed by more than a day and are not held."""
    where, when = words.channel(channel_id), words.moment(last, zone)
    what = f"The round of {where} on {when} was not held"
    if first < last:
        since = words.moment(first, zone)
        what = f"The rounds of {where} from {since} to {when} were not held"
    text = (
        f"{what}: I was not running then, or could not reach Slack, and more than a day has "
        "passed. The next one comes as planned. To hold one now, type `/coffee run` in the channel."
    )
    return b.message(f"{what}.", [b.section(text)])


def ended(name: str) -> Message:
    """To the host: Kettle is not in the channel any more."""
    text = (
        f"I'm not in #{b.escape(name)} any more: somebody took me out, or it's archived or gone. "
        "So there'll be no more rounds or check-ins there. Introductions under way carry on. All "
        "that was set up is kept: `/invite @Kettle` there, or opening the channel again, brings "
        "it back."
    )
    return b.message(f"Coffee introductions have ended in #{b.escape(name)}.", [b.section(text)])


def in_their_place(channel_id: str, payload: Message) -> Message:
    """What a host would read, to an admin of the workspace because no host is left."""
    why = b.small(
        f"You're getting this as a workspace admin, because {words.channel(channel_id)} has no "
        "host left. `/coffee settings` there, *More*, *Hosts* names somebody new."
    )
    return {**payload, "blocks": [*payload["blocks"], why]}


def hostless(channel_id: str) -> Message:
    """In the channel: nobody is left whom Kettle could tell what it tells hosts."""
    text = (
        f"Whoever hosted the coffee introductions of {words.channel(channel_id)} has left, so "
        "nobody sees how the rounds go. They carry on as before. A workspace admin can name new "
        "hosts with `/coffee settings`, *More*, *Hosts*."
    )
    return b.message("The coffee introductions here have no host.", [b.section(text)])


def too_few(channel_id: str) -> Message:
    """To the host: a round came due with nobody to introduce.

    How many were in it is not told: of two or more it would say that a private list is the cause.
    """
    where = words.channel(channel_id)
    text = (
        f"The round of {where} came due, but I could not introduce anybody. "
        'People join by pressing "I\'m in" or by typing `/coffee join` in the channel.'
    )
    return b.message(f"The round of {where} had nobody to introduce.", [b.section(text)])


def no_introduction(channel: Channel, own_list: bool = False) -> Message:
    """To somebody who was in a round and in no group.

    The odd one, the only one, and somebody who can meet nobody here read the same: one of these
    causes is private. `own_list`: it was their own list alone, which they may read.
    """
    due, round_of = channel.next_due_at, f"this round of {words.channel(channel.id)}"
    when = f": {words.moment_for_all(due)}" if due else ""
    why = OWN_LIST if own_list else "That happens, and says nothing about you."
    text = (
        f"In {round_of} an introduction for you did not work out. "
        f"{why} You are in the next one again{when}. {UNTIL_THEN}"
    )
    return b.message(f"No introduction for you in {round_of}.", [b.section(text)])


def newcomer(channel: Channel, user_id: str, at: datetime, first: datetime | None) -> Message:
    """To somebody new in a channel where everyone takes part: told first, never silently (P6).

    `at`: when they read it. `first`: the next round, if they are in it; else it is too soon.
    """
    due = _to_come(channel, at)
    start = f" The next round is {words.moment_for_all(due)}." if due else ""
    if due and not first:
        start = (
            f" The next round, {words.moment_for_all(due)}, is very soon, so you're in it only if "
            "you press *I'm in*. After that you're in, unless you say no."
        )
    text = (
        f"Welcome to {words.channel(channel.id)}, {words.person(user_id)}. I introduce people "
        "there to each other for a short talk, and everyone takes part, unless you would rather "
        f"not: one press and you are out, and nobody is told.{start}"
    )
    row = b.actions(
        b.button("Not for me", ids.CHANNEL_LEAVE, InChannel(channel.id)),
        b.button("I'm in", ids.CHANNEL_JOIN, InChannel(channel.id)),
    )
    notice = f"Welcome to {words.channel(channel.id)}: you'll be introduced, unless you say no."
    return b.message(notice, [b.section(text), row])


def _to_come(channel: Channel, at: datetime) -> datetime | None:
    """The next round, where it is still to come when this is read."""
    due = channel.next_due_at
    return due if due is not None and due > at else None


def welcome(channel: Channel, user_id: str, at: datetime) -> Message:
    """To somebody new in a channel where those take part who press: what happens there (P24).

    `at`: when they read it.
    """
    due, settings = _to_come(channel, at), channel.settings
    group = "two at a time" if settings.size == 2 else f"in groups of {settings.size}"
    start = f" The next round is {words.moment_for_all(due)}." if due else ""
    text = (
        f"Welcome to {words.channel(channel.id)}, {words.person(user_id)}. I introduce people "
        f"there to each other for a short talk, {group}, {words.rhythm(settings.cadence)}. You're "
        f"in it only if you press *I'm in*, and out of it again whenever you like.{start} If it's "
        "not for you, there's nothing to do, and I won't ask again."
    )
    here = InChannel(channel.id)
    row = b.actions(b.button("I'm in", ids.CHANNEL_JOIN, here, style="primary"))
    notice = f"Welcome to {words.channel(channel.id)}: how coffee introductions work there."
    return b.message(notice, [b.section(text), row])


def latecomer_waits(channel_id: str, due_at: datetime) -> str:
    """To somebody who joined after a round began (P12)."""
    return (
        f"You are in. A round of {words.channel(channel_id)} is under way already; the next one "
        f"is {words.moment_for_all(due_at)}. {UNTIL_THEN}"
    )


def joined_late(channel: Channel) -> str:
    """After `join` in the middle of a round, when somebody was waiting (P12)."""
    return (
        f"You are in. A round of {words.channel(channel.id)} is under way already, and somebody "
        "else has room for a coffee, too: I'll introduce you two at the first good moment for "
        "both of you."
    )
