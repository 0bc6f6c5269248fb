"""How much one person hears unasked: one ranked list of kinds, so many a day and a round (P18)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from core.outbox.kinds import DeliveryKind as Kind

RANKED = (
    Kind.INTRODUCTION,  # never dropped, and it goes before everything else
    Kind.WITHOUT,  # in its place: that there is none
    Kind.ALONE,
    Kind.NEWCOMER,  # they are in it unless they say no
    Kind.STATUS,  # over once the round begins
    Kind.NOTICE,
    Kind.ITEM,  # over once the check-in closes
    Kind.SILENCES,  # whoever gets it is asked nothing else
    Kind.ASK,
    Kind.NUDGE,
    Kind.WELCOME,
)
"""What counts, the most important first: of two for one day, the one further back waits.

Not in it, so not counted: answers to a press, a time that is agreed and what comes with it, posts
in a channel, what somebody answers for as a host or an asker, and what they agreed to be asked:
that has a limit of its own, REQUESTS.
"""

FOLLOW_UPS = (Kind.ASK, Kind.NUDGE)
"""What is left out where a round has said enough to somebody already."""

WAITS_FOR_NONE = (Kind.INTRODUCTION, Kind.NEWCOMER)
"""The group is gathered, or a round would begin for somebody who was not told: not put off."""

A_DAY = 1
"""Counted messages a person and day, over all channels and features."""

A_ROUND, ORGANISERS = 3, 4
"""Counted messages a person and round; one more for whoever gets their group going."""

REQUESTS, WITHIN = (Kind.ASKED, Kind.HAND), timedelta(days=7)
"""What somebody agreed to be asked: as many in any such time as they chose, all kinds together."""

SILENT = 3
"""So many silences in a row: one kind question (P10), then nothing before they say a word."""


def waits_its_turn(kind: Kind, had_today: Collection[Kind], due_today: Collection[Kind]) -> bool:
    """Whether a message of this kind comes on another day.

    `had_today`: the counted kinds that its reader had on this day of theirs; `due_today`: those
    that are still to come on it.
    """
    if kind not in RANKED or kind in WAITS_FOR_NONE:
        return False
    rank = RANKED.index(kind)
    return len(had_today) >= A_DAY or any(RANKED.index(one) < rank for one in due_today)


def is_enough(
    kind: Kind, had: Collection[Kind], silences: int, organises: bool, notice_to_come: bool
) -> bool:
    """Whether a question or a nudge of a round is left out.

    `had`: what its reader had of this round so far; `silences`: theirs in a row; `notice_to_come`:
    whether they are told of the next round by a message of their own. Who said nothing last time
    is asked once and nudged never; who has said nothing for long is asked nothing.
    """
    if kind not in FOLLOW_UPS:
        return False
    if silences >= SILENT or (silences and kind is Kind.NUDGE):
        return True
    if silences and Kind.ASK in had:
        return True
    room = ORGANISERS if organises else A_ROUND
    return len(had) >= room - notice_to_come


def has_room(limit: int | None, had: Collection[datetime], now: datetime) -> bool:
    """Whether somebody may be asked once more.

    `limit`: how many requests they take in any seven days, None: any number; `had`: when they had
    one, or will have one that waits.
    """
    return limit is None or sum(at > now - WITHIN for at in had) < limit
