"""What stands in the place of a message that is over, from what is recorded then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.views import ended as channel_view
from bot.channels.views import greeting
from bot.checkins.after.views import hands
from bot.checkins.asking.views import ahead
from bot.checkins.views import ended as checkin_view
from bot.checkins.views import items as item_view
from bot.checkins.views import loop, post
from bot.endings import laying
from bot.meetings.views import ended as meeting_view
from bot.meetings.views import followups, impromptu, introductions
from bot.policies import POLICIES
from bot.rounds.views import ended as round_view
from bot.rounds.views import notices, silences
from bot.views import blocks as b
from core.actions import ItemKind, State
from core.checkins import Reply
from core.outbox.kinds import DeliveryKind as Kind
from core.values import ChannelSettings, Outcome, TakingPart
from storage.channels import channels
from storage.checkins import checkins, items
from storage.meetings import meetings
from storage.rounds import rounds
from storage.rounds.rounds import NewRound
from tests.bot.endings.posting import LATER, posted
from tests.still import PLACE, WEEK
from tests.storage.checkins import box

MINUTE = timedelta(minutes=1)


@pytest.fixture
def pair(still):
    """Ana and Bo, introduced."""
    return still.meeting("UANA", "UBO")


@pytest.fixture
def retro(still):
    """A look back in the channel, with an action of Ana's and one of Bo's; two came back."""
    with still.db.transaction() as tx:
        for owner in ("UANA", "UBO"):
            items.add(tx, PLACE, ItemKind.ACTION, f"Before: {owner}", owner)
        items.add(tx, PLACE, ItemKind.WORRY, "Too loud", "UANA")
        before = [item.id for item in items.of_channel(tx, PLACE)]
        made = box.planned(tx, PLACE)
        checkins.open_it(tx, made.id, 2, before, None)
        for owner in ("UANA", "UBO"):
            items.add(tx, PLACE, ItemKind.ACTION, f"After: {owner}", owner, made.id)
        return box.found(tx, made.id)


def looks(still, delivery):
    with still.db.transaction() as tx:
        return laying.looks(still.services, tx, POLICIES, delivery)


def test_an_introduction_says_who_was_introduced_and_when(still, pair):
    shown = posted(still, Kind.INTRODUCTION, introductions.introduction(pair, None, {}),
                   users=pair.user_ids, meeting_id=pair.id)  # fmt: skip
    assert looks(still, shown) == meeting_view.introduction(pair, still.at)


@pytest.mark.parametrize("kind", [Kind.ASK, Kind.SEARCHED])
def test_a_question_tells_its_reader_their_own_answer(still, pair, kind):
    asked = posted(still, kind, followups.ask(pair, "UANA"), meeting_id=pair.id)
    with still.db.transaction() as tx:
        meetings.answer(tx, pair.id, "UANA", Outcome.PLANNING)
        meetings.answer(tx, pair.id, "UBO", Outcome.NOT_THIS_TIME)
    assert looks(still, asked) == meeting_view.ask(still.again(pair), "UANA")


def test_a_question_to_one_who_left_the_group_only_loses_its_buttons(still, pair):
    payload = followups.ask(pair, "UCEM")
    asked = posted(still, Kind.ASK, payload, users=("UCEM",), meeting_id=pair.id)
    assert looks(still, asked) == b.still(payload)


@pytest.mark.parametrize("agreed", [None, -LATER, LATER])
def test_the_word_of_a_time_tells_what_is_agreed_now(still, pair, agreed):
    at = still.at + agreed if agreed else None
    told = posted(still, Kind.AGREED, introductions.agreed(pair, still.at), meeting_id=pair.id)
    with still.db.transaction() as tx:
        meetings.change(tx, pair.id, agreed_at=at)
    assert looks(still, told) == meeting_view.plan(at, still.at)


def test_a_request_for_a_coffee_and_a_wait_for_one_are_over(still):
    asked = posted(still, Kind.ASKED, impromptu.asked(15, still.at))
    assert looks(still, asked) == impromptu.too_late()
    waits = posted(still, Kind.ALONE, impromptu.waiting_again(still.at))
    assert looks(still, waits) == meeting_view.short(meeting_view.NOT_WAITING)


@pytest.mark.parametrize("where", [{"channel_id": "C1", "about": None}, {}])
@pytest.mark.parametrize("late", [-MINUTE, 0 * MINUTE, MINUTE])
def test_a_notice_says_whether_that_round_has_begun(still, where, late):
    due = still.at + LATER
    with still.db.transaction() as tx:
        rounds.open_round(tx, PLACE, NewRound(1, due + late, due, due + WEEK, 7))
    notice = notices.day_before(still.channel, due)
    shown = posted(still, Kind.NOTICE, notice, expires_at=due, **where)
    assert looks(still, shown) == round_view.notice("C1", due, late == 0 * MINUTE)


def test_questions_that_were_left_open_say_what_they_asked(still):
    hint = notices.status_hint(still.channel, still.at.date(), still.at)
    assert looks(still, posted(still, Kind.STATUS, hint)) == round_view.status("C1")
    silent = posted(still, Kind.SILENCES, silences.three_silences("C1"))
    assert looks(still, silent) == round_view.silences()


@pytest.mark.parametrize("opted", [True, False])
def test_somebody_new_reads_whether_they_are_in(still, opted):
    still.person("UANA")
    still.stands("UANA", present=True, opted=opted)
    word = posted(still, Kind.WELCOME, notices.welcome(still.channel, "UANA", still.at))
    assert looks(still, word) == round_view.standing("C1", opted)


@pytest.mark.parametrize("mode", TakingPart)
def test_a_greeting_and_an_opening_keep_where_things_are(still, mode):
    with still.db.transaction() as tx:
        channels.decide(tx, PLACE, ChannelSettings(taking_part=mode), None)
        channels.change(tx, PLACE, announced=True)
    greeted = posted(still, Kind.GREETING, greeting.greeting(still.channel, "UANA"))
    assert looks(still, greeted) == channel_view.greeting("C1")
    opening = greeting.opening(still.channel, still.at)
    opened = posted(still, Kind.OPENING, opening, channel_id="C1")
    assert looks(still, opened) == channel_view.opening("C1", mode is TakingPart.EVERYONE)


def test_an_asker_reads_whether_they_gave_a_word_back(still, retro):
    noted = posted(still, Kind.CHECKIN_NOTE, loop.still_owed(retro))
    with still.db.transaction() as tx:
        checkins.change(tx, retro.id, reply={"heard": "A lot.", "will": "Less."})
    replied = replace(retro, reply=Reply("A lot.", "Less."))
    assert looks(still, noted) == checkin_view.note(replied)


def test_a_reminder_tells_its_asker_that_it_opened_and_the_channel_that_it_closed(still, retro):
    tomorrow = posted(still, Kind.CHECKIN_REMINDER, ahead.tomorrow(retro))
    assert looks(still, tomorrow) == checkin_view.ahead(retro)
    everyone = posted(still, Kind.CHECKIN_REMINDER, post.reminder(retro), where="C1")
    assert looks(still, everyone) == checkin_view.reminder(retro)


def test_an_owner_reads_where_their_own_actions_stood(still, retro):
    with still.db.transaction() as tx:
        own = next(i for i in items.some(tx, retro.items) if i.text == "Before: UANA")
        now = replace(own, state=State.DONE)
        items.save(tx, [now])
    asked = posted(still, Kind.ITEM, item_view.ask_owner(retro.id, "C1", [own]))
    assert looks(still, asked) == checkin_view.item("C1", [now])


def test_who_took_something_on_reads_what_has_their_name(still, retro):
    with still.db.reading() as tx:
        own = next(i for i in items.of_checkin(tx, retro.id) if i.owner == "UANA")
    told = posted(still, Kind.TOOK_ON, item_view.took_on(retro, [own]))
    assert looks(still, told) == checkin_view.took_on(retro, [own])


def test_a_request_for_a_hand_says_the_same_whatever_became_of_it(still, retro):
    wanted = posted(still, Kind.HAND, hands.wanted(retro.id, "UBO", "a draft"))
    assert looks(still, wanted) == hands.answered(hands.CLOSED)


@pytest.mark.parametrize("left", ["meeting", "checkin"])
def test_what_it_was_about_may_be_gone(still, pair, retro, left):
    kind = Kind.INTRODUCTION if left == "meeting" else Kind.ITEM
    payload = introductions.introduction(pair, None, {}) if left == "meeting" else post.post(retro)
    assert looks(still, posted(still, kind, payload)) == b.still(payload)
