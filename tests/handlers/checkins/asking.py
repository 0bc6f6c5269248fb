"""A check-in in a few lines: asked, opened, answered, and what lies in the outbox because of it."""

from __future__ import annotations

from typing import Any

from sqlmodel import select

from bot.checkins import access
from bot.checkins.answering import answers
from bot.checkins.answering.answers import Given
from bot.checkins.asking import opening, wishes
from bot.checkins.asking.views import hosts
from bot.checkins.asking.wishes import Wish
from bot.checkins.ids import PULSE_FORM
from core.checkins import CheckIn, Kind, Question
from core.values import Place, Who
from simulator import Channel, Person
from storage.checkins import checkins
from storage.outbox.rows import DeliveryRow
from tests.town import Town
from tests.words import labels

QUESTION = (Question("How is it?"),)


def turns_the_pulse_on(host: Person, channel: Channel) -> None:
    """A host lets the channel have pulses."""
    host.types("/checkin pulse", in_=channel)
    assert host.fills(PULSE_FORM, {labels.PULSE: hosts.ON}) == {}
    host.closes_modal(everything=True)


def asked(town: Town, channel: Channel, asker: Person, kind: Kind, **wish: Any) -> CheckIn:
    """A check-in, asked and opened; what it says is laid down and not sent yet."""
    services = town.parts.services
    here = access.channel_of(services, Place(town.parts.team_id, channel.id))
    made = wishes.ask(services, here, Wish(asker.id, kind, QUESTION, line="Fine.", **wish))
    opening.open_due(services)
    return stored(town, made)


def answered(town: Town, checkin: CheckIn, people: list[Person], **given: Any) -> None:
    """All of them answer."""
    for person in people:
        who = Who(checkin.team_id, person.id)
        said = Given(given.get("words", {"answer": "Heather"}), given.get("mood"))
        answers.answer(town.parts.services, who, checkin.id, said)


def stored(town: Town, checkin: CheckIn) -> CheckIn:
    """The check-in as it stands."""
    with town.db.reading() as tx:
        found = checkins.get(tx, checkin.team_id, checkin.id)
    assert found is not None
    return found


def laid(town: Town, start: str = "") -> dict[str, str]:
    """The states of the messages whose keys start like this, by key."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow)).all()
        return {r.dedupe_key: str(r.state) for r in rows if r.dedupe_key.startswith(start)}
