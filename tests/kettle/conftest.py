"""The command `kettle`, called in an empty folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kettle.cli import cli

Kettle = Callable[..., Result]


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
