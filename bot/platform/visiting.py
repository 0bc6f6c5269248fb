"""Slack for one interaction of a person, who waits for an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from slack_sdk import WebClient

from bot.platform.slack import Seen, Slack, SlackJSON, SlackTrouble
from storage.platform.deadline import Deadline as Deadline
from storage.platform.deadline import InDoubt as InDoubt  # for the doors, which know no storage
from storage.platform.deadline import Unsaved as Unsaved
from storage.platform.presence import is_away as is_away

# What only looks. Everything else changes something that people see.
READING = {
    "auth.test", "conversations.info", "conversations.members", "users.info", "users.list",
}  # fmt: skip
SHARE = 0.75  # of what is left for a person who waits: the rest is for storing
SHORTEST = 0.05  # seconds


class ForOneVisit(Slack):
    """The same Slack for one interaction of a person: it asks about each person at most once.

    It waits for Slack no longer than the person's deadline allows, and calls `before_writing`
    before anything is changed in Slack: by then what the person did is stored. From the second
    question on it calls `before_more` first: whoever waits for a modal gets one to wait in.
    """

    def __init__(
        self,
        slack: Slack,
        deadline: Deadline,
        before_writing: Callable[[], None],
        before_more: Callable[[], None],
    ) -> None:
        super().__init__(_copy(slack._client), slack.team_id)
        self._slack = slack
        self._patient = self._client.timeout
        self._deadline, self._before_writing = deadline, before_writing
        self._before_more, self._asked = before_more, 0
        self._answers: dict[str, Seen | SlackTrouble] = {}

    def call(self, method: str, **arguments: object) -> SlackJSON:
        """Any Web API method by its name, in time."""
        if method not in READING:
            self._before_writing()
        elif self._asked:
            self._before_more()
        self._asked += 1
        self._hurry()
        return super().call(method, **arguments)

    def scopes(self) -> frozenset[str]:
        """The scopes granted to the token."""
        self._hurry()
        return super().scopes()

    def _hurry(self) -> None:
        left = self._deadline.left()
        # Never 0, which would mean "do not wait at all".
        waits = self._patient if left is None else max(SHORTEST, left * SHARE)
        self._client.timeout = waits  # type: ignore[assignment]  # the SDK hands it to urllib

    def person(self, user_id: str) -> Seen:
        """What Slack says of one person, or said of them earlier in this interaction."""
        if user_id not in self._answers:
            try:
                self._answers[user_id] = super().person(user_id)
            except SlackTrouble as trouble:
                self._answers[user_id] = trouble
        answer = self._answers[user_id]
        if isinstance(answer, SlackTrouble):
            raise answer
        return answer

    def people(self) -> Iterator[list[Seen]]:
        """Everyone in the workspace: where that broke off is known to the lasting one."""
        return self._slack.people()


def _copy(client: WebClient) -> WebClient:
    """Another client of the same kind, whose patience can be changed for itself."""
    return WebClient(
        token=client.token, base_url=client.base_url, timeout=client.timeout, ssl=client.ssl
    )
