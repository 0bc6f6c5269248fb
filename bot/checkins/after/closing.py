"""Closing: what may be shown is decided once, and the asker is asked for a word back."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import arc, keys
from bot.checkins.after.results import post_results
from bot.checkins.views import loop as loop_view
from bot.checkins.views import post as view
from bot.platform.errors import tried
from bot.platform.log import get
from bot.platform.services import Services
from core.checkins import Answer, CheckIn, Phase, Result
from core.checkins import Audience as Seen
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.pulse import Published, Request, Trace, Withheld, decide
from storage.checkins import answers as checkin_answers
from storage.checkins import checkins, later, pulses, sealing
from storage.outbox import deliveries

log = get("checkins")
NUDGE_AFTER = timedelta(days=2)  # one question to an asker who has not replied


def close_due(services: Services) -> None:
    """Close what is due, one after another: each decision sees the ones before."""
    with services.db.reading() as tx:
        due = checkins.open_until(tx, services.clock.now())
    for checkin in due:
        with tried(log, "closing", f"checkin={checkin.id}"):
            close_one(services, checkin)


def close_one(services: Services, checkin: CheckIn) -> None:
    """Decide, record and tell. Closing it again does nothing."""
    now = services.clock.now()
    with sealing.answering(services.db) as tx:
        fresh = checkins.hold(tx, checkin.team_id, checkin.id)
        if fresh is None or fresh.phase is not Phase.OPEN:
            return  # another beat was faster
        fresh = _counted(tx, fresh)
        result = _decide(services, tx, fresh)
        if fresh.kind.rules.occasion:
            result = replace(result, told=arc.conclude(tx, fresh))
        traced = fresh.kind.rules.by_mood and result.is_shown
        pulses.discard(tx, fresh.id, receipts=not traced)
        checkins.close_it(tx, fresh.id, result, traced)
        closed = checkins.get(tx, fresh.team_id, fresh.id)
        assert closed is not None
        deliveries.cancel_by_key(tx, closed.team_id, keys.everything_of(closed))
        _tell(tx, closed, now)
    sealing.sweep(services.db)
    log.info("check-in closed id=%d kind=%s", checkin.id, checkin.kind)


def _counted(tx: Session, checkin: CheckIn) -> CheckIn:
    """The check-in with everyone who was asked: some joined the channel while it was open."""
    receipts = 0 if checkin.contract.named else later.receipts(tx, checkin.id)
    invited = max(checkin.invited, receipts, checkin.answers)
    checkins.change(tx, checkin.id, invited=invited)
    return replace(checkin, invited=invited)


def _tell(tx: Session, closed: CheckIn, now: datetime) -> None:
    """The asker, who owes a word if anybody said anything; owners of actions; the channel."""
    notes = [(keys.done(closed), loop_view.closed_for_asker(closed), now)]
    if closed.answers:
        notes.append((keys.owed(closed), loop_view.still_owed(closed), now + NUDGE_AFTER))
    for key, payload, at in notes:
        deliveries.put(
            tx,
            Outgoing(
                closed.team_id,
                key,
                DeliveryKind.CHECKIN_NOTE,
                payload,
                at,
                users=(closed.asker,),
                about=closed.channel_id,
            ),
        )
    arc.tell_owners(tx, closed, now)
    if closed.contract.audience is Seen.CHANNEL and closed.answers:
        post_results(tx, closed, closed.asker, now)


def _decide(services: Services, tx: Session, checkin: CheckIn) -> Result:
    if checkin.kind.rules.by_mood:
        return _decide_pulse(services, tx, checkin)
    decided = Result(checkin.answers, checkin.invited)
    if checkin.contract.named:
        answers = checkin_answers.everyone(tx, checkin.id)
        arc.keep_worries(tx, checkin, answers.values())
        arc.keep_actions(tx, checkin, answers.values())
        return decided
    slips = _slips(tx, checkin)
    if not checkin.contract.enough(checkin.answers):
        return replace(decided, withheld=Withheld.TOO_FEW_ANSWERS)
    arc.keep_worries(tx, checkin, slips)
    random.SystemRandom().shuffle(slips)
    return replace(decided, answers=tuple(slips))


def _decide_pulse(services: Services, tx: Session, checkin: CheckIn) -> Result:
    floor = checkin.contract.floor
    assert floor is not None
    slips = _slips(tx, checkin)
    request = Request(
        pulse=str(checkin.id),
        opens_at=checkin.opens_at,
        closes_at=checkin.closes_at,
        now=services.clock.now(),
        invited=checkin.invited,
        counters=pulses.counters(tx, checkin.id),
        answered=pulses.answered(tx, checkin.id),
        comments=tuple(slip[view.COMMENT.id] for slip in slips if view.COMMENT.id in slip),
        seed=random.SystemRandom().randrange(2**31),
    )
    traces = [trace_of(tx, shown) for shown in checkins.traced(tx, checkin.team_id)]
    decision = decide(request, traces, floor)
    decided = Result(checkin.answers, checkin.invited, decision.withheld)
    return _published(decided, decision.show) if decision.show else decided


def _published(decided: Result, shown: Published) -> Result:
    return replace(decided, lean=shown.lean, bars=shown.bars, comments=shown.comments)


def _slips(tx: Session, checkin: CheckIn) -> list[Answer]:
    """What was written without names, by question."""
    return [json.loads(slip) for slip in pulses.slips(tx, checkin.id)]


def trace_of(tx: Session, shown: CheckIn) -> Trace:
    """What the guard remembers of a shown pulse."""
    return Trace(
        pulse=str(shown.id),
        opens_at=shown.opens_at,
        closes_at=shown.closes_at,
        count=shown.result.count if shown.result else 0,
        answered=pulses.answered(tx, shown.id),
    )
