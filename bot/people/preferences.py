"""What a person decides for themselves: pace, hours, a line about them, a private list, a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.meetings.errors import NobodyNamed
from bot.people import muting, standing
from bot.people.errors import NotWithYourself
from bot.people.views import holidays
from bot.people.views import preferences as view
from bot.people.views.preferences import Wishes
from bot.platform import directory
from bot.platform.services import Services
from bot.platform.slack import SlackRefused
from bot.rounds import participants
from bot.views.blocks import ModalView
from bot.views.forms import Reading, Values, Wrong
from core import when, words
from core.values import Hours, Mode, Who
from storage.channels import channels
from storage.people import memberships, people


def modal(services: Services, who: Who) -> ModalView:
    """The person's preferences, as a form."""
    person = directory.meet(services, who)
    return view.modal(person, avoided(services, who))


def redraw(services: Services, who: Who, values: Values) -> ModalView:
    """The form as filled in just now, with the regions of the chosen country."""
    person = directory.meet(services, who)
    reading, now = Reading(values), person.hours
    mode, size = reading.typed(view.MODE, view.ANY), reading.typed(view.SIZE, view.ANY)
    filled_in = replace(
        person,
        pace=int(reading.typed(view.PACE, "") or person.pace),
        size=None if size == view.ANY else int(size),
        mode=None if mode == view.ANY else Mode(mode),
        hours=Hours(
            reading.typed(view.HOURS_FROM, None) or now.start,
            reading.typed(view.HOURS_UNTIL, None) or now.end,
            tuple(int(day) for day in reading.typed(view.DAYS, ())),
            _holidays(reading),
        ),
        team=reading.typed(view.TEAM, "") or None,
        ask_about=reading.typed(view.ASK_ABOUT, ""),
        obeys_status=view.YES in reading.typed(view.STATUS, ()),
        open_to_ask=view.YES in reading.typed(view.OPEN_TO_ASK, ()),
        requests=int(often) if (often := reading.typed(view.REQUESTS, "")).isdigit() else None,
        muted=view.YES in reading.typed(view.MUTED, ()),
    )
    not_with = reading.typed(view.NOT_WITH, ())
    return view.modal(filled_in, not_with)


def save(services: Services, who: Who, values: Values) -> str | None:
    """Save the form; returns what the person should know about it, if anything. Raises Beside."""
    directory.meet(services, who)
    wishes = read(values, who.user)
    before = avoided(services, who)
    with services.db.transaction() as tx:
        people.change(
            tx,
            who,
            pace=wishes.pace,
            size=wishes.size,
            mode=wishes.mode,
            department=wishes.team,
            ask_about=wishes.ask_about,
            obeys_status=wishes.obeys_status,
            open_to_ask=wishes.open_to_ask,
            requests=wishes.requests,
            hours=wishes.hours.to_json(),
        )
        muting.turn(tx, who, wishes.muted)
        people.set_not_with(tx, who, wishes.not_with)
    return _warning(services, who) if set(wishes.not_with) - set(before) else None


# -- the private list ---------------------------------------------------------


def avoided(services: Services, who: Who) -> list[str]:
    """The person's own list; for their eyes only."""
    with services.db.reading() as tx:
        return people.not_with(tx, who)


def avoid_modal(services: Services, who: Who) -> ModalView:
    """The private list, as a form."""
    return view.avoid_modal(avoided(services, who))


def avoid(services: Services, who: Who, text: str) -> str:
    """Put the people mentioned on the list; those on it already come off it.

    Raises NobodyNamed when no colleague is mentioned, NotWithYourself for the person.
    """
    named = words.mentions(text)
    if not named:
        raise NobodyNamed(text, word="avoid")
    listed = avoided(services, who)
    if set(named) <= set(listed):
        return avoid_remove(services, who, named)
    if not all(_is_colleague(services, Who(who.team, other)) for other in named):
        raise NobodyNamed(text, word="avoid")
    return avoid_add(services, who, named)


def _is_colleague(services: Services, who: Who) -> bool:
    """Whether Slack knows a person by this id: no app, and nothing that was typed by hand."""
    try:
        return not directory.meet(services, who).is_bot
    except SlackRefused:
        return False


def avoid_add(services: Services, who: Who, others: Sequence[str]) -> str:
    """Never introduce these people and the person to each other. Raises NotWithYourself."""
    if who.user in others:
        raise NotWithYourself()
    directory.meet(services, who)
    with services.db.transaction() as tx:
        people.hold(tx, who)
        listed = people.not_with(tx, who)
        people.set_not_with(tx, who, {*listed, *others})
    said = view.now_avoided(others)
    warning = _warning(services, who)
    return f"{said}\n{warning}" if warning else said


def avoid_remove(services: Services, who: Who, others: Sequence[str]) -> str:
    """These people may be introduced again."""
    with services.db.transaction() as tx:
        people.hold(tx, who)
        listed = people.not_with(tx, who)
        people.set_not_with(tx, who, set(listed) - set(others))
    return view.avoided_no_more(others)


def save_avoided(services: Services, who: Who, values: Values) -> str:
    """Save the list's own form; returns what to say. Raises Beside."""
    directory.meet(services, who)
    reading = Reading(values)
    others = _others(reading, who.user)
    reading.finish()
    with services.db.transaction() as tx:
        people.set_not_with(tx, who, others)
    said = view.list_saved(len(others))
    warning = _warning(services, who) if others else None
    return f"{said}\n{warning}" if warning else said


def without_partner(services: Services, who: Who) -> list[str]:
    """The channels in which everyone the person could meet is on their own list.

    Other people's lists are not looked at: from the answer nobody can infer one.
    """
    with services.db.reading() as tx:
        own = {m.channel_id: m for m in memberships.of_person(tx, who)}
        known = [c for c in channels.known(tx, who.team) if c.started and c.id in own]
        listed = set(people.not_with(tx, who))
    found = []
    for channel in known:
        if not listed or not standing.takes_part(channel, own[channel.id]):
            continue
        now = services.clock.now()  # those who are in it in a day without a press are counted
        counts = max(now + participants.ANNOUNCED, channel.everyone_from or now)
        gathering = participants.gather(services, channel, now, due_at=counts)
        others = set(gathering.decision.taking_part) - {who.user}
        if others and others <= listed:
            found.append(channel.id)
    return found


def _warning(services: Services, who: Who) -> str | None:
    where = without_partner(services, who)
    return view.nobody_left(where) if where else None


# -- a break ------------------------------------------------------------------


def pause_modal(services: Services, who: Who) -> ModalView:
    """The date of a break, as a form."""
    person = directory.meet(services, who)
    today = standing.today(services, who)
    return view.pause_modal(person.pause(today))


def save_pause(services: Services, who: Who, values: Values) -> str:
    """A break until the day chosen; returns the word back. Raises Beside."""
    reading = Reading(values)
    chosen, today = reading.take(view.UNTIL, None), standing.today(services, who)
    until = reading.try_(view.UNTIL, lambda: _coming(chosen, today), today)
    reading.finish()
    return standing.pause_until(services, who, until)


def _coming(chosen: date | None, today: date) -> date:
    try:
        return when.parse_until(chosen.isoformat() if chosen else "", today)
    except when.WhenError as error:
        raise Wrong(view.no_pause(error.kind)) from error


# -- reading the form ---------------------------------------------------------


def read(values: Values, user_id: str) -> Wishes:
    """What the form says. Raises Beside with every problem at once."""
    reading = Reading(values)
    pace, size = reading.take(view.PACE, "1"), reading.take(view.SIZE, view.ANY)
    mode, requests = reading.take(view.MODE, view.ANY), reading.take(view.REQUESTS, view.ANY)
    wishes = Wishes(
        pace=int(pace),
        size=None if size == view.ANY else int(size),
        mode=None if mode == view.ANY else Mode(mode),
        hours=_hours(reading),
        team=reading.take(view.TEAM, "") or None,
        ask_about=reading.take(view.ASK_ABOUT, ""),
        obeys_status=view.YES in reading.take(view.STATUS, ()),
        open_to_ask=view.YES in reading.take(view.OPEN_TO_ASK, ()),
        requests=None if requests == view.ANY else int(requests),
        muted=view.YES in reading.take(view.MUTED, ()),
        not_with=_others(reading, user_id),
    )
    reading.finish()
    return wishes


def _hours(reading: Reading) -> Hours:
    start, end = reading.take(view.HOURS_FROM, None), reading.take(view.HOURS_UNTIL, None)
    days = reading.take(view.DAYS, ())
    own = _holidays(reading)
    if start is None or end is None:
        return Hours(holidays=own)
    if start == end:  # an end before the start is fine: it is on the next day
        reading.refuse(view.HOURS_UNTIL, view.NO_HOURS)
    return Hours(start, end, tuple(sorted(int(day) for day in days)), own)


def _holidays(reading: Reading) -> str | None:
    """Whose public holidays they keep, as Hours says it."""
    field = holidays.country()  # a form that was open before there was this field lacks it
    country = reading.take(field, holidays.AS_THERE) if reading.has(field) else holidays.AS_THERE
    if country in (holidays.AS_THERE, holidays.NO_HOLIDAYS):
        return None if country == holidays.AS_THERE else ""
    within = holidays.region(country)  # not drawn before the country was chosen
    region = reading.take(within, holidays.WHOLE) if reading.has(within) else holidays.WHOLE
    return country if region == holidays.WHOLE else f"{country}-{region}"


def _others(reading: Reading, user_id: str) -> tuple[str, ...]:
    others = reading.take(view.NOT_WITH, ())
    if user_id in others:
        reading.refuse(view.NOT_WITH, view.YOURSELF)
    return others
