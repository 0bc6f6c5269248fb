"""For somebody who waits: stored in time, or not at all, or said to be in doubt."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError

from core.values import Place
from storage.channels import channels
from storage.platform.database import Database
from storage.platform.deadline import Deadline, InDoubt, Unsaved
from tests.races.racing import listening

PLACE = Place("T1", "C1")


def opens(db: Database, then: Callable[[], object] = lambda: None) -> None:
    with db.transaction() as tx:
        channels.add(tx, PLACE, "coffee", None)
        then()


def is_there(db: Database) -> bool:
    with db.reading() as tx:
        return channels.get(tx, PLACE) is not None


def breaks(before: Callable[[object], object] = lambda connection: None) -> Callable[..., None]:
    """The line breaks while it commits."""

    def commit(connection: object) -> None:
        before(connection)
        raise OperationalError("COMMIT", {}, Exception("the line broke"))

    return commit


def finish(connection: object) -> None:
    connection.connection.commit()  # type: ignore[attr-defined]


def test_what_comes_in_time_is_stored_and_counted(any_db: Database) -> None:
    deadline = Deadline(60)
    opens(any_db.within(deadline))
    assert is_there(any_db)
    assert deadline.stored == 1


def test_what_comes_too_late_is_never_stored(any_db: Database) -> None:
    time = [0.0]
    deadline = Deadline(2, lambda: time[0])
    with pytest.raises(Unsaved):
        opens(any_db.within(deadline), lambda: time.append(time.pop() + 2))
    with pytest.raises(Unsaved):
        opens(any_db.within(deadline))
    assert not is_there(any_db)
    assert deadline.stored == 0


def test_once_somebody_has_an_answer_nothing_is_too_late(any_db: Database) -> None:
    deadline = Deadline(0)
    deadline.lift()
    opens(any_db.within(deadline))
    assert is_there(any_db)


def test_another_writer_is_waited_for_no_longer_than_there_is_time(any_db: Database) -> None:
    opens(any_db)
    with any_db.transaction() as other:
        channels.hold(other, PLACE)
        with pytest.raises(Unsaved), any_db.within(Deadline(0.2)).transaction() as tx:
            channels.hold(tx, PLACE)
    with any_db.transaction() as tx:
        assert channels.hold(tx, PLACE) is not None


@pytest.mark.parametrize("error", [ValueError, Unsaved])
def test_an_error_inside_undoes_it(any_db: Database, error: type[Exception]) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(error):
        opens(any_db.within(Deadline(60)), fails)
    assert not is_there(any_db)


def test_a_commit_that_broke_before_it_was_done_is_not_stored(any_db: Database) -> None:
    deadline = Deadline(60)
    with listening(any_db, commit=breaks()), pytest.raises((Unsaved, InDoubt)):
        opens(any_db.within(deadline))
    assert not is_there(any_db)
    assert deadline.stored == 0


@pytest.mark.postgres
def test_a_commit_whose_answer_was_lost_is_looked_up(fresh_postgres: Database) -> None:
    deadline = Deadline(60)
    with listening(fresh_postgres, commit=breaks(finish)):
        opens(fresh_postgres.within(deadline))
    assert is_there(fresh_postgres)
    assert deadline.stored == 1


@pytest.mark.postgres
def test_nobody_is_told_either_where_it_cannot_be_looked_up(fresh_postgres: Database) -> None:
    gone: list[object] = []

    def begin(_connection: object) -> None:
        if gone:
            raise OperationalError("SELECT", {}, Exception("nobody there"))

    deadline = Deadline(60)
    with listening(fresh_postgres, commit=breaks(gone.append), begin=begin), pytest.raises(InDoubt):
        opens(fresh_postgres.within(deadline))
    assert deadline.stored == 0


def test_a_database_that_is_away_is_told_to_a_reader_who_waits(any_db: Database) -> None:
    def silent(_connection: object) -> None:
        raise OperationalError("SELECT", {}, Exception("nobody there"))

    with (
        listening(any_db, begin=silent),
        pytest.raises(Unsaved),
        any_db.within(Deadline(60)).reading() as tx,
    ):
        channels.get(tx, PLACE)
