"""A beat: what it costs when nothing is due, however much there is."""

from sqlalchemy import event

from bot import tick
from tests.gathering import a_channel, opened


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
    coffee, people = a_channel(town, 4)
    opened(town, people, "lunch")
    for answered in (True, False):
        people[0].types("/checkin open", in_=coffee)
        assert people[0].fills("Check-in", {"Your own line": "I am fine."}) == {}
        town.forward(seconds=5)
        if answered:
            people[1].presses("Answer", in_=coffee)
            people[1].fills("What is on your mind", {"Your answer": "So am I."})
        town.forward(days=8)  # rounds held, receipts told, check-ins closed
    assert len(statements(town.db, lambda: tick.run_due(town.parts.services))) == 1
