"""The parts that everything in `bot` works with, passed by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.pacing import Pacer
from bot.settings import Settings
from bot.slack import Slack
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Services:
    """`slack(team_id)` gives the workspace's client; nothing here is global."""

    db: Database
    clock: Clock
    slack: Callable[[str], Slack]
    settings: Settings
    pacer: Pacer
