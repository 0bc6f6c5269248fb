"""The questions of a channel: the library, what hosts changed in it, and which one is next."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from uuid import uuid4

from sqlmodel import Session

from bot.checkins import access
from bot.checkins.asking.views import hosts as view
from bot.checkins.ids import Reworded
from bot.checkins.refusals import Refused, Why
from bot.checkins.views.words import OWN_PROBLEMS
from bot.library import shelf as prompt_library
from bot.platform.services import Services
from bot.views.forms import Reading, Values
from core.checkins import Kind, Question
from core.prompts import (
    NoPromptLeft,
    Prompt,
    check_own,
    next_prompt,
    of_section,
    sections,
)
from core.values import Channel
from storage.channels import channels
from storage.checkins import checkins
from storage.checkins import settings as checkin_settings


@dataclass(frozen=True, slots=True)
class Shelf:
    """The prompts of a kind as one channel has them."""

    prompts: tuple[Prompt, ...]
    own: frozenset[str]
    retired: frozenset[str]


def choose(
    tx: Session, channel: Channel, kind: Kind, quiet: bool, not_these: Sequence[str] = ()
) -> tuple[Question, ...]:
    """The next question of the channel, one for each section of a kickoff, retro or aar.

    None comes again before all have had their turn. A `quiet` channel gets calm ones alone. There
    is none for what was retired altogether.
    """
    library = prompt_library.load(kind.value)
    changed = checkin_settings.prompts(tx, channel.place, kind)
    used = [*checkins.used_prompts(tx, channel.place, kind), *not_these]
    found = []
    for section in sections(library) or (None,):
        prompts = (of_section(library, section), of_section(changed.own, section))
        seed = f"{channel.id}:{kind}:{section}:{len(used)}"
        prompt = _next(*prompts, changed.retired, used, quiet, seed)
        if prompt is not None:
            found.append(Question(prompt.text, prompt.id, section))
    return tuple(found)


def asked_meanwhile(tx: Session, channel: Channel, kind: Kind, quiet: bool, ids: Set[str]) -> bool:
    """Whether one of these prompts was asked since it was drawn, and there are new ones."""
    used = set(checkins.used_prompts(tx, channel.place, kind))
    if not used & ids:
        return False
    return any(question.prompt_id not in used for question in choose(tx, channel, kind, quiet))


def _next(
    library: Sequence[Prompt],
    own: Sequence[Prompt],
    retired: frozenset[str],
    used: Sequence[str],
    quiet: bool,
    seed: str,
) -> Prompt | None:
    try:
        return next_prompt(library, own, retired, used, quiet, seed)
    except NoPromptLeft:
        return None


def by_ids(tx: Session, channel: Channel, kind: Kind, ids: Sequence[str]) -> tuple[Question, ...]:
    """The questions with these ids, in their order, as the channel words them."""
    known = {prompt.id: prompt for prompt in shelf(tx, channel, kind).prompts}
    return tuple(Question(known[i].text, i, known[i].section) for i in ids if i in known)


def shelf(tx: Session, channel: Channel, kind: Kind) -> Shelf:
    """All prompts of the kind: the channel's own first, the retired ones last."""
    changed = checkin_settings.prompts(tx, channel.place, kind)
    own = {prompt.id: prompt for prompt in changed.own}
    library = prompt_library.load(kind.value)
    everything = (*own.values(), *(prompt for prompt in library if prompt.id not in own))
    ordered = sorted(everything, key=lambda prompt: prompt.id in changed.retired)
    return Shelf(tuple(ordered), frozenset(own), changed.retired)


def shelf_of(services: Services, channel: Channel, kind: Kind) -> Shelf:
    """The same, outside a transaction."""
    with services.db.reading() as tx:
        return shelf(tx, channel, kind)


def save(
    services: Services, channel: Channel, user_id: str, which: Reworded, values: Values
) -> None:
    """A host adds a prompt (no id) or rewords one. Raises Refused, Beside."""
    access.require_host(services, channel, user_id)
    reading, field = Reading(values), view.words_field(which.kind)
    text = reading.take(field, "")
    kind, prompt_id = which.kind, which.prompt_id
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # a form that is sent twice at once finds the first
        known = {prompt.id: prompt for prompt in shelf(tx, channel, kind).prompts}
        others = [prompt.text for prompt in known.values() if prompt.id != prompt_id]
        problem = check_own(text, others)
        if problem is not None:
            reading.refuse(field, OWN_PROBLEMS[problem])
        if prompt_id is not None and prompt_id in known:
            section = known[prompt_id].section
        else:
            section = _section(reading, sections(known.values()))
        reading.finish()
        prompt = Prompt(prompt_id or f"own-{uuid4().hex}", text, section=section)
        checkin_settings.save_prompt(tx, channel.place, kind, prompt)


def _section(reading: Reading, parts: Sequence[str]) -> str | None:
    field = view.section_field(parts)
    return reading.take(field, "") if reading.has(field) else None


def retire(
    services: Services, channel: Channel, user_id: str, kind: Kind, prompt_id: str, retired: bool
) -> None:
    """A host takes a prompt out of the channel's rotation, or brings it back. Raises Refused."""
    access.require_host(services, channel, user_id)
    with services.db.transaction() as tx:
        known = {prompt.id: prompt for prompt in shelf(tx, channel, kind).prompts}
        if prompt_id not in known:
            raise Refused(Why.GONE)
        prompt = known[prompt_id]
        checkin_settings.retire(tx, channel.place, kind, prompt, retired)
