"""A SQLite database's files: for the account that runs Kettle alone, and still those opened."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNERS_ONLY = 0o600
FOLDER = 0o700
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class FileGone(Exception):
    """The database's file is not at its place any more: what is written there will be lost."""


class Opened:
    """The file at a path as it is now: `require` says later whether it is still that one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._was = _identity(path)

    def require(self) -> None:
        """Raise FileGone when the file was deleted, or another one is in its place."""
        now = _identity(self._path)
        if now != self._was:
            what = "deleted" if now is None else "replaced"
            raise FileGone(
                f"the file {self._path} was {what} while it was open: nothing is saved before it "
                "is back, or Kettle is stopped, a backup put there, and Kettle started again"
            )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def keep_private(database: Path) -> None:
    """Make the folder (0700) and the file (0600) where they are missing, and close open ones.

    A folder that holds other things too is left as it is. SQLite gives the files beside the
    database the database's own mode. Raises OSError when the folder or the file cannot be made.
    """
    folder = database.parent
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    os.close(os.open(database, os.O_CREAT | os.O_RDONLY, OWNERS_ONLY))
    inside = list(folder.iterdir())
    own = [one for one in inside if one.name.startswith(database.name)]
    for file in own:
        _close(file, OWNERS_ONLY)
    if len(own) == len(inside):
        _close(folder, FOLDER)


def _close(path: Path, mode: int) -> None:
    # Of another account: what it may read is its decision. SQLite takes its own files away.
    with suppress(PermissionError, FileNotFoundError):
        if is_open(path):
            path.chmod(mode)


def is_open(path: Path) -> bool:
    """Whether other accounts of this machine may do anything with it."""
    return bool(path.stat().st_mode & OTHERS)
