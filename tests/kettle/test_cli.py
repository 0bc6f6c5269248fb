"""The command line: what it says when something is wrong, and `kettle serve` as a real process."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from kettle.cli import cli
from simulator import Channel, Person, Simulator
from tests.house import HOUSE
from tests.town import MANIFEST, Town

Kettle = Callable[..., Result]
BOT_TOKEN, APP_TOKEN = "xoxb-made-up-secret", "xapp-made-up-secret"
PATIENCE = 30  # seconds for a process to say that it is there, on a busy machine


@pytest.fixture
def kettle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kettle:
    """Run a command in an empty folder, with these settings and no others."""
    monkeypatch.chdir(tmp_path)
    for name in os.environ:
        if name.startswith(("SLACK_", "KETTLE_", "DATABASE_URL")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def run(*arguments: str, **settings: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), env=settings)

    return run


def settings_of(town: Town) -> dict[str, str]:
    """What an operator would set for this town."""
    return {
        "SLACK_BOT_TOKEN": town.sim.bot_token,
        "SLACK_APP_TOKEN": town.sim.app_token,
        "SLACK_API_URL": town.sim.api_url,
        "DATABASE_URL": town.settings.database_url,
    }


def refused(result: Result, *secrets: str) -> str:
    """What was said: exit code 1, one sentence or one for each problem, no traceback."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    assert result.stdout == ""
    for secret in secrets:
        assert secret not in result.output
    return " ".join(result.stderr.split())


TWO_TOKENS = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
NEED_SETTINGS = (
    ["serve"],
    ["doctor"],
    ["migrate"],
    ["outbox"],
    ["rounds", "list"],
    ["rounds", "run", "--channel", "coffee"],
    ["rounds", "preview", "--channel", "coffee"],
    ["tick"],
)


@pytest.mark.parametrize("command", NEED_SETTINGS, ids=" ".join)
def test_without_tokens_every_command_says_what_is_missing(kettle: Kettle, command: list[str]):
    said = refused(kettle(*command))
    assert said == "SLACK_BOT_TOKEN is not set. SLACK_APP_TOKEN is not set."


def test_all_problems_are_told_at_once_and_no_value_is_shown(kettle: Kettle):
    said = refused(
        kettle(
            "serve",
            SLACK_BOT_TOKEN="xapp-swapped",
            SLACK_APP_TOKEN="xoxb-swapped",
            SLACK_API_URL="slack.com",
            KETTLE_LOG_LEVEL="LOUD",
        ),
        "swapped",
        "LOUD.",
    )
    for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_API_URL", "KETTLE_LOG_LEVEL"):
        assert name in said


def test_a_bot_token_that_slack_does_not_take_is_named(kettle: Kettle, town: Town):
    said = refused(
        kettle("serve", **{**settings_of(town), "SLACK_BOT_TOKEN": BOT_TOKEN}), BOT_TOKEN
    )
    assert said.startswith("Slack does not take SLACK_BOT_TOKEN (invalid_auth)")


def test_an_app_token_that_slack_does_not_take_is_named(kettle: Kettle, town: Town):
    said = refused(
        kettle("serve", **{**settings_of(town), "SLACK_APP_TOKEN": APP_TOKEN}), APP_TOKEN
    )
    assert said.startswith("Slack refuses the Socket Mode connection: check SLACK_APP_TOKEN")


def nobody_listens() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def test_a_slack_that_cannot_be_reached_is_told_in_one_sentence(kettle: Kettle):
    away = f"http://127.0.0.1:{nobody_listens()}/api/"
    said = refused(kettle("doctor", **TWO_TOKENS, SLACK_API_URL=away), BOT_TOKEN)
    assert said == "Slack cannot be reached: check the network and SLACK_API_URL."


def test_a_database_that_does_not_answer_is_named_without_its_password(kettle: Kettle):
    url = f"postgresql://kettle:hunter2@127.0.0.1:{nobody_listens()}/kettle"
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL=url), "hunter2")
    assert said.startswith("The database at postgresql+psycopg://kettle:***@127.0.0.1:")
    assert said.endswith("does not answer.")


def test_a_database_address_that_is_none_is_told(kettle: Kettle):
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL="somewhere"))
    assert said.startswith("DATABASE_URL is not a database address")


def test_a_database_in_a_place_that_cannot_be_is_told(kettle: Kettle, tmp_path: Path):
    (tmp_path / "plain").touch()
    url = f"sqlite:///{tmp_path}/plain/kettle.db"
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL=url))
    assert said == f"The folder {tmp_path}/plain for the database cannot be made: File exists."


def test_a_file_that_is_no_database_is_told_and_left_alone(kettle: Kettle, tmp_path: Path):
    letter = tmp_path / "letter.db"
    letter.write_text("Dear colleague, " * 100)
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL=f"sqlite:///{letter}"))
    assert said == f"The database at sqlite:///{letter} is no database."
    assert letter.read_text() == "Dear colleague, " * 100


def test_another_make_of_database_is_refused(kettle: Kettle):
    url = "mysql://kettle:hunter2@127.0.0.1/kettle"
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL=url), "hunter2")
    assert said == "DATABASE_URL must name a SQLite or a Postgres database."


def test_a_database_of_a_newer_version_is_told_and_left_alone(kettle: Kettle, tmp_path: Path):
    url = f"sqlite:///{tmp_path}/newer.db"
    assert kettle("migrate", **TWO_TOKENS, DATABASE_URL=url).exit_code == 0
    with closing(sqlite3.connect(tmp_path / "newer.db")) as db:
        db.execute("update alembic_version set version_num = '9999'")
        db.commit()
    said = refused(kettle("migrate", **TWO_TOKENS, DATABASE_URL=url))
    assert said.startswith("The database was written by a newer version of Kettle")


def test_a_channel_that_nobody_knows_is_told(kettle: Kettle, town: Town):
    for verb in ("run", "preview"):
        said = refused(kettle("rounds", verb, "--channel", "nowhere", **settings_of(town)))
        assert said == "Kettle is in no channel called “nowhere”."


def test_a_channel_that_no_host_has_set_up_holds_no_round(kettle: Kettle, town: Town):
    ana = town.person("Ana", admin=True)
    coffee = town.channel("coffee", [ana, town.person("Bo")])
    ana.invites_bot(coffee)
    said = refused(kettle("rounds", "run", "--channel", "#coffee", **settings_of(town)))
    assert said.startswith("Nobody has set up #coffee yet")


def test_a_round_that_nobody_would_come_to_is_not_held(kettle: Kettle, town: Town):
    ana = town.person("Ana", admin=True)
    coffee = town.channel("coffee", [ana, town.person("Bo")])
    town.sets_up(coffee, ana)
    said = refused(kettle("rounds", "run", "--channel", "coffee", **settings_of(town)))
    assert "too few to introduce anybody. Nothing was sent." in said


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["brew"], "brew"),
        (["rounds", "brew"], "brew"),
        (["rounds", "run"], "--channel"),
        (["serve", "--loudly"], "--loudly"),
        (["tick", "--at", "yesterday"], "2026-03-02T09:00Z"),
        (["tick", "--at", "2026-03-02T09:00"], "zone"),
        (["demo", "--port", "seven"], "--port"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_named(kettle: Kettle, arguments: list[str], word: str):
    result = kettle(*arguments, **TWO_TOKENS)
    assert result.exit_code == 2, result.output
    assert word in result.stderr
    assert "Traceback" not in result.output


def test_a_port_that_is_taken_is_told(kettle: Kettle, town: Town):
    port = town.sim.page_url.rstrip("/").rpartition(":")[2]
    said = refused(kettle("demo", "--no-browser", "--port", port))
    assert said == "That port is taken: try another, or 0 for any free one."


def test_doctor_says_a_line_for_each_part(kettle: Kettle, town: Town):
    result = kettle("doctor", **settings_of(town))
    assert result.exit_code == 0, result.output
    assert [line.partition(":")[0] for line in result.stdout.splitlines()] == [
        "Slack", "Database", "Zone data", "Socket Mode",
    ]  # fmt: skip
    assert f"Zone data: tzdata {metadata.version('tzdata')}." in result.stdout


def test_migrate_says_where_the_database_is_and_its_schema(kettle: Kettle, tmp_path: Path):
    result = kettle("migrate", **TWO_TOKENS)
    assert result.exit_code == 0, result.output
    assert f"{tmp_path}/data/kettle/kettle.db is on schema 00" in result.stdout
    assert (tmp_path / "data" / "kettle" / "kettle.db").exists()


def test_a_round_previewed_and_listed_by_the_operator_changes_nothing(kettle: Kettle, town: Town):
    ana, bo = town.person("Ana", admin=True), town.person("Bo")
    coffee = town.channel("coffee", [ana, bo])
    town.sets_up(coffee, ana)
    for person in (ana, bo):
        person.types("/coffee join", in_=coffee)
    previewed = kettle("rounds", "preview", "--channel", "coffee", **settings_of(town))
    assert previewed.stdout.endswith("1 group. Nothing was sent or stored.\n")
    assert town.sim.group_dms() == []
    listed = kettle("rounds", "list", **settings_of(town))
    assert "#coffee" in listed.stdout
    assert kettle("outbox", **settings_of(town)).exit_code == 0


# -- the whole thing -------------------------------------------------------------------------


@contextmanager
def serving(settings: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[str]]:
    """`kettle serve` as a process of its own; killed at the end if it still lives."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kettle", "serve"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(HOUSE), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def set_up(sim: Simulator) -> tuple[Channel, list[Person]]:
    """A host has invited Kettle and set the channel up; two more have joined."""
    staff = [sim.add_person("Ana Ruiz", admin=True), sim.add_person("Bo"), sim.add_person("Cem")]
    coffee = sim.add_channel("coffee", members=staff)
    staff[0].invites_bot(coffee)
    staff[0].presses("Settings")
    assert staff[0].fills("Settings", {"Time zone": "Europe/Berlin"}) == {}
    for person in staff[1:]:
        assert "You are in" in person.types("/coffee join", in_=coffee)
    return coffee, staff


def test_serve_does_its_work_and_stops_when_asked(kettle: Kettle, tmp_path: Path):
    """Slack in this process, Kettle in another, the operator's round in a third place."""
    with Simulator(MANIFEST, start=datetime.now(UTC), running_clock=True) as sim:
        sim.patience = sim.answer_patience = PATIENCE
        settings: dict[str, Any] = {
            "SLACK_BOT_TOKEN": sim.bot_token,
            "SLACK_APP_TOKEN": sim.app_token,
            "SLACK_API_URL": sim.api_url,
            "DATABASE_URL": f"sqlite:///{tmp_path}/served.db",
        }
        with serving(settings, tmp_path) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Kettle is in “Simulated Workspace”.")
            sim.wait_connected()
            _, (_, bo, cem) = set_up(sim)
            held = kettle("rounds", "run", "--channel", "coffee", **settings)
            assert held.stdout == "1 introduction on the way.\n", held.output
            bo.sees("We met")
            bo.presses("We met")
            bo.sees("Noted: you met @Cem.")
            cem.sees("We met")
            process.send_signal(signal.SIGTERM)
            said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert said == "Kettle has stopped. What is due waits in the database.\n"
    assert "Traceback" not in errors
