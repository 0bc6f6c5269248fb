"""What people read when something about a channel is refused: why, and whom to ask."""

from __future__ import annotations

from bot.channels import errors
from bot.platform.errors import ForThePerson
from bot.views import words


def sentence(error: ForThePerson) -> str | None:
    """The sentence for a refusal; None for one of another feature."""
    match error:
        case errors.NotHere():
            return not_here(error.channel)
        case errors.NotStarted():
            return (
                f"Nobody has set up {words.channel(error.channel)} yet. A host does that with "
                "`/coffee settings` in the channel."
            )
        case errors.NotAHost():
            whom = words.join([*map(words.person, error.hosts), "a workspace admin"])
            return f"Only a host can do that. Ask {whom.replace(' and ', ' or ')}."
        case errors.NotInChannel():
            where = words.channel(error.channel)
            return f"You are not in {where}. Join the channel first, then try again."
    return None


def not_here(channel_id: str | None = None) -> str:
    """Kettle is not in the channel (any more), or in none that this could be about."""
    if channel_id:
        where = words.channel(channel_id)
        return f"I am not in {where} any more. `/coffee` shows where things stand."
    return (
        "I am in no channel that this could be about. Somebody can invite me with `/invite` in a "
        "channel; then type the command there."
    )
