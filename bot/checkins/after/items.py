"""Where worries and actions stand: said by an owner, or by anybody of the channel (C7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from bot.checkins import access, ids
from bot.checkins.ids import OfItem
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import items as view
from bot.platform.services import Services
from bot.views import blocks as b
from bot.views.blocks import Message
from bot.views.forms import Reading, Values
from core.actions import IllegalTransition, Item, ItemKind, State, disown, move
from core.checkins import CheckIn, Phase
from core.outbox.kinds import NOT_NEEDED
from core.values import Channel, Place, Who
from storage.checkins import checkins
from storage.checkins import items as checkin_items
from storage.outbox.deliveries import Delivery
from storage.people import memberships, people


def settle(services: Services, who: Who, named: OfItem, to: State) -> list[Item]:
    """An owner says how an action stands; returns what the same message asks. Raises Refused."""
    with services.db.transaction() as tx:
        item = _own(tx, who, named)
        checkin_items.save(tx, [_moved(item, to)])
        return _asked_with(tx, who, named)


def hand_back(services: Services, who: Who, named: OfItem) -> tuple[Item, list[Item]]:
    """ "Not mine": the action has no owner now; returns it, and the person's others there."""
    with services.db.transaction() as tx:
        item = _own(tx, who, named)
        checkin_items.save(tx, [disown(item)])
        return item, _asked_with(tx, who, named)


def as_asked(services: Services, delivery: Delivery) -> Message | None:
    """The question to an owner as it is true when it goes out: about what is unfinished then."""
    with services.db.reading() as tx:
        checkin, own = _asked(tx, delivery)
        return view.ask_owner(checkin.id, checkin.channel_id, own) if checkin and own else None


def has_no_more(services: Services, delivery: Delivery) -> str | None:
    """Why an owner is not asked any more: they have settled or handed back what it was about."""
    with services.db.reading() as tx:
        checkin, own = _asked(tx, delivery)
    return NOT_NEEDED if checkin and not own else None


def _asked(tx: Session, delivery: Delivery) -> tuple[CheckIn | None, list[Item]]:
    pressed = b.value_of(dict(delivery.payload), ids.ITEM_DONE)
    checkin = checkins.get(tx, delivery.team_id, pressed.checkin_id) if pressed else None
    came_back = checkin_items.some(tx, checkin.items) if checkin else []
    reader, action = delivery.users[0], ItemKind.ACTION
    return checkin, [
        i for i in came_back if (i.owner, i.kind) == (reader, action) and not i.state.finished
    ]


def _own(tx: Session, who: Who, named: OfItem) -> Item:
    found = checkin_items.get(tx, who.team, named.item_id)
    if found is None:
        raise Refused(Why.GONE)
    _redraw(tx, found[1])
    item = next(iter(checkin_items.hold(tx, [named.item_id])), None)
    if item is None:
        raise Refused(Why.GONE)
    if item.owner != who.user:
        raise Refused(Why.NOT_YOUR_ITEM)
    return item


def _asked_with(tx: Session, who: Who, named: OfItem) -> list[Item]:
    """The person's actions in the message that names this one: asked before, or told after."""
    checkin = checkins.get(tx, who.team, named.checkin_id)
    if checkin is None:
        raise Refused(Why.GONE)
    came_back = checkin_items.some(tx, checkin.items)
    if not any(item.id == named.item_id for item in came_back):
        came_back = checkin_items.of_checkin(tx, named.checkin_id)
    return [i for i in came_back if i.owner == who.user and i.kind is ItemKind.ACTION]


def list_for_all(services: Services, channel: Channel, user_id: str) -> list[Item]:
    """Everything unfinished of a channel, for somebody in it. Raises Refused.

    An action whose owner is no longer there has no owner: anybody may say where it stands.
    """
    access.require_member(services, channel, user_id, ask_slack=True)
    with services.db.reading() as tx:
        return _unfinished(tx, channel)


def settle_many(services: Services, channel: Channel, user_id: str, values: Values) -> int:
    """Somebody of the channel says where things stand; returns how many changed. Raises Refused.

    An action that has an owner is for its owner to settle; it is left as it is.
    """
    access.require_member(services, channel, user_id, ask_slack=True)
    changed: dict[str, tuple[Item, State]] = {}
    reading = Reading(values)
    with services.db.transaction() as tx:
        for item in _unfinished(tx, channel):
            field = view.where_it_stands(item.id)
            if not reading.has(field) or item.owner not in (None, user_id):
                continue
            to = State(reading.take(field, item.state))
            if to is not item.state:
                changed[item.id] = (item, to)
        return _save_changed(tx, channel.place, changed)


def _save_changed(tx: Session, place: Place, changed: Mapping[str, tuple[Item, State]]) -> int:
    """What stands otherwise by now was settled by somebody else, a moment ago."""
    if changed:
        _redraw(tx, place)
    still = [i for i in checkin_items.hold(tx, changed) if i.state is changed[i.id][0].state]
    checkin_items.save(tx, [_moved(*changed[item.id]) for item in still])
    return len(still)


def _unfinished(tx: Session, channel: Channel) -> list[Item]:
    stored = checkin_items.of_channel(tx, channel.place)
    items = [item for item in stored if not item.state.finished]
    owners = {item.owner for item in items if item.owner}
    known = people.some(tx, channel.team_id, owners)
    gone = {
        owner
        for owner in owners
        if owner not in known
        or known[owner].deleted
        or not memberships.get(tx, channel.place, owner).present
    }
    return [replace(item, owner=None) if item.owner in gone else item for item in items]


def _moved(item: Item, to: State) -> Item:
    try:
        return move(item, to)
    except IllegalTransition as illegal:
        raise Refused(Why.SETTLED) from illegal


def _redraw(tx: Session, place: Place) -> None:
    for checkin in checkins.of_channel(tx, place, [Phase.OPEN]):
        if checkin.items:
            checkins.touch(tx, checkin.id)
