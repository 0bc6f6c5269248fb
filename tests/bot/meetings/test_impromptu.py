"""`/coffee now`: a queue with the same history and the same private lists."""

import pytest

from bot.meetings.errors import NoMeeting
from bot.meetings.ids import MEETING_MET, NOW_ACCEPT
from bot.meetings.views.impromptu import expired
from bot.meetings.views.impromptu import waiting as waiting_view
from bot.meetings.views.introductions import RIGHT_NOW
from bot.people.ids import PREFERENCES
from bot.people.views.preferences import ANY, OPEN_TO_ASK, REQUESTS, YES
from bot.trouble import sentence
from core.outbox.kinds import DeliveryKind as Kind
from storage.meetings import queue
from tests.gathering import a_channel, newest, opened
from tests.words.reading import gist, received

HELLO = f"both {RIGHT_NOW}"


def agrees_to_be_asked(*people, at_most=None):
    often = {REQUESTS.label: at_most} if at_most else {}
    for person in people:
        person.types("/coffee preferences")
        assert person.fills(PREFERENCES, {OPEN_TO_ASK.label: [YES], **often}) == {}


def waiting(town):
    with town.db.reading() as tx:
        return [entry.who.user for entry in queue.everyone(tx)]


@pytest.fixture
def pair(town):
    return town.person("Ana"), town.person("Bo")


def test_two_who_have_time_are_introduced_within_the_minute(town, pair):
    ana, bo = pair
    assert "You are in the queue until 9:15 AM." in ana.types("/coffee now")
    bo.types("/coffee now 30")
    town.forward(minutes=1)
    said = bo.transcript(town.group_of(ana))
    assert "You both have a few minutes now: enjoy your coffee." in said
    assert waiting(town) == []
    assert "You both had time for a coffee just then." in ana.types("/coffee why")
    assert "@Bo is for right now, so I proposed no times." in ana.types("/coffee times")
    town.forward(hours=2)
    assert [newest(ana)] == received(town, ana, Kind.ASK)
    bo.presses(MEETING_MET)
    assert "Monday 2 March: @Bo, impromptu – met" in ana.types("/coffee history")


def test_nobody_in_time_is_said_once_and_quietly(town, pair):
    ana, _ = pair
    ana.types("/coffee now 10")
    town.forward(minutes=30)
    assert newest(ana) == "I found nobody for a coffee this time. Another time: `/coffee now`."
    assert waiting(town) == []


def test_stop_waiting_and_again(town, pair):
    ana, bo = pair
    ana.types("/coffee now")
    assert ana.presses("Stop waiting") == "You are out of the queue. Another time."
    assert "You were not waiting." in ana.presses("Stop waiting")
    bo.types("/coffee now")
    town.forward(minutes=2)
    assert town.group_conversations() == []


def test_asking_twice_moves_the_end_and_makes_no_second_place(town, pair):
    ana, _ = pair
    ana.types("/coffee now 10")
    ana.types("/coffee now 60")
    assert waiting(town) == [ana.id]
    assert "You are waiting for a coffee until 10:00 AM." in ana.types("/coffee")


def test_a_queue_survives_a_restart_and_nobody_is_introduced_twice(town, pair):
    ana, bo = pair
    ana.types("/coffee now 30")
    town.restart()
    bo.types("/coffee now 30")
    town.restart()
    town.forward(minutes=5)
    assert ana.transcript(town.group_of(ana)).count(HELLO) == 1


def test_people_who_avoid_each_other_both_wait_and_read_what_everybody_reads(town, pair):
    ana, bo = pair
    bo.types(f"/coffee avoid <@{ana.id}>")
    for person in pair:
        person.types("/coffee now 10")
    town.forward(minutes=15)
    assert town.group_conversations() == []
    for person in pair:
        assert newest(person) == expired()["text"]


def test_of_five_who_wait_two_meet_and_three(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia", "Eli")]
    town.sim.settle = town.parts.executor.wait_idle  # the heartbeat comes after everybody typed
    for person in people:
        person.types("/coffee now")
    town.sim.settle = town.parts.settle
    town.forward(minutes=1)
    three = max(town.group_conversations(), key=lambda c: len(c.members))
    assert sorted(len(c.members) - 1 for c in town.group_conversations()) == [2, 3]
    assert f"You all {RIGHT_NOW}" in three.transcript()
    one = next(person for person in people if person.id in three.members)
    assert "You all" in one.types("/coffee why")


def test_those_who_met_lately_meet_others_first(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia")]
    opened(town, people)
    town.move_to("Monday 10:00")
    before = {frozenset(c.members) for c in town.group_conversations()}
    town.sim.settle = town.parts.executor.wait_idle
    for person in people:
        person.types("/coffee now")
    town.sim.settle = town.parts.settle
    town.forward(minutes=1)
    after = {frozenset(c.members) for c in town.group_conversations()} - before
    assert len(after) == 2  # no pair of this morning again


def test_only_those_who_agreed_are_asked_and_i_have_time_makes_a_coffee(town):
    _, (ana, bo, cem, dia) = a_channel(town, 4)
    agrees_to_be_asked(bo, cem)
    cem.types("/coffee pause 2w")
    town.move_to("Monday 11:00")
    ana.types("/coffee now 15")
    said = ana.types("/coffee now 20")  # again: those who were asked are not asked again
    assert gist(waiting_view) in said
    bo.sees("A colleague has time for a coffee in the next 15 minutes. Do you?")
    assert [len(received(town, p, Kind.ASKED)) for p in (bo, cem, dia)] == [1, 0, 0]
    bo.presses(NOW_ACCEPT)
    town.forward(minutes=1)
    assert HELLO in bo.transcript(town.group_of(ana))


def calls(town, seeker, *times):
    """The seeker has time at each of these times, and waits in vain."""
    for time in times:
        town.move_to(time)
        seeker.types("/coffee now 5")
        town.forward(minutes=10)


@pytest.mark.parametrize(("at_most", "read"), [("1", 1), (None, 2), ("5", 4), (ANY, 4)])
def test_nobody_reads_more_requests_in_a_week_than_they_chose(town, at_most, read):
    _, (ana, bo, _) = a_channel(town, 3, weekday="4")  # no round meanwhile
    agrees_to_be_asked(bo, at_most=at_most)
    calls(town, ana, "Monday 11:00", "Tuesday 11:00", "Wednesday 11:00", "Thursday 11:00")
    assert len(received(town, bo, Kind.ASKED)) == read
    assert len(received(town, ana, Kind.EXPIRED)) == 4
    calls(town, ana, "Monday 10:59")
    assert len(received(town, bo, Kind.ASKED)) == read + (read > 2)


def test_a_week_later_whoever_had_their_share_is_asked_again(town):
    _, (ana, bo, _) = a_channel(town, 3, weekday="4")
    agrees_to_be_asked(bo, at_most="1")
    calls(town, ana, "Monday 11:00", "Friday 11:00", "Monday 10:50")
    assert len(received(town, bo, Kind.ASKED)) == 1
    calls(town, ana, "Monday 11:10")
    assert len(received(town, bo, Kind.ASKED)) == 2


def test_a_request_for_a_hand_and_one_for_a_coffee_count_together(town):
    _, (ana, bo, cem) = a_channel(town, 3, weekday="4")
    agrees_to_be_asked(bo, at_most="1")
    town.move_to("Monday 11:00")
    cem.types("/coffee hand an ear")
    town.forward(minutes=1)
    calls(town, ana, "Tuesday 11:00")
    assert [len(received(town, bo, kind)) for kind in (Kind.HAND, Kind.ASKED)] == [1, 0]


def test_i_have_time_pressed_too_late_says_so(town):
    _, (ana, bo, *_) = a_channel(town, 4)
    agrees_to_be_asked(bo)
    town.move_to("Monday 11:00")
    ana.types("/coffee now 5")
    town.forward(minutes=1)
    asked = next(m for m in bo.messages if NOW_ACCEPT.id in str(m.blocks))
    town.forward(minutes=9)
    assert "That coffee is over by now." in bo.presses_old(NOW_ACCEPT, asked)
    assert waiting(town) == []


def test_nobody_is_asked_at_night_or_by_somebody_they_avoid(town):
    _, (ana, bo, cem, _) = a_channel(town, 4)
    agrees_to_be_asked(bo, cem)
    bo.types(f"/coffee avoid <@{ana.id}>")
    town.move_to("Monday 11:00")
    ana.types("/coffee now 20")
    assert [len(received(town, p, Kind.ASKED)) for p in (bo, cem)] == [0, 1]
    town.move_to("Monday 22:00")
    ana.types("/coffee now 20")
    assert len(received(town, cem, Kind.ASKED)) == 1


def test_pausing_takes_a_person_out_of_the_queue(town, pair):
    ana, bo = pair
    ana.types("/coffee now 60")
    ana.types("/coffee pause 1w")
    bo.types("/coffee now 60")
    town.forward(minutes=1)
    assert town.group_conversations() == []


def test_when_the_one_found_cannot_be_reached_the_other_waits_again_and_reads_so(town, pair):
    ana, bo = pair
    ana.types("/coffee now 60")
    town.sim.faults.lose_next_event()
    town.sim.settle = town.parts.executor.wait_idle
    bo.types("/coffee now 60")
    bo.is_deactivated()
    town.sim.settle = town.parts.settle
    town.forward(minutes=1)
    assert "I had found somebody for you, but could not reach them." in newest(ana)
    assert waiting(town) == [ana.id]
    assert ana.types("/coffee why") == sentence(NoMeeting())
