"""When something comes up: an agreed time is moved or called off, and calendars follow."""

from datetime import UTC, timedelta

import icalendar
import ics
import pytest

from bot.meetings.errors import NotAgreed, NotAsked, PlanMoved, PlanOver, TimeGone
from bot.meetings.ids import (
    MEETING_MET,
    MEETING_TIME,
    PLAN_AGAIN,
    PLAN_CHANGE,
    PLAN_MOVE,
    PLAN_NO,
    PLAN_OFF,
    PLAN_YES,
)
from bot.meetings.views.introductions import AGREED
from bot.meetings.views.plans import NO_OTHER, stands
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Who
from storage.meetings import meetings
from storage.outbox import deliveries
from tests.gathering import a_channel
from tests.words.reading import gist, received

MINUTE = timedelta(minutes=1)


def introduced(town, count, **fields):
    """So many people, introduced to each other, who agreed on their first time."""
    _, people = a_channel(town, count, **fields)
    town.move_to("Monday 10:00")
    for person in people:
        person.presses(MEETING_TIME)
    town.forward(seconds=5)
    return people


@pytest.fixture
def pair(town):
    return introduced(town, 2)


@pytest.fixture
def trio(town):
    return introduced(town, 3, size="3")


def met(town, person):
    with town.db.reading() as tx:
        return meetings.of_person(tx, Who(town.sim.team_id, person.id), 1)[0]


def group(town, person):
    return person.transcript(town.group_of(person))


def asks(town, person):
    """This person asks for the first of the other times, and gives it back."""
    person.presses(PLAN_CHANGE)
    person.presses(PLAN_MOVE)
    town.forward(seconds=5)


def entry(person, number=-1):
    """The event of a calendar file: its method, and what both libraries read in it."""
    content = person.files[number].content
    calendar = icalendar.Calendar.from_ical(content)
    [event] = calendar.walk("VEVENT")
    [other] = ics.Calendar(content.decode()).events
    begins = event.decoded("dtstart").astimezone(UTC)
    assert begins == other.begin.datetime
    assert str(event["uid"]) == other.uid
    return str(calendar["method"]), str(event["uid"]), event.decoded("sequence"), begins, other


def test_a_time_is_moved_by_one_who_asks_and_one_who_agrees(town, pair):
    ana, bo = pair
    was = met(town, ana).agreed_at
    asks(town, ana)
    assert met(town, ana).agreed_at == was  # it stands until the other agrees
    assert "@Ana asks to move your coffee" in group(town, bo)
    bo.presses(PLAN_YES)
    town.forward(seconds=5)
    now = met(town, bo).agreed_at
    assert now != was
    assert "@Ana asked, and it suits you both." in received(town, ana, Kind.AGREED)[-1]
    shown = str([m.blocks for m in bo.messages]).replace("%2F", "/")
    assert f"{now:%Y%m%dT%H%M%SZ}" in shown
    assert now.strftime("%Y-%m-%dT%H%%3A%M") in shown


def test_the_calendar_entry_of_a_moved_time_is_the_same_one_newer(town, pair):
    ana, bo = pair
    asks(town, ana)
    bo.presses(PLAN_YES)
    town.forward(seconds=5)
    (_, uid, first, was, _), (method, same, second, now, read) = entry(ana, 0), entry(ana)
    assert (method, same) == ("PUBLISH", uid)
    assert second > first
    assert was != now == met(town, ana).agreed_at
    assert read.status == "CONFIRMED"
    assert read.duration == timedelta(minutes=30)


def test_calling_off_frees_the_time_tells_the_others_and_takes_the_entry_out(town, pair):
    ana, bo = pair
    was = met(town, ana).agreed_at
    ana.presses(PLAN_CHANGE)
    ana.presses(PLAN_OFF)
    town.forward(seconds=5)
    assert met(town, bo).agreed_at is None
    assert "is off: something came up for @Ana." in received(town, bo, Kind.AGREED)[-1]
    assert AGREED not in group(town, bo)  # the introduction shows times again
    (_, uid, first, *_), (method, same, second, begins, read) = entry(bo, 0), entry(bo)
    assert (method, same, begins, read.status) == ("CANCEL", uid, was, "CANCELLED")
    assert second > first
    assert was not in met(town, bo).proposals


def test_after_calling_off_a_new_time_is_agreed_with_one_press_of_each(town, pair):
    ana, bo = pair
    ana.types("/coffee cancel")
    town.forward(seconds=5)
    for person in pair:
        person.presses(PLAN_AGAIN)
    town.forward(seconds=5)
    assert "*New time: " in group(town, bo)
    assert AGREED in group(town, bo)
    at = met(town, ana).agreed_at
    assert at is not None
    (_, uid, off, *_), (method, same, anew, begins, _) = entry(bo, 1), entry(bo)
    assert (method, same, begins) == ("PUBLISH", uid, at)
    assert anew > off


def test_nobody_is_reminded_of_a_time_that_is_off_or_asked_about_it(town, pair):
    pair[0].types("/coffee cancel")
    town.move_to("Tuesday 20:00")
    for person in pair:
        assert received(town, person, Kind.REMINDER, Kind.ASK) == []
    town.move_to("Monday 9:00")
    assert [len(received(town, person, Kind.ASK)) for person in pair] == [2, 2]  # as in any round


def test_the_reminder_and_the_question_follow_the_new_time(town, pair):
    ana, bo = pair
    asks(town, ana)
    ana.presses(PLAN_CHANGE)
    ana.presses(PLAN_MOVE, n=2)  # the newest request counts
    bo.presses(PLAN_YES)
    at = met(town, ana).agreed_at
    town.move_to(at - 11 * MINUTE)
    assert received(town, bo, Kind.REMINDER, Kind.ASK) == []
    town.forward(minutes=2)
    assert len(received(town, bo, Kind.REMINDER)) == 1
    town.move_to(at + 59 * MINUTE)
    assert received(town, bo, Kind.ASK) == []
    town.forward(minutes=2)
    assert len(received(town, bo, Kind.ASK)) == 1


def test_a_time_that_does_not_suit_the_other_is_not_agreed_and_the_first_one_stands(town, pair):
    ana, bo = pair
    was = met(town, ana).agreed_at
    asks(town, ana)
    bo.presses(PLAN_NO)
    town.forward(seconds=2)
    assert f"@Bo {gist(stands)}" in group(town, ana)
    assert met(town, ana).agreed_at == was
    town.move_to(was)
    assert len(received(town, ana, Kind.REMINDER)) == 1


def test_who_asked_can_take_it_back(town, pair):
    ana, bo = pair
    asks(town, ana)
    ana.presses(PLAN_NO)
    town.forward(seconds=2)
    assert "@Ana doesn't need another time" in group(town, bo)


def test_two_who_ask_for_the_same_time_have_agreed_on_it(town, pair):
    ana, bo = pair
    was = met(town, ana).agreed_at
    ana.types("/coffee move")
    bo.types("/coffee move")
    for person in pair:
        person.presses(PLAN_MOVE)
    town.forward(seconds=5)
    at = met(town, ana).agreed_at
    assert at != was
    assert len(received(town, bo, Kind.AGREED)) == 3  # it is agreed, asked for, and moved


def test_three_move_once_all_three_agree(town, trio):
    ana, bo, cem = trio
    was = met(town, ana).agreed_at
    asks(town, ana)
    bo.presses(PLAN_YES)
    assert met(town, ana).agreed_at == was
    assert "suits @Ana and @Bo" in group(town, cem)
    cem.types("/coffee move")
    cem.presses(PLAN_YES)
    assert met(town, ana).agreed_at != was


def test_who_has_left_the_company_holds_nobody_up(town, trio):
    ana, bo, cem = trio
    was = met(town, ana).agreed_at
    cem.is_deactivated()
    town.forward(hours=1)
    asks(town, ana)
    bo.presses(PLAN_YES)
    assert met(town, ana).agreed_at != was


def test_alone_with_somebody_who_has_left_one_can_only_call_it_off(town, pair):
    ana, bo = pair
    bo.is_deactivated()
    town.forward(hours=1)
    assert NO_OTHER in ana.types("/coffee move")
    ana.presses(PLAN_OFF)
    assert met(town, ana).proposals == ()


def test_that_it_is_off_is_not_told_once_their_meeting_is_over(town, pair):
    town.sim.faults.outage("server_error", "chat.postMessage")
    pair[0].types("/coffee cancel")
    meeting = met(town, pair[0])
    with town.db.reading() as tx:
        [told] = deliveries.waiting_for_meeting(tx, meeting.id, Kind.AGREED)
    assert told.expires_at == meeting.ends_at


@pytest.mark.parametrize("rests", [True, False])
def test_what_is_offered_instead_does_not_tell_of_a_break(town, pair, rests):
    ana, bo = pair
    if rests:
        bo.types("/coffee pause until 5 March")
    ana.types("/coffee cancel")
    assert [at.day for at in met(town, ana).proposals] == [2, 3, 4]


# -- what speaks of something older -------------------------------------------


def test_a_press_on_an_old_message_answers_for_what_it_says(town, pair):
    ana, bo = pair
    was = met(town, ana).agreed_at
    confirmed = with_button(ana, PLAN_CHANGE)
    asks(town, ana)
    request = with_button(bo, PLAN_YES)
    bo.presses(PLAN_YES)
    now = met(town, ana).agreed_at
    assert said(PlanMoved(now)) in ana.presses(PLAN_CHANGE, message=confirmed)
    bo.presses_old(PLAN_YES, request)  # again: it is so
    assert said(NotAsked(now)) in bo.presses_old(PLAN_NO, request)
    assert met(town, ana).agreed_at == now != was


def test_what_was_asked_is_over_once_it_is_called_off(town, pair):
    ana, bo = pair
    asks(town, ana)
    request = with_button(bo, PLAN_YES)
    ana.types("/coffee cancel")
    for pressed in (PLAN_YES, PLAN_NO):
        assert said(NotAgreed()) in bo.presses(pressed, message=request)
    assert said(NotAgreed()) in bo.types("/coffee cancel")
    assert met(town, ana).agreed_at is None


def test_a_time_that_has_gone_by_is_neither_asked_for_nor_agreed_to(town, pair):
    ana, bo = pair
    town.move_to("Monday 11:00")
    ana.presses(PLAN_CHANGE)
    asked = ana.messages[-1]
    ana.presses(PLAN_MOVE)
    request = bo.messages[-1]
    town.move_to("Monday 14:05")
    assert said(TimeGone()) in bo.presses_old(PLAN_YES, request)
    town.move_to("Monday 14:35")
    assert said(PlanOver()) in ana.presses_old(PLAN_OFF, asked)
    assert said(PlanOver()) in bo.presses_old(PLAN_NO, request)
    assert said(PlanOver()) in ana.types("/coffee move")


def test_who_reads_the_request_late_can_still_agree_to_what_is_to_come(town, pair):
    ana, bo = pair
    ana.presses(PLAN_CHANGE)
    ana.presses(PLAN_MOVE, n=2)
    town.move_to("Monday 18:00")
    bo.presses(PLAN_YES)
    at = met(town, ana).agreed_at
    assert at > town.clock.now()
    town.move_to("Monday 9:00")
    assert len(received(town, bo, Kind.ASK)) == 2  # the one of Monday, and no third


def test_once_they_have_met_a_time_can_still_be_called_off_and_nobody_is_asked(town, pair):
    ana, bo = pair
    ana.presses(MEETING_MET)
    bo.types("/coffee cancel")
    town.move_to("Monday 9:00")
    assert received(town, ana, Kind.ASK) == received(town, bo, Kind.ASK) == []


def with_button(person, button):
    """The newest message that shows this person such a button."""
    return next(m for m in reversed(person.messages) if f"'{button.id}'" in str(m.blocks))


def said(refusal):
    """As the person reads it: dates are on their own clocks."""
    return sentence(refusal).partition("<!date")[0]
