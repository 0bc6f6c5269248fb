"""What may be there once is written once, and nothing else that goes wrong is taken for that."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from core.values import Place
from storage.meetings.rows import MeetingPersonRow
from storage.people.rows import PersonRow
from storage.platform.claims import claim, found_or_new
from storage.platform.database import Database
from storage.rounds import rounds
from storage.rounds.rounds import NewRound

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def person(user_id: str, number: int) -> PersonRow:
    return PersonRow(team_id="T1", user_id=user_id, number=number)


def test_the_second_one_hears_so_and_the_rest_of_its_transaction_stands(any_db: Database) -> None:
    with any_db.transaction() as tx:
        assert claim(tx, person("U1", 1))
    with any_db.transaction() as tx:
        assert claim(tx, person("U2", 2))
        assert not claim(tx, person("U1", 3))  # the same key
        assert not claim(tx, person("U3", 1))  # the same number
    with any_db.reading() as tx:
        assert [tx.get(PersonRow, ("T1", f"U{n}")) is not None for n in (1, 2, 3)] == [1, 1, 0]


def test_a_row_that_refers_to_nothing_is_an_error_and_no_second_one(any_db: Database) -> None:
    stray = MeetingPersonRow(meeting_id=7, team_id="T1", user_id="U1")
    with pytest.raises(IntegrityError), any_db.transaction() as tx:
        claim(tx, stray)


def test_what_is_there_is_found_and_what_is_not_is_written(any_db: Database) -> None:
    with any_db.transaction() as tx:
        assert found_or_new(tx, person("U1", 1)).number == 1
    with any_db.transaction() as tx:
        assert found_or_new(tx, person("U1", 2)).number == 1


def test_a_channel_has_one_round_of_a_number(any_db: Database) -> None:
    with any_db.transaction() as tx:
        for channel, number, hour, made in (
            ("C1", 1, 1, True),
            ("C1", 1, 2, False),
            ("C1", 2, 2, True),
            ("C2", 1, 2, True),
        ):
            new = NewRound(number, NOON.replace(hour=hour), NOON, NOON, seed=1)
            opened = rounds.open_round(tx, Place("T1", channel), new)
            assert (opened is not None) == made
