"""What a host decides for a channel's rounds: opening the modal, reading it, saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot import hosts, ids, participants, rounds, zones
from bot.errors import Beside, NotHere
from bot.services import Services
from bot.views import channel_posts
from bot.views import settings as view
from bot.views.settings import Draft
from core.cadence import LONGEST, Cadence, CadenceError, Every, anchored
from core.values import Channel, ChannelSettings, Notice, TakingPart
from storage import channels, deliveries

Values = Mapping[str, Any]  # what a modal's inputs hold, by block id
SHOWN_DATES = 5
_FIELDS = {
    "interval": ids.SETTINGS_EVERY,
    "nth": ids.SETTINGS_NTH,
    "at": ids.SETTINGS_TIME,
    "zone": ids.SETTINGS_ZONE,
}


def open(services: Services, team_id: str, channel_id: str, user_id: str) -> dict[str, Any]:
    """The settings: a form for a host, the same to read for everyone else. Raises NotHere."""
    channel = known(services, team_id, channel_id)
    if hosts.is_host(services, channel, user_id):
        return _form(services, channel, first_draft(services, channel, user_id))
    dates = upcoming(channel, channel, services.clock.now())
    return view.read_only(channel, dates, hosts.named(services, channel))


def redraw(
    services: Services, team_id: str, channel_id: str, user_id: str, values: Values
) -> dict[str, Any]:
    """The form as it is filled in just now: the fields that belong together, and the dates.

    Raises NotAHost, as does every function here that is not `open`.
    """
    channel = for_host(services, team_id, channel_id, user_id)
    draft = draft_from(values, first_draft(services, channel, user_id))
    return _form(services, channel, draft)


def save(services: Services, team_id: str, channel_id: str, user_id: str, values: Values) -> str:
    """Save the form, start the channel's rounds, and say what was saved. Raises Beside."""
    for_host(services, team_id, channel_id, user_id)
    now = services.clock.now()
    with services.db.transaction() as tx:
        before = _fresh(tx, team_id, channel_id)
        settings = read(before, draft_from(values, draft_of(before.settings)), now)
        after = replace(before, settings=settings)
        due = next_due(before, after, now)
        if due is None:
            raise Beside({ids.SETTINGS_OFTEN: view.ALL_CLOSED})
        saved = channels.decide(tx, team_id, channel_id, settings, due)
        announced = _announce(tx, before, saved, now)
    return view.saved(saved, announced)


def missing(values: Values) -> bool:
    """Whether the form lacks a field of the chosen rhythm: it was sent before it was redrawn."""
    return not needed(str(values.get(ids.SETTINGS_OFTEN) or "")) <= values.keys()


def for_host(services: Services, team_id: str, channel_id: str, user_id: str) -> Channel:
    """The channel, if this person may change it now. Raises NotHere or NotAHost."""
    channel = known(services, team_id, channel_id)
    hosts.require_host(services, channel, user_id)
    return channel


def known(services: Services, team_id: str, channel_id: str) -> Channel:
    """The channel with quiet mode only if it still lasts. Raises NotHere."""
    channel = participants.is_channel_known(services, team_id, channel_id)
    if channel is None:
        raise NotHere()
    over = channel.quiet_until is not None and channel.quiet_until <= today(services, channel)
    return replace(channel, quiet_until=None) if over else channel


def today(services: Services, channel: Channel) -> date:
    """The date on the channel's own calendar."""
    zone = ZoneInfo(zones.known(channel.settings.cadence.zone))
    return services.clock.now().astimezone(zone).date()


# -- dates --------------------------------------------------------------------


def next_due(before: Channel, after: Channel, now: datetime) -> datetime | None:
    """When the next round is due once `after` is saved; a change of other things moves nothing."""
    moved = not before.started or _calendar(before) != _calendar(after)
    if before.next_due_at is not None and not moved:
        return before.next_due_at
    return rounds.due_after(after, now)


def upcoming(before: Channel, after: Channel, now: datetime) -> list[datetime]:
    """The next five rounds, slower ones of quiet mode and days off included."""
    dates: list[datetime] = []
    due = next_due(before, after, now)
    while due is not None and len(dates) < SHOWN_DATES:
        dates.append(due)
        due = rounds.due_after(after, due)
    return dates


def _calendar(channel: Channel) -> tuple[object, ...]:
    settings = channel.settings
    closed = (settings.country, settings.subdivision, settings.blackout)
    return (settings.cadence, closed, channel.quiet_until)


def _anchored(channel: Channel, cadence: Cadence, now: datetime) -> Cadence:
    """In the phase it has, if the rhythm is the same; else it begins as soon as it can."""
    old = channel.settings.cadence
    if channel.started and _phase(old) == _phase(cadence):
        return replace(cadence, anchor=old.anchor)
    return anchored(cadence, now, rounds.closed_dates(channel))


def _phase(cadence: Cadence) -> tuple[object, ...]:
    return (cadence.kind, cadence.interval, cadence.weekdays, cadence.nth)


# -- the form -----------------------------------------------------------------


def first_draft(services: Services, channel: Channel, user_id: str) -> Draft:
    """The form as it opens: what is saved; the host's own zone where nothing is yet."""
    draft = draft_of(channel.settings)
    if channel.started:
        return draft
    person = participants.meet(services, channel.team_id, user_id)
    return replace(draft, zone=zones.known(person.zone))


def draft_of(settings: ChannelSettings) -> Draft:
    """Saved settings as the fields show them."""
    cadence = settings.cadence
    fixed = f"{cadence.kind.value}:{cadence.interval}"
    free = cadence.kind.value
    offered = {value for _, value in view.OFTEN}
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


def read(channel: Channel, draft: Draft, now: datetime) -> ChannelSettings:
    """The settings that the form means; what only the second modal holds stays. Raises Beside."""
    problems: dict[str, str] = {}
    cadence = _collect(problems, lambda: _anchored(channel, cadence_of(draft), now))
    for block, options, value in (
        (view.SIZE, view.SIZES, draft.size),
        (view.ODD, view.ODDS, draft.odd),
        (view.TAKING_PART, view.WHO, draft.taking_part),
        (view.NOTICE, view.NOTICES, draft.notice),
    ):
        if value not in {known for _, known in options}:
            problems[block] = view.CHOOSE
    if problems or cadence is None:
        raise Beside(problems)
    return replace(
        channel.settings,
        cadence=cadence,
        size=int(draft.size or 0),
        odd=str(draft.odd),
        taking_part=TakingPart(draft.taking_part),
        notice=Notice(draft.notice),
    )


def _collect(problems: dict[str, str], make: Any) -> Cadence | None:
    try:
        made: Cadence = make()
    except Beside as beside:
        problems.update(beside.problems)
        return None
    return made


def cadence_of(draft: Draft) -> Cadence:
    """The rhythm that the form means, in no particular phase. Raises Beside."""
    problems: dict[str, str] = {}
    kind, interval = _every(draft, problems)
    days = _weekdays(draft, kind, problems)
    nth = None
    if kind is Every.MONTHLY:
        nth = int(draft.nth) if draft.nth in dict(_swapped(view.NTH)) else None
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


def _swapped(pairs: Any) -> list[tuple[str, str]]:
    return [(value, label) for label, value in pairs]


def _form(services: Services, channel: Channel, draft: Draft) -> dict[str, Any]:
    return view.modal(channel, draft, shown_dates(channel, draft, services.clock.now()))


def shown_dates(channel: Channel, draft: Draft, now: datetime) -> list[datetime] | str:
    """The dates that saving this draft would give; a sentence when it cannot be saved so."""
    try:
        cadence = _anchored(channel, cadence_of(draft), now)
    except Beside as beside:
        return next(iter(beside.problems.values()))
    after = replace(channel, settings=replace(channel.settings, cadence=cadence))
    return upcoming(channel, after, now) or view.ALL_CLOSED


def _fresh(tx: Session, team_id: str, channel_id: str) -> Channel:
    found = channels.get(tx, team_id, channel_id)
    if found is None or not found.active:
        raise NotHere()
    return found


def _announce(tx: Session, before: Channel, now_saved: Channel, now: datetime) -> bool:
    """The post that starts the channel; again when everyone takes part from now on (P6)."""
    mode = now_saved.settings.taking_part
    widened = mode is TakingPart.EVERYONE and before.settings.taking_part is not mode
    if before.started and before.announced and not widened:
        return False
    # Switched there and back between two rounds, a second post would say nothing new.
    key = f"opening:{now_saved.id}:{mode.value}:{now_saved.round_count}"
    post = channel_posts.opening(now_saved, now_saved.next_due_at)
    put = deliveries.put(tx, now_saved.team_id, key, "opening", post, now, channel_id=now_saved.id)
    channels.change(tx, now_saved.team_id, now_saved.id, announced=True)
    return put is not None
