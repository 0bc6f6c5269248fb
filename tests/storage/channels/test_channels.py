"""What is kept of channels and of those who host them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from core.values import Channel, ChannelSettings, Place
from storage.channels import channels

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def found(tx: Session, channel_id: str = "C1", team_id: str = "T1") -> Channel:
    channel = channels.get(tx, Place(team_id, channel_id))
    assert channel is not None
    return channel


def test_a_new_channel_holds_no_rounds_yet(tx: Session):
    assert channels.get(tx, Place("T1", "C1")) is None
    made = channels.add(tx, Place("T1", "C1"), "coffee", "U1")
    assert made == found(tx)
    assert (made.team_id, made.id, made.name, made.invited_by) == ("T1", "C1", "coffee", "U1")
    assert (made.active, made.started, made.announced) == (True, False, False)
    assert (made.next_due_at, made.noticed_for, made.quiet_until) == (None, None, None)
    assert (made.round_count, made.settings) == (0, ChannelSettings())
    assert channels.kept_plan(tx, Place("T1", "C1")) is None


def test_what_is_not_said_again_is_kept_when_the_bot_comes_back(tx: Session):
    channels.add(tx, Place("T1", "C1"), "coffee", "U1")
    channels.decide(tx, Place("T1", "C1"), ChannelSettings(), NOW)
    channels.change(tx, Place("T1", "C1"), active=False)
    again = channels.add(tx, Place("T1", "C1"), "", None)
    assert (again.name, again.invited_by, again.active, again.started) == (
        "coffee", "U1", True, True,
    )  # fmt: skip
    assert channels.add(tx, Place("T1", "C1"), "tea", "U2").name == "tea"
    assert found(tx).invited_by == "U1"  # the second one hosts it too, and takes nothing away
    assert channels.hosts(tx, Place("T1", "C1")) == ["U2"]


def test_a_decision_starts_the_rounds(tx: Session):
    channels.add(tx, Place("T1", "C1"), "coffee", None)
    settings = replace(ChannelSettings(), size=3)
    decided = channels.decide(tx, Place("T1", "C1"), settings, NOW)
    assert decided == found(tx)
    assert (decided.started, decided.settings, decided.next_due_at) == (True, settings, NOW)


def test_what_is_changed_comes_back(tx: Session):
    for channel_id in ("C1", "C2"):
        channels.add(tx, Place("T1", channel_id), "coffee", None)
    channels.change(
        tx,
        Place("T1", "C1"),
        round_count=4,
        noticed_for=NOW,
        announced=True,
        kept="plan",
        name="tea",
    )
    channels.quieten(tx, Place("T1", "C1"), date(2026, 4, 1))
    assert (found(tx).name, found(tx).noticed_for, found(tx).announced) == ("tea", NOW, True)
    assert (found(tx).quiet_until, found(tx).round_count) == (date(2026, 4, 1), 4)
    assert channels.kept_plan(tx, Place("T1", "C1")) == "plan"
    assert (found(tx, "C2").round_count, found(tx, "C2").name) == (0, "coffee")
    channels.quieten(tx, Place("T1", "C1"), None)
    assert found(tx).quiet_until is None


@pytest.mark.parametrize("team_id", ["T1", "T2"])
def test_a_channel_that_is_not_known_is_not_made_up(tx: Session, team_id: str):
    channels.add(tx, Place("T1", "C1"), "coffee", None)
    with pytest.raises(LookupError):
        channels.change(tx, Place(team_id, "C9"), name="tea")


def test_the_channels_of_a_workspace_come_by_name(tx: Session):
    for channel_id, name in (("C1", "tea"), ("C3", "coffee"), ("C2", "coffee"), ("C4", "a")):
        channels.add(tx, Place("T1", channel_id), name, None)
    channels.add(tx, Place("T2", "C5"), "b", None)
    channels.change(tx, Place("T1", "C4"), active=False)
    assert [channel.id for channel in channels.known(tx, "T1")] == ["C2", "C3", "C1"]


def test_rounds_run_where_a_host_decided_and_the_bot_is(tx: Session):
    due = {"C1": NOW + DAY, "C2": NOW, "C3": NOW, "C4": NOW}
    for channel_id, at in due.items():
        channels.add(tx, Place("T1", channel_id), "coffee", None)
        if channel_id != "C3":
            channels.decide(tx, Place("T1", channel_id), ChannelSettings(), at)
    channels.change(tx, Place("T1", "C4"), active=False)
    channels.add(tx, Place("T2", "C5"), "coffee", None)
    channels.decide(tx, Place("T2", "C5"), ChannelSettings(), NOW - DAY)
    assert [channel.id for channel in channels.running(tx)] == ["C5", "C2", "C1"]


def test_hosts_are_those_named_last(tx: Session):
    channels.name_hosts(tx, Place("T1", "C1"), ["U9", "U1"])
    channels.name_hosts(tx, Place("T1", "C2"), ["U3"])
    channels.name_hosts(tx, Place("T2", "C1"), ["U4"])
    channels.name_hosts(tx, Place("T1", "C1"), ["U2", "U1", "U2"])
    assert channels.hosts(tx, Place("T1", "C1")) == ["U1", "U2"]
    assert channels.hosts(tx, Place("T1", "C2")) == ["U3"]
    assert channels.hosts(tx, Place("T2", "C1")) == ["U4"]
