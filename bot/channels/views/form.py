"""The form of a channel's settings: each field declared once, drawn from a draft, and read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.views import rhythm as r
from bot.views.fields import Choice, Clock, Number, Pairs, Several
from bot.views.forms import Reading, Values
from bot.views.rhythm import Often, RhythmDraft, RhythmForm, ZoneLine
from core.cadence import LONGEST, Cadence, Every
from core.values import (
    LARGEST_GROUP,
    SMALLEST_GROUP,
    ChannelSettings,
    Notice,
    TakingPart,
)

# What the number beside "Every few …" counts, by the kind of rhythm.
UNITS = {Every.DAYS: "days", Every.WEEKS: "weeks", Every.WEEKDAYS: "weeks", Every.MONTHLY: "months"}
OFTEN = (
    Often("Every day, weekends too", "days:1", Every.DAYS, 1),
    Often("Every week", "weeks:1", Every.WEEKS, 1),
    Often("Every 2 weeks", "weeks:2", Every.WEEKS, 2),
    Often("Every 3 weeks", "weeks:3", Every.WEEKS, 3),
    Often("Every 4 weeks", "weeks:4", Every.WEEKS, 4),
    Often("Several weekdays, every week", "weekdays:1", Every.WEEKDAYS, 1),
    Often("Every month", "monthly:1", Every.MONTHLY, 1),
    Often("Every few days", "days", Every.DAYS),
    Often("Every few weeks", "weeks", Every.WEEKS),
    Often("Several weekdays, every few weeks", "weekdays", Every.WEEKDAYS),
    Often("Every few months", "monthly", Every.MONTHLY),
)
NTH: Pairs = (
    ("First", "1"), ("Second", "2"), ("Third", "3"), ("Fourth", "4"), ("Last", "-1")
)  # fmt: skip
SIZES: Pairs = tuple(
    (f"{size} people", str(size)) for size in range(SMALLEST_GROUP, LARGEST_GROUP + 1)
)
ODDS: Pairs = (
    ("Join another group", "larger"),
    ("Form a group that is smaller", "smaller"),
    ("Sit out in turn", "sit_out"),
)
WHO: Pairs = (
    ("Those who press “I'm in”", "opt_in"),
    ("Everyone in this channel", "everyone"),
)
NOTICES: Pairs = (
    ("In the channel", "channel"),
    ("As a direct message", "dm"),
    ("Off", "off"),
)


def _every(kind: Every) -> Number:
    return Number(
        id="settings.every",
        label=f"How many {UNITS[kind]}",
        least=1,
        most=LONGEST[kind],
        dispatch=True,
        wrong=f"Write a whole number from 1 to {LONGEST[kind]}.",
    )


# Each change of these draws the modal anew: other fields, other dates.
RHYTHM = RhythmForm(
    offered=OFTEN,
    often=Choice(id="settings.often", label="How often", options=r.options(OFTEN), dispatch=True),
    every={kind: _every(kind) for kind in Every},
    nth=Choice(id="settings.nth", label="Week of the month", options=NTH, dispatch=True),
    weekday=Choice(
        id="settings.weekday",
        label="Weekday",
        options=r.WEEKDAYS,
        dispatch=True,
        wrong=r.CHOOSE_DAY,
    ),
    weekdays=Several(
        id="settings.weekdays",
        label="Weekdays",
        options=r.WEEKDAYS,
        dispatch=True,
        wrong=r.CHOOSE_DAY,
    ),
    at=Clock(id="settings.time", label="Time", dispatch=True, wrong=r.NO_TIME),
    zone=ZoneLine(
        id="settings.zone",
        label="Time zone",
        hint="A name such as Europe/Berlin. Enter shows the dates in it.",
        dispatch=True,
    ),
)
SIZE = Choice(id="settings.size", label="Group size", options=SIZES)
ODD = Choice(
    id="settings.odd",
    label="The odd ones",
    hint="When the number of people does not divide evenly.",
    options=ODDS,
)
TAKING_PART = Choice(
    id="settings.taking_part",
    label="Who takes part",
    hint="Either way, one post in the channel says so first, and everyone can step out. “Everyone” "
    "begins with the first round that is at least a day away.",
    options=WHO,
)
NOTICE = Choice(id="settings.notice", label="Notice the day before", options=NOTICES)


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields as they stand, right or wrong, saved or not."""

    rhythm: RhythmDraft = field(default_factory=RhythmDraft)
    size: str = "2"
    odd: str = "larger"
    taking_part: str = "opt_in"
    notice: str = "channel"


def draft_of(settings: ChannelSettings) -> Draft:
    """Saved settings as the fields show them."""
    return Draft(
        rhythm=RHYTHM.draft_of(settings.cadence),
        size=str(settings.size),
        odd=settings.odd,
        taking_part=settings.taking_part.value,
        notice=settings.notice.value,
    )


def draft_from(values: Values, saved: Draft) -> Draft:
    """The fields as filled in; those that are not drawn just now as they were saved."""
    reading = Reading(values)
    return Draft(
        rhythm=RHYTHM.typed(reading, saved.rhythm),
        size=reading.typed(SIZE, saved.size),
        odd=reading.typed(ODD, saved.odd),
        taking_part=reading.typed(TAKING_PART, saved.taking_part),
        notice=reading.typed(NOTICE, saved.notice),
    )


def is_missing(values: Values, draft: Draft) -> bool:
    """Whether the form lacks a field of its rhythm: it was sent before it was redrawn."""
    needed = {block["block_id"] for block in RHYTHM.draw(draft.rhythm)}
    return not needed <= values.keys()


def read(saved: ChannelSettings, draft: Draft) -> ChannelSettings:
    """The settings that the form means, in no particular phase; what it does not hold stays.

    Raises Beside with every problem at once.
    """
    reading = Reading()
    settings = replace(
        saved,
        cadence=RHYTHM.read(draft.rhythm, reading, saved.cadence),
        size=int(reading.check(SIZE, draft.size, "2")),
        odd=reading.check(ODD, draft.odd, "larger"),
        taking_part=TakingPart(reading.check(TAKING_PART, draft.taking_part, "opt_in")),
        notice=Notice(reading.check(NOTICE, draft.notice, "channel")),
    )
    reading.finish()
    return settings


def cadence_of(draft: Draft) -> Cadence:
    """The rhythm that the form means, in no particular phase. Raises Beside."""
    reading = Reading()
    cadence = RHYTHM.read(draft.rhythm, reading, ChannelSettings().cadence)
    reading.finish()
    return cadence
