"""`kettle outbox`: messages that wait, and those that somebody has to decide about."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer
from rich.table import Table

from bot.outbox import doubts
from bot.outbox.doubts import Found
from bot.policies import POLICIES
from bot.views import words
from kettle import app as front
from kettle.console import explained, out, settings
from storage.outbox import deliveries, looking

SHORT = 8  # of an id's 32 characters; more are taken too
MessageId = Annotated[str, typer.Argument(help="The id, or how it starts.", metavar="ID")]
cli = typer.Typer(
    help="Messages that wait, were not sent, or are in doubt.", invoke_without_command=True
)


@cli.callback(invoke_without_command=True)
def listed(context: typer.Context) -> None:
    """Messages that wait or could not be sent, with the cause; never their text.

    Those in doubt were sent twice without an answer, and are not repeated before somebody has
    looked in Slack: `again`, `arrived` and `never` say what was found.
    """
    if context.invoked_subcommand is None:
        _list()


@cli.command()
def again(message: MessageId) -> None:
    """It is not there: send it once more."""
    _decide(message, Found.AGAIN, "goes out with the next beat")


@cli.command()
def arrived(message: MessageId) -> None:
    """It is there: go on as if Slack had said so."""
    _decide(message, Found.ARRIVED, "counts as sent")


@cli.command()
def never(message: MessageId) -> None:
    """It is not there and not needed any more: whoever counts on it hears so."""
    _decide(message, Found.NEVER, "counts as never sent")


@explained
def _list() -> None:
    table = Table("id", "kind", "to", "state", "due (UTC)", "attempts", "error")
    with closing(front.open_database(settings())) as db, db.reading() as tx:
        counted, late = looking.counts(tx), looking.dropped_late(tx)
        for delivery in looking.unsent(tx):
            table.add_row(*_row(delivery))
    out.print(table if table.row_count else "The outbox is empty.")
    told = [f"{number} {state}" for state, number in sorted(counted.items())]
    if late:
        told.append(f"{late} of those cancelled because they came too late to help")
    out.print(", ".join(told))


def _row(delivery: deliveries.Delivery) -> tuple[str, ...]:
    due = f"{delivery.due_at:%Y-%m-%d %H:%M}"
    to = (
        delivery.channel_id
        or delivery.posted_channel
        or words.count(len(delivery.users), "person", "people")
    )
    tries, error = str(delivery.attempts), delivery.error or ""
    return delivery.id[:SHORT], delivery.kind, to, delivery.state, due, tries, error


@explained
def _decide(message: str, found: Found, told: str) -> None:
    with closing(front.build(settings())) as parts:
        delivery = doubts.settle(parts.services, POLICIES, message, found)
    out.print(f"The {delivery.kind} {delivery.id[:SHORT]} {told}.")
