"""The only wiring: settings and a clock go in, running parts come out."""

from __future__ import annotations

import logging
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

from alembic.util import CommandError
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.socket_mode import SocketModeClient

import handlers
from bot import tick
from bot.outbox.worker import Worker
from bot.platform import zones
from bot.platform.clock import Clock, SystemClock
from bot.platform.log import LIBRARIES
from bot.platform.pacing import Pacer
from bot.platform.services import Services
from bot.platform.settings import Settings
from bot.platform.slack import Slack, SlackRefused, SlackTrouble
from bot.policies import POLICIES
from kettle.idle import CountingExecutor
from storage.people import people
from storage.platform.database import Database
from storage.platform.migrate import upgrade

MANIFEST = Path(__file__).parent / "manifest.yml"  # in a checkout a link to the one on top
SECONDS = 30  # a Slack call that takes longer is lost
# Interactions handled at once. They mostly wait: for the database's one writer, or for Slack.
# Answers that wait together are written together, so more of them at once is also faster.
AT_ONCE = 40
UNREACHABLE = "Slack cannot be reached: check the network and SLACK_API_URL."
STEP, STEPS = 0.05, 200  # seconds, and how many of them the receiving thread gets to end


class CannotStart(Exception):
    """One sentence on why Kettle cannot start."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything that runs, and the ways to drive it by hand."""

    services: Services
    app: App
    socket: SocketModeHandler
    executor: CountingExecutor
    worker: Worker
    team_id: str
    workspace: str

    def connect(self) -> None:
        """Open the Socket Mode connection. Raises CannotStart when Slack refuses it."""
        try:
            self.socket.connect()  # type: ignore[no-untyped-call]
        except Exception as error:  # the SDK raises its own kinds and the network's
            raise CannotStart(
                "Slack refuses the Socket Mode connection: check SLACK_APP_TOKEN (it needs the "
                "scope connections:write) and that Socket Mode is on."
            ) from error

    def beat(self) -> int:
        """One heartbeat by hand: what is due is done, and spoken. Returns messages dealt with."""
        tick.run_due(self.services)
        return self.worker.deliver_due()

    def settle(self, rounds: int = 200) -> None:
        """Beat until nothing more is due now; for tests and the demo."""
        self.executor.wait_idle()
        for _ in range(rounds):
            tick.run_due(self.services)
            if not self.worker.deliver_due():
                break

    def close(self) -> None:
        """Hang up, let listeners finish, give the database back."""
        self.socket.client.auto_reconnect_enabled = False
        _end_session(self.socket.client)
        self.socket.close()  # type: ignore[no-untyped-call]
        self.executor.shutdown(wait=True)
        self.services.db.close()


def _end_session(client: SocketModeClient) -> None:
    """End the thread that receives, for which the SDK's `close` may wait without end.

    That thread notes "not terminated" just after it has seen that the session is active, and so
    takes back a "terminated" that `close` notes in between; here it is noted until it is heard.
    (The simulator knows nothing of Kettle and has the same for its own users.)
    """
    runner = client.current_session_runner
    runner.event.set()
    for _ in range(STEPS):
        if not runner.is_alive():
            return
        client.current_session_state.terminated = True
        runner.thread.join(STEP)


def build(
    settings: Settings,
    clock: Clock | None = None,
    db: Database | None = None,
    chance: Random | None = None,
) -> Parts:
    """Wire everything up; nothing listens or beats yet. `chance` decides who meets whom.

    Raises CannotStart when Slack does not take the bot token, DatabaseUnreachable when the
    database does not answer.
    """
    zones.pin()
    with ExitStack() as undone:
        if db is None:
            db = open_database(settings)
            undone.callback(db.close)
        parts = _wired(settings, db, clock or SystemClock(), chance or SystemRandom())
        undone.pop_all()
    return parts


def _wired(settings: Settings, db: Database, clock: Clock, chance: Random) -> Parts:
    token = settings.slack_bot_token.get_secret_value()
    clients: dict[str, Slack] = {}

    def slack(team_id: str) -> Slack:
        if team_id not in clients:
            clients[team_id] = Slack(_client(settings, token), team_id)
        return clients[team_id]

    bot_user_id, team_id, name = _whoami(slack(""))
    services = Services(db, clock, slack, settings, Pacer(), chance)
    with db.transaction() as tx:
        row = people.workspace(tx, team_id)
        row.name, row.bot_user_id = name, bot_user_id
        tx.add(row)
    executor = CountingExecutor(AT_ONCE)
    app = _bolt(_client(settings, token), executor)
    handlers.register(app, services)
    socket = SocketModeHandler(
        app,
        settings.slack_app_token.get_secret_value(),
        web_client=WebClient(base_url=settings.slack_api_url, timeout=SECONDS, ssl=_tls()),
        logger=_quiet_logger(),
        concurrency=AT_ONCE,
    )
    worker = Worker(services, POLICIES)
    return Parts(services, app, socket, executor, worker, team_id, name)


def _bolt(client: WebClient, executor: CountingExecutor) -> App:
    """The dispatcher. It asks Slack whose token it has now, and not at somebody's first press.

    That press would end in an error if Slack were silent just then.
    """
    try:
        return App(
            # Bolt gives the logger of this name the level of the one below. Without a name it
            # reads the call stack for one.
            name=LIBRARIES,
            client=client,
            listener_executor=executor,
            logger=_quiet_logger(),
        )
    except (BoltError, OSError, HTTPException) as trouble:
        raise CannotStart(UNREACHABLE) from trouble


def open_database(settings: Settings) -> Database:
    """The database, answering and on the newest schema."""
    db = Database(settings.database_url)
    with ExitStack() as undone:
        undone.callback(db.close)
        db.check()
        try:
            upgrade(db)
        except CommandError as error:
            raise CannotStart(
                "The database was written by a newer version of Kettle: run that one, or restore "
                "the copy you made before you upgraded."
            ) from error
        undone.pop_all()
    return db


def _client(settings: Settings, token: str) -> WebClient:
    url = settings.slack_api_url
    trust = _tls() if url.startswith("https:") else None
    return WebClient(token=token, base_url=url, timeout=SECONDS, ssl=trust)


@cache
def _tls() -> ssl.SSLContext:
    """Whom we trust, read once: the SDK would read all certificates anew for each call (50 ms)."""
    return ssl.create_default_context()


def _whoami(slack: Slack) -> tuple[str, str, str]:
    try:
        return slack.whoami()
    except SlackRefused as refusal:
        raise CannotStart(
            f"Slack does not take SLACK_BOT_TOKEN ({refusal.code}): copy the Bot User OAuth "
            "Token of the installed app."
        ) from refusal
    except SlackTrouble as trouble:
        raise CannotStart(UNREACHABLE) from trouble


def _quiet_logger() -> Any:
    return logging.getLogger(LIBRARIES)
