"""A handle for a conversation."""

from simulator.people.stage import Stage
from simulator.people.transcript import Reader


class Channel:
    """A conversation in the workspace."""

    def __init__(self, stage: Stage, conversation_id: str) -> None:
        self._stage = stage
        self.id = conversation_id

    @property
    def name(self) -> str:
        return self._stage.world.conversations[self.id].name

    @property
    def kind(self) -> str:
        """ "channel", "private", "im" or "mpim"."""
        return self._stage.world.conversations[self.id].kind

    @property
    def members(self) -> list[str]:
        return list(self._stage.world.conversations[self.id].members)

    def transcript(self) -> str:
        """The conversation as text, with all that is seen by one person only."""
        world = self._stage.world
        with world.lock:
            return Reader(world).conversation(world.conversations[self.id])

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name or self.id}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Channel) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)
