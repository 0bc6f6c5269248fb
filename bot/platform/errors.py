"""What can go wrong in a way that a person should read; each feature adds its own in errors.py."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from logging import Logger

from bot.platform.slack import SlackBusy, SlackSilent


class ForThePerson(Exception):
    """A refusal that is told to the person, where they are.

    A subclass is a dataclass (`eq=False`) whose fields are the facts that its sentence needs; the
    sentence is in the feature's `views/refusals.py`.
    """


class OtherCompany(ForThePerson):
    """People of another company, through Slack Connect: nothing here is for them."""


class Beside(Exception):
    """Something in a modal is not right: `problems` by block id, each a sentence."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


@contextmanager
def tried(log: Logger, doing: str, which: str) -> Iterator[None]:
    """One of several things that are due: whatever breaks in it must not silence the rest.

    It is due still, so the next beat tries it again. That Slack is away is no fault of ours.
    """
    try:
        yield
    except (SlackBusy, SlackSilent) as trouble:
        log.warning("slack not ready, %s put off %s trouble=%r", doing, which, trouble)
    except Exception:
        log.exception("%s failed %s", doing, which)
