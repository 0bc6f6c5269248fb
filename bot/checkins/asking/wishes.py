"""Asking: what an asker wants is checked, promised and recorded; `opening` posts it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.checkins import access, arc, keys
from bot.checkins.asking import prompts
from bot.checkins.asking.views import form as view
from bot.checkins.asking.views import news
from bot.checkins.quiet import is_quiet
from bot.checkins.refusals import Refused, Why
from bot.checkins.views import loop
from bot.checkins.views import words as checkin_words
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.views import words
from core.checkins import Audience, CheckIn, Contract, Draft, Kind, Phase, Question
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.pulse import SAME_MOOD, effective_floor
from core.values import Channel
from storage.channels import channels
from storage.checkins import checkins
from storage.checkins import settings as checkin_settings
from storage.outbox import deliveries

LATE = timedelta(days=1)  # a check-in missed by less than this is asked late, once
AT_ONCE = timedelta(minutes=1)
AHEAD = timedelta(days=1)  # action owners are asked this long before a check-in opens


@dataclass(frozen=True, slots=True)
class Wish:
    """What an asker filled in; `own` replaces the questions of the library."""

    asker: str
    kind: Kind
    questions: tuple[Question, ...]
    line: str = ""
    own: str = ""
    named: bool = True
    audience: Audience = Audience.ASKER
    open_for: timedelta = timedelta(days=1)
    later: bool = False


class AskedMeanwhile(Exception):
    """Somebody else asked the question that this asker was shown; there are others."""


def ask(services: Services, channel: Channel, wish: Wish) -> CheckIn:
    """Record a check-in to be opened now, or in a day. Raises Refused, Beside, AskedMeanwhile."""
    access.require_member(services, channel, wish.asker, ask_slack=True)
    if not _questions(wish):
        raise Beside({view.OWN.id: checkin_words.WRITE_SOMETHING})
    now, quiet = services.clock.now(), is_quiet(services, channel)
    opens_at = now + AHEAD if wish.later else now
    with services.db.transaction() as tx:
        channels.hold(tx, channel.place)  # what is sent at the same time finds the first
        made = _just_asked(tx, channel, wish, opens_at)
        if made is None and _is_asked_by_another(tx, channel, wish, quiet):
            raise AskedMeanwhile
        made = made or record(services, tx, channel, wish, opens_at)
    assert made is not None  # only a schedule can be there already
    return made


def confirm(services: Services, team_id: str, checkin_id: int, later: bool) -> None:
    """Tell the asker that it is on its way; where it was refused, they have read why."""
    with services.db.transaction() as tx:
        made = checkins.get(tx, team_id, checkin_id)
        if made is None or made.phase is Phase.CANCELLED:
            return
        said = loop.note(news.asked(made.kind, made.opens_at if later else None))
        now, key = services.clock.now(), keys.asked(made)
        note = Outgoing(
            team_id,
            key,
            DeliveryKind.CHECKIN_NOTE,
            said,
            now,
            users=(made.asker,),
            about=made.channel_id,
            asked_by=made.asker,
        )
        deliveries.put(tx, note)


def _just_asked(tx: Session, channel: Channel, wish: Wish, opens_at: datetime) -> CheckIn | None:
    """The same from the same person a moment ago: a form that was sent twice is one check-in."""
    phases = [Phase.PLANNED, Phase.OPEN]
    for other in checkins.of_channel(tx, channel.place, phases, wish.kind):
        same = (other.asker, other.line) == (wish.asker, wish.line)
        asked = [question.text for question in _questions(wish)]
        near = abs(opens_at - other.opens_at) < AT_ONCE
        if same and near and [question.text for question in other.questions] == asked:
            return other
    return None


def _is_asked_by_another(tx: Session, channel: Channel, wish: Wish, quiet: bool) -> bool:
    if wish.own:
        return False
    ids = {question.prompt_id for question in wish.questions if question.prompt_id is not None}
    return prompts.asked_meanwhile(tx, channel, wish.kind, quiet, ids)


def record(
    services: Services,
    tx: Session,
    channel: Channel,
    wish: Wish,
    opens_at: datetime,
    schedule_id: int | None = None,
) -> CheckIn | None:
    """Write the planned check-in and ask the owners of what comes back. Raises Refused."""
    closes_at = opens_at + wish.open_for
    if wish.kind.rules.by_mood:
        _check_pulse(tx, services, channel, closes_at)
    draft = Draft(
        asker=wish.asker,
        line=wish.line,
        questions=_questions(wish),
        contract=contract_for(services, tx, channel, wish),
        opens_at=opens_at,
        closes_at=closes_at,
        schedule_id=schedule_id,
    )
    made = checkins.plan(tx, channel.place, draft)
    if made is None and wish.kind.rules.by_mood:  # somebody else was faster by a moment
        _check_pulse(tx, services, channel, closes_at)
    if made is not None and made.kind.rules.occasion:
        arc.ask_owners(tx, made, services.clock.now())
    return made


def contract_for(services: Services, tx: Session, channel: Channel, wish: Wish) -> Contract:
    """What people are promised: it is stored with the check-in and obeyed from then on."""
    named = wish.named and not wish.kind.rules.by_mood
    floor = None if named else floor_of(services, tx, channel)
    return Contract(wish.kind, named, wish.audience, floor)


def floor_of(services: Services, tx: Session, channel: Channel) -> int:
    """The fewest answers without names that are shown in this channel today."""
    settings = checkin_settings.get(tx, channel.place)
    return effective_floor(services.settings.kettle_pulse_floor, settings.floor)


def is_pulse_on(services: Services, channel: Channel) -> bool:
    """Whether a host has turned the pulse on in this channel."""
    with services.db.reading() as tx:
        return checkin_settings.get(tx, channel.place).pulse


def pulse_trouble(services: Services, channel: Channel) -> str:
    """Why no pulse can be asked in this channel now, in words; empty when one can."""
    if not is_pulse_on(services, channel):
        hosts = access.ask_hosts(services, channel)
        return checkin_words.refusal(Why.PULSE_OFF, {"hosts": hosts})
    with services.db.reading() as tx:
        floor = floor_of(services, tx, channel)
    people = access.invited(services, channel) if _is_small(services, channel, floor) else None
    if people is not None and len(people) < floor:
        return checkin_words.too_small(len(people), floor, Kind.PULSE)
    return ""


def _is_small(services: Services, channel: Channel, floor: int) -> bool:
    # A form must open within three seconds; only small lists are read person by person.
    return len(services.slack(channel.team_id).members(channel.id)) <= floor + 5


def require_pulse_on(services: Services, tx: Session, channel: Channel, kind: Kind) -> None:
    """Raise Refused for a pulse where no host has turned it on."""
    if kind.rules.by_mood and not checkin_settings.get(tx, channel.place).pulse:
        raise Refused(Why.PULSE_OFF, hosts=access.ask_hosts(services, channel))


def _check_pulse(tx: Session, services: Services, channel: Channel, closes_at: datetime) -> None:
    require_pulse_on(services, tx, channel, Kind.PULSE)
    phases = [Phase.PLANNED, Phase.OPEN, Phase.CLOSED]
    for other in checkins.of_channel(tx, channel.place, phases, Kind.PULSE, 3):
        if other.phase is not Phase.CLOSED:
            raise Refused(Why.STILL_OPEN, until=words.moment_for_all(other.closes_at))
        if other.is_shown and closes_at - other.closes_at < SAME_MOOD:
            until = words.moment_for_all(other.closes_at + SAME_MOOD)
            raise Refused(Why.TOO_SOON, until=until)


def _questions(wish: Wish) -> tuple[Question, ...]:
    if not wish.own:
        return wish.questions
    if wish.kind.rules.occasion:  # the sections stay; the own words stand on top of them
        return (Question(wish.own), *wish.questions)
    return (Question(wish.own),)
