"""What is refused when somebody decides about a message; the sentences are in refusals.py."""

from __future__ import annotations

from dataclasses import dataclass

from bot.platform.errors import ForThePerson


@dataclass(eq=False)
class NotInDoubt(ForThePerson):
    """`count` messages in doubt have an id that starts like this, and it should be one."""

    start: str
    count: int
