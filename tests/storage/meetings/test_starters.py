"""Which conversation starters people have had."""

from __future__ import annotations

from sqlmodel import Session

from storage.meetings import starters


def test_everybody_has_had_their_own(tx: Session):
    starters.mark_seen(tx, "T1", [("U1", "a"), ("U1", "b"), ("U2", "a")])
    starters.mark_seen(tx, "T2", [("U1", "c")])
    starters.mark_seen(tx, "T1", [])
    assert starters.seen_by_many(tx, "T1", ["U2", "U1", "U3"]) == {
        "U1": {"a", "b"},
        "U2": {"a"},
        "U3": set(),
    }


def test_what_is_forgotten_may_come_again_to_that_person(tx: Session):
    starters.mark_seen(tx, "T1", [("U1", "a"), ("U1", "b"), ("U2", "a")])
    starters.mark_seen(tx, "T2", [("U1", "a")])
    starters.forget(tx, "T1", "U1", ["a", "z"])
    assert starters.seen_by_many(tx, "T1", ["U1", "U2"]) == {"U1": {"b"}, "U2": {"a"}}
    assert starters.seen_by_many(tx, "T2", ["U1"]) == {"U1": {"a"}}


def test_a_crowd_is_asked_about_whole(tx: Session):
    crowd = [f"U{number:04d}" for number in range(501)]
    starters.mark_seen(tx, "T1", [(user_id, "a") for user_id in crowd])
    assert starters.seen_by_many(tx, "T1", crowd) == {user_id: {"a"} for user_id in crowd}
