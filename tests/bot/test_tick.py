"""A beat: what it costs when nothing is due, however much there is."""

from sqlalchemy import event

from bot import tick
from bot.channels.ids import SETTINGS
from bot.checkins.after.views.results import NO_COMMENTS
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM, SCHEDULE_FORM, SCHEDULE_KIND
from bot.checkins.views.kinds import name_of
from core.checkins import Audience, Kind
from core.values import Who
from storage.checkins import checkins
from storage.people import people as stored
from tests.gathering import a_channel, opened
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.words import labels


def statements(db, work):
    """What is sent to the database meanwhile, without the beginning of transactions."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    work()
    event.remove(db.engine, "before_cursor_execute", note)
    return sent


def test_a_beat_with_nothing_to_do_costs_one_query(town):
    coffee, people = a_channel(town, 2)
    opened(town, people, "lunch")
    for answered in (True, False):
        people[0].types("/checkin open", in_=coffee)
        assert people[0].fills(ASK_FORM, {labels.LINE: "I am fine."}) == {}
        town.forward(seconds=5)
        if answered:
            people[1].presses(ANSWER, in_=coffee)
            people[1].fills(ANSWER_FORM, {labels.ANSWER: "So am I."})
        town.forward(days=8)  # rounds held, receipts told, check-ins closed
    assert len(statements(town.db, lambda: tick.run_due(town.parts.services))) == 1


def test_what_is_to_be_forgotten_wakes_a_beat_by_itself(town):
    """Nothing else is due then: no round, no schedule, no other check-in."""
    staff = [town.person(name) for name in ("Ana", "Bo", "Cem", "Dia", "Eli", "Fay")]
    team = town.channel("team", staff)
    staff[0].invites_bot(team)
    turns_the_pulse_on(staff[0], team)
    staff[0].types("/checkin pulse", in_=team)
    line = {labels.LINE: "I go first.", labels.AUDIENCE: Audience.CHANNEL}
    assert staff[0].fills(ASK_FORM, line) == {}
    for person in staff:
        given = Given({"comment": "A comment"}, mood=4)
        answers.answer(town.parts.services, Who(town.parts.team_id, person.id), 1, given)
    town.forward(days=5)

    def traced():
        with town.db.reading() as tx:
            return [one.id for one in checkins.all_traced(tx)]

    assert traced() == [1]
    town.forward(days=6)
    town.parts.beat()
    assert traced() == []
    assert NO_COMMENTS not in team.transcript()
    town.forward(days=90)
    town.parts.beat()
    town.parts.beat()  # the first forgets, the second says so
    assert NO_COMMENTS in team.transcript()


def test_a_schedule_alone_wakes_a_beat(town):
    people = [town.person(name) for name in ("Ana", "Bo", "Cem")]
    team = town.channel("team", people)
    people[0].invites_bot(team)
    people[1].types("/checkin schedule", in_=team)
    people[1].chooses(SCHEDULE_KIND, Kind.CELEBRATE)
    assert people[1].fills(SCHEDULE_FORM, {labels.AGAIN_ZONE: "Europe/Berlin"}) == {}
    assert team.transcript() == ""
    town.move_to("Monday 10:01")
    assert f"*{name_of(Kind.CELEBRATE)}*" in team.transcript()


def test_silence_is_counted_when_the_time_of_an_introduction_is_over(town):
    """The next round is far away by then: the host has made the rhythm rarer meanwhile."""
    coffee, people = a_channel(town, 4)
    town.move_to("Monday 10:01")
    people[0].types("/coffee settings", in_=coffee)
    people[0].fills(SETTINGS, {labels.OFTEN: "monthly:1"})
    for days, unanswered in ((6, 0), (2, 1)):
        town.forward(days=days)
        with town.db.reading() as tx:
            assert stored.get(tx, Who(town.parts.team_id, people[1].id)).unanswered == unanswered
