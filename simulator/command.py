"""The command line: a simulated Slack of its own for any app. Exit codes: 0 fine, 1 refused."""

import errno
import os
import re
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from shlex import quote
from typing import Annotated

import typer

from simulator.simulator import Simulator
from simulator.world.manifest import ManifestError

CHANNEL = re.compile(r"[^\sA-Z.,#@/<>&]{1,80}")
PEOPLE, CHANNELS = ("Ana Ruiz", "Bo Lind"), ("general",)
cli = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class Refused(Exception):
    """It cannot be done: the message says why, and what to do."""


class Clock(StrEnum):
    """How time goes in the simulated Slack."""

    running = "running"
    standing = "standing"


@cli.command()
def serve(
    manifest: Annotated[
        str, typer.Option(metavar="FILE", help="The app's manifest, YAML or JSON.")
    ] = "",
    port: Annotated[int, typer.Option(help="Where to listen; 0 takes any free port.")] = 0,
    person: Annotated[
        list[str], typer.Option(metavar="NAME", help="Somebody who is there; may be repeated.")
    ] = list(PEOPLE),  # noqa: B006  never changed
    channel: Annotated[
        list[str], typer.Option(metavar="NAME", help="A channel with all of them; repeatable.")
    ] = list(CHANNELS),  # noqa: B006  never changed
    clock: Annotated[
        Clock, typer.Option(help="A standing clock moves only when the page moves it.")
    ] = Clock.running,
) -> None:
    """A simulated Slack for any Slack app, on this machine alone.

    Prints the environment that the app needs, in a form that a shell can source, and runs until
    Ctrl-C or SIGTERM.
    """
    try:
        with _signals() as asked_to_stop:
            sim = _simulator(manifest, port, clock is Clock.running)
            channels = _furnish(sim, person, channel)
            with _started(sim, port):
                typer.echo("\n".join(_told(sim, person, channels)))
                asked_to_stop.get()
    except Refused as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(1) from None


def _simulator(manifest: str, port: int, running: bool) -> Simulator:
    if not manifest:
        raise Refused("Say which app this is for: --manifest FILE, with the app's manifest.")
    try:
        return Simulator(Path(manifest), datetime.now(UTC), port, running)
    except ManifestError as problem:
        raise Refused(f"{manifest} is no manifest that Slack would take: {problem}.") from None
    except FileNotFoundError:
        raise Refused(f"There is no file {manifest}.") from None
    except OSError as problem:
        raise Refused(f"{manifest} cannot be read: {os.strerror(problem.errno or 0)}.") from None
    except ValueError as problem:
        raise Refused(f"{str(problem).capitalize()}.") from None


def _furnish(sim: Simulator, people: Sequence[str], channels: Sequence[str]) -> list[str]:
    """Put people and channels there; the names of the channels as Slack writes them."""
    if not all(name.strip() for name in people):
        raise Refused("A person needs a name: --person 'Ana Ruiz'.")
    there = [sim.add_person(name.strip()) for name in people]
    names = [name.removeprefix("#") for name in dict.fromkeys(channels)]
    for name in names:
        if not CHANNEL.fullmatch(name):
            raise Refused(
                f"{name!r} cannot be a channel's name: Slack wants at most 80 lower-case letters, "
                "digits, hyphens and underscores."
            )
        sim.add_channel(name, members=there)
    sim.page.hooks.start_in = names[0] if names else ""
    return names


@contextmanager
def _started(sim: Simulator, port: int) -> Iterator[None]:
    try:
        sim.start()
    except OSError as problem:
        if problem.errno == errno.EADDRINUSE:
            raise Refused(f"Port {port} is taken: choose another, or 0 for a free one.") from None
        words = os.strerror(problem.errno or 0)
        raise Refused(f"Port {port} cannot be used: {words}.") from None
    try:
        yield
    finally:
        sim.stop()


@contextmanager
def _signals() -> Iterator[SimpleQueue[int]]:
    """What Ctrl-C and SIGTERM are put into, within the block.

    No Event: its lock may be held by the `wait` that the signal interrupts, and is not reentrant.
    """
    asked: SimpleQueue[int] = SimpleQueue()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda number, _: asked.put(number)) for number in numbers]
    try:
        yield asked
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _told(sim: Simulator, people: Sequence[str], channels: Sequence[str]) -> Iterator[str]:
    """What the app needs, as a shell reads it; what a person wants to know, in comments."""
    manifest = sim.world.manifest
    rooms = ", ".join(f"#{name}" for name in channels) or "no channel yet"
    yield f"# A simulated Slack for {_one_line(manifest.name)}, until Ctrl-C."
    yield f"# In it: {_one_line(', '.join(people))}; {rooms}. Bring the app into a channel with"
    yield f"# /invite @{_one_line(manifest.bot_name)} on the page: {sim.page_url}"
    if not manifest.socket_mode:
        yield "# The manifest does not switch Socket Mode on (settings.socket_mode_enabled), and"
        yield "# nothing else is simulated: the app cannot connect."
    environment = {
        "SLACK_BOT_TOKEN": sim.bot_token,
        "SLACK_APP_TOKEN": sim.app_token,
        "SLACK_SIGNING_SECRET": sim.world.signing_secret,
        "SLACK_API_URL": sim.api_url,
        "SLACK_PAGE_URL": sim.page_url,
    }
    for name, value in environment.items():
        yield f"export {name}={quote(value)}"


def _one_line(words: str) -> str:
    """Nothing that a comment could be left by."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def main() -> None:
    """The entry point."""
    cli(prog_name="python -m simulator")
