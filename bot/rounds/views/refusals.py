"""What people read when a round is refused: why, and what to do."""

from __future__ import annotations

from bot.platform.errors import ForThePerson
from bot.rounds import errors
from bot.views import words


def sentence(error: ForThePerson) -> str | None:
    """The sentence for a refusal; None for one of another feature."""
    match error:
        case errors.JustHeld():
            return (
                "A round was held a moment ago, so I did not hold another one. Its receipt is on "
                "its way."
            )
        case errors.NobodyAvailable(count) if count > 1:
            return "I could introduce nobody just now. Nothing was sent."
        case errors.NobodyAvailable(count):
            return (
                f"{words.count(count, 'person is', 'people are')} taking part just now: too few "
                "to introduce anybody. Nothing was sent. People join with `/coffee join`."
            )
    return None
