"""Logs for operators: an action word and fields, never the body of a message."""

from __future__ import annotations

import logging


def get(name: str) -> logging.Logger:
    """The logger of this module."""
    return logging.getLogger(f"kettle.{name}")


def configure(level: str) -> None:
    """One line an event, on standard error; called once by the front gate."""
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    logging.getLogger("kettle").setLevel(level)
