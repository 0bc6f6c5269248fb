"""Transactions keep their word on both databases."""

from datetime import UTC, datetime

import pytest

from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Place, Who
from storage.moments import moments
from storage.outbox import deliveries
from storage.people import people
from storage.platform.database import Database, DatabaseUnreachable
from storage.rounds import rounds
from storage.rounds.rounds import NewRound

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def claim(db: Database, due_at: datetime = NOW) -> int | None:
    with db.transaction() as tx:
        return rounds.open_round(tx, Place("T1", "C1"), NewRound(1, due_at, NOW, NOW, seed=7))


def test_a_round_is_held_once_for_each_due_time(any_db: Database) -> None:
    assert claim(any_db) is not None
    assert claim(any_db) is None


def test_a_round_that_was_rolled_back_can_be_held_again(any_db: Database) -> None:
    """A savepoint must not outlive its transaction (it does with Python's own SQLite BEGIN)."""
    with pytest.raises(RuntimeError), any_db.transaction() as tx:  # noqa: PT012  both must run
        assert (
            rounds.open_round(tx, Place("T1", "C1"), NewRound(1, NOW, NOW, NOW, seed=7)) is not None
        )
        raise RuntimeError("the power went out")
    assert claim(any_db) is not None


def test_one_message_is_claimed_by_one_worker_only(any_db: Database) -> None:
    with any_db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                "T1", Key("hello"), DeliveryKind.GREETING, {"text": "Hello"}, NOW, users=("U1",)
            ),
        )
    with any_db.reading() as tx:
        first = deliveries.due(tx, NOW, 10)[0]
        second = deliveries.due(tx, NOW, 10)[0]
    with any_db.transaction() as tx:
        assert deliveries.claim(tx, first, NOW)
    with any_db.transaction() as tx:
        assert not deliveries.claim(tx, second, NOW)


def test_a_lease_that_ran_out_frees_the_message(any_db: Database) -> None:
    with any_db.transaction() as tx:
        deliveries.put(
            tx,
            Outgoing(
                "T1", Key("hello"), DeliveryKind.GREETING, {"text": "Hello"}, NOW, users=("U1",)
            ),
        )
        deliveries.claim(tx, deliveries.due(tx, NOW, 10)[0], NOW)
    with any_db.reading() as tx:
        assert deliveries.due(tx, NOW, 10) == []
        assert moments(tx).delivery == NOW + deliveries.LEASE
        assert len(deliveries.due(tx, NOW + deliveries.LEASE, 10)) == 1


def test_the_same_key_is_laid_in_the_outbox_once(any_db: Database) -> None:
    with any_db.transaction() as tx:
        assert deliveries.put(
            tx, Outgoing("T1", Key("k"), DeliveryKind.GREETING, {"text": "a"}, NOW, users=("U1",))
        )
        assert (
            deliveries.put(
                tx,
                Outgoing("T1", Key("k"), DeliveryKind.GREETING, {"text": "b"}, NOW, users=("U1",)),
            )
            is None
        )
        assert deliveries.put(
            tx, Outgoing("T2", Key("k"), DeliveryKind.GREETING, {"text": "c"}, NOW, users=("U1",))
        )


def test_people_get_different_numbers_in_each_workspace(any_db: Database) -> None:
    with any_db.transaction() as tx:
        numbers = [people.require(tx, Who("T1", user)).number for user in ("U1", "U2", "U3", "U1")]
        other = people.require(tx, Who("T2", "U1")).number
    assert numbers == [0, 1, 2, 0]
    assert other == 0


def test_wishes_not_to_meet_work_both_ways_and_only_inside_the_group(any_db: Database) -> None:
    with any_db.transaction() as tx:
        people.set_not_with(tx, Who("T1", "U1"), ["U2", "U9", "U1"])
        assert people.blocks(tx, "T1", ["U1", "U2", "U3"]) == {("U1", "U2")}
        assert people.not_with(tx, Who("T1", "U1")) == ["U2", "U9"]
        assert people.not_with(tx, Who("T1", "U2")) == []


def test_reading_sees_a_consistent_state_and_keeps_nothing(any_db: Database) -> None:
    with any_db.reading() as tx:
        people.require(tx, Who("T1", "U1"))
    with any_db.reading() as tx:
        assert people.get(tx, Who("T1", "U1")) is None


def test_an_address_that_is_none_is_told_in_one_sentence() -> None:
    with pytest.raises(DatabaseUnreachable, match="not a database address"):
        Database("coffee")


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    db = Database("postgresql://kettle:hunter2@127.0.0.1:1/kettle")
    with pytest.raises(DatabaseUnreachable) as told:
        db.check()
    assert "does not answer" in str(told.value)
    assert "hunter2" not in str(told.value)
