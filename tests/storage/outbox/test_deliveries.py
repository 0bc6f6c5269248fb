"""The outbox: what is due, who holds it, and where a message stands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from core.outbox.kinds import DeliveryKind, DeliveryState, Method
from core.outbox.outgoing import Key, Outgoing, Prefix
from core.values import Place
from storage.meetings.rows import MeetingRow
from storage.outbox import clearing, deliveries, looking
from storage.outbox.rows import DeliveryRow
from storage.rounds.rows import RoundRow

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def message(key: str, due_at: datetime = NOW, **fields: Any) -> Outgoing:
    kind = fields.pop("kind", DeliveryKind.NUDGE)
    team = fields.pop("team_id", "T1")
    return Outgoing(team, Key(key), kind, fields.pop("payload", {"text": key}), due_at, **fields)


def laid(tx: Session, key: str, due_at: datetime = NOW, **fields: Any) -> str:
    made = deliveries.put(tx, message(key, due_at, **fields))
    assert made is not None
    return made


def keys(tx: Session, found: list[deliveries.Delivery]) -> list[str]:
    return [tx.get_one(DeliveryRow, delivery.id).dedupe_key for delivery in found]


def at(tx: Session, key: str) -> deliveries.Delivery:
    found = deliveries.by_key(tx, "T1", Key(key))
    assert found is not None
    return found


def meeting(tx: Session) -> int:
    row = MeetingRow(team_id="T1", created_at=NOW, ends_at=NOW)
    tx.add(row)
    tx.flush()
    assert row.id is not None
    return row.id


def test_a_message_comes_back_as_it_was_laid_down(tx: Session):
    tx.add(
        RoundRow(
            id=7, team_id="T1", channel_id="C1", number=1, due_at=NOW, held_at=NOW, ends_at=NOW
        )
    )
    of = meeting(tx)
    laid(
        tx, "k", NOW + MINUTE, users=("U1", "U2"), channel_id="C1", method=Method.EPHEMERAL,
        meeting_id=of, round_id=7, expires_at=NOW + 2 * MINUTE, payload={"text": "Hello"},
        about="C2", asked_by="U3",
    )  # fmt: skip
    found = at(tx, "k")
    assert (found.team_id, found.kind, found.method) == ("T1", "nudge", Method.EPHEMERAL)
    assert (found.users, found.channel_id, found.payload) == (("U1", "U2"), "C1", {"text": "Hello"})
    assert (found.meeting_id, found.round_id) == (of, 7)
    assert (found.about, found.asked_by, found.key) == ("C2", "U3", "k")
    assert (found.due_at, found.expires_at) == (NOW + MINUTE, NOW + 2 * MINUTE)
    assert (found.state, found.attempts, found.doubts) == (DeliveryState.WAITING, 0, 0)
    assert (found.posted_channel, found.posted_ts, found.error) == (None, None, None)


def test_a_key_is_laid_down_once_in_a_workspace(tx: Session):
    laid(tx, "k", payload={"text": "first"})
    assert deliveries.put(tx, message("k", payload={"text": "second"})) is None
    assert deliveries.put(tx, message("k", team_id="T2")) is not None
    assert at(tx, "k").payload == {"text": "first"}


def test_many_are_laid_down_at_once_and_none_is_no_trouble(tx: Session):
    deliveries.put_new(tx, [])
    deliveries.put_new(tx, [message("a"), message("b", NOW + MINUTE)])
    assert keys(tx, deliveries.due(tx, NOW + MINUTE, 9)) == ["a", "b"]


def test_the_oldest_due_come_first_and_no_more_than_asked_for(tx: Session):
    for key, minutes in (("late", 1), ("early", -1), ("now", 0), ("later", 2)):
        laid(tx, key, NOW + minutes * MINUTE)
    assert keys(tx, deliveries.due(tx, NOW, 9)) == ["early", "now"]
    assert keys(tx, deliveries.due(tx, NOW + MINUTE, 2)) == ["early", "now"]


def test_what_was_sent_failed_or_cancelled_is_not_due(tx: Session):
    for key in ("sent", "failed", "cancelled", "waiting"):
        laid(tx, key)
    deliveries.sent(tx, at(tx, "sent").id, "D1", "1.2", NOW)
    deliveries.fail(tx, at(tx, "failed").id, "channel_not_found")
    deliveries.cancel(tx, at(tx, "cancelled").id, "too late")
    assert keys(tx, deliveries.due(tx, NOW, 9)) == ["waiting"]
    assert at(tx, "failed").state is DeliveryState.FAILED
    assert at(tx, "cancelled").state is DeliveryState.CANCELLED
    assert [at(tx, key).error for key in ("failed", "cancelled")] == [
        "channel_not_found",
        "too late",
    ]


def test_one_worker_holds_a_message_until_its_lease_is_over(tx: Session):
    laid(tx, "k")
    seen = at(tx, "k")
    assert deliveries.claim(tx, seen, NOW)
    tx.expire_all()
    assert not deliveries.claim(tx, seen, NOW)  # by what was seen before
    assert not deliveries.claim(tx, at(tx, "k"), NOW + deliveries.LEASE - MINUTE)
    assert deliveries.due(tx, NOW + deliveries.LEASE - MINUTE, 9) == []
    assert not deliveries.claim(tx, seen, NOW + deliveries.LEASE)
    assert deliveries.claim(tx, at(tx, "k"), NOW + deliveries.LEASE)


def test_a_lease_from_before_the_clock_was_set_back_holds_nothing(tx: Session):
    laid(tx, "k", NOW - MINUTE)
    deliveries.claim(tx, at(tx, "k"), NOW)
    tx.expire_all()
    assert keys(tx, deliveries.due(tx, NOW - MINUTE, 9)) == ["k"]
    assert deliveries.claim(tx, at(tx, "k"), NOW - MINUTE)


@pytest.mark.parametrize("posting", [True, False])
def test_a_claim_counts_an_attempt_and_says_whether_it_is_about_to_post(tx: Session, posting: bool):
    laid(tx, "k")
    other = laid(tx, "other")
    deliveries.claim(tx, at(tx, "k"), NOW, posting=posting)
    tx.expire_all()
    assert (at(tx, "k").attempts, at(tx, "k").doubts) == (1, int(posting))
    assert tx.get_one(DeliveryRow, other).attempts == 0


def test_a_conversation_that_was_opened_is_not_opened_again(tx: Session):
    first, _ = laid(tx, "k"), laid(tx, "other")
    assert at(tx, "k").posted_channel is None
    deliveries.opened(tx, first, "G1")
    assert [at(tx, key).posted_channel for key in ("k", "other")] == ["G1", None]


def test_what_was_posted_is_certain_and_known_by_its_place(tx: Session):
    made = laid(tx, "k")
    deliveries.postpone(tx, made, NOW, "timeout")
    deliveries.about_to_post(tx, at(tx, "k"))
    assert at(tx, "k").doubts == 1
    deliveries.about_to_post(tx, at(tx, "k"))
    assert at(tx, "k").doubts == 2
    deliveries.sent(tx, made, "D1", "1.2", NOW)
    found, row = at(tx, "k"), tx.get_one(DeliveryRow, made)
    assert (found.posted_channel, found.posted_ts, found.state) == ("D1", "1.2", DeliveryState.SENT)
    assert (found.doubts, found.error) == (0, None)
    assert (row.sent_at, row.lease_until) == (NOW, None)


@pytest.mark.parametrize(("said", "known"), [(None, 1), (0, 0), (2, 2)])
def test_what_is_postponed_waits_and_keeps_what_is_known(tx: Session, said, known: int):
    made = laid(tx, "k")
    deliveries.claim(tx, at(tx, "k"), NOW, posting=True)
    deliveries.postpone(tx, made, NOW + MINUTE, "ratelimited", said)
    found = at(tx, "k")
    assert (found.due_at, found.error, found.doubts) == (NOW + MINUTE, "ratelimited", known)
    assert keys(tx, deliveries.due(tx, NOW + MINUTE, 9)) == ["k"]  # nobody holds it
    assert deliveries.due(tx, NOW, 9) == []


@pytest.mark.parametrize("end", [deliveries.fail, deliveries.cancel])
def test_nobody_holds_what_has_ended(tx: Session, end):
    made = laid(tx, "k")
    deliveries.claim(tx, at(tx, "k"), NOW)
    end(tx, made, "why")
    assert tx.get_one(DeliveryRow, made).lease_until is None


def test_messages_of_a_meeting_are_cancelled_by_kind(tx: Session):
    of, other = meeting(tx), meeting(tx)
    laid(tx, "nudge", meeting_id=of)
    laid(tx, "ask", meeting_id=of, kind=DeliveryKind.ASK)
    laid(tx, "elsewhere", meeting_id=other)
    sent = laid(tx, "sent", meeting_id=of)
    deliveries.sent(tx, sent, "D1", "1.2", NOW)
    deliveries.cancel_for_meeting(tx, of, [DeliveryKind.NUDGE])
    states = [at(tx, key).state for key in ("nudge", "ask", "elsewhere", "sent")]
    assert states == ["cancelled", "waiting", "waiting", "sent"]


def test_messages_to_one_person_of_a_meeting_are_cancelled_alone(tx: Session):
    of = meeting(tx)
    laid(tx, "hers", meeting_id=of, users=("U1",))
    laid(tx, "his", meeting_id=of, users=("U2",))
    laid(tx, "theirs", meeting_id=of, users=("U1", "U2"))
    deliveries.cancel_for_meeting(tx, of, [DeliveryKind.NUDGE], "U1")
    states = [at(tx, key).state for key in ("hers", "his", "theirs")]
    assert states == ["cancelled", "waiting", "waiting"]


def test_a_meeting_knows_what_was_sent_and_what_waits(tx: Session):
    of, other = meeting(tx), meeting(tx)
    laid(tx, "late", NOW + MINUTE, meeting_id=of)
    laid(tx, "early", NOW, meeting_id=of, users=["U1"])
    laid(tx, "ask", meeting_id=of, kind=DeliveryKind.ASK)
    laid(tx, "elsewhere", meeting_id=other)
    waiting = deliveries.waiting_for_meeting(tx, of, DeliveryKind.NUDGE)
    assert keys(tx, waiting) == ["early", "late"]
    both, nudge = {of, other}, DeliveryKind.NUDGE
    assert looking.had_in_time(tx, both, nudge, NOW) == set()
    deliveries.sent(tx, at(tx, "early").id, "D1", "1.2", NOW)
    assert looking.had_in_time(tx, both, nudge, NOW) == {(of, "U1")}
    assert looking.had_in_time(tx, both, nudge, NOW - MINUTE) == set()
    assert looking.had_in_time(tx, both, DeliveryKind.ASK, NOW) == set()
    assert looking.had_in_time(tx, {other}, nudge, NOW) == set()
    assert keys(tx, deliveries.waiting_for_meeting(tx, of, DeliveryKind.NUDGE)) == ["late"]


def test_messages_are_cancelled_by_how_their_key_starts(tx: Session):
    for key in ("a_1:x", "a_1:y", "ab1:x", "b"):
        laid(tx, key)
    laid(tx, "a_1:z", team_id="T2")
    deliveries.sent(tx, at(tx, "a_1:y").id, "D1", "1.2", NOW)
    deliveries.cancel_by_key(tx, "T1", "a_1:")
    states = [at(tx, key).state for key in ("a_1:x", "a_1:y", "ab1:x", "b")]
    assert states == ["cancelled", "sent", "waiting", "waiting"]
    elsewhere = deliveries.by_key(tx, "T2", Key("a_1:z"))
    assert elsewhere is not None
    assert elsewhere.state is DeliveryState.WAITING


def test_a_round_has_its_messages_oldest_first(tx: Session):
    for number in (7, 8):
        due = NOW + number * MINUTE
        tx.add(
            RoundRow(
                id=number,
                team_id="T1",
                channel_id="C1",
                number=number,
                due_at=due,
                held_at=NOW,
                ends_at=NOW,
            )
        )
    laid(tx, "late", NOW + MINUTE, round_id=7)
    laid(tx, "early", NOW, round_id=7, kind=DeliveryKind.INTRODUCTION)
    laid(tx, "elsewhere", round_id=8)
    assert keys(tx, looking.of_round(tx, 7)) == ["early", "late"]
    assert keys(tx, looking.of_round(tx, 7, DeliveryKind.NUDGE)) == ["late"]


def test_a_key_is_looked_for_in_its_own_workspace(tx: Session):
    laid(tx, "k", team_id="T2")
    assert deliveries.by_key(tx, "T1", Key("k")) is None
    assert deliveries.by_key(tx, "T2", Key("another")) is None


def test_messages_are_counted_by_state_and_what_was_sent_by_kind(tx: Session):
    for key, minutes in (("before", 0), ("within", 1), ("at the end", 2), ("after", 3)):
        deliveries.sent(tx, laid(tx, key), "D1", "1.2", NOW + minutes * MINUTE)
    laid(tx, "waiting", kind=DeliveryKind.ASK)
    assert looking.counts(tx) == {"sent": 4, "waiting": 1}
    assert looking.sent_between(tx, NOW, NOW + 2 * MINUTE) == {"nudge": 2}


def test_the_unsent_are_the_waiting_and_the_failed_the_next_due_first(tx: Session):
    for key, minutes in (("c", 2), ("a", 0), ("b", 1), ("sent", 0), ("cancelled", 0)):
        laid(tx, key, NOW + minutes * MINUTE)
    deliveries.fail(tx, at(tx, "b").id, "why")
    deliveries.sent(tx, at(tx, "sent").id, "D1", "1.2", NOW)
    deliveries.cancel(tx, at(tx, "cancelled").id)
    assert keys(tx, looking.unsent(tx)) == ["a", "b", "c"]
    assert keys(tx, looking.unsent(tx, limit=2)) == ["a", "b"]


def test_finished_messages_are_cleared_and_waiting_ones_never(tx: Session):
    for key, minutes in (("old", -1), ("waiting", -1), ("due then", 0)):
        laid(tx, key, NOW + minutes * MINUTE)
    for key in ("old", "due then"):
        deliveries.cancel(tx, at(tx, key).id)
    assert clearing.clear_before(tx, NOW) == 1
    left = [deliveries.by_key(tx, "T1", Key(key)) for key in ("old", "waiting", "due then")]
    assert [found is not None for found in left] == [False, True, True]


def test_the_newest_message_under_a_prefix_is_of_this_workspace(tx: Session):
    laid(tx, "refused:C1:a", NOW)
    laid(tx, "refused:C1:b", NOW + MINUTE)
    laid(tx, "refused:C2:c", NOW + 2 * MINUTE)
    laid(tx, "refused:C1:d", NOW + 2 * MINUTE, team_id="T2")
    assert looking.newest_under(tx, "T1", Prefix("refused:C1:")) == NOW + MINUTE
    assert looking.newest_under(tx, "T1", Prefix("refused:C3:")) is None
    assert looking.newest_under(tx, "T1", Prefix("refused_C1:")) is None


def test_what_slack_took_in_a_channel_since_then_was_sent_there(tx: Session):
    sent = laid(tx, "k", channel_id="C1")
    laid(tx, "waits", channel_id="C2")
    deliveries.sent(tx, sent, "C1", "1.1", NOW + MINUTE)
    assert looking.was_posted_since(tx, Place("T1", "C1"), NOW)
    assert not looking.was_posted_since(tx, Place("T1", "C1"), NOW + MINUTE)
    assert not looking.was_posted_since(tx, Place("T1", "C2"), NOW)
    assert not looking.was_posted_since(tx, Place("T2", "C1"), NOW)


def test_what_was_given_up_can_be_laid_again_where_its_key_is_free(tx: Session):
    first = laid(tx, "k")
    deliveries.fail(tx, first, "restricted_action")
    assert deliveries.put(tx, message("k")) is None
    clearing.free_key(tx, at(tx, "k"))
    assert laid(tx, "k") != first
    assert tx.get_one(DeliveryRow, first).state is DeliveryState.FAILED
