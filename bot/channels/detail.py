"""The rarer decisions of a host: the second settings modal, read and saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.channels import keys
from bot.channels import settings as main
from bot.channels.ids import OverDraft
from bot.channels.views import detail as view
from bot.channels.views import form
from bot.channels.views import settings as main_view
from bot.channels.views.detail import Detail
from bot.platform import closed_days, directory
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.forms import Reading, Values, Wrong
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, ChannelSettings, Place, Who, Window
from storage.channels import channels
from storage.outbox import deliveries

MOST_LINES, LONGEST_ABSENCE = 60, timedelta(days=366)
FARTHEST_QUIET = timedelta(days=366)
_DAY = r"(\d{4}-\d{1,2}-\d{1,2})"
_DAYS_OFF = re.compile(rf"{_DAY}(?:\s*(?:–|—|-|to|until|\.\.)\s*{_DAY})?")
HALF_HOUR = 30  # minutes

Range = tuple[date, date]


def modal(services: Services, who: Who, channel_id: str, main_values: Values) -> ModalView:
    """The modal as saved; it carries the main one's fields, so that nothing filled in is lost.

    Raises NotHere and NotAHost, as do `redraw` and `save`.
    """
    channel = main.for_host(services, who, channel_id)
    draft = form.draft_from(main_values, main.first_draft(services, channel, who))
    return view.modal(_saved(services, channel), OverDraft(channel_id, draft))


def redraw(services: Services, who: Who, behind: OverDraft, values: Values) -> ModalView:
    """The modal as filled in just now, with the regions of the chosen country."""
    channel = main.for_host(services, who, behind.channel)
    return view.modal(_filled_in(_saved(services, channel), values), behind)


def save(services: Services, who: Who, behind: OverDraft, values: Values) -> str:
    """Save the modal and say so; rounds start only with the main one. Raises Beside."""
    channel = main.for_host(services, who, behind.channel)
    detail, reading = _filled_in(_saved(services, channel), values), Reading()
    _check_hosts(services, channel, detail, reading)
    now, today = services.clock.now(), main.today(services, channel)
    with services.db.transaction() as tx:
        before = main.quiet_only_now(services, main.fresh(tx, channel.place))
        settings = read(before.settings, detail, today, reading)
        quiet = reading.try_(view.QUIET, lambda: _quiet(detail.quiet_until, today), None)
        reading.finish()
        after = replace(before, settings=settings, quiet_until=quiet)
        _write(tx, before, after, who.user, now)
        channels.name_hosts(tx, channel.place, list(detail.hosts))
    return view.saved(channel.id, before.started, quiet)


def main_form(services: Services, who: Who, behind: OverDraft) -> ModalView:
    """The main modal below, its dates as they are now, for whoever has just saved this one."""
    channel = main.known(services, Place(who.team, behind.channel))
    return main.drawn(services, channel, behind.draft)


def read(saved: ChannelSettings, detail: Detail, today: date, reading: Reading) -> ChannelSettings:
    """The settings that the modal means; what is wrong is noted beside the fields."""
    past = tuple(entry for entry in saved.blackout if entry[1] < today)
    coming: list[Range] = reading.try_(view.BLACKOUT, lambda: _blackout(detail.blackout, today), [])
    _check_place(detail, reading)
    return replace(
        saved,
        blackout=(*past, *coming),
        country=detail.country,
        subdivision=detail.region,
        window=_window(saved.window, detail, reading),
        prefer=_prefer(saved.prefer, detail, reading),
        guests=reading.check(view.GUESTS, detail.guests, "no") == "yes",
    )


def _write(tx: Session, before: Channel, after: Channel, host: str, now: datetime) -> None:
    place = before.place
    channels.quieten(tx, place, after.quiet_until)
    if before.started:
        due = main.next_due(before, after, now)
        if due is None:
            raise Beside({view.BLACKOUT.id: view.NO_DATE_LEFT})
        channels.decide(tx, place, after.settings, due)
    else:
        channels.change(tx, place, settings=after.settings.to_json())
    # Without rounds too: the channel may well know check-ins.
    if after.quiet_until is not None and before.quiet_until is None:
        key = keys.support(after, after.quiet_until)
        post = main_view.support(place.channel, after.quiet_until)
        deliveries.put(
            tx,
            Outgoing(
                place.team,
                key,
                DeliveryKind.SUPPORT,
                post,
                now,
                channel_id=place.channel,
                asked_by=host,
            ),
        )


# -- between the settings and the fields --------------------------------------


def _saved(services: Services, channel: Channel) -> Detail:
    settings, today = channel.settings, main.today(services, channel)
    with services.db.reading() as tx:
        hosts = channels.hosts(tx, channel.place)
    window = settings.window
    return Detail(
        blackout="\n".join(_line(entry) for entry in settings.blackout if entry[1] >= today),
        country=settings.country,
        region=settings.subdivision,
        window_from=window.start if window else None,
        window_until=window.end if window else None,
        window_days=tuple(str(day) for day in window.weekdays) if window else (),
        prefer=tuple(name for name, weight in settings.prefer.items() if weight),
        guests="yes" if settings.guests else "no",
        hosts=tuple(hosts),
        quiet_until=channel.quiet_until,
    )


def _filled_in(saved: Detail, values: Values) -> Detail:
    reading = Reading(values)
    country = _chosen(reading.typed(view.country(), saved.country or ""))
    return Detail(
        blackout=reading.typed(view.BLACKOUT, ""),
        country=country,
        region=_chosen(reading.typed(view.region(country), "")) if country else None,
        window_from=reading.typed(view.WINDOW_FROM, None),
        window_until=reading.typed(view.WINDOW_UNTIL, None),
        window_days=reading.typed(view.WINDOW_DAYS, ()),
        prefer=reading.typed(view.PREFER, ()),
        guests=reading.typed(view.GUESTS, "") or saved.guests,
        hosts=reading.typed(view.HOSTS, ()),
        quiet_until=reading.typed(view.QUIET, None),
    )


def _chosen(value: str) -> str | None:
    return None if value in ("", view.NONE) else value


def _line(entry: Range) -> str:
    first, last = entry
    return first.isoformat() if first == last else f"{first.isoformat()} – {last.isoformat()}"


def _blackout(text: str, today: date) -> list[Range]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise Wrong(view.TOO_MANY_DAYS)
    return sorted({_entry(line, today) for line in lines})


def _entry(line: str, today: date) -> Range:
    entry = _days_off(line)
    trouble = view.unreadable_day(line) if entry is None else _trouble(entry, line, today)
    if entry is None or trouble:
        raise Wrong(trouble or "")
    return entry


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


def _check_place(detail: Detail, reading: Reading) -> None:
    try:
        closed_days.closed_dates(detail.country, detail.region)
    except closed_days.ClosedDaysError as error:
        of_country = error.field == "country"
        field = view.country() if of_country else view.region(detail.country or "")
        reading.refuse(field, error.sentence)


def _window(saved: Window | None, detail: Detail, reading: Reading) -> Window | None:
    start, end, days = detail.window_from, detail.window_until, detail.window_days
    if not days and (saved is not None or (start is None and end is None)):
        return None
    if start is None or end is None:
        empty = view.WINDOW_FROM if start is None else view.WINDOW_UNTIL
        reading.refuse(empty, view.WINDOW_NEEDS)
        return None
    if not days:
        reading.refuse(view.WINDOW_DAYS, view.WINDOW_NEEDS)
        return None
    length = (end.hour * 60 + end.minute or 24 * 60) - start.hour * 60 - start.minute
    if length < HALF_HOUR:
        reading.refuse(view.WINDOW_UNTIL, view.WINDOW_SHORT)
        return None
    chosen = reading.check(view.WINDOW_DAYS, days, ())
    return Window(start, end, tuple(sorted(int(day) for day in chosen)))


def _prefer(saved: Mapping[str, int], detail: Detail, reading: Reading) -> Mapping[str, int]:
    if {"cross_team", "within_team"} <= set(detail.prefer):
        reading.refuse(view.PREFER, view.BOTH_TEAMS)
    offered = {name for _, name in view.PREFERENCES}
    kept = {name: weight for name, weight in saved.items() if name not in offered}
    return kept | {name: saved.get(name) or 1 for name in detail.prefer if name in offered}


def _quiet(until: date | None, today: date) -> date | None:
    if until is not None and until <= today:
        raise Wrong(view.quiet_past(until))
    if until is not None and until - today > FARTHEST_QUIET:
        raise Wrong(view.QUIET_TOO_FAR)
    return until


def _check_hosts(services: Services, channel: Channel, detail: Detail, reading: Reading) -> None:
    named = reading.check(view.HOSTS, detail.hosts, ())
    chosen = [directory.meet(services, Who(channel.team_id, user_id)) for user_id in named]
    if any(person.is_bot or person.stranger for person in chosen):
        reading.refuse(view.HOSTS, view.NO_HOST)
