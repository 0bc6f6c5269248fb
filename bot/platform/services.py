"""The parts that everything in `bot` works with, passed by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random, SystemRandom

from bot.platform.clock import Clock
from bot.platform.pacing import Pacer
from bot.platform.repeats import Repeats
from bot.platform.settings import Settings
from bot.platform.slack import Slack
from bot.platform.visiting import ForOneVisit
from storage.platform.database import Database
from storage.platform.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Services:
    """`slack(team_id)` gives the workspace's client; nothing here is global.

    `chance` is where chance enters who meets whom; each round keeps the seed drawn from it, to
    replay it. What hides who said what draws from the system's chance, never from here.
    """

    db: Database
    clock: Clock
    slack: Callable[[str], Slack]
    settings: Settings
    pacer: Pacer
    chance: Random = field(default_factory=SystemRandom)
    repeats: Repeats = field(default_factory=Repeats)

    def for_one_visit(
        self,
        deadline: Deadline,
        before_writing: Callable[[], None] = lambda: None,
        before_more: Callable[[], None] = lambda: None,
    ) -> Services:
        """The same parts for one interaction: it asks Slack about each person at most once.

        Until the deadline is lifted, neither Slack nor the database keeps the person waiting for
        longer; `before_writing` is called before anything is changed in Slack, `before_more` before
        Slack is asked something for the second time.
        """
        visited: dict[str, Slack] = {}

        def slack(team_id: str) -> Slack:
            if team_id not in visited:
                visited[team_id] = ForOneVisit(
                    self.slack(team_id), deadline, before_writing, before_more
                )
            return visited[team_id]

        return replace(self, slack=slack, db=self.db.within(deadline))

    def seed(self) -> int:
        """A new seed for the matcher."""
        return self.chance.randrange(2**31)
