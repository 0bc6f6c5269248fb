"""`kill -9` at the instant at which Slack hears "received": what was pressed or typed is stored."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from bot.meetings.ids import MEETING_SHUFFLE, MEETING_TIME
from bot.people.ids import PREFERENCES, PREFERENCES_OPEN
from core.values import Who
from simulator import Channel, Person
from storage.meetings import meetings
from storage.people import memberships, people
from tests import killable, scale
from tests.gathering import a_channel
from tests.town import Town
from tests.words import labels

KILLS = scale.of(8, 200)
context = multiprocessing.get_context("forkserver")
context.set_forkserver_preload(["tests.killable"])


@dataclass(frozen=True)
class Scene:
    """A pair that has just been introduced, and what is stored about one of the two."""

    town: Town
    channel: Channel
    cem: Person
    bo: Person

    def stored(self) -> dict[str, Any]:
        who = Who(self.town.sim.team_id, self.cem.id)
        with self.town.reopened() as db, db.reading() as tx:
            [place] = memberships.of_person(tx, who)
            [meeting] = meetings.of_person(tx, who)
            himself = people.require(tx, who)
            return {
                "opted": place.opted,
                "skipping": place.skipping,
                "paused": himself.paused_until is not None,
                "line": himself.ask_about,
                "avoids": self.bo.id in people.not_with(tx, who),
                "picks": [len(one.picks) for one in meeting.people if one.user_id == self.cem.id],
                "question": meeting.starter_id,
            }


def types(words: str) -> Callable[[Scene], object]:
    return lambda scene: scene.cem.types(f"/coffee {words}", in_=scene.channel)


def writes(line: str) -> Callable[[Scene], object]:
    return lambda scene: scene.cem.fills(PREFERENCES, {labels.ASK_ABOUT: line})


def presses(button: Any) -> Callable[[Scene], object]:
    return lambda scene: scene.cem.presses(button, in_=scene.town.group_of(scene.cem))


def opens_preferences(scene: Scene) -> None:
    scene.cem.opens_home()
    scene.cem.presses(PREFERENCES_OPEN)


# What somebody does, what is so afterwards (None: it is another one than before; a word typed
# again takes back what it did).
DEEDS: tuple[tuple[Callable[[Scene], object], str, Any], ...] = (
    (types("skip"), "skipping", None),
    (types("avoid @Bo"), "avoids", None),
    (presses(MEETING_TIME), "picks", None),
    (presses(MEETING_SHUFFLE), "question", None),
    (writes("night trains"), "line", "night trains"),
    (types("leave"), "opted", False),
    (types("join"), "opted", True),
    (types("pause 2w"), "paused", True),
    (types("resume"), "paused", False),
    (writes("old maps"), "line", "old maps"),
)
IN_ROUNDS_ONLY = {"skipping"}  # whoever is not in the rounds is told so


@contextmanager
def listening(scene: Scene) -> Iterator[Any]:
    """Kettle in a process of its own, connected; dead at the end."""
    sim = scene.town.sim
    ours, theirs = context.Pipe()
    args = (scene.town.settings, sim.clock.now(), theirs)
    process = context.Process(target=killable.listen, args=args)
    process.start()
    try:
        assert ours.poll(60)
        assert ours.recv() == "ready"
        sim.wait_connected()
        yield process
    finally:
        process.kill()
        process.join(10)
        sim.hub.drop()


@contextmanager
def killed_when_it_acknowledges(scene: Scene, process: Any) -> Iterator[list[str]]:
    """SIGKILL as soon as the next acknowledgement arrives, before anybody else hears of it."""
    hub, heard = scene.town.sim.hub, list[str]()
    receives = hub._received

    def receive(data: str) -> None:
        if not heard:
            process.kill()
        heard.append(data)
        receives(data)

    hub._received = receive  # type: ignore[method-assign]
    yield heard
    hub._received = receives  # type: ignore[method-assign]


def do_and_kill(scene: Scene, deed: Callable[[Scene], object]) -> None:
    with listening(scene) as process:
        if deed.__qualname__.startswith("writes"):
            opens_preferences(scene)
        with killed_when_it_acknowledges(scene, process) as heard:
            deed(scene)
        assert heard
        process.join(10)
        assert process.exitcode == -9


def test_what_slack_was_told_is_received_is_there_after_a_kill(
    migrated_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = Town(f"sqlite:///{copy(migrated_file, tmp_path / 'killed.db')}")
    channel, (_, bo, cem, _) = a_channel(town, 4)
    town.move_to("Monday 10:00")
    town.stop_app()
    town.sim.rate_limits = False  # nobody starts Kettle two hundred times in a minute
    scene, chance, lost = Scene(town, channel, cem, bo), random.Random(20260302), []
    for number in range(KILLS):
        before = scene.stored()
        out = IN_ROUNDS_ONLY if before["paused"] or not before["opted"] else set[str]()
        possible = [deed for deed in DEEDS if deed[1] not in out]
        deed, what, wanted = DEEDS[number] if number < len(DEEDS) else chance.choice(possible)
        do_and_kill(scene, deed)
        after = scene.stored()
        if not (after[what] == wanted if wanted is not None else after[what] != before[what]):
            lost.append((what, before[what], after[what]))
    town.sim.stop()
    with capsys.disabled():
        print(f"\nkilled {KILLS} times right behind an acknowledgement: {len(lost)} lost")  # noqa: T201
    assert lost == [], sorted(set(lost))
