"""Logs for operators: an action word and fields, never the body of a message."""

from __future__ import annotations

import logging

from storage.platform.presence import is_away

LIBRARIES = "kettle.slack"  # the logger that Bolt and the SDK are given
# Bolt finds SLACK_BOT_TOKEN in the environment by itself, and warns that it has a client already:
# the one that Kettle made with that very token.
logging.getLogger(LIBRARIES).addFilter(
    lambda record: "`token` will be unused" not in str(record.msg)
)


def get(name: str) -> logging.Logger:
    """The logger of this module; it has no tracebacks of a database that is away."""
    log = logging.getLogger(f"kettle.{name}")
    log.addFilter(_is_news)
    return log


def _is_news(record: logging.LogRecord) -> bool:
    # The database tells by itself, once when it goes and once when it is back.
    return not (record.exc_info and is_away(record.exc_info[1]))


def configure(level: str) -> None:
    """One line an event, on standard error; called once by the front gate."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("kettle").setLevel(level)
    # Bolt and the SDK write whole payloads at DEBUG: what people typed, pressed and chose.
    logging.getLogger(LIBRARIES).setLevel(logging.WARNING)
    # What they say of a beat that comes while one still runs, and of a connection that broke, is
    # said for each; a database that is away is told once.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    logging.getLogger("sqlalchemy.pool").setLevel(logging.CRITICAL)
