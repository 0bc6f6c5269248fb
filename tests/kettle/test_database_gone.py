"""The file of the database, gone or damaged under a running app; a heart that stops."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.trouble import TYPE_AGAIN, unsaved
from kettle import doctor
from kettle.app import CannotStart
from storage.platform import rows
from storage.platform.files import FileGone
from tests.gathering import a_channel
from tests.kettle.test_cli import settings_of
from tests.kettle.test_database_away import COMES, GOES, beats, told
from tests.words.reading import stands


def delete(file: Path) -> None:
    file.rename(file.with_name("moved.db"))


def replace(file: Path) -> None:
    delete(file)
    shutil.copy(file.with_name("moved.db"), file)


def put_back(file: Path) -> None:
    file.with_name("moved.db").replace(file)


@pytest.fixture
def file(town) -> Path:
    return Path(town.db.url.database)


@pytest.fixture
def coffee(town):
    """A channel; whatever is due is done by the jobs alone."""
    channel, people = a_channel(town, 4)
    town.sim.settle = town.parts.executor.wait_idle
    return channel, people


@pytest.mark.parametrize("lose", [delete, replace])
def test_what_would_be_lost_is_not_told_as_saved(town, coffee, file, lose):
    channel, (ana, *_) = coffee
    lose(file)
    said = ana.types("/coffee leave", in_=channel)
    assert unsaved(TYPE_AGAIN, stored=False) in said
    put_back(file)
    assert stands(town, ana, channel).opted


@pytest.mark.parametrize("lose", [delete, replace])
def test_the_heart_says_once_that_the_file_is_gone_and_once_that_it_is_back(
    town, coffee, file, lose, caplog
):
    beats(town)
    caplog.clear()
    lose(file)
    beats(town)
    assert told(caplog) == [GOES]
    assert str(file) in caplog.text
    put_back(file)
    beats(town)
    assert told(caplog) == [GOES, COMES]


def test_no_new_file_is_made_in_its_place(town, coffee, file):
    town.db.close()
    delete(file)
    with pytest.raises(FileGone):
        town.db.check()
    assert not file.exists()


def test_a_database_that_takes_no_writes_is_told_once_by_the_next_beat(town, caplog):
    beats(town)
    caplog.clear()
    with town.db.engine.connect() as kept:
        kept.exec_driver_sql("PRAGMA query_only=ON")
        kept.close()
        town.forward(minutes=2)
    beats(town)
    assert told(caplog) == [GOES]


def beaten(town, ago: timedelta) -> None:
    with town.db.transaction() as tx:
        rows.beat(tx, datetime.now(UTC) - ago)


def heart(kettle, town) -> str:
    said = kettle("doctor", **settings_of(town)).stdout
    return next(line for line in said.splitlines() if line.startswith("Heart"))


def test_doctor_says_whether_the_heart_beats(kettle, town):
    assert "not beaten" in heart(kettle, town)
    beaten(town, timedelta(seconds=90))
    assert heart(kettle, town) == "Heart: fine, it beats."
    beaten(town, timedelta(hours=3))
    assert "no beat since" in heart(kettle, town)


def test_a_heart_notes_its_beats_once_a_minute(town):
    def noted() -> datetime | None:
        with town.db.reading() as tx:
            return rows.last_beat(tx)

    beats(town, 2)
    assert noted() == town.clock.now()


def test_doctor_names_a_database_that_is_damaged(kettle, town, file):
    town.db.close()
    with file.open("r+b") as raw:
        raw.seek(4096 * 8)
        raw.write(b"\xff" * 4096 * 4)
    result = kettle("doctor", **settings_of(town))
    assert result.exit_code == 1
    assert "is damaged" in result.stderr


def test_doctor_names_a_database_that_takes_no_writes_and_writes_nothing_itself(town):
    assert "fine" in doctor.database(town.parts)
    with town.db.engine.connect() as kept:
        kept.exec_driver_sql("PRAGMA query_only=ON")
    with pytest.raises(CannotStart, match="takes no writes"):
        doctor.database(town.parts)


def test_doctor_finds_either_database_fine(any_town):
    assert "fine" in doctor.database(any_town.parts)
