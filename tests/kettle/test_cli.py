"""The command line: what it says, above all when something is wrong."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import Result

from bot.channels.errors import NotStarted
from bot.platform.settings import missing
from bot.rounds.errors import NobodyAvailable
from bot.trouble import sentence
from core.outbox.kinds import TOO_LATE, DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from storage.outbox import deliveries
from tests.kettle.conftest import Kettle
from tests.town import MANIFEST, Town

BOT_TOKEN, APP_TOKEN = "xoxb-made-up-secret", "xapp-made-up-secret"


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
    ["outbox", "again", "1a2b"],
    ["outbox", "arrived", "1a2b"],
    ["outbox", "never", "1a2b"],
    ["rounds", "list"],
    ["rounds", "run", "--channel", "coffee"],
    ["rounds", "preview", "--channel", "coffee"],
    ["tick"],
)


@pytest.mark.parametrize("command", NEED_SETTINGS, ids=" ".join)
def test_without_tokens_every_command_says_what_is_missing(kettle: Kettle, command: list[str]):
    said = refused(kettle(*command))
    assert said == f"{missing('SLACK_BOT_TOKEN')} {missing('SLACK_APP_TOKEN')}"


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
    assert said.startswith(sentence(NotStarted("C")).partition("<")[0])


def test_a_round_that_nobody_would_come_to_is_not_held(kettle: Kettle, town: Town):
    ana = town.person("Ana", admin=True)
    coffee = town.channel("coffee", [ana, town.person("Bo")])
    town.sets_up(coffee, ana)
    said = refused(kettle("rounds", "run", "--channel", "coffee", **settings_of(town)))
    assert sentence(NobodyAvailable()) in said


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
        (["demo", "--port", "99999"], "--port"),
        (["demo", "--port", "-1"], "--port"),
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
        "Slack", "Database", "Heart", "Zone data", "Files", "Socket Mode",
    ]  # fmt: skip
    assert f"Zone data: tzdata {metadata.version('tzdata')}." in result.stdout


@pytest.mark.parametrize(("mode", "told"), [(0o644, "others on this machine"), (0o600, "fine")])
def test_doctor_names_secrets_that_others_can_read(
    kettle: Kettle,
    town: Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mode: int,
    told: str,
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").touch()
    (tmp_path / ".env").chmod(mode)
    assert f"Files: {told}" in kettle("doctor", **settings_of(town)).stdout


def test_the_version_is_told_in_one_line(kettle: Kettle):
    assert kettle("--version").stdout == f"Kettle {metadata.version('kettle')}\n"


def test_the_manifest_is_printed_as_it_is_to_be_pasted(kettle: Kettle):
    assert kettle("manifest").stdout == MANIFEST.read_text(encoding="utf-8")


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


def test_who_has_looked_for_a_message_in_doubt_says_what_was_found(kettle: Kettle, town: Town):
    now = town.clock.now()
    with town.db.transaction() as tx:
        hello = {"text": "Hello?", "blocks": []}
        laid = Outgoing(
            town.sim.team_id, Key("odd"), DeliveryKind.NOTICE, hello, now, users=("U1",)
        )
        made = str(deliveries.put(tx, laid))
        deliveries.doubt(tx, made, "unsure")
        late = str(deliveries.put(tx, replace(laid, key=Key("late"))))
        deliveries.cancel(tx, late, TOO_LATE)
    told = settings_of(town)
    assert f"{made[:8]} │ notice │ 1 person │ in_doubt" in kettle("outbox", **told).stdout
    assert "kettle outbox" in refused(kettle("outbox", "again", "zz", **told))
    said = kettle("outbox", "arrived", made[:8], **told)
    assert (said.exit_code, said.stdout) == (0, f"The notice {made[:8]} counts as sent.\n")
    listed = kettle("outbox", **told).stdout
    assert "The outbox is empty.\n1 cancelled, 1 sent, 1 of those cancelled because" in listed
