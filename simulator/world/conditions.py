"""What admins, plans and Slack itself may put in the way of an app, until it is taken away.

A fault hits the next few calls; a condition lasts. Which calls a word stops is Slack's choice, so
it stands here, and nothing else can be ordered.
"""

from collections.abc import Iterable
from datetime import timedelta

from simulator.world.records import Conversation, Message, Refusal

ANY = ("",)
# The word, and the beginnings of the methods that are refused with it.
CONDITIONS: dict[str, tuple[str, ...]] = {
    "access_denied": ANY,
    "accesslimited": ANY,  # not from this address
    "ekm_access_denied": ("chat.",),
    "enterprise_is_restricted": ANY,
    "no_permission": ANY,
    "org_login_required": ANY,  # these two: the workspace moves into an organisation
    "team_added_to_org": ANY,
    "team_access_not_granted": ANY,
    "two_factor_setup_required": ANY,
    "request_timeout": ANY,
    "service_unavailable": ANY,
    "internal_error": ANY,
    "fatal_error": ANY,
    "app_access_restricted": ("chat.postMessage",),
    "rate_limited": ("chat.postMessage",),  # besides HTTP 429, and without a Retry-After
    "fetch_members_failed": ("conversations.members",),
    "file_uploads_disabled": ("files.getUploadURLExternal",),
    "storage_limit_reached": ("files.getUploadURLExternal",),
    "forbidden_team": ("apps.connections.open",),
}
# Who may write in a channel: what is refused, and whether that is a new message or a reply.
POSTING: dict[str, tuple[bool, bool]] = {
    "restricted_action": (True, True),
    "restricted_action_read_only_channel": (True, True),
    "restricted_action_thread_only_channel": (True, False),
    "restricted_action_non_threadable_channel": (False, True),
}


class Conditions:
    """What holds at present. `begin` and `end` take Slack's own word for it."""

    def __init__(self) -> None:
        self._holding: dict[str, None] = {}
        self.edit_window: timedelta | None = None  # how long messages may be changed

    def begin(self, code: str) -> None:
        """From now on refuse with this word what it stops. KeyError for words that do not last."""
        CONDITIONS[code]
        self._holding[code] = None

    def end(self, code: str) -> None:
        self._holding.pop(code, None)

    def check(self, method: str) -> None:
        """Refuse the method if something stands in its way."""
        for code in self._holding:
            if method.startswith(CONDITIONS[code]):
                raise Refusal(code)

    def check_editing(self, message: Message, now: int) -> None:
        """Refuse a change once the workspace's time for changes is over; `now` is an epoch."""
        window = self.edit_window
        if window is not None and now - float(message.ts) > window.total_seconds():
            raise Refusal("edit_window_closed")


def check_posting(conv: Conversation, thread_ts: str | None) -> None:
    """Refuse what the channel's admins have forbidden: a new message, or a reply."""
    new, reply = POSTING.get(conv.posting, (False, False))
    if reply if thread_ts else new:
        raise Refusal(conv.posting)


def check_rich_text(old: Iterable[dict[str, object]], new: Iterable[dict[str, object]]) -> None:
    """Refuse to put other blocks in the place of rich text."""
    kinds = [{block.get("type") for block in blocks} for blocks in (old, new)]
    if "rich_text" in kinds[0] and kinds[1] and "rich_text" not in kinds[1]:
        raise Refusal("block_mismatch")
