"""What is written when it is new is written once, also when it is new to two at once."""

from datetime import UTC, datetime

import pytest
from sqlmodel import Session, SQLModel

from core.checkins import CheckInSettings, Kind
from core.prompts import Prompt
from core.values import Place, Who
from storage.channels import channels
from storage.checkins import answers
from storage.checkins import settings as checkin_settings
from storage.meetings import queue, starters
from storage.people import memberships, people
from storage.platform.database import Database
from tests.races.racing import just_before
from tests.storage.checkins.box import row as a_checkin

HERE, ANA = Place("T1", "C1"), Who("T1", "U1")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PROMPT = Prompt("own-1", "What is new?")
NUMBERED = "UPDATE workspaces"  # people get a number before they are written
WAYS = {
    "a workspace": ("workspaces", lambda tx: people.workspace(tx, "T1")),
    "a person": ("people", lambda tx: people.require(tx, ANA)),
    "people": ("people", lambda tx: people.refresh(tx, "T1", {"U1": {}, "U2": {}}, NOON)),
    "a channel": ("channels", lambda tx: channels.add(tx, HERE, "coffee", "U1")),
    "a member": ("memberships", lambda tx: memberships.change(tx, HERE, "U1", opted=True)),
    "members": ("memberships", lambda tx: memberships.reconcile(tx, HERE, ["U1", "U2"])),
    "a place in the queue": ("impromptu_queue", lambda tx: queue.join(tx, ANA, NOON, NOON)),
    "a starter": ("starters_seen", lambda tx: starters.mark_seen(tx, "T1", [("U1", "s1")])),
    "settings": (
        "checkin_settings",
        lambda tx: checkin_settings.decide(tx, HERE, CheckInSettings(pulse=True)),
    ),
    "a prompt": (
        "checkin_prompts",
        lambda tx: checkin_settings.save_prompt(tx, HERE, Kind.OPEN, PROMPT),
    ),
}


@pytest.fixture
def db(fresh_postgres: Database):
    """Postgres, with nothing in it but a workspace."""
    yield fresh_postgres
    fresh_postgres.close()


def rows(tx: Session, table: str) -> list[object]:
    return list(tx.connection().execute(SQLModel.metadata.tables[table].select()))


def whole(db: Database, way) -> None:
    with db.transaction() as tx:
        way(tx)


@pytest.mark.postgres
@pytest.mark.parametrize("what", WAYS)
def test_what_is_new_to_two_at_once_is_written_once(db: Database, what: str):
    table, way = WAYS[what]
    if table == "people":
        whole(db, lambda tx: people.workspace(tx, "T1"))
    before = NUMBERED if table == "people" else f"INSERT INTO {table}"
    with just_before(db, before, lambda: whole(db, way)):
        whole(db, way)
    with db.reading() as tx:
        written = rows(tx, table)
    assert len(written) == (2 if what in {"people", "members"} else 1)


@pytest.mark.postgres
def test_an_answer_that_is_sent_twice_at_once_is_one_and_counts_once(db: Database):
    def answer(words: str):
        with db.transaction() as tx:
            return answers.put(tx, of, "U1", {"answer": words})

    with db.transaction() as tx:
        of = a_checkin(tx)
    with just_before(db, "INSERT INTO checkin_answers", lambda: answer("First.")):
        assert answer("Second.") == {"answer": "First."}
    with db.reading() as tx:
        assert answers.everyone(tx, of) == {"U1": {"answer": "Second."}}
