"""How much one person hears unasked: one message a day, three a round, less to the silent (P18)."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.meetings.ids import MEETING_TIME
from core.ledger.budget import FOLLOW_UPS, RANKED
from core.outbox.kinds import DeliveryKind as Kind
from core.values import Notice
from storage.outbox.rows import DeliveryRow
from tests.gathering import a_channel, introduced, opened
from tests.words.reading import received

BERLIN = ZoneInfo("Europe/Berlin")


def counted(town, person):
    """What counts of what this person was sent, oldest first: the kind, and the local date."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(DeliveryRow.sent_at.is_not(None))).all()
    own = [one for one in rows if person.id in one.users and one.kind in RANKED]
    own = [one for one in own if one.asked_by != person.id and one.channel_id is None]
    own.sort(key=lambda one: one.sent_at)
    return [(one.kind, one.sent_at.astimezone(BERLIN).date()) for one in own]


def most_a_day(town, person):
    return max(Counter(day for _, day in counted(town, person)).values())


@pytest.fixture
def three_channels(town):
    """Six people in the rounds of three channels, which tell each of them the day before."""
    people = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia", "Eli", "Fay")]
    for name in ("coffee", "lunch", "walks"):
        opened(town, people, name, notice=Notice.DM)
    return people


def test_in_three_channels_nobody_hears_of_two_things_on_one_day(town, three_channels):
    for _ in range(4):
        town.move_to("Monday 10:01")
    assert [most_a_day(town, person) for person in three_channels] == [1] * 6
    assert len(introduced(town)) >= 3 * 3 * 3  # none was dropped for it


def test_the_times_of_an_introduction_that_came_a_day_later_are_still_to_come(town, three_channels):
    town.move_to("Wednesday 10:01")
    for person in three_channels:
        shown = person.transcript(town.group_of(person))
        assert "yesterday" not in shown
        person.presses(MEETING_TIME)


def test_who_never_answers_hears_less_and_less(town):
    _, (_, bo) = a_channel(town, 2, notice=Notice.DM)
    months = []
    for _ in range(2):
        before = len(counted(town, bo))
        for _ in range(5):
            town.move_to("Monday 10:01")
        months.append(len(counted(town, bo)) - before)
    assert months[1] == 5  # an introduction a week, and not even a notice
    assert 10 < months[0] <= 5 * 3 + 1


def test_a_round_brings_three_messages_and_four_to_the_organiser(town):
    _, people = a_channel(town, 2, notice=Notice.DM)
    for _ in range(2):
        town.move_to("Monday 9:59")
        before = {person.name: len(counted(town, person)) for person in people}
        for person in people:
            person.types("/coffee planning")
    town.move_to("Monday 9:59")
    assert sorted(len(counted(town, one)) - before[one.name] for one in people) == [3, 4]


@pytest.mark.parametrize(
    ("back", "asked"),
    [
        (timedelta(days=4, minutes=5), 1),  # Friday: two questions and a nudge were due
        (timedelta(days=4, hours=23), 0),  # Saturday: on Monday comes the next introduction
    ],
)
def test_after_a_stop_of_days_one_question_is_asked_if_it_still_helps(town, back, asked):
    _, people = a_channel(town, 2)
    town.move_to("Monday 10:01")
    town.stop_app()
    town.clock.forward(minutes=back / timedelta(minutes=1))
    town.start_app()
    town.forward(seconds=5)
    assert [len(received(town, one, *FOLLOW_UPS)) for one in people] == [asked, asked]
    town.move_to("Monday 23:00")
    assert [len(received(town, one, *FOLLOW_UPS)) for one in people] == [asked, asked]
    town.move_to("Tuesday 23:00")
    assert [len(received(town, one, Kind.ASK)) for one in people] == [asked, asked]


def test_with_a_round_every_day_there_is_an_introduction_a_day_and_nothing_beside_it(town):
    _, people = a_channel(town, 4, often="days:1", notice=Notice.DM)
    town.move_to("Friday 23:00")
    for person in people:
        kinds = Counter(kind for kind, _ in counted(town, person))
        assert most_a_day(town, person) == 1
        assert set(kinds) == {Kind.INTRODUCTION}
        assert kinds[Kind.INTRODUCTION] == 5
