"""What becomes of the messages and files of a plan that changes while they are on their way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.meetings import times, unheard
from bot.meetings.errors import NotFree
from bot.meetings.ids import MEETING_TIME, PLAN_AGAIN, PLAN_OFF
from bot.meetings.plans import agreeing, changing
from bot.meetings.views.introductions import CAME_UP
from bot.meetings.views.plans import no_calendar_file
from bot.rounds import settling
from core.outbox.kinds import DeliveryKind as Kind
from storage.outbox import deliveries
from storage.people import people
from tests.gathering import a_channel
from tests.still import TEAM, Still, who
from tests.town import Town
from tests.words.reading import gist, received

DAY = timedelta(days=1)


@pytest.fixture
def still(db):
    return Still(db)


@pytest.fixture
def agreed(still):
    """Ana and Bo, who agreed to meet a day later."""
    meeting = still.meeting("UANA", "UBO")
    with still.db.transaction() as tx:
        agreeing.agree(tx, meeting, still.at + DAY, still.at)
    return meeting


def refuse(still, delivery):
    """Slack refuses it for good, which each of the two would have read alone."""
    with still.db.transaction() as tx:
        unheard.to_each(still.services, tx, delivery, "is_archived")


@pytest.mark.parametrize("change", ["moved", "off", "neither"])
def test_a_reminder_refused_after_its_time_has_changed_reaches_nobody_alone(still, agreed, change):
    [reminder] = still.laid(Kind.REMINDER)
    if change == "off":
        changing.call_off(still.services, who("UANA"), agreed.id)
    elif change == "moved":
        with still.db.transaction() as tx:
            agreeing.agree(tx, agreed, still.at + 2 * DAY, still.at)
    refuse(still, reminder)
    alone = [one for one in still.laid(Kind.REMINDER) if one.users]
    assert len(alone) == (2 if change == "neither" else 0)


def test_nothing_of_the_old_time_waits_any_more_and_no_key_is_used_twice(still, agreed):
    with still.db.transaction() as tx:
        agreeing.agree(tx, agreed, still.at + 2 * DAY, still.at)
    for kind in agreeing.OF_A_PLAN:
        assert [one.expires_at for one in still.laid(kind)] == [still.at + 2 * DAY]
    assert {one.due_at for one in still.laid(Kind.ASK)} == {still.at + 2 * DAY + DAY / 24}


def test_who_was_not_asked_about_what_was_called_off_late_kept_no_silence(still, agreed):
    still.at += timedelta(days=6, hours=20)
    with still.db.transaction() as tx:
        agreeing.agree(tx, agreed, still.at + DAY / 24, still.at)
    changing.call_off(still.services, who("UBO"), agreed.id)
    assert still.laid(Kind.ASK) == []
    still.at += DAY
    settling.settle(still.services, still.channel)
    with still.db.reading() as tx:
        found = people.some(tx, TEAM, ["UANA", "UBO"]).values()
    assert [person.unanswered for person in found] == [0, 0]


def test_who_was_asked_twice_is_asked_no_third_time_however_often_it_is_moved(still, agreed):
    for days in (2, 3):
        [anas] = [one for one in still.laid(Kind.ASK) if one.users == ("UANA",)]
        with still.db.transaction() as tx:
            deliveries.sent(tx, anas.id, "D1", f"{days}.1", still.at)
            agreeing.agree(tx, agreed, still.at + days * DAY, still.at)
    assert still.readers(Kind.ASK) == ["UBO"]


def test_a_time_that_would_outlast_the_round_is_not_asked_for(still, agreed):
    def ana_asks(to):
        changing.ask(still.services, who("UANA"), agreed.id, still.at + DAY, to)

    with pytest.raises(NotFree):
        ana_asks(agreed.ends_at)
    ana_asks(still.at + 2 * DAY)


def test_a_time_that_is_asked_for_is_kept_free_as_one_that_is_offered(still, agreed):
    to = still.at + 2 * DAY
    changing.ask(still.services, who("UANA"), agreed.id, still.at + DAY, to)
    with still.db.reading() as tx:
        taken = times.taken(tx, TEAM, ["UBO"], still.at)
    assert to in taken.offered["UBO"]
    assert still.at + DAY in taken.agreed["UBO"]


# -- through the front door ---------------------------------------------------


@pytest.fixture
def pair(town: Town):
    _, two = a_channel(town, 2)
    town.move_to("Monday 10:00")
    for person in two:
        person.presses(MEETING_TIME)
    town.forward(seconds=5)
    return two


def test_where_their_conversation_is_closed_each_reads_alone_that_it_is_off(town, pair):
    ana, bo = pair
    town.sim.faults.fail_next("chat.postMessage", "is_archived")
    ana.types("/coffee cancel")
    town.forward(minutes=1)
    for person in (ana, bo):
        assert len(received(town, person, Kind.AGREED)) == 2
        person.presses(PLAN_AGAIN, in_=None)
    town.forward(minutes=1)
    assert len(received(town, bo, Kind.AGREED)) == 3


def test_a_file_that_does_not_follow_leaves_it_to_them_to_take_the_entry_out(town, pair):
    ana, bo = pair
    town.sim.faults.fail_next("files.getUploadURLExternal", "file_uploads_disabled")
    ana.types("/coffee cancel")
    town.forward(minutes=1)
    assert gist(no_calendar_file) in received(town, bo, Kind.AGREED)[-1]


def test_home_has_the_button_until_the_day_is_over(town, pair):
    ana, bo = pair
    assert f"[{CAME_UP}]" in ana.opens_home()
    town.move_to("Tuesday 10:00")
    assert f"[{CAME_UP}]" not in bo.opens_home()


def test_after_a_call_off_nobody_waits_for_who_has_left(town):
    _, (ana, bo, cem) = a_channel(town, 3, size="3")
    town.move_to("Monday 10:00")
    for person in (ana, bo, cem):
        person.presses(MEETING_TIME)
    town.forward(seconds=5)
    ana.types("/coffee move")
    ana.presses(PLAN_OFF)
    town.forward(seconds=5)
    cem.is_deactivated()
    for person in (ana, bo):
        person.presses(PLAN_AGAIN)
    town.forward(seconds=5)
    assert len(received(town, bo, Kind.AGREED)) == 3
