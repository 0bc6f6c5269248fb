"""What becomes of a meeting: only its people decide, and every answer is taken as the last word."""

import pytest

from bot.meetings import outcomes
from bot.meetings.errors import NoMeeting, NotYourMeeting
from core.values import Outcome
from storage.meetings import meetings
from tests.gathering import a_channel, with_person

VERBS = (
    lambda *who: outcomes.answer(*who, Outcome.MET),
    lambda *who: outcomes.shuffle(*who, None),
    lambda *who: outcomes.pick(*who, 0),
    lambda services, team, meeting, user: outcomes.why(services, team, user, meeting),
    outcomes.asked_again,
    outcomes.companions,
)


@pytest.fixture
def met(town):
    """Four people, introduced; the first one's meeting and somebody of the other one."""
    _, people = a_channel(town, 4)
    town.move_to("Monday 10:00")
    ana = people[0]
    with town.db.reading() as tx:
        [meeting] = meetings.of_person(tx, town.sim.team_id, ana.id)
    outsider = next(p for p in people[1:] if p.name not in with_person(town, ana))
    return town, meeting, ana, outsider


def test_nobody_else_can_do_anything_with_a_meeting(met):
    town, meeting, ana, outsider = met
    services, team = town.parts.services, town.sim.team_id
    strange = ((team, 999_999, ana.id), (team, meeting.id, outsider.id), ("T2", meeting.id, ana.id))
    for verb in VERBS:
        for team_id, number, user_id in strange:
            with pytest.raises(NotYourMeeting):
                verb(services, team_id, number, user_id)
    with pytest.raises(NoMeeting):
        outcomes.why(services, team, "U_NOBODY")


def test_the_last_answer_counts_months_later_too_and_no_time_is_picked_but_a_proposed_one(met):
    town, meeting, ana, _ = met
    services, team = town.parts.services, town.sim.team_id
    tomorrow = int(town.clock.now().timestamp()) + 86_400 + 60
    outcomes.pick(services, team, meeting.id, ana.id, tomorrow)
    for said in (Outcome.MET, Outcome.NOT_THIS_TIME, Outcome.PLANNING):
        outcomes.answer(services, team, meeting.id, ana.id, said)
    town.clock.forward(days=100)
    outcomes.answer(services, team, meeting.id, ana.id, Outcome.NOT_THIS_TIME)
    with town.db.reading() as tx:
        found = meetings.get(tx, team, meeting.id)
    assert found.answer_of(ana.id) is Outcome.NOT_THIS_TIME
    assert all(person.picks == () for person in found.people)
