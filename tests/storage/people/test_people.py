"""What is kept of colleagues, each in their own workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session

from core.values import Hours, Mode, Person, Who
from storage.people import homes, people
from storage.people.rows import PersonRow
from storage.platform.rows import Workspace
from storage.platform.slices import SLICE

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANY = [f"U{number:04d}" for number in range(SLICE + 1)]


def test_somebody_new_is_as_everybody_begins(tx: Session):
    assert people.get(tx, Who("T1", "U1")) is None
    found = people.require(tx, Who("T1", "U1"))
    assert found == Person("U1", found.number)
    assert people.get(tx, Who("T1", "U1")) == found
    assert people.get(tx, Who("T2", "U1")) is None


def test_everybody_has_a_number_of_their_own_in_their_workspace(tx: Session):
    numbers = [people.require(tx, Who("T1", user)).number for user in ("U1", "U2", "U1", "U3")]
    assert numbers == [0, 1, 0, 2]
    assert people.require(tx, Who("T2", "U9")).number == 0
    people.refresh(tx, "T1", {"U5": {}, "U4": {}}, NOW)
    assert [people.require(tx, Who("T1", user)).number for user in ("U4", "U5", "U6")] == [3, 4, 5]


def test_a_workspace_is_made_once(tx: Session):
    people.workspace(tx, "T1").bot_user_id = "UBOT"
    assert people.workspace(tx, "T1").bot_user_id == "UBOT"
    assert people.bot_user_id(tx, "T1") == "UBOT"
    assert people.bot_user_id(tx, "T2") == ""
    assert tx.get(Workspace, "T2") is None


def test_what_somebody_chose_comes_back(tx: Session):
    other = people.require(tx, Who("T1", "U2"))
    hours = Hours(time(10), time(12), (1, 2))
    people.change(
        tx, Who("T1", "U1"), zone="Europe/Berlin", department="Sales",
        paused_until=date(2026, 4, 1), pace=2, hours=hours.to_json(), mode=Mode.VIRTUAL, size=3,
        ask_about="bees",
        obeys_status=True, open_to_ask=True, requests=5, unanswered=4, organised=5,
    )  # fmt: skip
    found = people.require(tx, Who("T1", "U1"))
    assert (found.zone, found.team, found.paused_until) == (
        "Europe/Berlin",
        "Sales",
        date(2026, 4, 1),
    )
    assert (found.pace, found.hours, found.mode, found.size) == (2, hours, Mode.VIRTUAL, 3)
    assert (found.ask_about, found.obeys_status, found.open_to_ask) == ("bees", True, True)
    assert (found.requests, found.unanswered, found.organised) == (5, 4, 5)
    assert people.require(tx, Who("T1", "U2")) == other


def test_a_change_returns_the_person_as_they_are_now(tx: Session):
    assert people.change(tx, Who("T1", "U1"), pace=3).pace == 3


def test_no_limit_of_requests_is_kept_apart_from_the_one_that_everybody_begins_with(tx: Session):
    assert people.require(tx, Who("T1", "U1")).requests == 2
    people.change(tx, Who("T1", "U1"), requests=None)
    people.refresh(tx, "T1", {"U2": {}}, NOW)
    assert people.get(tx, Who("T1", "U1")).requests is None
    assert people.get(tx, Who("T1", "U2")).requests == 2


def test_what_slack_says_is_taken_over_for_old_and_new(tx: Session):
    people.require(tx, Who("T1", "U1"))
    people.require(tx, Who("T2", "U1"))
    says = {
        "zone": "Asia/Tokyo", "is_bot": True, "deleted": True, "guest": True, "stranger": True,
        "status_emoji": ":palm_tree:", "status_text": "Away", "status_until": NOW,
    }  # fmt: skip
    people.refresh(tx, "T1", {"U1": says, "U2": says}, NOW)
    for user_id in ("U1", "U2"):
        found = people.require(tx, Who("T1", user_id))
        assert (found.zone, found.status_emoji, found.status_text, found.status_until) == (
            "Asia/Tokyo", ":palm_tree:", "Away", NOW,
        )  # fmt: skip
        assert (found.is_bot, found.deleted, found.guest, found.stranger) == (True,) * 4
    assert people.require(tx, Who("T2", "U1")).zone == "UTC"


def test_nothing_to_take_over_is_no_trouble(tx: Session):
    people.refresh(tx, "T1", {}, NOW)
    assert people.require(tx, Who("T1", "U1")).number == 0


def test_slack_is_asked_again_about_those_not_seen_since(tx: Session):
    day = timedelta(days=1)
    people.refresh(tx, "T1", {"U1": {}}, NOW)
    people.refresh(tx, "T1", {"U2": {}}, NOW - day)
    people.refresh(tx, "T2", {"U3": {}}, NOW)
    people.require(tx, Who("T1", "U4"))
    assert people.stale(tx, "T1", ["U1", "U2", "U3", "U4"], NOW) == {"U2", "U3", "U4"}
    people.refresh(tx, "T1", {"U2": {}}, NOW)
    assert people.stale(tx, "T1", ["U1", "U2"], NOW) == set()


def test_a_crowd_is_looked_up_whole(tx: Session):
    people.refresh(tx, "T1", {user_id: {} for user_id in MANY}, NOW)
    people.refresh(tx, "T2", {"U9999": {}}, NOW)
    assert sorted(people.some(tx, "T1", [*MANY, "U9999"])) == MANY
    assert people.some(tx, "T1", MANY)["U0500"].id == "U0500"
    assert people.stale(tx, "T1", MANY, NOW) == set()
    people.add_organised(tx, "T1", MANY)
    assert {person.organised for person in people.some(tx, "T1", MANY).values()} == {1}


def test_credit_and_turns_add_up_for_those_named(tx: Session):
    for team, user in (("T1", "U1"), ("T1", "U2"), ("T1", "U3"), ("T2", "U1")):
        people.require(tx, Who(team, user))
    people.add_credit(tx, "T1", {"U1": 0.5, "U2": -0.25, "U3": 0.0})
    people.add_credit(tx, "T1", {"U1": 0.5})
    people.add_organised(tx, "T1", ["U2"])
    people.add_organised(tx, "T1", ["U2"])
    found = people.some(tx, "T1", ["U1", "U2", "U3"])
    assert [found[u].credit for u in ("U1", "U2", "U3")] == [1.0, -0.25, 0.0]
    assert [found[u].organised for u in ("U1", "U2", "U3")] == [0, 2, 0]
    assert people.require(tx, Who("T2", "U1")).credit == 0.0


def test_a_private_list_is_whole_sorted_and_its_owner_s(tx: Session):
    people.set_not_with(tx, Who("T1", "U1"), ["U9", "U3", "U3", "U1"])
    people.set_not_with(tx, Who("T1", "U2"), ["U3"])
    people.set_not_with(tx, Who("T2", "U1"), ["U4"])
    people.set_not_with(tx, Who("T1", "U1"), ["U9", "U5"])
    assert people.not_with(tx, Who("T1", "U1")) == ["U5", "U9"]
    assert people.not_with(tx, Who("T1", "U2")) == ["U3"]
    assert people.not_with(tx, Who("T2", "U1")) == ["U4"]


def test_pairs_are_blocked_where_both_are_there(tx: Session):
    people.set_not_with(tx, Who("T1", "U1"), ["U2", "U3"])
    people.set_not_with(tx, Who("T2", "U2"), ["U4"])
    assert people.blocks(tx, "T1", ["U1", "U2", "U4"]) == {("U1", "U2")}
    assert people.blocks(tx, "T1", ["U2", "U3"]) == frozenset()


def test_the_home_tab_is_known_to_those_who_opened_it(tx: Session):
    people.change(tx, Who("T1", "U1"), home_opened=True)
    people.require(tx, Who("T1", "U2"))
    people.require(tx, Who("T2", "U1"))
    asked = [Who("T1", "U1"), Who("T1", "U2"), Who("T2", "U1"), Who("T1", "U3")]
    assert [homes.was_opened(tx, who) for who in asked] == [True, False, False, False]
    assert tx.get(PersonRow, ("T1", "U3")) is None
