"""What whoever asks hears of their check-in: on its way, planned, or why it is not asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.channels.views import undelivered
from bot.checkins.views import words as checkin_words
from bot.checkins.views.kinds import name_of
from bot.views import blocks as b
from bot.views import words
from bot.views.blocks import Message
from core.checkins import CheckIn, Kind
from core.outbox.kinds import NEVER_ARRIVED


def asked(kind: Kind, opens_at: datetime | None) -> str:
    """The word to the asker after "Ask"."""
    label = name_of(kind)
    if opens_at is None:
        return f"“{label}” is on its way to the channel. I tell you here when it has closed."
    return f"“{label}” opens {words.moment_for_all(opens_at)}. I tell you here when it has closed."


def scheduled(kind: Kind, rhythm: str, first: datetime | None) -> str:
    """The word after saving a schedule."""
    start = f" The first time is {words.moment_for_all(first)}." if first else ""
    return f"“{name_of(kind)}” is asked {rhythm}.{start}"


def running(kind: Kind, rhythm: str, upcoming: datetime | None, asker: str) -> str:
    """A schedule in the list."""
    start = f" The next time is {words.moment_for_all(upcoming)}." if upcoming else ""
    return f"“{name_of(kind)}” is asked {rhythm}.{start} By {words.person(asker)}."


def refused(why: str, facts: Mapping[str, object], kind: Kind) -> str:
    """To the asker of a schedule: it is not asked this time."""
    label = name_of(kind)
    return f"“{label}” is not asked this time. {checkin_words.refusal(why, facts)}"


def not_held(kind: Kind, channel_id: str, due_at: datetime) -> Message:
    """To the asker: a scheduled check-in came too late to be of use."""
    label, where = name_of(kind), words.channel(channel_id)
    text = (
        f"“{label}” in {where}, due "
        f"{words.moment_for_all(due_at)}, was not asked: I was not running then, or could not "
        "reach Slack, and more than a day has passed. The next one comes as planned."
    )
    return b.message(f"“{label}” in {where} was not asked.", [b.section(text)])


def planned(checkin: CheckIn) -> str:
    """A single check-in that is to come, in the list."""
    opens = words.moment_for_all(checkin.opens_at)
    return f"“{name_of(checkin.kind)}” opens {opens}. By {words.person(checkin.asker)}."


def taken_back(checkin: CheckIn, user_id: str) -> str:
    """To the asker: a host has taken it back."""
    return f"{_which(checkin)} is not asked: {words.person(user_id)} has taken it back."


def too_late(checkin: CheckIn) -> str:
    """To the asker: its whole time went by before Kettle could ask."""
    return (
        f"{_which(checkin)} was not asked: I was not running, or could not reach Slack, until its "
        "time was over."
    )


def not_there(checkin: CheckIn) -> str:
    """To the asker: Kettle is no longer in the channel."""
    return (
        f"{_which(checkin)} was not asked: I am not in that channel any more. Somebody can bring "
        "me in with `/invite`."
    )


def not_posted(checkin: CheckIn, cause: str) -> str:
    """To the asker: Slack does not let Kettle post there, or the post never arrived."""
    if cause == NEVER_ARRIVED:
        return f"{_which(checkin)} was not asked: its post never arrived. Nobody has seen it."
    return f"{_which(checkin)} was not asked, and nobody has seen it. {undelivered.why(cause)}"


def doubted(checkin: CheckIn) -> str:
    """To the asker: it is not known whether the post stands."""
    return (
        f"{_which(checkin)} may be missing: Slack never told me whether it arrived, so I will not "
        "post it again on my own. Please look in the channel. If it is not there, whoever runs "
        "Kettle can send it again (`kettle outbox`)."
    )


def _which(checkin: CheckIn) -> str:
    label = name_of(checkin.kind)
    return f"“{label}” in {words.channel(checkin.channel_id)}"


def asker_gone(asker: str, kind: Kind, channel_id: str) -> str:
    """To the hosts: a schedule has ended with its asker."""
    return (
        f"{words.person(asker)} is not in {words.channel(channel_id)} any more, so "
        f"“{name_of(kind)}” is not asked there again. Whoever wants to go first can "
        "start it anew with `/checkin schedule`."
    )
