"""The kinds of outgoing message, and the words in which their rows are kept."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class DeliveryKind(StrEnum):
    """One kind for each thing that Kettle says; the value is what the database holds."""

    # Meetings
    INTRODUCTION = "introduction"
    NUDGE = "nudge"
    ASK = "ask"
    AGREED = "agreed"
    CALENDAR = "calendar"
    REMINDER = "reminder"
    EXPIRED = "expired"
    ASKED = "asked"
    SEARCHED = "searched"
    # Rounds
    NOTICE = "notice"
    STATUS = "status"
    RECEIPT = "receipt"
    MISSED = "missed"
    WITHOUT = "without"
    ALONE = "alone"
    SILENCES = "silences"
    NEWCOMER = "newcomer"
    WELCOME = "welcome"
    # Channels
    GREETING = "greeting"
    OPENING = "opening"
    SUPPORT = "support"
    UNSAID = "unsaid"
    # Check-ins
    CHECKIN = "checkin"
    CHECKIN_NOTE = "checkin_note"
    CHECKIN_DRAW = "checkin_draw"
    CHECKIN_REMINDER = "checkin_reminder"
    CHECKIN_RESULTS = "checkin_results"
    CHECKIN_REPLY = "checkin_reply"
    CHECKIN_FILE = "checkin_file"
    ITEM = "item"
    TOOK_ON = "took_on"
    HAND = "hand"
    HAND_WISH = "hand_wish"
    HAND_OVER = "hand_over"
    CARRIED = "carried"
    # Said at once where there is no other way to answer; its row is there for its end
    SAID = "said"
    # What becomes of all of these
    ENDED = "ended"


class DeliveryState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    IN_DOUBT = "in_doubt"  # it was posted twice and never answered: somebody has to look
    FAILED = "failed"  # it was given up; the row keeps the cause
    CANCELLED = "cancelled"  # it was not needed any more


# Why a message is not out, where it is not Slack's own word: kept in its row.
TOO_LATE = "too_late"  # it did not help any more
UNSURE = "unsure"  # nobody knows whether it arrived
CHANGED = "changed"  # whom it was for chose otherwise before it could go
NOT_NEEDED = "not_needed"  # what it was about is not so any more
ENOUGH = "enough"  # its reader had as much of this round, or as many requests, as they should
NEVER_ARRIVED = "never_arrived"  # somebody has looked, and it is not there


class Method(StrEnum):
    """How a message is spoken."""

    POST = "post"
    EPHEMERAL = "ephemeral"
    UPDATE = "update"
    FILE = "file"


class Lane(IntEnum):
    """What goes first of messages that are due at the same instant: the lowest number."""

    ANSWER = 0  # to something that somebody has just pressed or typed
    TIMELY = 1  # of little use minutes later
    INTRODUCTION = 2
    ROUTINE = 3
    ENDED = 4  # what is over is drawn short: nobody waits for that


class Late(StrEnum):
    """What becomes of a message that did not get out before it stopped helping."""

    DROP = "drop"  # nobody misses it
    GIVE_UP = "give_up"  # as if Slack had refused it: whoever counts on it hears so
