"""Meetings that two people change at once: times, answers, questions, the queue."""

from datetime import timedelta
from functools import partial

import pytest

from bot.meetings import outcomes
from bot.meetings.errors import NotAgreed
from bot.meetings.ids import MEETING_TIME, PLAN_CHANGE, PLAN_MOVE
from bot.meetings.plans import changing
from bot.meetings.views.introductions import agreed
from core.outbox.kinds import DeliveryKind
from core.values import Who
from storage.meetings import meetings, plans
from storage.meetings.meetings import NewMeeting
from tests.gathering import a_channel
from tests.races.racing import in_the_midst
from tests.words.reading import gist, received

WEEK = timedelta(weeks=1)
PICKING = "UPDATE meeting_people"


@pytest.fixture
def pair(town):
    """Ana and Bo, introduced a moment ago."""
    _, two = a_channel(town, 2)
    town.move_to("Monday 10:00")
    town.forward(seconds=10)
    return two


def who(town, person):
    return Who(town.parts.team_id, person.id)


def met(town, person):
    with town.db.reading() as tx:
        return meetings.of_person(tx, who(town, person), 1)[0]


def test_two_last_ones_who_pick_a_time_at_once_agree_on_it_once(town, pair):
    ana, bo = pair
    meeting = met(town, ana)
    pick = partial(
        outcomes.pick, town.parts.services, who(town, bo), meeting.id, meeting.proposals[0]
    )
    with in_the_midst(town.db, PICKING, pick, done=True):
        ana.presses(MEETING_TIME)
    town.forward(minutes=1)
    said = town.group_of(ana).transcript()
    assert said.count(gist(agreed)) == 1
    assert met(town, ana).agreed_at == meeting.proposals[0]


def test_a_time_that_two_groups_agree_on_at_once_is_promised_to_one(town, pair):
    ana, bo = pair
    cem = town.person("Cem")
    services, at = town.parts.services, met(town, bo).proposals[0]
    with town.db.transaction() as tx:
        now = town.clock.now()
        new = NewMeeting((ana.id, cem.id), cem.id, now, now + WEEK, proposals=(at,))
        other = meetings.add(tx, town.parts.team_id, new).id
    for person, one in ((ana, met(town, bo).id), (ana, other)):
        outcomes.pick(services, who(town, person), one, at)
    cems = partial(outcomes.pick, services, who(town, cem), other, at)
    with in_the_midst(town.db, PICKING, cems):
        outcomes.pick(services, who(town, bo), met(town, bo).id, at)
    agreed_on = [met(town, person).agreed_at for person in (bo, cem)]
    assert agreed_on == [at, None]


def test_another_question_pressed_twice_at_once_is_two_questions_more(town, pair):
    ana, bo = pair
    meeting = met(town, ana)
    shuffle = partial(outcomes.shuffle, town.parts.services, who(town, bo), meeting.id)
    with in_the_midst(town.db, "UPDATE meetings", shuffle) as bos:
        drawn = outcomes.shuffle(town.parts.services, who(town, ana), meeting.id)
    shown = [meeting.starter_id, drawn.meeting.starter_id, bos.result().meeting.starter_id]
    assert len(set(shown)) == 3


@pytest.fixture
def agreed_pair(town, pair):
    """The same two, with a time agreed."""
    for person in pair:
        person.presses(MEETING_TIME)
    town.forward(seconds=10)
    return pair


def test_both_call_it_off_at_once_and_it_is_told_and_taken_out_once(town, agreed_pair):
    ana, bo = agreed_pair
    meeting = met(town, ana)
    off = partial(changing.call_off, town.parts.services, who(town, bo), meeting.id)
    with in_the_midst(town.db, PICKING, refused(off, NotAgreed)):
        changing.call_off(town.parts.services, who(town, ana), meeting.id, meeting.agreed_at)
    town.forward(seconds=10)
    assert len(received(town, ana, DeliveryKind.AGREED)) == 2  # it is agreed, and off
    assert [file.name for file in bo.files] == ["coffee.ics", "coffee-called-off.ics"]


def test_a_time_moved_while_it_is_called_off_is_off(town, agreed_pair):
    ana, bo = agreed_pair
    services, meeting = town.parts.services, met(town, ana)
    ana.presses(PLAN_CHANGE)
    ana.presses(PLAN_MOVE)
    with town.db.reading() as tx:
        to = plans.of(tx, meeting.id).wanted_at
    yes = partial(changing.agree, services, who(town, bo), meeting.id, to)
    with in_the_midst(town.db, PICKING, refused(yes, NotAgreed)):
        changing.call_off(services, who(town, ana), meeting.id)
    town.forward(seconds=10)
    assert met(town, ana).agreed_at is None
    assert [file.name for file in bo.files] == ["coffee.ics", "coffee-called-off.ics"]


def refused(verb, why):
    """The verb, of which this refusal is expected."""

    def tried():
        with pytest.raises(why):
            verb()

    return tried
