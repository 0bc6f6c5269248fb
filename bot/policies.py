"""The one table of what follows each kind of message; the features' parts are wired in here."""

from __future__ import annotations

from bot.channels import undelivered
from bot.checkins.asking import opening
from bot.meetings import unheard
from bot.outbox.policy import Policies, Policy, nobody
from bot.people import home
from bot.rounds import regrouping
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import Lane, Late

# Who hears of a message to one person that never arrives: mostly nobody. It says something about
# that person, to whom alone it was addressed.
PRIVATE = nobody("it is its reader's own, and what it asks or says is nobody else's")
WAITED_FOR = nobody("its reader is gone, and nobody else waits for it")

POLICIES: Policies = {
    Kind.INTRODUCTION: Policy(
        Lane.INTRODUCTION,
        regrouping.lost,
        expires=True,
        late=Late.GIVE_UP,
        sent=regrouping.arrived,
        doubted=regrouping.doubted,
        refused=regrouping.replan,
        afterwards=home.refresh_readers,
    ),
    Kind.NUDGE: Policy(Lane.ROUTINE, PRIVATE, expires=True),
    Kind.ASK: Policy(Lane.ROUTINE, PRIVATE, expires=True),
    Kind.AGREED: Policy(Lane.ANSWER, unheard.to_each, expires=True),
    Kind.CALENDAR: Policy(Lane.ANSWER, unheard.no_file, expires=True),
    Kind.REMINDER: Policy(Lane.TIMELY, unheard.to_each, expires=True),
    Kind.EXPIRED: Policy(Lane.TIMELY, WAITED_FOR, afterwards=home.refresh_readers),
    Kind.ASKED: Policy(Lane.TIMELY, PRIVATE, expires=True),
    Kind.NOTICE: Policy(Lane.ROUTINE, undelivered.in_channel, expires=True),
    Kind.STATUS: Policy(Lane.ROUTINE, PRIVATE, expires=True),
    Kind.RECEIPT: Policy(Lane.ROUTINE, undelivered.to_a_host, afterwards=home.refresh_readers),
    Kind.MISSED: Policy(Lane.ROUTINE, undelivered.to_a_host),
    Kind.WITHOUT: Policy(Lane.ROUTINE, PRIVATE, afterwards=home.refresh_readers),
    Kind.ALONE: Policy(Lane.ROUTINE, PRIVATE, afterwards=home.refresh_readers),
    Kind.SILENCES: Policy(Lane.ROUTINE, PRIVATE),
    Kind.NEWCOMER: Policy(Lane.ROUTINE, PRIVATE),
    Kind.WELCOME: Policy(Lane.ROUTINE, PRIVATE),
    Kind.GREETING: Policy(Lane.ANSWER, undelivered.greeting),
    Kind.OPENING: Policy(Lane.ANSWER, undelivered.opening),
    Kind.SUPPORT: Policy(Lane.ANSWER, undelivered.in_channel),
    Kind.UNSAID: Policy(
        Lane.ROUTINE, nobody("it tells of a refusal itself, and the outbox keeps both")
    ),
    Kind.CHECKIN: Policy(
        Lane.TIMELY,
        opening.not_posted,
        expires=True,
        sent=opening.posted,
        doubted=opening.doubted,
    ),
    Kind.CHECKIN_NOTE: Policy(Lane.ROUTINE, undelivered.to_an_asker),
    Kind.CHECKIN_DRAW: Policy(
        Lane.ROUTINE, nobody("what stands there is older, and each press on it says what is so")
    ),
    Kind.CHECKIN_REMINDER: Policy(Lane.ROUTINE, undelivered.in_channel, expires=True),
    Kind.CHECKIN_RESULTS: Policy(Lane.ROUTINE, undelivered.in_channel),
    Kind.CHECKIN_REPLY: Policy(Lane.ANSWER, undelivered.in_channel),
    Kind.CHECKIN_FILE: Policy(Lane.ANSWER, undelivered.file),
    Kind.ITEM: Policy(Lane.ROUTINE, PRIVATE),
    Kind.TOOK_ON: Policy(Lane.ROUTINE, PRIVATE),
    Kind.HAND: Policy(Lane.ROUTINE, PRIVATE, expires=True),
    Kind.HAND_WISH: Policy(
        Lane.ROUTINE, nobody("the volunteer has read it already, and the other one wrote it")
    ),
    Kind.HAND_OVER: Policy(Lane.ROUTINE, WAITED_FOR),
    Kind.CARRIED: Policy(Lane.ANSWER, undelivered.carried),
}
