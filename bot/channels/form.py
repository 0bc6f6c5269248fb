"""Between a channel's settings and the fields of their modal: the one place that reads them."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.drafts import Draft
from bot.channels.views import settings as view
from bot.views.forms import Reading, Values
from core.cadence import Cadence
from core.values import ChannelSettings, Notice, TakingPart


def draft_of(settings: ChannelSettings) -> Draft:
    """Saved settings as the fields show them."""
    return Draft(
        rhythm=view.RHYTHM.draft_of(settings.cadence),
        size=str(settings.size),
        odd=settings.odd,
        taking_part=settings.taking_part.value,
        notice=settings.notice.value,
    )


def draft_from(values: Values, saved: Draft) -> Draft:
    """The fields as filled in; those that are not drawn just now as they were saved."""
    reading = Reading(values)
    return Draft(
        rhythm=view.RHYTHM.typed(reading, saved.rhythm),
        size=reading.typed(view.SIZE, saved.size),
        odd=reading.typed(view.ODD, saved.odd),
        taking_part=reading.typed(view.TAKING_PART, saved.taking_part),
        notice=reading.typed(view.NOTICE, saved.notice),
    )


def is_missing(values: Values, draft: Draft) -> bool:
    """Whether the form lacks a field of its rhythm: it was sent before it was redrawn."""
    needed = {block["block_id"] for block in view.RHYTHM.draw(draft.rhythm)}
    return not needed <= values.keys()


def read(saved: ChannelSettings, draft: Draft) -> ChannelSettings:
    """The settings that the form means, in no particular phase; what it does not hold stays.

    Raises Beside with every problem at once.
    """
    reading = Reading()
    settings = replace(
        saved,
        cadence=view.RHYTHM.read(draft.rhythm, reading, saved.cadence),
        size=int(reading.check(view.SIZE, draft.size, "2")),
        odd=reading.check(view.ODD, draft.odd, "larger"),
        taking_part=TakingPart(reading.check(view.TAKING_PART, draft.taking_part, "opt_in")),
        notice=Notice(reading.check(view.NOTICE, draft.notice, "channel")),
    )
    reading.finish()
    return settings


def cadence_of(draft: Draft) -> Cadence:
    """The rhythm that the form means, in no particular phase. Raises Beside."""
    reading = Reading()
    cadence = view.RHYTHM.read(draft.rhythm, reading, ChannelSettings().cadence)
    reading.finish()
    return cadence
