"""Who is in which channel, and in its rounds."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from core.values import Membership, Place, Who
from storage.people import memberships, people

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANY = [f"U{number:04d}" for number in range(501)]


def present(tx: Session, channel_id: str = "C1", team_id: str = "T1") -> list[str]:
    found = memberships.of_channel(tx, Place(team_id, channel_id))
    return sorted(user_id for user_id, membership in found.items() if membership.present)


def test_somebody_never_seen_there_is_not_there(tx: Session):
    assert memberships.get(tx, Place("T1", "C1"), "U1") == Membership("C1", "U1", present=False)
    assert memberships.of_channel(tx, Place("T1", "C1")) == {}


def test_what_is_changed_comes_back_and_nothing_else_is(tx: Session):
    memberships.change(tx, Place("T1", "C1"), "U2", opted=False)
    memberships.change(
        tx, Place("T1", "C1"), "U1", opted=True, skipping=True, waiting_since=NOW, last_round=4
    )
    memberships.change(tx, Place("T1", "C1"), "U1", present=False)
    expected = Membership("C1", "U1", False, True, True, NOW, 4)
    assert memberships.get(tx, Place("T1", "C1"), "U1") == expected
    assert memberships.of_channel(tx, Place("T1", "C1"))["U1"] == expected
    assert memberships.get(tx, Place("T1", "C1"), "U2") == Membership("C1", "U2", opted=False)


def test_slack_s_list_is_the_truth(tx: Session):
    assert memberships.reconcile(tx, Place("T1", "C1"), ["U2", "U1"]) == ["U1", "U2"]
    assert memberships.reconcile(tx, Place("T1", "C1"), ["U2", "U3"]) == ["U3"]
    assert present(tx) == ["U2", "U3"]
    assert memberships.reconcile(tx, Place("T1", "C1"), ["U1", "U2", "U3"]) == []
    assert present(tx) == ["U1", "U2", "U3"]


def test_one_channel_s_list_says_nothing_of_another(tx: Session):
    memberships.reconcile(tx, Place("T1", "C1"), ["U1"])
    memberships.reconcile(tx, Place("T1", "C2"), ["U2"])
    memberships.reconcile(tx, Place("T2", "C1"), ["U3"])
    assert (present(tx), present(tx, "C2"), present(tx, "C1", "T2")) == (["U1"], ["U2"], ["U3"])


def test_a_person_s_channels_are_those_they_are_in_now(tx: Session):
    for channel_id in ("C3", "C1", "C2"):
        memberships.change(tx, Place("T1", channel_id), "U1")
    memberships.change(tx, Place("T1", "C2"), "U1", present=False)
    memberships.change(tx, Place("T1", "C4"), "U2")
    memberships.change(tx, Place("T2", "C5"), "U1")
    assert [m.channel_id for m in memberships.of_person(tx, Who("T1", "U1"))] == ["C1", "C3"]


def test_skips_are_cleared_in_one_channel(tx: Session):
    places = [(Place("T1", "C1"), "U1"), (Place("T1", "C2"), "U1"), (Place("T2", "C1"), "U1")]
    for place in places:
        memberships.change(tx, *place, skipping=True)
    memberships.clear_skips(tx, Place("T1", "C1"))
    assert [memberships.get(tx, *place).skipping for place in places] == [False, True, True]


def test_whoever_is_introduced_was_in_that_round_and_nobody_waits(tx: Session):
    here, there, elsewhere = Place("T1", "C1"), Place("T1", "C2"), Place("T2", "C1")
    places = [(here, "U1"), (here, "U2"), (there, "U1"), (elsewhere, "U1")]
    for place in places:
        memberships.change(tx, *place, waiting_since=NOW, last_round=1)
    memberships.introduced(tx, Place("T1", "C1"), ["U1"], 2)
    found = [memberships.get(tx, *place) for place in places]
    assert [membership.last_round for membership in found] == [2, 1, 1, 1]
    assert [membership.waiting_since for membership in found] == [None, None, NOW, NOW]


def test_a_crowd_is_introduced_whole(tx: Session):
    memberships.reconcile(tx, Place("T1", "C1"), MANY)
    memberships.introduced(tx, Place("T1", "C1"), MANY, 3)
    found = memberships.of_channel(tx, Place("T1", "C1"))
    assert (len(found), {membership.last_round for membership in found.values()}) == (501, {3})


def test_standing_is_what_slack_says_and_whether_they_are_there(tx: Session):
    assert memberships.standing(tx, Place("T1", "C1"), "U1") is None
    people.refresh(tx, "T1", {"U1": {"guest": True}, "U2": {"is_bot": True}}, NOW)
    people.refresh(tx, "T1", {"U3": {"deleted": True}, "U4": {"stranger": True}}, NOW)
    memberships.change(tx, Place("T1", "C1"), "U1")
    memberships.change(tx, Place("T1", "C2"), "U2")
    memberships.change(tx, Place("T1", "C1"), "U3", present=False)
    memberships.change(tx, Place("T2", "C1"), "U4")
    found = [memberships.standing(tx, Place("T1", "C1"), f"U{number}") for number in range(1, 5)]
    assert [tuple(standing or ()) for standing in found] == [
        (False, False, False, True, True),
        (True, False, False, False, False),
        (False, True, False, False, False),
        (False, False, True, False, False),
    ]
