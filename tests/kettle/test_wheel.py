"""The wheel has everything in it: from an empty folder it serves and demos."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from bot.channels.ids import SETTINGS, SETTINGS_OPEN
from bot.meetings.ids import MEETING_MET
from simulator import Channel, Person, Simulator
from tests.house import HOUSE, ROOMS, name_of, text_of, tracked
from tests.interrupting import INTERRUPTED
from tests.kettle.conftest import Kettle
from tests.town import MANIFEST
from tests.words import labels

Running = subprocess.Popen[str]
PATIENCE = 30  # seconds for a process to say that it is there, on a busy machine


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the project as it is now, made without a network."""
    source, shelf = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("shelf")
    for path in tracked():
        if name_of(path).partition("/")[0] in {*ROOMS, "pyproject.toml", "README.md", "LICENSE"}:
            copy = source / name_of(path)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--quiet"]
    subprocess.run([*command, "--no-index", "-w", shelf, source], check=True, timeout=120)
    return next(shelf.glob("kettle-*.whl"))


@pytest.fixture(scope="module")
def unpacked(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it is where it is installed, far from the repository."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


@contextmanager
def process(
    unpacked: Path, folder: Path, *arguments: str, how: Sequence[str] = ("-m",), **settings: str
) -> Iterator[Running]:
    """`kettle …` of the wheel, in this folder; killed at the end if it still lives."""
    started = subprocess.Popen(
        [sys.executable, *how, "kettle", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(unpacked), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield started
    finally:
        started.kill()
        started.communicate()


def first_line(running: Running) -> str:
    assert running.stdout is not None
    return running.stdout.readline()


def stopped(running: Running) -> str:
    """What it still says when it is asked to stop, which it does without complaint."""
    running.send_signal(signal.SIGTERM)
    said, errors = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0, errors
    assert "Traceback" not in errors
    return said


def test_every_file_of_the_rooms_is_in_the_wheel_and_nothing_else_is(wheel: Path):
    with zipfile.ZipFile(wheel) as packed:
        files = {name for name in packed.namelist() if ".dist-info/" not in name}
    assert files == {name_of(p) for p in tracked() if name_of(p).partition("/")[0] in ROOMS}


def test_the_wheel_says_who_may_use_it_and_how_it_is_called(unpacked: Path):
    told = next(unpacked.glob("kettle-*.dist-info"))
    assert (told / "licenses/LICENSE").read_text() == text_of(HOUSE / "LICENSE")
    assert len(list((told / "licenses/simulator/page/static/vendor").rglob("LICENSE"))) == 2
    assert "kettle = kettle.cli:main" in (told / "entry_points.txt").read_text()


def test_from_an_empty_folder_the_wheel_shows_the_demo_and_ends_at_the_worst_instant(
    unpacked: Path, tmp_path: Path
):
    with process(unpacked, tmp_path, "demo", "--no-browser", how=INTERRUPTED) as running:
        page = first_line(running).removeprefix("The try-out is at ").partition(" ")[0]
        for file, words in (("", "<title>"), ("page/js/app.js", "import")):
            with urlopen(page + file, timeout=PATIENCE) as answer:
                assert words in answer.read().decode()
        stopped(running)
    assert list(tmp_path.iterdir()) == []


def set_up(sim: Simulator) -> tuple[Channel, list[Person]]:
    """A host has invited Kettle and set the channel up; two more have joined."""
    staff = [sim.add_person("Ana Ruiz", admin=True), sim.add_person("Bo"), sim.add_person("Cem")]
    coffee = sim.add_channel("coffee", members=staff)
    staff[0].invites_bot(coffee)
    staff[0].presses(SETTINGS_OPEN)
    assert staff[0].fills(SETTINGS, {labels.ZONE: "Europe/Berlin"}) == {}
    for person in staff[1:]:
        person.types("/coffee join", in_=coffee)
    return coffee, staff


def test_from_an_empty_folder_the_wheel_serves_and_stops_when_asked(
    unpacked: Path, kettle: Kettle, tmp_path: Path
):
    """Slack in this process, Kettle in another, the operator's round in a third place."""
    with Simulator(MANIFEST, start=datetime.now(UTC), running_clock=True) as sim:
        sim.patience = sim.answer_patience = PATIENCE
        settings: dict[str, Any] = {
            "SLACK_BOT_TOKEN": sim.bot_token,
            "SLACK_APP_TOKEN": sim.app_token,
            "SLACK_API_URL": sim.api_url,
            "DATABASE_URL": f"sqlite:///{tmp_path}/served.db",
        }
        with process(unpacked, tmp_path, "serve", **settings) as running:
            assert first_line(running).startswith("Kettle is in “Simulated Workspace”.")
            sim.wait_connected()
            _, (_, bo, cem) = set_up(sim)
            held = kettle("rounds", "run", "--channel", "coffee", **settings)
            assert held.stdout == "1 introduction on the way.\n", held.output
            for person in (bo, cem):  # whatever the hour and the day: both are there now
                person.types("/coffee now 10")
            bo.sees("@Cem")
            bo.presses(MEETING_MET)
            bo.sees("Noted: you met @Cem.")
            cem.sees("@Bo")
            assert stopped(running) == "Kettle has stopped. What is due waits in the database.\n"
