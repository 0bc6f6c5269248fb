"""Four weeks of eight people in six zones, counted as they read them; and that the counts count."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from bench.quarter.company import MONDAY_TO_FRIDAY, Colleague, Habit, company, disturbs, fewest
from bench.quarter.figures import Counting
from bench.quarter.play import BY_MESSAGE, Quarter
from bench.quarter.watch import Watch
from bot.meetings.ids import MEETING_PLANNING
from core.outbox.kinds import DeliveryKind as Kind
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel
from tests.words.reading import received

AHEAD = timedelta(hours=72)
ANA = Colleague("Ana", "Berlin", Habit.ANSWERS)
AROHA, YARA = replace(ANA, city="Auckland"), replace(ANA, city="Los Angeles")


def test_four_weeks_of_eight_people_in_six_zones(fresh_db):
    quarter = Quarter(fresh_db, BY_MESSAGE, count=8)
    try:
        quarter.play(weeks=3)  # and the days around them
        found = Counting(quarter).figures()
    finally:
        quarter.close()
    assert found.alone >= 30  # else there is little to see
    assert found.groups >= 12
    assert found.outside == []
    assert found.at_night == found.not_best == []
    assert not found.overdue


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "moment", "then"),
    [
        (MONDAY_TO_FRIDAY, "2026-03-06 09:30", "2026-03-06 09:30"),
        (MONDAY_TO_FRIDAY, "2026-03-06 16:00", "2026-03-09 08:00"),  # five on Friday
        (MONDAY_TO_FRIDAY, "2026-03-28 12:00", "2026-03-30 07:00"),  # the clocks change that night
        ((6, 0, 1, 2, 3), "2026-03-06 09:30", "2026-03-08 08:00"),
    ],
)
def test_the_next_working_hour_is_where_somebody_is(days, moment, then):
    assert replace(ANA, days=days).at_work(at(moment)) == at(then)


def test_a_group_has_a_common_moment_or_none():
    monday, later = at("2026-03-30 08:00"), at("2026-03-30 08:00") + AHEAD
    assert disturbs([ANA, AROHA], monday) == 1  # nine in the evening in Auckland
    assert (
        fewest([ANA, AROHA], monday, later) == 0
    )  # seven there, when it is eight in the morning in Berlin
    assert fewest([ANA, AROHA, YARA], monday, later) == 1


def test_everybody_s_habit_is_in_every_zone_that_has_four():
    zones = {
        who.city: {one.habit for one in company() if one.city == who.city} for who in company()
    }
    assert set(map(len, zones.values())) == {len(Habit)}


@pytest.fixture
def planning(town):
    """Ana, who was still planning when she was asked in mid-round, and a watch over all of it."""
    _, (ana, _) = a_channel(town, 2)
    watch = Watch(town)
    town.move_to("Wednesday 18:00")
    ana.presses(MEETING_PLANNING)
    return ana, watch


def test_an_answer_to_the_question_before_is_none_to_the_one_that_is_open(town, planning):
    ana, watch = planning
    for _ in range(5):
        watch.look()
        town.forward(days=1)
    assert len(received(town, ana, Kind.ASK)) == 2
    watch.look()
    assert watch.overdue == {}


def test_a_question_with_buttons_a_day_after_its_answer_is_counted(town, planning):
    _, watch = planning
    watch.look()
    with town.db.transaction() as tx:
        tx.connection().execute(update(DeliveryRow).values(ends_at=None))
    town.forward(hours=25)
    watch.look()
    assert Kind.ASK in {kind for kind, _ in watch.overdue.values()}
