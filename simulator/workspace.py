"""Filling a simulated workspace and looking at it from above."""

from typing import Any

from simulator import installs, membership, mrkdwn, shapes, snapshot
from simulator.actions import SLACKBOT, Actions
from simulator.clock import SimClock
from simulator.people import Channel, Person, channel_id, person_id
from simulator.records import JSON, Message
from simulator.transcript import Reader
from simulator.world import World


class Workspace:
    """The half of the simulator that does not run anything."""

    world: World
    clock: SimClock
    actions: Actions
    _bot_token: str

    @property
    def bot_token(self) -> str:
        return self._bot_token

    @property
    def team_id(self) -> str:
        return self.world.team_id

    @property
    def app_id(self) -> str:
        return self.world.app_id

    @property
    def bot_user_id(self) -> str:
        return self.world.bot_user_id

    def _whole(self) -> Any:
        """This simulator, for the handles that drive it."""
        return self

    # -- filling the workspace ------------------------------------------------

    def add_person(
        self,
        name: str,
        tz: str | None = "UTC",
        *,
        admin: bool = False,
        owner: bool = False,
        bot: bool = False,
        restricted: bool = False,
        ultra_restricted: bool = False,
        stranger: bool = False,
        team: str = "",
        department: str = "",
        **fields: Any,
    ) -> Person:
        """Add somebody; `fields` are those of `records.User` (title, email, deleted, …)."""
        custom = {"Team": team, "Department": department}
        custom = {label: value for label, value in custom.items() if value}
        fields.setdefault("fields", custom)
        if stranger:
            fields.setdefault("team_id", self.world.new_id("T"))
        user = membership.add_user(
            self.world,
            name,
            tz=tz,
            is_admin=admin or owner,
            is_owner=owner,
            is_bot=bot,
            is_restricted=restricted or ultra_restricted,
            is_ultra_restricted=ultra_restricted,
            is_stranger=stranger,
            **fields,
        )
        return Person(self._whole(), user.id)

    def person(self, who: "str | Person") -> Person:
        """The handle of somebody, by id or name."""
        return Person(self._whole(), person_id(self.world, who))

    def add_channel(
        self,
        name: str,
        members: "list[Person | str] | list[Person]" = [],  # noqa: B006  never changed
        private: bool = False,
        creator: "Person | str | None" = None,
    ) -> Channel:
        """Add a channel with these people already inside (no events about them)."""
        inside = [person_id(self.world, m) for m in members]
        first = person_id(self.world, creator) if creator else (inside or [SLACKBOT])[0]
        kind = "private" if private else "channel"
        with self.world.editing():
            conv = membership.add_conversation(self.world, kind, name, first)
            conv.members.extend(inside)
        return Channel(self._whole(), conv.id)

    def channel(self, where: Any) -> Channel:
        """The handle of a conversation, by id or channel name."""
        return Channel(self._whole(), channel_id(self.world, where))

    def add_usergroup(self, handle: str, members: "list[Person]") -> str:
        """Add a user group; returns its id."""
        with self.world.editing():
            group_id = self.world.new_id("S")
            users = [m.id for m in members]
            now = self.world.epoch()
            shape: JSON = {
                "id": group_id,
                "team_id": self.team_id,
                "is_usergroup": True,
                "is_subteam": True,
                "name": handle,
                "description": "",
                "handle": handle,
                "is_external": False,
                "date_create": now,
                "date_update": now,
                "date_delete": 0,
                "auto_type": None,
                "created_by": SLACKBOT,
                "updated_by": SLACKBOT,
                "deleted_by": None,
                "prefs": {"channels": [], "groups": []},
            }
            self.world.usergroups[group_id] = {**shape, "users": users}
        return group_id

    # -- looking --------------------------------------------------------------

    def conversation_id(self, where: Any) -> str:
        """The id of a channel handle, name, id, or of the DM or group DM of a list of people."""
        return channel_id(self.world, where)

    def messages(self, where: Any) -> list[Message]:
        """The messages of a conversation, oldest first, ephemeral ones included."""
        with self.world.lock:
            return list(self.world.conversations[self.conversation_id(where)].messages.values())

    def transcript(self, where: Any, viewer: "Person | None" = None) -> str:
        """A conversation as text: a handle, an id, a name, or the people of a (group) DM."""
        with self.world.lock:
            conv = self.world.conversations[self.conversation_id(where)]
            return Reader(self.world, viewer.id if viewer else None).conversation(conv)

    def group_dms(self) -> list[Channel]:
        with self.world.lock:
            return [
                Channel(self._whole(), c.id)
                for c in self.world.conversations.values()
                if c.kind == "mpim"
            ]

    def mentions(self, message: Message) -> list[str]:
        """Whom a message's text notifies."""
        return mrkdwn.mentions(message.text)

    def describe_file(self, file_id: str) -> JSON:
        return shapes.file_object(self.world, self.world.files[file_id])

    def snapshot(self, user_id: str) -> JSON:
        """Everything this person can see, ready for JSON."""
        return snapshot.snapshot(self.world, user_id, user_id in self.actions.home_open)

    def messages_since(self, user_id: str, ts: str) -> list[JSON]:
        return snapshot.messages_since(self.world, user_id, ts)

    # -- the installation -----------------------------------------------------

    def grant(self, scopes: list[str]) -> None:
        """Add scopes to what the bot token may do."""
        with self.world.editing():
            self.world.scopes.extend(s for s in scopes if s not in self.world.scopes)

    def take_away(self, scopes: list[str]) -> None:
        """Let the token lack these scopes (as an old installation does)."""
        with self.world.editing():
            self.world.scopes[:] = [s for s in self.world.scopes if s not in scopes]

    def revoke_token(self) -> None:
        installs.revoke(self.world, self._bot_token)

    def expire_token(self) -> None:
        """Let the bot token run out, as one that rotates does."""
        with self.world.editing():
            self.world.tokens[self._bot_token] = "token_expired"

    def uninstall(self) -> None:
        installs.uninstall(self.world)

    def install(self) -> str:
        """Install the app (again); returns the new bot token."""
        self._bot_token = installs.install(self.world)
        return self._bot_token

    def authorize(self, installer: Person, redirect_uri: str = "") -> str:
        """Press "Allow" on the consent page: the code for `oauth.v2.access`."""
        return installs.authorize(self.world, installer.id, redirect_uri)
