"""The worker that speaks: claims one message at a time, paces itself, posts, and marks it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.outbox.attempt import METHODS, OPEN, Attempt, StillInDoubt, known_target
from bot.outbox.outages import Outages
from bot.outbox.policy import Policies, Policy, Posted
from bot.platform.log import get
from bot.platform.services import Services
from bot.platform.slack import SlackBusy, SlackRefused, SlackSilent, SlackTrouble, SlackUnsure
from core.outbox.kinds import TOO_LATE, UNSURE, Late, Method
from core.outbox.muting import MUTED, is_optional
from core.outbox.retry import (
    LOCKED_WAIT,
    AskSomebody,
    GiveUp,
    LookFirst,
    Trouble,
    TryAgain,
    after_failure,
)
from core.values import Who
from storage.outbox import deliveries
from storage.outbox.deliveries import Delivery
from storage.people import people

log = get("delivery")
BATCH = 50
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
    outages: Outages = field(default_factory=Outages)

    def deliver_due(self, limit: int = BATCH) -> int:
        """Send what is due now, as far as Slack's pace allows; returns how many were dealt with."""
        now = self.services.clock.now()
        with self.services.db.reading() as tx:
            waiting = deliveries.due(tx, now, limit)
        done, held_up = 0, list[tuple[Delivery, datetime]]()
        for delivery in sorted(waiting, key=self._turn):
            try:
                later = self._until(delivery, self.services.clock.now())
                if later is not None:
                    held_up.append((delivery, later))
                else:
                    done += self._deliver(delivery)
            except Exception:  # one broken message must not silence the rest
                log.exception("delivery failed id=%s kind=%s", delivery.id, delivery.kind)
                self._failed(delivery, Trouble.NOT_NOW, "internal")
        self._put_off(held_up, now)
        return done

    def _put_off(self, held_up: list[tuple[Delivery, datetime]], now: datetime) -> None:
        """All at once: in an outage they are many, every few minutes."""
        if held_up:
            with self.services.db.transaction() as tx:
                for delivery, later in held_up:
                    deliveries.put_off(tx, delivery, now, later)

    def _until(self, delivery: Delivery, now: datetime) -> datetime | None:
        """Until when the message has to wait, as things are; what nobody needs waits no more."""
        over = delivery.expires_at is not None and delivery.expires_at <= now
        if over or self._is_muted(delivery):
            return None
        return self._held(delivery, now) or self._pace(delivery, now)

    def _turn(self, delivery: Delivery) -> tuple[datetime, int]:
        return delivery.due_at, self._policy(delivery).lane

    def _policy(self, delivery: Delivery) -> Policy:
        return self.policies[delivery.kind]

    def _deliver(self, delivery: Delivery) -> bool:
        now = self.services.clock.now()
        if self._is_muted(delivery):
            return self._dropped(delivery, now, MUTED)
        if delivery.expires_at is not None and delivery.expires_at <= now:
            return self._too_late(delivery, now)
        policy, must_answer = self._policy(delivery), self._is_doubtful(delivery)
        if not delivery.doubts:  # else it may be there already
            if why := policy.spared(self.services, delivery):
                return self._dropped(delivery, now, why)
            if why := policy.overtaken(self.services, delivery):
                return self._overtaken(delivery, now, why)
        posting = not must_answer and known_target(delivery) is not None
        with self.services.db.transaction() as tx:
            if not deliveries.claim(tx, delivery, now, posting=posting):
                return False
        delivery = replace(delivery, attempts=delivery.attempts + 1)
        if not delivery.doubts and (says := policy.drawn(self.services, delivery)) is not None:
            delivery = replace(delivery, payload=says)
        self._attempt(Attempt(self.services, delivery, posting), must_answer)
        return True

    def _is_muted(self, delivery: Delivery) -> bool:
        """Whether it is optional, and its one reader has muted that (P24)."""
        if len(delivery.users) != 1 or not is_optional(delivery.kind):
            return False
        with self.services.db.reading() as tx:
            reader = people.get(tx, Who(delivery.team_id, delivery.users[0]))
        return reader is not None and reader.muted

    def _dropped(self, delivery: Delivery, now: datetime, why: str) -> bool:
        """Nobody needs it: it waits for no better time either."""
        with self.services.db.transaction() as tx:
            if not deliveries.claim(tx, delivery, now):
                return False  # another worker is speaking it, or has given it up
            deliveries.cancel(tx, delivery.id, why)
        return True

    def _overtaken(self, delivery: Delivery, now: datetime, why: str) -> bool:
        """It must not be said any more: given up, and told to who counts on it."""
        with self.services.db.transaction() as tx:
            if not deliveries.claim(tx, delivery, now):
                return False  # another worker is speaking it, or has given it up
        with self.services.db.transaction() as tx:
            self._give_up(tx, delivery, why)
        return True

    def _too_late(self, delivery: Delivery, now: datetime) -> bool:
        """It does not help any more: dropped for that reason, or reported to who counts on it."""
        if self._policy(delivery).late is Late.DROP:
            return self._dropped(delivery, now, TOO_LATE)
        with self.services.db.transaction() as tx:
            if not deliveries.claim(tx, delivery, now):
                return False
        with self.services.db.transaction() as tx:
            if delivery.doubts:
                self._doubt(tx, delivery)
            else:
                self._give_up(tx, delivery, delivery.error or TOO_LATE)
        return True

    def _is_doubtful(self, delivery: Delivery) -> bool:
        """Whether the method has to be seen to answer before this is said."""
        method = METHODS[delivery.method]
        return bool(delivery.doubts) or self.outages.is_silent(delivery.team_id, method)

    def _held(self, delivery: Delivery, now: datetime) -> datetime | None:
        """Until when somebody's hours keep it: then it is looked at again, with what is so then."""
        later = self._policy(delivery).waits(self.services, delivery, now)
        return later if later > now else None

    def _pace(self, delivery: Delivery, now: datetime) -> datetime | None:
        pacer, team_id, method = self.services.pacer, delivery.team_id, METHODS[delivery.method]
        opens = len(delivery.users) > 1 and delivery.posted_channel is None
        silent = self.outages.wait_until(team_id, method, now)
        if silent is None and opens:
            silent = self.outages.wait_until(team_id, OPEN, now)
        if silent is not None:
            return silent
        if opens:
            later = pacer.wait_until(team_id, OPEN, now)
            if later is not None:
                return later
        target = delivery.posted_channel or delivery.channel_id or ",".join(delivery.users)
        spoken = target if delivery.method in {Method.POST, Method.FILE} else None
        return pacer.wait_until(team_id, method, now, spoken)

    def _said(self, attempt: Attempt, must_answer: bool) -> Posted:
        team_id = attempt.delivery.team_id
        if found := attempt.look():
            return found
        if must_answer:
            attempt.see_it_answer()
            self.outages.seems_back(team_id, attempt.method)
        if attempt.open():
            self.outages.answered(team_id, OPEN)
        posted = attempt.post()
        self.outages.answered(team_id, attempt.method)
        return posted

    def _attempt(self, attempt: Attempt, must_answer: bool) -> None:
        team_id = attempt.delivery.team_id
        try:
            found = self._said(attempt, must_answer)
        except SlackBusy as busy:
            wait = timedelta(seconds=busy.seconds)
            self.services.pacer.block(team_id, attempt.method, self.services.clock.now() + wait)
            self._failed(attempt.delivery, Trouble.BUSY, "busy", wait)
        except SlackSilent as silence:
            self._unanswered(attempt, silence)
        except SlackRefused as refusal:
            self._refused(attempt.delivery, refusal.code)
        except StillInDoubt:
            with self.services.db.transaction() as tx:
                self._doubt(tx, attempt.delivery)
        except Exception:  # ours: what was on its way to Slack may be there
            log.exception(
                "delivery failed id=%s kind=%s", attempt.delivery.id, attempt.delivery.kind
            )
            trouble = Trouble.UNSURE if attempt.posting else Trouble.NOT_NOW
            self._failed(attempt.delivery, trouble, "internal")
        else:
            self._noted(attempt.delivery, found)

    def _unanswered(self, attempt: Attempt, silence: SlackSilent) -> None:
        """Nothing more is said this way before it answers again."""
        delivery, now = attempt.delivery, self.services.clock.now()
        later = self.outages.silent(delivery.team_id, attempt.method, now)
        doubt = attempt.posting and isinstance(silence, SlackUnsure)
        code = UNSURE if doubt else "away"
        self._failed(delivery, Trouble.UNSURE if doubt else Trouble.AWAY, code, later - now)

    def _noted(self, delivery: Delivery, posted: Posted) -> None:
        """Slack has it. What we cannot note down is in doubt: it must not be said for ever."""
        try:
            self._sent(delivery, posted)
        except Exception:
            log.exception("posted, not noted id=%s kind=%s", delivery.id, delivery.kind)
            self._failed(delivery, Trouble.UNSURE, UNSURE)

    def _sent(self, delivery: Delivery, posted: Posted) -> None:
        policy = self._policy(delivery)
        with self.services.db.transaction() as tx:
            now = self.services.clock.now()
            # What the message is about is held first: whoever changes that cancels its messages.
            policy.sent(self.services, tx, delivery, posted)
            ends_at = policy.ends_at(delivery, posted, now)
            deliveries.sent(tx, delivery.id, posted.channel, posted.ts, now, ends_at)
        log.info("sent kind=%s id=%s", delivery.kind, delivery.id)
        policy.afterwards(self.services, delivery)

    def _refused(self, delivery: Delivery, code: str) -> None:
        if code in MENDABLE:
            until = self.services.clock.now() + LOCKED_WAIT  # all others would hear the same
            for method in {METHODS[delivery.method], OPEN}:
                self.services.pacer.block(delivery.team_id, method, until)
            self._failed(delivery, Trouble.LOCKED_OUT, code)
            return
        try:
            mended = self._policy(delivery).refused(self.services, delivery, code)
        except SlackTrouble:  # it wanted to look somebody up: the same no is heard again later
            self._failed(delivery, Trouble.NOT_NOW, code)
            return
        if not mended:
            self._failed(delivery, Trouble.NEVER, code)

    def _failed(
        self, delivery: Delivery, trouble: Trouble, code: str, wait: timedelta | None = None
    ) -> None:
        # What surely was not posted adds no doubt to those that there are.
        doubts = delivery.doubts + (trouble is Trouble.UNSURE)
        now = self.services.clock.now()
        with self.services.db.transaction() as tx:
            match after_failure(trouble, delivery.attempts, now, wait, doubts):
                case TryAgain(at) | LookFirst(at):
                    deliveries.postpone(tx, delivery.id, at, code, doubts)
                case AskSomebody():
                    self._doubt(tx, delivery)
                case GiveUp():
                    self._give_up(tx, delivery, code)
        log.warning("not sent kind=%s id=%s error=%s", delivery.kind, delivery.id, code)

    def _doubt(self, tx: Session, delivery: Delivery) -> None:
        self._policy(delivery).doubted(self.services, tx, delivery, UNSURE)
        deliveries.doubt(tx, delivery.id, UNSURE)

    def _give_up(self, tx: Session, delivery: Delivery, code: str) -> None:
        self._policy(delivery).lost(self.services, tx, delivery, code)
        deliveries.fail(tx, delivery.id, code)
