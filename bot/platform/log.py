"""Logs for operators: an action word and fields, never the body of a message."""

from __future__ import annotations

import logging

LIBRARIES = "kettle.slack"  # the logger that Bolt and the SDK are given
# Bolt finds SLACK_BOT_TOKEN in the environment by itself, and warns that it has a client already:
# the one that Kettle made with that very token.
logging.getLogger(LIBRARIES).addFilter(
    lambda record: "`token` will be unused" not in str(record.msg)
)


def get(name: str) -> logging.Logger:
    """The logger of this module."""
    return logging.getLogger(f"kettle.{name}")


def configure(level: str) -> None:
    """One line an event, on standard error; called once by the front gate."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("kettle").setLevel(level)
    # Bolt and the SDK write whole payloads at DEBUG: what people typed, pressed and chose.
    logging.getLogger(LIBRARIES).setLevel(logging.WARNING)
