"""A SQLite database is for the account that runs Kettle, whatever the umask is."""

import os
import stat

import pytest

from storage.platform.database import Database, DatabaseUnreachable
from storage.platform.migrate import upgrade


@pytest.fixture(autouse=True)
def usual_umask():
    """As it is nearly everywhere: what is made can be read by everybody."""
    was = os.umask(0o022)
    yield
    os.umask(was)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def in_use(file):
    """The database at work, with the files that SQLite keeps beside it."""
    db = Database(f"sqlite:///{file}")
    upgrade(db)
    modes = {one.name: mode(one) for one in file.parent.iterdir() if one.name.startswith(file.name)}
    db.close()
    return modes


def test_a_new_database_and_its_folder_are_ours_alone(tmp_path):
    modes = in_use(tmp_path / "data" / "kettle.db")
    assert modes == {"kettle.db": 0o600, "kettle.db-shm": 0o600, "kettle.db-wal": 0o600}
    assert mode(tmp_path / "data") == 0o700


def test_files_of_a_version_that_left_them_open_are_closed(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for name in ("kettle.db", "kettle.db-wal"):
        (folder / name).touch(0o644)
    assert set(in_use(folder / "kettle.db").values()) == {0o600}
    assert mode(folder) == 0o700


def test_a_folder_with_other_things_in_it_stays_as_it_is(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "notes.txt").touch(0o644)
    in_use(folder / "kettle.db")
    assert (mode(folder), mode(folder / "notes.txt")) == (0o755, 0o644)


def test_a_folder_in_the_database_s_place_is_told(tmp_path):
    with pytest.raises(DatabaseUnreachable, match=f"The file {tmp_path} .* Is a directory"):
        Database(f"sqlite:///{tmp_path}")
