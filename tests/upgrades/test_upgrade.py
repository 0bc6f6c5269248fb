"""A database of the version before, brought to the newest schema with its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, text

import storage.tables  # noqa: F401  so that the metadata knows every table
from bot.views.blocks import is_live
from storage.platform import migrate
from storage.platform.database import Database
from storage.platform.indexes import of_dialect
from tests.upgrades import rows


def test_the_version_before_has_rows_in_every_table(old: Database, before):
    assert migrate.revision(old) == before.revision
    held = rows.rows_of(old)
    assert all(held.values())
    assert held.keys() == before.rows.keys()


def test_every_row_of_the_version_before_survives_the_upgrade(old: Database):
    were = rows.rows_of(old)
    migrate.upgrade(old)
    for delivery in were["deliveries"]:
        del delivery["uncertain"]  # counted now: the test below
    assert rows.like(rows.rows_of(old), were) == were


def test_what_was_in_doubt_once_is_counted_as_one_doubt(old: Database):
    before = {row["id"]: row["uncertain"] for row in rows.rows_of(old)["deliveries"]}
    some = next(iter(before))
    with old.engine.begin() as connection:
        connection.execute(
            text("UPDATE deliveries SET uncertain = :yes WHERE id = :id"), {"yes": True, "id": some}
        )
    migrate.upgrade(old)
    now = {row["id"]: row["doubts"] for row in rows.rows_of(old)["deliveries"]}
    assert now == {id_: int(was or id_ == some) for id_, was in before.items()}


def test_nobody_has_muted_anything_by_the_upgrade(old: Database):
    people = len(rows.rows_of(old)["people"])
    migrate.upgrade(old)
    assert [bool(row["muted"]) for row in rows.rows_of(old)["people"]] == [False] * people


def test_whoever_agreed_to_be_asked_is_asked_twice_a_week_after_the_upgrade(old: Database):
    were = rows.rows_of(old)["people"]
    assert any(row["open_to_ask"] for row in were)
    migrate.upgrade(old)
    assert [row["requests"] for row in rows.rows_of(old)["people"]] == [2] * len(were)


def test_how_often_somebody_is_asked_is_unknown_to_the_revision_before(upgraded: Database):
    were = rows.rows_of(upgraded)["people"]
    rows.downgrade(upgraded, "0017")
    before = [{name: row[name] for name in row if name != "requests"} for row in were]
    assert rows.rows_of(upgraded)["people"] == before
    migrate.upgrade(upgraded)
    assert rows.rows_of(upgraded)["people"] == were


OPEN_FOR = timedelta(days=14)
SILENCES = {"kind": "silences"}


def test_what_was_posted_with_buttons_ends_after_the_upgrade_and_nothing_else(old: Database):
    migrate.upgrade(old)
    found = defaultdict(set)
    for row in rows.rows_of(old)["deliveries"]:
        stands = row["state"] == "sent" and row["method"] == "post" and row["kind"] != "checkin"
        live = stands and is_live(row["payload"])
        wanted = (row["expires_at"] or row["sent_at"] + OPEN_FOR) if live else None
        assert row["ends_at"] == wanted
        found[live].add(row["kind"])
    assert len(found[True]) > 8


@pytest.mark.parametrize("gone", [{"posted_ts": None}, {"posted_ts": ""}, {"sent_at": None}])
def test_what_stands_nobody_knows_where_or_since_when_has_no_end(old: Database, before, gone):
    asked = next(row for row in before.rows["deliveries"] if SILENCES.items() <= row.items())
    rows.add_like(old, before, "deliveries", {"id": asked["id"]}, id="x", dedupe_key="x", **gone)
    migrate.upgrade(old)
    (row,) = [row for row in rows.rows_of(old)["deliveries"] if row["id"] == "x"]
    assert is_live(row["payload"])
    assert row["ends_at"] is None


def test_a_menu_beside_a_line_ends_too(old: Database, before):
    asked = next(row for row in before.rows["deliveries"] if SILENCES.items() <= row.items())
    beside = {"type": "section", "accessory": {"type": "button", "action_id": "a"}}
    shown = {"id": "x", "dedupe_key": "x", "payload": {"text": "?", "blocks": [beside]}}
    rows.add_like(old, before, "deliveries", {"id": asked["id"]}, **shown)
    migrate.upgrade(old)
    (row,) = [row for row in rows.rows_of(old)["deliveries"] if row["id"] == "x"]
    assert row["ends_at"] == row["sent_at"] + OPEN_FOR


def test_what_only_draws_endings_is_unknown_to_the_revision_before_them(upgraded: Database):
    were = rows.rows_of(upgraded)["deliveries"]
    drawn = {row["id"]: kind for row, kind in zip(were, ("ended", "said"), strict=False)}
    with upgraded.engine.begin() as connection:
        for own, kind in drawn.items():
            values = {"id": own, "kind": kind}
            connection.execute(text("UPDATE deliveries SET kind = :kind WHERE id = :id"), values)
    rows.downgrade(upgraded, "0015")
    left = rows.rows_of(upgraded)["deliveries"]
    assert {row["id"] for row in left} == {row["id"] for row in were} - drawn.keys()
    for kind in drawn.values():
        with pytest.raises(IntegrityError), upgraded.engine.begin() as connection:
            connection.execute(text("UPDATE deliveries SET kind = :kind"), {"kind": kind})
    migrate.upgrade(upgraded)
    assert migrate.revision(upgraded) == migrate.newest()


def test_who_was_in_a_channel_before_the_upgrade_is_not_new_there(old: Database):
    migrate.upgrade(old)
    now = rows.rows_of(old)
    assert not any(row["untold"] for row in now["memberships"])
    assert all(row["listed"] for row in now["channels"])


def test_an_upgraded_database_is_built_like_a_new_one(upgraded: Database):
    assert migrate.revision(upgraded) == migrate.newest()
    with upgraded.engine.connect() as connection:
        included = of_dialect(connection.dialect.name)
        options = {"compare_type": True, "include_object": included}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
        if upgraded.is_sqlite:  # it checks what is written, not what was there
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


LISTED = [  # columns that hold words of a closed list
    (table.name, str(check.name).removeprefix(f"ck_{table.name}_"))
    for table in SQLModel.metadata.sorted_tables
    for check in table.constraints
    if isinstance(check, CheckConstraint)
]


def test_old_rows_take_no_word_that_is_on_no_list(upgraded: Database):
    assert len(LISTED) > 10
    with upgraded.engine.connect() as connection:
        for table, column in LISTED:
            query = text(f"UPDATE {table} SET {column} = 'perhaps'")
            with pytest.raises(IntegrityError), connection.begin_nested():
                connection.execute(query)
