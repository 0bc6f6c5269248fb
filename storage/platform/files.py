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
    own = [one for one in folder.iterdir() if one.name.startswith(database.name)]
    with suppress(PermissionError):  # of another account: what it may read is its decision
        for file in own:
            if is_open(file):
                file.chmod(OWNERS_ONLY)
        if is_open(folder) and len(own) == len(list(folder.iterdir())):
            folder.chmod(FOLDER)


def is_open(path: Path) -> bool:
    """Whether other accounts of this machine may do anything with it."""
    return bool(path.stat().st_mode & OTHERS)
