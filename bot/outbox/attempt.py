"""One attempt to say one message: look where there is doubt, open, post."""

from __future__ import annotations

import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from bot.outbox.policy import Posted
from bot.platform.services import Services
from bot.platform.slack import File, MayNotLook, Slack, SlackRefused
from core.outbox.kinds import Method
from core.outbox.retry import MOST_DOUBTS
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery

OPEN, LOOK = "conversations.open", "conversations.history"
METHODS = {
    Method.POST: "chat.postMessage",
    Method.EPHEMERAL: "chat.postEphemeral",
    Method.UPDATE: "chat.update",
    Method.FILE: "files.getUploadURLExternal",
}
NOWHERE = "C0000000000"  # no conversation has this id: what is posted there is posted nowhere


class StillInDoubt(Exception):
    """It was posted twice already, as far as anybody knows: only a person can find out."""


class Attempt:
    """What is being done for one message, and how far it got.

    `method` is the one that is called just now; once `posting`, a lost answer is a doubt.
    Every method raises SlackTrouble's children.
    """

    def __init__(self, services: Services, delivery: Delivery, counted: bool) -> None:
        """`counted`: that this post may be in doubt was noted down when the message was claimed."""
        self._services = services
        self._slack = services.slack(delivery.team_id)
        self.delivery = delivery
        self.method = METHODS[delivery.method]
        self.posting = False
        self._counted = counted

    def look(self) -> Posted | None:
        """Where an earlier attempt stands, if it does and can be found.

        Raises StillInDoubt when that cannot be found out and was tried too often already.
        """
        if not self.delivery.doubts:
            return None
        self.method = LOOK
        try:
            seen = _look(self._slack, self.delivery)
        except MayNotLook:
            if self.delivery.doubts >= MOST_DOUBTS:
                raise StillInDoubt from None
            seen = None
        else:
            if seen is None:
                self.delivery = replace(self.delivery, doubts=0)
        self.method = METHODS[self.delivery.method]
        return seen

    def see_it_answer(self) -> None:
        """Call the method so that it can only refuse: any word of Slack's is an answer."""
        with suppress(SlackRefused):
            _call_in_vain(self._slack, self.delivery.method)

    def open(self) -> bool:
        """Open the conversation, if it has to be; whether it had to."""
        if known_target(self.delivery):
            return False
        self.method = OPEN
        opened = self._slack.open(self.delivery.users)
        self.method = METHODS[self.delivery.method]
        with self._services.db.transaction() as tx:
            deliveries.opened(tx, self.delivery.id, opened)
        self.delivery = replace(self.delivery, posted_channel=opened)
        return True

    def post(self) -> Posted:
        """Post it, in a conversation that is open."""
        post = _post(self._slack, self.delivery)
        if not self._counted:
            with self._services.db.transaction() as tx:
                deliveries.about_to_post(tx, self.delivery)
        self.posting = True
        return post()


def known_target(delivery: Delivery) -> str | None:
    """The conversation to post in; None when it has to be opened first."""
    if delivery.posted_channel or delivery.channel_id:
        return delivery.posted_channel or delivery.channel_id
    if len(delivery.users) == 1 and delivery.method is Method.POST:
        return delivery.users[0]  # chat.postMessage opens a direct message by itself
    return None


def _post(slack: Slack, delivery: Delivery) -> Callable[[], Posted]:
    """The post itself, ready to be made: whatever can go wrong on our side has gone wrong here."""
    payload, target = dict(delivery.payload), known_target(delivery)
    assert target is not None, "its conversation was never opened"
    if delivery.method is Method.FILE:
        file = File(content=base64.b64decode(payload.pop("content")), **payload)
        return lambda: Posted(target, slack.upload(target, file))
    if delivery.method is Method.EPHEMERAL:
        payload["user"] = delivery.users[0]
    elif delivery.method is Method.POST:
        payload |= {
            "metadata": {"event_type": "kettle_delivery", "event_payload": {"id": delivery.id}},
            # Some clients of Slack drop a second message with the same id; nothing relies on it.
            "client_msg_id": str(UUID(hex=delivery.id)),
            "unfurl_links": False,
            "unfurl_media": False,
        }

    def post() -> Posted:
        answer = slack.call(METHODS[delivery.method], channel=target, **payload)
        channel = str(answer.get("channel") or target)
        return Posted(channel, str(answer.get("ts") or answer.get("message_ts") or ""))

    return post


def _call_in_vain(slack: Slack, method: Method) -> None:
    if method is Method.FILE:  # this step of an upload shows nobody anything
        slack.call(METHODS[method], filename="looking.txt", length=1)
        return
    more = {
        Method.POST: {},
        Method.EPHEMERAL: {"user": "U0000000000"},
        Method.UPDATE: {"ts": "1.000000"},
    }[method]
    slack.call(METHODS[method], channel=NOWHERE, text="looking", **more)


def _look(slack: Slack, delivery: Delivery) -> Posted | None:
    """Where an earlier attempt stands; None when it surely does not. Raises MayNotLook."""
    place = delivery.posted_channel or delivery.channel_id
    if delivery.method is not Method.POST or not place:
        raise MayNotLook
    ts = slack.find_delivery(place, delivery.id, delivery.due_at - timedelta(days=1))
    return Posted(place, ts) if ts else None
