"""The arc: worries and actions that come back, and their owners, asked once before (C7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.checkins import keys
from bot.checkins.views import items as view
from bot.checkins.views.post import OWNER
from core.actions import (
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
from core.checkins import ACTIONS, WORRIES, Answer, CheckIn, Tally, Told
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from storage.checkins import checkins, later
from storage.checkins import items as checkin_items
from storage.outbox import deliveries


def coming_back(tx: Session, checkin: CheckIn) -> list[Item]:
    """What this check-in tells: all that is unfinished, and once what was finished since."""
    told = later.over(tx, checkin.place)
    stored = checkin_items.of_channel(tx, checkin.place)
    return [item for item in stored if comes_back(item, _occasion(checkin), told)]


def listed(tx: Session, checkin: CheckIn) -> list[Item]:
    """What the check-in lists: as things stand now, and from its closing on as they stood then."""
    told = checkin.result.told if checkin.result else None
    then = told.states if told else {}
    return [
        replace(item, state=then[item.id]) if item.id in then else item
        for item in checkin_items.some(tx, checkin.items)
    ]


def ask_owners(tx: Session, checkin: CheckIn, now: datetime) -> None:
    """Ask each owner of an unfinished action how it stands: once, privately, before."""
    items = coming_back(tx, checkin)
    now_held = {item.id: item for item in checkin_items.hold(tx, [item.id for item in items])}
    items = [now_held[item.id] for item in items if item.id in now_held]
    checkins.change(tx, checkin.id, items=[item.id for item in items])
    for owner, own in owners_to_ask(items, _occasion(checkin)).items():
        key = keys.owner_asked(checkin, owner)
        payload = view.ask_owner(checkin.id, checkin.channel_id, own)
        message = Outgoing(checkin.team_id, key, DeliveryKind.ITEM, payload, now, users=(owner,))
        message = replace(message, about=checkin.channel_id, expires_at=checkin.closes_at)
        deliveries.put(tx, message)
        checkin_items.save(tx, [mark_asked(item) for item in own])


def ask_anew(tx: Session, checkin: CheckIn) -> None:
    """The check-in is not held after all: who gave no word may be asked before the next one."""
    deliveries.cancel_by_key(tx, checkin.team_id, keys.owners_asked(checkin))
    silent = [i for i in checkin_items.hold(tx, checkin.items) if i.state is State.OPEN]
    checkin_items.save(tx, [replace(item, asked=False) for item in silent])


def tell_owners(tx: Session, checkin: CheckIn, now: datetime) -> None:
    """Whoever was named for an action reads it once the check-in has closed, and may say no."""
    own: dict[str, list[Item]] = {}
    for item in checkin_items.of_checkin(tx, checkin.id):
        if item.owner is not None:
            own.setdefault(item.owner, []).append(item)
    for owner, items in own.items():
        key = keys.took_on(checkin, owner)
        payload = view.took_on(checkin, items)
        message = Outgoing(checkin.team_id, key, DeliveryKind.TOOK_ON, payload, now, users=(owner,))
        deliveries.put(tx, replace(message, about=checkin.channel_id))


def conclude(tx: Session, checkin: CheckIn) -> Told:
    """At closing: where things stood is told and kept, and what is unfinished goes on."""
    checkin_items.hold(tx, checkin.items)  # an owner's word comes before this, or after
    items = checkin_items.some(tx, checkin.items)
    became = account(items)
    # A worry comes back once, to be held against what happened; saying nothing lets it rest.
    rested = [i for i in items if i.kind is ItemKind.WORRY and i.state is State.OPEN]
    checkin_items.save(tx, [move(item, State.DONE) for item in rested])
    names = {item.id for item in rested}
    going_on = [item for item in items if item.id not in names]
    checkin_items.save(tx, carry_over(going_on, _occasion(checkin)))
    silent = tuple(item for item in became.unanswered if item.kind is ItemKind.ACTION)
    return Told(
        states={item.id: item.state for item in items},
        over=tuple(item.id for item in items if item.state.finished or item.id in names),
        account=Tally.of(replace(became, unanswered=silent)),
    )


def _occasion(checkin: CheckIn) -> Occasion:
    occasion = checkin.kind.rules.occasion
    assert occasion is not None  # nothing else is asked of check-ins outside the arc
    return occasion


def keep_worries(tx: Session, checkin: CheckIn, answers: Iterable[Answer]) -> None:
    """What worried people at a kickoff, without their names, for the retro or aar to come."""
    if checkin.kind.rules.collects is not ItemKind.WORRY:
        return
    for text in sorted({line for answer in answers for line in lines(answer.get(WORRIES, ""))}):
        checkin_items.add(tx, checkin.place, ItemKind.WORRY, text, None, checkin.id)


def keep_actions(tx: Session, checkin: CheckIn, answers: Iterable[Answer]) -> None:
    """What people with names said should be done, as they said it last.

    Versions before noted actions down with each answer: of those, what is still said stays.
    """
    if checkin.kind.rules.collects is not ItemKind.ACTION:
        return
    said = {
        (text, answer.get(OWNER.id)): None
        for answer in answers
        for text in lines(answer.get(ACTIONS, ""))
    }
    there = {item.id: item.text for item in checkin_items.of_checkin(tx, checkin.id)}
    texts = {text for text, _ in said}
    checkin_items.drop(tx, [item_id for item_id, text in there.items() if text not in texts])
    for text, owner in said:
        if text not in there.values():
            checkin_items.add(tx, checkin.place, ItemKind.ACTION, text, owner, checkin.id)


def lines(text: str) -> list[str]:
    """The worries or actions in a field, one a line; each once."""
    stripped = (line.strip(" \t-•") for line in text.splitlines())
    return list(dict.fromkeys(line for line in stripped if line))
