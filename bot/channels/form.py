"""Between a channel's settings and the fields of their modal: the one place that reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from bot.channels.views import settings as view
from bot.channels.views.settings import Draft
from bot.platform import zones
from bot.platform.errors import Beside
from bot.views import ids
from bot.views.inputs import Pairs
from core.cadence import LONGEST, Cadence, CadenceError, Every
from core.values import ChannelSettings, Notice, TakingPart

Values = Mapping[str, Any]  # what a modal's inputs hold, by block id
_FIELDS = {
    "interval": ids.SETTINGS_EVERY,
    "nth": ids.SETTINGS_NTH,
    "at": ids.SETTINGS_TIME,
    "zone": ids.SETTINGS_ZONE,
}


def draft_of(settings: ChannelSettings) -> Draft:
    """Saved settings as the fields show them."""
    cadence = settings.cadence
    fixed = f"{cadence.kind.value}:{cadence.interval}"
    free = cadence.kind.value
    offered = _values(view.OFTEN)
    return Draft(
        often=fixed if fixed in offered or free not in offered else free,
        every=str(cadence.interval),
        weekday=str(cadence.weekdays[0]) if cadence.weekdays else "0",
        weekdays=tuple(str(day) for day in cadence.weekdays),
        nth=str(cadence.nth or 1),
        time=f"{cadence.at:%H:%M}",
        zone=cadence.zone,
        size=str(settings.size),
        odd=settings.odd,
        taking_part=settings.taking_part.value,
        notice=settings.notice.value,
    )


def draft_from(values: Values, saved: Draft) -> Draft:
    """The fields as filled in; those that are not drawn just now as they were saved."""
    often = values.get(ids.SETTINGS_OFTEN) or saved.often
    given = {
        "every": ids.SETTINGS_EVERY,
        "weekday": ids.SETTINGS_WEEKDAY,
        "weekdays": ids.SETTINGS_WEEKDAYS,
        "nth": ids.SETTINGS_NTH,
        "time": ids.SETTINGS_TIME,
        "zone": ids.SETTINGS_ZONE,
        "size": view.SIZE,
        "odd": view.ODD,
        "taking_part": view.TAKING_PART,
        "notice": view.NOTICE,
    }
    changes = {name: values[block] for name, block in given.items() if block in values}
    for name in ("every", "zone"):
        if name in changes:
            changes[name] = str(changes[name] or "").strip()
    if "weekdays" in changes:
        changes["weekdays"] = tuple(changes["weekdays"] or ())
    return replace(saved, often=str(often), **changes)


def needed(often: str) -> set[str]:
    """The block ids that a rhythm asks for, beside time and zone."""
    kind, _, fixed = often.partition(":")
    blocks = set() if fixed else {ids.SETTINGS_EVERY}
    if kind in {"weeks", "monthly"}:
        blocks.add(ids.SETTINGS_WEEKDAY)
    if kind == "weekdays":
        blocks.add(ids.SETTINGS_WEEKDAYS)
    if kind == "monthly":
        blocks.add(ids.SETTINGS_NTH)
    return blocks


def read(saved: ChannelSettings, draft: Draft) -> ChannelSettings:
    """The settings that the form means, in no particular phase; what it does not hold stays.

    Raises Beside with every problem at once.
    """
    problems: dict[str, str] = {}
    cadence = saved.cadence
    try:
        cadence = cadence_of(draft)
    except Beside as beside:
        problems.update(beside.problems)
    for block, options, value in (
        (view.SIZE, view.SIZES, draft.size),
        (view.ODD, view.ODDS, draft.odd),
        (view.TAKING_PART, view.WHO, draft.taking_part),
        (view.NOTICE, view.NOTICES, draft.notice),
    ):
        if value not in _values(options):
            problems[block] = view.CHOOSE
    if problems:
        raise Beside(problems)
    return replace(
        saved,
        cadence=cadence,
        size=int(draft.size or 0),
        odd=str(draft.odd),
        taking_part=TakingPart(str(draft.taking_part)),
        notice=Notice(str(draft.notice)),
    )


def cadence_of(draft: Draft) -> Cadence:
    """The rhythm that the form means, in no particular phase. Raises Beside."""
    problems: dict[str, str] = {}
    kind, interval = _every(draft, problems)
    days = _weekdays(draft, kind, problems)
    nth = None
    if kind is Every.MONTHLY:
        nth = int(draft.nth or 0) if draft.nth in _values(view.NTH) else None
        if nth is None:
            problems[ids.SETTINGS_NTH] = view.CHOOSE
    at = _time(draft, problems)
    zone = _zone(draft.zone, problems)
    if problems:
        raise Beside(problems)
    try:
        return Cadence(kind, interval, days, nth, at, zone)
    except CadenceError as error:
        weekday = ids.SETTINGS_WEEKDAYS if kind is Every.WEEKDAYS else ids.SETTINGS_WEEKDAY
        raise Beside({_FIELDS.get(error.field, weekday): error.sentence}) from error


def _every(draft: Draft, problems: dict[str, str]) -> tuple[Every, int]:
    name, _, fixed = draft.often.partition(":")
    if name not in list(Every):
        problems[ids.SETTINGS_OFTEN] = view.CHOOSE
        return Every.WEEKS, 1
    kind, text = Every(name), fixed or draft.every
    # int() itself refuses thousands of digits; four are beyond every limit here.
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:4]) <= LONGEST[kind]:
        block = ids.SETTINGS_OFTEN if fixed else ids.SETTINGS_EVERY
        problems[block] = view.no_number(LONGEST[kind])
        return kind, 1
    return kind, int(text[:4])


def _weekdays(draft: Draft, kind: Every, problems: dict[str, str]) -> tuple[int, ...]:
    if kind is Every.DAYS:
        return (0,)
    many = kind is Every.WEEKDAYS
    chosen = draft.weekdays if many else tuple(filter(None, [draft.weekday]))
    if not chosen or not set(chosen) <= set("0123456"):
        block = ids.SETTINGS_WEEKDAYS if many else ids.SETTINGS_WEEKDAY
        problems[block] = view.CHOOSE_DAY
        return (0,)
    return tuple(int(day) for day in chosen)


def _time(draft: Draft, problems: dict[str, str]) -> time:
    try:
        at = time.fromisoformat(draft.time or "")
    except ValueError:
        problems[ids.SETTINGS_TIME] = view.NO_TIME
        return time(10)
    return at.replace(second=0, microsecond=0, tzinfo=None)


def _zone(text: str, problems: dict[str, str]) -> str:
    near = zones.suggest(text) if text else None
    if near is not None and near.casefold() == text.casefold():
        return near  # capitals are not worth a refusal
    problems[ids.SETTINGS_ZONE] = view.unknown_zone(text, near)
    return "UTC"


def _values(options: Pairs) -> set[str]:
    return {value for _, value in options}
