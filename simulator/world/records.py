"""The things a workspace holds: people, conversations, messages, views, files and tickets."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict

JSON = dict[str, Any]  # Slack's own: what goes over the wire, and the parts of it that are kept
SLACKBOT = "USLACKBOT"


class Refusal(Exception):
    """Slack says no: the error code, and whatever else goes into the answer."""

    def __init__(self, code: str, messages: list[str] | None = None, **extra: object) -> None:
        super().__init__(code)
        self.code = code
        self.extra: JSON = dict(extra)
        if messages:
            self.extra["response_metadata"] = {"messages": messages}


@dataclass(slots=True)
class User:
    """A member of the workspace, human or bot."""

    id: str
    team_id: str
    name: str
    real_name: str
    display_name: str = ""
    email: str = ""
    tz: str | None = "UTC"
    title: str = ""
    locale: str = "en-US"
    pronouns: str = ""
    start_date: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    bot_id: str = ""
    status_text: str = ""
    status_emoji: str = ""
    status_expiration: int = 0
    presence: str = "active"
    dnd: tuple[int, int] | None = None
    fields: dict[str, str] = field(default_factory=dict)
    updated: int = 0


class UserFields(TypedDict, total=False):
    """The fields of a `User` that may be given, besides the name."""

    id: str
    team_id: str
    display_name: str
    email: str
    tz: str | None
    title: str
    locale: str
    pronouns: str
    start_date: str
    is_admin: bool
    is_owner: bool
    is_bot: bool
    is_restricted: bool
    is_ultra_restricted: bool
    is_stranger: bool
    deleted: bool
    bot_id: str
    status_text: str
    status_emoji: str
    status_expiration: int
    presence: str
    dnd: tuple[int, int] | None
    fields: dict[str, str]


class ChangedFields(UserFields, total=False):
    """The fields of a `User` that may be changed."""

    name: str
    real_name: str


@dataclass(slots=True)
class Message:
    """One message; `ephemeral_to` names its only reader. `versions` keeps what it showed before."""

    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[JSON] = field(default_factory=list)
    attachments: list[JSON] = field(default_factory=list)
    metadata: JSON | None = None
    thread_ts: str | None = None
    subtype: str | None = None
    by_app: bool = False
    ephemeral_to: str | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: JSON | None = None
    username: str | None = None
    icon_emoji: str | None = None
    versions: list[list[JSON]] = field(default_factory=list)
    extra: JSON = field(default_factory=dict)


class MessageFields(TypedDict, total=False):
    """The fields of a `Message` that may be given or changed; what is left out stays."""

    text: str
    blocks: list[JSON]
    attachments: list[JSON]
    metadata: JSON | None
    thread_ts: str | None
    subtype: str | None
    by_app: bool
    ephemeral_to: str | None
    files: list[str]
    username: str | None
    icon_emoji: str | None


@dataclass(slots=True)
class Conversation:
    """A channel, DM (`im`) or group DM (`mpim`); `members` in the order they came."""

    id: str
    kind: str
    name: str
    created: int
    creator: str
    members: list[str] = field(default_factory=list)
    archived: bool = False
    deleted: bool = False
    topic: str = ""
    purpose: str = ""
    previous_names: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)
    closed_for: set[str] = field(default_factory=set)
    posting: str = ""  # the word with which its admins forbid to write here
    updated: int = 0

    @property
    def is_private(self) -> bool:
        return self.kind != "channel"

    @property
    def is_im(self) -> bool:
        return self.kind == "im"

    @property
    def is_mpim(self) -> bool:
        return self.kind == "mpim"


@dataclass(slots=True)
class View:
    """A modal or a Home tab, with what its reader has typed so far in `values`."""

    id: str
    type: str
    user: str
    body: JSON
    hash: str
    values: JSON = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    open: bool = True
    opened_at: str = "0"

    @property
    def blocks(self) -> list[JSON]:
        blocks: list[JSON] = self.body.get("blocks", [])
        return blocks


@dataclass(slots=True)
class StoredFile:
    """An uploaded file; `content` is None until its bytes came."""

    id: str
    name: str
    length: int
    user: str
    created: int
    title: str = ""
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)
    alt_txt: str = ""


@dataclass(slots=True)
class Trigger:
    """A trigger_id: three seconds, one use, one person."""

    id: str
    user: str
    at: datetime
    view_id: str | None = None
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """A response_url: five posts within thirty minutes."""

    id: str
    user: str
    channel: str
    at: datetime
    message_ts: str | None = None
    ephemeral: bool = False
    uses: int = 0
    last_ts: str | None = None


@dataclass(slots=True)
class Scheduled:
    """A message waiting for its `post_at`."""

    id: str
    channel: str
    post_at: int
    created: int
    fields: MessageFields


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One recorded Web API (or response_url) call."""

    method: str
    args: JSON
    ok: bool
    error: str | None
    at: datetime
    status: int = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of something a person did: `error` is Slack's own word for what went wrong."""

    ok: bool
    error: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    payload: JSON | str | None = None
