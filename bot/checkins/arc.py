"""The arc: worries and actions that come back, and their owners, asked once before (C7)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.checkins import access
from bot.checkins.refusals import Refused, Why
from bot.services import Services
from bot.views import checkin_items as view
from core.actions import (
    IllegalTransition,
    Item,
    ItemKind,
    Occasion,
    State,
    account,
    carry_over,
    comes_back,
    mark_asked,
    move,
    owners_to_ask,
)
from core.checkins import Answer, CheckIn, Kind, Phase
from core.values import Channel
from storage import checkin_items, checkins, deliveries

WORRIES = "worries"
WORRIES_KEPT = 40  # of one kickoff


def ask_owners(tx: Session, checkin: CheckIn, now: datetime) -> None:
    """Ask each owner of an unfinished action how it stands: once, privately, before."""
    at = Occasion(checkin.kind.value)
    items = checkin_items.unfinished(tx, checkin.team_id, checkin.channel_id)
    checkins.change(tx, checkin.id, items=[item.id for item in items if comes_back(item, at)])
    for owner, own in owners_to_ask(items, at).items():
        key = f"item:{checkin.id}:{owner}"
        payload = view.ask_owner(checkin.channel_id, own)
        deliveries.put(tx, checkin.team_id, key, "item", payload, now, users=[owner])
        checkin_items.save(tx, [mark_asked(item) for item in own])


def settle(services: Services, team_id: str, user_id: str, item_id: str, to: State) -> list[Item]:
    """An owner says how an action stands; returns what they were asked about. Raises Refused."""
    with services.db.transaction() as tx:
        found = checkin_items.get(tx, team_id, item_id)
        if found is None:
            raise Refused(Why.GONE)
        item, channel_id = found
        if item.owner != user_id:
            raise Refused(Why.NOT_YOUR_ITEM)
        checkin_items.save(tx, [_moved(item, to)])
        _redraw(tx, team_id, channel_id)
        own = checkin_items.of_owner(tx, team_id, user_id)
        return [one for one in own if one.asked]


def list_for_all(services: Services, channel: Channel, user_id: str) -> list[Item]:
    """Everything unfinished of a channel, for somebody in it. Raises Refused."""
    access.require_member(services, channel, user_id, ask_slack=True)
    with services.db.reading() as tx:
        return checkin_items.unfinished(tx, channel.team_id, channel.id)


def settle_many(
    services: Services, channel: Channel, user_id: str, states: Mapping[str, State]
) -> int:
    """Somebody of the channel says where things stand; returns how many changed.

    An action that has an owner is for its owner to settle; it is left as it is.
    """
    access.require_member(services, channel, user_id, ask_slack=True)
    changed = []
    with services.db.transaction() as tx:
        for item in checkin_items.unfinished(tx, channel.team_id, channel.id):
            to = states.get(item.id)
            if to is None or to is item.state or item.owner not in (None, user_id):
                continue
            changed.append(_moved(item, to))
        checkin_items.save(tx, changed)
        if changed:
            _redraw(tx, channel.team_id, channel.id)
    return len(changed)


def _moved(item: Item, to: State) -> Item:
    try:
        return move(item, to)
    except IllegalTransition as illegal:
        raise Refused(Why.SETTLED) from illegal


def _redraw(tx: Session, team_id: str, channel_id: str) -> None:
    for checkin in checkins.of_channel(tx, team_id, channel_id, [Phase.OPEN]):
        if checkin.items:
            checkins.touch(tx, checkin.id)


def conclude(tx: Session, checkin: CheckIn) -> dict[str, Any]:
    """At closing: the account of what came back is told, and what is unfinished goes on."""
    items = checkin_items.some(tx, checkin.items)
    told = account(items)
    settled = [item for item in items if item.kind is ItemKind.WORRY and not item.state.finished]
    # A worry comes back once, to be held against what happened; saying nothing lets it rest.
    rested = [move(item, State.DONE) for item in settled if item.state is State.OPEN]
    checkin_items.save(tx, rested)
    names = {item.id for item in rested}
    going_on = [item for item in items if item.id not in names]
    checkin_items.save(tx, carry_over(going_on, Occasion(checkin.kind.value)))
    return {
        "done": len(told.done),
        "still_open": len(told.still_open),
        "dropped": len(told.dropped),
        "unanswered": len([i for i in told.unanswered if i.kind is ItemKind.ACTION]),
    }


def keep_worries(tx: Session, checkin: CheckIn, answers: Iterable[Answer]) -> None:
    """What worried people at a kickoff, without their names, for the retro or aar to come."""
    if checkin.kind is not Kind.KICKOFF:
        return
    lines = sorted(
        {
            line.strip(" \t-•")
            for answer in answers
            for line in answer.get(WORRIES, "").splitlines()
            if line.strip(" \t-•")
        }
    )
    for text in lines[:WORRIES_KEPT]:
        checkin_items.add(
            tx, checkin.team_id, checkin.channel_id, ItemKind.WORRY, text, None, checkin.id
        )


def read_slip(slip: str) -> Answer:
    """The words on a slip, by question."""
    words: Answer = json.loads(slip)
    return words
