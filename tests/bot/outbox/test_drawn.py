"""What waits says what is so when it goes out, or nothing where that is needed no more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.checkins.after import items as after
from bot.checkins.views import items as item_view
from bot.meetings.second import searching
from bot.meetings.views import second as second_view
from core.actions import ItemKind, State
from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from core.values import Outcome
from storage.channels import channels
from storage.checkins import checkins
from storage.checkins import items as checkin_items
from storage.meetings import meetings
from storage.outbox import deliveries
from tests.still import PLACE, TEAM, WEEK, Still
from tests.storage.checkins import box

DAY = timedelta(days=1)


@pytest.fixture
def still(db):
    made = Still(db)
    for user_id in ("UANA", "UBO"):
        made.person(user_id)
        made.joins(user_id)
    return made


def waits(still, kind, payload, **more):
    """Such a message to Ana, which was laid down a while ago."""
    message = Outgoing(TEAM, Key("one"), kind, payload, still.at, users=("UANA",), **more)
    with still.db.transaction() as tx:
        deliveries.put(tx, message)
        return deliveries.by_key(tx, TEAM, message.key)


# -- how an owner's actions stand -------------------------------------------------


@pytest.fixture
def actions(still):
    """Two actions of Ana's and one of Bo's come back in a check-in; Ana's question waits."""
    with still.db.transaction() as tx:
        for owner, text in (("UANA", "Plan"), ("UANA", "Call"), ("UBO", "Book")):
            checkin_items.add(tx, PLACE, ItemKind.ACTION, text, owner)
        own = checkin_items.of_channel(tx, PLACE)
        made = box.planned(tx, PLACE)
        checkins.open_it(tx, made.id, 2, [item.id for item in own], None)
    own = [item for item in own if item.owner == "UANA"]
    return made.id, own, waits(still, Kind.ITEM, item_view.ask_owner(made.id, "C1", own))


def test_an_owner_is_asked_about_what_is_unfinished_then(still, actions):
    checkin_id, own, word = actions
    assert after.as_asked(still.services, word) == word.payload
    with still.db.transaction() as tx:
        checkin_items.save(tx, [replace(own[0], state=State.DONE)])
    left = item_view.ask_owner(checkin_id, "C1", own[1:])
    assert after.as_asked(still.services, word) == left
    assert after.has_no_more(still.services, word) is None


def test_who_has_settled_or_handed_back_all_of_it_is_not_asked(still, actions):
    _, own, word = actions
    with still.db.transaction() as tx:
        checkin_items.save(tx, [replace(own[0], state=State.DONE), replace(own[1], owner=None)])
    assert after.has_no_more(still.services, word) is not None


# -- the end of a search ----------------------------------------------------------


@pytest.fixture
def over(still):
    """A search of Ana's beside her meeting with Bo is over; the word of it waits."""
    pair = still.meeting("UANA", "UBO")
    payload = second_view.over(pair, "UANA", still.at + DAY)
    return pair, waits(still, Kind.SEARCHED, payload, meeting_id=pair.id)


def test_the_end_of_a_search_names_the_round_that_is_the_next_when_it_is_read(still, over):
    pair, word = over
    with still.db.transaction() as tx:
        channels.change(tx, PLACE, next_due_at=still.at + 2 * WEEK)
    said = second_view.over(pair, "UANA", still.at + 2 * WEEK)
    assert searching.as_over(still.services, word) == said
    assert searching.wants_no_more(still.services, word) is None


@pytest.mark.parametrize("since", ["met", "agreed", "left", "closed"])
def test_who_has_met_or_found_a_time_or_is_out_of_the_rounds_does_not_read_it(still, over, since):
    pair, word = over
    with still.db.transaction() as tx:
        if since == "met":
            meetings.answer(tx, pair.id, "UBO", Outcome.MET)
        if since == "agreed":
            meetings.change(tx, pair.id, agreed_at=still.at + DAY)
        if since == "closed":
            channels.change(tx, PLACE, active=False)
    if since == "left":
        still.stands("UANA", opted=False)
    assert searching.wants_no_more(still.services, word) is not None
