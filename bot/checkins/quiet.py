"""Quiet mode, as check-ins keep it: a channel that a host marked as under pressure (C10)."""

from __future__ import annotations

from bot.channels import settings as channel_settings
from bot.platform.services import Services
from core.values import Channel


def is_quiet(services: Services, channel: Channel) -> bool:
    """Whether the channel is under pressure today, on its own calendar."""
    return channel_settings.quiet_only_now(services, channel).quiet_until is not None
