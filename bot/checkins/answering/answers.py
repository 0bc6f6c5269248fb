"""Answering: who may, what is kept, and what is deliberately not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.checkins import access, arc
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import post as view
from bot.checkins.views import words as checkin_words
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views import words
from bot.views.blocks import ModalView
from bot.views.fields import Lines
from bot.views.forms import Reading
from core.actions import ItemKind
from core.checkins import ACTIONS, Answer, CheckIn
from core.pulse import MOODS
from core.values import Place, Who
from storage.checkins import answers, checkins, pulses, sealing
from storage.checkins import items as checkin_items
from storage.people import memberships

_CHANCE = random.SystemRandom()  # picks slips; nothing may be able to play it back


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody filled in. `owner` takes the actions on."""

    words: Answer
    mood: int | None = None
    owner: str | None = None


def form(services: Services, who: Who, checkin_id: int) -> ModalView:
    """The modal behind "Answer". Raises Refused for who may not answer, or not any more."""
    checkin = _allowed(services, who, checkin_id)
    if checkin.contract.named:
        with services.db.reading() as tx:
            return view.answer_form(checkin, answers.of_person(tx, checkin.id, who.user))
    with services.db.reading() as tx:
        answered = pulses.has_answered(tx, checkin.id, who.user)
    if answered:
        raise Refused(Why.ANSWERED)
    if answered is None:  # joined after it was posted
        with services.db.transaction() as tx:
            pulses.invite_late(tx, checkin.id, who.user, checkin.kind.rules.slip_bytes)
    return view.answer_form(checkin)


def answer(services: Services, who: Who, checkin_id: int, given: Given) -> tuple[CheckIn, str]:
    """Record an answer; returns the check-in and the word back. Raises Refused, Beside."""
    seen: list[CheckIn] = []

    def look(tx: Session) -> Callable[[], None]:
        checkin = access.standing(tx, who, checkin_id)
        if not checkin.takes_answers(services.clock.now()):
            raise _closed(checkin)
        checked = _checked(tx, checkin, given)
        seen.append(checkin)
        if checkin.contract.named:
            return lambda: _write_named(tx, checkin, who.user, checked, services.clock.now())
        if pulses.has_answered(tx, checkin.id, who.user) is not False:
            raise Refused(Why.ANSWERED)
        return lambda: _write_unnamed(tx, checkin, who.user, checked, services.clock.now())

    sealing.record(services.db, look)
    return seen[-1], _counted(seen[-1])


def _counted(checkin: CheckIn) -> str:
    if checkin.contract.named:
        return view.NOTED
    return view.COUNTED if checkin.kind.rules.by_mood else view.WITHOUT_NAME


def _allowed(services: Services, who: Who, checkin_id: int) -> CheckIn:
    checkin = access.checkin_of(services, who.team, checkin_id)
    channel = access.channel_of(services, checkin.place)
    access.require_member(services, channel, who.user, ask_slack=True)
    if not checkin.takes_answers(services.clock.now()):
        raise _closed(checkin)
    return checkin


def _closed(checkin: CheckIn) -> Refused:
    return Refused(Why.CLOSED, asker=words.person(checkin.asker))


def _checked(tx: Session, checkin: CheckIn, given: Given) -> Given:
    fields, rules = view.fields_of(checkin), checkin.kind.rules
    typed = {field.id: _printable(given.words.get(field.id, "")) for field in fields}
    reading = Reading(typed)
    read = {field.id: reading.take(field, "") for field in fields}
    kept = {key: text for key, text in read.items() if text}
    if rules.by_mood and given.mood not in MOODS:
        reading.refuse(view.MOOD, checkin_words.PICK_A_MOOD)
    if not rules.by_mood and not any(typed.values()):
        reading.refuse(fields[0], checkin_words.WRITE_SOMETHING)
    if not checkin.contract.named and len(_slip(kept)) > rules.slip_bytes:
        reading.refuse(_the_field(fields, *kept), checkin_words.too_long(rules.slip_bytes // 4))
    if len(arc.lines(kept.get(ACTIONS, ""))) > view.ACTIONS_AT_ONCE:
        reading.refuse(_the_field(fields, ACTIONS), checkin_words.too_many(view.ACTIONS_AT_ONCE))
    reading.finish()
    return Given(kept, given.mood, _owner(tx, checkin, given.owner))


def _the_field(fields: Sequence[Lines], *among: str) -> Lines:
    """The first of these fields whose id is among those."""
    return next(field for field in fields if field.id in among)


def _slip(words: Answer) -> bytes:
    return json.dumps(words, ensure_ascii=False).encode()


def _printable(text: str) -> str:
    # A control character says nothing, and takes six bytes of a slip.
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or ord(c) > 127).strip()


def _owner(tx: Session, checkin: CheckIn, owner: str | None) -> str | None:
    if not owner or checkin.kind.rules.collects is not ItemKind.ACTION:
        return None
    if memberships.get(tx, Place(checkin.team_id, checkin.channel_id), owner).present:
        return owner
    raise Beside({view.OWNER.id: checkin_words.NOT_IN_CHANNEL})


def _write_named(tx: Session, checkin: CheckIn, user_id: str, given: Given, now: datetime) -> None:
    # Another process may have closed it since.
    if not checkins.hold_open(tx, checkin.id, now):
        raise _closed(checkin)
    owned = {view.OWNER.id: given.owner} if given.owner and ACTIONS in given.words else {}
    if answers.put(tx, checkin.id, user_id, {**given.words, **owned}) is None:
        checkins.count_answer(tx, checkin.id, now)


def _write_unnamed(
    tx: Session, checkin: CheckIn, user_id: str, given: Given, now: datetime
) -> None:
    # Another process may have closed it or taken the same answer since: then all is undone.
    if not checkins.count_answer(tx, checkin.id, now):
        raise _closed(checkin)
    if not pulses.tick(tx, checkin.id, user_id):
        raise Refused(Why.ANSWERED)
    if given.mood is not None and checkin.kind.rules.by_mood:
        pulses.count_mood(tx, checkin.id, given.mood)
    # Actions are for everyone to see; they leave the box for the list that comes back.
    kept = {key: text for key, text in given.words.items() if key != ACTIONS}
    if kept:
        slip = json.dumps(kept, ensure_ascii=False)
        pulses.put_slip(tx, checkin.id, slip, checkin.kind.rules.slip_bytes, _CHANCE)
    if checkin.kind.rules.collects is ItemKind.ACTION:
        for text in arc.lines(given.words.get(ACTIONS, "")):
            checkin_items.add(tx, checkin.place, ItemKind.ACTION, text, given.owner, checkin.id)
