"""Slack as Kettle uses it: a few calls, and three ways in which one can fail."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.error import HTTPError, URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from core.words import clean
from storage.people.rows import Seen as SeenColumns

BIG_PAGE = 1000  # fewer calls: users.list may be called twenty times a minute only
# Slack answered, and it may have worked all the same (its docs: "may have partly succeeded").
UNSURE_CODES = {"internal_error", "fatal_error", "request_timeout"}
AWAY_CODES = {"service_unavailable"}  # nothing was done
NETWORK = (OSError, http.client.HTTPException, SlackClientError)


SlackJSON = Mapping[str, Any]  # what Slack sends and answers


class SlackTrouble(Exception):
    """A call to Slack that did not work."""


@dataclass(frozen=True)
class SlackRefused(SlackTrouble):
    """Slack said no; `code` is its word for why."""

    code: str


@dataclass(frozen=True)
class SlackBusy(SlackTrouble):
    """Slack asks to wait this many seconds."""

    seconds: float


class SlackSilent(SlackTrouble):
    """Slack gave no answer that tells what became of the call."""


class SlackAway(SlackSilent):
    """Slack was not reached, or said that it is not there: nothing was done."""


class SlackUnsure(SlackSilent):
    """No answer came back to what was sent; the call may have worked."""


class MayNotLook(Exception):
    """The token may not read this conversation's history (as shipped it may read none)."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to share, the words that stand beside it, and those for who cannot see it."""

    filename: str
    content: bytes
    title: str = ""
    comment: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Slack says of one person now; `columns` are those of storage's people."""

    id: str
    is_admin: bool
    columns: SeenColumns


class Slack:
    """One workspace's Slack. Every method raises SlackTrouble's children and nothing else."""

    def __init__(self, client: WebClient, team_id: str) -> None:
        # A lost answer may still be a posted message: the outbox alone decides on retries.
        client.retry_handlers = []
        self._client = client
        self.team_id = team_id
        self._people_from = ""

    def call(self, method: str, **arguments: object) -> SlackJSON:
        """Any Web API method by its name, such as `chat.postMessage`."""
        try:
            response = getattr(
                self._client,
                "files_upload_v2" if method == "files.upload.v2" else method.replace(".", "_"),
            )(**arguments)
        except SlackApiError as error:
            raise _reading(error) from error
        except NETWORK as error:
            raise _unanswered(error) from error
        data = response.data
        assert isinstance(data, dict)
        return data

    def whoami(self) -> tuple[str, str, str]:
        """The bot's own user id, the workspace's id and its name."""
        me = self.call("auth.test")
        return str(me["user_id"]), str(me["team_id"]), str(me.get("team", ""))

    def channel(self, channel_id: str) -> SlackJSON:
        """The channel object."""
        found: SlackJSON = self.call("conversations.info", channel=channel_id)["channel"]
        return found

    def members(self, channel_id: str) -> list[str]:
        """Everyone in the channel, bots and guests too."""
        pages = self._pages("conversations.members", channel=channel_id, limit=BIG_PAGE)
        return [user_id for page in pages for user_id in page.get("members", [])]

    def person(self, user_id: str) -> Seen:
        """What Slack says of one person."""
        return seen(self.call("users.info", user=user_id)["user"], self.team_id)

    def people(self) -> Iterator[list[Seen]]:
        """Everyone in the workspace, page by page.

        When Slack asks to wait in the middle of it, the next call goes on from there.
        """
        cursor, self._people_from = self._people_from, ""
        try:
            for page in self._pages("users.list", cursor, limit=BIG_PAGE):
                yield [seen(user, self.team_id) for user in page.get("members", [])]
                cursor = _next_cursor(page)
        except SlackBusy:
            self._people_from = cursor
            raise

    def open(self, user_ids: Sequence[str]) -> str:
        """The conversation with these people; the same people always get the same one."""
        return str(self.call("conversations.open", users=list(user_ids))["channel"]["id"])

    def upload(self, channel_id: str, file: File) -> str:
        """Share a file in a conversation; returns its id."""
        answer = self.call(
            "files.upload.v2",
            channel=channel_id,
            filename=file.filename,
            content=file.content,
            title=file.title or file.filename,
            initial_comment=file.comment or None,
            alt_txt=file.alt or None,
        )
        files = answer.get("files") or [{}]
        return str(files[0].get("id", ""))

    def find_delivery(self, channel_id: str, delivery_id: str, since: datetime) -> str | None:
        """The ts of our own message that carries this id; None when it is not there.

        Kettle's manifest asks for no history scope; an operator may grant one (docs/operations.md)
        so that a lost answer is looked up instead of posted again. Raises MayNotLook without.
        """
        if not any(scope.endswith(":history") for scope in self.scopes()):
            raise MayNotLook
        try:
            page = self.call(
                "conversations.history",
                channel=channel_id,
                oldest=f"{since.timestamp():.6f}",
                include_all_metadata=True,
                limit=100,
            )
        except SlackRefused as refusal:  # a history scope for another kind of conversation
            raise MayNotLook from refusal
        for message in page.get("messages", []):
            payload = (message.get("metadata") or {}).get("event_payload") or {}
            if payload.get("id") == delivery_id:
                return str(message["ts"])
        return None

    def scopes(self) -> frozenset[str]:
        """The scopes granted to the token."""
        try:
            response = self._client.auth_test()
        except SlackApiError as error:
            raise _reading(error) from error
        except NETWORK as error:
            raise _unanswered(error) from error
        headers = {k.lower(): v for k, v in response.headers.items()}
        return frozenset(filter(None, str(headers.get("x-oauth-scopes", "")).split(",")))

    def _pages(self, method: str, cursor: str = "", **arguments: object) -> Iterable[SlackJSON]:
        for _ in range(10_000):  # bounded: ten million people
            page = self.call(method, **arguments, **({"cursor": cursor} if cursor else {}))
            yield page
            cursor = _next_cursor(page)
            if not cursor:
                return


def _next_cursor(page: SlackJSON) -> str:
    return str((page.get("response_metadata") or {}).get("next_cursor") or "")


def seen(user: SlackJSON, team_id: str) -> Seen:
    """What matters to Kettle in a Slack user object."""
    profile = user.get("profile") or {}
    expires = int(profile.get("status_expiration") or 0)
    is_admin = bool(user.get("is_admin") or user.get("is_owner"))
    stranger = bool(user.get("is_stranger")) or (user.get("team_id") or team_id) != team_id
    return Seen(
        id=str(user["id"]),
        is_admin=is_admin,
        columns={
            "zone": user.get("tz") or "UTC",
            # Slackbot says that it is none.
            "is_bot": bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
            "deleted": bool(user.get("deleted")),
            "guest": bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            "stranger": stranger,
            "admin": is_admin and not stranger,
            "status_emoji": clean(profile.get("status_emoji") or ""),
            "status_text": clean(profile.get("status_text") or ""),
            "status_until": datetime.fromtimestamp(expires, UTC) if expires else None,
        },
    )


def _unanswered(error: Exception) -> SlackSilent:
    """Whether the request got out: urllib wraps what fails before all of it was written.

    So a URLError is a name that is not known, a refused connection, no TLS, or a line that was cut
    before Slack had the whole request; what fails later comes as it is.
    """
    if isinstance(error, URLError) and not isinstance(error, HTTPError):
        return SlackAway(str(error))
    return SlackUnsure(str(error))


def _reading(error: SlackApiError) -> SlackTrouble:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", None)
    code = str(data.get("error", "")) if isinstance(data, dict) else ""
    if status == 429 or code in {"ratelimited", "rate_limited"}:
        headers = {k.lower(): v for k, v in (getattr(response, "headers", None) or {}).items()}
        return SlackBusy(float(headers.get("retry-after", 30)))
    if code in AWAY_CODES:
        return SlackAway(code)
    # Slack's own words for why have no spaces; the SDK puts a sentence there for what is no JSON.
    if code in UNSURE_CODES or status >= 500 or " " in code:
        return SlackUnsure(code or f"HTTP {status}")
    return SlackRefused(code or f"HTTP {status}")
