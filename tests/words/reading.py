"""What people have in front of them, by what it is: for tests that are not about its words.

A sentence is spelled out in the one test that is about it. Wherever else a test has to know that
it was said, it asks which message came (`received`) or what is so now (`stands`, `stored`), or it
takes the words from the view (`gist`, `person.text_of`), so that rewording it breaks one test.
"""

from __future__ import annotations

import dis
from collections.abc import Callable

from sqlmodel import col, select

from core.outbox.kinds import DeliveryKind
from core.values import Channel, Membership, Place
from simulator import Channel as Conversation
from simulator import Person
from storage.channels import channels
from storage.meetings.rows import MeetingRow
from storage.outbox.rows import DeliveryRow
from storage.people import memberships
from tests.town import Town


def received(town: Town, person: Person, *kinds: DeliveryKind) -> list[str]:
    """The messages of these kinds that this person has in front of them, as text, oldest first."""
    with town.db.reading() as tx:
        rows = tx.exec(select(DeliveryRow).where(col(DeliveryRow.kind).in_(kinds))).all()
        posted = {(row.posted_channel, row.posted_ts) for row in rows}
    return [person.text_of(m) for m in person.messages if (m.channel, m.ts) in posted]


def on_top(person: Person) -> str:
    """What the app calls the modal in front of this person ("" for none)."""
    view = person._world.top_view(person.id)
    return str(view.body["callback_id"]) if view else ""


def stored(town: Town, channel: Conversation) -> Channel:
    """The channel as it stands."""
    with town.db.reading() as tx:
        found = channels.get(tx, Place(town.sim.team_id, channel.id))
    assert found is not None
    return found


def stands(town: Town, person: Person, channel: Conversation) -> Membership:
    """The person's place in the channel."""
    with town.db.reading() as tx:
        return memberships.get(tx, Place(town.sim.team_id, channel.id), person.id)


def organiser_of(town: Town) -> str:
    """Who is asked to get the newest meeting going, by id."""
    with town.db.reading() as tx:
        found = tx.exec(select(MeetingRow).order_by(col(MeetingRow.id).desc())).first()
    assert found is not None
    return found.organiser


def gist(view: Callable[..., object]) -> str:
    """What a view says whatever is put into it: the longest run of words in its sentence.

    A view that chooses between sentences has none.
    """
    chooses = [each.opname for each in dis.get_instructions(view) if "JUMP_IF" in each.opname]
    assert chooses == [], f"{view.__name__} says one thing or another"
    said = [each for each in view.__code__.co_consts if isinstance(each, str)]
    return max((each for each in said if each != view.__doc__), key=len).strip()
