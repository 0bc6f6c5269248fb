"""Answering: who may, what is kept, and what is deliberately not."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.checkins import access
from bot.checkins.asking.opening import slip_bytes
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import post as view
from bot.checkins.views import words as checkin_words
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views import words
from core.actions import ItemKind
from core.checkins import REVIEWS, Answer, CheckIn, Kind
from core.pulse import MOODS
from core.values import Channel
from storage.checkins import answers, checkins, pulses, sealing
from storage.checkins import items as checkin_items
from storage.people import memberships

ACTIONS = "actions"  # the section whose lines come back
ACTIONS_AT_ONCE = 5
_CHANCE = random.SystemRandom()  # picks slips; nothing may be able to play it back


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody filled in. `owner` takes the actions on."""

    words: Answer
    mood: int | None = None
    owner: str | None = None


def form(services: Services, team_id: str, checkin_id: int, user_id: str) -> dict[str, Any]:
    """The modal behind "Answer". Raises Refused for who may not answer, or not any more."""
    checkin, _ = _allowed(services, team_id, checkin_id, user_id)
    if checkin.contract.named:
        with services.db.reading() as tx:
            return view.answer_form(checkin, answers.of_person(tx, checkin.id, user_id))
    with services.db.reading() as tx:
        answered = pulses.has_answered(tx, checkin.id, user_id)
    if answered:
        raise Refused(Why.ANSWERED)
    if answered is None:  # joined after it was posted
        with services.db.transaction() as tx:
            pulses.invite_late(tx, checkin.id, user_id, slip_bytes(checkin.kind))
    return view.answer_form(checkin)


def answer(
    services: Services, team_id: str, checkin_id: int, user_id: str, given: Given
) -> tuple[CheckIn, str]:
    """Record an answer; returns the check-in and the word back. Raises Refused, Beside."""
    seen: list[CheckIn] = []

    def look(tx: Session) -> Callable[[], None]:
        checkin = access.standing(tx, team_id, checkin_id, user_id)
        if not checkin.takes_answers(services.clock.now()):
            raise _closed(checkin)
        checked = _checked(tx, checkin, given)
        seen.append(checkin)
        if checkin.contract.named:
            return lambda: _write_named(tx, checkin, user_id, checked, services.clock.now())
        if pulses.has_answered(tx, checkin.id, user_id) is not False:
            raise Refused(Why.ANSWERED)
        return lambda: _write_unnamed(tx, checkin, user_id, checked, services.clock.now())

    sealing.record(services.db, look)
    return seen[-1], _counted(seen[-1])


def _counted(checkin: CheckIn) -> str:
    if checkin.contract.named:
        return view.NOTED
    return view.COUNTED if checkin.kind is Kind.PULSE else view.WITHOUT_NAME


def _allowed(
    services: Services, team_id: str, checkin_id: int, user_id: str
) -> tuple[CheckIn, Channel]:
    checkin = access.checkin_of(services, team_id, checkin_id)
    channel = access.channel_of(services, team_id, checkin.channel_id)
    access.require_member(services, channel, user_id, ask_slack=True)
    if not checkin.takes_answers(services.clock.now()):
        raise _closed(checkin)
    return checkin, channel


def _closed(checkin: CheckIn) -> Refused:
    return Refused(Why.CLOSED, asker=words.person(checkin.asker))


def _checked(tx: Session, checkin: CheckIn, given: Given) -> Given:
    problems = {}
    if checkin.kind is Kind.PULSE and given.mood not in MOODS:
        problems[view.MOOD] = checkin_words.PICK_A_MOOD
    keys = _keys(checkin)
    cleaned = {key: _printable(text) for key, text in given.words.items() if text}
    cleaned = {key: text for key, text in cleaned.items() if text}
    for key, text in cleaned.items():
        if key in keys and len(text) > keys[key]:
            problems[key] = checkin_words.too_long(keys[key])
    kept = {key: text for key, text in cleaned.items() if key in keys}
    if checkin.kind is not Kind.PULSE and not kept:
        problems[next(iter(keys))] = checkin_words.WRITE_SOMETHING
    if not checkin.contract.named and not problems:
        slip = json.dumps(kept, ensure_ascii=False).encode()
        if len(slip) > slip_bytes(checkin.kind):
            most = slip_bytes(checkin.kind) // 4
            problems[next(iter(kept))] = checkin_words.too_long(most)
    if problems:
        raise Beside(problems)
    return Given(kept, given.mood, _owner(tx, checkin, given.owner))


def _printable(text: str) -> str:
    # A control character says nothing, and takes six bytes of a slip.
    return "".join(c for c in text if c in "\n\t" or c.isprintable() or ord(c) > 127).strip()


def _keys(checkin: CheckIn) -> dict[str, int]:
    """The blocks of the form that hold words, and how many characters each may have."""
    if checkin.kind is Kind.PULSE:
        return {view.COMMENT: view.COMMENT_MAX}
    return {
        question.key: view.ACTION_MAX if question.key == ACTIONS else view.WORDS_MAX
        for question in checkin.questions
    }


def _owner(tx: Session, checkin: CheckIn, owner: str | None) -> str | None:
    if not owner or checkin.kind not in REVIEWS:
        return None
    if memberships.get(tx, checkin.team_id, checkin.channel_id, owner).present:
        return owner
    raise Beside({view.OWNER: checkin_words.NOT_IN_CHANNEL})


def _write_named(tx: Session, checkin: CheckIn, user_id: str, given: Given, now: datetime) -> None:
    before = answers.of_person(tx, checkin.id, user_id) or {}
    if answers.put(tx, checkin.id, user_id, given.words):
        checkins.count_answer(tx, checkin.id, now)
    _add_actions(tx, checkin, given, set(_lines(before.get(ACTIONS, ""))))


def _write_unnamed(
    tx: Session, checkin: CheckIn, user_id: str, given: Given, now: datetime
) -> None:
    # Another process may have closed it or taken the same answer since: then all is undone.
    if not checkins.count_answer(tx, checkin.id, now):
        raise _closed(checkin)
    if not pulses.tick(tx, checkin.id, user_id):
        raise Refused(Why.ANSWERED)
    if given.mood is not None and checkin.kind is Kind.PULSE:
        pulses.count_mood(tx, checkin.id, given.mood)
    # Actions are for everyone to see; they leave the box for the list that comes back.
    kept = {key: text for key, text in given.words.items() if key != ACTIONS}
    if kept:
        slip = json.dumps(kept, ensure_ascii=False)
        pulses.put_slip(tx, checkin.id, slip, slip_bytes(checkin.kind), _CHANCE)
    _add_actions(tx, checkin, given, set())


def _add_actions(tx: Session, checkin: CheckIn, given: Given, known: set[str]) -> None:
    if checkin.kind not in REVIEWS:
        return
    lines = _lines(given.words.get(ACTIONS, ""))[:ACTIONS_AT_ONCE]
    if given.owner and known:  # chosen only now, for lines that were there before
        kept = [item for item in checkin_items.of_checkin(tx, checkin.id) if item.owner is None]
        mine = [item for item in kept if item.text in known and item.text in lines]
        checkin_items.save(tx, [replace(item, owner=given.owner) for item in mine])
    for text in lines:
        if text not in known:
            checkin_items.add(
                tx,
                checkin.team_id,
                checkin.channel_id,
                ItemKind.ACTION,
                text,
                given.owner,
                checkin.id,
            )


def _lines(text: str) -> list[str]:
    return [line.strip(" \t-•") for line in text.splitlines() if line.strip(" \t-•")]
