"""What people read when a round is refused: why, and what to do."""

from __future__ import annotations

from bot.platform.errors import ForThePerson
from bot.rounds import errors
from bot.rounds.views.receipts import JOINING


def sentence(error: ForThePerson) -> str | None:
    """The sentence for a refusal; None for one of another feature."""
    match error:
        case errors.JustHeld():
            return (
                "A round was held a moment ago, so I did not hold another one. Its receipt is on "
                "its way."
            )
        case errors.NobodyAvailable():
            return f"I could introduce nobody just now, so nothing was sent. {JOINING}"
    return None
