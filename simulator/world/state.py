"""The state of the simulated workspace, behind one lock, telling everyone what changed."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Condition, RLock
from typing import TypeVar

from simulator.world.clock import SimClock
from simulator.world.conditions import Conditions
from simulator.world.manifest import Manifest
from simulator.world.records import (
    JSON,
    ApiCall,
    Conversation,
    Message,
    ResponseUrl,
    Scheduled,
    StoredFile,
    Trigger,
    User,
    View,
)

T = TypeVar("T")
Listener = Callable[[str, JSON], None]
CALLS_KEPT = 20_000
DRAWN = {"message", "update", "delete", "ephemeral", "view", "home"}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
ALL_ELEMENT_IDS = 64**5
SCATTER = 387_420_489  # odd, so that every number leads to another id
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class World:
    """Everything in the workspace. Change it only inside `with world.editing():`."""

    def __init__(self, manifest: Manifest, clock: SimClock) -> None:
        self.manifest = manifest
        self.clock = clock
        self.lock = RLock()
        self.condition = Condition(self.lock)
        self._numbers: dict[str, int] = {}
        self._last_ts = 0
        self._depth = 0
        self.drawn = 0  # how often something on a screen has changed
        self.ephemerals: dict[str, list[Message]] = {}
        self._changes: list[tuple[str, JSON]] = []
        self._events: list[JSON] = []
        self.listeners: list[Listener] = []
        self.send_event: Callable[[JSON], None] = lambda event: None
        self.users: dict[str, User] = {}
        self.conversations: dict[str, Conversation] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, str] = {}
        self.files: dict[str, StoredFile] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.usergroups: dict[str, JSON] = {}
        self.message_state: dict[tuple[str, str, str], JSON] = {}
        self.calls: deque[ApiCall] = deque(maxlen=CALLS_KEPT)
        self.short_pages = False
        self.drops_doubles = False
        self.client_ids: dict[tuple[str, str], str] = {}  # which message came with which id
        self.conditions = Conditions()
        self.base_url = "http://127.0.0.1/"
        self.team_id = self.new_id("T")
        self.app_id = self.new_id("A")
        self.bot_id = self.new_id("B")
        self.bot_user_id = ""
        self.team_name = "Simulated Workspace"
        self.team_domain = "simulated"
        self.tokens: dict[str, str] = {}
        self.app_tokens: set[str] = set()
        self.scopes: list[str] = list(manifest.scopes)
        self.oauth_codes: dict[str, tuple[str, str]] = {}
        self.socket_tickets: set[str] = set()
        self.client_id = "1000.2000"
        self.client_secret = "simulated-client-secret"
        self.signing_secret = "simulated-signing-secret"

    # -- changing and waiting -------------------------------------------------

    @contextmanager
    def editing(self) -> Iterator[None]:
        """Hold the lock; on the way out wake the waiters and tell the listeners (unlocked)."""
        changes: list[tuple[str, JSON]] = []
        events: list[JSON] = []
        with self.lock:
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    changes, self._changes = self._changes, []
                    events, self._events = self._events, []
                    self.condition.notify_all()
        for event in events:
            self.send_event(event)
        for kind, ids in changes:
            for listener in list(self.listeners):
                listener(kind, ids)

    def changed(self, kind: str, **ids: str | int | bool | None) -> None:
        """Note a change (inside `editing`), for the listeners."""
        self._changes.append((kind, ids))
        self.drawn += kind in DRAWN

    def called(self, call: ApiCall) -> None:
        """Record a call of the app (inside `editing`)."""
        self.calls.append(call)
        self.changed("call", method=call.method, ok=call.ok, error=call.error)

    def emit(self, event: JSON) -> None:
        """Offer an event to the app; whether it is subscribed is decided when it is sent."""
        self._events.append(event)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(kind, ids)` after every change, unlocked; returns the way to stop it."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def wait_for(self, predicate: Callable[[], T], seconds: float) -> T:
        """Wait (real time) until `predicate` is true, looking again after every change."""
        with self.condition:
            return self.condition.wait_for(predicate, timeout=seconds)

    # -- names and times ------------------------------------------------------

    def new_id(self, prefix: str) -> str:
        """The next id with this prefix: opaque, and the same in every run."""
        number = self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        digits = ""
        while number or len(digits) < 5:
            number, last = divmod(number, len(DIGITS))
            digits = DIGITS[last] + digits
        return f"{prefix}0SM{digits}"

    def new_element_id(self) -> str:
        """An id for a block or an element that came without: short, and never the same again."""
        number = self._numbers["element"] = self._numbers.get("element", 0) + 1
        mixed = number * SCATTER % ALL_ELEMENT_IDS
        return "".join(LETTERS[mixed // 64**place % 64] for place in range(5))

    def new_ts(self) -> str:
        """A message timestamp: now, and later than every one before it."""
        micros = max(int(self.clock.timestamp() * 1_000_000), self._last_ts + 1)
        self._last_ts = micros
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def now(self) -> datetime:
        return self.clock.now()

    def epoch(self) -> int:
        return int(self.clock.timestamp())

    # -- looking things up ----------------------------------------------------

    @property
    def bot(self) -> User:
        return self.users[self.bot_user_id]

    def message(self, channel: str, ts: str) -> Message | None:
        conversation = self.conversations.get(channel)
        return conversation.messages.get(ts) if conversation else None

    def members_of(self, channel: str) -> list[str]:
        return self.conversations[channel].members

    def top_view(self, user_id: str) -> View | None:
        stack = self.stacks.get(user_id)
        return self.views[stack[-1]] if stack else None

    def home(self, user_id: str) -> View | None:
        view_id = self.homes.get(user_id)
        return self.views[view_id] if view_id else None

    def can_see(self, user_id: str, conversation: Conversation) -> bool:
        """Whether the person has this conversation in front of them (members only)."""
        return user_id in conversation.members and not conversation.deleted

    def visible_messages(self, user_id: str, conversation: Conversation) -> list[Message]:
        """The messages this person sees there, oldest first, theirs-only ones included."""
        return [m for m in conversation.messages.values() if m.ephemeral_to in (None, user_id)]

    def conversations_of(self, user_id: str) -> list[Conversation]:
        return [c for c in self.conversations.values() if self.can_see(user_id, c)]

    def knows(self, user: User) -> bool:
        """Whether the app may know of this person: strangers only by a shared channel."""
        if not user.is_stranger and user.team_id == self.team_id:
            return True
        pair = {user.id, self.bot_user_id}
        return any(pair <= set(c.members) for c in self.conversations.values())

    def display_name(self, user_id: str) -> str:
        user = self.users.get(user_id)
        return (user.display_name or user.real_name) if user else user_id
