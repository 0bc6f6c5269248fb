"""The rarer decisions of a host: the second settings modal, read and saved."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from bot.channels import form
from bot.channels import settings as main
from bot.channels.form import Values
from bot.channels.views import detail as view
from bot.channels.views import settings as main_view
from bot.channels.views.detail import Detail
from bot.channels.views.settings import Draft
from bot.platform import closed_days, directory
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views import ids
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Key, Outgoing
from core.values import Channel, ChannelSettings, Window
from storage.channels import channels
from storage.outbox import deliveries

MOST_LINES, LONGEST_ABSENCE = 60, timedelta(days=366)
FARTHEST_QUIET = timedelta(days=366)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
_DAYS_OFF = re.compile(rf"{_DAY}(?:\s*(?:–|—|-|to|until|\.\.)\s*{_DAY})?")
HALF_HOUR = 30  # minutes

Range = tuple[date, date]


def modal(
    services: Services, team_id: str, channel_id: str, user_id: str, main_values: Values
) -> dict[str, Any]:
    """The modal as saved; it carries the main one's fields, so that nothing filled in is lost.

    Raises NotHere and NotAHost, as do `redraw` and `save`.
    """
    channel = main.for_host(services, team_id, channel_id, user_id)
    draft = form.draft_from(main_values, main.first_draft(services, channel, user_id))
    return _drawn(channel, _saved(services, channel), _packed(channel_id, draft))


def redraw(
    services: Services, team_id: str, user_id: str, metadata: str, values: Values
) -> dict[str, Any]:
    """The modal as filled in just now, with the regions of the chosen country."""
    channel = main.for_host(services, team_id, channel_of(metadata), user_id)
    return _drawn(channel, _filled_in(_saved(services, channel), values), metadata)


def save(services: Services, team_id: str, user_id: str, metadata: str, values: Values) -> str:
    """Save the modal and say so; rounds start only with the main one. Raises Beside."""
    channel = main.for_host(services, team_id, channel_of(metadata), user_id)
    detail = _filled_in(_saved(services, channel), values)
    problems: dict[str, str] = {}
    _check_hosts(services, channel, detail, problems)
    now, today = services.clock.now(), main.today(services, channel)
    with services.db.transaction() as tx:
        before = main.quiet_only_now(services, main.fresh(tx, team_id, channel.id))
        settings = read(before.settings, detail, today, problems)
        quiet = _quiet(detail.quiet_until, today, problems)
        if problems:
            raise Beside(problems)
        after = replace(before, settings=settings, quiet_until=quiet)
        _write(tx, before, after, now)
        channels.name_hosts(tx, team_id, channel.id, list(detail.hosts))
    return view.saved(channel.id, before.started, quiet)


def main_form(services: Services, team_id: str, metadata: str) -> dict[str, Any]:
    """The main modal below, its dates as they are now, for whoever has just saved this one."""
    channel = main.known(services, team_id, channel_of(metadata))
    fields = json.loads(metadata)["draft"]
    draft = Draft(**{**fields, "weekdays": tuple(fields["weekdays"])})
    return main.drawn(services, channel, draft)


def channel_of(metadata: str) -> str:
    """The channel that a modal with this metadata is about."""
    return str(json.loads(metadata)["channel"])


def read(
    saved: ChannelSettings, detail: Detail, today: date, problems: dict[str, str]
) -> ChannelSettings:
    """The settings that the modal means; what is wrong goes into `problems`, by block id."""
    past = tuple(entry for entry in saved.blackout if entry[1] < today)
    country, region = _place(detail, problems)
    return replace(
        saved,
        blackout=(*past, *_blackout(detail.blackout, today, problems)),
        country=country,
        subdivision=region,
        window=_window(saved.window, detail, problems),
        prefer=_prefer(saved.prefer, detail, problems),
        guests=detail.guests == "yes",
    )


def _write(tx: Session, before: Channel, after: Channel, now: datetime) -> None:
    team_id, channel_id = before.team_id, before.id
    channels.quieten(tx, team_id, channel_id, after.quiet_until)
    if not before.started:
        channels.change(tx, team_id, channel_id, settings=after.settings.to_json())
        return
    due = main.next_due(before, after, now)
    if due is None:
        raise Beside({view.BLACKOUT: view.NO_DATE_LEFT})
    channels.decide(tx, team_id, channel_id, after.settings, due)
    if after.quiet_until is not None and before.quiet_until is None:
        key = Key(f"support:{channel_id}:{after.quiet_until.isoformat()}")
        post = main_view.support(channel_id, after.quiet_until)
        deliveries.put(
            tx, Outgoing(team_id, key, DeliveryKind.SUPPORT, post, now, channel_id=channel_id)
        )


# -- between the settings and the fields --------------------------------------


def _saved(services: Services, channel: Channel) -> Detail:
    settings, today = channel.settings, main.today(services, channel)
    with services.db.reading() as tx:
        hosts = channels.hosts(tx, channel.team_id, channel.id)
    window = settings.window
    return Detail(
        blackout="\n".join(_line(entry) for entry in settings.blackout if entry[1] >= today),
        country=settings.country,
        region=settings.subdivision,
        window_from=f"{window.start:%H:%M}" if window else None,
        window_until=f"{window.end:%H:%M}" if window else None,
        window_days=tuple(str(day) for day in window.weekdays) if window else (),
        prefer=tuple(name for name, weight in settings.prefer.items() if weight),
        guests="yes" if settings.guests else "no",
        hosts=tuple(hosts),
        quiet_until=channel.quiet_until,
    )


def _filled_in(saved: Detail, values: Values) -> Detail:
    country = _chosen(values.get(ids.SETTINGS_COUNTRY, saved.country))
    region = _chosen(values.get(view.region_block(country))) if country else None
    quiet = values.get(view.QUIET)
    return Detail(
        blackout=str(values.get(view.BLACKOUT) or ""),
        country=country,
        region=region,
        window_from=values.get(view.WINDOW_FROM),
        window_until=values.get(view.WINDOW_UNTIL),
        window_days=tuple(values.get(view.WINDOW_DAYS) or ()),
        prefer=tuple(values.get(view.PREFER) or ()),
        guests=str(values.get(view.GUESTS) or saved.guests),
        hosts=tuple(values.get(view.HOSTS) or ()),
        quiet_until=date.fromisoformat(quiet) if quiet else None,
    )


def _drawn(channel: Channel, detail: Detail, metadata: str) -> dict[str, Any]:
    countries = [(name, code) for code, name in closed_days.countries()]
    known = detail.country in {code for _, code in countries}
    regions = closed_days.subdivisions(detail.country) if known and detail.country else ()
    return view.modal(
        channel.id, detail, countries, sorted((name, code) for code, name in regions), metadata
    )


def _packed(channel_id: str, draft: Draft) -> str:
    return json.dumps({"channel": channel_id, "draft": asdict(draft)})


def _chosen(value: object) -> str | None:
    return None if value in (None, "", view.NONE) else str(value)


def _line(entry: Range) -> str:
    first, last = entry
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"


def _blackout(text: str, today: date, problems: dict[str, str]) -> list[Range]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        problems[view.BLACKOUT] = view.TOO_MANY_DAYS
        return []
    entries: list[Range] = []
    for line in lines:
        entry = _days_off(line)
        trouble = view.unreadable_day(line) if entry is None else _trouble(entry, line, today)
        if trouble:
            problems.setdefault(view.BLACKOUT, trouble)
        elif entry is not None and entry not in entries:
            entries.append(entry)
    return sorted(entries)


def _days_off(line: str) -> Range | None:
    match = _DAYS_OFF.fullmatch(line)
    if match is None:
        return None
    try:
        first, last = (date(*map(int, day.split("-"))) for day in (match[1], match[2] or match[1]))
    except ValueError:
        return None
    return first, last


def _trouble(entry: Range, line: str, today: date) -> str | None:
    first, last = entry
    if last < first:
        return view.backwards(line)
    if last < today:
        return view.past_day(line)
    return view.long_absence(line) if last - first > LONGEST_ABSENCE else None


def _place(detail: Detail, problems: dict[str, str]) -> tuple[str | None, str | None]:
    try:
        closed_days.closed_dates(detail.country, detail.region)
    except closed_days.ClosedDaysError as error:
        region = view.region_block(detail.country or "")
        problems[ids.SETTINGS_COUNTRY if error.field == "country" else region] = error.sentence
    return detail.country, detail.region


def _window(saved: Window | None, detail: Detail, problems: dict[str, str]) -> Window | None:
    given = (detail.window_from, detail.window_until)
    if not detail.window_days and (saved is not None or not any(given)):
        return None
    if not all(given) or not detail.window_days:
        empty = [view.WINDOW_FROM, view.WINDOW_UNTIL][given.index(None)] if None in given else ""
        problems[empty or view.WINDOW_DAYS] = view.WINDOW_NEEDS
        return None
    start, end = (time.fromisoformat(str(text)) for text in given)
    length = (end.hour * 60 + end.minute or 24 * 60) - start.hour * 60 - start.minute
    if length < HALF_HOUR:
        problems[view.WINDOW_UNTIL] = view.WINDOW_SHORT
        return None
    return Window(start, end, tuple(sorted(int(day) for day in detail.window_days)))


def _prefer(
    saved: Mapping[str, int], detail: Detail, problems: dict[str, str]
) -> Mapping[str, int]:
    if {"cross_team", "within_team"} <= set(detail.prefer):
        problems[view.PREFER] = view.BOTH_TEAMS
    offered = {name for _, name in view.PREFERENCES}
    kept = {name: weight for name, weight in saved.items() if name not in offered}
    return kept | {name: saved.get(name) or 1 for name in detail.prefer if name in offered}


def _quiet(until: date | None, today: date, problems: dict[str, str]) -> date | None:
    if until is not None and until <= today:
        problems[view.QUIET] = view.quiet_past(until)
    elif until is not None and until - today > FARTHEST_QUIET:
        problems[view.QUIET] = view.QUIET_TOO_FAR
    return until


def _check_hosts(
    services: Services, channel: Channel, detail: Detail, problems: dict[str, str]
) -> None:
    chosen = [directory.meet(services, channel.team_id, user_id) for user_id in detail.hosts]
    if any(person.is_bot or person.stranger for person in chosen):
        problems[view.HOSTS] = view.NO_HOST
