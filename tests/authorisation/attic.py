"""A private channel with one of everything in it, and people who may see little or none of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import time, timedelta
from functools import cached_property
from typing import Any

from bot.channels.views.form import draft_of
from bot.meetings.ids import Question as AnyQuestion
from core.actions import ItemKind
from core.cadence import Cadence, Every
from core.checkins import Audience, Kind, Recurring
from core.prompts import Prompt
from core.values import ChannelSettings, Place, Who
from simulator import Channel, Person
from storage.checkins import hands, items, schedules, settings
from storage.meetings import meetings
from tests.gathering import opened
from tests.handlers.checkins.asking import answered, asked
from tests.town import Town

SECRET = "Where do we hide the good biscuits?"  # asked, promised and wished for in #attic alone
HOST, MEMBER, OUTSIDER = "host", "member", "host of another channel"
GUEST, STRANGER, FOREIGN_ADMIN = "guest", "stranger", "an admin elsewhere"
ADMIN, NOBODY = "admin who is not in there", "of another workspace"


@dataclass
class Attic:
    """The town, its private channel, who knocks, and the ids of what is there."""

    town: Town
    channel: Channel
    people: dict[str, str]
    ids: dict[str, Any]

    def rows(self) -> dict[str, list[str]]:
        """Everything that is stored, by table, but what Slack said of people and what is told."""
        file = self.town.db.url.database
        with closing(sqlite3.connect(str(file))) as db:
            tables = [
                name
                for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
                if name not in {"people", "workspaces", "deliveries", "delivery_readers", "homes"}
            ]
            return {
                name: sorted(map(str, db.execute(f'SELECT * FROM "{name}"'))) for name in tables
            }

    @cached_property
    def first(self) -> tuple[dict[str, list[str]], sqlite3.Connection]:
        """What is stored before anybody has knocked, to look at and to go back to."""
        copy = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(str(self.town.db.url.database))) as db:
            db.backup(copy)
        return self.rows(), copy

    @contextmanager
    def kept(self) -> Iterator[Callable[[], bool]]:
        """What is stored is afterwards what it was at first; gives whether it has changed."""
        before, copy = self.first
        yield lambda: self.rows() != before
        if self.rows() != before:
            with closing(sqlite3.connect(str(self.town.db.url.database))) as db:
                copy.backup(db)

    def close(self) -> None:
        """The town ends."""
        self.first[1].close()
        self.town.close()


def furnished(town: Town) -> Attic:
    """Ana hosts #attic, in which everything has happened; Zoe hosts #lobby and is not in there."""
    ana, bo, cem, dia, eli, fay, zoe, yan = (
        town.person(name) for name in ("Ana", "Bo", "Cem", "Dia", "Eli", "Fay", "Zoe", "Yan")
    )
    opened(town, [zoe, yan], "lobby")
    inside = [ana, bo, cem, dia, eli, fay]
    attic = opened(town, inside, "attic")
    guest = town.person("Gil", restricted=True)
    stranger = town.person("Sol", stranger=True)
    admin = town.person("Vic", stranger=True, admin=True)
    ours = town.person("Kit", admin=True)
    for person in (guest, stranger, admin):
        ana.invites(person, attic)
    town.move_to("Monday 10:01")
    ids = _everything(town, attic, inside)
    people = {
        HOST: ana.id, MEMBER: bo.id, OUTSIDER: zoe.id, GUEST: guest.id, STRANGER: stranger.id,
        FOREIGN_ADMIN: admin.id, ADMIN: ours.id, NOBODY: "U0ELSEWHERE",
    }  # fmt: skip
    return Attic(town, attic, people, ids)


def _everything(town: Town, attic: Channel, inside: list[Person]) -> dict[str, Any]:
    """The value of each field that a button may carry: all of them lead into the attic."""
    _, bo, cem, *_ = inside
    place, who = Place(town.parts.team_id, attic.id), Who(town.parts.team_id, bo.id)
    closed = asked(town, attic, bo, Kind.CELEBRATE)
    answered(town, closed, inside)
    town.forward(days=2)
    running = asked(town, attic, bo, Kind.OPEN)
    until = town.clock.now() + timedelta(days=1)
    day = timedelta(days=1)
    rhythm = Cadence(Every.WEEKS, at=time(9, 30), zone="Europe/Berlin")
    wanted = Recurring(bo.id, Kind.OPEN, SECRET, "", True, Audience.ASKER, day, rhythm)
    prompt = Prompt("own.attic", Kind.OPEN, SECRET)
    with town.db.transaction() as tx:
        item = items.add(tx, place, ItemKind.ACTION, SECRET, bo.id, closed.id)
        schedule = schedules.add(tx, place, wanted, until)
        settings.save_prompt(tx, place, Kind.OPEN, prompt)
        hand = hands.add(tx, who, SECRET, [cem.id], until)
        [meeting] = meetings.of_person(tx, who)
    assert hand is not None
    return {
        "channel": attic.id, "channel_id": attic.id, "checkin_id": (running.id, closed.id),
        "meeting": meeting.id, "item_id": item.id, "schedule_id": schedule.id, "hand_id": hand.id,
        "prompt_id": prompt.id, "at": meeting.proposals[0], "due": town.next_due(attic),
        "to": meeting.proposals[1], "was": meeting.proposals[0], "by": bo.id,
        "until": until, "minutes": 30, "back": until.date(), "page": 0, "drawn": (),
        "passed_over": (), "kind": Kind.OPEN,
        "question": AnyQuestion.ANY, "draft": draft_of(ChannelSettings()),
    }  # fmt: skip
