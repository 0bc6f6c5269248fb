"""What all commands share: where they print, what they read, how they refuse."""

from __future__ import annotations

import errno
import signal
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

import typer
from rich.console import Console

from bot import trouble as trouble_words
from bot.platform import log
from bot.platform import settings as bot_settings
from bot.platform.errors import ForThePerson
from bot.platform.settings import Settings, SettingsError
from bot.platform.slack import SlackTrouble
from kettle import app as front
from storage.platform.database import Database, DatabaseUnreachable

P = ParamSpec("P")
R = TypeVar("R")
out = Console(highlight=False, soft_wrap=True)
err = Console(highlight=False, soft_wrap=True, stderr=True)


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Turn the errors an operator can mend into one clear line and exit code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (SettingsError, DatabaseUnreachable, front.CannotStart) as error:
            err.print(str(error), style="red", markup=False)
        except ForThePerson as error:
            err.print(trouble_words.sentence(error), style="red", markup=False)
        except SlackTrouble as error:
            err.print(f"Slack did not do that: {error!r}", style="red", markup=False)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            err.print("That port is taken: try another, or 0 for any free one.", style="red")
        raise typer.Exit(1)

    return run


def settings() -> Settings:
    """The settings of this folder, and the log set up by them. Raises SettingsError."""
    found = bot_settings.read(Path(".env"))
    log.configure(found.kettle_log_level)
    return found


def place(db: Database) -> str:
    """The database's address, without its password."""
    return db.url.render_as_string(hide_password=True)


def listen_for_signals() -> SimpleQueue[int]:
    """What SIGINT and SIGTERM are put into from now on; called before the process says it is there.

    A queue made for this: a handler runs in the middle of whatever its thread was doing, so a lock
    that is not reentrant, as an Event has, may be held by the very `wait` that it interrupts.
    """
    asked: SimpleQueue[int] = SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: asked.put(number))
    return asked
