"""Whose a SQLite database is: its files are for the account that runs Kettle, and nobody else."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

OWNERS_ONLY = 0o600
FOLDER = 0o700
OTHERS = stat.S_IRWXG | stat.S_IRWXO


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
