"""What an operator sets: the environment, `.env`, files for secrets, and every problem at once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.platform.settings import SLACK, Settings, SettingsError, made, missing, read

GOOD = {"SLACK_BOT_TOKEN": "xoxb-from-environment", "SLACK_APP_TOKEN": "xapp-made-up"}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., None]:
    """Set these variables and none of ours besides."""
    for name in os.environ:
        if name.startswith(("SLACK_", "KETTLE_", "DATABASE_URL", "XDG_DATA_HOME")):
            monkeypatch.delenv(name)

    def set_them(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return set_them


def complaints(env_file: Path) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read(env_file)
    return str(caught.value).splitlines()


def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "no.env"


def test_two_tokens_are_enough(environment, tmp_path: Path):
    environment(**GOOD)
    settings = read(nowhere(tmp_path))
    assert settings.slack_bot_token.get_secret_value() == "xoxb-from-environment"
    assert settings.slack_api_url == SLACK
    assert settings.kettle_log_level == "INFO"
    assert settings.kettle_pulse_floor == 5


def test_the_file_is_read_and_the_environment_wins(environment, tmp_path: Path):
    env_file = tmp_path / ".env"
    env_file.write_text(
        "# two tokens\nSLACK_BOT_TOKEN=xoxb-from-file\nSLACK_APP_TOKEN='xapp-from-file'\n"
    )
    environment(SLACK_BOT_TOKEN="xoxb-from-environment")
    settings = read(env_file)
    assert settings.slack_bot_token.get_secret_value() == "xoxb-from-environment"
    assert settings.slack_app_token.get_secret_value() == "xapp-from-file"


def test_an_empty_variable_counts_as_not_set(environment, tmp_path: Path):
    environment(**GOOD, KETTLE_LOG_LEVEL="", DATABASE_URL="")
    settings = read(nowhere(tmp_path))
    assert settings.kettle_log_level == "INFO"
    assert settings.database_url.startswith("sqlite:///")
    environment(SLACK_APP_TOKEN="")
    assert complaints(nowhere(tmp_path)) == ["SLACK_APP_TOKEN is not set."]


def test_the_database_lies_in_the_user_s_data_directory(environment, tmp_path: Path):
    environment(**GOOD, XDG_DATA_HOME=str(tmp_path))
    assert read(nowhere(tmp_path)).database_url == f"sqlite:///{tmp_path}/kettle/kettle.db"


def test_a_secret_can_lie_in_a_file_of_its_own(environment, tmp_path: Path):
    secret = tmp_path / "token"
    secret.write_text("xoxb-from-secret\n")
    environment(SLACK_BOT_TOKEN_FILE=str(secret), SLACK_APP_TOKEN="xapp-made-up")
    assert read(nowhere(tmp_path)).slack_bot_token.get_secret_value() == "xoxb-from-secret"


def test_a_secret_s_file_that_cannot_be_read_is_named(environment, tmp_path: Path):
    environment(SLACK_BOT_TOKEN_FILE=str(tmp_path / "gone"), SLACK_APP_TOKEN="xapp-made-up")
    assert complaints(nowhere(tmp_path)) == [
        "SLACK_BOT_TOKEN_FILE names a file that cannot be read."
    ]


def test_a_secret_s_file_that_cannot_be_read_does_not_hide_other_problems(
    environment, tmp_path: Path
):
    environment(SLACK_BOT_TOKEN_FILE=str(tmp_path / "gone"), KETTLE_PULSE_FLOOR="2")
    names = [line.split()[0] for line in complaints(nowhere(tmp_path))]
    assert names == ["SLACK_BOT_TOKEN_FILE", "SLACK_APP_TOKEN", "KETTLE_PULSE_FLOOR"]


def test_every_problem_is_told_at_once(environment, tmp_path: Path):
    environment(SLACK_APP_TOKEN="xoxb-swapped", SLACK_API_URL="slack.com", KETTLE_PULSE_FLOOR="2")
    assert complaints(nowhere(tmp_path)) == [
        missing("SLACK_BOT_TOKEN"),
        "SLACK_APP_TOKEN needs the app-level token, which starts with xapp-.",
        "SLACK_API_URL needs an address that ends in /api/, such as https://slack.com/api/.",
        "KETTLE_PULSE_FLOOR input should be greater than or equal to 3.",
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xapp-secret"),
        ("SLACK_BOT_TOKEN", "xoxb-secret with a space"),
        ("SLACK_APP_TOKEN", "xoxb-secret"),
        ("SLACK_API_URL", "https://secret.example/api"),
        ("KETTLE_LOG_LEVEL", "secret"),
        ("KETTLE_PULSE_FLOOR", "secret"),
        ("KETTLE_PULSE_FLOOR", "1"),
        ("KETTLE_PULSE_FLOOR", "101"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_not_repeated(
    environment, tmp_path: Path, name: str, value: str
):
    environment(**{**GOOD, name: value})
    (complaint,) = complaints(nowhere(tmp_path))
    assert complaint.startswith(f"{name} ")
    assert "secret" not in complaint


def test_levels_are_taken_in_any_case(environment, tmp_path: Path):
    environment(**GOOD, KETTLE_LOG_LEVEL="debug")
    assert read(nowhere(tmp_path)).kettle_log_level == "DEBUG"


def test_variables_of_other_programs_are_no_concern(environment, tmp_path: Path):
    environment(**GOOD, SLACK_TEAM="elsewhere")
    env_file = tmp_path / ".env"
    env_file.write_text("EDITOR=ed\n")
    assert read(env_file).kettle_pulse_floor == 5


def test_settings_made_for_a_test_or_the_demo_do_not_look_around(environment):
    environment(KETTLE_LOG_LEVEL="LOUD", DATABASE_URL="nonsense")
    settings = made(slack_bot_token="xoxb-1", slack_app_token="xapp-1")
    assert settings.kettle_log_level == "INFO"
    assert settings.database_url.startswith("sqlite:///")


def test_tokens_do_not_show_when_settings_are_printed():
    settings = made(slack_bot_token="xoxb-secret", slack_app_token="xapp-secret")
    assert "secret" not in f"{settings} {settings!r} {settings.model_dump()}"


def test_settings_cannot_be_changed_on_the_way():
    settings = made(slack_bot_token="xoxb-1", slack_app_token="xapp-1")
    with pytest.raises(ValueError, match="frozen"):
        settings.kettle_pulse_floor = 1  # type: ignore[misc]


def test_every_setting_is_a_variable_of_slack_of_the_database_or_of_kettle():
    for name in Settings.model_fields:
        assert name.startswith(("slack_", "kettle_")) or name == "database_url"
