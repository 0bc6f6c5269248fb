"""What is said when an agreed time is to be moved or called off: to one alone, and to the group."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.meetings import ids
from bot.meetings.ids import Anew, AtTime, Moving
from bot.meetings.views.introductions import CAME_UP, SUITS_ME, agreed_row, suits
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Block, Blocks, Message
from core.values import Meeting

ASK_FOR_IT, CALL_OFF = "Ask for this one", "Call it off"
YES, NO = "Works for me", "I can't then"
NO_OTHER = (
    "I found no other half hour before the next round that suits everyone. You can still agree on "
    "one among yourselves."
)


def choices(
    meeting: Meeting, user_id: str, at: datetime, free: Sequence[datetime], asked: Blocks
) -> Message:
    """To the one for whom something came up: other times to ask for, and calling it off.

    `asked` is another time that somebody of the group asks for already.
    """
    others = _others(meeting, user_id)
    title = f"Your coffee with {others}: {words.moment_for_all(at)}."
    parts = [b.section(f"Your coffee with {others} is *{words.moment_for_all(at)}*.")]
    parts += asked
    if free:
        parts.append(b.section("Ask for another time. This one stands until everyone agrees."))
    else:
        parts.append(b.section(NO_OTHER))
    for to in free:
        value, epoch = Moving(meeting.id, at, to), int(to.timestamp())
        press = b.button(ASK_FOR_IT, ids.PLAN_MOVE, value, suffix=epoch)
        parts.append(b.section(words.moment_for_all(to), press))
    off = b.button(CALL_OFF, ids.PLAN_OFF, AtTime(meeting.id, at), style="danger")
    parts += [b.actions(off), b.small("There's no need to give a reason.")]
    return b.message(title, parts)


def asked(meeting: Meeting, user_id: str, at: datetime, to: datetime) -> str:
    """Back to the one who asked for another time."""
    return (
        f"I've asked {_others(meeting, user_id)} about {words.moment_for_all(to)}. Until everyone "
        f"agrees, {words.moment_for_all(at)} stands."
    )


def asks(meeting: Meeting, by: str, at: datetime, to: datetime) -> Message:
    """To the group: somebody asks to move their coffee from one time to another."""
    who, when = words.person(by), words.moment_for_all(to)
    agree = "you've both agreed" if len(meeting.people) == 2 else "you've all agreed"
    text = (
        f"{who} asks to move your coffee: *{when}* instead of {words.moment_for_all(at)}, which "
        f"stands until {agree}.{suits(meeting, to)}"
    )
    return b.message(
        f"{who} asks: coffee {when} instead?", [b.section(text), yes_or_no(meeting, to)]
    )


def asks_already(meeting: Meeting, by: str, to: datetime) -> Blocks:
    """The same, for one of the group alone."""
    text = f"{words.person(by)} asks for {words.moment_for_all(to)} instead."
    return [b.section(text), yes_or_no(meeting, to)]


def yes_or_no(meeting: Meeting, to: datetime) -> Block:
    """Whether the time that is asked for suits."""
    value = AtTime(meeting.id, to)
    return b.actions(
        b.button(YES, ids.PLAN_YES, value, style="primary"), b.button(NO, ids.PLAN_NO, value)
    )


def answered(at: datetime) -> Message:
    """In the place of a request, once it is answered: what is so now."""
    said = f"Your coffee is {words.moment_for_all(at)}."
    return b.message(said, [b.section(said)])


def moved(meeting: Meeting, by: str, was: datetime, at: datetime) -> Message:
    """To the group: everyone agreed to the time that somebody asked for."""
    whom = "you both" if len(meeting.people) == 2 else "everyone"
    text = (
        f"*New time: {words.moment_for_all(at)}* (before: {words.moment_for_all(was)}). "
        f"{words.person(by)} asked, and it suits {whom}. The calendar file below updates your "
        "entry. I'll remind you here ten minutes before."
    )
    note = "If you added the old time with a button, please delete that entry yourself."
    parts = [b.section(text), agreed_row(meeting, at), b.small(note)]
    return b.message(f"Your coffee is now {words.moment_for_all(at)}.", parts)


def stands(meeting: Meeting, by: str, at: datetime, to: datetime) -> Message:
    """To the group: the time asked for does not suit one of them."""
    return _still(meeting, at, f"{words.person(by)} can't make {words.moment_for_all(to)}")


def withdrawn(meeting: Meeting, by: str, at: datetime) -> Message:
    """To the group: who asked for another time does not any more."""
    return _still(meeting, at, f"{words.person(by)} doesn't need another time after all")


def _still(meeting: Meeting, at: datetime, because: str) -> Message:
    when = words.moment_for_all(at)
    press = b.actions(b.button(CAME_UP, ids.PLAN_CHANGE, AtTime(meeting.id, at)))
    text = f"{because}, so your coffee is still *{when}*."
    return b.message(f"Your coffee is still {when}.", [b.section(text), press])


def off(meeting: Meeting, by: str, was: datetime) -> Message:
    """To the group: somebody called their coffee off; other times, as long as none is agreed."""
    who, when = words.person(by), words.moment_for_all(was)
    text = (
        f"Your coffee {when} is off: something came up for {who}. Open the calendar file below to "
        "remove the entry; if you added it with a button, please delete it yourself."
    )
    return b.message(
        f"{who} had to call off your coffee {when}.", [b.section(text), *_anew(meeting, by, was)]
    )


def _anew(meeting: Meeting, by: str, was: datetime) -> Blocks:
    if meeting.agreed_at is not None:
        return [b.section(f"*New time: {words.moment_for_all(meeting.agreed_at)}.*")]
    if not meeting.proposals:
        return [b.section(NO_OTHER)]
    parts = [b.section("*Another time?* Half an hour that's free for everyone:")]
    for at in meeting.proposals:
        value, epoch = Anew(meeting.id, at, was, by), int(at.timestamp())
        press = b.button(SUITS_ME, ids.PLAN_AGAIN, value, suffix=epoch)
        parts.append(b.section(f"{words.moment_for_all(at)}{suits(meeting, at)}", press))
    return parts


def called_off(meeting: Meeting, user_id: str, was: datetime) -> str:
    """Back to the one who called it off."""
    others = _others(meeting, user_id)
    return f"Your coffee {words.moment_for_all(was)} is off. I'll tell {others}."


def no_calendar_file(was: datetime) -> Message:
    """Where the file that takes an entry out was to follow: Slack does not take it."""
    text = (
        "The calendar file doesn't follow after all: Slack takes no files from me here. Please "
        f"delete the entry for {words.moment_for_all(was)} yourself."
    )
    notice = f"No calendar file for {words.moment_for_all(was)}: please delete that entry yourself."
    return b.message(notice, [b.section(text)])


def _others(meeting: Meeting, user_id: str) -> str:
    return words.people([other for other in meeting.user_ids if other != user_id])
