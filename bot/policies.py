"""The one table of what follows each kind of message; the features' parts are wired in here."""

from __future__ import annotations

from bot.checkins.asking import opening
from bot.outbox.policy import Policies, Policy
from bot.people import home
from bot.rounds import regrouping
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import Lane, Late

POLICIES: Policies = {
    Kind.INTRODUCTION: Policy(
        Lane.INTRODUCTION,
        expires=True,
        late=Late.GIVE_UP,
        sent=regrouping.arrived,
        lost=regrouping.lost,
        doubted=regrouping.doubted,
        refused=regrouping.replan,
        afterwards=home.refresh_readers,
    ),
    Kind.NUDGE: Policy(Lane.ROUTINE, expires=True),
    Kind.ASK: Policy(Lane.ROUTINE, expires=True),
    Kind.AGREED: Policy(Lane.ANSWER, expires=True),
    Kind.CALENDAR: Policy(Lane.ANSWER, expires=True),
    Kind.REMINDER: Policy(Lane.TIMELY, expires=True),
    Kind.EXPIRED: Policy(Lane.TIMELY, afterwards=home.refresh_readers),
    Kind.ASKED: Policy(Lane.TIMELY, expires=True),
    Kind.NOTICE: Policy(Lane.ROUTINE, expires=True),
    Kind.STATUS: Policy(Lane.ROUTINE, expires=True),
    Kind.RECEIPT: Policy(Lane.ROUTINE, afterwards=home.refresh_readers),
    Kind.MISSED: Policy(Lane.ROUTINE),
    Kind.WITHOUT: Policy(Lane.ROUTINE, afterwards=home.refresh_readers),
    Kind.ALONE: Policy(Lane.ROUTINE, afterwards=home.refresh_readers),
    Kind.SILENCES: Policy(Lane.ROUTINE),
    Kind.NEWCOMER: Policy(Lane.ROUTINE),
    Kind.GREETING: Policy(Lane.ANSWER),
    Kind.OPENING: Policy(Lane.ANSWER),
    Kind.SUPPORT: Policy(Lane.ANSWER),
    Kind.CHECKIN: Policy(
        Lane.TIMELY,
        expires=True,
        sent=opening.posted,
        lost=opening.not_posted,
        doubted=opening.doubted,
    ),
    Kind.CHECKIN_NOTE: Policy(Lane.ROUTINE),
    Kind.CHECKIN_DRAW: Policy(Lane.ROUTINE),
    Kind.CHECKIN_REMINDER: Policy(Lane.ROUTINE, expires=True),
    Kind.CHECKIN_RESULTS: Policy(Lane.ROUTINE),
    Kind.CHECKIN_REPLY: Policy(Lane.ANSWER),
    Kind.CHECKIN_FILE: Policy(Lane.ANSWER),
    Kind.ITEM: Policy(Lane.ROUTINE),
    Kind.HAND: Policy(Lane.ROUTINE, expires=True),
    Kind.HAND_WISH: Policy(Lane.ROUTINE),
    Kind.HAND_OVER: Policy(Lane.ROUTINE),
    Kind.CARRIED: Policy(Lane.ANSWER),
}
