"""The one table of what follows each kind of message; the features' parts are wired in here."""

from __future__ import annotations

from bot.channels import undelivered
from bot.checkins.after import items
from bot.checkins.asking import opening
from bot.endings import channels as channel_endings
from bot.endings import checkins as checkin_endings
from bot.endings import laying, places
from bot.endings import meetings as meeting_endings
from bot.endings import rounds as round_endings
from bot.meetings import introductions, unheard
from bot.meetings.second import searching
from bot.outbox import requests
from bot.outbox.policy import OPEN_FOR, Ending, Policies, Policy, at_once, nobody
from bot.people import budget, home, reachable
from bot.rounds import latecomers, notices, participants, receipts, regrouping
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import Lane, Late

# Who hears of a message to one person that never arrives: mostly nobody. It says something about
# that person, to whom alone it was addressed.
PRIVATE = nobody("it is its reader's own, and what it asks or says is nobody else's")
WAITED_FOR = nobody("its reader is gone, and nobody else waits for it")

# Whose hours a message keeps.
HOURS = reachable.in_their_hours
TURN = budget.in_turn  # their hours, and one such message a day
GROUP = budget.in_their_turn
ANSWER = at_once("somebody has just pressed or typed, or it stands where others see it as well")
AGREED = at_once("its readers agreed to talk at that time")
ASKER = at_once("its asker chose when it opens")
DRAWN = at_once("nobody is told: what stands there changes its looks")

POLICIES: Policies = {
    Kind.INTRODUCTION: Policy(
        Lane.INTRODUCTION,
        GROUP,
        regrouping.lost,
        expires=True,
        late=Late.GIVE_UP,
        sent=regrouping.arrived,
        doubted=regrouping.doubted,
        refused=regrouping.replan,
        overtaken=participants.overtaken,
        drawn=budget.still_to_come,
        afterwards=home.refresh_readers,
        ending=Ending(meeting_endings.introduction),
    ),
    Kind.NUDGE: Policy(Lane.ROUTINE, TURN, PRIVATE, expires=True, spared=budget.enough),
    Kind.ASK: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        sent=meeting_endings.asked_anew,
        spared=budget.enough,
        drawn=searching.as_asked,
        ending=Ending(meeting_endings.ask, sooner=introductions.ASKED_LATE),
    ),
    Kind.AGREED: Policy(
        Lane.ANSWER,
        ANSWER,
        unheard.to_each,
        expires=True,
        sent=meeting_endings.plan_told,
        ending=Ending(meeting_endings.agreed),
    ),
    Kind.CALENDAR: Policy(Lane.ANSWER, ANSWER, unheard.no_file, expires=True),
    Kind.REMINDER: Policy(Lane.TIMELY, AGREED, unheard.to_each, expires=True),
    Kind.EXPIRED: Policy(Lane.TIMELY, ANSWER, WAITED_FOR, afterwards=home.refresh_readers),
    Kind.ASKED: Policy(
        Lane.TIMELY,
        HOURS,
        PRIVATE,
        expires=True,
        spared=requests.spared,
        ending=Ending(meeting_endings.asked),
    ),
    Kind.SEARCHED: Policy(
        Lane.ROUTINE,
        HOURS,
        WAITED_FOR,
        expires=True,
        sent=meeting_endings.asked_anew,
        spared=searching.wants_no_more,
        drawn=searching.as_over,
        ending=Ending(meeting_endings.ask),
    ),
    Kind.NOTICE: Policy(
        Lane.ROUTINE,
        TURN,
        undelivered.in_channel,
        expires=True,
        spared=notices.unneeded,
        ending=Ending(round_endings.notice),
    ),
    Kind.STATUS: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        spared=notices.unneeded,
        ending=Ending(round_endings.status),
    ),
    Kind.RECEIPT: Policy(
        Lane.ROUTINE, HOURS, undelivered.to_a_host, afterwards=home.refresh_readers
    ),
    Kind.MISSED: Policy(Lane.ROUTINE, HOURS, undelivered.to_a_host),
    Kind.WITHOUT: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        spared=latecomers.waits_no_more,
        drawn=receipts.without,
        afterwards=home.refresh_readers,
    ),
    Kind.ALONE: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        spared=latecomers.waits_no_more,
        afterwards=home.refresh_readers,
        ending=Ending(meeting_endings.alone, regrouping.QUEUED_AGAIN),
    ),
    Kind.SILENCES: Policy(Lane.ROUTINE, TURN, PRIVATE, ending=Ending(round_endings.silences)),
    Kind.NEWCOMER: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        sent=participants.told,
        spared=participants.knows_already,
        drawn=participants.first_word,
        ending=Ending(round_endings.newcomer),
    ),
    Kind.WELCOME: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        spared=participants.knows_already,
        drawn=participants.first_word,
        ending=Ending(round_endings.newcomer, OPEN_FOR),
    ),
    Kind.GREETING: Policy(
        Lane.ANSWER, ANSWER, undelivered.greeting, ending=Ending(channel_endings.greeting)
    ),
    Kind.OPENING: Policy(
        Lane.ANSWER,
        ANSWER,
        undelivered.opening,
        sent=channel_endings.opened_anew,
        ending=Ending(channel_endings.opening),
    ),
    Kind.SUPPORT: Policy(Lane.ANSWER, ANSWER, undelivered.in_channel),
    Kind.UNSAID: Policy(
        Lane.ROUTINE,
        HOURS,
        nobody("it tells of a refusal itself, and the outbox keeps both"),
        ending=Ending(channel_endings.greeting),
    ),
    Kind.CHECKIN: Policy(
        Lane.TIMELY,
        ASKER,
        opening.not_posted,
        expires=True,
        sent=opening.posted,
        doubted=opening.doubted,
    ),
    Kind.CHECKIN_NOTE: Policy(
        Lane.ROUTINE, HOURS, undelivered.to_an_asker, ending=Ending(checkin_endings.note)
    ),
    Kind.CHECKIN_DRAW: Policy(
        Lane.ROUTINE,
        DRAWN,
        nobody("what stands there is older, and each press on it says what is so"),
    ),
    Kind.CHECKIN_REMINDER: Policy(
        Lane.ROUTINE,
        HOURS,
        undelivered.in_channel,
        expires=True,
        ending=Ending(checkin_endings.reminder),
    ),
    Kind.CHECKIN_RESULTS: Policy(Lane.ROUTINE, ANSWER, undelivered.in_channel),
    Kind.CHECKIN_REPLY: Policy(Lane.ANSWER, ANSWER, undelivered.in_channel),
    Kind.CHECKIN_FILE: Policy(Lane.ANSWER, ANSWER, undelivered.file),
    Kind.ITEM: Policy(
        Lane.ROUTINE,
        TURN,
        PRIVATE,
        expires=True,
        spared=items.has_no_more,
        drawn=items.as_asked,
        ending=Ending(checkin_endings.item),
    ),
    Kind.TOOK_ON: Policy(Lane.ROUTINE, HOURS, PRIVATE, ending=Ending(checkin_endings.took_on)),
    Kind.HAND: Policy(
        Lane.ROUTINE,
        HOURS,
        PRIVATE,
        expires=True,
        spared=requests.spared,
        ending=Ending(checkin_endings.hand),
    ),
    Kind.HAND_WISH: Policy(
        Lane.ROUTINE,
        ANSWER,
        nobody("the volunteer has read it already, and the other one wrote it"),
    ),
    Kind.HAND_OVER: Policy(Lane.ROUTINE, HOURS, WAITED_FOR),
    Kind.CARRIED: Policy(Lane.ANSWER, HOURS, undelivered.carried),
    Kind.SAID: Policy(
        Lane.ANSWER,
        ANSWER,
        nobody("it was said at once, where its reader had pressed"),
        ending=Ending(places.passed, places.FOR_THE_MOMENT),
    ),
    Kind.ENDED: Policy(
        Lane.ENDED,
        DRAWN,
        nobody("what stands there is older, and each press on it says what is so"),
        sent=laying.drawn,
        refused=laying.nothing_left,
    ),
}
