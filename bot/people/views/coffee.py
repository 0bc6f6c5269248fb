"""What `/coffee` answers: your own state, help, and the words after each thing you do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from slack_sdk.models.blocks import ButtonElement

from bot.checkins import ids as checkin_ids
from bot.meetings.ids import NOW_JOIN, Minutes
from bot.meetings.views.followups import COMING, TOOK_PLACE, answers
from bot.meetings.views.impromptu import stop_button
from bot.people import ids as own
from bot.people.views import muting
from bot.rounds import ids as round_ids
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Blocks, Message
from bot.views.carried import InChannel, Nothing
from core.eligibility import Reason
from core.values import Channel, Meeting, Person

# Slack draws 50 blocks of a message at most; with this cap `/coffee` has 47.
MOST_CHANNELS = 12
IN_IT, NOT_IN_IT, SKIPPED = "You are in it.", "You are not in it.", "You skip it."
OUT: Mapping[Reason | None, str] = {
    Reason.PAUSED: "you're on a pause then",
    Reason.AWAY_STATUS: "your status says that you're away then",
    Reason.PACE: "you asked for fewer rounds, and this is one that you leave out",
}
AWAY_THEN, NO_GUESTS = "You are on a pause then.", "It is not open to guests."
SITTING_OUT = {
    Reason.PACE: "You sit it out, at the pace you chose.",
    Reason.AWAY_STATUS: "You sit it out: your status says you're away, and you go by it.",
    Reason.NOT_OPTED_IN: "You're in the ones after it: nobody is in a round who heard of it less "
    "than a day before. *I'm in* takes you in now.",
}
NOWHERE = (
    "You and I share no channel yet. Go to one where I am, or invite me into one of yours with "
    "`/invite`."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one person stands in one channel."""

    channel: Channel
    takes_part: bool
    skipping: bool
    opted_out: bool
    reason: Reason | None = None  # that leaves the person out of the next round, as things are


def status(
    person: Person,
    zone: str,
    standings: Sequence[Standing],
    current: Sequence[Meeting],
    today: date,
    queued_until: datetime | None,
) -> Message:
    """`/coffee` alone; `zone` is the person's own."""
    parts: Blocks = []
    if back := person.pause(today):
        parts.append(b.section(f"You are on a pause; I count you in again from {words.day(back)}."))
        parts.append(b.actions(b.button("End the pause", own.PAUSE_END, Nothing())))
    parts += muting.shown(person)
    for standing in standings[:MOST_CHANNELS]:
        parts += in_channel(person, zone, standing)
    if len(standings) > MOST_CHANNELS:
        parts.append(b.small(more_channels(len(standings) - MOST_CHANNELS)))
    if not standings:
        parts.append(b.section(NOWHERE))
    arrived = [meeting for meeting in current if meeting.conversation_id]
    for meeting in arrived:
        others = words.people([u for u in meeting.user_ids if u != person.id])
        said = TOOK_PLACE[meeting.told_to(person.id)]
        parts.append(b.section(f"Your current introduction: {others} ({said})."))
        parts.append(answers(meeting))
    if len(arrived) < len(current):
        parts.append(b.section(COMING))
    if queued_until:
        parts.append(b.section(waiting(queued_until)))
        parts.append(b.actions(stop_button()))
    parts.append(b.actions(
        b.button("A coffee now", NOW_JOIN, Minutes(15)),
        b.button("I could use a hand…", checkin_ids.HAND_OPEN, Nothing()),
        b.button("Pause…", round_ids.PAUSE_OPEN, Nothing()),
        *muting.switch(person),
        b.button("Preferences", own.PREFERENCES_OPEN, Nothing()),
    ))  # fmt: skip
    parts.append(b.small("`/coffee help` lists everything I can do."))
    return b.message("Where you stand.", parts)


def waiting(until: datetime) -> str:
    """In the queue for a coffee."""
    return f"You are waiting for a coffee until {words.clock_for_all(until)}."


def more_channels(number: int) -> str:
    """Under a list that ends early."""
    return f"… and {words.count(number, 'more channel')}."


def in_channel(person: Person, zone: str, standing: Standing) -> Blocks:
    """Where a person stands in one channel, and what they can do about it."""
    channel = standing.channel
    where = f"*{words.channel(channel.id)}*"
    if not channel.started:
        return [
            b.section(
                f"{where}: nobody has set up the rounds yet. A host does that with "
                "`/coffee settings`."
            )
        ]
    due = channel.next_due_at
    when = f"the next round is {words.moment_for_all(due)}" if due else "no round is planned"
    closed_to_guests = person.guest and not channel.settings.guests
    note = NO_GUESTS if closed_to_guests else _note(person, zone, standing)
    blocks = [b.section(f"{where}: {when}. {note}")]
    if not closed_to_guests:
        blocks.append(b.actions(*_buttons(standing)))
    return blocks


def _note(person: Person, zone: str, standing: Standing) -> str:
    if not standing.takes_part:
        return NOT_IN_IT
    due = standing.channel.next_due_at
    if due and person.pause(due.astimezone(words.zone(zone)).date()):
        return AWAY_THEN
    if standing.skipping:
        return SKIPPED
    return SITTING_OUT.get(standing.reason, IN_IT) if standing.reason else IN_IT


def _buttons(standing: Standing) -> list[ButtonElement]:
    here = InChannel(standing.channel.id)
    join = b.button("I'm in", round_ids.CHANNEL_JOIN, here, style="primary")
    leave = b.button("Leave", round_ids.CHANNEL_LEAVE, here)
    if not standing.takes_part:
        return [join]
    if standing.reason is Reason.NOT_OPTED_IN:
        return [join, leave]
    upcoming = round_ids.NextRound(standing.channel.id, standing.channel.next_due_at)
    skip = (
        b.button("Be in it after all", round_ids.CHANNEL_UNSKIP, upcoming)
        if standing.skipping
        else b.button("Skip this one", round_ids.CHANNEL_SKIP, upcoming)
    )
    return [skip, leave]


def help_text(words_behind: Sequence[tuple[str, str]]) -> Message:
    """`/coffee help`: what to type behind it, and what that does."""
    lines = [f"• `/coffee {typed}` – {what}" for typed, what in words_behind]
    text = (
        "I introduce colleagues to each other for a short talk: who has not met for longest "
        "meets next. `/coffee` alone shows where you stand.\n" + "\n".join(lines)
    )
    note = (
        "I cannot read messages. I remember who was introduced to whom and whether they met, "
        "to keep it fair. `/checkin help` is about check-ins."
    )
    return b.message("What I can do.", [b.section(text), b.small(note)])


def unknown(text: str, nearest: str | None) -> str:
    """An unknown word behind `/coffee`."""
    said = b.escape(text[:40])
    guess = f" Did you mean `/coffee {nearest}`?" if nearest else ""
    return f"I do not know “{said}”.{guess} `/coffee help` lists what I can do."


def joined(channel: Channel) -> str:
    """After `join`."""
    if not channel.started:
        return (
            f"You are in. Nobody has set up the rounds of {words.channel(channel.id)} yet; a host "
            "does that with `/coffee settings`."
        )
    if channel.next_due_at is None:
        return f"You are in. No round of {words.channel(channel.id)} is planned just now."
    return (
        f"You are in. The next round of {words.channel(channel.id)} is "
        f"{words.moment_for_all(channel.next_due_at)}."
    )


def joined_on_pause(until: date) -> str:
    """`join` during a pause."""
    return f" You are on a pause until {words.day(until)}, though; `/coffee resume` ends it sooner."


def already_in(channel: Channel) -> str:
    """`join` a second time."""
    due = channel.next_due_at
    when = f" The next round is {words.moment_for_all(due)}." if due else ""
    return f"You are in {words.channel(channel.id)} already.{when}"


def left(channel: Channel) -> str:
    """After `leave`."""
    return (
        f"You are out of the rounds of {words.channel(channel.id)}, and nobody is told. "
        "`/coffee join` brings you back."
    )


def left_with_meeting() -> str:
    """`leave` in the middle of a round."""
    return " Your current introduction stays: see whether you still feel like it."


def paused(until: date) -> str:
    """After `pause`."""
    return (
        f"Enjoy your break. I count you in again from {words.day(until)}; "
        "`/coffee resume` ends it sooner."
    )


def paused_with_meeting() -> str:
    """`pause` in the middle of a round."""
    return " What is under way stays, and I do not ask about it before you are back."


def resumed(was_paused: bool) -> str:
    """After `resume`."""
    if was_paused:
        return "Welcome back. From now on I count you in again."
    return "You are not on a pause."


def skipped(channel: Channel, out: Reason | None = None) -> str:
    """After `skip`; `out`: why they would not have been in the next round anyway."""
    due = channel.next_due_at
    when = f" ({words.moment_for_all(due)})" if due else ""
    if out in OUT:
        return (
            f"You aren't in the next round of {words.channel(channel.id)}{when} anyway: "
            f"{OUT[out]}. If that changes, you'll still skip it."
        )
    return (
        f"You skip the next round of {words.channel(channel.id)}{when}, and nobody is told. "
        "`/coffee skip` again brings you back in."
    )


def unskipped(channel: Channel, out: Reason | None = None) -> str:
    """After taking a skip back; `out`: why they are not in the next round all the same."""
    if out in OUT:
        return (
            f"You don't skip the next round of {words.channel(channel.id)} any more, but you "
            f"aren't in it either: {OUT[out]}."
        )
    return f"You are in the next round of {words.channel(channel.id)} again."


def status_followed(until: date) -> str:
    """After "yes, until I am back"."""
    return f"Good. I count you in again from {words.day(until)}."


STATUS_IGNORED = "Good, you are in the next round."
STATUS_OVER = "You are back already, so I count you in."
STATUS_ALWAYS = (
    "From now on I go by your status whenever it says that you are away. "
    "`/coffee preferences` changes that."
)


def ran(groups: int) -> str:
    """After `run`."""
    return f"{words.count(groups, 'introduction')} on the way. The receipt will say what arrived."
