"""What a host has filled in so far, as the fields of the two modals hold it, right or wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from bot.views.rhythm import RhythmDraft


@dataclass(frozen=True, slots=True)
class Draft:
    """The main modal, saved or not."""

    rhythm: RhythmDraft = field(default_factory=RhythmDraft)
    size: str = "2"
    odd: str = "larger"
    taking_part: str = "opt_in"
    notice: str = "channel"


@dataclass(frozen=True, slots=True)
class Detail:
    """The second modal, saved or not."""

    blackout: str = ""
    country: str | None = None
    region: str | None = None
    window_from: time | None = None
    window_until: time | None = None
    window_days: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    guests: str = "no"
    hosts: tuple[str, ...] = ()
    quiet_until: date | None = None
