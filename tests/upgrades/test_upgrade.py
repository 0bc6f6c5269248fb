"""A database of the version before, brought to the newest schema with its rows."""

from __future__ import annotations

from collections import defaultdict

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


def test_what_was_posted_with_buttons_ends_after_the_upgrade(old: Database):
    migrate.upgrade(old)
    ends = defaultdict(set)
    for row in rows.rows_of(old)["deliveries"]:
        if row["state"] == "sent" and row["method"] == "post" and row["kind"] != "checkin":
            live = is_live(row["payload"])
            ends[live].add((row["ends_at"] is not None, row["posted_ts"] is not None))
            if live and row["expires_at"]:
                assert row["ends_at"] == row["expires_at"]
    assert ends == {True: {(True, True)}, False: {(False, True)}}


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
