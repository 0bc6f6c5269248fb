"""The queue for a coffee now, to the instant; and who is asked whether they have time (P11)."""

from datetime import date, timedelta

import pytest

from bot.meetings import impromptu, introductions
from bot.meetings.errors import CannotTakePart, NotMinutes
from bot.meetings.views.impromptu import stopped
from bot.platform.errors import OtherCompany
from core.outbox.kinds import DeliveryKind as Kind
from core.values import ChannelSettings, Who
from storage.channels import channels
from storage.meetings import meetings, queue
from storage.outbox import deliveries
from storage.people import people
from tests.still import PLACE, TEAM, Still, who

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def still(db):
    """Ana and five who agreed to be asked, all in one channel, on a Monday morning at work."""
    made = Still(db)
    for user_id in ("UANA", "UBO", "UCEM", "UDIA", "UELI", "UFAY"):
        made.person(user_id, open_to_ask=user_id != "UANA", zone="Europe/Berlin")
        made.joins(user_id)
    return made


def waiting(still):
    with still.db.reading() as tx:
        return {entry.who.user: entry.until - still.at for entry in queue.everyone(tx)}


def calls(still, text="15", user_id="UANA"):
    impromptu.join(still.services, who(user_id), text)
    return still.readers(Kind.ASKED)


@pytest.mark.parametrize("text", ["soon", "0", "-5", "9999"])
def test_a_time_that_makes_no_sense_is_refused(still, text):
    with pytest.raises(NotMinutes):
        calls(still, text)
    assert waiting(still) == {}


def test_who_agreed_is_asked_once_an_hour_until_the_seeker_waits_no_more(still):
    assert calls(still) == ["UBO", "UCEM", "UDIA", "UELI", "UFAY"]
    still.at += 59 * MINUTE
    assert len(calls(still)) == 5
    still.at += MINUTE
    assert len(calls(still)) == 10
    assert {m.expires_at - m.due_at for m in still.laid(Kind.ASKED)} == {15 * MINUTE}


@pytest.mark.parametrize(
    "change",
    [
        {"open_to_ask": False},
        {"muted": True},
        {"deleted": True},
        {"is_bot": True},
        {"stranger": True},
        {"guest": True},
        {"paused_until": date(2026, 3, 3)},
        {"zone": "America/Los_Angeles"},  # it is one in the morning
        {"hours": {"start": "13:00", "end": "17:00", "weekdays": [0, 1, 2, 3, 4]}},
        {"hours": {"start": "09:00", "end": "17:00", "weekdays": [1]}},
    ],
)
def test_some_are_never_asked(still, change):
    still.person("UBO", **change)
    assert calls(still) == ["UCEM", "UDIA", "UELI", "UFAY"]


def test_nobody_is_asked_whose_status_says_away(still):
    still.person("UBO", status_emoji=":palm_tree:", status_until=still.at + HOUR)
    assert "UBO" not in calls(still)


@pytest.mark.parametrize("how", [{"present": False}, {"opted": False}])
def test_only_those_who_share_rounds_with_the_seeker_are_asked(still, how):
    still.stands("UBO", **how)
    assert "UBO" not in calls(still)


def test_on_whichever_list_it_stands_nobody_is_asked_by_somebody_they_avoid(still):
    with still.db.transaction() as tx:
        people.set_not_with(tx, who("UBO"), ["UANA"])
        people.set_not_with(tx, who("UANA"), ["UCEM"])
        people.set_not_with(tx, who("UDIA"), ["UELI"])  # between others
    assert calls(still) == ["UDIA", "UELI", "UFAY"]


def test_who_waits_already_is_not_asked(still):
    impromptu.accept(still.services, who("UBO"), still.at + HOUR)
    assert "UBO" not in calls(still)


def test_one_call_reaches_twenty_at_most(still):
    for number in range(30):
        still.person(f"U{number:03}", open_to_ask=True)
        still.joins(f"U{number:03}")
    assert len(calls(still)) == 20


def thirty_more(still):
    """They agreed to be asked, too, half of them once a week at most."""
    for number in range(30):
        still.person(f"U{number:03}", open_to_ask=True, requests=number % 2 + 1)
        still.joins(f"U{number:03}")


def read_by(still):
    """Whom the seeker's call reaches; each of them reads it at once."""
    reached = calls(still)
    with still.db.transaction() as tx:
        for message in still.laid(Kind.ASKED):
            deliveries.sent(tx, message.id, "D1", "1.1", still.at)
    return reached


def test_whoever_calls_again_within_the_hour_reaches_nobody_else_instead(still):
    thirty_more(still)
    assert len(read_by(still)) == 20
    assert calls(still) == []
    still.at += HOUR
    assert len(calls(still)) == 20


def test_who_was_asked_longest_ago_is_asked_first(still):
    thirty_more(still)
    first = read_by(still)
    still.at += HOUR
    assert len({*first, *calls(still)}) == 35


def test_guests_wait_and_are_asked_where_a_host_lets_them_and_strangers_never(still):
    still.person("UBO", guest=True)
    still.person("USOL", stranger=True)
    with pytest.raises(CannotTakePart):
        calls(still, user_id="UBO")
    with pytest.raises(OtherCompany):
        calls(still, user_id="USOL")
    with still.db.transaction() as tx:
        channels.decide(tx, PLACE, ChannelSettings(guests=True), None)
    assert "UBO" in calls(still)
    assert calls(still, user_id="UBO") != []


def test_i_have_time_counts_until_the_last_instant(still):
    until = still.at + HOUR
    still.at = until
    impromptu.accept(still.services, who("UBO"), until)
    assert waiting(still) == {}
    still.at -= SECOND
    impromptu.accept(still.services, who("UBO"), until)
    assert waiting(still) == {"UBO": SECOND}


def test_whose_time_is_over_leaves_the_queue_and_hears_it_once(still):
    calls(still)
    still.at += 15 * MINUTE - SECOND
    impromptu.run_due(still.services)
    assert still.laid(Kind.EXPIRED) == []
    still.at += SECOND
    for _ in range(2):
        impromptu.run_due(still.services)
    assert waiting(still) == {}
    assert still.readers(Kind.EXPIRED) == ["UANA"]


def test_two_who_wait_are_introduced_for_a_day_and_wait_no_more(still):
    for user_id in ("UANA", "UBO"):
        calls(still, user_id=user_id)
    impromptu.run_due(still.services)
    [said] = still.laid(Kind.INTRODUCTION)
    assert sorted(said.users) == ["UANA", "UBO"]
    assert said.expires_at == still.at + 24 * HOUR
    assert waiting(still) == {}


def test_those_of_another_workspace_are_not_introduced(still):
    calls(still)
    with still.db.transaction() as tx:
        people.require(tx, Who("T2", "UBO"))
        queue.join(tx, Who("T2", "UBO"), still.at, still.at + HOUR)
    impromptu.run_due(still.services)
    assert still.laid(Kind.INTRODUCTION) == []
    assert sorted(waiting(still)) == ["UANA", "UBO"]


def test_who_stops_waiting_reads_whether_they_did_wait(still):
    calls(still)
    assert stopped(True) in impromptu.leave(still.services, who("UANA"))
    assert stopped(False) in impromptu.leave(still.services, who("UANA"))


def test_a_coffee_now_is_asked_about_two_hours_later(still):
    for user_id in ("UANA", "UBO"):
        calls(still, user_id=user_id)
    impromptu.run_due(still.services)
    [said] = still.laid(Kind.INTRODUCTION)
    with still.db.transaction() as tx:
        meeting = meetings.get(tx, TEAM, said.meeting_id)
        introductions.lay_follow_ups(tx, meeting, still.at)
        assert deliveries.waiting_for_meeting(tx, meeting.id, Kind.NUDGE) == []
    assert {ask.due_at for ask in still.laid(Kind.ASK)} == {still.at + 2 * HOUR}
