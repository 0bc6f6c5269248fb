"""What one person had, and what is still to come for them."""

from datetime import UTC, datetime, timedelta

import pytest

from core.outbox.kinds import DeliveryKind as Kind
from core.outbox.outgoing import Key, Outgoing
from core.values import Who
from storage.outbox import deliveries, readers

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ANA = Who("T1", "UANA")


def lays(tx, name, at=NOON, users=("UANA",), **more):
    message = Outgoing("T1", Key(name), more.pop("kind", Kind.ASK), {"text": "…"}, at, users=users)
    return deliveries.put(tx, Outgoing(**{**_fields(message), **more}))


def _fields(message):
    return {name: getattr(message, name) for name in Outgoing.__dataclass_fields__}


def had(tx, since=NOON, until=NOON + HOUR, kinds=(Kind.ASK,)):
    return len(readers.had(tx, ANA, kinds, since, until))


def coming(tx, until=NOON + HOUR):
    return [one.id for one in readers.to_come(tx, ANA, (Kind.ASK, Kind.NUDGE), until)]


@pytest.mark.parametrize(
    ("sent", "counts"), [(-SECOND, 0), (timedelta(0), 1), (HOUR - SECOND, 1), (HOUR, 0)]
)
def test_what_was_sent_counts_from_the_begin_of_a_time_up_to_its_end(tx, sent, counts):
    deliveries.sent(tx, lays(tx, "one"), "D1", "1.1", NOON + sent)
    assert had(tx) == counts


def test_what_others_read_or_is_of_another_kind_does_not(tx):
    deliveries.sent(tx, lays(tx, "one", users=("UBO",)), "D1", "1.1", NOON)
    deliveries.sent(tx, lays(tx, "two", kind=Kind.NUDGE), "D1", "1.2", NOON)
    assert had(tx) == 0
    group = lays(tx, "three", users=("UBO", "UANA"))
    deliveries.sent(tx, group, "G1", "1.3", NOON)
    assert had(tx) == 1


@pytest.mark.parametrize(("due", "counts"), [(-SECOND, 0), (timedelta(0), 1), (HOUR, 0)])
def test_what_may_be_there_counts_by_when_it_was_due_and_what_only_waits_does_not(tx, due, counts):
    lays(tx, "one", NOON + due)
    assert had(tx) == 0
    deliveries.about_to_post(tx, deliveries.by_key(tx, "T1", Key("one")))
    assert had(tx) == counts


def test_what_is_to_come_is_in_order_due_before_the_end_and_of_use_then(tx):
    later, first = lays(tx, "a", NOON + SECOND), lays(tx, "b")
    lays(tx, "c", NOON + HOUR)
    lays(tx, "d", expires_at=NOON)
    helps = lays(tx, "e", NOON + 2 * SECOND, expires_at=NOON + 3 * SECOND)
    assert coming(tx) == [first, later, helps]
    deliveries.cancel(tx, first)
    deliveries.sent(tx, later, "D1", "1.1", NOON)
    assert coming(tx) == [helps]
