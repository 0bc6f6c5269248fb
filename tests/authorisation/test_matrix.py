"""Whoever presses, sends or types whatever: the answer is as written down, and nothing leaks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from bot.channels import hosts
from bot.channels import settings as channel_settings
from bot.channels.ids import SETTINGS_OPEN
from bot.platform import directory
from bot.views.carried import Carried
from core.values import Place
from handlers.checkins.asking import CHECKIN
from handlers.coffee import COFFEE
from storage.channels import channels
from storage.platform.rows import Workspace
from tests.authorisation.attic import (
    ADMIN,
    FOREIGN_ADMIN,
    GUEST,
    HOST,
    MEMBER,
    NOBODY,
    OUTSIDER,
    STRANGER,
    Attic,
    furnished,
)
from tests.authorisation.expected import DRAWN, TYPED
from tests.authorisation.knocking import (
    BROKEN,
    DONE,
    OLD,
    Bound,
    everything_drawn,
    heard,
    knock,
    type_,
    value,
)
from tests.town import Town

HERE, ELSEWHERE = (HOST, MEMBER, OUTSIDER, GUEST), (STRANGER, FOREIGN_ADMIN, NOBODY)
NOWHERE = {
    "channel": "C0NOWHERE", "channel_id": "C0NOWHERE", "checkin_id": 999_999, "meeting": 999_999,
    "item_id": "f" * 32, "schedule_id": 999_999, "hand_id": 999_999, "prompt_id": "gone.1",
}  # fmt: skip


@pytest.fixture(scope="module")
def attic(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Attic]:
    file = shutil.copy(migrated_file, tmp_path_factory.mktemp("attic") / "kettle.db")
    town = Town(f"sqlite:///{file}")
    town.sim.rate_limits = False  # a thousand presses within a second
    attic = furnished(town)
    before, _ = attic.first
    yield attic
    assert attic.rows() == before  # no test left anything to the next
    attic.close()


@pytest.fixture(scope="module")
def drawn(attic: Attic) -> list[Any]:
    return list(everything_drawn(Bound(attic)))


def cases(attic: Attic, drawn: list[Any]) -> Iterator[tuple[str, Any, str, str]]:
    """Its name, what is pressed, what that carries and what is kept behind it.

    What carries a check-in comes twice: with one that runs, and with one that has closed.
    """
    for what, behind in drawn:
        for which, checkin_id in zip(("", " (closed)"), attic.ids["checkin_id"], strict=True):
            at = {**attic.ids, "checkin_id": checkin_id}
            carried, kept = value(what.carries, at), value(behind, at) if behind else "-"
            yield what.id + which, what, carried, kept
            if {each.name for each in fields(what.carries)} & {"checkin_id", "item_id"} != {
                "checkin_id"
            }:
                break


def table(rows: dict[str, list[str]]) -> dict[str, str]:
    return {name: " | ".join(row) for name, row in rows.items()}


def test_whoever_presses_or_sends_something_is_answered_as_written_down(
    attic: Attic, drawn: list[Any], monkeypatch: pytest.MonkeyPatch
):
    rows: dict[str, list[str]] = {}
    for name, *what in cases(attic, drawn):
        for who in HERE:
            with heard(attic, monkeypatch) as told:
                knock(attic, who, *what)
            rows.setdefault(name, []).append(str(told))
    assert table(rows) == DRAWN


def test_people_of_other_companies_and_workspaces_get_nothing_at_all(
    attic: Attic, drawn: list[Any], monkeypatch: pytest.MonkeyPatch
):
    with heard(attic, monkeypatch) as told:
        for who in ELSEWHERE:
            for _, *what in cases(attic, drawn):
                knock(attic, who, *what)
    assert (told.changed, told.leaked) == (False, False)
    assert told.refusals == ["OtherCompany"] * len(ELSEWHERE) * len(list(cases(attic, drawn)))


@pytest.mark.parametrize("command", [COFFEE, CHECKIN], ids=lambda command: command.name)
def test_whoever_types_something_is_answered_as_written_down(
    attic: Attic, monkeypatch: pytest.MonkeyPatch, command: Any
):
    rows: dict[str, list[str]] = {}
    for word in ("", *command.names()):
        for who in (*HERE, *ELSEWHERE):
            with heard(attic, monkeypatch) as told:
                type_(attic, who, command.name, word)
            rows.setdefault(f"{command.name} {word}".strip(), []).append(str(told))
    assert {row[-1] for row in rows.values()} == {"OtherCompany"}
    assert table({name: row[: len(HERE)] for name, row in rows.items()}) == {
        name: row for name, row in TYPED.items() if name.split()[0] == command.name
    }


def forged(attic: Attic, carried: type[Carried]) -> list[str]:
    """Values that no button ever had, and one that leads nowhere."""
    if not fields(carried):
        return []
    return [value(carried, {**attic.ids, **NOWHERE}), "", "x|y|z", "{}", "[]"]


@pytest.mark.parametrize("who", [HOST, OUTSIDER])
def test_a_forged_value_does_nothing_tells_nothing_and_breaks_nothing(
    attic: Attic, drawn: list[Any], monkeypatch: pytest.MonkeyPatch, who: str
):
    with heard(attic, monkeypatch) as told:
        for what, _ in drawn:
            for carried in forged(attic, what.carries):
                knock(attic, who, what, carried, carried)
    assert (told.changed, told.leaked) == (False, False)
    assert BROKEN not in told.refusals
    assert told.refusals.count(OLD) > 100


def test_nothing_that_is_known_in_the_channel_alone_is_told_outside():
    for name, row in {**DRAWN, **TYPED}.items():
        assert "leaked" not in row.split(" | ", 2)[2], name


def test_an_admin_of_another_company_hosts_nothing_here(attic: Attic):
    services, vic = attic.town.parts.services, attic.people[FOREIGN_ADMIN]
    channel = channel_settings.known(services, Place(attic.town.sim.team_id, attic.channel.id))
    assert not hosts.decides(services, channel, vic)
    assert not hosts.is_host(services, channel, vic)
    with attic.kept():
        with services.db.transaction() as tx:
            channels.name_hosts(tx, channel.place, [vic])
        assert not hosts.decides(services, channel, vic)


def test_an_admin_who_is_not_in_the_channel_decides_after_one_look_at_slack(
    attic: Attic, monkeypatch: pytest.MonkeyPatch
):
    """The members of a large channel are many calls, and a form waits for all of them."""
    services, before = attic.town.parts.services, len(attic.town.sim.calls)
    channel = channel_settings.known(services, Place(attic.town.sim.team_id, attic.channel.id))
    channel_settings.require_reach(services, channel, attic.people[ADMIN])
    assert [call.method for call in attic.town.sim.calls[before:]] == ["users.info"]
    with heard(attic, monkeypatch) as told:
        knock(attic, ADMIN, SETTINGS_OPEN, attic.channel.id)
    assert str(told) == DONE


def test_a_workspace_that_kettle_does_not_live_in_is_an_old_button(attic: Attic):
    """Of several workspaces the one that is named is meant; where none of them is named, none."""
    services, home = attic.town.parts.services, attic.town.sim.team_id
    bo = attic.people[MEMBER]
    assert directory.admit(services, ("T0ELSEWHERE", home), home, bo) == home
    assert directory.admit(services, (), "", bo) == home
    with services.db.transaction() as tx:
        tx.add(Workspace(team_id="T0SECOND", bot_user_id="U0SECOND"))
    assert directory.admit(services, (), "", bo) == ""
    assert directory.admit(services, (home,), home, bo) == home
    with services.db.transaction() as tx:
        tx.delete(tx.get(Workspace, "T0SECOND"))
