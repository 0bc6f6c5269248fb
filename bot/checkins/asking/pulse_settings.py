"""The pulse of a channel: off until a host turns it on, with a floor that only they may raise."""

from __future__ import annotations

from bot.checkins import access
from bot.checkins.asking.views import hosts as view
from bot.platform.services import Services
from bot.views.blocks import ModalView
from bot.views.forms import Reading, Values
from core.checkins import CheckInSettings
from core.values import Channel
from storage.checkins import settings as checkin_settings


def form(services: Services, channel: Channel, user_id: str) -> ModalView:
    """The host's modal. Raises Refused."""
    access.require_host(services, channel, user_id)
    with services.db.reading() as tx:
        settings = checkin_settings.get(tx, channel.place)
    return view.pulse_form(channel.id, settings, services.settings.kettle_pulse_floor)


def save(services: Services, channel: Channel, user_id: str, values: Values) -> str:
    """A host decides; returns the word back. Raises Refused, Beside."""
    access.require_host(services, channel, user_id)
    lowest = services.settings.kettle_pulse_floor
    reading = Reading(values)
    on = reading.take(view.PULSE, view.OFF) == view.ON
    floor = reading.take(view.Floor(lowest=lowest), lowest)
    reading.finish()
    with services.db.transaction() as tx:
        settings = CheckInSettings(on, floor if floor != lowest else None)
        checkin_settings.decide(tx, channel.place, settings)
    return view.decided(channel.id, on, floor)
