"""What somebody still hears who has muted Kettle: every kind of message has to say (P24)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from core.outbox.kinds import DeliveryKind as Kind

MUTED = "muted"  # why a message is not out, where its reader had muted it: kept in its row


class WhenMuted(StrEnum):
    """What becomes of a direct message to somebody who has muted Kettle."""

    SAID = "said"  # they need it, asked for it, or answer for it
    DROPPED = "dropped"  # it is optional; it is not made up for later either


WHEN_MUTED: Mapping[Kind, WhenMuted] = {
    # The introduction itself, and a time that they agreed to.
    Kind.INTRODUCTION: WhenMuted.SAID,
    Kind.AGREED: WhenMuted.SAID,
    Kind.CALENDAR: WhenMuted.SAID,
    Kind.REMINDER: WhenMuted.SAID,
    # That there is none: whoever hears nothing would wait for it.
    Kind.WITHOUT: WhenMuted.SAID,
    Kind.ALONE: WhenMuted.SAID,
    # What a silence would decide for them: that they are in it unless they say no.
    Kind.NEWCOMER: WhenMuted.SAID,
    # An answer to what they pressed, typed or asked for.
    Kind.EXPIRED: WhenMuted.SAID,
    Kind.SEARCHED: WhenMuted.SAID,
    Kind.GREETING: WhenMuted.SAID,
    Kind.UNSAID: WhenMuted.SAID,
    Kind.CHECKIN_FILE: WhenMuted.SAID,
    Kind.HAND_OVER: WhenMuted.SAID,
    Kind.SAID: WhenMuted.SAID,
    # What they answer for as a host, an asker, or by their name beside an action.
    Kind.RECEIPT: WhenMuted.SAID,
    Kind.MISSED: WhenMuted.SAID,
    Kind.CHECKIN_NOTE: WhenMuted.SAID,
    Kind.CHECKIN_REMINDER: WhenMuted.SAID,
    Kind.CHECKIN_DRAW: WhenMuted.SAID,
    Kind.TOOK_ON: WhenMuted.SAID,
    # It is no message: what stands there is over, and drawn so.
    Kind.ENDED: WhenMuted.SAID,
    # A colleague's own words to them.
    Kind.CARRIED: WhenMuted.SAID,
    Kind.HAND_WISH: WhenMuted.SAID,
    # What a whole channel reads.
    Kind.OPENING: WhenMuted.SAID,
    Kind.SUPPORT: WhenMuted.SAID,
    Kind.CHECKIN: WhenMuted.SAID,
    Kind.CHECKIN_RESULTS: WhenMuted.SAID,
    Kind.CHECKIN_REPLY: WhenMuted.SAID,
    # Everything else: nudges, questions, notices, and requests to who agreed to be asked.
    Kind.NUDGE: WhenMuted.DROPPED,
    Kind.ASK: WhenMuted.DROPPED,
    Kind.ASKED: WhenMuted.DROPPED,
    Kind.NOTICE: WhenMuted.DROPPED,
    Kind.STATUS: WhenMuted.DROPPED,
    Kind.WELCOME: WhenMuted.DROPPED,
    Kind.SILENCES: WhenMuted.DROPPED,
    Kind.ITEM: WhenMuted.DROPPED,
    Kind.HAND: WhenMuted.DROPPED,
}


def is_optional(kind: Kind) -> bool:
    """Whether somebody who has muted Kettle does without a direct message of this kind."""
    return WHEN_MUTED[kind] is WhenMuted.DROPPED
