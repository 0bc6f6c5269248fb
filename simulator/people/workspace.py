"""Filling a simulated workspace and looking at it from above."""

from collections.abc import Callable, Sequence
from typing import Unpack, cast

from simulator import shapes
from simulator.changes import installs, membership
from simulator.people import mrkdwn, snapshot
from simulator.people.channel import Channel
from simulator.people.person import Person
from simulator.people.stage import Stage
from simulator.people.transcript import Reader
from simulator.socket.hub import Hub
from simulator.world.names import Where, Who, channel_id, person_id
from simulator.world.records import JSON, SLACKBOT, Message, UserFields
from simulator.world.state import Listener, World


class Traits(UserFields, total=False):
    """What may be said of somebody who is added: short words, or any field of a user."""

    admin: bool
    owner: bool
    bot: bool
    restricted: bool
    ultra_restricted: bool
    stranger: bool
    team: str
    department: str


class Workspace(Stage):
    """The half of the simulator that does not run anything: people, channels, the installation."""

    def __init__(self, world: World, hub: Hub) -> None:
        super().__init__(world, hub)
        membership.add_user(world, "Slackbot", id=SLACKBOT, display_name="Slackbot", tz=None)
        name = world.manifest.bot_name
        bot = membership.add_user(world, name, is_bot=True, bot_id=world.bot_id, display_name=name)
        world.bot_user_id = bot.id
        self._bot_token = installs.install(world)

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

    # -- filling the workspace ------------------------------------------------

    def add_person(self, name: str, **traits: Unpack[Traits]) -> Person:
        """Add somebody."""
        fields = _fields(traits)
        if fields["is_stranger"]:
            fields.setdefault("team_id", self.world.new_id("T"))
        return Person(self, membership.add_user(self.world, name, **fields).id)

    def person(self, who: Who) -> Person:
        """The handle of somebody, by id or name."""
        return Person(self, person_id(self.world, who))

    def add_channel(
        self,
        name: str,
        members: Sequence[Who] = (),
        private: bool = False,
        creator: Who | None = None,
    ) -> Channel:
        """Add a channel with these people already inside (no events about them)."""
        inside = [person_id(self.world, m) for m in members]
        first = person_id(self.world, creator) if creator else (inside or [SLACKBOT])[0]
        kind = "private" if private else "channel"
        with self.world.editing():
            conv = membership.add_conversation(self.world, kind, name, first)
            conv.members.extend(inside)
        return Channel(self, conv.id)

    def channel(self, where: Where) -> Channel:
        """The handle of a conversation, by id or channel name."""
        return Channel(self, channel_id(self.world, where))

    def add_usergroup(self, handle: str, members: Sequence[Person]) -> str:
        """Add a user group; returns its id."""
        with self.world.editing():
            group = shapes.usergroup_object(self.world, self.world.new_id("S"), handle)
            self.world.usergroups[group["id"]] = {**group, "users": [m.id for m in members]}
        return str(group["id"])

    # -- looking --------------------------------------------------------------

    def conversation_id(self, where: Where) -> str:
        """The id of a channel handle, name, id, or of the DM or group DM of a list of people."""
        return channel_id(self.world, where)

    def messages(self, where: Where) -> list[Message]:
        """The messages of a conversation, oldest first, ephemeral ones included."""
        with self.world.lock:
            return list(self.world.conversations[self.conversation_id(where)].messages.values())

    def transcript(self, where: Where, viewer: Person | None = None) -> str:
        """A conversation as text: a handle, an id, a name, or the people of a (group) DM."""
        with self.world.lock:
            conv = self.world.conversations[self.conversation_id(where)]
            return Reader(self.world, viewer.id if viewer else None).conversation(conv)

    def group_dms(self) -> list[Channel]:
        with self.world.lock:
            return [
                Channel(self, c.id) for c in self.world.conversations.values() if c.kind == "mpim"
            ]

    def mentions(self, message: Message) -> list[str]:
        """Whom a message's text notifies."""
        return mrkdwn.mentions(message.text)

    def snapshot(self, user_id: str) -> JSON:
        """Everything this person can see, ready for JSON."""
        return snapshot.snapshot(self.world, user_id, user_id in self.actions.home_open)

    def messages_since(self, user_id: str, ts: str) -> list[JSON]:
        return snapshot.messages_since(self.world, user_id, ts)

    def on_change(self, callback: Listener) -> Callable[[], None]:
        """Have `callback(kind, ids)` called after every change; returns the way to stop it."""
        return self.world.listen(callback)

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


def _fields(traits: Traits) -> UserFields:
    """A user's fields: the short words in full, all others as they are."""
    owner, guest = traits.pop("owner", False), traits.pop("ultra_restricted", False)
    labels = {"Team": traits.pop("team", ""), "Department": traits.pop("department", "")}
    short: UserFields = {
        "tz": traits.pop("tz", "UTC"),
        "is_admin": traits.pop("admin", False) or owner,
        "is_owner": owner,
        "is_bot": traits.pop("bot", False),
        "is_restricted": traits.pop("restricted", False) or guest,
        "is_ultra_restricted": guest,
        "is_stranger": traits.pop("stranger", False),
        "fields": {label: value for label, value in labels.items() if value},
    }
    return {**short, **cast(UserFields, traits)}  # what is left are a user's own
