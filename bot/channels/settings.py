"""What a host decides for a channel's rounds: opening the modal, reading it, saving it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.channels import hosts
from bot.channels.errors import NotHere, NotInChannel
from bot.channels.views import form, greeting
from bot.channels.views import settings as view
from bot.channels.views.form import Draft
from bot.platform import closed_days, directory, zones
from bot.platform.errors import Beside
from bot.platform.services import Services
from bot.rounds import holding, notices, participants
from bot.rounds import keys as round_keys
from bot.views.blocks import ModalView
from bot.views.forms import Values
from core.cadence import Cadence, anchored
from core.outbox.kinds import DeliveryKind
from core.outbox.outgoing import Outgoing
from core.values import Channel, ChannelSettings, Place, TakingPart, Who
from storage.channels import channels
from storage.outbox import deliveries

SHOWN_DATES = 5


def modal(services: Services, channel: Channel, user_id: str) -> ModalView:
    """The settings: a form for a host, the same to read for everyone else."""
    channel = quiet_only_now(services, channel)
    if hosts.is_host(services, channel, user_id):
        return drawn(
            services, channel, first_draft(services, channel, Who(channel.team_id, user_id))
        )
    dates = upcoming(channel, channel, services.clock.now())
    closed = _closed(channel.settings, today(services, channel))
    named, later = hosts.named(services, channel), holding.everyone_from(channel)
    return view.read_only(channel, dates, named, closed, later)


def redraw(services: Services, who: Who, channel_id: str, values: Values) -> ModalView:
    """The form as it is filled in just now: the fields that belong together, and the dates.

    Raises NotAHost, as do `missing` and `save`.
    """
    channel = for_host(services, who, channel_id)
    return drawn(services, channel, form.draft_from(values, first_draft(services, channel, who)))


def missing(services: Services, who: Who, channel_id: str, values: Values) -> ModalView | None:
    """The form anew if it was sent before the fields of its rhythm were drawn, else None."""
    channel = for_host(services, who, channel_id)
    draft = form.draft_from(values, first_draft(services, channel, who))
    return drawn(services, channel, draft) if form.is_missing(values, draft) else None


def save(services: Services, who: Who, channel_id: str, values: Values) -> str:
    """Save the form, start the channel's rounds, and say what was saved. Raises Beside."""
    place = for_host(services, who, channel_id).place
    now = services.clock.now()
    with services.db.transaction() as tx:
        before = quiet_only_now(services, fresh(tx, place))
        draft = form.draft_from(values, form.draft_of(before.settings))
        settings = form.read(before.settings, draft)
        settings = replace(settings, cadence=_anchored(before, settings.cadence, now))
        after = replace(before, settings=settings)
        due = next_due(before, after, now)
        if due is None:
            raise Beside({form.RHYTHM.often.id: view.ALL_CLOSED})
        saved = channels.decide(tx, place, settings, due)
        notices.chosen_anew(tx, before, saved, now)
        saved, announced = _announce(tx, before, saved, who.user, now)
    return view.saved(saved, announced, holding.everyone_from(saved))


def for_host(services: Services, who: Who, channel_id: str) -> Channel:
    """The channel, if this person may change it now. Raises NotHere or NotAHost."""
    channel = known(services, Place(who.team, channel_id))
    hosts.require_host(services, channel, who.user)
    return channel


def known(services: Services, place: Place) -> Channel:
    """The channel, with its quiet mode only if that still lasts. Raises NotHere."""
    channel = directory.is_channel_known(services, place)
    if channel is None:
        raise NotHere(channel=place.channel)
    return quiet_only_now(services, channel)


def reached(services: Services, who: Who, channel_id: str) -> Channel:
    """The channel of a button, for somebody who is in it or decides for it.

    Raises NotHere, and what `require_reach` does.
    """
    channel = known(services, Place(who.team, channel_id))
    require_reach(services, channel, who.user)
    return channel


def require_reach(services: Services, channel: Channel, user_id: str) -> None:
    """Raise NotInChannel unless the person is in the channel or decides for it, or SlackTrouble.

    What a channel is like is told inside it alone.
    """
    if directory.is_known_in(services, channel, user_id):
        return
    # An admin is one call, the members of a large channel are many.
    if not hosts.decides(services, channel, user_id) and not directory.is_in(
        services, channel, user_id
    ):
        raise NotInChannel(channel=channel.id)


def quiet_only_now(services: Services, channel: Channel) -> Channel:
    """The channel, its quiet mode taken off if that is over."""
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
    return holding.due_after(after, now)


def upcoming(before: Channel, after: Channel, now: datetime) -> list[datetime]:
    """The next five rounds, slower ones of quiet mode and days off included."""
    dates: list[datetime] = []
    due = next_due(before, after, now)
    while due is not None and len(dates) < SHOWN_DATES:
        dates.append(due)
        due = holding.due_after(after, due)
    return dates


def _closed(settings: ChannelSettings, today: date) -> list[str]:
    """The days without rounds from today on, in words."""
    lines = [view.days_off(*entry) for entry in settings.blackout if entry[1] >= today]
    if settings.country is None:
        return lines
    name, region = dict(closed_days.countries())[settings.country], None
    if settings.subdivision is not None:
        region = dict(closed_days.subdivisions(settings.country))[settings.subdivision]
    return [view.holidays_of(name, region), *lines]


def _calendar(channel: Channel) -> tuple[object, ...]:
    settings = channel.settings
    closed = (settings.country, settings.subdivision, settings.blackout)
    return (settings.cadence, closed, channel.quiet_until)


def _anchored(channel: Channel, cadence: Cadence, now: datetime) -> Cadence:
    """In the phase it has, if the rhythm is the same; else it begins as soon as it can."""
    old = channel.settings.cadence
    if channel.started and _phase(old) == _phase(cadence):
        return replace(cadence, anchor=old.anchor)
    return anchored(cadence, now, holding.closed_dates(channel))


def _phase(cadence: Cadence) -> tuple[object, ...]:
    return (cadence.kind, cadence.interval, cadence.weekdays, cadence.nth)


# -- the form -----------------------------------------------------------------


def first_draft(services: Services, channel: Channel, who: Who) -> Draft:
    """The form as it opens: what is saved; the host's own zone where nothing is yet."""
    draft = form.draft_of(channel.settings)
    if channel.started:
        return draft
    person = directory.meet(services, who)
    return replace(draft, rhythm=replace(draft.rhythm, zone=zones.known(person.zone)))


def drawn(services: Services, channel: Channel, draft: Draft) -> ModalView:
    """The form with this draft in it."""
    dates = shown_dates(channel, draft, services.clock.now())
    return view.modal(channel, draft, dates, holding.everyone_from(channel))


def shown_dates(channel: Channel, draft: Draft, now: datetime) -> list[datetime] | str:
    """The dates that saving this draft would give; a sentence when it cannot be saved so."""
    try:
        cadence = _anchored(channel, form.cadence_of(draft), now)
    except Beside as beside:
        return next(iter(beside.problems.values()))
    after = replace(channel, settings=replace(channel.settings, cadence=cadence))
    return upcoming(channel, after, now) or view.ALL_CLOSED


def fresh(tx: Session, place: Place) -> Channel:
    """The channel as it is stored at this moment, to be changed. Raises NotHere."""
    found = channels.hold(tx, place)
    if found is None or not found.active:
        raise NotHere()
    return found


def _announce(
    tx: Session, before: Channel, saved: Channel, host: str, now: datetime
) -> tuple[Channel, bool]:
    """The post that starts the channel; again when everyone takes part from now on (P6).

    Returns the channel as it is then, and whether it is posted.
    """
    mode = saved.settings.taking_part
    widened = mode is TakingPart.EVERYONE and before.settings.taking_part is not mode
    if before.started and before.announced and not widened:
        return saved, False
    # Switched there and back between two rounds, a second post would say nothing new.
    key = round_keys.opening(saved, saved.round_count)
    if deliveries.by_key(tx, saved.team_id, key) is not None:
        return saved, False
    since = now + participants.ANNOUNCED if mode is TakingPart.EVERYONE else None
    channels.change(tx, saved.place, announced=True, everyone_from=since)
    saved = replace(saved, announced=True, everyone_from=since)
    due = saved.next_due_at
    post = greeting.opening(saved, due, holding.everyone_from(saved))
    deliveries.put(
        tx,
        Outgoing(
            saved.team_id,
            key,
            DeliveryKind.OPENING,
            post,
            now,
            channel_id=saved.id,
            asked_by=host,
        ),
    )
    # The post says when; a notice would repeat it.
    if due is not None and due - now <= notices.DAY_BEFORE:
        channels.change(tx, saved.place, noticed_for=due)
    return saved, True
