"""The worker that speaks: claims one message at a time, paces itself, posts, and marks it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.outbox.policy import Policies, Policy, Posted
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import File, Slack, SlackBusy, SlackRefused, SlackUnsure
from core.outbox.kinds import Late, Method
from core.outbox.retry import LOCKED_WAIT, GiveUp, LookFirst, Trouble, TryAgain, after_failure
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery

log = get("delivery")
BATCH = 50
METHODS = {
    Method.POST: "chat.postMessage",
    Method.EPHEMERAL: "chat.postEphemeral",
    Method.UPDATE: "chat.update",
    Method.FILE: "files.getUploadURLExternal",
}
# Slack's answers after which the same message can work later, once somebody mended the token.
MENDABLE = {
    "account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed",
    "missing_scope", "team_added_to_org", "accesslimited", "team_access_not_granted",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worker:
    """Speaks what waits; `policies` say what follows each kind of message."""

    services: Services
    policies: Policies

    def deliver_due(self, limit: int = BATCH) -> int:
        """Send what is due now, as far as Slack's pace allows; returns how many were dealt with."""
        now = self.services.clock.now()
        with self.services.db.reading() as tx:
            waiting = deliveries.due(tx, now, limit)
        done = 0
        for delivery in sorted(waiting, key=self._turn):
            try:
                done += self._deliver(delivery)
            except Exception:  # one broken message must not silence the rest
                log.exception("delivery failed id=%s kind=%s", delivery.id, delivery.kind)
                self._failed(delivery, Trouble.NOT_NOW, "internal")
        return done

    def _turn(self, delivery: Delivery) -> tuple[datetime, int]:
        return delivery.due_at, self._policy(delivery).lane

    def _policy(self, delivery: Delivery) -> Policy:
        return self.policies[delivery.kind]

    def _deliver(self, delivery: Delivery) -> bool:
        now = self.services.clock.now()
        if delivery.expires_at is not None and delivery.expires_at <= now:
            self._too_late(delivery)
            return True
        later = self._pace(delivery, now)
        if later is not None:
            with self.services.db.transaction() as tx:
                deliveries.postpone(tx, delivery.id, later, delivery.error)
            return False
        target = None if delivery.uncertain else _known_target(delivery)
        with self.services.db.transaction() as tx:
            if not deliveries.claim(tx, delivery, now, posting=target is not None):
                return False
        self._attempt(replace(delivery, attempts=delivery.attempts + 1), target, now)
        return True

    def _too_late(self, delivery: Delivery) -> None:
        with self.services.db.transaction() as tx:
            if self._policy(delivery).late is Late.GIVE_UP:
                self._give_up(tx, delivery, delivery.error or "too_late")
            else:
                deliveries.cancel(tx, delivery.id, delivery.error)

    def _pace(self, delivery: Delivery, now: datetime) -> datetime | None:
        pacer = self.services.pacer
        if len(delivery.users) > 1 and delivery.posted_channel is None:
            later = pacer.wait_until(delivery.team_id, "conversations.open", now)
            if later is not None:
                return later
        target = delivery.posted_channel or delivery.channel_id or ",".join(delivery.users)
        spoken = target if delivery.method in {Method.POST, Method.FILE} else None
        return pacer.wait_until(delivery.team_id, METHODS[delivery.method], now, spoken)

    def _attempt(self, delivery: Delivery, target: str | None, now: datetime) -> None:
        slack = self.services.slack(delivery.team_id)
        posting = target is not None
        try:
            if delivery.uncertain and (seen := _look(slack, delivery)):
                return self._noted(delivery, seen)
            if target is None:
                target = _known_target(delivery) or self._opened(slack, delivery)
                with self.services.db.transaction() as tx:
                    deliveries.about_to_post(tx, delivery.id)
                posting = True
            found = _speak(slack, delivery, target)
        except SlackBusy as busy:
            method = "conversations.open" if not posting else METHODS[delivery.method]
            wait = timedelta(seconds=busy.seconds)
            self.services.pacer.block(delivery.team_id, method, now + wait)
            self._failed(delivery, Trouble.BUSY, "busy", wait)
        except SlackUnsure:
            self._failed(delivery, Trouble.UNSURE if posting else Trouble.NOT_NOW, "unsure")
        except SlackRefused as refusal:
            self._refused(delivery, refusal.code)
        else:
            self._noted(delivery, found)

    def _opened(self, slack: Slack, delivery: Delivery) -> str:
        opened = slack.open(delivery.users)
        with self.services.db.transaction() as tx:
            deliveries.opened(tx, delivery.id, opened)
        return opened

    def _noted(self, delivery: Delivery, posted: Posted) -> None:
        """Slack has it. What we cannot note down is in doubt: it must not be said for ever."""
        try:
            self._sent(delivery, posted)
        except Exception:
            log.exception("posted, not noted id=%s kind=%s", delivery.id, delivery.kind)
            self._failed(delivery, Trouble.UNSURE, "unsure")

    def _sent(self, delivery: Delivery, posted: Posted) -> None:
        policy = self._policy(delivery)
        with self.services.db.transaction() as tx:
            now = self.services.clock.now()
            deliveries.sent(tx, delivery.id, posted.channel, posted.ts, now)
            policy.sent(self.services, tx, delivery, posted)
        log.info("sent kind=%s id=%s", delivery.kind, delivery.id)
        policy.afterwards(self.services, delivery)

    def _refused(self, delivery: Delivery, code: str) -> None:
        if code in MENDABLE:
            until = self.services.clock.now() + LOCKED_WAIT  # all others would hear the same
            for method in {METHODS[delivery.method], "conversations.open"}:
                self.services.pacer.block(delivery.team_id, method, until)
            self._failed(delivery, Trouble.LOCKED_OUT, code)
        elif not self._policy(delivery).refused(self.services, delivery, code):
            self._failed(delivery, Trouble.NEVER, code)

    def _failed(
        self, delivery: Delivery, trouble: Trouble, code: str, wait: timedelta | None = None
    ) -> None:
        now, doubted = self.services.clock.now(), delivery.uncertain
        decision = after_failure(trouble, delivery.attempts, now, wait, doubted)
        log.warning("not sent kind=%s id=%s error=%s", delivery.kind, delivery.id, code)
        # Slack answered, so nothing was posted: an earlier doubt stays, this attempt adds none.
        still = None if trouble is Trouble.UNSURE else delivery.uncertain
        with self.services.db.transaction() as tx:
            match decision:
                case TryAgain(at):
                    deliveries.postpone(tx, delivery.id, at, code, uncertain=still)
                case LookFirst(at):
                    deliveries.postpone(tx, delivery.id, at, code)
                case GiveUp():
                    self._give_up(tx, delivery, code)

    def _give_up(self, tx: Session, delivery: Delivery, code: str) -> None:
        deliveries.fail(tx, delivery.id, code)
        self._policy(delivery).lost(self.services, tx, delivery, code)


def _known_target(delivery: Delivery) -> str | None:
    """The conversation to post in; None when it has to be opened first."""
    if delivery.posted_channel or delivery.channel_id:
        return delivery.posted_channel or delivery.channel_id
    if len(delivery.users) == 1 and delivery.method is Method.POST:
        return delivery.users[0]  # chat.postMessage opens a direct message by itself
    return None


def _speak(slack: Slack, delivery: Delivery, target: str) -> Posted:
    payload = dict(delivery.payload)
    match delivery.method:
        case Method.EPHEMERAL:
            to = delivery.users[0]
            answer = slack.call("chat.postEphemeral", channel=target, user=to, **payload)
            return Posted(target, str(answer.get("message_ts", "")))
        case Method.UPDATE:
            answer = slack.call("chat.update", channel=target, **payload)
        case Method.FILE:
            content = base64.b64decode(payload.pop("content"))
            return Posted(target, slack.upload(target, File(content=content, **payload)))
        case Method.POST:
            answer = slack.call(
                "chat.postMessage",
                channel=target,
                metadata={"event_type": "kettle_delivery", "event_payload": {"id": delivery.id}},
                unfurl_links=False,
                unfurl_media=False,
                **payload,
            )
    return Posted(str(answer["channel"]), str(answer["ts"]))


def _look(slack: Slack, delivery: Delivery) -> Posted | None:
    """Whether an earlier attempt was posted after all; only where the token may read history."""
    place = delivery.posted_channel or delivery.channel_id
    if delivery.method is not Method.POST or not place:
        return None
    ts = slack.find_delivery(place, delivery.id, delivery.due_at - timedelta(days=1))
    return Posted(place, ts) if ts else None
