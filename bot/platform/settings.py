"""What an operator sets: the environment and `.env`, checked all at once."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

SLACK = "https://slack.com/api/"
_BOT_TOKEN, _APP_TOKEN = re.compile(r"^xox[be][.-]\S+$"), re.compile(r"^xapp-\S+$")


class SettingsError(Exception):
    """The settings cannot be used; each line of the message names one and says why."""


def _data_directory() -> Path:
    home = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "kettle"


class Settings(BaseSettings):
    """One attribute per variable; `.env.example` lists them with a word on each."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    slack_bot_token: SecretStr
    slack_app_token: SecretStr
    slack_api_url: str = SLACK
    database_url: str = Field(default_factory=lambda: f"sqlite:///{_data_directory()}/kettle.db")
    kettle_log_level: str = "INFO"
    kettle_pulse_floor: Annotated[int, Field(ge=3, le=100)] = 5

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `read` and `made` hand over: they alone look at the environment."""
        return (init_settings,)

    @field_validator("slack_bot_token")
    @classmethod
    def _is_bot_token(cls, value: SecretStr) -> SecretStr:
        if not _BOT_TOKEN.match(value.get_secret_value()):
            raise ValueError("needs the Bot User OAuth Token, which starts with xoxb-")
        return value

    @field_validator("slack_app_token")
    @classmethod
    def _is_app_token(cls, value: SecretStr) -> SecretStr:
        if not _APP_TOKEN.match(value.get_secret_value()):
            raise ValueError("needs the app-level token, which starts with xapp-")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _is_api_url(cls, value: str) -> str:
        if not re.match(r"^https?://\S+/api/$", value):
            raise ValueError(f"needs an address that ends in /api/, such as {SLACK}")
        return value

    @field_validator("kettle_log_level")
    @classmethod
    def _is_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("needs one of DEBUG, INFO, WARNING, ERROR")
        return value.upper()


def read(env_file: Path = Path(".env")) -> Settings:
    """The settings from the environment, and from `env_file` where the environment is silent.

    `NAME_FILE` names a file that holds the value of NAME, for secrets. Raises SettingsError
    with every problem at once, none of them showing a value.
    """
    given = {k: v for k, v in dotenv_values(env_file).items() if v} if env_file.exists() else {}
    values = {**given, **{k: v for k, v in os.environ.items() if v}}
    found: dict[str, str] = {}
    unreadable: dict[str, str] = {}
    for name in Settings.model_fields:
        variable = name.upper()
        if variable in values:
            found[name] = str(values[variable])
        elif f"{variable}_FILE" in values:
            try:
                path = Path(str(values[f"{variable}_FILE"]))
                found[name] = path.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                unreadable[variable] = f"{variable}_FILE names a file that cannot be read."
    lines: list[str] = []
    try:
        settings = Settings.model_validate(found)
    except ValidationError as error:
        lines = [_line(p) for p in error.errors() if str(p["loc"][0]).upper() not in unreadable]
    if lines or unreadable:
        raise SettingsError("\n".join([*unreadable.values(), *lines]))
    return settings


def made(**values: str) -> Settings:
    """Settings from these values alone, whatever the environment says: for tests and the demo."""
    return Settings.model_validate(values)


def missing(name: str) -> str:
    """A variable that has to be there and is not."""
    return f"{name} is not set."


def _line(problem: object) -> str:
    assert isinstance(problem, dict)
    name = str(problem["loc"][0]).upper()
    if problem["type"] == "missing":
        return missing(name)
    reason = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name} {reason[0].lower()}{reason[1:]}."
