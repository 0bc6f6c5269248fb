"""2,000 people answer one pulse in 20 seconds, through Socket Mode against the simulator."""

from __future__ import annotations

import multiprocessing
import random
import tempfile
import time
from concurrent.futures import Future
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.checkins import ids
from bot.platform.settings import made
from core.checkins import Audience, Contract, Draft, Kind, Question
from core.values import Place
from kettle.app import Parts, build
from simulator import Simulator
from storage.channels import channels
from storage.checkins import checkins, pulses, sealing
from storage.people import memberships, people

PEOPLE, SECONDS, TWICE = 2_000, 20.0, 200  # the last: envelopes that come a second time
MANIFEST = Path(__file__).parent.parent / "manifest.yml"
NAMES = [f"U{number:06d}" for number in range(PEOPLE)]
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def main() -> None:
    """Both apps, one after the other, with the same envelopes at the same moments."""
    bare, bare_cpu = _bare()
    kettle, kettle_cpu, counted, answers, stepped = _kettle()
    print(f"{PEOPLE} people in {SECONDS:.0f} s, {TWICE} envelopes sent twice (milliseconds to ack)")
    print(f"{'':8}{'p50':>9}{'p99':>9}{'max':>9}{'CPU each':>10}")
    for name, times, cpu in (("bare", bare, bare_cpu), ("kettle", kettle, kettle_cpu)):
        shown = "".join(f"{_at(times, share) * 1000:9.1f}" for share in (0.5, 0.99, 1))
        print(f"{name:8}{shown}{cpu * 1000:10.2f}")
    ratios = (_at(kettle, s) / _at(bare, s) for s in (0.5, 0.99, 1))
    print(f"{'ratio':8}" + "".join(f"{r:9.1f}" for r in ratios) + f"{kettle_cpu / bare_cpu:10.1f}")
    print(f"answers counted: {counted} of {PEOPLE}, shown as {answers}; log emptied: {stepped}")
    assert counted == answers == PEOPLE, "every answer counts once"
    print(f"every click acknowledged within three seconds: {_at(kettle, 1) < 3}")


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Slack:
    """The simulator, in a process of its own: Slack does not run on the app's processor."""

    def __enter__(self) -> Slack:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,))
        self._process.start()
        self.known: dict[str, str] = self._pipe.recv()
        return self

    def __exit__(self, *_: object) -> None:
        self._pipe.send(None)
        self._process.join()

    def sends(self, names: list[str], checkin_id: int) -> tuple[list[float], float]:
        """Seconds until each envelope was acknowledged, and CPU seconds of this process each."""
        before = time.process_time()
        self._pipe.send((names, checkin_id))
        times: list[float] = self._pipe.recv()
        return times, (time.process_time() - before) / len(times)


def _serve(pipe: Connection) -> None:
    with Simulator(MANIFEST, start=START) as sim:
        sim.ack_timeout = 60  # Slack gives three seconds; here the whole wait is measured
        pipe.send(
            {
                "api": sim.api_url,
                "bot": sim.bot_token,
                "app": sim.app_token,
                "team": sim.world.team_id,
            }
        )
        while (wanted := pipe.recv()) is not None:
            names, checkin_id = wanted
            sim.wait_connected()
            pipe.send(_send(sim, [_payload(sim, name, checkin_id) for name in names]))


def _bare() -> tuple[list[float], float]:
    with Slack() as slack:
        app = App(client=WebClient(slack.known["bot"], base_url=slack.known["api"]))
        app.view(ids.ANSWER_FORM.id)(lambda ack: ack())
        handler = SocketModeHandler(
            app, slack.known["app"], web_client=WebClient(base_url=slack.known["api"])
        )
        handler.connect()
        result = slack.sends(NAMES, 1)
        handler.client.auto_reconnect_enabled = False
        handler.close()
        return result


def _kettle() -> tuple[list[float], float, int, int, bool]:
    with tempfile.TemporaryDirectory() as folder, Slack() as slack:
        path = Path(folder) / "kettle.db"
        parts = build(
            made(
                slack_bot_token=slack.known["bot"],
                slack_app_token=slack.known["app"],
                slack_api_url=slack.known["api"],
                database_url=f"sqlite:///{path}",
            )
        )
        checkin_id = _open_pulse(parts, NAMES)
        parts.connect()
        times, cpu = slack.sends(NAMES, checkin_id)
        parts.executor.wait_idle()
        with parts.services.db.reading() as tx:
            counted = pulses.counters(tx, checkin_id).total
            found = checkins.get(tx, parts.team_id, checkin_id)
        emptied = (
            sealing.seal(parts.services.db) and not path.with_name("kettle.db-wal").stat().st_size
        )
        parts.close()
        return times, cpu, counted, found.answers if found else 0, emptied


def _open_pulse(parts: Parts, names: list[str]) -> int:
    team_id, now = parts.team_id, parts.services.clock.now()
    with parts.services.db.transaction() as tx:
        channels.add(tx, Place(team_id, "C0BENCH"), "bench", None)
        people.refresh(tx, team_id, {name: {} for name in names}, now)
        memberships.reconcile(tx, Place(team_id, "C0BENCH"), names)
        draft = Draft(
            asker=names[0],
            line="I go first.",
            questions=(Question("How heavy or light does work feel?"),),
            contract=Contract(Kind.PULSE, False, Audience.CHANNEL, 5),
            opens_at=now,
            closes_at=now + timedelta(days=1),
        )
        checkin = checkins.plan(tx, Place(team_id, "C0BENCH"), draft)
        assert checkin is not None
        pulses.invite(tx, checkin.id, names, Kind.PULSE.rules.slip_bytes)
        checkins.open_it(tx, checkin.id, len(names), [], None)
    return checkin.id


def _payload(sim: Simulator, user_id: str, checkin_id: int) -> dict[str, Any]:
    mood = {"type": "radio_buttons", "selected_option": {"value": str(hash(user_id) % 5 + 1)}}
    comment = {"type": "plain_text_input", "value": f"A line by somebody, {hash(user_id) % 997}."}
    view = {
        "id": f"V{user_id}",
        "type": "modal",
        "callback_id": ids.ANSWER_FORM.id,
        "private_metadata": str(checkin_id),
        "state": {"values": {"mood": {"mood": mood}, "comment": {"comment": comment}}},
        "hash": "1.a",
    }
    team = {"id": sim.world.team_id, "domain": "bench"}
    user = {"id": user_id, "username": user_id.lower(), "team_id": sim.world.team_id}
    return {"type": "view_submission", "team": team, "user": user, "view": view, "trigger_id": "1"}


def _send(sim: Simulator, payloads: list[dict[str, Any]]) -> list[float]:
    """Send each at its moment, some twice; returns the seconds until each was acknowledged."""
    chance = random.Random(20)
    again = chance.sample(payloads, TWICE)
    moments = sorted(chance.uniform(0, SECONDS) for _ in range(len(payloads) + TWICE))
    order = [*payloads, *again]
    chance.shuffle(order)
    waiting: list[Future[Any]] = []
    times: list[float] = []
    begin = time.perf_counter()
    for moment, payload in zip(moments, order, strict=True):
        # People do not wait for each other: each envelope leaves at its moment, come what may.
        time.sleep(max(0.0, begin + moment - time.perf_counter()))
        sent = time.perf_counter()
        future = sim.hub.send_interaction("interactive", payload, True)
        future.add_done_callback(lambda _, at=sent: times.append(time.perf_counter() - at))
        waiting.append(future)
    silent = sum(future.exception(90) is not None for future in waiting)
    if silent:
        print(f"{silent} envelopes were never acknowledged")
    return times


if __name__ == "__main__":
    main()
