"""What the messages about check-ins are known by: laid twice under one key, said once."""

from __future__ import annotations

from datetime import datetime

from core.checkins import CheckIn, Reply
from core.outbox.outgoing import Key, Prefix
from core.values import Who
from core.words import digest

# -- one check-in ----------------------------------------------------------------------------


def everything_of(checkin: CheckIn) -> Prefix:
    """All that is said of a check-in until it closes; moot when it closes or is not asked."""
    return Prefix(f"checkin:{checkin.id}:")


def post(checkin: CheckIn) -> Key:
    """The post in the channel."""
    return Key(f"checkin:{checkin.id}:post")


def asked(checkin: CheckIn) -> Key:
    """To the asker: it is on its way."""
    return Key(f"checkin:{checkin.id}:asked")


def cancelled(checkin: CheckIn) -> Key:
    """To the asker: it is not asked."""
    return Key(f"checkin:{checkin.id}:cancelled")


def doubted(checkin: CheckIn) -> Key:
    """To the asker: nobody knows whether the post stands."""
    return Key(f"checkin:{checkin.id}:doubted")


def ahead(checkin: CheckIn) -> Key:
    """To the asker, a day ahead: the line as it stands."""
    return Key(f"checkin:{checkin.id}:ahead")


def lines_ahead(checkin: CheckIn) -> Prefix:
    """The line a day ahead, and each time it is drawn anew; moot when the check-in opens."""
    return Prefix(ahead(checkin))


def ahead_redrawn(checkin: CheckIn, now: datetime) -> Key:
    """The same message with another line."""
    return Key(f"checkin:{checkin.id}:ahead:{now.isoformat()}")


def draws(checkin: CheckIn) -> Prefix:
    """The post, drawn anew and not sent yet."""
    return Prefix(f"checkin:{checkin.id}:draw:")


def draw(checkin: CheckIn, changes: int) -> Key:
    """The post, drawn with so many changes."""
    return Key(f"checkin:{checkin.id}:draw:{changes}")


def reminder(checkin: CheckIn) -> Key:
    """The one reminder in the channel."""
    return Key(f"checkin:{checkin.id}:reminder")


def done(checkin: CheckIn) -> Key:
    """To the asker: it has closed."""
    return Key(f"checkin:{checkin.id}:done")


def owed(checkin: CheckIn) -> Key:
    """To the asker, two days later: a reply is owed."""
    return Key(f"checkin:{checkin.id}:owed")


def owed_still(checkin: CheckIn) -> Prefix:
    """The same as long as it waits; moot when they reply."""
    return Prefix(owed(checkin))


def results(checkin: CheckIn) -> Key:
    """The results in the channel."""
    return Key(f"results:{checkin.id}")


def results_emptied(checkin: CheckIn) -> Key:
    """The same post without what people wrote."""
    return Key(f"results:{checkin.id}:emptied")


def reply(checkin: CheckIn, said: Reply) -> Key:
    """The asker's reply in the channel; other words are another message."""
    return Key(f"reply:{checkin.id}:{digest(said.heard, said.will)}")


def carried(checkin: CheckIn, sender: Who, whom: str, text: str) -> Key:
    """What somebody sent to one person; `text` is a digest: the same twice is one message."""
    return Key(f"carried:{checkin.id}:{sender.user}:{whom}:{text}")


# -- worries and actions ---------------------------------------------------------------------


def owner_asked(checkin: CheckIn, owner: str) -> Key:
    """To an owner, before the check-in: where does it stand?"""
    return Key(f"item:{checkin.id}:{owner}")


def owners_asked(checkin: CheckIn) -> Prefix:
    """The questions to all owners; moot when the check-in is not held."""
    return Prefix(f"item:{checkin.id}:")


def took_on(checkin: CheckIn, owner: str) -> Key:
    """To an owner, after the check-in: you are down for this."""
    return Key(f"took:{checkin.id}:{owner}")


# -- schedules -------------------------------------------------------------------------------


def missed(schedule_id: int, due_at: datetime) -> Key:
    """To the asker: it came too late to be asked."""
    return Key(f"missed-checkin:{schedule_id}:{due_at.isoformat()}")


def refused(schedule_id: int, due_at: datetime) -> Key:
    """To the asker: it is not asked this time."""
    return Key(f"refused-checkin:{schedule_id}:{due_at.isoformat()}")


def ended(schedule_id: int, host: str) -> Key:
    """To a host: a schedule has ended with its asker."""
    return Key(f"schedule:{schedule_id}:ended:{host}")


# -- a hand, and files -----------------------------------------------------------------------


def calls(hand_id: int) -> Prefix:
    """The questions to all volunteers; moot when somebody has time or nobody is needed."""
    return Prefix(f"hand:{hand_id}:")


def call(hand_id: int, volunteer: str) -> Key:
    """To a volunteer: somebody is looking for a colleague."""
    return Key(f"hand:{hand_id}:{volunteer}")


def wish(hand_id: int) -> Key:
    """To the two: what it is about."""
    return Key(f"hand:{hand_id}:wish")


def nobody(hand_id: int) -> Key:
    """To the seeker: nobody had time."""
    return Key(f"hand:{hand_id}:over")


def file(name: str, channel_id: str, reader: Who, now: datetime) -> Key:
    """A file, each time somebody asks for it."""
    return Key(f"file:{name}:{channel_id}:{reader.user}:{now.isoformat()}")
