"""The pulse of a channel: off until a host turns it on, with a floor that only they may raise."""

from __future__ import annotations

from typing import Any

from bot.checkins import access
from bot.checkins.asking.views import hosts as view
from bot.platform.errors import Beside
from bot.platform.services import Services
from core.checkins import CheckInSettings
from core.values import Channel
from storage.checkins import settings as checkin_settings

HIGHEST = 100


def form(services: Services, channel: Channel, user_id: str) -> dict[str, Any]:
    """The host's modal. Raises Refused."""
    access.require_host(services, channel, user_id)
    with services.db.reading() as tx:
        settings = checkin_settings.get(tx, channel.team_id, channel.id)
    return view.pulse_form(channel.id, settings, services.settings.kettle_pulse_floor)


def save(services: Services, channel: Channel, user_id: str, on: bool, floor: str) -> str:
    """A host decides; returns the word back. Raises Refused, Beside."""
    access.require_host(services, channel, user_id)
    lowest = services.settings.kettle_pulse_floor
    text = floor.strip()
    number = int(text[:4]) if text.isascii() and text.isdecimal() else 0
    if not lowest <= number <= HIGHEST:
        raise Beside({view.FLOOR: view.bad_floor(lowest, HIGHEST)})
    with services.db.transaction() as tx:
        settings = CheckInSettings(on, number if number != lowest else None)
        checkin_settings.decide(tx, channel.team_id, channel.id, settings)
    return view.decided(channel.id, on, number)
