"""The worker that speaks: claims one message at a time, paces itself, posts, and marks it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot import after_delivery, home
from bot.log import get
from bot.services import Services
from bot.slack import File, Slack, SlackBusy, SlackRefused, SlackUnsure
from core.retry import LOCKED_WAIT, GiveUp, LookFirst, Trouble, TryAgain, after_failure
from storage import deliveries
from storage.deliveries import Delivery

log = get("delivery")
BATCH = 50
METHODS = {
    "post": "chat.postMessage",
    "ephemeral": "chat.postEphemeral",
    "update": "chat.update",
    "file": "files.getUploadURLExternal",
}
SHOWN_ON_HOME = {"introduction", "alone", "without", "receipt", "expired"}  # of their readers
# Slack's answers after which the same message can work later, once somebody mended the token.
MENDABLE = {
    "account_inactive", "token_revoked", "token_expired", "invalid_auth", "not_authed",
    "missing_scope", "team_added_to_org", "accesslimited", "team_access_not_granted",
}  # fmt: skip


def deliver_due(services: Services, limit: int = BATCH) -> int:
    """Send what is due now, as far as Slack's pace allows; returns how many were dealt with."""
    now = services.clock.now()
    with services.db.reading() as tx:
        waiting = deliveries.due(tx, now, limit)
    done = 0
    for delivery in waiting:
        try:
            done += _deliver(services, delivery)
        except Exception:  # one broken message must not silence the rest
            log.exception("delivery failed id=%s kind=%s", delivery.id, delivery.kind)
            _failed(services, delivery, Trouble.NOT_NOW, "internal")
    return done


def _deliver(services: Services, delivery: Delivery) -> bool:
    now = services.clock.now()
    if delivery.expires_at is not None and delivery.expires_at <= now:
        with services.db.transaction() as tx:
            if delivery.kind == "introduction":
                _give_up(services, tx, delivery, delivery.error or "too_late")
            else:
                deliveries.cancel(tx, delivery.id, delivery.error)
        return True
    later = _pace(services, delivery, now)
    if later is not None:
        with services.db.transaction() as tx:
            deliveries.postpone(tx, delivery.id, later, delivery.error)
        return False
    target = None if delivery.uncertain else _known_target(delivery)
    with services.db.transaction() as tx:
        if not deliveries.claim(tx, delivery, now, posting=target is not None):
            return False
    _attempt(services, replace(delivery, attempts=delivery.attempts + 1), target, now)
    return True


def _pace(services: Services, delivery: Delivery, now: datetime) -> datetime | None:
    if len(delivery.users) > 1 and delivery.posted_channel is None:
        later = services.pacer.wait_until(delivery.team_id, "conversations.open", now)
        if later is not None:
            return later
    target = delivery.posted_channel or delivery.channel_id or ",".join(delivery.users)
    method = METHODS[delivery.method]
    spoken = target if delivery.method in {"post", "file"} else None
    return services.pacer.wait_until(delivery.team_id, method, now, spoken)


def _attempt(services: Services, delivery: Delivery, target: str | None, now: datetime) -> None:
    slack = services.slack(delivery.team_id)
    posting = target is not None
    try:
        if delivery.uncertain and (seen := _look(slack, delivery)):
            return _noted(services, delivery, *seen)
        if target is None:
            target = _known_target(delivery) or _opened(services, slack, delivery)
            with services.db.transaction() as tx:
                deliveries.about_to_post(tx, delivery.id)
            posting = True
        found = _speak(slack, delivery, target)
    except SlackBusy as busy:
        method = "conversations.open" if not posting else METHODS[delivery.method]
        wait = timedelta(seconds=busy.seconds)
        services.pacer.block(delivery.team_id, method, now + wait)
        _failed(services, delivery, Trouble.BUSY, "busy", wait)
    except SlackUnsure:
        trouble = Trouble.UNSURE if posting else Trouble.NOT_NOW
        _failed(services, delivery, trouble, "unsure")
    except SlackRefused as refusal:
        _refused(services, delivery, refusal.code)
    else:
        _noted(services, delivery, *found)


def _noted(services: Services, delivery: Delivery, channel: str, ts: str) -> None:
    """Slack has it. What we cannot note down is in doubt: it must not be said again and again."""
    try:
        _sent(services, delivery, channel, ts)
    except Exception:
        log.exception("posted, not noted id=%s kind=%s", delivery.id, delivery.kind)
        _failed(services, delivery, Trouble.UNSURE, "unsure")


def _refused(services: Services, delivery: Delivery, code: str) -> None:
    if code in MENDABLE:
        until = services.clock.now() + LOCKED_WAIT  # all others would hear the same
        for method in {METHODS[delivery.method], "conversations.open"}:
            services.pacer.block(delivery.team_id, method, until)
        return _failed(services, delivery, Trouble.LOCKED_OUT, code)
    refused_people = delivery.kind == "introduction" and code in after_delivery.UNREACHABLE
    if refused_people and after_delivery.replan(services, delivery, code):
        return None
    return _failed(services, delivery, Trouble.NEVER, code)


def _known_target(delivery: Delivery) -> str | None:
    """The conversation to post in; None when it has to be opened first."""
    if delivery.posted_channel or delivery.channel_id:
        return delivery.posted_channel or delivery.channel_id
    if len(delivery.users) == 1 and delivery.method == "post":
        return delivery.users[0]  # chat.postMessage opens a direct message by itself
    return None


def _opened(services: Services, slack: Slack, delivery: Delivery) -> str:
    opened = slack.open(delivery.users)
    with services.db.transaction() as tx:
        deliveries.opened(tx, delivery.id, opened)
    return opened


def _speak(slack: Slack, delivery: Delivery, target: str) -> tuple[str, str]:
    payload = dict(delivery.payload)
    match delivery.method:
        case "ephemeral":
            answer = slack.call(
                "chat.postEphemeral", channel=target, user=delivery.users[0], **payload
            )
            return target, str(answer.get("message_ts", ""))
        case "update":
            answer = slack.call("chat.update", channel=target, **payload)
        case "file":
            content = base64.b64decode(payload.pop("content"))
            return target, slack.upload(target, File(content=content, **payload))
        case _:
            answer = slack.call(
                "chat.postMessage",
                channel=target,
                metadata={"event_type": "kettle_delivery", "event_payload": {"id": delivery.id}},
                unfurl_links=False,
                unfurl_media=False,
                **payload,
            )
    return str(answer["channel"]), str(answer["ts"])


def _look(slack: Slack, delivery: Delivery) -> tuple[str, str] | None:
    """Whether an earlier attempt was posted after all; only where the token may read history."""
    if delivery.method != "post" or not (delivery.posted_channel or delivery.channel_id):
        return None
    place = delivery.posted_channel or delivery.channel_id or ""
    ts = slack.find_delivery(place, delivery.id, delivery.due_at - timedelta(days=1))
    return (place, ts) if ts else None


def _sent(services: Services, delivery: Delivery, channel: str, ts: str) -> None:
    with services.db.transaction() as tx:
        deliveries.sent(tx, delivery.id, channel, ts, services.clock.now())
        after_delivery.note(tx, delivery, channel, ts, services.clock.now())
    log.info("sent kind=%s id=%s", delivery.kind, delivery.id)
    if delivery.kind in SHOWN_ON_HOME:
        for user_id in delivery.users:
            home.refresh_quietly(services, delivery.team_id, user_id)


def _failed(
    services: Services,
    delivery: Delivery,
    trouble: Trouble,
    code: str,
    wait: timedelta | None = None,
) -> None:
    now, doubted = services.clock.now(), delivery.uncertain
    decision = after_failure(trouble, delivery.attempts, now, wait, doubted)
    log.warning("not sent kind=%s id=%s error=%s", delivery.kind, delivery.id, code)
    # Slack answered, so nothing was posted: an earlier doubt stays, this attempt adds none.
    columns: dict[str, Any] = {} if trouble is Trouble.UNSURE else {"uncertain": delivery.uncertain}
    with services.db.transaction() as tx:
        match decision:
            case TryAgain(at):
                deliveries.postpone(tx, delivery.id, at, code, **columns)
            case LookFirst(at):
                deliveries.postpone(tx, delivery.id, at, code)
            case GiveUp():
                _give_up(services, tx, delivery, code)


def _give_up(services: Services, tx: Session, delivery: Delivery, code: str) -> None:
    deliveries.fail(tx, delivery.id, code)
    after_delivery.given_up(tx, delivery, code, services.clock.now())
    if delivery.kind != "introduction" or delivery.meeting_id is None:
        return
    opened = deliveries.opened_in(tx, delivery.id)
    if code == "unsure" and opened:  # most likely it is there: go on as if it were
        after_delivery.arrived(tx, delivery, opened, None, services.clock.now())
    else:
        after_delivery.never_arrived(services, tx, delivery, code)
