"""Answers without a name: counted once, and a file from which nobody can be linked to anything."""

import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Event

import pytest

from core.checkins import Audience, Contract, Draft, Kind, Question
from core.values import Place
from storage.checkins import checkins, pulses, sealing
from storage.platform.database import Database
from storage.platform.deadline import Deadline
from storage.platform.migrate import upgrade
from tests.linking import links_in, without_counters

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE = [f"U{number:03d}PULSE" for number in range(30)]
MOOD = {user_id: number * 7 % 5 + 1 for number, user_id in enumerate(PEOPLE)}
SLIP = 1024


class Fixed(Random):
    """Picks the slip it was told to: the same answers on the same slips, in any order."""

    def __init__(self, slip: int) -> None:
        super().__init__(0)
        self.slip = slip

    def randrange(self, *_: object) -> int:
        return self.slip


def opened(db, people=PEOPLE):
    contract = Contract(Kind.PULSE, False, Audience.CHANNEL, 5)
    with db.transaction() as tx:
        questions, closes_at = (Question("How is it?"),), NOW + timedelta(days=1)
        draft = Draft("U999", "I go first", questions, contract, NOW, closes_at)
        made = checkins.plan(tx, Place("T1", "C1"), draft)
        pulses.invite(tx, made.id, people, SLIP)
        assert checkins.open_it(tx, made.id, len(people), [], None)
    return made.id


def write(tx, checkin_id, user_id, chance):
    assert checkins.count_answer(tx, checkin_id, NOW)
    assert pulses.tick(tx, checkin_id, user_id)
    pulses.count_mood(tx, checkin_id, MOOD[user_id])
    pulses.put_slip(tx, checkin_id, f"words of {user_id[-7:][:2]}", SLIP, chance)


def file_after(path: Path, order, sealed=True):
    db = Database(f"sqlite:///{path}")
    upgrade(db)
    checkin_id = opened(db)
    sealing.seal(db)
    for user_id in order:
        chance = Fixed(PEOPLE.index(user_id) * 11 % len(PEOPLE))
        if sealed:
            with sealing.answering(db) as tx:
                write(tx, checkin_id, user_id, chance)
        else:
            with db.transaction() as tx:
                write(tx, checkin_id, user_id, chance)
    return db


def test_the_attacker_links_everyone_where_the_log_is_left_as_it_is(tmp_path):
    """The control: the attack works, so that its failure below means something."""
    db = file_after(tmp_path / "naive.db", PEOPLE, sealed=False)
    links = links_in(tmp_path / "naive.db")
    db.close()
    assert {user_id: moods for user_id, (moods, _) in links.items()} == {
        user_id: [mood] for user_id, mood in MOOD.items()
    }


def test_the_attacker_links_nobody_after_thirty_answers(tmp_path):
    db = file_after(tmp_path / "kettle.db", PEOPLE)
    log = tmp_path / "kettle.db-wal"
    assert log.stat().st_size == 0
    assert links_in(tmp_path / "kettle.db") == {}
    with db.reading() as tx:
        assert pulses.counters(tx, 1).as_tuple() == (6, 6, 6, 6, 6)
        assert len(pulses.slips(tx, 1)) == len(pulses.answered(tx, 1)) == 30
    db.close()


def test_the_file_is_the_same_bytes_in_whatever_order_people_answered(tmp_path, migrated_file):
    files = []
    for number, order in enumerate((PEOPLE, PEOPLE[::-1], Random(4).sample(PEOPLE, len(PEOPLE)))):
        # The same file to begin with: two migrations lay their pages out in two ways.
        path = shutil.copy(migrated_file, tmp_path / f"{number}.db")
        file_after(path, order).close()
        files.append(without_counters(path.read_bytes()))
    assert files[0] == files[1] == files[2]


def test_no_table_or_index_holds_a_person_beside_a_mood_or_a_time(tmp_path):
    db = file_after(tmp_path / "kettle.db", PEOPLE)
    db.close()
    connection = sqlite3.connect(tmp_path / "kettle.db")
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
    holding = {}
    for table in tables:
        if table.startswith(("sqlite_", "ix_", "uq_")):
            continue
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            if any(value in MOOD for value in row):
                holding.setdefault(table, set()).add(tuple(v for v in row if v not in MOOD))
    # the workspace, the check-in, and "has answered"
    assert holding == {"checkin_people": {("T1", 1, 1)}}
    indexes = "SELECT tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    own = {"checkin_people", "checkin_slips", "pulse_counters"}
    assert own.isdisjoint(row[0] for row in connection.execute(indexes))
    for table in ("checkin_people", "checkin_slips"):
        with pytest.raises(sqlite3.OperationalError, match="rowid"):
            connection.execute(f"SELECT rowid FROM {table}")
    connection.close()


def test_what_is_discarded_is_gone_from_the_file(tmp_path):
    db = file_after(tmp_path / "kettle.db", PEOPLE)
    with sealing.answering(db) as tx:
        pulses.discard(tx, 1, receipts=True)
    db.close()
    left = (tmp_path / "kettle.db").read_bytes()
    assert b"words of" not in left
    assert not any(user_id.encode() in left for user_id in PEOPLE)


def test_a_log_that_a_reader_holds_is_emptied_when_the_reader_is_gone(tmp_path):
    path = tmp_path / "kettle.db"
    db = file_after(path, PEOPLE[:5])
    with db.reading() as reader:
        assert len(pulses.answered(reader, 1)) == 5
        for user_id in PEOPLE[7:9]:
            with sealing.answering(db) as tx:
                write(tx, 1, user_id, Random(1))
        assert links_in(path)  # for as long as somebody reads, and no longer
    assert sealing.seal(db)
    assert links_in(path) == {}
    db.close()


def test_what_a_process_left_behind_is_sealed_by_the_next_one(tmp_path):
    path = tmp_path / "kettle.db"
    dead = file_after(path, PEOPLE[:3], sealed=False)
    assert links_in(path)
    alive = Database(f"sqlite:///{path}")
    assert sealing.seal(alive)
    assert links_in(path) == {}
    dead.close()
    alive.close()


def test_everybody_counts_once_however_often_and_fast_they_press(any_db):
    people = PEOPLE[:10]
    checkin_id = opened(any_db, people)

    def press(user_id):
        with sealing.answering(any_db) as tx:
            if pulses.tick(tx, checkin_id, user_id):
                assert checkins.count_answer(tx, checkin_id, NOW)
                pulses.count_mood(tx, checkin_id, 2)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(press, people * 3))
    with any_db.reading() as tx:
        assert pulses.counters(tx, checkin_id).as_tuple() == (0, 10, 0, 0, 0)
        assert pulses.answered(tx, checkin_id) == frozenset(people)
        assert checkins.get(tx, "T1", checkin_id).answers == 10
    sealing.sweep(any_db)


def test_a_full_box_still_takes_the_last_slip(db):
    checkin_id = opened(db, PEOPLE[:4])
    with db.transaction() as tx:
        for number in range(4):
            pulses.put_slip(tx, checkin_id, f"slip {number}", SLIP, Fixed(0))
        assert pulses.slips(tx, checkin_id) == ("slip 0", "slip 1", "slip 2", "slip 3")


def test_words_that_do_not_fit_are_refused(db):
    checkin_id = opened(db, PEOPLE[:4])
    with db.transaction() as tx, pytest.raises(pulses.SlipTooLong):
        pulses.put_slip(tx, checkin_id, "é" * SLIP, SLIP, Random(1))


def test_a_late_joiner_gets_a_receipt_and_a_slip_once(db):
    checkin_id = opened(db, PEOPLE[:4])
    with db.transaction() as tx:
        assert pulses.has_answered(tx, checkin_id, "ULATE") is None
        assert pulses.invite_late(tx, checkin_id, "ULATE", SLIP)
        assert not pulses.invite_late(tx, checkin_id, "ULATE", SLIP)
        assert pulses.has_answered(tx, checkin_id, "ULATE") is False
        assert not pulses.tick(tx, checkin_id, "UNOBODY")


def test_who_is_written_by_somebody_else_knows_that_it_is_stored(any_db):
    deadlines = [Deadline(60), Deadline(60)]
    waiting = sealing._turns(any_db).waiting
    with ThreadPoolExecutor(2) as threads, sealing.answering(any_db):
        for deadline in deadlines:
            threads.submit(sealing.record, any_db.within(deadline), lambda tx: lambda: None)
        for _ in range(4_000):  # bounded
            if len(waiting) == len(deadlines):
                break
            Event().wait(0.005)
    assert [deadline.stored for deadline in deadlines] == [1, 1]
