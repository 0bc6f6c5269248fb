"""What a person decides for themselves: pace, hours, a line about them, a private list, a break."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import time
from typing import Any

from bot.meetings.errors import NobodyNamed
from bot.people import standing
from bot.people.errors import NotWithYourself
from bot.people.views import preferences as view
from bot.people.views.preferences import Wishes
from bot.platform import directory
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.platform.slack import SlackRefused
from bot.rounds import participants
from bot.views.inputs import Pairs
from core import when, words
from core.values import Hours, Mode
from storage.channels import channels
from storage.people import memberships, people

Values = Mapping[str, Any]  # what a modal's inputs hold, by block id


def modal(services: Services, team_id: str, user_id: str) -> dict[str, Any]:
    """The person's preferences, as a form."""
    person = directory.meet(services, team_id, user_id)
    return view.modal(person, avoided(services, team_id, user_id))


def save(services: Services, team_id: str, user_id: str, values: Values) -> str | None:
    """Save the form; returns what the person should know about it, if anything. Raises Beside."""
    directory.meet(services, team_id, user_id)
    wishes, hours, others = read(values, user_id)
    before = avoided(services, team_id, user_id)
    with services.db.transaction() as tx:
        people.change(
            tx,
            team_id,
            user_id,
            pace=wishes.pace,
            size=wishes.size,
            mode=wishes.mode,
            department=wishes.team,
            ask_about=wishes.ask_about,
            obeys_status=wishes.obeys_status,
            open_to_ask=wishes.open_to_ask,
            hours=hours.to_json(),
        )
        people.set_not_with(tx, team_id, user_id, others)
    return _warning(services, team_id, user_id) if set(others) - set(before) else None


# -- the private list ---------------------------------------------------------


def avoided(services: Services, team_id: str, user_id: str) -> list[str]:
    """The person's own list; for their eyes only."""
    with services.db.reading() as tx:
        return people.not_with(tx, team_id, user_id)


def avoid_modal(services: Services, team_id: str, user_id: str) -> dict[str, Any]:
    """The private list, as a form."""
    return view.avoid_modal(avoided(services, team_id, user_id))


def avoid(services: Services, team_id: str, user_id: str, text: str) -> str:
    """Put the people mentioned on the list; those on it already come off it.

    Raises NobodyNamed when no colleague is mentioned, NotWithYourself for the person.
    """
    named = words.mentions(text)
    if not named:
        raise NobodyNamed(text, word="avoid")
    listed = avoided(services, team_id, user_id)
    if set(named) <= set(listed):
        return avoid_remove(services, team_id, user_id, named)
    if not all(_is_colleague(services, team_id, other) for other in named):
        raise NobodyNamed(text, word="avoid")
    return avoid_add(services, team_id, user_id, named)


def _is_colleague(services: Services, team_id: str, user_id: str) -> bool:
    """Whether Slack knows a person by this id: no app, and nothing that was typed by hand."""
    try:
        return not directory.meet(services, team_id, user_id).is_bot
    except SlackRefused:
        return False


def avoid_add(services: Services, team_id: str, user_id: str, others: Sequence[str]) -> str:
    """Never introduce these people and the person to each other. Raises NotWithYourself."""
    if user_id in others:
        raise NotWithYourself()
    directory.meet(services, team_id, user_id)
    with services.db.transaction() as tx:
        listed = people.not_with(tx, team_id, user_id)
        people.set_not_with(tx, team_id, user_id, {*listed, *others})
    said = view.now_avoided(others)
    warning = _warning(services, team_id, user_id)
    return f"{said}\n{warning}" if warning else said


def avoid_remove(services: Services, team_id: str, user_id: str, others: Sequence[str]) -> str:
    """These people may be introduced again."""
    with services.db.transaction() as tx:
        listed = people.not_with(tx, team_id, user_id)
        people.set_not_with(tx, team_id, user_id, set(listed) - set(others))
    return view.avoided_no_more(others)


def save_avoided(services: Services, team_id: str, user_id: str, values: Values) -> str:
    """Save the list's own form; returns what to say. Raises Beside."""
    directory.meet(services, team_id, user_id)
    problems: dict[str, str] = {}
    others = _others(values, user_id, problems)
    if problems:
        raise Beside(problems)
    with services.db.transaction() as tx:
        people.set_not_with(tx, team_id, user_id, others)
    said = view.list_saved(len(others))
    warning = _warning(services, team_id, user_id) if others else None
    return f"{said}\n{warning}" if warning else said


def without_partner(services: Services, team_id: str, user_id: str) -> list[str]:
    """The channels in which everyone the person could meet is on their own list.

    Other people's lists are not looked at: from the answer nobody can infer one.
    """
    with services.db.reading() as tx:
        own = {m.channel_id: m for m in memberships.of_person(tx, team_id, user_id)}
        known = [c for c in channels.known(tx, team_id) if c.started and c.id in own]
        listed = set(people.not_with(tx, team_id, user_id))
    found = []
    for channel in known:
        if not listed or not standing.takes_part(channel, own[channel.id]):
            continue
        gathering = participants.gather(services, channel, services.clock.now())
        others = set(gathering.decision.taking_part) - {user_id}
        if others and others <= listed:
            found.append(channel.id)
    return found


def _warning(services: Services, team_id: str, user_id: str) -> str | None:
    where = without_partner(services, team_id, user_id)
    return view.nobody_left(where) if where else None


# -- a break ------------------------------------------------------------------


def pause_modal(services: Services, team_id: str, user_id: str) -> dict[str, Any]:
    """The date of a break, as a form."""
    person = directory.meet(services, team_id, user_id)
    today = standing.today(services, team_id, user_id)
    until = person.paused_until
    return view.pause_modal(until if until and until > today else None)


def save_pause(services: Services, team_id: str, user_id: str, values: Values) -> str:
    """A break until the day chosen; returns the word back. Raises Beside."""
    chosen = str(values.get(view.UNTIL) or "")
    if not chosen:
        raise Beside({view.UNTIL: view.NO_DATE})
    try:
        until = when.parse_until(chosen, standing.today(services, team_id, user_id))
    except when.WhenError as error:
        raise Beside({view.UNTIL: view.no_pause(error.kind)}) from error
    return standing.pause_until(services, team_id, user_id, until)


# -- reading the form ---------------------------------------------------------


def read(values: Values, user_id: str) -> tuple[Wishes, Hours, Collection[str]]:
    """What the form says: the wishes, the hours, the private list. Raises Beside."""
    problems: dict[str, str] = {}
    wishes, hours = _wishes(values, problems), _hours(values, problems)
    others = _others(values, user_id, problems)
    if problems:
        raise Beside(problems)
    return wishes, hours, others


def _wishes(values: Values, problems: dict[str, str]) -> Wishes:
    pace = _one_of(values, view.PACE, view.PACES, problems)
    size = _one_of(values, view.SIZE, view.SIZES, problems)
    mode = _one_of(values, view.MODE, view.MODES, problems)
    team, line = _text(values, view.TEAM), _text(values, view.ASK_ABOUT)
    if len(team) > view.LONGEST_TEAM:
        problems[view.TEAM] = view.TEAM_TOO_LONG
    if len(line) > view.LONGEST_LINE:
        problems[view.ASK_ABOUT] = view.TOO_LONG
    return Wishes(
        pace=int(pace) if pace.isdecimal() else 1,
        size=int(size) if size.isdecimal() else None,
        mode=None if mode in {"", view.ANY} else Mode(mode),
        team=team or None,
        ask_about=line,
        obeys_status=view.YES in (values.get(view.STATUS) or []),
        open_to_ask=view.YES in (values.get(view.OPEN_TO_ASK) or []),
    )


def _one_of(values: Values, block_id: str, options: Pairs, problems: dict[str, str]) -> str:
    chosen = values.get(block_id)
    if chosen not in {value for _, value in options}:
        problems[block_id] = view.CHOOSE
        return ""
    return str(chosen)


def _text(values: Values, block_id: str) -> str:
    """A line as typed, on one line: a line break would let it pose as a message of its own."""
    return " ".join(str(values.get(block_id) or "").split())


def _hours(values: Values, problems: dict[str, str]) -> Hours:
    start = _time(values, view.HOURS_FROM, problems)
    end = _time(values, view.HOURS_UNTIL, problems)
    days = values.get(view.DAYS) or []
    if not days or not set(days) <= set("0123456"):
        problems[view.DAYS] = view.NO_DAY
        return Hours()
    if start == end:  # an end before the start is fine: it is on the next day
        problems.setdefault(view.HOURS_UNTIL, view.NO_HOURS)
    return Hours(start, end, tuple(sorted(int(day) for day in days)))


def _time(values: Values, block_id: str, problems: dict[str, str]) -> time:
    try:
        return time.fromisoformat(str(values.get(block_id) or ""))
    except ValueError:
        problems[block_id] = view.NO_TIME
        return time()


def _others(values: Values, user_id: str, problems: dict[str, str]) -> Collection[str]:
    others = [str(other) for other in values.get(view.NOT_WITH) or []]
    if user_id in others:
        problems[view.NOT_WITH] = view.YOURSELF
    elif len(others) > view.MOST_AVOIDED:
        problems[view.NOT_WITH] = view.TOO_MANY
    return others
