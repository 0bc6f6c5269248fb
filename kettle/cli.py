"""The command line. Exit codes: 0 fine, 1 refused or failed (one line why), 2 wrong usage."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot import tick
from bot.platform import zones
from bot.platform.clock import SystemClock
from bot.rounds import holding
from bot.views import words
from core.values import Channel
from kettle import app as front
from kettle import doctor as room
from kettle import outbox, scheduler
from kettle.console import explained, listen_for_signals, out, place, settings
from storage.channels import channels
from storage.platform import migrate
from storage.platform.files import is_open

cli = typer.Typer(
    name="kettle",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
rounds_cli = typer.Typer(help="Rounds: list, preview, run.", no_args_is_help=True)
cli.add_typer(rounds_cli, name="rounds")
cli.add_typer(outbox.cli, name="outbox")
ChannelOption = Annotated[str, typer.Option("--channel", help="The channel's name or id.")]


class FixedClock:
    """One instant, for `tick --at`."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """That instant."""
        return self._at


def _say_version(wanted: bool) -> None:
    if wanted:
        out.print(f"Kettle {metadata.version('kettle')}")
        raise typer.Exit()


@cli.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_say_version,
                     is_eager=True),
    ] = False,
) -> None:  # fmt: skip
    """Kettle introduces colleagues to each other in Slack, and runs safe check-ins."""


@cli.command()
@explained
def serve() -> None:
    """Run the app: Socket Mode, and the heartbeat that holds rounds. Needs two tokens."""
    with closing(front.build(settings())) as parts:
        parts.connect()
        asked_to_stop = listen_for_signals()
        beats = scheduler.start(parts.worker)
        out.print(
            f"Kettle is in “{parts.workspace}”. Database: {place(parts.services.db)}. "
            "Ctrl+C stops it."
        )
        asked_to_stop.get()
        beats.shutdown(wait=True)
    out.print("Kettle has stopped. What is due waits in the database.")


@cli.command()
@explained
def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Play three rounds in the terminal.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
) -> None:
    """Try it without Slack: the real app in a simulated workspace on this machine."""
    from kettle.demo import headless as terminal
    from kettle.demo import page
    from kettle.demo import running as try_out

    with try_out.running(port, running_clock=not headless) as running:
        if headless:
            terminal.play(running, lambda text: out.print(text, markup=False))
            return
        page.attend(running)
        asked_to_stop = listen_for_signals()
        out.print(f"The try-out is at {running.sim.page_url}  (Ctrl+C stops it)")
        if browser:
            typer.launch(running.sim.page_url)
        asked_to_stop.get()


@cli.command(name="manifest")
def manifest_command() -> None:
    """Print the manifest to paste on Slack's page for apps."""
    out.out(front.MANIFEST.read_text(encoding="utf-8"), end="")


@cli.command(name="migrate")
@explained
def migrate_command() -> None:
    """Bring the database to the newest schema. `serve` does it too."""
    with closing(front.open_database(settings())) as db:
        out.print(f"{place(db)} is on schema {migrate.revision(db)}.")


@cli.command(name="tick")
@explained
def tick_command(
    at: Annotated[str | None, typer.Option(help="As if it were this ISO time.")] = None,
) -> None:
    """One heartbeat by hand: hold what is due and send what is waiting."""
    clock = FixedClock(_instant(at)) if at else SystemClock()
    with closing(front.build(settings(), clock=clock)) as parts:
        tick.run_due(parts.services)
        out.print(f"{words.count(parts.worker.deliver_due(), 'message')} dealt with.")


@rounds_cli.command(name="list")
@explained
def list_rounds() -> None:
    """The channels, their rhythm and their next round."""
    table = Table("channel", "rhythm", "next round", "held")
    with closing(front.open_database(settings())) as db, db.reading() as tx:
        for channel in channels.running(tx):
            zone = channel.settings.cadence.zone
            due = words.moment(channel.next_due_at, zone) if channel.next_due_at else "none"
            rhythm = words.rhythm(channel.settings.cadence)
            table.add_row(f"#{channel.name}", rhythm, due, str(channel.round_count))
    out.print(table if table.row_count else "No channel is set up yet.")


@rounds_cli.command()
@explained
def preview(channel: ChannelOption) -> None:
    """A dry run of a channel's next round: nothing is sent, no round is stored."""
    with closing(front.build(settings())) as parts:
        planned = holding.preview(parts.services, _channel(parts, channel))
    groups = planned.receipt.groups
    for group in groups:
        out.print(" · ".join(group))
    out.print(f"{words.count(len(groups), 'group')}. Nothing was sent or stored.")


@rounds_cli.command()
@explained
def run(channel: ChannelOption) -> None:
    """Hold a round of a channel now."""
    with closing(front.build(settings())) as parts:
        found = _channel(parts, channel)
        if not found.started:
            raise front.CannotStart(
                f"Nobody has set up #{found.name} yet: a host types /coffee settings there."
            )
        groups = holding.run_now(parts.services, found)
        parts.worker.deliver_due()
    out.print(f"{words.count(groups, 'introduction')} on the way.")


@cli.command()
@explained
def doctor() -> None:
    """Check tokens, database, heart, zone data and connection, one line each."""
    with closing(front.build(settings())) as parts:
        out.print(f"Slack: fine, the app is in “{parts.workspace}”.")
        out.print(room.database(parts))
        out.print(room.heart(parts))
        out.print(f"Zone data: tzdata {zones.version()}.")
        secrets = Path(".env")
        if secrets.exists() and is_open(secrets):
            out.print("Files: others on this machine can read .env; `chmod 600 .env` ends that.")
        else:
            out.print("Files: fine, they are yours alone.")
        parts.connect()
        out.print("Socket Mode: fine.")


def main() -> None:
    """The entry point."""
    cli()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}” is not an ISO time such as 2026-03-02T09:00Z") from None
    if instant.tzinfo is None:
        raise typer.BadParameter("the time needs its zone, such as 2026-03-02T09:00Z")
    return instant


def _channel(parts: front.Parts, name: str) -> Channel:
    with parts.services.db.reading() as tx:
        known = channels.known(tx, parts.team_id)
    for channel in known:
        if name.lstrip("#") in {channel.name, channel.id}:
            return channel
    raise front.CannotStart(f"Kettle is in no channel called “{name}”.")
