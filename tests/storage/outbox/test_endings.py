"""What is open, what is over, and which message stands at a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.kinds import DeliveryState, Method
from core.outbox.outgoing import Key, Outgoing
from core.values import Place
from storage.outbox import deliveries, endings
from storage.outbox.deliveries import Delivery
from storage.outbox.rows import DeliveryRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HERE = Place("T1", "C1")


def laid(tx: Session, name: str, kind: Kind = Kind.OPENING, **fields: Any) -> Delivery:
    team = fields.pop("team_id", "T1")
    message = Outgoing(team, Key(name), kind, {"text": "?"}, NOW, channel_id="C1", **fields)
    made = deliveries.put(tx, message)
    assert made is not None
    return again(tx, name, team)


def said(tx: Session, name: str, ends: datetime | None = NOW, **fields: Any) -> Delivery:
    """A message that was posted as 1.1 in its channel, and is over at this instant."""
    where, ts = fields.pop("posted", ("C1", "1.1"))
    own = laid(tx, name, **fields)
    deliveries.sent(tx, own.id, where, ts, NOW, ends)
    return again(tx, name, own.team_id)


def again(tx: Session, name: str, team: str = "T1") -> Delivery:
    found = deliveries.by_key(tx, team, Key(name))
    assert found is not None
    return found


def redrawn(tx: Session, shown: Delivery) -> Delivery:
    """The redraw of a message, which waits."""
    return laid(tx, endings.key(shown.id), Kind.ENDED, method=Method.UPDATE)


def test_a_message_is_over_at_its_instant_and_the_longest_over_is_drawn_first(tx: Session):
    for name, minutes in (("then", 0), ("long ago", -2), ("a moment ago", -1), ("soon", 1)):
        said(tx, name, NOW + minutes * MINUTE)
    said(tx, "elsewhere", NOW - 3 * MINUTE, team_id="T2")
    said(tx, "later", NOW + MINUTE, team_id="T3")
    said(tx, "never", None)
    assert endings.teams(tx, NOW) == ["T1", "T2"]
    drawn = [delivery.key for delivery in endings.over(tx, "T1", NOW, 2)]
    assert drawn == ["long ago", "a moment ago"]
    assert [one.key for one in endings.over(tx, "T1", NOW, 9)] == [*drawn, "then"]


def test_redraws_are_waited_for_in_their_own_workspace_and_nothing_else_is(tx: Session):
    shown = said(tx, "shown")
    laid(tx, "something else")
    laid(tx, "elsewhere", Kind.ENDED, team_id="T2")
    assert not endings.are_waiting(tx, "T1")
    redraw = redrawn(tx, shown)
    assert endings.are_waiting(tx, "T1")
    deliveries.sent(tx, redraw.id, "C1", "1.1", NOW)
    assert not endings.are_waiting(tx, "T1")


@pytest.mark.parametrize(
    "other",
    [{"posted": ("C2", "1.1")}, {"posted": ("C1", "1.2")}, {"team_id": "T2"}],
)
def test_a_place_has_its_own_message_and_no_other_s(tx: Session, other: dict[str, Any]):
    said(tx, "another", **other)
    assert endings.standing_at(tx, HERE, "1.1") is None
    own = said(tx, "own")
    assert endings.standing_at(tx, HERE, "1.1") == own


def test_a_redraw_is_not_the_message_that_it_draws(tx: Session):
    said(tx, "a redraw", None, method=Method.UPDATE)
    assert endings.standing_at(tx, HERE, "1.1") is None


def test_one_beat_alone_takes_what_is_over(tx: Session):
    own = said(tx, "own", NOW + MINUTE)
    assert not endings.taken(tx, own, NOW)  # meanwhile it was put off
    assert again(tx, "own").ends_at == NOW + MINUTE
    assert endings.taken(tx, own, NOW + MINUTE)
    assert not endings.taken(tx, own, NOW + MINUTE)
    assert again(tx, "own").ends_at is None


def test_what_is_over_is_so_from_its_instant_on_and_once_it_is_drawn(tx: Session):
    own, asks_nothing = said(tx, "own"), said(tx, "asks nothing", None)
    assert not endings.is_over(tx, own, NOW - MINUTE)
    assert endings.is_over(tx, own, NOW)
    assert not endings.is_over(tx, own)  # it does not look so yet
    assert not endings.is_over(tx, asks_nothing, NOW)
    assert endings.taken(tx, own, NOW)
    redrawn(tx, own)
    assert endings.is_over(tx, again(tx, "own"))


def test_what_is_settled_is_drawn_no_more_and_its_redraw_says_nothing(tx: Session):
    own, other = said(tx, "own"), said(tx, "other")
    redraw = redrawn(tx, own)
    endings.settled(tx, own)
    assert again(tx, "own").ends_at is None
    assert again(tx, "other").ends_at == other.ends_at
    row = tx.get_one(DeliveryRow, redraw.id)
    assert (row.state, row.payload) == (DeliveryState.CANCELLED, {})


def test_what_asks_nothing_or_is_drawn_is_not_opened_again(tx: Session):
    own = said(tx, "own", None)
    endings.end(tx, own, NOW)
    assert again(tx, "own").ends_at is None


def test_the_open_ones_of_a_channel_are_of_that_kind_there(tx: Session):
    own = said(tx, "own")
    said(tx, "over", None)
    said(tx, "another kind", kind=Kind.GREETING)
    said(tx, "elsewhere", team_id="T2")
    assert endings.open_in(tx, HERE, Kind.OPENING) == [own]
    assert endings.open_in(tx, Place("T1", "C2"), Kind.OPENING) == []


def test_the_open_ones_under_some_keys_are_of_that_workspace(tx: Session):
    own, other = said(tx, "own"), said(tx, "other")
    said(tx, "third")
    said(tx, "own", team_id="T2")
    assert endings.open_under(tx, "T1", [Key("own"), Key("other")]) == [other, own]
