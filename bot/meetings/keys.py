"""What the messages around a meeting are known by: laid twice under one key, said once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.outbox.outgoing import Key, Prefix
from core.values import Meeting

FEWER = ":without:"


def introduction(meeting: Meeting, without: Sequence[str] = ()) -> Key:
    """The introduction of this group; `without` those who could not be reached."""
    again = f"{FEWER}{','.join(sorted(without))}" if without else ""
    return Key(f"introduction:{meeting.id}{again}")


def is_of_fewer(key: Key) -> bool:
    """Whether it introduces those who are left of a group that was planned."""
    return FEWER in key


def nudge(meeting: Meeting) -> Key:
    """A group that was changed is nudged as it is now."""
    return Key(f"nudge:{meeting.id}:{','.join(meeting.user_ids)}")


def ask(meeting: Meeting, which: str, user_id: str) -> Key:
    """ "Did you get to talk?"; a group that was changed is asked about as it is now."""
    return Key(f"ask:{meeting.id}:{which}:{user_id}:{','.join(meeting.user_ids)}")


def agreed(meeting: Meeting, plan: int) -> Key:
    """The word that a time is agreed; `plan`: how often what is agreed has changed."""
    return _of_plan("agreed", meeting, plan)


def calendar(meeting: Meeting, plan: int) -> Key:
    """The calendar file of the agreed time, or of its end."""
    return _of_plan("ics", meeting, plan)


def reminder(meeting: Meeting, plan: int) -> Key:
    """Ten minutes before the agreed time."""
    return _of_plan("reminder", meeting, plan)


def no_calendar(meeting: Meeting, plan: int) -> Key:
    """That the calendar file does not follow."""
    return _of_plan("no-ics", meeting, plan)


def plan_changed(meeting: Meeting, plan: int) -> Key:
    """That another time is asked for, or not any more, or that the agreed one is off."""
    return _of_plan("plan", meeting, plan)


def _of_plan(what: str, meeting: Meeting, plan: int) -> Key:
    return Key(f"{what}:{meeting.id}:{plan}" if plan else f"{what}:{meeting.id}")


def alone_with(key: Key, user_id: str) -> Key:
    """What the group's conversation did not take, to one of the group."""
    return Key(f"{key}:{user_id}")


def searched(meeting: Meeting, user_id: str, since: datetime) -> Key:
    """That a search for a second partner, begun then, is over."""
    return Key(f"searched:{meeting.id}:{user_id}:{since.isoformat()}")


def never(meeting: Meeting, user_id: str) -> Key:
    """To one of a group whose introduction could not be had."""
    return Key(f"never:{meeting.id}:{user_id}")


def alone(meeting: Meeting, user_id: str) -> Key:
    """To the one who is left of a group."""
    return Key(f"alone:{meeting.id}:{user_id}")


def silences(meeting: Meeting, user_id: str) -> Key:
    """The question after three silences, of which this meeting is the newest."""
    return Key(f"{silences_of(user_id)}{meeting.id}")


def silences_of(user_id: str) -> Prefix:
    """Every such question to this person."""
    return Prefix(f"silences:{user_id}:")


def expired(user_id: str, until: datetime) -> Key:
    """Nobody had time for a coffee until then."""
    return Key(f"expired:{user_id}:{until.isoformat()}")


def asked(user_id: str, seeker: str, now: datetime) -> Key:
    """Whether somebody has time for the seeker: once an hour, however often they call."""
    return Key(f"asked:{user_id}:{seeker}:{now:%Y-%m-%dT%H}")
