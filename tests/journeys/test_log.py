"""What operators can read in the log, at the level that says most: ids and actions, no words."""

import logging

import pytest
from sqlalchemy.exc import IntegrityError

from bot.checkins.ids import ANSWER, ANSWER_FORM, ASK_FORM
from bot.platform import log
from storage.people.rows import PersonRow
from tests.gathering import a_channel
from tests.handlers.checkins.asking import turns_the_pulse_on
from tests.words import labels

WORDS = ("elderberry", "quince", "medlar", "rowan", "sloe")


@pytest.fixture
def logged(caplog):
    """All that is logged, as whoever runs Kettle with KETTLE_LOG_LEVEL=DEBUG would see it."""
    was = {name: logging.getLogger(name).level for name in ("kettle", log.LIBRARIES)}
    log.configure("DEBUG")
    yield caplog
    for name, level in was.items():
        logging.getLogger(name).setLevel(level)


def test_no_level_logs_what_people_write_or_choose(town, logged):
    channel, (ana, bo, cem, *_) = a_channel(town, 6)
    ana.types(f"/coffee avoid <@{cem.id}>")
    ana.types("/coffee now elderberry")
    ana.types("/checkin open", in_=channel)
    assert ana.fills(ASK_FORM, {labels.LINE: "I like quince."}) == {}
    town.forward(seconds=5)
    bo.presses(ANSWER, in_=channel)
    bo.fills(ANSWER_FORM, {labels.ANSWER: "medlar"})
    turns_the_pulse_on(ana, channel)
    ana.types("/checkin pulse", in_=channel)
    assert ana.fills(ASK_FORM, {labels.LINE: "I go first: rowan."}) == {}
    town.forward(seconds=5)
    bo.presses(ANSWER, in_=channel)
    assert bo.fills(ANSWER_FORM, {labels.MOOD: "2", labels.COMMENT: "sloe"}) == {}
    bo.types("/coffee hand medlar")
    town.move_to("Monday 10:05")
    said = [record.getMessage() for record in logged.records] + [logged.text]
    assert any("sent kind=introduction" in line for line in said)  # it does log
    for word in (*WORDS, cem.id, "avoid", "payload"):
        assert not any(word in line for line in said), word


def twice(tx):
    for _ in range(2):
        tx.add(PersonRow(team_id="T1", user_id="U1", number=1, status_text="rowan"))
        tx.flush()
        tx.expunge_all()


def test_a_statement_that_fails_is_logged_without_its_values(any_db):
    with any_db.transaction() as tx, pytest.raises(IntegrityError) as caught:
        twice(tx)
    assert "people" in str(caught.value)
    assert "rowan" not in str(caught.value)
