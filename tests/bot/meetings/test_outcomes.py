"""What becomes of a meeting: only its people decide, and every answer is taken as the last word."""

from datetime import timedelta

import pytest

from bot.meetings import outcomes
from bot.meetings.errors import NoMeeting, NotYourMeeting
from bot.meetings.second import searching
from core.values import Outcome, Who
from storage.meetings import meetings
from tests.gathering import a_channel, with_person
from tests.town import MONDAY

VERBS = (
    lambda *what: outcomes.answer(*what, Outcome.MET),
    lambda *what: outcomes.pick(*what, MONDAY),
    outcomes.shuffle,
    outcomes.why,
    searching.asked_again,
    searching.begin,
    searching.stop,
    outcomes.companions,
)


@pytest.fixture
def met(town):
    """Four people, introduced; the first one's meeting and somebody of the other one."""
    _, people = a_channel(town, 4)
    town.move_to("Monday 10:00")
    ana = people[0]
    with town.db.reading() as tx:
        [meeting] = meetings.of_person(tx, Who(town.sim.team_id, ana.id))
    outsider = next(p for p in people[1:] if p.name not in with_person(town, ana))
    return town, meeting, ana, outsider


def test_nobody_else_can_do_anything_with_a_meeting(met):
    town, meeting, ana, outsider = met
    services, team = town.parts.services, town.sim.team_id
    strange = (
        (Who(team, ana.id), 999_999),
        (Who(team, outsider.id), meeting.id),
        (Who("T2", ana.id), meeting.id),
    )
    for verb in VERBS:
        for who, number in strange:
            with pytest.raises(NotYourMeeting):
                verb(services, who, number)
    with pytest.raises(NoMeeting):
        outcomes.why(services, Who(team, "U_NOBODY"))


def test_the_last_answer_counts_months_later_too_and_no_time_is_picked_but_a_proposed_one(met):
    town, meeting, ana, _ = met
    services, who = town.parts.services, Who(town.sim.team_id, ana.id)
    outcomes.pick(services, who, meeting.id, town.clock.now() + timedelta(days=1, minutes=1))
    for said in (Outcome.MET, Outcome.NOT_THIS_TIME, Outcome.PLANNING):
        outcomes.answer(services, who, meeting.id, said)
    town.clock.forward(days=100)
    outcomes.answer(services, who, meeting.id, Outcome.NOT_THIS_TIME)
    with town.db.reading() as tx:
        found = meetings.get(tx, who.team, meeting.id)
    assert found.answer_of(ana.id) is Outcome.NOT_THIS_TIME
    assert all(person.picks == () for person in found.people)
